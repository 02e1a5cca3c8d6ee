"""What the cues of one answer add up to: a stance, how sure it is, and the clause that counted most."""

import re
from functools import cache
from typing import NamedTuple

from ..text import WORD, fold, is_common
from . import modifiers
from .balance import BALANCED
from .clauses import BOTH, Clause, compile_terms, find_mentions, find_origin, group_sentences, mask_clause, read_clauses
from .cues import SIDES, Cue
from .wordlists import WORDS

LEAST_EVIDENCE = 0.4
LEAST_MARGIN = 0.3
LEAST_BALANCE = 0.3
ENOUGH_WITHOUT_TOPIC = 2.5
ENOUGH_WITHOUT_MENTION = 1.0
ENOUGH_MENTIONS = 5
DAMPING = 0.8
MEDIUM_MARGIN, HIGH_MARGIN = 0.45, 0.6
MEDIUM_BALANCE, HIGH_BALANCE = 1.2, 2.0


class Hit(NamedTuple):
    """A cue found in an answer.

    `option` is its number or `BOTH`; `weight` includes what its clause does to
    it; `explicit` cues choose or compare in so many words; `compares` cues set
    one option against another.
    """

    cue: str
    option: int
    weight: float
    start: int
    end: int
    clause: Clause
    conditional: bool = False
    compares: bool = False
    explicit: bool = False


class Reading(NamedTuple):
    """What one answer says; `stance` is an option's number, "balanced" or "unaddressed"."""

    stance: object
    margin: float
    lean: float
    confidence: str
    contradictory: bool
    evidence: tuple
    hits: list


def compile_codebook(codebook):
    """Index a codebook's words: the names of each option, its label among them, and its skills."""
    return compile_terms(
        tuple((*option.terms, option.label) for option in codebook.options),
        tuple(tuple(word for words in option.skills.values() for word in words) for option in codebook.options),
    )


def is_on_topic(question, codebook, terms):
    """Say whether a question can be about the codebook's choice: it names an option or shares its words."""
    low = fold(question)
    if find_mentions(low, terms):
        return True
    words = _content_words(low)
    named = _content_words(fold(" ".join(word for option in codebook.options for word in option.terms)))
    return bool(words & named) or len(words & _content_words(fold(codebook.question))) > 1


def _content_words(low):
    return {word.rstrip("s") for word in WORD.findall(low) if not is_common(word)}


class Compiled(NamedTuple):
    """A cue ready for use: `needs` are the placeholders without which it cannot match."""

    cue: Cue
    find: object
    needs: str


@cache
def compile_cues():
    """Compile all cues once and index them by their anchor words.

    Returns
    -------
    tuple of dict
        For cues of one option, of two, and of balance: anchor word -> cues that need it.
    """
    double = [cue for cue in SIDES if len(_find_needs(cue)) > 1]
    return _index([cue for cue in SIDES if cue not in double]), _index(double), _index(BALANCED)


def _find_needs(cue):
    plain = re.sub(r"<\w+>|\\.|\(\?!.*?\)", "", cue.pattern)
    return "".join(letter for letter in "XYB" if letter in plain)


def _index(cues):
    index = {}
    for number, cue in enumerate(cues):
        compiled = (number, Compiled(cue, re.compile(expand(cue.pattern)).finditer, _find_needs(cue)))
        for word in cue.anchor.split():
            for anchor in _list_words(word[1:-1]) if word.startswith("<") and len(word) > 1 else [word]:
                found = re.match(r"[\w'-]+|.", anchor).group()
                index.setdefault(found.split("-")[0], {})[compiled[0]] = compiled[1]
    return {word: tuple(found.items()) for word, found in index.items()}


def _list_words(name):
    return [word.replace("_", " ") for word in WORDS[name].split()]


def expand(pattern):
    """Turn a cue's pattern into a plain regular expression.

    Examples
    --------
    >>> expand("X ~2 wins")
    "X(?:'s)?[^\\\\w\\\\s]{0,2} (?:(?!th[ae]n\\\\b|but\\\\b)[^\\\\sXYB]+ ){0,2}wins"
    """

    def words(match):
        alternatives = sorted(map(re.escape, _list_words(match[1])), key=len, reverse=True)
        return r"(?<!\w)(?:" + "|".join(a.replace(r"\ ", " ") for a in alternatives) + r")(?!\w)"

    pattern = re.sub(r"<(\w+)>", words, pattern)
    gap = r"(?:(?!th[ae]n\b|but\b)[^\sXYB]+ )"
    pause = r"(?:'s)?[^\w\s]{0,2} "
    return re.sub(
        r"(^|.) ?~(\d+) ",
        lambda match: match[1] + ("" if match[1] in ("", "?") else pause) + f"{gap}{{0,{match[2]}}}",
        pattern,
    )


