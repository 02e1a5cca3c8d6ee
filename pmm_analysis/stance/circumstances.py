"""The circumstances a text names: "it depends on the team"; "if you are new, …"; "…, especially for juniors"."""

import re
from itertools import pairwise
from typing import NamedTuple

from . import modifiers
from .clauses import group_sentences

ASKS = r"(?:what|who|whom|how|where|whether|if|which|why|when)\b"
SUBJECT = (
    r"(?:^|[.:;,(—] |\b(?:it|this|that|which|answer|lot|much|all|everything|choice|decision|question)(?:'s)?\b)"
    r"(?: ?\b(?:well|so|honestly|and|but|again|is|would|will|can|might|may|all|also|just|still|of course|i think|\w+ly)\b,?)* ?\b"
)
HOW = r"(?: a bit| a lot| very much| in part| of course| \w+ly| also| then| so| too)*"
WEIGHTY = r"(?:deciding|main|biggest|key|most important|determining|decisive)"

# Each pattern ends where what decides is named.
NAMED = [
    re.compile(rf"{SUBJECT}depends?{HOW},?(?: (?:up)?on{HOW} |:? (?={ASKS}))"),
    re.compile(rf"{SUBJECT}(?:changes|differs|varies|shifts){HOW} (?:by|with|according to|depending on|based on) "),
    re.compile(rf"\b(?:comes|boils) down to (?={ASKS})"),
    re.compile(
        rf"\b(?:variable|{WEIGHTY} (?:factor|criterion|consideration|question|driver)|tie-?breaker)\b"
        r"(?: (?!is\b|was\b|are\b)[\w'/-]+){0,14} (?:is|are|would be|will be) "
    ),
    re.compile(rf"\b(?:question|what (?:matters|counts|decides)(?: \w+)?) is (?={ASKS})"),
    re.compile(r"\bdepend(?:ing|ent) (?:up)?on "),
]
ENDS = r"[,.;:!?()\n—]| - |$| (?:because|since|so|but|then)\b"
PHRASE_END = re.compile(
    rf"{ENDS}| (?:that|which|who|whom|where|when|in which|if|rather|more than|as|you|we|they|i'd|i|is|are)\b"
)
QUESTION_END = re.compile(ENDS)
ADDED = re.compile(r" (?:and|or|&) ")
NO_NAME = re.compile(
    r"(?:(?:so|too|very) )?(?:many|several|a (?:few|lot of|number of|variety of)|lots of|various|different|other|some"
    r"|a couple of|multiple|two|three|four|five)(?: \w+)? (?:things|factors|variables)"
    r"|(?:the )?(?:situation|circumstances?|context|things|factors|case|scenario|day|week)"
    r"|(?:who|whom|what) you (?:ask|mean)(?: \w+)?|how you (?:look|see|define|ask)\b.*"
    r"|you|me|us|it|this|that|them|everyone|both"
)

LEADS = (
    r"(?:(?:and|but|so|or|then|well|now|also|personally|honestly|maybe|perhaps|generally|especially|particularly|mostly"
    r"|mainly|only|at least|conversely|on the other hand|similarly|likewise|for example|again|sure|also),? )*"
)
IF = r"(?:if|when|once|whenever|unless)"
IN = (
    r"(?:for|in|at|with|on|under|within|among)(?! (?:general|fact|short|practice|theory|reality|hindsight|addition"
    r"|particular|example|instance|sum|summary|conclusion|turn|all|any|my|our|me|us|that|this|these|those|it|both|either"
    r"|which|what|some|most cases|many cases|the end|the beginning|the long run|first|least|last|once|the same|the other"
    r"|him|her|them|you|sure|now|good)\b)"
)
OPENING = re.compile(rf"\W*{LEADS}(?=(?:(?P<if>{IF})|{IN}|as an?|the (?P<more>more|less|\w+er)) )")
FOLLOWING = re.compile(
    r"(?P<especially>\b(?:especially|particularly|at least|mostly|mainly|only) )?"
    rf"(?<!even )(?<!what )(?<!as )(?<!see )(?<!know )(?<!sure )(?<!matter )(?<!wonder )(?<!ask )(?<!asked )\b(?:(?P<if>{IF})|{IN}) "
)
STOP = re.compile(r",\s")
CLAIM = re.compile(
    r" (?=(?:you|i|we|it|they|there|go|hire|pick|choose|take|then|the (?:more|less|\w+er))\b(?!')"
    r"|(?:you|i|we|it|they|there|that)'(?:d|ll|s|re|ve)\b)"
)
# What is told, presumed or only said in passing is no condition.
NO_CONDITION = re.compile(
    r"\b(?:if|when|once|whenever|unless) (?:i|he|she|my|our)\b|\b(?:when|once|whenever) (?:we|they|it)\b"
    r"|^(?:when|once) .*\b(?:was|were|had|did|got|went|came|left|\w{3,}ed)\b|\b(?:comes to|my|our|been)\b"
    r"|\bif (?:you (?:ask|excuse|pardon|press|push|pushed|force|insist|will|must|had to|have to|can|could|know|mean|must)"
    r"|it were|anything|only|not|so|possible|need be|pushed|pressed|forced)\b"
)


