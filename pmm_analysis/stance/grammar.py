"""The language of cues: data files become regular expressions, indexed by the words that each one needs.

The language is described at the head of ``cues.toml``.
"""

import difflib
import re
import tomllib
from contextlib import contextmanager
from functools import cache
from pathlib import Path

# The standard library's parser of patterns, which has no public name.
from re import _parser as sre
from typing import NamedTuple

from ..errors import InputError
from ..text import load_shares, stem_word

CUES, WORDS, FACTORS = (Path(__file__).with_name(f"{name}.toml") for name in ("cues", "words", "factors"))
KEYS = {"name": str, "weight": (int, float), "examples": list, "source": str, "pattern": str}
FLAGS = dict.fromkeys(("keeps_not", "teachable", "contrasts", "praises"), bool)
ROLES = (
    "concession, before but, after but, before a turn, condition, question, reported, former view, conclusion, "
    "overruled, first or last, skill, beside the other, negation, echo, other comparison, conceded, both conditional, "
    "alone, alone after a question, explicit"
).split(", ")
GAP = r"(?:'s)?[^\w\s]{0,2} (?:(?!th[ae]n\b|but\b|too (?:many|much)\b)[^\sXYB]+ )"
TOKEN = re.compile(r"\w+|[<>]")
EDGE = [(sre.IN, [(sre.CATEGORY, sre.CATEGORY_WORD)])]


class Cue(NamedTuple):
    """One way to show a stance: a block of ``cues.toml``.

    Every match has one of the words `anchors` (an empty one stands for "no word is certain") and all of the
    placeholders `needs`.
    """

    name: str
    weight: float
    examples: list
    source: str
    pattern: re.Pattern
    anchors: frozenset
    needs: str
    keeps_not: bool = False
    teachable: bool = False
    contrasts: bool = False
    praises: bool = False

    @property
    def compares(self):
        """Whether it sets one option against another."""
        return self.teachable or self.contrasts or len(self.needs) > 1


class _Fault(Exception):
    """What is wrong with a block: the key, the reason, the remedy."""


class Index(NamedTuple):
    """Cues by the words they need: word -> numbered cues, and the parts of words among them."""

    words: dict
    parts: list


@cache
def compile_cues():
    """Index all cues by the words they need: those of one option, of two, and of balance, heaviest first."""
    sides, balance = load_cues()
    single = [cue for cue in sides if len(cue.needs) < 2]
    double = [cue for cue in sides if len(cue.needs) > 1]
    return index_cues(single), index_cues(double), index_cues(sorted(balance, key=lambda cue: -cue.weight))


def index_cues(cues):
    """File cues under each of the words of which they need one."""
    words = {}
    for numbered in enumerate(cues):
        for word in numbered[1].anchors:
            words.setdefault(word, []).append(numbered)
    return Index(words, [(word, word.strip("*")) for word in words if "*" in word])


def list_candidates(text, index):
    """List the cues of an index that can match a folded text, in their order."""
    words = {"", *TOKEN.findall(text), *[word for word, part in index.parts if part in text]}
    found = {number: cue for word in words & index.words.keys() for number, cue in index.words[word]}
    return [found[number] for number in sorted(found)]


@cache
def load_cues(path=CUES):
    """Read and check the cues: those of a side, and those of balance.

    Raises
    ------
    InputError
        The first block that does not follow the language, with its line.
    """
    text, tables = _read_toml(path)
    cues = {"side": [], "balance": []}
    with _naming_line(path, text):
        for name in tables.keys() - cues.keys() - {"sources"}:
            raise _Fault(name, f'unknown table "{name}"', "write [[side]] or [[balance]]")
    for kind, read in cues.items():
        heads = [n for n, line in enumerate(text.split("\n"), 1) if line.strip() == f"[[{kind}]]"]
        blocks = tables.get(kind, [])
        with _naming_line(path, text):
            if not isinstance(blocks, list) or len(blocks) != len(heads):
                raise _Fault(kind, "each cue must be a block", f"write [[{kind}]] on a line of its own before each")
        for line, block in zip(heads, blocks, strict=True):
            with _naming_line(path, text, line):
                taken = {cue.name for known in cues.values() for cue in known}
                read.append(_read_cue(block, tables.get("sources", {}), taken))
    return cues["side"], cues["balance"]


@cache
def load_words(path=WORDS):
    """Read the lists of words that cues share: name -> words."""
    text, tables = _read_toml(path)
    for name, words in tables.items():
        tables[name] = [" ".join(word.split()) for word in words.split(",")] if isinstance(words, str) else [""]
        with _naming_line(path, text):
            if not all(tables[name]):
                raise _Fault(
                    name, f'"{name}" must be words with commas between', f"write {name} = '''one, two words'''"
                )
    return tables


