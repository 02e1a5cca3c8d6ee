"""Which words of a text name an option or one of its skills: the one matcher of a codebook's words."""

import re
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from ..text import WORD, fold, is_common, join_words, plain_marks

BOTH = -1

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
GENERIC = re.compile(
    r"[\s-](?:ones?|side|stuff|kinds?|parts?|piece|half|things?|places?|routes?|path|way|option|end|shops?|bit)\b"
)
BARE = re.compile(
    r"(?:^|[.!?\n] |\n|\bgo |\bgoing |\bstart |\bstarting |\bpick |\bteam |\bimo |\bslightly |\bsay |: )$"
)
BARE_END = re.compile(r"\s?(?:$|[.!,?>\n]|first\b|over\b|every time|hands down|all the way|any day)")
REFERENCE = re.compile(
    r"\bthe (?:(former|first (?:one|kind|option|group|type|half))"
    r"|(latter|second (?:one|kind|option|group|type|half))|(other (?:one|kind|option|half|side|way)))\b"
)
PAUSE = re.compile(r"[.,;:!?]\s|\n")
NEAR = 18

# How a term is written, where that tells it from other words: "IT" in capitals, ".NET" with its point, "24/7".
OPENING = re.compile(r"[.#@$]")
LINK = re.compile(r"[&/+%@#]")
GOES_ON = re.compile(r"&[^\W_]")
LETTER_GOES_ON = re.compile(r"[-&.'][^\W_]")
OPENED_BY_CAPITAL = re.compile(r"(?:^|[.!?\n]\s*)[^\W\d_a-zß-öø-ÿ]")
OPENS_SENTENCE = re.compile(r"(?:^|[.!?\n—:(\"])\s*$")
IS_NAMED = re.compile(
    r"\s?(?:$|[.,!?;:/)\n]|(?:is|isn't|was|wasn't|has|hasn't|can|can't|does|doesn't|will|won't|over|and|or|vs|versus|because|first)\b|'s\b)"
)


class Mention(NamedTuple):
    """Words that name an option: where they stand, and the option's number (`BOTH` for "X and Y").

    `direct` is false where a skill or a pronoun stands for the option; `skill` is the name of a skill that the
    words belong to.
    """

    start: int
    end: int
    option: int
    direct: bool = True
    skill: str | None = None


class Spelling(NamedTuple):
    """How a term must be written: the mark before it, its capitals word by word and the marks between words."""

    opening: str
    capitals: tuple
    links: tuple


class Term(NamedTuple):
    """A phrase to be found, with what it names, as in `Mention`; a last word in ``*`` stands for any ending."""

    words: tuple
    option: int
    direct: bool = True
    skill: str | None = None
    spelling: Spelling | None = None


class Terms(NamedTuple):
    """The words of a codebook, ready to be found: first word -> its terms, longest first."""

    phrases: dict
    prefixes: list
    modifiers: dict
    options: int


def compile_codebook(codebook):
    """Index a codebook's words: the names of each option, its label among them, and its skills."""
    return compile_terms(
        tuple((*option.terms, *_name_by_label(option.label)) for option in codebook.options),
        tuple(tuple((skill, tuple(words)) for skill, words in option.skills.items()) for option in codebook.options),
    )


def _name_by_label(label):
    """Give a label as a term, unless it is a common word whose capital only opens the label: "Go", "It"."""
    return () if label[1:] == label[1:].lower() and is_common(label.lower()) else (label,)


@lru_cache(maxsize=64)
def compile_terms(names, skills=()):
    """Index the words that name each option, and those that name one of its skills.

    A term also matches its plural and possessive, with a hyphen or a blank;
    a trailing ``*`` matches any ending. Words in capitals ("IT"), and common words
    with a capital ("Go"), match only as they are written. A phrase that two options share names
    neither. Where options differ in one word only ("soft skills", "hard
    skills") that word alone names its option before a generic noun.
    """
    listed = list(_list_terms(names, skills))
    whole = [term for term in listed if not term.words[-1].endswith("*")]
    alike = _gather(((term.words, _read_marks(term.spelling)), term) for term in whole)
    terms = [_unite(same) for same in alike.values() if len({term.option for term in same}) == 1]
    terms.sort(key=lambda term: (-len(term.words), term.spelling is None))
    prefixes = [term for term in listed if term.words[-1].endswith("*")]
    return Terms(_gather((term.words[0], term) for term in terms), prefixes, _find_modifiers(terms), len(names))


