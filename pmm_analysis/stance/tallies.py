"""How many take each stance, by answers and by experts, and how far the counts could move."""

from pathlib import Path

import pandas as pd

from ..codebook.load import Codebook, read_codebook
from ..errors import InputError
from ..tables import check_stances, name_experts, sum_up_stances


def tally_stances(stances: pd.DataFrame, *, by: str = "answers") -> pd.DataFrame:
    """Count how many answers or experts take each stance, and how far the counts could move.

    Parameters
    ----------
    stances : DataFrame
        As `classify_stances` or `apply_coding` returns it.
    by : {"answers", "experts"}
        An expert counts once, whichever thread the answers are in: with one
        stance if the answers agree or the others do not address the question,
        else as ``mixed``. An answer without a name counts as an expert of its own.

    Returns
    -------
    DataFrame
        One row per stance, in the codebook's order (by experts: ``mixed`` last):

        ============= ==========================================================
        ``stance``    key
        ``n``         how many answers or experts
        ``low``       of those, how many rest on answers that are neither cut off
                      nor flagged for review
        ``high``      ``n`` and all others that could still turn out to be this
        ``truncated`` how many of ``n`` have an answer that is cut off
        ============= ==========================================================

        ``attrs``: ``by``, ``total`` and ``unreviewed``: how many of the answers no
        person has coded.

    Raises
    ------
    InputError
        `by` is neither answers nor experts, or a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from pmm_analysis.stance import classify_stances
    >>> texts = ["Soft skills, hands down.", "Hard skills are more important than soft skills.", "I like tea."]
    >>> stances = classify_stances(pd.DataFrame({"text": texts}), "hard_vs_soft_skills")
    >>> tally_stances(stances)[["stance", "n"]].to_dict("list")
    {'stance': ['soft', 'hard', 'balanced', 'unaddressed'], 'n': [1, 1, 0, 1]}
    """
    if by not in ("answers", "experts"):
        raise InputError(f'by="{by}" is unknown', remedy='choose by="answers" or by="experts"')
    check_stances(stances, "review", "truncated", "expert")
    units = _gather_units(stances, by)
    keys = [*stances["stance"].cat.categories, *(["mixed"] if by == "experts" else [])]
    tally = pd.DataFrame([_count_units(units, key) for key in keys])
    tally["stance"] = tally["stance"].astype("string")
    coded = stances["coded_by"].eq("rules").sum() if "coded_by" in stances else len(stances)
    tally.attrs = {
        **{k: stances.attrs[k] for k in ("codebook", "question") if k in stances.attrs},
        "by": by,
        "total": len(units),
        "unreviewed": int(coded),
    }
    return tally


def tally_sensitivity(stances: pd.DataFrame) -> pd.DataFrame:
    """Show how the tally changes with what is counted.

    Parameters
    ----------
    stances : DataFrame
        As `classify_stances` or `apply_coding` returns it.

    Returns
    -------
    DataFrame
        One row per stance:

        =================== =====================================================
        ``stance``          key
        ``all``             every answer
        ``high_confidence`` answers of high confidence (a hand label is)
        ``not_cut_off``     answers that are complete
        ``by_expert``       every expert one vote, split over their answers that
                            address the question; an answer without a name is an
                            expert of its own
        =================== =====================================================

        All but the first are counts.

    Raises
    ------
    InputError
        A column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from pmm_analysis.stance import classify_stances
    >>> answers = pd.DataFrame({"expert": ["Ana", "Ana"], "text": ["Soft skills, hands down.", "Hard skills first."]})
    >>> tally_sensitivity(classify_stances(answers, "hard_vs_soft_skills"))[["stance", "all", "by_expert"]].head(2)
      stance  all  by_expert
    0   soft    1        0.5
    1   hard    1        0.5
    """
    experts = name_experts(check_stances(stances, "confidence", "truncated", "expert"))
    keys = list(stances["stance"].cat.categories)
    speaks = stances["stance"].ne("unaddressed")
    voices = speaks.groupby(experts).transform("sum")
    silent = voices.eq(0)
    weight = (speaks / voices.where(~silent, 1)).where(~silent, 1 / experts.groupby(experts).transform("size"))
    count = {
        "all": stances["stance"].value_counts(),
        "high_confidence": stances.loc[stances["confidence"].eq("high"), "stance"].value_counts(),
        "not_cut_off": stances.loc[~stances["truncated"].astype(bool), "stance"].value_counts(),
        "by_expert": weight.groupby(stances["stance"], observed=False).sum().round(2),
    }
    table = pd.DataFrame({name: column.reindex(keys, fill_value=0) for name, column in count.items()})
    return table.rename_axis("stance").reset_index().astype({"stance": "string"})


