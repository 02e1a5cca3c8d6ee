"""An answer becomes clauses, each with the options it mentions."""

import re
from functools import lru_cache
from typing import NamedTuple

from ..text import WORD, find_sentences, fold
from .modifiers import CONCESSION

BOTH = -1

CONNECTIVE = re.compile(
    r"[;:]|\s?—\s?|\s-+\s"
    r"|,?\s(?=(?:but|however|although|though|even though|even if|(?<!\ba\s)while|whereas"
    r"|because|since|unless|until|yet)\b)"
    r"|\s?\((?=(?:[^\s()]+ ){3})|\)"
)
COMMA = re.compile(r",\s(?!(?:and|or)\b)")
LEAD = re.compile(
    r"(?:\b(?:the|a|an|your|my|our|their|his|her|those|these|this|that|some|any|all|other|right|strong|solid|real|actual|proper)\s)+$"
)
TAIL = re.compile(
    r"(?:'s)?\s(?:skills?|ones?|side|stuff|route|path|option|approach|way|folks|people|kinds?|things?|model|person|candidates?"
    r"|background|parts?|half|piece|world|life|jobs?|roles?|setting|environment|compan(?:y|ies)|teams?|org|leaders?|types?)\b"
)
SAME_LIST = re.compile(r",?\s?(?:and|or|&|/|\+|,)?\s?(?:the |a |an |in |of |for |to |your )?$")
BOTH_NAMED = re.compile(
    r"\s?,?\s?(?:and|or|and/or|vs\.?|versus|&|/|\+|plus|as well as|nor)\s?"
    r"(?:the |a |an |in |of |for |to |at |your |good |report to |into )*$"
)
GENERIC = (
    "ones? side stuff kinds? parts? piece half things? place places route path way option end shop shops bit".split()
)
GENERIC = re.compile(r"[\s-](?:" + "|".join(GENERIC) + r")\b")
BARE = re.compile(
    r"(?:^|[.!?\n] |\n|\bgo |\bgoing |\bstart |\bstarting |\bpick |\bteam |\bimo |\bslightly |\bsay |: )$"
)
BARE_END = re.compile(r"\s?(?:$|[.!,?>\n]|first\b|over\b|every time|hands down|all the way|any day)")
REFERENCE = re.compile(
    r"\bthe (?:(former|first (?:one|kind|option|group|type|half))"
    r"|(latter|second (?:one|kind|option|group|type|half))|(other (?:one|kind|option|half|side|way)))\b"
)


PRONOUN = re.compile(
    r"\b(they|them|these|those|it)\b(?!\s(?:really\s|all\s)?(?:depends|comes down|boils|varies|takes two)"
    r"|(?:'s|\sis|\swas|\sfeels|\sseems)\s(?:\S+\s){0,3}(?:to|that|if|when|how|why|about)\b)"
    r"|\b(?:do|did|doing|done|recommend|avoid) (that|this)\b"
)
CARRIED = re.compile(
    r"(?:but|and|yet)\s(?:also\s|still\s)?()(?=(?:is|are|was|were|can|can't|cannot|will|won't|takes?|has|have|does|doesn't|don't|never)\b)"
)


LISTED = re.compile(r",? (?:and|or|&) |, |/")


class Mention(NamedTuple):
    """Words that name an option: where they stand, and the option's number (`BOTH` for "X and Y").

    `direct` is false where a skill or a pronoun stands for the option.
    """

    start: int
    end: int
    option: int
    direct: bool = True


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


class Terms(NamedTuple):
    """The words of a codebook, ready to be found: first word -> [(words, option)], longest first."""

    phrases: dict
    prefixes: tuple
    modifiers: dict
    options: int