def doubt_codebook(codebook):
    """List what a person should look at in a codebook: terms that two options share, and terms that are common words.

    >>> from pmm_analysis.codebook import Codebook, Option
    >>> options = Option("it", "IT", ("IT", "desk")), Option("hr", "HR", ("desk",))
    >>> doubt_codebook(Codebook("made", "IT or HR?", options))  # doctest: +NORMALIZE_WHITESPACE
    ['codebook made: the term "desk" stands under it and hr, so it names neither',
     'codebook made: the term "IT" of it is also a common English word: it counts only where it is written so']
    """
    spoken = _gather((fold(word), option.key) for option in codebook.options for word in dict.fromkeys(option.words))
    shared = {word: list(dict.fromkeys(keys)) for word, keys in spoken.items() if len({*keys}) > 1}
    doubts = [
        f'the term "{word}" stands under {join_words(keys)}, so it names neither' for word, keys in shared.items()
    ]
    for option in codebook.options:
        for term in option.terms:
            if is_common(fold(term)):
                counts = "only where it is written so" if read_spelling(term) else "wherever it stands"
                doubts.append(f'the term "{term}" of {option.key} is also a common English word: it counts {counts}')
    return [f"codebook {codebook.name}: {doubt}" for doubt in doubts]


def _gather(pairs):
    gathered = {}
    for key, value in pairs:
        gathered.setdefault(key, []).append(value)
    return gathered


def _list_terms(names, skills):
    """List every phrase of every option, those that are written in the codebook before their other forms."""
    spoken = [(word, option, True, None) for option, words in enumerate(names) for word in words]
    for option, listed in enumerate(skills):
        spoken += [(word, option, False, skill) for skill, words in listed for word in words]
    spoken += [(form, option, False, None) for word, option, direct, _ in spoken if direct for form in _derive(word)]
    for forms in (slice(0, 1), slice(1, None)):
        for word, *named in spoken:
            spelling = read_spelling(word)
            yield from (Term(words, *named, _fit(spelling, words)) for words in [*_vary(word)][forms])


def read_spelling(term):
    """Say how a term must be written, None if its words alone tell it.

    >>> read_spelling("IT").capitals, read_spelling("24/7").links, read_spelling("Remote work")
    (('IT',), ('/',), None)
    """
    plain = plain_marks(term)
    found = list(WORD.finditer(plain))
    links = tuple("".join(LINK.findall(plain, a.end(), b.start())) for a, b in pairwise(found))
    opening = plain[: found[0].start()] if found and OPENING.match(plain) else ""
    marked = bool(opening) or any(links)
    free = marked or term.endswith("*")
    capitals = tuple(None if free else _need_capitals(match.group(), len(found) == 1) for match in found)
    return Spelling(opening, capitals, links) if marked or any(capitals) else None


def _need_capitals(word, alone):
    """Give a word, without its plural s, if only its capitals tell it from another: "IT", "PMs", "Go", "C"."""
    stem = word.removesuffix("'s")
    stem = stem[:-1] if len(stem) > 2 and stem.endswith("s") and stem[:-1].isupper() else stem
    written = stem.isupper() and stem.isalpha() and (alone or len(stem) > 1)
    return stem if written or alone and stem[:1].isupper() and is_common(stem.lower()) else None


def _fit(spelling, words):
    """Fit a spelling to a form of its term with as many words, or with its words in one."""
    fits = spelling is None or len(words) == len(spelling.capitals)
    return spelling if fits else Spelling(spelling.opening, (None,) * len(words), ("",) * (len(words) - 1))


def _read_marks(spelling):
    return spelling and any(spelling[::2]) and spelling[::2] or None


def _unite(same):
    skill = next((term.skill for term in same if term.skill), None)
    spelling = None if any(term.spelling is None for term in same) else same[0].spelling
    return same[0]._replace(direct=any(term.direct for term in same), skill=skill, spelling=spelling)