def read_stance(text, terms, teachable, *, on_topic=True):
    """Find the cues of one text and add them up.

    A text that answers another question (`on_topic` false), or names skills but
    neither option, takes a side only if it compares the options.
    """
    low, clauses = read_clauses(text, terms)
    mentions = [mention for clause in clauses for mention in clause.mentions]
    hits = [*_find_sides(low, clauses, terms.options, teachable), *_find_balance(low, clauses)]
    sides, balance = _add_up(hits, terms.options)
    if not mentions and modifiers.OTHER_COMPARISON.search(low):
        balance *= modifiers.FACTORS["other comparison"]

    ranked = sorted(sides, reverse=True)
    total = ranked[0] + ranked[1]
    scale = total + DAMPING + balance
    margin = (ranked[0] - ranked[1]) / scale
    lean = (sides[0] - sides[1]) / scale if terms.options == 2 else float("nan")

    compares = any(hit.compares for hit in hits)
    named = [mention.option for mention in mentions if mention.direct]
    discussed = len(named) >= ENOUGH_MENTIONS and len(set(named)) > 1
    if (mentions and not named and not compares and balance < MEDIUM_BALANCE) or not (
        on_topic or compares or total >= ENOUGH_WITHOUT_TOPIC
    ):
        stance = "unaddressed"
    elif total >= LEAST_EVIDENCE and margin > LEAST_MARGIN:
        stance = sides.index(ranked[0])
    elif total < LEAST_EVIDENCE and balance < (LEAST_BALANCE if mentions else ENOUGH_WITHOUT_MENTION) and not discussed:
        stance = "unaddressed"
    else:
        stance = "balanced"

    if isinstance(stance, int):
        explicit = any(hit.explicit and hit.option == stance for hit in hits)
        confidence = "high" if explicit and margin > HIGH_MARGIN else "medium" if margin > MEDIUM_MARGIN else "low"
    elif stance == "balanced":
        confidence = (
            "high" if balance >= HIGH_BALANCE and total < 0.3 else "medium" if balance >= MEDIUM_BALANCE else "low"
        )
    else:
        confidence = "low" if on_topic else "medium"
    if stance == "unaddressed":
        lean *= 0
    contradictory = isinstance(stance, int) and ranked[1] > 0.4 * ranked[0]
    return Reading(stance, margin, lean, confidence, contradictory, _choose_evidence(stance, hits, clauses), hits)


def _add_up(hits, n_options):
    """Sum the weights for each option and for balance; different conditions for different options are balance."""
    sides, conditional, balance = [0.0] * n_options, [0.0] * n_options, 0.0
    for hit in hits:
        if hit.option == BOTH:
            balance += hit.weight
        else:
            sides[hit.option] += hit.weight
            conditional[hit.option] += hit.weight * hit.conditional
    if sum(weight > 0.3 for weight in conditional) > 1:
        balance += modifiers.FACTORS["both conditional"]
    return sides, balance


def _find_sides(low, clauses, n_options, teachable):
    """Find what speaks for an option: comparisons in whole sentences, all else clause by clause."""
    single, double, _ = compile_cues()
    sentences = group_sentences(clauses)
    last = len(sentences) - 1
    asked = None
    for number, sentence in enumerate(sentences):
        mentions = tuple(mention for clause in sentence for mention in clause.mentions)
        if mentions:
            found = {}
            beside = len({mention.option for mention in mentions} - {BOTH}) > 1
            if beside:
                whole = sentence[0]._replace(start=sentence[0].whole[0], end=sentence[0].whole[1], mentions=mentions)
                for option, row in _match_cues(low, whole, double, n_options, teachable):
                    at = next((i for i, clause in enumerate(sentence) if row[2] < clause.end), 0)
                    found.setdefault((at, option), []).append(row)
            for at, clause in enumerate(sentence):
                if clause.mentions:
                    for option, row in _match_cues(low, clause, single, n_options, teachable):
                        found.setdefault((at, option), []).append(row)
            alone = mentions[0].direct and sentence[0].ends != "?" and number in (0, last, asked)
            if alone and (len(mentions) == 1 or not number):
                if row := _find_alone(low, sentence, mentions[0], answers_itself=number == asked, last=number == last):
                    found.setdefault((row[0], mentions[0].option), []).append(row[1])
            turned = number < last and modifiers.TURN.match(low, sentences[number + 1][0].start)
            yield from _weigh_rows(low, sentence, found, last, turned, beside, n_options)
        if sentence[0].ends == "?":
            asked = number + 1


def _match_cues(low, clause, index, n_options, teachable):
    """Match the cues whose anchor words a clause has, with each option in the place of X."""
    words = _list_words_of(low, clause)
    if low.find(">", clause.start, clause.end) >= 0 or low.find("<", clause.start, clause.end) >= 0:
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
                compares = cue.teachable or cue.contrasts or len(needs) > 1
                negation = None if cue.keeps_not else _find_negation(masked, match, len(needs) > 1)
                if not negation:
                    yield option, (cue.weight, cue.name, *span, compares, cue.weight >= modifiers.EXPLICIT_WEIGHT)
                elif negation == "turns":
                    weight = cue.weight * modifiers.FACTORS["negation"] / (n_options - 1)
                    for other in range(n_options):
                        if other != option:
                            yield other, (weight, f"not: {cue.name}", *span, compares, False)