@lru_cache(maxsize=64)
def compile_terms(names, skills=()):
    """Index the words that name each option, and those that name one of its skills.

    A term also matches its plural and possessive, with a hyphen or a blank;
    a trailing ``*`` matches any ending. A phrase that two options share names
    neither. Where options differ in one word only ("soft skills", "hard
    skills") that word alone names its option before a generic noun.
    """
    named, skilled, prefixes = {}, {}, []
    kin = tuple(tuple(form for word in words for form in _derive(word)) for words in names)
    for table, words_of_options in ((named, names), (skilled, skills), (skilled, kin)):
        for option, words in enumerate(words_of_options):
            for word in words:
                for phrase in _vary(word):
                    if phrase[-1].endswith("*"):
                        prefixes.append((phrase[:-1], phrase[-1][:-1], option, table is named))
                    else:
                        table.setdefault(phrase, set()).add(option)
    owners = {phrase: named.get(phrase, set()) | skilled.get(phrase, set()) for phrase in {**named, **skilled}}
    owners = {phrase: owner.pop() for phrase, owner in owners.items() if len(owner) == 1}
    named = {phrase: owner for phrase, owner in owners.items() if phrase in named}
    phrases = {}
    for phrase in sorted(owners, key=len, reverse=True):
        phrases.setdefault(phrase[0], []).append((phrase, owners[phrase], phrase in named))
    heads = {}
    for phrase, option in named.items():
        if len(phrase) == 2:
            heads.setdefault(phrase[1], set()).add(option)
    modifiers = {}
    for phrase, option in named.items():
        if len(phrase) == 2 and len(heads[phrase[1]]) > 1 and (phrase[0],) not in named:
            modifiers.setdefault(phrase[0], set()).add(option)
    return Terms(phrases, tuple(prefixes), {w: o.pop() for w, o in modifiers.items() if len(o) == 1}, len(names))


def _vary(term):
    words = tuple(m.group() + "*" * (term[m.end() : m.end() + 1] == "*") for m in WORD.finditer(fold_term(term)))
    if not words:
        return
    yield words
    if len(words) > 1 and "-" in term:
        yield ("".join(words),)
    last = words[-1]
    if last.isalpha() and len(last) > 2:
        endings = {last + "s", last + "es" if last.endswith(("s", "x", "ch", "sh")) else last + "s"}
        if last.endswith("y") and last[-2] not in "aeiou":
            endings.add(last[:-1] + "ies")
        if last.endswith("ies"):
            endings.add(last[:-3] + "y")
        elif last.endswith("s") and not last.endswith("ss"):
            endings.add(last[:-1])
        if len(words) == 1 and len(last) > 5 and last.endswith("e"):
            endings |= {last + "d", last[:-1] + "ing"}
        for ending in endings:
            yield (*words[:-1], ending)
    if len(words) > 1 and words[0].isalpha() and 2 < len(words[0]) < 6:
        first = words[0]
        stem = first[:-1] + "i" if first.endswith("y") else first.rstrip("e")
        if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", first):
            stem += first[-1]
        yield (stem + "er", *words[1:])


def _derive(term):
    """Give the verb behind a term in -ing, and who does it: "listening", "listen", "listener"."""
    word = fold_term(term)
    if not (word.isalpha() and word.endswith("ing") and len(word) > 6):
        return
    stem = word[:-3]
    stems = {stem, stem[:-1]} if stem[-1] == stem[-2] else {stem}
    for stem in stems:
        yield from (stem, stem + "e", stem + "ed", stem + "er")


def fold_term(term):
    return fold(term.replace("*", "\0")).replace("\0", "*")


def find_mentions(low, terms):
    """Find what names an option in a folded text: one pass, the longest term of any option wins."""
    found, words = [], list(WORD.finditer(low))
    phrases, modifiers = terms.phrases, terms.modifiers
    skip = -1
    for i, match in enumerate(words):
        if i <= skip:
            continue
        word = match.group()
        if word.endswith("'s"):
            word = word[:-2]
        best = None
        for phrase, option, direct in phrases.get(word, ()):
            n = len(phrase)
            if n == 1 or _reads(words, i, phrase):
                best = (n, option, direct)
                break
        if (
            best is None
            and word in modifiers
            and (
                GENERIC.match(low, match.end())
                or BARE_END.match(low, match.end())
                and BARE.search(low, max(0, match.start() - 12), match.start())
            )
        ):
            best = (1, modifiers[word], True)
        for lead, prefix, option, direct in terms.prefixes:
            n = len(lead) + 1
            if (
                (best is None or n > best[0])
                and i + n <= len(words)
                and words[i + n - 1].group().startswith(prefix)
                and _reads(words, i, lead)
            ):
                best = (n, option, direct)
        if best:
            end = words[i + best[0] - 1].end()
            found.append(Mention(match.start(), end - 2 if low[end - 2 : end] == "'s" else end, best[1], best[2]))
            skip = i + best[0] - 1
    return found


