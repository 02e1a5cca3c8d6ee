"""An answer becomes clauses, each with the options it mentions."""

import re
from typing import NamedTuple

from ..codebook.mentions import BOTH, Mention, compile_terms, find_mentions, join_mentions, resolve_references  # noqa: F401
from ..text import WORD, find_sentences, fold
from .modifiers import CONCESSION

CONNECTIVE = re.compile(
    r"[;:]|\s?—\s?|\s-+\s"
    r"|,?\s(?=(?:but|however|although|though|even though|even if|(?<!\ba\s)while|whereas"
    r"|because|since|unless|until|yet)\b)"
    r"|\s?\((?=(?:[^\s()]+ ){3})|\)"
)
COMMA = re.compile(r",\s(?!(?:and|or)\b)")
PRONOUN = re.compile(
    r"\b(they|them|these|those|it)\b(?!\s(?:really\s|all\s)?(?:depends|comes down|boils|varies|takes two)"
    r"|(?:'s|\sis|\swas|\sfeels|\sseems)\s(?:\S+\s){0,3}(?:to|that|if|when|how|why|about)\b)"
    r"|\b(?:do|did|doing|done|recommend|avoid) (that|this)\b"
)
CARRIED = re.compile(
    r"(?:but|and|yet)\s(?:also\s|still\s)?()(?=(?:is|are|was|were|can|can't|cannot|will|won't|takes?|has|have|does|doesn't|don't|never)\b)"
)
BETWEEN = {"and", "or", "than", "not", "but", "no", "never", "to"}
BREAK = re.compile(r"[.,;:!?()]\s|\n|\s[-—(]")
LISTED = re.compile(r",? (?:and|or|&) |, |/")


class Clause(NamedTuple):
    """A part of a sentence that says one thing.

    `sentence` is the number of its sentence, which reaches from `whole[0]` to
    `whole[1]` and is closed by the mark `ends`; `opener` is its first word.
    """

    start: int
    end: int
    sentence: int
    whole: tuple
    ends: str
    opener: str
    before_but: bool
    mentions: tuple


def split_clauses(text, low, mentions):
    """Split a text, also given folded, into sentences and those into clauses."""
    clauses, m, subject, since = [], 0, None, 0
    for number, (start, end, _, mark) in enumerate(find_sentences(text)):
        for piece_start, piece_end, opener, before_but in _split_sentence(low, start, end):
            inside = []
            while m < len(mentions) and mentions[m].start < piece_end:
                if mentions[m].start >= piece_start:
                    inside.append(mentions[m])
                m += 1
            if inside:
                named = {mention.option for mention in inside}
                subject, since = (inside[-1].option if len(named) == 1 else None), number
                if subject == BOTH:
                    subject = None
            elif subject is not None and (span := _find_carried(low, piece_start, piece_end, number - since)):
                inside.append(Mention(*span, subject, False))
            clauses.append(
                Clause(piece_start, piece_end, number, (start, end), mark, opener, before_but, tuple(inside))
            )
    return clauses


def _find_carried(low, start, end, age):
    """Find where a clause that names no option speaks of the one named before it."""
    if carried := CARRIED.match(low, start, end):
        return carried.span(1)
    carried = age < 2 and PRONOUN.search(low, start, end)
    return carried.span(1 if carried[1] else 2) if carried else None


def _split_sentence(low, start, end):
    cuts = [(start, start)]
    concession = CONCESSION.match(low, start, end)
    if concession and (comma := COMMA.search(low, concession.end() + 8, end)):
        cuts.append((comma.start(), comma.end()))
    for match in CONNECTIVE.finditer(low, start, end):
        cuts.append(match.span())
    if len(cuts) > 1:
        cuts.sort()
    pieces = []
    for (_, piece_start), (piece_end, _) in zip(cuts, [*cuts[1:], (end, end)]):
        while piece_start < piece_end and low[piece_start] in " ,":
            piece_start += 1
        opener = WORD.search(low, piece_start, piece_end)
        if opener:
            pieces.append((piece_start, piece_end, opener.group()))
    buts = [i for i, piece in enumerate(pieces) if piece[2] in ("but", "however", "yet") and i]
    return [(s, e, o, bool(buts) and i < buts[-1]) for i, (s, e, o) in enumerate(pieces)]