def _list_words_of(low, clause):
    """List the words of a clause, "what's" also as "what"."""
    words = set(WORD.findall(low, clause.start, clause.end))
    return words | {word[:-2] for word in words if word.endswith("'s")}


def _find_negation(masked, match, compares):
    """Say whether a negation in a match or shortly before it turns the cue round or makes it void.

    "X is not better than Y" and "I don't think X is better than Y" speak for Y; "nobody asked whether X is better
    than Y" speaks for neither.
    """
    if modifiers.NEGATED_WITHIN.search(match[0]):
        return "turns"
    before = masked[max(0, match.start() - 30) : match.start()].rpartition(",")[2]
    if not modifiers.NEGATED_BEFORE.search(before):
        return None
    return "turns" if not compares or modifiers.DISBELIEF.search(before) else "voids"


def _find_alone(low, sentence, mention, *, answers_itself, last):
    """Find an answer in one breath: a sentence that is no more than the name of an option."""
    at = next(i for i, clause in enumerate(sentence) if clause.mentions)
    clause, first = sentence[at], sentence[0]
    masked = mask_clause(low, clause, mention.option)[0]
    colon = at and low[sentence[at - 1].end : sentence[at - 1].end + 1] == ":"
    announced = colon and (len(low[first.start : clause.start].split()) < 5 or last and masked.strip() == "X")
    found = modifiers.ALONE.match(masked) if at == 0 or announced else None
    if found and (found[1] or sum(len(clause.mentions) for clause in sentence) == 1):
        weight = modifiers.ALONE_AFTER_QUESTION if answers_itself else modifiers.ALONE_WEIGHT
        return at, (weight, "X alone", clause.start, clause.end, True, True)
    return None


def _weigh_rows(low, sentence, found, last, turned, beside, n_options):
    """Turn the cues of a sentence into hits: the strongest of a clause counts in full, its echoes less."""
    factors = modifiers.FACTORS
    for (at, option), rows in sorted(found.items()):
        clause = sentence[at]
        factor, conditional = _weigh_clause(low, clause, last)
        if turned:
            factor *= factors["before a turn"]
        rows.sort(key=lambda row: (-row[0], row[1:]))
        conceded = (
            turned or modifiers.CONCESSION.match(low, clause.start) or modifiers.GRANTED.search(low, *clause.whole)
        )
        if (
            conceded
            and n_options == 2
            and (at, 1 - option) not in found
            and {row[1] for row in rows} <= modifiers.PRAISE
        ):
            yield Hit(f"conceded: {rows[0][1]}", 1 - option, factors["conceded"], *rows[0][2:4], clause)
            continue
        for rank, (weight, name, start, end, compares, explicit) in enumerate(rows):
            value = weight * factor * (factors["echo"] if rank else 1)
            if beside and not compares:
                value *= factors["beside the other"]
            yield Hit(name, option, value, start, end, clause, conditional, compares, explicit and value > 1)


def _find_balance(low, clauses):
    """Find the strongest sign of "both" or "it depends" in each clause."""
    *_, index = compile_cues()
    last = clauses[-1].sentence if clauses else 0
    for clause in clauses:
        words = _list_words_of(low, clause) & index.keys()
        if not words:
            continue
        candidates = {number: compiled for word in words for number, compiled in index[word]}
        masks = [mask_clause(low, clause, option) for option in ((0, 1) if clause.mentions else (0,))]
        best = None
        for _, (cue, find, needs) in sorted(candidates.items()):
            for masked, origins in masks:
                for match in find(masked):
                    if best and best[0] >= cue.weight:
                        break
                    if cue.keeps_not or not modifiers.NEGATED_BEFORE.search(
                        masked[max(0, match.start() - 24) : match.start()]
                    ):
                        best = (cue.weight, cue.name, *find_origin(clause, origins, *match.span()))
        if best:
            weight, name, start, end = best
            factor, conditional = _weigh_clause(low, clause, last)
            yield Hit(name, BOTH, weight * factor, start, end, clause, conditional)


def _weigh_clause(low, clause, last):
    """Multiply the factors of what a clause does in its sentence and answer."""
    piece, sentence, factors = low[clause.start : clause.end], low[slice(*clause.whole)], modifiers.FACTORS
    forced = modifiers.FORCED.search(sentence)
    conditional = not forced and bool(modifiers.CONDITION.search(sentence))
    factor = 1.0
    if modifiers.CONCESSION.match(piece) or modifiers.GRANTED.search(sentence):
        factor *= factors["concession"]
    elif clause.before_but:
        factor *= factors["before but"]
    elif clause.opener in ("but", "however", "yet"):
        factor *= factors["after but"]
    if conditional:
        factor *= factors["condition"]
    if clause.ends == "?":
        factor *= factors["question"]
    if modifiers.REPORTED.search(piece):
        factor *= factors["reported"]
    if modifiers.FORMER_VIEW.search(piece):
        factor *= factors["former view"]
    if forced or modifiers.CONCLUSION.match(piece):
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
