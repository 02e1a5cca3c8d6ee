"""A person in the loop: a sheet to code by hand, hand labels over the rules', agreement between coders."""

import csv
import io
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from ..codebook.load import Codebook, read_codebook
from ..errors import InputError
from ..files import guard_cell, unguard_cell
from ..stance.classify import classify_stances, hash_text
from ..tables import check_stances, read_answers
from ..text import fold_label

DRAWS = 2_000


def coding_sheet(answers: pd.DataFrame, codebook: Codebook | str | Path, *, blind: bool = True) -> pd.DataFrame:
    """Make the sheet in which a person codes the answers.

    Save it with ``sheet.to_csv("coding_sheet.csv", index=False, encoding="utf-8-sig")``, fill in ``label`` (and
    ``coder``), and give the file to `apply_coding`.

    Parameters
    ----------
    answers : DataFrame
        As `load_thread` returns it.
    codebook : Codebook, str or Path
        What the labels are, or the name or file of a codebook.
    blind : bool
        Hide who wrote an answer and what the rules say, so that neither sways the coder. Only blind labels may be used
        to measure agreement with the rules.

    Returns
    -------
    DataFrame
        One row, and in a CSV one line, per answer:

        ======================  ======================================================================
        ``thread``, ``answer``  which answer this is
        ``label``, ``coder``    empty, to fill in: the key or the name of a stance, and who decided
        ``memo``                empty, for the reason in hard cases
        ``question``            the answer's own question, else the codebook's
        ``text``                the answer on one line, paragraphs parted by ¶; words that a spreadsheet
                                would run as a formula start with an apostrophe
        ``choices``             the labels and what each one means
        ``text_hash``           ties the label to this text; leave as it is
        ======================  ======================================================================

        Not blind, also ``expert``, ``rules`` (the rules' stance) and ``evidence``.

    Raises
    ------
    InputError
        As for `classify_stances`.

    Examples
    --------
    >>> sheet = coding_sheet(pd.DataFrame({"text": ["Soft skills, hands down."]}), "hard_vs_soft_skills")
    >>> sheet.loc[0, ["text", "label"]].tolist()
    ['Soft skills, hands down.', '']
    """
    codebook, table = read_codebook(codebook), read_answers(answers)
    sheet = table[["thread", "answer"]].assign(
        label="",
        coder="",
        memo="",
        question=table["question"].fillna(codebook.question).map(_flatten),
        text=table["text"].map(_flatten),
        choices="; ".join(f"{key} = {meaning}" for key, meaning in define_labels(codebook).items()),
        text_hash=table["text"].map(hash_text),
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

    >>> define_labels("hard_vs_soft_skills")["soft"]
    'prefers Soft skills, also if hedged or under a condition that usually holds'
    """
    codebook = read_codebook(codebook)
    return {
        option.key: f"prefers {option.label}, also if hedged or under a condition that usually holds"
        for option in codebook.options
    } | {
        "balanced": "speaks to the choice without a net lean: both, neither, it depends",
        "unaddressed": "does not speak to the choice, even if it uses its words",
    }


def _flatten(text):
    return guard_cell(" ¶ ".join(part.strip() for part in str(text).splitlines() if part.strip()))


def apply_coding(stances: pd.DataFrame, sheet: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Put hand labels over the rules' stances.

    Parameters
    ----------
    stances : DataFrame
        As `classify_stances` returns it.
    sheet : DataFrame, str or Path
        A filled-in `coding_sheet`, or its CSV file. Rows without a label leave the rules' stance as it is.

    Returns
    -------
    DataFrame
        Like `stances`, with the hand label in ``stance``, ``coded_by`` the coder's name (``"hand"`` if none is given),
        ``confidence`` high and ``review`` false. Where a label differs from the rules' stance, ``lean``, ``quote`` and
        ``evidence`` are empty: they argue for another stance.

    Raises
    ------
    InputError
        With the line of the sheet (the header is line 1): a label that is not in the codebook, an answer that is not in
        `stances`, a text that has changed since it was coded, or two different labels for one answer.

    Examples
    --------
    >>> answers = pd.DataFrame({"text": ["Soft skills, hands down.", "Well, well."]})
    >>> sheet = coding_sheet(answers, "hard_vs_soft_skills").assign(label=["", "balanced"], coder="Ana")
    >>> apply_coding(classify_stances(answers, "hard_vs_soft_skills"), sheet)[["stance", "coded_by"]].values.tolist()
    [['soft', 'rules'], ['balanced', 'Ana']]
    """
    needed = ("thread", "answer", "lean", "confidence", "review", "quote", "evidence", "coded_by", "text_hash")
    check_stances(stances, *needed)
    file, rows = _read_sheet(sheet)
    keys = stances["stance"].cat.categories
    labels = stances.attrs.get("labels", {})
    names = {fold_label(name): key for key in keys for name in (labels.get(key, key), key)}
    places = {_identify(*who): i for i, who in enumerate(zip(stances["thread"], stances["answer"]))}
    decided = {}
    for line, row in enumerate(rows.to_dict("records"), 2):
        if row["label"].strip():
            try:
                position, key = _read_label(row, stances, names, places)
                _decide(decided, position, key, row, line)
            except InputError as error:
                raise InputError(error.reason, file=file, line=line, remedy=error.remedy) from None
    said, coders = (pd.array([None] * len(stances), dtype="string") for _ in range(2))
    for position, (key, coder, _) in decided.items():
        said[position], coders[position] = key, coder
    coded, rules = ~said.isna(), stances["stance"].astype("string")
    overruled = coded & rules.ne(said).fillna(False).to_numpy(bool)
    return stances.assign(
        stance=rules.where(~coded, said).astype(stances["stance"].dtype),
        coded_by=stances["coded_by"].where(~coded, coders),
        confidence=stances["confidence"].mask(coded, "high"),
        review=stances["review"] & ~coded,
        lean=stances["lean"].mask(overruled),
        quote=stances["quote"].mask(overruled),
        evidence=stances["evidence"].mask(overruled),
    )


def _read_label(row, stances, names, places):
    """Give the position of the answer that a row of a sheet is about, and the stance that its label names."""
    label, answer = row["label"].strip(), row["answer"]
    key, position = names.get(fold_label(label)), places.get(_identify(row["thread"], answer))
    if key is None:
        choices = ", ".join(stances["stance"].cat.categories)
        raise InputError(f'"{label}" is not a label of this codebook', remedy=f"choose one of {choices}")
    if position is None:
        remedy = "use the sheet that belongs to these answers"
        raise InputError(f'there is no answer {answer} in thread "{row["thread"]}"', remedy=remedy)
    if row["text_hash"] != stances["text_hash"].iloc[position]:
        remedy = "read the answer again in a new coding sheet"
        raise InputError(f"the text of answer {answer} is not the one that was coded", remedy=remedy)
    return position, key


def _decide(decided, position, key, row, line):
    """Note the label of an answer, unless an earlier line gives it another one."""
    earlier, _, earlier_line = decided.setdefault(position, (key, row["coder"].strip() or "hand", line))
    if earlier != key:
        reason = f'answer {row["answer"]} is coded "{key}" here and "{earlier}" in line {earlier_line}'
        raise InputError(reason, remedy="settle on one label, or measure agreement() first")


def _read_sheet(sheet):
    """Read a coding sheet from a table or a file: the file's name, and its rows as text."""
    file = None
    if isinstance(sheet, (str, PathLike)):
        file, sheet = Path(sheet).name, _read_csv(Path(sheet))
    if not isinstance(sheet, pd.DataFrame):
        remedy = "pass a filled-in coding sheet, or the path of its CSV file"
        raise InputError(f"this is a {type(sheet).__name__}, not a coding sheet", remedy=remedy)
    for column in ("answer", "label", "text_hash"):
        if column not in sheet:
            remedy = "keep the columns of the coding sheet"
            raise InputError(f'the column "{column}" is missing', file=file, line=1 if file else None, remedy=remedy)
    return file, sheet.reindex(columns=["thread", "answer", "label", "coder", "text_hash"]).astype("string").fillna("")


def _read_csv(path):
    try:
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False, sep=None, engine="python")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=path.name, remedy="check the path") from None
    except (ValueError, csv.Error) as error:
        reason = f"this is not a CSV table ({error})"
        raise InputError(reason, file=path.name, remedy="save the coding sheet as CSV") from None
    return table.map(unguard_cell)


