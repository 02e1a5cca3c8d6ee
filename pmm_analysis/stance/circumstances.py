"""The circumstances a text names: "it depends on the team"; "if you are new, …"; "…, especially for juniors"."""

import re
from itertools import pairwise
from typing import NamedTuple

from . import modifiers
from .clauses import group_sentences

ASKS = r"(?:what|who|whom|how|where|whether|if|which|why|when)\b"
SUBJECT = (
    r"(?:^|[.:;,(—] |\b(?:it|this|that|which|answer|lot|much|all|everything|choice|decision|question)(?:'s)?\b)"
    r"(?: ?\b(?:well|so|and|but|again|is|would|will|can|may|all|also|just|still|of course|i think|\w+ly)\b,?)* ?\b"
)
HOW = r"(?: a bit| a lot| very much| in part| of course| \w+ly| also| then| so| too)*"
WEIGHTY = r"(?:deciding|main|biggest|key|most important|determining|decisive)"

# Each pattern ends where what decides is named.
NAMED = [
    re.compile(rf"{SUBJECT}depends?{HOW},?(?: (?:up)?on{HOW} |:? (?={ASKS}))"),
    re.compile(rf"{SUBJECT}(?:changes|differs|varies|shifts){HOW} (?:by|with|according to|depending on|based on) "),
    re.compile(r"\b(?:comes|boils) down to (?=(?:whether|how)\b)"),
    re.compile(
        rf"\b(?:variable|{WEIGHTY} (?:factor|criterion|consideration|question|driver)|tie-?breaker)\b"
        r"(?: (?!is\b|was\b|are\b)[\w'/-]+){0,14} (?:is|are|would be|will be) "
    ),
    re.compile(rf"\b(?:question|what (?:matters|counts|decides)(?: \w+)?) is (?={ASKS})"),
    re.compile(r"\bdepend(?:ing|ent) (?:up)?on "),
]
AFTER_POINT = re.compile(r"\bdepends\. on ")
HEADING = re.compile(r"[\s•◦▪·*-]*((?=.*[a-z])\S+(?: \S+){0,4})")
ENDS = r"[,.;:!?\n]| ?[()—]| - |$| (?:because|since|so|but|then|imo|imho|tbh|honestly)\b"
PHRASE_END = re.compile(
    rf"{ENDS}| (?:that|which|who|whom|where|when|in which|if|rather|more than|as|you|we|they|i'd|i|is|are)\b"
)
QUESTION_END = re.compile(ENDS)
ADDED = re.compile(r" (?:and|or|&) (?:(?:up)?on )?")
ASKED_TOO = re.compile(rf" (?:and|or) (?={ASKS})")
GOES_ON = re.compile(r"(?: \([^()]*\))?(?:,| and|, and)(?: also)? (?:up)?on ")
LISTED = re.compile(r"(?: \([^()]*\))?, (?:and |or )?(?=\S+(?: \S+){0,5}(?:,|\.|$| \())")
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
    r"|which|what|some|most cases|many cases|the end|the beginning|the long run|first|least|last|once|the same"
    r"|the other|him|her|them|you|sure|now|good)\b)"
)
OPENING = re.compile(rf"\W*{LEADS}(?=(?:(?P<if>{IF})|{IN}|as an?|the (?:more|less|(?!other\b)\w+er)) )")
FOLLOWING = re.compile(
    r"(?P<especially>\b(?:especially|particularly|at least|mostly|mainly|only) )?(?<!bring )(?<!even )(?<!what )"
    r"(?<!as )(?<!see )(?<!know )(?<!sure )(?<!matter )(?<!wonder )(?<!ask )(?<!asked )\b"
    rf"(?:(?P<if>if|when|whenever|unless)|{IN}) "
)
STOP = re.compile(r",\s")
CLAIM = re.compile(
    r"(?<! and)(?<! or)(?<! that) (?="
    r"(?:you|i|we|it|they|there|go|hire|pick|choose|take|then|maybe|perhaps|probably)\b(?!')"
    r"|(?:you|i|we|it|they|there)'(?:d|ll|s|re|ve)\b)"
)
OWN = re.compile(rf"{IF} \S+ \S+|\S+ \S+")
NEXT = re.compile(rf",\s| (?={IF} )")
MORE = re.compile(r",? (?=the (?:more|less|\w+er)\b)")
# What is told, presumed or only said in passing is no condition.
NO_CONDITION = re.compile(
    r"\b(?:if|when|once|whenever|unless) (?:i|he|she|my|our)\b|\b(?:when|once|whenever) (?:we|they|it)\b"
    r"|^(?:when|once) .*\b(?:was|were|had|did|got|went|came|left|\w{3,}ed)\b"
    r"|\b(?:comes to|my|our|ours|mine|been|otherwise)\b"
    r"|\bif (?:it were|anything|only|not|so|possible|need be|pushed|pressed|forced"
    r"|you (?:ask|excuse|pardon|press|push|pushed|force|insist|will|must|had to|have to|can|could|know|mean))\b"
)
FLIPS = re.compile(
    r"\b(?:flip(?:s|ped|ping)?|revers(?:e|es|ed|ing)|invert(?:s|ed)?|the (?:opposite|reverse)|other way (?:a)?round"
    r"|vice versa)\b"
)
AUTHOR = re.compile(r"[ ,]*(?:i|my|we|our)\b")
RECEIVED = re.compile(r"\b(?:usual|common|standard|old|popular|received) (?:line|view|advice|wisdom|argument|saying)\b")


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


def is_reported(low):
    """Say whether words tell what others say, or what their author used to think."""
    return any(view.search(low) for view in (modifiers.REPORTED, modifiers.FORMER_VIEW, RECEIVED))