def _reads(words, i, phrase):
    if i + len(phrase) > len(words):
        return False
    for k, part in enumerate(phrase):
        word = words[i + k].group()
        if word != part and word.removesuffix("'s") != part:
            return False
    return True


def join_mentions(low, mentions, terms):
    """Widen mentions by articles and generic nouns, and join lists of them.

    Two options named with nothing between them are a compound ("product
    marketing") and no mention; "X and Y", "X or Y" become one mention of `BOTH`.
    """
    joined = []
    for mention in mentions:
        start, end, option, direct = mention
        if lead := LEAD.search(low, max(0, start - 24), start):
            start = lead.start()
        if tail := TAIL.match(low, end):
            end = tail.end()
        if low[max(0, start - 4) : start] in ("non-", "non ") and terms.options == 2:
            start, option = start - 4, 1 - option
        if joined:
            last = joined[-1]
            if start < last.end:
                start = last.end
            between = low[last.end : start]
            if len(between) < 18:
                if option != last.option and between in (" ", "-") and mention.start == start:
                    joined[-1] = Mention(last.start, end, None)
                    continue
                if option == last.option and SAME_LIST.fullmatch(between):
                    joined[-1] = Mention(last.start, end, option, direct or last.direct)
                    continue
                if option != last.option and last.option is not None and between and BOTH_NAMED.fullmatch(between):
                    joined[-1] = Mention(last.start, end, BOTH, direct and last.direct)
                    continue
        joined.append(Mention(start, end, option, direct))
    return [mention for mention in joined if mention.option is not None]


def resolve_references(low, mentions, terms):
    """Add "the former", "the latter" and "the other one", read from the options named before them."""
    if "the " not in low or terms.options != 2:
        return mentions
    references = []
    for match in REFERENCE.finditer(low):
        if any(m.start < match.end() and match.start() < m.end for m in mentions):
            continue
        before = [m.option for m in mentions if m.end <= match.start() and m.option != BOTH]
        if not before:
            continue
        former, latter, other = match.groups()
        if other:
            option = 1 - before[-1]
        else:
            last = before[-1]
            option = last if latter else 1 - last
            if 1 - last not in before:
                continue
        references.append(Mention(match.start(), match.end(), option))
    return sorted([*mentions, *references]) if references else mentions


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
    mentions = find_mentions(low, terms)
    if mentions:
        mentions = resolve_references(low, join_mentions(low, mentions, terms), terms)
    return low, split_clauses(text, low, mentions)


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
    for start, end, named, _ in clause.mentions:
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
        mentions = [mention for clause in sentence for mention in clause.mentions]
        options = {mention.option for mention in mentions} - {BOTH}
        if len(options) != 1:
            continue
        option = options.pop()
        start, end = sentence[0].whole
        words = [
            m for m in WORD.finditer(low, start, end) if not any(a < m.end() and m.start() < b for a, b, *_ in mentions)
        ]
        for match in words:
            word = match.group()
            if len(word) < 4 or word.endswith("ly") or not word.isalpha():
                continue
            listed = any(
                LISTED.fullmatch(low[b : match.start()] if b <= match.start() else low[match.end() : a])
                for a, b, *_ in mentions
                if 0 < match.start() - b < 7 or 0 < a - match.end() < 7
            )
            yield Neighbour(word, option, listed, start, end)
