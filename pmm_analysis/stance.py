"""Which option each answer takes, how sure that is, and the words that show it."""

import hashlib
from typing import NamedTuple

from . import cues
from .clauses import BOTH, WORD, compile_terms, find_mentions, find_origin, fold, group_sentences, mask_clause, read_clauses
from .codebook import Codebook, load_codebook
from .errors import InputError, ThreadError

CONFIDENCE = ("low", "medium", "high")
COLUMNS = (
    "thread", "answer", "expert", "stance", "lean", "confidence", "review", "evidence", "coded_by", "truncated", "text_hash",
)
EVIDENCE_COLUMNS = ("thread", "answer", "expert", "cue", "option", "weight", "quote", "start", "end")

LEAST_EVIDENCE = 0.65
LEAST_MARGIN = 0.25
ENOUGH_OFF_TOPIC = 1.6
DAMPING = 0.8
HIGH_MARGIN, MEDIUM_MARGIN = 0.6, 0.35


class Hit(NamedTuple):
    """A cue found in an answer; `option` is its number or `BOTH`, `weight` includes the factors of its clause."""

    cue: str
    option: int
    weight: float
    start: int
    end: int
    clause: tuple
    conditional: bool = False
    compares: bool = False


class Reading(NamedTuple):
    """What the words of one answer add up to; `stance` is an option's number, "balanced" or "unaddressed"."""

    stance: object
    margin: float
    lean: float
    confidence: str
    contradictory: bool
    evidence: tuple
    hits: list


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


def is_on_topic(question, codebook, terms):
    """Say whether a question can be about the codebook's choice: it names an option or shares its words."""
    low = fold(question)
    if find_mentions(low, terms):
        return True
    words = _content_words(low)
    named = _content_words(fold(" ".join(word for option in codebook.options for word in option.terms)))
    return bool(words & named) or len(words & _content_words(fold(codebook.question))) > 1


def _content_words(low):
    return {word.rstrip("s") for word in WORD.findall(low)} - cues.STOPWORDS


def compile_codebook(codebook):
    """Index a codebook's words: the names of each option, its label among them, and its skills."""
    return compile_terms(
        tuple((*option.terms, option.label) for option in codebook.options),
        tuple(tuple(word for words in option.skills.values() for word in words) for option in codebook.options),
    )


def read_stance(text, terms, teachable, *, on_topic=True):
    """Find the cues of one text and add them up; one that answers another question must compare the options to take a side."""
    low, clauses = read_clauses(text, terms)
    hits = [*_find_sides(low, clauses, terms.options, teachable), *_find_balance(low, clauses)]
    sides = [0.0] * terms.options
    conditional = [0.0] * terms.options
    depends = 0.0
    for hit in hits:
        if hit.option == BOTH:
            depends += hit.weight
        else:
            sides[hit.option] += hit.weight
            if hit.conditional:
                conditional[hit.option] += hit.weight
    if sum(weight > 0.3 for weight in conditional) > 1:
        depends += cues.FACTORS['both conditional']
    mentions = [mention for clause in clauses for mention in clause.mentions]
    named = any(mention.direct for mention in mentions)
    if not mentions and cues.OTHER_COMPARISON.search(low):
        depends *= cues.FACTORS["other comparison"]
    ranked = sorted(sides, reverse=True)
    total = ranked[0] + ranked[1]
    margin = (ranked[0] - ranked[1]) / (total + DAMPING + depends)
    lean = (sides[0] - sides[1]) / (total + DAMPING + depends) if terms.options == 2 else float("nan")
    mentioned = [mention.option for mention in mentions]
    compares = any(hit.compares for hit in hits)
    if (mentions and not named and not compares) or not (on_topic or compares or total >= ENOUGH_OFF_TOPIC):
        stance = "unaddressed"
    elif total >= LEAST_EVIDENCE and margin > LEAST_MARGIN:
        stance = sides.index(ranked[0])
    elif total < 0.3 and depends < (0.3 if mentions else 1.0) and not (len(mentioned) > 2 and len(set(mentioned)) > 1):
        stance = "unaddressed"
    else:
        stance = "balanced"
    if isinstance(stance, int):
        confidence = CONFIDENCE[(margin > MEDIUM_MARGIN) + (margin > HIGH_MARGIN)]
    elif stance == "balanced":
        confidence = "medium" if depends > 1 else "low"
    else:
        confidence = "medium" if not mentioned else "low"
    contradictory = total > 0 and ranked[1] > 0.4 * ranked[0] and isinstance(stance, int)
    return Reading(stance, margin, lean, confidence, contradictory, _choose_evidence(stance, hits, clauses), hits)