def _find_modifiers(terms):
    """Find the words that alone tell options of two words apart: "soft" of "soft skills"."""
    named = {term.words: term.option for term in terms if term.direct and term.spelling is None}
    pairs = [(*words, option) for words, option in named.items() if len(words) == 2]
    heads = _gather((head, option) for _, head, option in pairs)
    telling = [(first, option) for first, head, option in pairs if len({*heads[head]}) > 1 and (first,) not in named]
    return {word: options[0] for word, options in _gather(telling).items() if len({*options}) == 1}


def _vary(term):
    """Give the words of a term, and then its other forms."""
    words = tuple(m.group() + "*" * (term[m.end() : m.end() + 1] == "*") for m in WORD.finditer(fold_term(term)))
    if not words:
        return
    yield words
    if len(words) == 1:
        yield from ((form,) for form in chain(_inflect(*words), _conjugate(*words)))
        if len(words[0]) == 2 and term.isupper():
            yield (words[0] + "s",)
        return
    if "&" in term:
        yield from _vary(term.replace("&", " and "))
    if "-" in term:
        yield ("".join(words),)
    yield from ((*words[:-1], form) for form in _inflect(words[-1]))
    yield from ((form, *words[1:]) for form in _compare(words[0]))


def _inflect(word):
    """Give the plural of a word, and its singular."""
    if not word.isalpha() or len(word) < 3:
        return
    yield word + "s"
    if word.endswith(("s", "x", "ch", "sh")):
        yield word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]


def _conjugate(word):
    if word.isalpha() and len(word) > 5 and word.endswith("e"):
        yield from (word + "d", word[:-1] + "ing")