def read_clauses(text, terms):
    """Read a text: its folded form and its clauses with the options each one mentions."""
    low = fold(text)
    mentions = find_mentions(low, terms, text)
    mentions = sorted([*mentions, *_find_apart(low, mentions, terms)])
    if mentions:
        references = set(resolve_references(low, mentions, terms)).difference(mentions)
        mentions = sorted([*join_mentions(low, mentions, terms), *references])
    return low, split_clauses(text, low, mentions)


def _find_apart(low, mentions, terms):
    """Find terms of several words with one or two others between the first and the rest: "hire managers externally"."""
    words, taken = list(WORD.finditer(low)), {mention.start for mention in mentions}
    for i, first in enumerate(words):
        for term in terms.phrases.get(first.group(), ()):
            for after in (i + 2, i + 3) if len(term.words) > 1 else ():
                rest = words[after : after + len(term.words) - 1]
                if tuple(word.group() for word in rest) == term.words[1:] and not any(
                    word.start() in taken or word.group() in BETWEEN for word in words[i:after]
                ):
                    if not BREAK.search(low, first.end(), rest[-1].end()) and rest[-1].start() not in taken:
                        yield Mention(first.start(), rest[-1].end(), term.option, term.direct, term.skill)


def group_sentences(clauses):
    """Gather clauses into their sentences."""
    sentences = []
    for clause in clauses:
        if sentences and sentences[-1][-1].sentence == clause.sentence:
            sentences[-1].append(clause)
        else:
            sentences.append([clause])
    return sentences


def mask_clause(low, clause, option):
    """Write ``X`` for an option, ``Y`` for any other and ``B`` for both; keep where each piece came from."""
    parts, origins, at, length = [], [], clause.start, 0
    for start, end, named, *_ in clause.mentions:
        letter = "B" if named == BOTH else "X" if named == option else "Y"
        parts += (low[at:start], letter if end > start else letter + " ")
        length += start - at
        origins.append((length, start, end))
        length += len(parts[-1])
        at = end
    parts.append(low[at : clause.end])
    return "".join(parts), origins


def find_origin(clause, origins, start, end):
    """Translate a span of a masked clause into offsets of the text."""

    def back(position, at_end):
        shift, limit = clause.start, None
        for masked, left, right in origins:
            if masked >= position:
                break
            shift, limit = right - masked - (1 if right > left else 2), right
        return position + shift if at_end or not limit else max(position + shift, limit)

    return back(start, False), back(end, True)


class Neighbour(NamedTuple):
    """A word that stands in a sentence with one option only; `listed` if in a list with it."""

    word: str
    option: int
    listed: bool
    start: int
    end: int


def find_neighbours(text, terms):
    """Find words that keep an option company, in a list with it or in its sentences."""
    low, clauses = read_clauses(text, terms)
    for sentence in group_sentences(clauses):
        spans = [mention[:2] for clause in sentence for mention in clause.mentions]
        options = {mention.option for clause in sentence for mention in clause.mentions} - {BOTH}
        if len(options) == 1:
            whole, option = sentence[0].whole, options.pop()
            for match in WORD.finditer(low, *whole):
                word = match.group()
                if len(word) > 3 and word.isalpha() and not word.endswith("ly") and not _overlaps(match, spans):
                    yield Neighbour(word, option, _is_listed(low, match, spans), *whole)


def _overlaps(match, spans):
    return any(start < match.end() and match.start() < end for start, end in spans)


def _is_listed(low, match, spans):
    """Say whether only "and", a comma or a stroke stands between a word and one of some spans."""
    gaps = [(end, match.start()) if end <= match.start() else (match.end(), start) for start, end in spans]
    return any(0 < right - left < 7 and LISTED.fullmatch(low, left, right) for left, right in gaps)
