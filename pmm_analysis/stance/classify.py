"""Which option each answer takes, how sure that is, and the words that show it."""

import hashlib
from pathlib import Path

import pandas as pd

from ..codebook.load import Codebook, read_codebook
from ..codebook.mentions import compile_codebook, find_mentions
from ..languages import ENGLISH, find_language, name_threads, read_languages
from ..tables import CONFIDENCE, list_texts, read_answers
from ..text import fold, is_common
from .clauses import find_neighbours
from .grammar import compile_cues
from .quotes import choose_quote
from .reading import is_on_topic, read_stance

EVIDENCE = {
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


def classify_stances(answers: pd.DataFrame, codebook: Codebook | str | Path) -> pd.DataFrame:
    """Say which option each answer takes, with its words and how sure that is.

    Cues for an option (``cues.toml``) are weighed by what their clause
    does: a concession, a condition, a question or a reported view counts less,
    a conclusion more; a negation turns a cue round. With ``S`` the sum for each
    option and ``D`` the sum for "both" and "it depends", the margin is
    ``(S₁ − S₂) / (S₁ + S₂ + D + 0.8)`` between the two strongest options.

    A choice that is made in the end ("… I would still pick X", "in short", "if I
    had to choose") outweighs what stood before it, even where it names no option.
    Mere praise of one option in a long answer is no side.

    ``review`` is left off only where little speaks against: a side of high
    confidence, or one that is plainly said in the end; balance that is
    said in the last sentence, or first in a short answer; an answer that announces
    another question ("On tooling, since several of you asked").
    An unaddressed answer of medium confidence answers another question; one of low
    confidence only has no pick that the rules found, and most of these take a side.

    How often that was right, and how many of all escape, wrong and not flagged (long: 40 to 200 words):

    =================================== ======== ======== ======== ======== ======= =======
    answers                             high     medium   low      balanced flagged escapes
    =================================== ======== ======== ======== ======== ======= =======
    224 invented, short, unread         58 of 61 13 of 16 5 of 6   38 of 46 54 %    1.8 %
    140 invented, long, scores watched  23 of 24 5 of 9   1 of 3   19 of 29 76 %    0.7 %
    70 invented, long, unread           14 of 15 10 of 11 –        12 of 19 59 %    2.9 %
    222 of Stack Exchange, development  15 of 18 24 of 38 10 of 22 49 of 91 86 %    3.2 %
    =================================== ======== ======== ======== ======== ======= =======

    Of the unread answers that announce another question, 13 of 13 were
    rightly unaddressed; of the others called so, 48 of 157.

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
        ``review``     a person should read it: see above; cut-off ones, too, but for a
                       side of high confidence
        ``quote``      whole sentences, verbatim, that speak for the stance on their own
                       (" … " where some are left out); ``<NA>`` if none says it outright
        ``evidence``   the clause that counted most, verbatim; ``<NA>`` if none did
        ``coded_by``   ``"rules"``
        ``truncated``  the answer is cut off
        ``text_hash``  ties a hand label to this text
        ============== ============================================================

        ``attrs`` holds ``codebook`` (its name), ``question``, ``options``, ``labels``, ``language`` (that of most
        answers) and ``languages`` (by thread). The rules read English only: in a thread of another language every
        answer is unaddressed, without evidence and to be read by a person.

    Raises
    ------
    InputError
        There is no column ``text``, or the codebook cannot be read.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"text": ["It depends, but I'd lean towards soft skills.", "Hard skills, hands down."]})
    >>> classify_stances(answers, "hard_vs_soft_skills")[["stance", "quote"]]
      stance                                          quote
    0   soft  It depends, but I'd lean towards soft skills.
    1   hard                       Hard skills, hands down.
    """
    codebook, table = read_codebook(codebook), read_answers(answers)
    terms, languages, readings = compile_codebook(codebook), read_languages(table), _read_all(table, codebook)
    texts, picks = table["text"].tolist(), [r.confidence == "high" and isinstance(r.stance, int) for r in readings]
    doubtful = pd.array([r.doubtful for r in readings], dtype="bool") | languages.ne(ENGLISH)
    names = [codebook.stances[r.stance] if isinstance(r.stance, int) else r.stance for r in readings]
    quotes = [
        choose_quote(text, reading, terms, codebook.teachable, truncated=truncated)
        for text, reading, truncated in zip(texts, readings, table["truncated"])
    ]
    clauses = [text[slice(*r.evidence)] if r.evidence else None for text, r in zip(texts, readings)]
    stances = table[["thread", "answer", "expert"]].assign(
        stance=pd.Categorical(names, categories=list(codebook.stances), ordered=True),
        lean=pd.array([r.lean for r in readings], dtype="float64"),
        confidence=pd.Categorical([r.confidence for r in readings], categories=list(CONFIDENCE), ordered=True),
        review=table["truncated"] & ~pd.array(picks, dtype="bool") | doubtful,
        quote=pd.array(quotes, dtype="string"),
        evidence=pd.array(clauses, dtype="string"),
        coded_by=pd.array(["rules"] * len(table), dtype="string"),
        truncated=table["truncated"],
        text_hash=pd.array([hash_text(text) for text in texts], dtype="string"),
    )
    stances.attrs = {
        **answers.attrs,
        "codebook": codebook.name,
        "question": codebook.question,
        "options": [option.key for option in codebook.options],
        "labels": {key: codebook.labels[key] for key in codebook.stances},
        "language": find_language(table),
        "languages": dict(zip(name_threads(table), languages)),
    }
    return stances


def stance_evidence(answers: pd.DataFrame, codebook: Codebook | str | Path) -> pd.DataFrame:
    """List every cue that was found, with its words and where they stand.

    Parameters
    ----------
    answers : DataFrame
        As for `classify_stances`.
    codebook : Codebook, str or Path
        As for `classify_stances`.

    Returns
    -------
    DataFrame
        One row per cue:

        ========== ==========================================================
        ``thread``, ``answer``, ``expert``  as in answers
        ``cue``    the cue's name in ``cues.toml``; ``not: …`` if negated
        ``option`` the option it speaks for, or ``balanced``
        ``weight`` what it counted
        ``quote``  the words, verbatim
        ``start``, ``end``  their offsets: ``text[start:end] == quote``
        ========== ==========================================================

        In reading order.

    Raises
    ------
    InputError
        As for `classify_stances`.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"text": ["Soft skills are more important than hard skills."]})
    >>> stance_evidence(answers, "hard_vs_soft_skills")[["cue", "option", "quote"]].iloc[0].tolist()
    ['better than', 'soft', 'Soft skills are more important than hard skills']
    """
    codebook, table = read_codebook(codebook), read_answers(answers)
    keys = [*(option.key for option in codebook.options), "balanced"]  # the last one is BOTH, that is -1
    rows = []
    answered = table[["thread", "answer", "expert", "text"]].itertuples(index=False)
    for (*who, text), reading in zip(answered, _read_all(table, codebook)):
        for hit in sorted(reading.hits, key=lambda hit: (hit.start, -hit.weight)):
            quote = text[hit.start : hit.end]
            rows.append((*who, hit.cue, keys[hit.option], round(hit.weight, 3), quote, hit.start, hit.end))
    evidence = pd.DataFrame(rows, columns=list(EVIDENCE)).astype(EVIDENCE)
    evidence.attrs = {"codebook": codebook.name, "question": codebook.question}
    return evidence


def suggest_terms(answers: pd.DataFrame, codebook: Codebook | str | Path, *, least: int = 2) -> pd.DataFrame:
    """Propose words of a thread that behave like an option's terms, for an analyst to accept.

    A word behaves like an option if it is listed with it ("empathy and X"), or if it
    keeps to sentences that name that option and no other.

    Parameters
    ----------
    answers : DataFrame
        As for `classify_stances`.
    codebook : Codebook, str or Path
        As for `classify_stances`.
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
    codebook, table = read_codebook(codebook), read_answers(answers)
    terms, cues = compile_codebook(codebook), set().union(*(index.words for index in compile_cues()))
    found = {}
    for number, text in enumerate(list_texts(table)):
        for near in find_neighbours(text, terms):
            if near.word not in cues and not is_common(near.word):
                words = found.setdefault(near.word, {}).setdefault(near.option, [])
                words.append((number, near.listed, text[near.start : near.end]))
    rows = [row for word, beside in found.items() if (row := _weigh_neighbour(word, beside, codebook, least))]
    rows.sort(key=lambda row: (-row[5], row[4] - row[3], row[0]))
    return pd.DataFrame(rows, columns=["term", "option", "answers", "beside", "beside_others", "listed", "quote"])


def _weigh_neighbour(word, beside, codebook, least):
    """Give a word's row of `suggest_terms`, or None if it keeps no option company in particular."""
    listed = {option: sum(near[1] for near in places) for option, places in beside.items()}
    option = max(beside, key=lambda option: (listed[option], len(beside[option]), -option))
    n, others = len(beside[option]), sum(len(places) for places in beside.values()) - len(beside[option])
    n_answers = len({near[0] for places in beside.values() for near in places})
    alone = n_answers >= least and n >= 3 * others and n >= least
    if not alone and 2 * listed[option] <= sum(listed.values()):
        return None
    quotes = [quote for _, is_listed, quote in beside[option] if is_listed]
    quote = quotes[-1] if quotes else beside[option][0][2]
    return word, codebook.options[option].key, n_answers, n, others, listed[option], quote


def count_named(answers, codebook):
    """Count the answers that name an option, to see whether a codebook fits a thread."""
    terms = compile_codebook(read_codebook(codebook))
    texts = read_answers(answers)["text"]
    return sum(any(mention.direct for mention in find_mentions(fold(text), terms, text)) for text in texts)


def hash_text(text):
    """Give a letter, which no spreadsheet takes for a number, and twelve digits that change when the text does."""
    return "h" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _read_all(table, codebook):
    """Read every text in English, knowing whether its own question is the codebook's; of others, nothing."""
    terms, unread = compile_codebook(codebook), read_languages(table).ne(ENGLISH)
    on_topic = {question: is_on_topic(question, codebook, terms) for question in table["question"].dropna().unique()}
    return [
        read_stance(text, terms, codebook.teachable, on_topic=on_topic.get(question, True))
        for text, question in zip(table["text"].mask(unread, ""), table["question"].mask(unread).fillna(""))
    ]
