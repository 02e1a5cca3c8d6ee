"""A person in the loop: a sheet to code by hand, hand labels over the rules', agreement between coders."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from ..codebook.load import Codebook, load_codebook
from ..errors import InputError
from ..files import guard_cell
from ..stance.classify import classify_stances, hash_text
from ..tables import read_answers

SHEET_COLUMNS = ("thread", "answer", "label", "coder", "memo", "question", "text", "choices", "text_hash")


def coding_sheet(answers, codebook, *, blind=True):
    """Make the sheet in which a person codes the answers.

    Save it with ``sheet.to_csv("coding_sheet.csv", index=False, encoding="utf-8-sig")``,
    fill in ``label`` (and ``coder``), and give the file to `apply_coding`.

    Parameters
    ----------
    answers : DataFrame
        As `load_thread` returns it.
    codebook : Codebook, str or Path
    blind : bool
        Hide who wrote an answer and what the rules say, so that neither sways
        the coder. Only blind labels may be used to measure agreement with the rules.

    Returns
    -------
    DataFrame
        One row, and in a CSV one line, per answer:

        ============= ==========================================================
        ``thread``, ``answer``  which answer this is
        ``label``     empty, to fill in: the key or the name of a stance
        ``coder``     empty, to fill in: who decided
        ``memo``      empty, for the reason in hard cases
        ``question``  the answer's own question, else the codebook's
        ``text``      the answer on one line, paragraphs parted by ¶; words that a
                      spreadsheet would run as a formula start with an apostrophe
        ``choices``   the labels and what each one means
        ``text_hash`` ties the label to this text; leave as it is
        ============= ==========================================================

        Not blind, also ``expert``, ``rules`` (the rules' stance) and ``evidence``.

    Raises
    ------
    ThreadError, CodebookError
        As for `classify_stances`.

    Examples
    --------
    >>> import pandas as pd
    >>> sheet = coding_sheet(pd.DataFrame({"text": ["Soft skills, hands down."]}), "hard_vs_soft_skills")
    >>> sheet.loc[0, ["text", "label"]].tolist()
    ['Soft skills, hands down.', '']
    """
    codebook = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    table = read_answers(answers)
    sheet = pd.DataFrame(
        {
            "thread": table["thread"],
            "answer": table["answer"],
            "label": "",
            "coder": "",
            "memo": "",
            "question": table["question"].fillna(codebook.question).map(_flatten),
            "text": table["text"].map(_flatten),
            "choices": "; ".join(f"{key} = {meaning}" for key, meaning in define_labels(codebook).items()),
            "text_hash": table["text"].map(hash_text),
        },
        index=table.index,
        columns=list(SHEET_COLUMNS),
    )
    if not blind:
        stances = classify_stances(answers, codebook)
        sheet["expert"] = table["expert"].map(_flatten, na_action="ignore")
        sheet["rules"] = stances["stance"].astype("string")
        sheet["evidence"] = stances["evidence"].map(_flatten, na_action="ignore")
    sheet.attrs = {"codebook": codebook.name, "question": codebook.question, "blind": blind}
    return sheet


def define_labels(codebook):
    """Say what each label means, for coders.

    Parameters
    ----------
    codebook : Codebook, str or Path

    Returns
    -------
    dict
        Stance key -> definition.

    Examples
    --------
    >>> define_labels("hard_vs_soft_skills")["soft"]
    'prefers Soft skills, also if hedged or under a condition that usually holds'
    """
    codebook = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    return {
        option.key: f"prefers {option.label}, also if hedged or under a condition that usually holds"
        for option in codebook.options
    } | {
        "balanced": "speaks to the choice without a net lean: both, neither, it depends",
        "unaddressed": "does not speak to the choice, even if it uses its words",
    }


def _flatten(text):
    line = " ¶ ".join(part.strip() for part in str(text).splitlines() if part.strip())
    return guard_cell(line)


def apply_coding(stances, sheet):
    """Put hand labels over the rules' stances.

    Parameters
    ----------
    stances : DataFrame
        As `classify_stances` returns it.
    sheet : DataFrame, str or Path
        A filled-in `coding_sheet`, or its CSV file. Rows without a label leave
        the rules' stance as it is.

    Returns
    -------
    DataFrame
        Like `stances`, with the hand label in ``stance``, ``coded_by`` the coder's
        name (``"hand"`` if none is given), ``confidence`` high and ``review``
        false. Where a label differs from the rules' stance, ``lean`` and
        ``evidence`` are empty: they argue for another stance.

    Raises
    ------
    InputError
        With the line of the sheet (the header is line 1): a label that is not in
        the codebook, an answer that is not in `stances`, a text that has changed
        since it was coded, or two different labels for one answer.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"text": ["Soft skills, hands down.", "Well, well."]})
    >>> sheet = coding_sheet(answers, "hard_vs_soft_skills").assign(label=["", "balanced"], coder="Ana")
    >>> apply_coding(classify_stances(answers, "hard_vs_soft_skills"), sheet)[["stance", "coded_by"]].values.tolist()
    [['soft', 'rules'], ['balanced', 'Ana']]
    """
    file, sheet = _read_sheet(sheet)
    keys = list(stances["stance"].cat.categories)
    rows = {
        _identify(thread, answer): position
        for position, (thread, answer) in enumerate(zip(stances["thread"], stances["answer"]))
    }
    decided = {}
    for line, row in enumerate(sheet.to_dict("records"), 2):
        label = row["label"].strip()
        if not label:
            continue
        key = _match_label(label, {**stances.attrs.get("labels", {}), **{key: key for key in keys}})
        where = {"file": file, "line": line}
        if key is None:
            raise InputError(
                f'"{label}" is not a label of this codebook', **where, remedy=f"choose one of {', '.join(keys)}"
            )
        position = rows.get(_identify(row["thread"], row["answer"]))
        if position is None:
            raise InputError(
                f'there is no answer {row["answer"]} in thread "{row["thread"]}"',
                **where,
                remedy="use the sheet that belongs to these answers",
            )
        if row["text_hash"] != stances["text_hash"].iloc[position]:
            raise InputError(
                f"the text of answer {row['answer']} is not the one that was coded",
                **where,
                remedy="read the answer again in a new coding sheet",
            )
        earlier = decided.setdefault(position, (key, row["coder"].strip(), line))
        if earlier[0] != key:
            raise InputError(
                f'answer {row["answer"]} is coded "{key}" here and "{earlier[0]}" in line {earlier[2]}',
                **where,
                remedy="settle on one label, or measure agreement() first",
            )
    coded = stances.copy()
    for position, (key, coder, _) in decided.items():
        differs = coded["stance"].iloc[position] != key
        for column, value in (
            ("stance", key),
            ("coded_by", coder or "hand"),
            ("confidence", "high"),
            ("review", False),
        ):
            coded.iloc[position, coded.columns.get_loc(column)] = value
        if differs:
            coded.iloc[position, coded.columns.get_loc("lean")] = float("nan")
            coded.iloc[position, coded.columns.get_loc("evidence")] = pd.NA
    return coded


def _read_sheet(sheet):
    file = None
    if not isinstance(sheet, pd.DataFrame):
        file = Path(sheet).name
        try:
            sheet = pd.read_csv(
                sheet, dtype=str, keep_default_na=False, encoding="utf-8-sig", sep=None, engine="python"
            )
        except UnicodeDecodeError:
            sheet = pd.read_csv(sheet, dtype=str, keep_default_na=False, encoding="cp1252", sep=None, engine="python")
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror})", file=file, remedy="check the path") from None
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise InputError(
                f"this is not a CSV table ({error})", file=file, remedy="save the coding sheet as CSV"
            ) from None
    for column in ("answer", "label", "text_hash"):
        if column not in sheet:
            raise InputError(
                f'the column "{column}" is missing',
                file=file,
                line=1 if file else None,
                remedy="keep the columns of the coding sheet",
            )
    sheet = sheet.reindex(columns=[*sheet.columns, *(c for c in ("thread", "coder") if c not in sheet)])
    return file, sheet.astype("string").fillna("")


def _identify(thread, answer):
    number = "" if pd.isna(answer) else str(answer).strip().removesuffix(".0")
    return ("" if pd.isna(thread) else str(thread).strip(), number)


def _match_label(label, names):
    def plain(word):
        return " ".join(re.split(r"[\W_]+", word.casefold())).strip()

    return next((key for key, name in names.items() if plain(label) in (plain(key), plain(name))), None)


def agreement(labels_a, labels_b, *, random_state=0):
    """Measure how far two coders, or a coder and the rules, agree.

    Parameters
    ----------
    labels_a, labels_b : Series or sequence of str
        One label per answer. Two Series are matched by their index, else by position.
        Answers that either left empty are not compared.
    random_state : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        One row per measure (``percent``, ``kappa``, ``alpha``):

        ============= ==========================================================
        ``measure``   percent agreement (0 to 1), Cohen's kappa, Krippendorff's
                      nominal alpha
        ``value``     ``NaN`` where it is undefined
        ``low``, ``high``  95 % bootstrap interval over answers (2,000 draws)
        ``n``         answers that both labelled
        ``reason``    why a value is undefined, else empty
        ============= ==========================================================

    Notes
    -----
    Kappa: Cohen (1960), doi:10.1177/001316446002000104. Alpha: Krippendorff
    (2019), Content Analysis, ch. 12; conventionally .80 for firm and .667 for
    tentative conclusions. With a dozen answers the interval is wide: show it.
    Rules against a person measures the rules, two persons measure the codebook.

    Examples
    --------
    >>> agreement(["soft", "soft", "hard", "hard"], ["soft", "soft", "hard", "soft"])[["measure", "value"]].round(3)
       measure  value
    0  percent  0.750
    1    kappa  0.500
    2    alpha  0.533
    """
    table = confusion_table(labels_a, labels_b)
    counts = table.to_numpy()
    n = int(counts.sum())
    draws = None
    if n > 1:
        drawn = np.random.default_rng(random_state).multinomial(n, counts.ravel() / n, size=2000)
        draws = _measure_agreement(drawn.reshape(-1, *counts.shape))
    values = _measure_agreement(counts[None])
    reason = (
        "no answer has two labels"
        if n == 0
        else "all labels are the same, so chance agreement is 1"
        if (counts.sum(0) + counts.sum(1) > 0).sum() < 2
        else ""
    )
    rows = []
    for measure, value in values.items():
        undefined = bool(np.isnan(value[0]))
        low = high = float("nan")
        if draws is not None and not undefined:
            low, high = np.nanpercentile(draws[measure], [2.5, 97.5])
        rows.append((measure, value[0], low, high, n, reason if undefined else ""))
    return pd.DataFrame(rows, columns=["measure", "value", "low", "high", "n", "reason"])


def _measure_agreement(tables):
    """Compute the measures for a stack of confusion tables; where chance agreement is 1 they are NaN."""
    n = tables.sum((1, 2)).astype(float)
    rows, columns = tables.sum(2), tables.sum(1)
    same = np.trace(tables, axis1=1, axis2=2)
    both = rows + columns
    with np.errstate(invalid="ignore", divide="ignore"):
        percent = same / n
        chance = (rows * columns).sum(1) / n**2
        kappa = np.where(chance < 1, (percent - chance) / (1 - chance), np.nan)
        expected = (both * (2 * n[:, None] - both)).sum(1) / (2 * n * (2 * n - 1))
        alpha = np.where(expected > 0, 1 - (1 - percent) / expected, np.nan)
    return {"percent": percent, "kappa": kappa, "alpha": alpha}


def confusion_table(labels_a, labels_b):
    """Count which label one coder gave where the other gave which.

    Parameters
    ----------
    labels_a, labels_b : Series or sequence of str
        As for `agreement`.

    Returns
    -------
    DataFrame
        Rows are the labels of `labels_a`, columns those of `labels_b`, in the same
        order; cells count answers.

    Examples
    --------
    >>> confusion_table(["soft", "soft", "hard"], ["soft", "hard", "hard"]).to_numpy().tolist()
    [[1, 0], [1, 1]]
    """
    first, second = _match_labels(labels_a, labels_b)
    kinds = list(getattr(getattr(labels_a, "dtype", None), "categories", ()))
    seen = set(first) | set(second)
    order = [label for label in kinds if label in seen] + sorted(seen - set(kinds))
    first, second = (pd.Categorical(labels, categories=order) for labels in (first, second))
    return pd.crosstab(first, second, rownames=["a"], colnames=["b"], dropna=False).reindex(
        index=order, columns=order, fill_value=0
    )


def agreement_by_label(labels_a, labels_b):
    """Say for each label how often it was given and how far both coders agree on it.

    Parameters
    ----------
    labels_a, labels_b : Series or sequence of str
        As for `agreement`.

    Returns
    -------
    DataFrame
        ``label``, ``a`` and ``b`` (how often each gave it), ``both`` (how often together) and
        ``agreement`` = 2 both / (a + b).

    Examples
    --------
    >>> agreement_by_label(["soft", "soft", "hard"], ["soft", "hard", "hard"]).values.tolist()
    [['hard', 1, 2, 1, 0.6666666666666666], ['soft', 2, 1, 1, 0.6666666666666666]]
    """
    table = confusion_table(labels_a, labels_b)
    a, b, both = table.sum(axis=1), table.sum(axis=0), [table.loc[label, label] for label in table.index]
    return pd.DataFrame({"label": list(table.index), "a": a.to_numpy(), "b": b.to_numpy(), "both": both}).assign(
        agreement=lambda rows: 2 * rows["both"] / (rows["a"] + rows["b"])
    )


def _match_labels(labels_a, labels_b):
    for labels in (labels_a, labels_b):
        if isinstance(labels, (str, Path, pd.DataFrame)):
            kind = "a table" if isinstance(labels, pd.DataFrame) else "one text"
            remedy = 'give a column, as in coded["stance"] or sheet["label"]'
            raise InputError(f"labels are one column, this is {kind}", remedy=remedy)
    if not (isinstance(labels_a, pd.Series) and isinstance(labels_b, pd.Series)):
        labels_a, labels_b = pd.Series(list(labels_a), dtype="object"), pd.Series(list(labels_b), dtype="object")
        if len(labels_a) != len(labels_b):
            raise InputError(
                f"there are {len(labels_a)} labels and {len(labels_b)} labels",
                remedy="give one label per answer, empty where there is none",
            )
    for labels in (labels_a, labels_b):
        if labels.index.has_duplicates:
            raise InputError("an answer has two labels in the same column", remedy="give each answer one row")
    pairs = pd.DataFrame({"a": labels_a.astype("string"), "b": labels_b.astype("string")}).replace("", pd.NA).dropna()
    return pairs["a"].tolist(), pairs["b"].tolist()
