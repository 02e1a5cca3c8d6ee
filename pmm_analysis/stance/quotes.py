"""The sentences of an answer that may stand beside its stance: whole, with hedge and condition, never turned round."""

import re
from itertools import dropwhile, pairwise
from typing import NamedTuple

from ..text import ABBREVIATED, PERHAPS, find_sentences, fold
from . import modifiers
from .clauses import BOTH
from .reading import read_stance

MOST_WORDS, MOST_WORDS_OF_ONE = 60, 90
FEW_WORDS, SHORT = 3, 7
LEFT_OUT = " … "
PAIRS = ("()", "[]", "{}", "“”")
MARK = r"(?:[-–—*•◦▪>#]+|\(?[A-Za-z\d]{1,2}[.)]|\d+/)\s+"
UNMARKED = re.compile(rf"\s*(?:{MARK})?")
MARKED = re.compile(rf"[•◦▪]|(?<!\S){MARK}")
LETTER = re.compile(r"[^\W\d_]")
INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)*[^\W\d_]$")

# A sentence that begins so does not stand without the one before it.
LEANS = re.compile(
    r"\W*(?:and|or|also|then|instead|otherwise|likewise|conversely|similarly|because|which|who|as such|such|same|except"
    r"|unless|at least|only|especially|particularly|specifically|not that|so (?:do|does|is|are|would)|yes|no|yep|nope"
    r"|there(?! is\b| are\b|'s|'re)|(?:in|for|with|at|on) (?:that|this|those|these|such|both)"
    r"|for (?:example|instance)|e\.g|i\.e"
    r"|if (?:so|not|they|it|that|this)|the (?:former|latter|first|second|others?|same|rest|ones?|reverse|opposite)"
    r"|that|this|these|those|they|them|their|he|she|his|her|its"
    r"|it(?!(?:'s|'d| is| was| would be| will be)?(?: (?:really|certainly|always|all|just|often|usually|totally))*"
    r" (?:depends?|varies|takes|boils|comes down|both|(?:a )?(?:mix|balance|bit of both)"
    r"|(?:\S+ ){1,4}(?:to|that|if|when)\b)))\b"
)
# A sentence that begins so takes something back from the one before it, or says when it holds.
QUALIFIES = re.compile(
    r"\W*(?:(?:and |or |so )?(?:unless|except|only|if|though|although|even though|at least|not that|provided|assuming"
    r"|especially|particularly|specifically|conversely|otherwise|mind you|of course|granted|admittedly|sure)"
    r"|(?:this|that|it) (?:also |really |only |of course )?(?:assumes|depends|flips|changes|holds|applies)"
    r"|(?:also,? )?the more|with (?:the|one) (?:exception|caveat)"
    r"|(?:the|my|one) (?:only |one |main |big |biggest )?(?:exceptions?|caveats?|reverse|opposite))\b"
)
DENIES = re.compile(
    r"\W*(?:(?:and |but |well,? )?i (?:disagree|don't|do not|no longer|never|beg to|was wrong|stopped|changed|used to)"
    r"|i've (?:since|changed|come)|wrong|nonsense|rubbish|hardly|not (?:any ?more|so|true|really|quite|me|for me|here)"
    r"|(?:that|this|it)(?:'s| is| was) (?:wrong|a myth|nonsense|not|never|before|what (?:they|people|everyone))"
    r"|those days|just kidding|kidding|until|no(?:pe)?(?=[.,!]))(?!\w)"
)
# The frame of what follows: a case, a time or a place.
FRAMES = re.compile(
    r"\W*(?:(?:and|so|now|but|say|also),? )*(?:if|when|whenever|once|unless|until|assuming|suppose|provided|given"
    r"|depending|early|years ago|(?:for|in|at|with) (?:an?|the|most|some|any|every|early|junior|senior|small|large|big"
    r"|(?!this|yes)\w+s)"
    r"|(?:under|over|above|below|past|beyond|up to) (?:about )?[$€£]?\d\w*)\b"
)
OTHER_FRAMES = re.compile(rf"(?!unless){FRAMES.pattern}")
MADE_TO = re.compile(
    r"\b(?:had to|have to|forced?|made|make|must|if (?:i|you|we)) (?:\w+ )?(?:to )?(?:choose|pick|decide)"
    r"|\b(?:forced|force (?:me|us|you)|pressed)\b|\bif pushed\b|\bpush comes\b|\bgun to\b"
    r"|\b(?:choose|pick) (?:only |just )?one\b|\bonly (?:\w+ )*one (?:of|seat|slot|hire|spot|thing|person)\b"
)
# What weakens a side from elsewhere in the answer.
WEAKENS = re.compile(
    r"\b(?:flips?|flipped|reverses?|the (?:reverse|opposite) (?:is|holds|applies)|the other way (?:a)?round"
    r"|(?:one|only|main|big) (?:exception|caveat)|grain of salt|(?:i|we) (?:may|might|could) be wrong"
    r"|(?:more|bit) loosely|hill i would die|hill to die|weigh it accordingly|data point|back and forth|torn"
    r"|(?:sixty|fifty-five|60|55|51)[-/](?:forty|forty-five|40|45|49)|by a (?:nose|hair))\b"
)
# What a balanced answer must not say elsewhere: that its writer picks.
PICKS = re.compile(
    r"\b(?:where i (?:come down|land|stand)|i come down|i(?:'d| would|'ll) "
    r"(?:(?:still|always|probably|personally|rather|usually|only|now) )?"
    r"(?:go (?:with|for)|pick|choose|lean|prefer|take|hire|bring|start|put|side|sit|vote|bet|say)(?! (?:n?either|both))"
    r"|i (?:prefer|lean|favou?r)|my (?:vote|pick|preference|money|bet)|would not go back|wouldn't go back)\b"
)
SUMS_UP = re.compile(
    r"\W*(?:in (?:short|summary|conclusion)|overall|bottom line|all in all|to sum up|tl;?dr|ultimately)\b"
)
NUMBERS = re.compile(r"\b(?:less|more|fewer) than (?:about |around )?(?:\d|ten\b|a (?:dozen|hundred|thousand)\b)")
# What asks, or tells what its writer has left behind.
PAST_OR_ASKED = re.compile(
    r"\b(?:i've|have|i|having) (?:\w+ )?(?:since|come (?:off|down from|round|around)|changed my)\b"
    r"|\b(?:last time|no longer|any ?more|used to)\b|\?[\"')]*$"
)
OUTRIGHT = re.compile(
    r"\bdepend|\bboth\b|\bn?either\b|\bno (?:\w+ )?(?:preference|favou?rite|answer)|\bcoin\b|\bfalse\b|\bpremise\b"
    r"|\bwrong (?:thing|question|choice)|\bequal|\bvar(?:y|ies)\b|\bfence\b|\btoss"
)
OF_THE_CHOICE = re.compile(
    r"\b(?:n?either|depend\w*|var(?:y|ies)|hybrid|mix|blend|balance|preference|favou?rite|choos\w+|choice|rank|answer|premise|question"
    r"|fence|difference|equally|complement\w*|coin|torn|toss\S*|(?:one of )?each way|one of each|apiece|each time"
    r"|which (?:is|was|one|start|of|way)|wrong thing|half and half|both (?:ways|sides|are|is|matter|of (?:them|these))"
    r"|(?:both(?: honestly)?)(?=[.,;!?]|$))(?!\w)"
)
# What a sentence says that names the options together and holds them equal.
OF_BOTH = re.compile(r"\b(?:both|together|balance|mix|combin\w+|blend|equal|as|matters?|important|need\w*|for|hand)\b")
THEIRS = re.compile(
    r"\b(?:most|many|some|other|a lot of|plenty of) (?:[\w']+ ){1,4}"
    r"(?:want|prefer|think|choose|pick|say|believe|love|tell|swear)\b"
    r"|\b(?:will|would|'ll) tell you\b|\b(?:everyone|everybody|people|they) (?:\w+ )?(?:told|tell|says?|said|wants?)\b"
)
TURNS = re.compile(rf"{modifiers.TURN.pattern}|\W*(?:all the same|at the same time|in the end)\b")
BREAKS_OFF = re.compile(r"\b(?:but|unless|if|though|although|except|while|when|however|until|only|yet|provided)\b")
ANNOUNCES = re.compile(r"(?<!\bwhy)(?<!\breason)(?<!\breasons)(?<!\bbecause)(?<!\bhow):$")
NUMBERED = re.compile(r"(?:(?<=[:;,.!?]\s)|(?<=\n)|^)\(?\d{1,2}[.)](?=\s|$)")


