"""A person in the loop: a sheet to code by hand, hand labels over the rules', agreement between coders."""

from pathlib import Path

from .codebook import Codebook, load_codebook
from .errors import InputError
from .stance import hash_text, stance_evidence, classify_stances, _read_answers

SHEET_COLUMNS = ("thread", "answer", "label", "coder", "memo", "question", "text", "choices", "text_hash")
FORMULA = ("=", "+", "-", "@")


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
    import pandas as pd

    codebook = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    table = _read_answers(answers)
    sheet = pd.DataFrame({
        "thread": table["thread"],
        "answer": table["answer"],
        "label": "",
        "coder": "",
        "memo": "",
        "question": table["question"].fillna(codebook.question).map(_flatten),
        "text": table["text"].map(_flatten),
        "choices": "; ".join(f"{key} = {meaning}" for key, meaning in define_labels(codebook).items()),
        "text_hash": table["text"].map(hash_text),
    }, index=table.index, columns=list(SHEET_COLUMNS))
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
        option.key: f"prefers {option.label}, also if hedged or under a condition that usually holds" for option in codebook.options
    } | {
        "balanced": "speaks to the choice without a net lean: both, neither, it depends",
        "unaddressed": "does not speak to the choice, even if it uses its words",
    }


def _flatten(text):
    line = " ¶ ".join(part.strip() for part in str(text).splitlines() if part.strip())
    return f"'{line}" if line.lstrip().startswith(FORMULA) else line


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
    import pandas as pd

    file, sheet = _read_sheet(sheet)
    keys = list(stances["stance"].cat.categories)
    rows = {_identify(thread, answer): position for position, (thread, answer) in enumerate(zip(stances["thread"], stances["answer"]))}
    decided = {}
    for line, row in enumerate(sheet.to_dict("records"), 2):
        label = row["label"].strip()
        if not label:
            continue
        key = _match_label(label, keys)
        where = {"file": file, "line": line}
        if key is None:
            raise InputError(f'"{label}" is not a label of this codebook', **where, remedy=f"choose one of {', '.join(keys)}")
        position = rows.get(_identify(row["thread"], row["answer"]))
        if position is None:
            raise InputError(f'there is no answer {row["answer"]} in thread "{row["thread"]}"', **where, remedy="use the sheet that belongs to these answers")
        if row["text_hash"] != stances["text_hash"].iloc[position]:
            raise InputError(f'the text of answer {row["answer"]} is not the one that was coded', **where, remedy="read the answer again in a new coding sheet")
        earlier = decided.setdefault(position, (key, row["coder"].strip(), line))
        if earlier[0] != key:
            raise InputError(f'answer {row["answer"]} is coded "{key}" here and "{earlier[0]}" in line {earlier[2]}', **where, remedy="settle on one label, or measure agreement() first")
    coded = stances.copy()
    for position, (key, coder, _) in decided.items():
        at = coded.index[position]
        differs = coded["stance"].iloc[position] != key
        for column, value in (("stance", key), ("coded_by", coder or "hand"), ("confidence", "high"), ("review", False)):
            coded.iloc[position, coded.columns.get_loc(column)] = value
        if differs:
            coded.iloc[position, coded.columns.get_loc("lean")] = float("nan")
            coded.iloc[position, coded.columns.get_loc("evidence")] = pd.NA
    return coded


def _read_sheet(sheet):
    import pandas as pd

    file = None
    if not isinstance(sheet, pd.DataFrame):
        file = Path(sheet).name
        try:
            sheet = pd.read_csv(sheet, dtype=str, keep_default_na=False, encoding="utf-8-sig", sep=None, engine="python")
        except UnicodeDecodeError:
            sheet = pd.read_csv(sheet, dtype=str, keep_default_na=False, encoding="cp1252", sep=None, engine="python")
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror})", file=file, remedy="check the path") from None
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise InputError(f"this is not a CSV table ({error})", file=file, remedy="save the coding sheet as CSV") from None
    for column in ("answer", "label", "text_hash"):
        if column not in sheet:
            raise InputError(f'the column "{column}" is missing', file=file, line=1 if file else None, remedy="keep the columns of the coding sheet")
    sheet = sheet.reindex(columns=[*sheet.columns, *(c for c in ("thread", "coder") if c not in sheet)])
    return file, sheet.astype("string").fillna("")


def _identify(thread, answer):
    import pandas as pd

    number = "" if pd.isna(answer) else str(answer).strip().removesuffix(".0")
    return ("" if pd.isna(thread) else str(thread).strip(), number)


def _match_label(label, keys):
    plain = label.strip().casefold().replace(" ", "_").replace("-", "_")
    return next((key for key in keys if key.casefold().replace("-", "_") == plain), None)