def _compare(word):
    """Give the comparative of a short word: "small", "smaller"."""
    if word.isalpha() and 2 < len(word) < 6:
        stem = word[:-1] + "i" if word.endswith("y") else word.rstrip("e")
        yield stem + word[-1] * bool(re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", word)) + "er"


def _derive(term):
    """Give the verb behind a term in -ing, and who does it: "listening", "listen", "listener"."""
    word = fold_term(term)
    if not (word.isalpha() and word.endswith("ing") and len(word) > 6):
        return
    stem = word[:-3]
    for root in (stem, stem[:-1]) if stem[-1] == stem[-2] else (stem,):
        yield from (root, root + "e", root + "ed", root + "er")


def fold_term(term):
    return fold(term.replace("*", "\0")).replace("\0", "*")


def find_mentions(low, terms, text=None):
    """Find what names an option or a skill in a folded text: one pass, the longest term of any option wins.

    `text` is the same text as written; without it, all is taken to be written small.
    """
    plain = low if text is None else plain_marks(text)
    found, words, phrases, after = [], list(WORD.finditer(low)), terms.phrases, 0
    for i, match in enumerate(words):
        if i < after:
            continue
        word, term = match.group().removesuffix("'s"), None
        if word in phrases:
            term = next((term for term in phrases[word] if _reads(low, plain, words, i, term)), None)
        if term is None and word in terms.modifiers and _stands_for_option(low, *match.span()):
            term = Term((word,), terms.modifiers[word])
        for prefix in terms.prefixes:
            if (term is None or len(prefix.words) > len(term.words)) and _reads(low, plain, words, i, prefix):
                term = prefix
        if term:
            after = i + len(term.words)
            end = words[after - 1].end()
            found.append(Mention(match.start(), end - 2 * (low[end - 2 : end] == "'s"), *term[1:4]))
    return found


def _reads(low, plain, words, i, term):
    """Say whether the words from the i-th on are those of a term, with nothing between them that ends a thought."""
    here = words[i : i + len(term.words)]
    return (
        len(here) == len(term.words)
        and all(_is_form(match.group(), word) for match, word in zip(here, term.words))
        and not any(PAUSE.search(low, one.end(), next_one.start()) for one, next_one in pairwise(here))
        and (term.spelling is None or _is_spelled(low, plain, here, term.spelling))
    )


def _is_spelled(low, plain, here, spelling):
    """Say whether words stand with the marks of a term and, unless capitals are not looked at, with its capitals."""
    start, opening = here[0].start(), spelling.opening
    if opening and not (low.endswith(opening, 0, start) and not low[: start - len(opening)][-1:].isalnum()):
        return False
    if not all(link in low[a.end() : b.start()] for link, (a, b) in zip(spelling.links, pairwise(here))):
        return False
    if not any(spelling.capitals):
        return True
    if not all(_has_capitals(plain, match, capitals) for match, capitals in zip(here, spelling.capitals)):
        return False
    return len(here) > 1 or _stands_alone(low, *here[0].span(), spelling.capitals[0])


def _has_capitals(plain, match, capitals):
    """Say whether a word has its capitals; who opens no sentence with one may write "mvp" for it, but not "it"."""
    start, end = match.span()
    if capitals is None or plain[start:end] in (capitals, capitals + "s", capitals + "'s"):
        return True
    casual = not OPENED_BY_CAPITAL.search(plain) and not plain[max(0, start - 2) : start].strip().isdigit()
    return casual and not is_common(capitals.lower())


def _stands_alone(low, start, end, capitals):
    """Say whether a name of one word is no part of a longer one ("R&D"), nor a word whose capital opens a sentence."""
    if low[start - 1 : start] == "&" or (LETTER_GOES_ON if len(capitals) == 1 else GOES_ON).match(low, end):
        return False
    opens = not capitals.isupper() and OPENS_SENTENCE.search(low, max(0, start - 4), start)
    return not opens or bool(IS_NAMED.match(low, end))


def _is_form(found, word):
    return found in (word, word + "'s") or word.endswith("*") and found.startswith(word[:-1])


def _stands_for_option(low, start, end):
    """Say whether a word between two offsets is used like "soft" in "the soft ones", or is all that is said."""
    alone = BARE_END.match(low, end) and BARE.search(low, max(0, start - 12), start)
    return bool(GENERIC.match(low, end) or alone)


def join_mentions(low, mentions, terms):
    """Widen mentions by articles and generic nouns, and join lists of them.

    Two options named with nothing between them are a compound ("product
    marketing") and no mention; "X and Y", "X or Y" become one mention of `BOTH`.
    """
    joined = []
    for mention in mentions:
        wide = _widen(low, mention, terms)
        if joined:
            last = joined[-1]
            wide = wide._replace(start=max(wide.start, last.end))
            if united := _join(last, wide, low[last.end : wide.start], bare=wide.start == mention.start):
                joined[-1] = united
                continue
        joined.append(wide)
    return [mention for mention in joined if mention.option is not None]


def _widen(low, mention, terms):
    start, end, option = mention[:3]
    if lead := LEAD.search(low, max(0, start - 24), start):
        start = lead.start()
    if tail := TAIL.match(low, end):
        end = tail.end()
    if low[max(0, start - 4) : start] in ("non-", "non ") and terms.options == 2:
        start, option = start - 4, 1 - option
    return mention._replace(start=start, end=end, option=option)


def _join(last, mention, between, *, bare):
    """Make one mention of two that stand together, None of those that do not."""
    if len(between) >= NEAR:
        return None
    one, other = last.option, mention.option
    if one == other and SAME_LIST.fullmatch(between):
        return Mention(last.start, mention.end, one, mention.direct or last.direct)
    if one != other and bare and between in (" ", "-"):
        return Mention(last.start, mention.end, None)
    if one not in (other, None) and between and BOTH_NAMED.fullmatch(between):
        return Mention(last.start, mention.end, BOTH, mention.direct and last.direct)
    return None


def resolve_references(low, mentions, terms):
    """Add "the former", "the latter" and "the other one", read from the options named before them."""
    if "the " not in low or terms.options != 2:
        return mentions
    references = []
    for match in REFERENCE.finditer(low):
        before = [m.option for m in mentions if m.end <= match.start() and m.option != BOTH]
        if not before or any(m.start < match.end() and match.start() < m.end for m in mentions):
            continue
        _, latter, other = match.groups()
        last = before[-1]
        if other or 1 - last in before:
            references.append(Mention(*match.span(), last if latter else 1 - last))
    return sorted([*mentions, *references]) if references else mentions