class Unit(NamedTuple):
    """A sentence that is never cut, from `start` to `end`; `said` is its folded text.

    `first` of its line, `item` of a list, or `broken` where the page cut it; `hits` are its cues, `own` those by which
    its writer speaks for an option, with this `weight`, `explicit` in so many words.
    """

    start: int
    end: int
    said: str
    first: bool
    item: bool
    broken: bool = False
    hits: tuple = ()
    own: tuple = ()
    weight: float = 0
    explicit: bool = False


def choose_quote(text, reading, terms, teachable, *, truncated=False):
    """Choose the sentences of a text that speak for its stance, verbatim, or None if none does outright.

    They are joined by a blank, or by " … " where others are left out between them. They are read again on their own,
    by the same rules: that must give the same stance, with no stronger cue for another.
    """
    if reading.stance == "unaddressed":
        return None
    option = BOTH if reading.stance == "balanced" else reading.stance
    units = [_add_hits(unit, reading.hits, option) for unit in find_units(text, truncated=truncated)]
    for at in _rank_units(units, option, reading.evidence or (-1, -1)):
        for chosen in _add_context(units, at, option):
            quote = _write(text, units, chosen)
            if _is_fit(quote, len(chosen)) and _speaks(read_stance(quote, terms, teachable), reading.stance, option):
                return quote
    return None