def _find_sides(low, clauses, n_options, teachable):
    """Find what speaks for an option: comparisons in whole sentences, all else clause by clause."""
    single, double, _ = cues.compile_cues()
    last = clauses[-1].sentence if clauses else 0
    asked = None
    sentences = group_sentences(clauses)
    for number, sentence in enumerate(sentences):
        first = sentence[0]
        turned = number + 1 < len(sentences) and cues.TURN.match(low, sentences[number + 1][0].start)
        mentions = tuple(mention for clause in sentence for mention in clause.mentions)
        if mentions:
            found = {}
            named = {mention.option for mention in mentions}
            if len(named - {BOTH}) > 1:
                whole = first._replace(start=first.whole[0], end=first.whole[1], mentions=mentions)
                for option, row in _match_cues(low, whole, double, n_options, teachable):
                    at = next((i for i, clause in enumerate(sentence) if row[2] < clause.end), 0)
                    found.setdefault((at, option), []).append(row)
            for at, clause in enumerate(sentence):
                if clause.mentions:
                    for option, row in _match_cues(low, clause, single, n_options, teachable):
                        found.setdefault((at, option), []).append(row)
            if len(mentions) == 1 and mentions[0].direct and (first.sentence in (0, last) or first.sentence == asked):
                at = next(i for i, clause in enumerate(sentence) if clause.mentions)
                clause = sentence[at]
                led = at == 0 or (at == 1 and low[clause.start - 2] == ":" and len(low[first.start:first.end].split()) < 5)
                if led and cues.ALONE.match(mask_clause(low, clause, mentions[0].option)[0]):
                    weight = cues.ALONE_WEIGHT if first.sentence != asked else 1.2
                    found.setdefault((at, mentions[0].option), []).append((weight, "X alone", clause.start, clause.end, False))
            for (at, option), rows in sorted(found.items()):
                factor, conditional = _weigh_clause(low, sentence[at], last)
                if turned:
                    factor *= cues.FACTORS["before a turn"]
                rows.sort(key=lambda row: (-row[0], row[1:]))
                for rank, (weight, name, start, end, compares) in enumerate(rows):
                    value = weight * factor * (cues.FACTORS["echo"] if rank else 1)
                    yield Hit(name, option, value, start, end, sentence[at], conditional, compares)
                conceded = turned or cues.CONCESSION.match(low, sentence[at].start) or cues.GRANTED.search(low, *sentence[at].whole)
                if conceded and n_options == 2 and (at, 1 - option) not in found and {row[1] for row in rows} <= cues.PRAISE:
                    yield Hit(f"conceded: {rows[0][1]}", 1 - option, cues.FACTORS["conceded"], *rows[0][2:4], sentence[at])
        if first.ends == "?":
            asked = first.sentence + 1


def _match_cues(low, clause, index, n_options, teachable):
    """Match the cues whose anchor words a clause has, with each option in the place of X."""
    words = set(WORD.findall(low, clause.start, clause.end))
    if index.get(">") and not low.find(">", clause.start, clause.end) == low.find("<", clause.start, clause.end):
        words.add(">")
    candidates = {number: compiled for word in words & index.keys() for number, compiled in index[word]}
    if not candidates:
        return
    for option in range(n_options):
        masked, origins = mask_clause(low, clause, option)
        for _, (cue, find, needs) in sorted(candidates.items()):
            if (cue.teachable and not teachable) or any(letter not in masked for letter in needs):
                continue
            for match in find(masked):
                span = find_origin(clause, origins, *match.span())
                compares = cue.teachable or len(needs) > 1
                before = masked[max(0, match.start() - 24):match.start()].rpartition(",")[2]
                if cue.keeps_not or not cues.NEGATION.search(before + match[0]):
                    yield option, (cue.weight, cue.name, *span, compares)
                else:
                    weight = cue.weight * cues.FACTORS["negation"] / (n_options - 1)
                    for other in range(n_options):
                        if other != option:
                            yield other, (weight, f"not: {cue.name}", *span, compares)


def _find_balance(low, clauses):
    """Find the strongest sign of "both" or "it depends" in each clause."""
    *_, index = cues.compile_cues()
    last = clauses[-1].sentence if clauses else 0
    for clause in clauses:
        words = set(WORD.findall(low, clause.start, clause.end)) & index.keys()
        if not words:
            continue
        candidates = {number: cue for word in words for number, cue in index[word]}
        masks = [mask_clause(low, clause, option) for option in ((0, 1) if clause.mentions else (0,))]
        best = None
        for _, (cue, find, needs) in sorted(candidates.items()):
            for masked, origins in masks:
                for match in find(masked):
                    if best and best[0] >= cue.weight:
                        break
                    if cue.keeps_not or not cues.NEGATION.search(masked, max(0, match.start() - 24), match.start()):
                        best = (cue.weight, cue.name, *find_origin(clause, origins, *match.span()))
        if best:
            weight, name, start, end = best
            factor, conditional = _weigh_clause(low, clause, last)
            yield Hit(name, BOTH, weight * factor, start, end, clause, conditional)


def _weigh_clause(low, clause, last):
    """Multiply the factors of what a clause does in its sentence and answer."""
    piece, sentence, factors = low[clause.start:clause.end], low[slice(*clause.whole)], cues.FACTORS
    factor = 1.0
    if cues.CONCESSION.match(piece) or cues.GRANTED.search(sentence):
        factor *= factors["concession"]
    elif clause.before_but:
        factor *= factors["before but"]
    elif clause.opener in ("but", "however", "yet"):
        factor *= factors["after but"]
    forced = cues.FORCED.search(sentence)
    conditional = not forced and bool(cues.CONDITION.search(sentence))
    if conditional:
        factor *= factors["condition"]
    if clause.ends == "?":
        factor *= factors["question"]
    if cues.REPORTED.search(piece):
        factor *= factors["reported"]
    if cues.FORMER_VIEW.search(piece):
        factor *= factors["former view"]
    if forced or cues.CONCLUSION.match(piece):
        factor *= factors["conclusion"]
    if last and clause.sentence in (0, last):
        factor *= factors["first or last"]
    if clause.mentions and not any(mention.direct for mention in clause.mentions):
        factor *= factors["skill"]
    return factor, conditional


def _choose_evidence(stance, hits, clauses):
    """Give the span of the clause that counted most for a stance, else of one that mentions an option."""
    speaking = [hit for hit in hits if hit.option == (BOTH if stance == "balanced" else stance)] or hits
    if speaking:
        clause = max(speaking, key=lambda hit: hit.weight).clause
    else:
        clause = next((clause for clause in clauses if clause.mentions), None)
    return (clause.start, clause.end) if clause else None


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
