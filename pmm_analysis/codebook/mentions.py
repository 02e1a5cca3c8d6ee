"""Which words of a text name an option or one of its skills: the one matcher of a codebook's words."""

import re
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from ..text import WORD, fold

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


class Term(NamedTuple):
    """A phrase to be found, with what it names, as in `Mention`; a last word in ``*`` stands for any ending."""

    words: tuple
    option: int
    direct: bool = True
    skill: str | None = None


class Terms(NamedTuple):
    """The words of a codebook, ready to be found: first word -> its terms, longest first."""

    phrases: dict
    prefixes: list
    modifiers: dict
    options: int


def compile_codebook(codebook):
    """Index a codebook's words: the names of each option, its label among them, and its skills."""
    return compile_terms(
        tuple((*option.terms, option.label) for option in codebook.options),
        tuple(tuple((skill, tuple(words)) for skill, words in option.skills.items()) for option in codebook.options),
    )


@lru_cache(maxsize=64)
def compile_terms(names, skills=()):
    """Index the words that name each option, and those that name one of its skills.

    A term also matches its plural and possessive, with a hyphen or a blank;
    a trailing ``*`` matches any ending. A phrase that two options share names
    neither. Where options differ in one word only ("soft skills", "hard
    skills") that word alone names its option before a generic noun.
    """
    listed = list(_list_terms(names, skills))
    alike = _gather((term.words, term) for term in listed if not term.words[-1].endswith("*"))
    terms = [_unite(same) for same in alike.values() if len({term.option for term in same}) == 1]
    terms.sort(key=lambda term: -len(term.words))
    prefixes = [term for term in listed if term.words[-1].endswith("*")]
    return Terms(_gather((term.words[0], term) for term in terms), prefixes, _find_modifiers(terms), len(names))


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
            yield from (Term(words, *named) for words in [*_vary(word)][forms])


def _unite(same):
    skill = next((term.skill for term in same if term.skill), None)
    return same[0]._replace(direct=any(term.direct for term in same), skill=skill)


def _find_modifiers(terms):
    """Find the words that alone tell options of two words apart: "soft" of "soft skills"."""
    named = {term.words: term.option for term in terms if term.direct}
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
        return
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


def find_mentions(low, terms):
    """Find what names an option or a skill in a folded text: one pass, the longest term of any option wins."""
    found, words, phrases, after = [], list(WORD.finditer(low)), terms.phrases, 0
    for i, match in enumerate(words):
        if i < after:
            continue
        word, term = match.group().removesuffix("'s"), None
        if word in phrases:
            term = next((term for term in phrases[word] if _reads(low, words, i, term.words)), None)
        if term is None and word in terms.modifiers and _stands_for_option(low, *match.span()):
            term = Term((word,), terms.modifiers[word])
        for prefix in terms.prefixes:
            if (term is None or len(prefix.words) > len(term.words)) and _reads(low, words, i, prefix.words):
                term = prefix
        if term:
            after = i + len(term.words)
            end = words[after - 1].end()
            found.append(Mention(match.start(), end - 2 * (low[end - 2 : end] == "'s"), *term[1:]))
    return found


def _reads(low, words, i, phrase):
    """Say whether the words from the i-th on are those of a phrase, with nothing between them that ends a thought."""
    here = words[i : i + len(phrase)]
    return (
        len(here) == len(phrase)
        and all(_is_form(match.group(), word) for match, word in zip(here, phrase))
        and not any(PAUSE.search(low, one.end(), next_one.start()) for one, next_one in pairwise(here))
    )


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