def find_units(text, *, truncated=False):
    """Find the sentences of a text that may be quoted: joined where a bracket, a wrapped line or "St." parts them.

    >>> text = "Ask (why? how?) first. I joined the U.S. Army\\nband. 1. Listen."
    >>> [text[unit.start : unit.end] for unit in find_units(text)]
    ['Ask (why? how?) first.', 'I joined the U.S. Army\\nband.', 'Listen.']
    """
    units, low, small, done = [], fold(text), text.lstrip()[:1].islower(), 0
    for start, end in _find_pieces(text):
        if LETTER.search(text, start, end):
            gap = text[done:start]
            first, item, done = not units or "\n" in gap, bool(MARKED.search(gap)), end
            if units and not item and _goes_on(text, units[-1], start, small):
                start, _, _, first, item, *_ = units.pop()
            units.append(Unit(start, end, low[start:end], first, item))
    if units and truncated and not re.search(r"[.!?][\"”’')\]]*\s*$", text):
        units[-1] = units[-1]._replace(broken=True)
    return units


def _find_pieces(text):
    """Find sentences without the marks of a list, also of one that is numbered in a line: "first: 1. …"."""
    for sentence in find_sentences(text):
        marks = [mark.span() for mark in NUMBERED.finditer(text, sentence.start, sentence.close)]
        for (_, start), (end, _) in pairwise([(sentence.start,) * 2, *marks, (sentence.close,) * 2]):
            end = start + len(text[start:end].rstrip())
            yield UNMARKED.match(text, start, end).end(), end


