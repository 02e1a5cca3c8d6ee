"""Which option each answer takes, how sure that is, and the words that show it."""

import hashlib

from .clauses import BOTH
from .codebook import Codebook, load_codebook
from .errors import InputError, ThreadError
from .reading import compile_codebook, is_on_topic, read_stance

CONFIDENCE = ("low", "medium", "high")
COLUMNS = (
    "thread", "answer", "expert", "stance", "lean", "confidence", "review", "evidence", "coded_by", "truncated", "text_hash",
)
EVIDENCE_COLUMNS = ("thread", "answer", "expert", "cue", "option", "weight", "quote", "start", "end")


def classify_stances(answers, codebook):
    """Say which option each answer takes, with its words and how sure that is.

    Cues for an option (`pmm_analysis.cues`) are weighed by what their clause
    does: a concession, a condition, a question or a reported view counts less,
    a conclusion more; a negation turns a cue round. With ``S`` the sum for each
    option and ``D`` the sum for "both" and "it depends", the margin is
    ``(S₁ − S₂) / (S₁ + S₂ + D + 0.8)`` between the two strongest options.

    Parameters
    ----------
    answers : DataFrame
        One row per answer, as `load_thread` returns it; only ``text`` is
        required. ``question``, ``expert`` and ``truncated`` are used where given.
    codebook : Codebook, str or Path
        The options and their words, or the name or file of a codebook.

    Returns
    -------
    DataFrame
        One row per answer, same index:

        ============== ============================================================
        ``thread``     as in answers
        ``answer``     as in answers, else 1, 2, …
        ``expert``     as in answers
        ``stance``     ordered categorical: the options' keys, balanced, unaddressed
        ``lean``       −1 … 1, positive towards the codebook's first option;
                       ``NaN`` where there are three or more options
        ``confidence`` ordered categorical low < medium < high
        ``review``     a person should read it: weak, contradictory or cut off
        ``evidence``   the clause that counted most, verbatim; ``<NA>`` if none did
        ``coded_by``   ``"rules"``
        ``truncated``  the answer is cut off
        ``text_hash``  ties a hand label to this text
        ============== ============================================================

        ``attrs`` holds ``codebook`` (its name), ``question`` and ``options``.

    Raises
    ------
    ThreadError
        There is no column ``text``.
    CodebookError
        The codebook cannot be read.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"text": ["It depends, but I'd lean towards soft skills.", "Hard skills, hands down."]})
    >>> classify_stances(answers, "hard_vs_soft_skills")[["stance", "evidence"]]
      stance                          evidence
    0   soft  but I'd lean towards soft skills
    1   hard           Hard skills, hands down
    """
    import pandas as pd

    codebook, table = _read_codebook(codebook), _read_answers(answers)
    readings = _read_all(table, codebook)
    names = [codebook.stances[r.stance] if isinstance(r.stance, int) else r.stance for r in readings]
    stances = pd.DataFrame({
        "thread": table["thread"],
        "answer": table["answer"],
        "expert": table["expert"],
        "stance": pd.Categorical(names, categories=list(codebook.stances), ordered=True),
        "lean": pd.Series([r.lean for r in readings], index=table.index, dtype="float64"),
        "confidence": pd.Categorical([r.confidence for r in readings], categories=list(CONFIDENCE), ordered=True),
        "review": pd.Series([r.confidence == "low" or r.contradictory for r in readings], index=table.index, dtype=bool) | table["truncated"],
        "evidence": pd.Series(
            [text[slice(*r.evidence)] if r.evidence else None for text, r in zip(table["text"], readings)], index=table.index, dtype="string"
        ),
        "coded_by": pd.Series("rules", index=table.index, dtype="string"),
        "truncated": table["truncated"],
        "text_hash": pd.Series([hash_text(text) for text in table["text"]], index=table.index, dtype="string"),
    }, index=table.index, columns=list(COLUMNS))
    stances.attrs = {
        "codebook": codebook.name, "question": codebook.question, "options": [option.key for option in codebook.options],
    }
    return stances