class Circumstance(NamedTuple):
    """Words that name a circumstance, from `start` to `end`, and the span of what is claimed of it (None: nothing).

    `kind` is "named" ("depends on …"), "opening" or "heading" where the claim follows, "following" or "trailing" where
    it goes before; a mere "for juniors" trails.
    """

    start: int
    end: int
    sentence: int
    kind: str
    claim: tuple | None


def find_circumstances(low, clauses):
    """Find the circumstances of a folded text in what its author claims, in reading order."""
    found = []
    for sentence in group_sentences(clauses):
        whole = low[slice(*sentence[0].whole)]
        if sentence[0].ends != "?" and not modifiers.REPORTED.search(whole) and not modifiers.FORMER_VIEW.search(whole):
            found += _find_named(low, sentence)
            for clause in sentence:
                found += _find_in_clause(low, clause)
    return sorted([*found, *_find_headings(low, clauses)])


def _find_named(low, sentence):
    """Find what a sentence names as deciding."""
    start, end = sentence[0].whole
    for pattern in NAMED:
        if match := pattern.search(low[start:end]):
            before = low[max(start, start + match.start() - 24) : start + match.end()]
            aside = pattern is NAMED[-1] and match.start() and not any(clause.mentions for clause in sentence)
            if not aside and not modifiers.NEGATED_WITHIN.search(before):
                for left, right in _list_phrases(low, start + match.end(), end):
                    yield Circumstance(left, right, sentence[0].sentence, "named", None)
            return


def _list_phrases(low, start, end):
    """Cut what is named into phrases: the first, and one that "and" adds; what is no name gives way to its examples."""
    asks = re.compile(ASKS).match(low, start)
    stop = (QUESTION_END if asks else PHRASE_END).search(low, start + 1, end)
    right = stop.start() if stop else end
    if NO_NAME.fullmatch(low, start, right):
        if low[right : right + 2] == ": ":
            yield from _list_phrases(low, right + 2, end)
    elif added := not asks and ADDED.search(low, start, right):
        yield start, added.start()
        yield added.end(), right
    elif right - start > 2:
        yield start, right


def _find_in_clause(low, clause):
    """Find what a clause says of a circumstance, before or after it."""
    frames = list(_list_frames(low, clause))
    for number, (start, end, kind) in enumerate(frames):
        if kind == "opening":
            claim = end, frames[number + 1][0] if number + 1 < len(frames) else clause.end
        else:
            claim = frames[number - 1][1] if number else clause.start, start
        if _is_condition(low, start, end, clause):
            yield Circumstance(start, end, clause.sentence, kind, claim)


def _is_condition(low, start, end, clause):
    """Say whether words that name a circumstance are neither told nor said in passing, and name no option."""
    names = any(mention.direct and mention.start < end and start < mention.end for mention in clause.mentions)
    return not names and not NO_CONDITION.search(low[start:end]) and not modifiers.FORCED.search(low, start, end)


def _list_frames(low, clause):
    """List the circumstances in a clause; if it opens with one, each is followed by its claim."""
    at, opens = clause.start, OPENING.match(low, clause.start, clause.end)
    if opens:
        at = _end_opening(low, opens, clause)
        if at and _is_condition(low, opens.end(), at, clause):
            yield opens.end(), at, "opening"
        else:
            opens = None
    while at and (match := FOLLOWING.search(low, at, clause.end)):
        start = match.start() + len(match["especially"] or "")
        stop = STOP.search(low, match.end(), clause.end)
        mention = next((m.start for m in clause.mentions if m.start > match.end()), None) if opens else None
        claim = opens and CLAIM.search(low, match.end(), clause.end)
        ends = [stop and stop.start(), mention, claim and claim.start(), clause.end]
        at = min(end for end in ends if end)
        kind = "opening" if opens else "following" if match["if"] or match["especially"] else "trailing"
        yield start, len(low[:at].rstrip(" ,")), kind


def _end_opening(low, opens, clause):
    """Give the end of a circumstance that opens a clause: a comma or a new subject before any option is named."""
    own = re.compile(r"\s*\S+ \S+ \S+").match(low, opens.end(), clause.end)
    mention = next((m.start for m in clause.mentions), clause.end)
    stop = STOP.search(low, opens.end(), clause.end)
    claim = CLAIM.search(low, own.end(), clause.end) if own else None
    if opens["more"]:
        stop = None
    ends = [match.start() for match in (stop, claim) if match and match.start() <= mention]
    if ends:
        return min(ends)
    return len(low[:mention].rstrip()) if mention < clause.end and not stop else None


def _find_headings(low, clauses):
    """Find circumstances that head a claim: "Juniors: …", or a line of their own."""
    for clause, claim in pairwise(clauses):
        own = clause.whole[0] == clause.start and not clause.mentions and len(low[clause.start : clause.end].split()) < 6
        colon = low[clause.end : clause.end + 1] == ":" and claim.sentence == clause.sentence
        line = clause.whole == (clause.start, clause.end) and not clause.ends and "\n" in low[clause.end : claim.start]
        if own and (colon or line) and claim.ends != "?":
            start = clause.start + len(low[clause.start : clause.end]) - len(low[clause.start : clause.end].lstrip(" -•◦▪·*"))
            yield Circumstance(start, clause.end, claim.sentence, "heading", (claim.start, claim.whole[1]))