def tally_threads(stances: pd.DataFrame) -> pd.DataFrame:
    """Count answers by stance in each thread.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`, of one or more threads.

    Returns
    -------
    DataFrame
        `tally_stances` of each thread under the other, with a first column ``thread``.
    """
    threads = check_stances(stances, "thread").groupby("thread", sort=False)
    tallies = [tally_stances(part).assign(thread=thread) for thread, part in threads]
    table = pd.concat(tallies or [tally_stances(stances).assign(thread="")], ignore_index=True)
    return table[["thread", *table.columns.drop("thread")]]


def measure_leads(stances: pd.DataFrame, codebook: Codebook | str | Path) -> pd.DataFrame:
    """Measure how far the first option leads the second in each thread, and how far that could move.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`, of one or more threads.
    codebook : Codebook, str or Path
        With two options.

    Returns
    -------
    DataFrame
        One row per thread: ``thread``, ``n``, ``first``, ``second`` (answers for each option), ``lead``
        (first − second), ``low``, ``high`` (the lead if every uncertain answer went to one side). An answer
        that changes sides moves the lead by two.

    Raises
    ------
    InputError
        A column is missing, or the stances were not made with this codebook.

    Examples
    --------
    >>> from pmm_analysis.stance import classify_stances
    >>> answers = pd.DataFrame({"thread": "tea", "text": ["Soft skills, hands down.", "I like tea."]})
    >>> stances = classify_stances(answers, "hard_vs_soft_skills")
    >>> measure_leads(stances, "hard_vs_soft_skills")[["n", "lead", "low", "high"]].values.tolist()
    [[2, 1, 0, 2]]
    """
    first, second = (option.key for option in read_codebook(codebook).options[:2])
    tally = tally_threads(stances)
    threads, counts = tally["thread"].unique(), tally.set_index(["thread", "stance"])
    if missing := {first, second} - set(tally["stance"]):
        raise InputError(
            f"the stances know no {missing.pop()!r}", remedy="pass the codebook that the stances were made with"
        )
    n, low, high = (counts[column].unstack().loc[threads].astype("int64") for column in ("n", "low", "high"))
    leads = {"n": n.sum(axis=1), "first": n[first], "second": n[second], "lead": n[first] - n[second]}
    leads |= {"low": low[first] - high[second], "high": high[first] - low[second]}
    return pd.DataFrame(leads).rename_axis("thread").reset_index()


def _gather_units(stances, by):
    """Gather answers into units that count once: their stance, what firm answers say, and how many are open."""
    names = name_experts(stances) if by == "experts" else pd.Series(range(len(stances)), index=stances.index)
    cut = stances["truncated"].astype("boolean").fillna(False).astype(bool)
    is_open = stances["review"].astype(bool) | cut
    firm = stances["stance"].astype("string").where(~is_open & stances["stance"].ne("unaddressed"))
    firm = firm.groupby(names, sort=False)
    return pd.DataFrame(
        {
            "stance": sum_up_stances(stances["stance"], names),
            "firm": firm.first(),
            "n_firm": firm.nunique(),
            "n_open": is_open.groupby(names, sort=False).sum(),
            "truncated": cut.groupby(names, sort=False).any(),
        }
    )


def _count_units(units, key):
    """Count the units that take a stance, those that will keep it, and all that could still turn out to take it."""
    inside, is_open = units["stance"].eq(key), units["n_open"] > 0
    if key == "mixed":
        could = is_open & (units["n_firm"] + units["n_open"] > 1)
    else:
        could = is_open & (units["n_firm"].eq(0) | units["n_firm"].eq(1) & units["firm"].eq(key).fillna(False))
    return {
        "stance": key,
        "n": int(inside.sum()),
        "low": int((inside & ~is_open).sum()),
        "high": int((inside | could).sum()),
        "truncated": int((inside & units["truncated"]).sum()),
    }