def stance_evidence(answers, codebook):
    """List every cue that was found, with its words and where they stand.

    Parameters
    ----------
    answers : DataFrame
        As for `classify_stances`.
    codebook : Codebook, str or Path

    Returns
    -------
    DataFrame
        One row per cue, in reading order:

        ========== ==========================================================
        ``thread``, ``answer``, ``expert``  as in answers
        ``cue``    the cue's name in `pmm_analysis.cues`; ``not: …`` if negated
        ``option`` the option it speaks for, or ``balanced``
        ``weight`` what it counted
        ``quote``  the words, verbatim
        ``start``, ``end``  their offsets: ``text[start:end] == quote``
        ========== ==========================================================

    Raises
    ------
    ThreadError, CodebookError
        As for `classify_stances`.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"text": ["Soft skills are more important than hard skills."]})
    >>> stance_evidence(answers, "hard_vs_soft_skills")[["cue", "option", "quote"]].iloc[0].tolist()
    ['better than', 'soft', 'Soft skills are more important than hard skills']
    """
    import pandas as pd

    codebook, table = _read_codebook(codebook), _read_answers(answers)
    rows = []
    texts = zip(table["thread"], table["answer"], table["expert"], table["text"], _read_all(table, codebook))
    for thread, answer, expert, text, reading in texts:
        for hit in sorted(reading.hits, key=lambda hit: (hit.start, -hit.weight)):
            option = "balanced" if hit.option == BOTH else codebook.options[hit.option].key
            rows.append((thread, answer, expert, hit.cue, option, round(hit.weight, 3), text[hit.start:hit.end], hit.start, hit.end))
    evidence = pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS)).astype(
        {"thread": "string", "answer": "Int64", "expert": "string", "cue": "string", "option": "string",
         "weight": "float64", "quote": "string", "start": "int64", "end": "int64"}
    )
    evidence.attrs = {"codebook": codebook.name, "question": codebook.question}
    return evidence


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
    >>> texts = ["Soft skills, hands down.", "Hard skills are more important than soft skills.", "I like tea."]
    >>> stances = classify_stances(pd.DataFrame({"text": texts}), "hard_vs_soft_skills")
    >>> tally_stances(stances)[["stance", "n"]].to_dict("list")
    {'stance': ['soft', 'hard', 'balanced', 'unaddressed'], 'n': [1, 1, 0, 1]}
    """
    import pandas as pd

    if by not in ("answers", "experts"):
        raise InputError(f'by="{by}" is unknown', remedy='choose by="answers" or by="experts"')
    missing = [column for column in ("stance", "review", "truncated", "expert") if column not in stances]
    if missing:
        raise InputError(f"stances have no column {missing[0]}", remedy="pass the table that classify_stances returns")
    keys = list(stances["stance"].cat.categories)
    units = _group_answers(stances, by)
    if by == "experts":
        keys.append("mixed")
    rows = []
    for key in keys:
        inside = [unit for unit in units if unit["stance"] == key]
        rows.append({
            "stance": key,
            "n": len(inside),
            "low": sum(not unit["open"] for unit in inside),
            "high": len(inside) + sum(key in unit["could_be"] for unit in units if unit["stance"] != key),
            "truncated": sum(unit["truncated"] for unit in inside),
        })
    tally = pd.DataFrame(rows, columns=["stance", "n", "low", "high", "truncated"])
    tally["stance"] = tally["stance"].astype("string")
    coded = stances["coded_by"].eq("rules").sum() if "coded_by" in stances else len(stances)
    tally.attrs = {**{k: stances.attrs[k] for k in ("codebook", "question") if k in stances.attrs},
                   "by": by, "total": len(units), "unreviewed": int(coded)}
    return tally


def _group_answers(stances, by):
    """Gather answers into units that count once, each with its stance and what it could still become."""
    groups = {}
    named = stances["expert"].notna().tolist()
    rows = zip(stances["expert"], stances["stance"], stances["review"], stances["truncated"].fillna(False))
    for position, (expert, stance, review, truncated) in enumerate(rows):
        key = expert if by == "experts" and named[position] else position
        groups.setdefault(key, []).append((stance, bool(review or truncated), bool(truncated)))
    units = []
    for answers in groups.values():
        taken = {stance for stance, _, _ in answers} - {"unaddressed"}
        firm = {stance for stance, is_open, _ in answers if not is_open} - {"unaddressed"}
        n_open = sum(is_open for _, is_open, _ in answers)
        could_be = set()
        if n_open:
            for stance in stances["stance"].cat.categories:
                if firm <= {stance} or (by == "answers"):
                    could_be.add(stance)
            if len(firm) + n_open > 1:
                could_be.add("mixed")
        units.append({
            "stance": "mixed" if len(taken) > 1 else next(iter(taken), "unaddressed"),
            "open": n_open > 0,
            "truncated": any(truncated for _, _, truncated in answers),
            "could_be": could_be,
        })
    return units


def hash_text(text):
    """Twelve hexadecimal digits that change when the text does."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _read_all(table, codebook):
    """Read every text, knowing whether its own question is the codebook's."""
    terms = compile_codebook(codebook)
    on_topic = {question: is_on_topic(question, codebook, terms) for question in table["question"].dropna().unique()}
    return [
        read_stance(text, terms, codebook.teachable, on_topic=on_topic.get(question, True))
        for text, question in zip(table["text"], table["question"].fillna(""))
    ]


def _read_codebook(codebook):
    return codebook if isinstance(codebook, Codebook) else load_codebook(codebook)


def _read_answers(answers):
    """Give the columns that a reading needs, each present and of its type."""
    import pandas as pd

    if not hasattr(answers, "columns") or "text" not in answers:
        raise ThreadError("the answers have no column text", remedy="pass the table that load_thread returns")
    blank = pd.Series(pd.NA, index=answers.index, dtype="string")
    return pd.DataFrame({
        "thread": answers.get("thread", blank).astype("string"),
        "answer": pd.Series(answers.get("answer", range(1, len(answers) + 1)), index=answers.index).astype("Int64"),
        "expert": answers.get("expert", blank).astype("string"),
        "question": answers.get("question", blank).astype("string"),
        "text": answers["text"].astype("string").fillna("").astype(object),
        "truncated": answers.get("truncated", pd.Series(False, index=answers.index)).astype("boolean").fillna(False).astype(bool),
    }, index=answers.index)
