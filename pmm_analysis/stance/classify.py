"""Which option each answer takes, how sure that is, and the words that show it."""

import hashlib

import pandas as pd

from ..codebook.load import Codebook, load_codebook
from ..tables import CONFIDENCE, read_answers
from ..text import fold, is_common
from ..codebook.mentions import BOTH, compile_codebook, find_mentions
from .clauses import find_neighbours
from .grammar import compile_cues
from .reading import is_on_topic, read_stance

COLUMNS = (
    "thread",
    "answer",
    "expert",
    "stance",
    "lean",
    "confidence",
    "review",
    "evidence",
    "coded_by",
    "truncated",
    "text_hash",
)
EVIDENCE_COLUMNS = ("thread", "answer", "expert", "cue", "option", "weight", "quote", "start", "end")


def classify_stances(answers, codebook):
    """Say which option each answer takes, with its words and how sure that is.

    Cues for an option (`pmm_analysis.cues`) are weighed by what their clause
    does: a concession, a condition, a question or a reported view counts less,
    a conclusion more; a negation turns a cue round. With ``S`` the sum for each
    option and ``D`` the sum for "both" and "it depends", the margin is
    ``(S₁ − S₂) / (S₁ + S₂ + D + 0.8)`` between the two strongest options.

    Of the sides called on 408 development answers (experts and Stack Exchange),
    high confidence was right in 64 of 69 (experts alone 48 of 48), medium in 43 of
    58, low in 17 of 31; on 224 answers that nobody read to improve the rules, in 55
    of 58, 10 of 13 and 7 of 8. An unaddressed answer to the codebook's own question is
    of low confidence: more than half of such answers take a side or weigh both in
    words that the rules miss.

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

        ``attrs`` holds ``codebook`` (its name), ``question``, ``options`` and ``labels``.

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
    codebook, table = _read_codebook(codebook), read_answers(answers)
    readings = _read_all(table, codebook)
    names = [codebook.stances[r.stance] if isinstance(r.stance, int) else r.stance for r in readings]
    stances = pd.DataFrame(
        {
            "thread": table["thread"],
            "answer": table["answer"],
            "expert": table["expert"],
            "stance": pd.Categorical(names, categories=list(codebook.stances), ordered=True),
            "lean": pd.Series([r.lean for r in readings], index=table.index, dtype="float64"),
            "confidence": pd.Categorical([r.confidence for r in readings], categories=list(CONFIDENCE), ordered=True),
            "review": pd.Series(
                [r.confidence == "low" or r.contradictory for r in readings], index=table.index, dtype=bool
            )
            | table["truncated"],
            "evidence": pd.Series(
                [text[slice(*r.evidence)] if r.evidence else None for text, r in zip(table["text"], readings)],
                index=table.index,
                dtype="string",
            ),
            "coded_by": pd.Series("rules", index=table.index, dtype="string"),
            "truncated": table["truncated"],
            "text_hash": pd.Series([hash_text(text) for text in table["text"]], index=table.index, dtype="string"),
        },
        index=table.index,
        columns=list(COLUMNS),
    )
    stances.attrs = {
        **answers.attrs,
        "codebook": codebook.name,
        "question": codebook.question,
        "options": [option.key for option in codebook.options],
        "labels": {key: codebook.labels[key] for key in codebook.stances},
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
    codebook, table = _read_codebook(codebook), read_answers(answers)
    rows = []
    texts = zip(table["thread"], table["answer"], table["expert"], table["text"], _read_all(table, codebook))
    for thread, answer, expert, text, reading in texts:
        for hit in sorted(reading.hits, key=lambda hit: (hit.start, -hit.weight)):
            option = "balanced" if hit.option == BOTH else codebook.options[hit.option].key
            rows.append(
                (
                    thread,
                    answer,
                    expert,
                    hit.cue,
                    option,
                    round(hit.weight, 3),
                    text[hit.start : hit.end],
                    hit.start,
                    hit.end,
                )
            )
    evidence = pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS)).astype(
        {
            "thread": "string",
            "answer": "Int64",
            "expert": "string",
            "cue": "string",
            "option": "string",
            "weight": "float64",
            "quote": "string",
            "start": "int64",
            "end": "int64",
        }
    )
    evidence.attrs = {"codebook": codebook.name, "question": codebook.question}
    return evidence


def suggest_terms(answers, codebook, *, least=2):
    """Propose words of a thread that behave like an option's terms, for an analyst to accept.

    A word behaves like an option if it is listed with it ("empathy and X"), or if it
    keeps to sentences that name that option and no other.

    Parameters
    ----------
    answers : DataFrame
        As for `classify_stances`.
    codebook : Codebook, str or Path
    least : int
        In how many answers a word must stand, unless it is listed with an option.

    Returns
    -------
    DataFrame
        Best first: ``term``, ``option`` (key), ``answers`` (how many have it), ``beside`` and
        ``beside_others`` (in how many sentences it stands with this option and with others),
        ``listed`` (how often in a list with this option), ``quote`` (one such sentence, verbatim).

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"text": ["Empathy and candour carry you.", "Soft skills, candour above all."]})
    >>> suggest_terms(answers, "hard_vs_soft_skills")[["term", "option", "listed"]].values.tolist()
    [['candour', 'soft', 2]]
    """
    codebook, table = _read_codebook(codebook), read_answers(answers)
    found = {}
    terms = compile_codebook(codebook)
    cues = set().union(*(index.words for index in compile_cues()))
    for number, text in enumerate(table["text"]):
        for candidate in find_neighbours(text, terms):
            if candidate.word in cues or is_common(candidate.word):
                continue
            row = found.setdefault(candidate.word, {"answers": set(), "beside": {}, "listed": {}, "quote": {}})
            row["answers"].add(number)
            row["beside"][candidate.option] = row["beside"].get(candidate.option, 0) + 1
            row["listed"][candidate.option] = row["listed"].get(candidate.option, 0) + candidate.listed
            if candidate.listed or candidate.option not in row["quote"]:
                row["quote"][candidate.option] = text[candidate.start : candidate.end]
    rows = []
    for word, row in found.items():
        option = max(row["beside"], key=lambda o: (row["listed"][o], row["beside"][o], -o))
        beside, listed = row["beside"][option], row["listed"][option]
        others = sum(row["beside"].values()) - beside
        if listed > sum(row["listed"].values()) - listed or (
            len(row["answers"]) >= least and beside >= 3 * others and beside >= least
        ):
            rows.append(
                (word, codebook.options[option].key, len(row["answers"]), beside, others, listed, row["quote"][option])
            )
    rows.sort(key=lambda row: (-row[5], row[4] - row[3], row[0]))
    return pd.DataFrame(rows, columns=["term", "option", "answers", "beside", "beside_others", "listed", "quote"])


def count_named(answers, codebook):
    """Count the answers that name an option, to see whether a codebook fits a thread."""
    terms = compile_codebook(codebook)
    texts = read_answers(answers)["text"]
    return sum(any(mention.direct for mention in find_mentions(fold(text), terms)) for text in texts)


def hash_text(text):
    """Give a letter, which no spreadsheet takes for a number, and twelve digits that change when the text does."""
    return "h" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


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
