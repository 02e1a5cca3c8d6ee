"""How many take each stance, by answers and by experts, and how far the counts could move."""

import pandas as pd

from ..errors import InputError
from ..tables import check_stances, name_experts


def tally_stances(stances, *, by="answers"):
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
    keys = list(stances["stance"].cat.categories)
    units = _gather_units(stances, by)
    if by == "experts":
        keys.append("mixed")
    rows = []
    for key in keys:
        inside = [unit for unit in units if unit["stance"] == key]
        rows.append(
            {
                "stance": key,
                "n": len(inside),
                "low": sum(not unit["open"] for unit in inside),
                "high": len(inside) + sum(key in unit["could_be"] for unit in units if unit["stance"] != key),
                "truncated": sum(unit["truncated"] for unit in inside),
            }
        )
    tally = pd.DataFrame(rows, columns=["stance", "n", "low", "high", "truncated"])
    tally["stance"] = tally["stance"].astype("string")
    coded = stances["coded_by"].eq("rules").sum() if "coded_by" in stances else len(stances)
    tally.attrs = {
        **{k: stances.attrs[k] for k in ("codebook", "question") if k in stances.attrs},
        "by": by,
        "total": len(units),
        "unreviewed": int(coded),
    }
    return tally


def tally_sensitivity(stances):
    """Show how the tally changes with what is counted.

    Parameters
    ----------
    stances : DataFrame
        As `classify_stances` or `apply_coding` returns it.

    Returns
    -------
    DataFrame
        One row per stance: ``stance`` and the counts

        =================== =====================================================
        ``all``             every answer
        ``high_confidence`` answers of high confidence (a hand label is)
        ``not_cut_off``     answers that are complete
        ``by_expert``       every expert one vote, split over their answers that
                            address the question; an answer without a name is an
                            expert of its own
        =================== =====================================================

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
    keys = list(stances["stance"].cat.categories)
    experts = name_experts(check_stances(stances, "confidence", "truncated", "expert"))
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


def tally_threads(stances):
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
    tallies = []
    for thread, part in check_stances(stances, "thread").groupby("thread", sort=False):
        tally = tally_stances(part)
        tally.insert(0, "thread", thread)
        tallies.append(tally)
    return pd.concat(tallies, ignore_index=True)


def measure_leads(stances, codebook):
    """Measure how far the first option leads the second in each thread, and how far that could move.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`, of one or more threads.
    codebook : Codebook
        With two options.

    Returns
    -------
    DataFrame
        One row per thread: ``thread``, ``n``, ``first``, ``second`` (answers for each option), ``lead``
        (first − second), ``low``, ``high`` (the lead if every uncertain answer went to one side). An answer
        that changes sides moves the lead by two.
    """
    first, second = (option.key for option in codebook.options[:2])
    rows = []
    for thread, part in check_stances(stances, "thread").groupby("thread", sort=False):
        n, low, high = (tally_stances(part).set_index("stance")[column].astype(int) for column in ("n", "low", "high"))
        lead = (n[first] - n[second], low[first] - high[second], high[first] - low[second])
        rows.append((thread, len(part), n[first], n[second], *lead))
    return pd.DataFrame(rows, columns=["thread", "n", "first", "second", "lead", "low", "high"])


def _gather_units(stances, by):
    """Gather answers into units that count once, each with its stance and what it could still become."""
    names = name_experts(stances) if by == "experts" else range(len(stances))
    groups = {}
    for name, stance, review, truncated in zip(names, stances["stance"], stances["review"], stances["truncated"]):
        cut = bool(truncated is True or truncated == 1)
        groups.setdefault(name, []).append((stance, bool(review) or cut, cut))
    return [_sum_up(answers, list(stances["stance"].cat.categories), by) for answers in groups.values()]


def _sum_up(answers, keys, by):
    taken = {stance for stance, _, _ in answers} - {"unaddressed"}
    firm = {stance for stance, is_open, _ in answers if not is_open} - {"unaddressed"}
    n_open = sum(is_open for _, is_open, _ in answers)
    could_be = {key for key in keys if n_open and (by == "answers" or firm <= {key})}
    if n_open and len(firm) + n_open > 1:
        could_be.add("mixed")
    return {
        "stance": "mixed" if len(taken) > 1 else next(iter(taken), "unaddressed"),
        "open": n_open > 0,
        "truncated": any(truncated for _, _, truncated in answers),
        "could_be": could_be,
    }