@cache
def load_factors(path=FACTORS):
    """Read how much each role of a clause counts: role -> factor."""
    text, tables = _read_toml(path)
    with _naming_line(path, text):
        for name in {**tables, **dict.fromkeys(ROLES)}:
            row = tables.get(name)
            if name not in ROLES:
                raise _Fault(name, f'unknown role "{name}"', f"write {_find_near(name, ROLES)}")
            if (
                not isinstance(row, dict)
                or row.keys() != {"value", "example"}
                or not isinstance(row["value"], (int, float))
            ):
                example = f'write "{name}" = {{ value = 0.5, example = "…" }}'
                raise _Fault(name, f'"{name}" needs a value and an example', example)
    return {name: row["value"] for name, row in tables.items()}


def _read_toml(path):
    try:
        text = path.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except (OSError, ValueError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise InputError(
            f"this cannot be read as TOML ({error})",
            file=path.name,
            line=int(line[1]) if line else None,
            remedy="put text between quotes, and patterns between '''",
        ) from None


@contextmanager
def _naming_line(path, text, start=None):
    """Turn a fault into an error with its line: the first from `start` on that sets the key, else `start`."""
    try:
        yield
    except _Fault as fault:
        key, reason, remedy = fault.args
        found = re.compile(rf'[\s\["]*{re.escape(key)}["\]]*\s*(?:=|$)')
        lines = enumerate(text.split("\n"), 1)
        line = next((n for n, line in lines if key and n >= (start or 1) and found.match(line)), start)
        raise InputError(reason, file=path.name, line=line, remedy=remedy) from None


def _find_near(name, names):
    return " or ".join(f'"{near}"' for near in difflib.get_close_matches(name, names, n=1) or names)


def _read_cue(block, sources, taken):
    """Make a cue of a block, or say what is wrong with it."""
    _check_values(block, sources, taken)
    source = block["pattern"]
    if unknown := set(re.findall(r"<(\w+)>", source)) - load_words().keys():
        raise _Fault("pattern", f"there is no list <{min(unknown)}>", f"add it to {WORDS.name} or name another")
    if capital := re.search(r"[A-Z]", re.sub(r"[XYB]|\\[A-Z]", "", source)):
        raise _Fault("pattern", f'the capital "{capital[0]}" can never be found', "write words in lower case")
    try:
        pattern = re.compile(expand(source))
    except re.error as error:
        raise _Fault("pattern", f"the pattern is no regular expression ({error.msg})", "correct it") from None
    anchors, needs = find_needs(pattern.pattern)
    if anchors == {""} and not re.search(r"[a-z]", re.sub(r"\\[a-z]", "", source)):
        raise _Fault("pattern", "the pattern names no word", "add a word that shows the stance")
    for example in block["examples"]:
        if not pattern.search(example):
            raise _Fault("examples", f'the pattern does not find "{example}"', "change the pattern or the example")
    return Cue(**block | {"pattern": pattern, "anchors": anchors, "needs": needs})


def _check_values(block, sources, taken):
    kinds = KEYS | FLAGS
    for key, value in block.items():
        if key not in kinds:
            raise _Fault(key, f'unknown key "{key}"', f"write {_find_near(key, kinds)}")
        if not isinstance(value, kinds[key]) or isinstance(value, bool) != (key in FLAGS):
            raise _Fault(key, f'"{key}" is of the wrong kind', f"see the head of {CUES.name}")
    if missing := [key for key in KEYS if key not in block]:
        raise _Fault("", f'"{missing[0]}" is missing', f"add {missing[0]} = …")
    if block["name"] in taken:
        raise _Fault("name", f'another cue is called "{block["name"]}"', "choose another name")
    if not 0 < block["weight"] <= 2:
        raise _Fault("weight", f"the weight {block['weight']} is not between 0 and 2", "see what other cues weigh")
    if block["source"] not in sources:
        raise _Fault("source", f'unknown source "{block["source"]}"', "add it under [sources], or write own")
    if not block["examples"] or not all(isinstance(example, str) for example in block["examples"]):
        raise _Fault("examples", "there is no example", 'write examples = ["X beat Y"]')


def expand(pattern):
    """Turn a cue's pattern into a plain regular expression.

    Examples
    --------
    >>> expand("X ~2 wins")
    "X(?:'s)?[^\\\\w\\\\s]{0,2} (?:(?!th[ae]n\\\\b|but\\\\b|too (?:many|much)\\\\b)[^\\\\sXYB]+ ){0,2}wins"
    """
    pattern = re.sub(r"\s*\n\s*", "", pattern)
    pattern = re.sub(r"<(\w+)>", lambda name: _spell_list(load_words()[name[1]]), pattern)
    return re.sub(r" ~(\d+) ", lambda gap: f"{GAP}{{0,{gap[1]}}}", pattern)


def _spell_list(words):
    longest_first = sorted((re.escape(word).replace(r"\ ", " ") for word in words), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)(?!'t)"


def find_needs(pattern):
    """Find what every match of a pattern has: one of some words, as few and rare as can be, and some placeholders.

    A star stands where a word may go on. The parsed pattern is followed from left to right; `ways` holds, for each way
    to spell the word at hand, the words and placeholders that were passed for certain.

    Examples
    --------
    >>> anchors, needs = find_needs(r"X (?:wins?|won)\\b|\\bprefer\\w+ X")
    >>> sorted(anchors), needs
    (['prefer*', 'win', 'wins', 'won'], 'X')
    """
    ways = _end(_follow(sre.parse(pattern), {"*": (frozenset([""]), frozenset())}), "*")
    anchors, needs = ways["*"]
    return frozenset([""]) if "" in anchors else anchors, "".join(letter for letter in "XYB" if letter in needs)


def _follow(tree, ways):
    for kind, value in tree:
        match kind:
            case sre.LITERAL:
                ways = _add(ways, chr(value))
            case sre.IN:
                ways = _merge(way for char in _list_chars(value) for way in _add(ways, char).items())
            case sre.BRANCH:
                ways = _keep_rarer(ways, _merge(way for branch in value[1] for way in _follow(branch, ways).items()))
            case sre.SUBPATTERN:
                ways = _follow(value[-1], ways)
            case sre.MAX_REPEAT | sre.MIN_REPEAT:
                ways = _repeat(ways, *value)
            case sre.ASSERT | sre.ASSERT_NOT:
                ways = _end(ways) if kind is sre.ASSERT_NOT and value[1].data == EDGE else ways
            case sre.AT if value is not sre.AT_NON_BOUNDARY:
                ways = _end(ways)
            case _:
                ways = _end(ways, "*")
    return ways


def _list_chars(items):
    """List what a class of characters stands for: the characters, a blank for all signs, a star for unknown ones."""
    if items[0][0] is sre.NEGATE:
        return [" " if (sre.CATEGORY, sre.CATEGORY_WORD) in items else "*"]
    signs = (sre.CATEGORY_NOT_WORD, sre.CATEGORY_SPACE)
    return [chr(value) if kind is sre.LITERAL else " " if value in signs else "*" for kind, value in items]


def _add(ways, char):
    """Go on by one character, or by an unknown one (a star)."""
    if char in "XYB*":
        return {"*": (anchors, needs | frozenset(char.strip("*"))) for anchors, needs in _end(ways, "*").values()}
    if char.isalnum():
        return {word + char: passed for word, passed in ways.items()}
    ways = _end(ways)
    return _end({char: ways[""]}) if TOKEN.match(char) else ways


def _end(ways, star=""):
    """End the word at hand, with a star if it may go on: it is needed if it is rarer than the words before it."""
    ended = []
    for word, (anchors, needs) in ways.items():
        certain = frozenset([word + star if word.strip("*") else ""])
        ended.append((star, (min(anchors, certain, key=_price), needs)))
    return _keep_rarer(ways, _merge(ended))


def _keep_rarer(before, after):
    """Go back to the words that were needed before, where the alternatives since then need more or commoner ones."""
    needed = frozenset().union(*(anchors for anchors, _ in before.values()))
    return {word: (min(needed, anchors, key=_price), needs) for word, (anchors, needs) in after.items()}


def _repeat(ways, low, high, body):
    rounds = [ways]
    while len(rounds) <= min(high, 2):
        further = _follow(body, rounds[-1])
        if further == rounds[-1]:
            break
        rounds.append(further)
    else:
        if high > 2:
            rounds.append(_end(rounds[-1], "*"))
    return _keep_rarer(ways, _merge(way for after in rounds[low:] or rounds[-1:] for way in after.items()))


def _merge(ways):
    """Join ways that spell the same word: a match may have gone any of them."""
    found = {}
    for word, passed in ways:
        found.setdefault(word, []).append(passed)
    for word, passed in found.items():
        anchors, needs = zip(*passed)
        found[word] = frozenset().union(*anchors), frozenset.intersection(*needs)
    return found


def _price(words):
    return sum(map(_rate_word, words))


@cache
def _rate_word(word):
    """Say how common a word is: a part of a word is worse than a word, and an uncertain word worse than any."""
    letters = len(word.strip("*"))
    if "*" in word:
        return 20 if letters > 3 else 5_000
    return (10_000, 300)[letters] if letters < 2 else 1 + 30 * load_shares().get(stem_word(word), 0)