def _identify(thread, answer):
    number = "" if pd.isna(answer) else str(answer).strip().removesuffix(".0")
    return ("" if pd.isna(thread) else str(thread).strip(), number)


def agreement(
    labels_a: pd.Series | Sequence[str], labels_b: pd.Series | Sequence[str], *, random_state: int = 0
) -> pd.DataFrame:
    """Measure how far two coders, or a coder and the rules, agree.

    Parameters
    ----------
    labels_a, labels_b : Series or sequence of str
        One label per answer. Two Series are matched by their index, else by position. Answers that either left empty
        are not compared.
    random_state : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        One row per measure (``percent``, ``kappa``, ``alpha``):

        =================  =======================================================================
        ``measure``        percent agreement (0 to 1), Cohen's kappa, Krippendorff's nominal alpha
        ``value``          ``NaN`` where it is undefined, say kappa where all labels are the same
        ``low``, ``high``  95 % bootstrap interval over answers (2,000 draws)
        ``n``              answers that both labelled
        ``reason``         why a value is undefined, else empty
        =================  =======================================================================

        A measure that is undefined has no interval.

        Values are rounded nowhere.

    Notes
    -----
    Kappa: Cohen (1960), doi:10.1177/001316446002000104. Alpha: Krippendorff (2019), Content Analysis, ch. 12;
    conventionally .80 for firm and .667 for tentative conclusions. With a dozen answers the interval is wide: show it.
    Rules against a person measures the rules, two persons measure the codebook.

    Examples
    --------
    >>> agreement(["soft", "soft", "hard", "hard"], ["soft", "soft", "hard", "soft"])[["measure", "value"]].round(3)
       measure  value
    0  percent  0.750
    1    kappa  0.500
    2    alpha  0.533
    """
    counts = confusion_table(labels_a, labels_b).to_numpy()
    n, reason = int(counts.sum()), ""
    if n == 0:
        reason = "no answer has two labels"
    elif (counts.sum(0) + counts.sum(1) > 0).sum() < 2:
        reason = "all labels are the same, so chance agreement is 1"
    if n > 1:
        draws = np.random.default_rng(random_state).multinomial(n, counts.ravel() / n, size=DRAWS)
        drawn = _measure_agreement(draws.reshape(-1, *counts.shape))
    rows = []
    for measure, (value,) in _measure_agreement(counts[None]).items():
        low = high = float("nan")
        if n > 1 and not np.isnan(value):
            low, high = np.nanpercentile(drawn[measure], [2.5, 97.5])
        rows.append((measure, value, low, high, n, reason if np.isnan(value) else ""))
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