def _goes_on(text, unit, start, small):
    """Say whether a sentence that begins at `start` belongs to the one before it."""
    piece, gap = text[unit.start : unit.end], text[unit.end : start]
    if re.search(r"\n\s*\n", gap):
        return False
    word = piece[-12:].removesuffix(".")
    shortened = piece.endswith(".") and any(p.search(word) for p in (ABBREVIATED, PERHAPS, INITIALS))
    unmarked = not re.search(r"[.!?…:]\W*$", piece)
    return max(_count_open(piece)) > 0 or shortened or unmarked or text[start].islower() and not small


def _count_open(piece):
    """Count what is opened and not closed, pair by pair; below nothing is what is closed and was not opened."""
    return [*(piece.count(a) - piece.count(b) for a, b in PAIRS), piece.count('"') % 2]


def _add_hits(unit, hits, option):
    """Add its cues to a sentence; none is its own if a "but" stands between two: it turns against one of them."""
    hits = tuple(hit for hit in hits if unit.start <= hit.start < unit.end)
    ours = [hit for hit in hits if hit.option == option]
    own = tuple(hit for hit in ours if _is_own(unit, hit))
    if option == BOTH:
        outright = (OUTRIGHT.search(unit.said, hit.start - unit.start, hit.end - unit.start) for hit in own)
        return unit._replace(hits=hits, own=own, explicit=any(outright))
    if not own or any(hit.clause.before_but for hit in ours) and not _picks(unit.said):
        return unit._replace(hits=hits)
    return unit._replace(
        hits=hits, own=own, weight=max(hit.weight for hit in own), explicit=any(hit.explicit for hit in own)
    )


def _is_own(unit, hit):
    """Say whether a cue gives the writer's own view: not conceded, reported or given up, and not what a "but" turns."""
    clause = hit.clause
    said = unit.said[max(0, clause.start - unit.start) : clause.end - unit.start]
    if hit.cue.startswith("conceded") or modifiers.CONCESSION.match(said) or modifiers.GRANTED.search(unit.said):
        return False
    if any(view.search(said) for view in (modifiers.REPORTED, modifiers.FORMER_VIEW, THEIRS, NUMBERS)):
        return False
    if clause.before_but and not _picks(said) or unit.broken and BREAKS_OFF.search(unit.said, hit.end - unit.start):
        return False
    named = hit.option == BOTH or any(mention.direct or mention.skill for mention in clause.mentions)
    return named or not modifiers.TURN.match(unit.said)


def _picks(said):
    """Say whether a sentence picks, or sums up without a word of both."""
    picks = PICKS.search(said) and not modifiers.CONDITION.search(said)
    return bool(MADE_TO.search(said) or picks or SUMS_UP.match(said) and not OF_THE_CHOICE.search(said))


def _rank_units(units, option, evidence):
    """List the sentences that speak for an option: whole and in so many words first, then by weight."""
    fits = _weighs if option == BOTH else _takes_side
    fit = [at for at, unit in enumerate(units) if _stands(units, at) and fits(unit, option, units)]
    counted = [option != BOTH and units[at].start <= evidence[0] < units[at].end for at in range(len(units))]
    return sorted(fit, key=lambda at: (units[at].broken, not counted[at], not units[at].explicit, -units[at].weight))


def _stands(units, at):
    """Say whether a sentence is its writer's view, and no later one turns against it for good."""
    unit = units[at]
    if not unit.own or PAST_OR_ASKED.search(unit.said):
        return False
    turned = list(dropwhile(lambda later: not TURNS.match(later.said), units[at + 1 :]))
    return not turned or any(later.own for later in turned) or any(hit.explicit for hit in unit.own)


def _weighs(unit, _, units):
    """Say whether a sentence that is read as balanced speaks of the choice, not of one option, and no other picks."""
    if "down to" in unit.said and len(unit.own) == 1 or unit.said.endswith(":") or any(_picks(u.said) for u in units):
        return False
    named = _name_options(unit)
    return OF_THE_CHOICE.search(unit.said) or (BOTH in named or len(named) > 1) and OF_BOTH.search(unit.said)


