"""The sentences of an answer that may stand beside its stance: whole, with hedge and condition, never turned round."""

import re
from typing import NamedTuple

from ..text import ABBREVIATED, PERHAPS, find_sentences, fold
from . import modifiers
from .clauses import BOTH
from .reading import read_stance

MOST_WORDS, MOST_WORDS_OF_ONE = 60, 90
FEW_WORDS, SHORT = 3, 7
LEFT_OUT = " … "
BULLETS = "•◦▪"
PAIRS = ("()", "[]", "{}", "“”")
LIST_MARK = re.compile(r"(?:[-–—*•◦▪>#]+|\(?[A-Za-z\d]{1,2}[.)]|\d+/)\s+")
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
CHANGED = re.compile(
    r"\b(?:i've|have|i|having) (?:\w+ )?(?:since|come (?:off|down from|round|around)|changed my)\b"
    r"|\b(?:last time|no longer|any ?more|used to)\b"
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
TURNS = re.compile(r"\W*(?:all the same|even so|at the same time|in the end|but|however|yet|still|that said)\b")
BREAKS_OFF = re.compile(r"\b(?:but|unless|if|though|although|except|while|when|however|until|only|yet|provided)\b")
GIVES_REASONS = re.compile(r"\b(?:why|reasons?|because|how):$")
NUMBERED = re.compile(r"(?:(?<=[:;,.!?]\s)|(?<=\n)|^)\(?\d{1,2}[.)](?=\s|$)")


class Unit(NamedTuple):
    """A sentence that is never cut, from `start` to `end`; `said` is its folded text.

    `first` of its line, `item` of a list, or `broken` where the page cut it.
    """

    start: int
    end: int
    said: str
    first: bool
    item: bool
    broken: bool


def choose_quote(text, reading, terms, teachable, *, truncated=False):
    """Choose the sentences of a text that speak for its stance, verbatim, or None if none does outright.

    They are joined by a blank, or by " … " where others are left out between them. They are read again on their own,
    by the same rules: that must give the same stance, with no stronger cue for another.
    """
    if reading.stance == "unaddressed":
        return None
    option = BOTH if reading.stance == "balanced" else reading.stance
    units = find_units(text, truncated=truncated)
    hits = [[hit for hit in reading.hits if unit.start <= hit.start < unit.end] for unit in units]
    for at, explicit in _rank_units(units, hits, option):
        for chosen in _add_context(units, hits, at, option, explicit):
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
    low, spans, listed = fold(text), [], False
    small = text.lstrip()[:1].islower()
    for start, end, numbered in _find_pieces(text):
        mark = LIST_MARK.match(text, start, end)
        start, listed = mark.end() if mark else start, listed or numbered or bool(mark)
        if not re.search(r"[^\W\d_]", text[start:end]):
            continue
        gap = text[spans[-1][1] : start] if spans else ""
        item = listed or any(bullet in gap for bullet in BULLETS)
        if spans and not item and _goes_on(text, spans[-1], start, small):
            spans[-1][1] = end
        else:
            spans.append([start, end, not spans or "\n" in gap, item])
        listed = False
    whole = re.search(r"[.!?][\"”’')\]]*\s*$", text) or not truncated
    return [
        Unit(start, end, low[start:end], first, item, not whole and i == len(spans) - 1)
        for i, (start, end, first, item) in enumerate(spans)
    ]


def _find_pieces(text):
    """Find sentences, and in them the items of a list that is numbered in a line: "first: 1. …"."""
    for sentence in find_sentences(text):
        at, numbered = sentence.start, False
        for mark in [*NUMBERED.finditer(text, sentence.start, sentence.close), None]:
            end = mark.start() if mark else sentence.close
            piece = text[at:end]
            if piece.strip():
                yield at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip()), numbered
                numbered = False
            if mark:
                at, numbered = mark.end(), True
        if numbered:
            yield at, at, True


def _goes_on(text, span, start, small):
    """Say whether a sentence that begins at `start` belongs to the one before it."""
    piece, gap = text[span[0] : span[1]], text[span[1] : start]
    if re.search(r"\n\s*\n", gap):
        return False
    word = piece[-12:].removesuffix(".")
    shortened = piece.endswith(".") and any(p.search(word) for p in (ABBREVIATED, PERHAPS, INITIALS))
    unmarked = not re.search(r"[.!?…:]\W*$", piece)
    return _is_open(piece) or shortened or unmarked or text[start].islower() and not small


def _is_open(piece):
    return any(piece.count(a) > piece.count(b) for a, b in PAIRS) or piece.count('"') % 2 == 1


def _is_closed(piece):
    return all(piece.count(a) == piece.count(b) for a, b in PAIRS) and piece.count('"') % 2 == 0


def _rank_units(units, hits, option):
    """List the sentences that speak for an option: whole and in so many words first, then by weight."""
    own = [_find_own(unit, found, option) for unit, found in zip(units, hits)]
    against = max((h.weight for found in hits for h in found if h.option not in (option, BOTH)), default=0)
    if option == BOTH and any(_picks(unit.said) for unit in units):
        return []
    ranked, picked = [], any(_picks(unit.said) and not found for unit, found in zip(units, own))
    for at, (unit, found) in enumerate(zip(units, own)):
        if not found or unit.said.rstrip("\"')").endswith("?") or CHANGED.search(unit.said):
            continue
        weight, explicit = max(hit.weight for hit in found), any(hit.explicit for hit in found)
        turned = not explicit and _is_turned(units, own, at)
        if option == BOTH:
            explicit = any(OUTRIGHT.search(unit.said, h.start - unit.start, h.end - unit.start) for h in found)
            weight, fit = -at, not turned and _weighs(unit, found)
        else:
            plain = not picked and (PICKS.search(unit.said) or not all(hit.conditional for hit in found))
            plain = plain and (weight >= 1 or _judges(unit, found, option))
            fit = not turned and weight >= against and (explicit or plain)
        if fit:
            ranked.append((unit.broken, -explicit, -weight, at, explicit))
    return [rank[3:] for rank in sorted(ranked)]