def confusion_table(labels_a: pd.Series | Sequence[str], labels_b: pd.Series | Sequence[str]) -> pd.DataFrame:
    """Count which label one coder gave, in rows, where the other gave which, in columns; labels as for `agreement`.

    >>> confusion_table(["soft", "soft", "hard"], ["soft", "hard", "hard"]).to_numpy().tolist()
    [[1, 0], [1, 1]]
    """
    first, second = _match_labels(labels_a, labels_b)
    kinds = list(getattr(getattr(labels_a, "dtype", None), "categories", ()))
    seen = set(first) | set(second)
    order = [label for label in kinds if label in seen] + sorted(seen - set(kinds))
    first, second = (pd.Categorical(labels, categories=order) for labels in (first, second))
    table = pd.crosstab(first, second, rownames=["a"], colnames=["b"], dropna=False)
    return table.reindex(index=order, columns=order, fill_value=0)


def agreement_by_label(labels_a: pd.Series | Sequence[str], labels_b: pd.Series | Sequence[str]) -> pd.DataFrame:
    """Say for each label how often ``a`` and ``b`` gave it, and ``both`` together: ``agreement`` = 2 both / (a + b).

    >>> agreement_by_label(["soft", "soft", "hard"], ["soft", "hard", "hard"]).values.tolist()
    [['hard', 1, 2, 1, 0.6666666666666666], ['soft', 2, 1, 1, 0.6666666666666666]]
    """
    table = confusion_table(labels_a, labels_b)
    a, b, both = table.sum(axis=1).to_numpy(), table.sum(axis=0).to_numpy(), np.diag(table)
    columns = {"label": list(table.index), "a": a, "b": b, "both": both, "agreement": 2 * both / (a + b)}
    return pd.DataFrame(columns)


def _match_labels(labels_a, labels_b):
    for labels in (labels_a, labels_b):
        if isinstance(labels, (str, Path, pd.DataFrame)) or not hasattr(labels, "__iter__"):
            remedy = 'give a column, as in coded["stance"] or sheet["label"]'
            raise InputError(f"labels are one column, this is of type {type(labels).__name__}", remedy=remedy)
    if not (isinstance(labels_a, pd.Series) and isinstance(labels_b, pd.Series)):
        labels_a, labels_b = pd.Series(list(labels_a), dtype="object"), pd.Series(list(labels_b), dtype="object")
        if len(labels_a) != len(labels_b):
            reason = f"there are {len(labels_a)} labels and {len(labels_b)} labels"
            raise InputError(reason, remedy="give one label per answer, empty where there is none")
    for labels in (labels_a, labels_b):
        if labels.index.has_duplicates:
            raise InputError("an answer has two labels in the same column", remedy="give each answer one row")
    pairs = pd.DataFrame({"a": labels_a.astype("string"), "b": labels_b.astype("string")}).replace("", pd.NA).dropna()
    return pairs["a"].tolist(), pairs["b"].tolist()