def find_circumstances(low, clauses):
    """Find the circumstances of a folded text in what its author claims, in reading order."""
    found = []
    for sentence in group_sentences(clauses):
        whole = low[slice(*sentence[0].whole)]
        if sentence[0].ends != "?" and not is_reported(whole):
            found += _find_named(low, sentence)
            told = [list(_find_in_clause(low, clause)) for clause in sentence]
            for number, here in enumerate(told):
                if any(told[number + 1 :]) or not _is_granted(low, sentence, number):
                    found += here
    return sorted([*found, *_find_headings(low, clauses)], key=lambda where: where.start)


def _is_granted(low, sentence, number):
    """Say whether a clause is what its author grants before a "but" that goes on to speak of the options."""
    turn = next((clause for clause in sentence[number + 1 :] if clause.opener in ("but", "however", "yet")), None)
    return bool(turn and turn.mentions) and not FLIPS.search(low, sentence[number].start, sentence[number].end)


def _find_named(low, sentence):
    """Find what a sentence names as deciding."""
    (start, end), number = sentence[0].whole, sentence[0].sentence
    if goes_on := AFTER_POINT.search(low, max(0, start - 12), end):
        yield from (Circumstance(*span, number, "named", None) for span in _list_phrases(low, goes_on.end(), end))
    for pattern in NAMED:
        if match := pattern.search(low[start:end]):
            before = low[max(start, start + match.start() - 24) : start + match.end()]
            aside = pattern is NAMED[-1] and match.start() and not any(clause.mentions for clause in sentence)
            if not aside and not modifiers.NEGATED_WITHIN.search(before):
                spans = _list_phrases(low, start + match.end(), end)
                yield from (Circumstance(*span, number, "named", None) for span in spans)
            return


def _list_phrases(low, start, end, *, listed=False):
    """Cut what is named into phrases; what is no name ("many things") gives way to the list that follows it."""
    asks = re.compile(ASKS).match(low, start)
    stop = (QUESTION_END if asks else PHRASE_END).search(low, start + 1, end)
    right = stop.start() if stop else end
    if NO_NAME.fullmatch(low, start, right):
        if low[right : right + 2] == ": ":
            yield from _list_phrases(low, right + 2, end, listed=True)
        return
    if added := (ASKED_TOO if asks else ADDED).search(low, start, right):
        yield start, added.start()
        yield from _list_phrases(low, added.end(), end, listed=listed)
        return
    if right - start > 2:
        yield start, right
    if more := GOES_ON.match(low, right, end) or listed and LISTED.match(low, right, end):
        yield from _list_phrases(low, more.end(), end, listed=listed)


def _find_in_clause(low, clause):
    """Find what a clause says of a circumstance, before or after it."""
    frames = [frame for frame in _list_frames(low, clause) if _is_condition(low, *frame[:2], clause)]
    for number, (start, end, kind) in enumerate(frames):
        if kind == "opening":
            claim = end, frames[number + 1][0] if number + 1 < len(frames) else clause.end
        else:
            before = clause.whole[0] if start == clause.start else clause.start
            claim = frames[number - 1][1] if number else before, start
        yield Circumstance(start, end, clause.sentence, kind, claim)


def _is_condition(low, start, end, clause):
    """Say whether words that name a circumstance are neither told nor said in passing, and name no option or author."""
    author = low.startswith("as ", start) and AUTHOR.match(low, end)
    names = author or any(mention.direct and mention.start < end and start < mention.end for mention in clause.mentions)
    return not names and not NO_CONDITION.search(low[start:end]) and not modifiers.FORCED.search(low, start, end)


def _list_frames(low, clause):
    """List the circumstances in a clause; if it opens with one, the claim follows each."""
    at, opening = clause.start, OPENING.match(low, clause.start, clause.end)
    end = opening and _end_opening(low, opening.end(), clause)
    opens = end and _is_condition(low, opening.end(), end, clause)
    if opens:
        at = end
        yield opening.end(), end, "opening"
    while match := FOLLOWING.search(low, at, clause.end):
        start, at = match.start() + len(match["especially"] or ""), match.end()
        if not opens:
            stop = NEXT.search(low, at, clause.end)
            at = stop.start() if stop else clause.end
            yield start, at, "following" if match["if"] or match["especially"] else "trailing"
        elif low[:start].endswith((", ", " and ", " or ")) and (end := _end_opening(low, start, clause)):
            at = end
            yield start, end, "opening"


def _end_opening(low, start, clause):
    """Give the end of a circumstance that opens at `start`: a comma or a new subject before any option is named."""
    if low.startswith("the ", start):
        more = MORE.search(low, start + 8, clause.end)
        return more and more.start()
    own = OWN.match(low, start, clause.end)
    mention = next((m.start for m in clause.mentions if m.start > start), clause.end)
    stop = STOP.search(low, start, clause.end)
    claim = CLAIM.search(low, own.end(), clause.end) if own else None
    ends = [match.start() for match in (stop, claim) if match and match.start() <= mention]
    if ends:
        return min(ends)
    return len(low[:mention].rstrip()) if mention < clause.end and not stop else None


def _find_headings(low, clauses):
    """Find circumstances that head a claim: "Juniors: …", or a line of their own."""
    for clause, claim in pairwise(clauses):
        heading = HEADING.fullmatch(low, clause.start, clause.end)
        colon = low[clause.end : clause.end + 1] == ":" and claim.sentence == clause.sentence
        line = clause.whole[1] == clause.end and not clause.ends and "\n" in low[clause.end : claim.start]
        begins = heading and clause.whole[0] == clause.start and not clause.mentions
        if begins and (colon or line) and claim.ends != "?":
            yield Circumstance(heading.start(1), clause.end, claim.sentence, "heading", (claim.start, claim.whole[1]))