def _find_own(unit, found, option):
    """List a sentence's cues for an option, but none if a "but" stands between two: it turns against one of them."""
    own = [hit for hit in found if _is_own(unit, hit, option)]
    torn = option != BOTH and any(hit.option == option and hit.clause.before_but for hit in found)
    return [] if torn and not _picks(unit.said) else own


def _is_own(unit, hit, option):
    """Say whether a cue gives the writer's own view: not conceded, reported or given up, and not what a "but" turns."""
    if hit.option != option or hit.cue.startswith("conceded"):
        return False
    clause, said = hit.clause, unit.said[max(0, hit.clause.start - unit.start) : hit.clause.end - unit.start]
    if modifiers.CONCESSION.match(said) or modifiers.GRANTED.search(unit.said) or NUMBERS.search(said):
        return False
    if any(view.search(said) for view in (modifiers.REPORTED, THEIRS, modifiers.FORMER_VIEW)):
        return False
    if clause.before_but and not _picks(said) or unit.broken and BREAKS_OFF.search(unit.said, hit.end - unit.start):
        return False
    named = option == BOTH or any(mention.direct or mention.skill for mention in clause.mentions)
    return named or not modifiers.TURN.match(unit.said)


def _is_turned(units, own, at):
    """Say whether a later sentence turns against this one, and none from there on speaks for the same."""
    for i in range(at + 1, len(units)):
        if modifiers.TURN.match(units[i].said) or TURNS.match(units[i].said):
            return not any(own[i:])
    return False


def _picks(said):
    """Say whether a sentence picks, or sums up without a word of both."""
    picks = PICKS.search(said) and not modifiers.CONDITION.search(said)
    return bool(MADE_TO.search(said) or picks or SUMS_UP.match(said) and not OF_THE_CHOICE.search(said))


def _weighs(unit, found):
    """Say whether a sentence that is read as balanced speaks of the choice, and not of one option alone."""
    named = {mention.option for hit in found for mention in hit.clause.mentions}
    if "down to" in unit.said and len(found) == 1 or unit.said.endswith(":"):
        return False
    together = BOTH in named or len(named) > 1
    return bool(OF_THE_CHOICE.search(unit.said) or together and OF_BOTH.search(unit.said))


def _judges(unit, found, option):
    """Say whether a sentence names its option, or denies the other one something: "tried Y" alone is no praise of X."""
    named = {mention.option for hit in found for mention in hit.clause.mentions}
    return option in named or bool(re.search(modifiers.NEGATORS, unit.said))


def _add_context(units, hits, at, option, explicit):
    """List the sentences without which one would be halved or turned, fullest first; none if they take it back."""
    first = last = at
    while first and _needs_before(units, first, at):
        first -= 1
    if not at and len(units[at].said.split()) < FEW_WORDS and len(units) > 1:
        last += 1
    while last + 1 < len(units):
        following = units[last + 1].said
        turned = modifiers.TURN.match(following)
        framed = FRAMES.match(units[first].said) and FRAMES.match(following) and not following.startswith("unless")
        parted = framed and option != BOTH and not any(hit.option == option for hit in hits[last + 1])
        if DENIES.match(following) or turned and not explicit or parted:
            return []
        if not turned and not framed and not QUALIFIES.match(following):
            break
        last += 1
    chosen = {*range(first, last + 1)}
    if not units[last].broken and units[last].said.endswith(":") and not GIVES_REASONS.search(units[last].said):
        return []
    lead = next((i for i in range(first - 1, -1, -1) if units[i].said.endswith(":")), None)
    if lead is not None and (units[first].item or lead == first - 1):
        chosen.add(lead)
    if option != BOTH:
        chosen |= {i for i, unit in enumerate(units) if WEAKENS.search(unit.said) and not unit.broken}
    weighs = {i for i in (first - 1, last + 1) if 0 <= i < len(units) and any(hit.option == BOTH for hit in hits[i])}
    return [sorted(chosen | weighs)] * bool(weighs - chosen) + [sorted(chosen)]


def _needs_before(units, first, at):
    """Say whether a sentence leans on the one before it: by its first word, as a short one, or in its frame."""
    unit, before = units[first], units[first - 1]
    if LEANS.match(unit.said) or modifiers.TURN.match(unit.said):
        return True
    if first == at and len(unit.said.split()) < SHORT:
        return True
    return not unit.first and bool(FRAMES.match(before.said)) and not MADE_TO.search(unit.said)


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
    n = len(quote.split())
    return 1 < n <= (MOST_WORDS if n_sentences > 1 else MOST_WORDS_OF_ONE) and _is_closed(quote)


def _speaks(reading, stance, option):
    """Say whether a quote, read on its own, comes out as its stance and has no stronger cue for another."""
    strongest = {}
    for hit in reading.hits:
        strongest[hit.option] = max(hit.weight, strongest.get(hit.option, 0))
    return reading.stance == stance and strongest.get(option, 0) >= max(strongest.values(), default=1)