def _takes_side(unit, option, units):
    """Say whether a sentence is for an option always, and of it or against the other: "tried Y" is no praise of X."""
    if any(hit.weight > unit.weight for other in units for hit in other.hits if hit.option not in (option, BOTH)):
        return False
    always = PICKS.search(unit.said) or not all(hit.conditional for hit in unit.own)
    judges = unit.weight >= 1 or option in _name_options(unit) or re.search(modifiers.NEGATORS, unit.said)
    return unit.explicit or always and judges and not any(_picks(other.said) and not other.own for other in units)


def _name_options(unit):
    return {mention.option for hit in unit.own for mention in hit.clause.mentions}


def _has(unit, option):
    return any(hit.option == option for hit in unit.hits)


def _add_context(units, at, option):
    """List the sentences without which one would be halved or turned, fullest first; none if they take it back."""
    first = next(i for i in range(at, -1, -1) if not i or not _needs_before(units, i, at))
    last = _find_last(units, first, at, option)
    if last is None:
        return []
    chosen = {*range(first, last + 1), *_list_apart(units, first, option)}
    weighs = {i for i in (first - 1, last + 1) if i in range(len(units)) and _has(units[i], BOTH)}
    return [sorted(chosen | weighs), sorted(chosen)]


def _needs_before(units, first, at):
    """Say whether a sentence leans on the one before it: by its first word, as a short one, or in its frame."""
    unit, before = units[first], units[first - 1]
    if LEANS.match(unit.said) or modifiers.TURN.match(unit.said) or first == at and len(unit.said.split()) < SHORT:
        return True
    return not unit.first and bool(FRAMES.match(before.said)) and not MADE_TO.search(unit.said)


def _find_last(units, first, at, option):
    """Find the last sentence that goes on about one; None if it announces more, or the next takes it back."""
    last = at + (at == 0 < len(units) - 1 and len(units[at].said.split()) < FEW_WORDS)
    frames = FRAMES.match(units[first].said)
    for following in units[last + 1 :]:
        turned, framed = modifiers.TURN.match(following.said), frames and OTHER_FRAMES.match(following.said)
        parted = framed and option != BOTH and not _has(following, option)
        if DENIES.match(following.said) or turned and not units[at].explicit or parted:
            return None
        if not (turned or framed or QUALIFIES.match(following.said)):
            break
        last += 1
    return None if ANNOUNCES.search(units[last].said) and not units[last].broken else last


def _list_apart(units, first, option):
    """List the line that leads to a sentence, and those that weaken a side from anywhere."""
    leads = [i for i in range(first) if units[i].said.endswith(":")][-1:]
    weaken = (i for i, unit in enumerate(units) if WEAKENS.search(unit.said) and not unit.broken)
    return [*(i for i in leads if units[first].item or i == first - 1), *(weaken if option != BOTH else ())]


def _write(text, units, chosen):
    """Write sentences as a quote; a broken one ends before its last word, which the page may have cut."""
    quote, end = "", 0
    for unit in (units[at] for at in chosen):
        words = text[unit.start : unit.end].split()
        gap = "" if not quote else LEFT_OUT if text[end : unit.start].strip() else " "
        quote += gap + (" ".join(words[:-1]) + LEFT_OUT.rstrip() if unit.broken else " ".join(words))
        end = unit.end
    return quote


def _is_fit(quote, n_sentences):
    most = MOST_WORDS if n_sentences > 1 else MOST_WORDS_OF_ONE
    return 1 < len(quote.split()) <= most and not any(_count_open(quote))


def _speaks(reading, stance, option):
    """Say whether a quote, read on its own, comes out as its stance and has no stronger cue for another."""
    strongest = max((hit.weight for hit in reading.hits), default=1)
    return reading.stance == stance and any(hit.weight >= strongest for hit in reading.hits if hit.option == option)
