"""What a single line looks like: a kind of line that layouts name, a person's name, a headline, a date."""

import re
from functools import cache, lru_cache

# The standard library's parser of patterns, which has no public name.
from re import _parser as sre
from typing import NamedTuple

from ..text import IN_NAMES, goes_on
from .headlines import DEGREES, WORDS
from .layouts import DOTS, LINES, MONTH

INVISIBLE = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x2010))
)
BULLET = re.compile(r"(?:[-*•◦‣▪–—>]|\(?\d{1,3}[.)])\s")
PLAIN_WORD = re.compile(r"(?<!\S)[\"'“‘(]*[^\W\d_]{2,}[\w'’-]*(?=[\s.,;:!?)\"'”’…/]|$)")
FINISHED = re.compile(r"(?:[.!?…][\"'”’)\]]*|[)\]]|[^\x00-\x7f\w\s•·◦‣▪–—“‘«¿¡])$")
# What only a sentence has. A point before a bar, a bracket or "at" is an abbreviation's.
PROSE_MARK = re.compile(r"[.?!…;]\s+(?![|@(\-–—&/]|at\b)|:\s|[.?:;,…]$|\.\.\.")
INITIAL, SHORTENED = (
    re.compile(rf"(?<![^\W_])(?:[^\W\d_]|{DEGREES}{more})$", re.IGNORECASE) for more in ("", f"|{IN_NAMES}")
)
JOINED = re.compile(r" at | \| | @ ?\S")
ROLE, FIELD = (
    re.compile(rf"\b(?:{'|'.join(sorted(words))}){plural}\b", re.IGNORECASE)
    for words, plural in ((WORDS["roles"] | WORDS["heads"], "s?"), (WORDS["fields"], ""))
)
SEPARATORS = str.maketrans("/&|,()", "      ")


def bare(line):
    """The line without the blanks and zero-width characters around it."""
    return line.strip(INVISIBLE)


# ---- kinds of lines


class Edges(NamedTuple):
    """What all lines that a pattern fits begin with and end in, and how long they may be."""

    starts: frozenset
    ends: frozenset
    longest: int


class _Any(frozenset):
    def __contains__(self, character):
        return True


@cache
def find_edges(pattern):
    """The edges of a pattern, read from the pattern itself: they tell most other lines without it.

    >>> edges = find_edges(re.compile("Top (?:Mentors|Views?)"))
    >>> "T" in edges.starts, "M" in edges.starts, "w" in edges.ends, edges.longest
    (True, False, True, 11)
    """
    parsed = sre.parse(pattern.pattern, pattern.flags)
    edges = [{None} if pattern.flags & re.IGNORECASE else _list_edge(parsed, step) for step in (1, -1)]
    return Edges(*(_Any() if None in edge else frozenset(edge) for edge in edges), parsed.getwidth()[1])


def _list_edge(parsed, step):
    """The characters that a match may begin with (step 1) or end in (step -1); None stands for any."""
    edge = set()
    for at in range(len(parsed))[::step]:
        kind, value = parsed[at]
        if kind is sre.LITERAL:
            edge.add(chr(value))
        elif kind is sre.IN:
            edge.update(*map(_list_class, value))
        elif kind in (sre.BRANCH, sre.MAX_REPEAT, sre.MIN_REPEAT) or kind is sre.SUBPATTERN and not value[1]:
            edge.update(*(_list_edge(part, step) for part in (value[1] if kind is sre.BRANCH else value[-1:])))
        elif kind not in (sre.AT, sre.ASSERT, sre.ASSERT_NOT, sre.FAILURE):
            edge.add(None)
        if parsed[at : at + 1].getwidth()[0]:
            break
    return edge


def _list_class(item):
    kind, value = item
    if kind is sre.RANGE:
        return map(chr, range(value[0], value[1] + 1))
    return () if value is sre.CATEGORY_SPACE else [chr(value) if kind is sre.LITERAL else None]


@cache
def join_kinds(*kinds):
    """One pattern for lines of any of these kinds."""
    return re.compile("|".join(re.sub(r"\?P<\w+>", "?:", LINES[kind].pattern) for kind in kinds) or "(?!)")


ANY_KIND = join_kinds(*LINES)

# What ends a text that is cut off; and what ends a headline: a day or, only after a bullet, an age (5y).
MORE, READ_MORE = (LINES[kind].pattern.removeprefix(DOTS) for kind in ("more", "read more"))
MARK = re.compile(rf"{DOTS}(?:(?P<more>{MORE})|{READ_MORE})$")
DAY = re.compile(rf"(?P<date>{MONTH} [0-9]{{1,2}}(?:, [0-9]{{4}})?)$")
AGE = re.compile(r"[•·]\s?(?P<date>[0-9]{1,3}\s?(?:yr?|mo?|w|d|h))$")
MARKS, DAYS, AGES = map(find_edges, (MARK, DAY, AGE))
DATE_ENDS = DAYS.ends | AGES.ends


def find_lines(pattern, lines):
    """Indexes of the lines at the page's margin that a pattern fits."""
    starts = find_edges(pattern).starts
    return [i for i, line in enumerate(lines) if line[:1] in starts and pattern.fullmatch(bare(line))]


@lru_cache(1 << 14)
def read_counter(line, tail):
    """Which counter of a layout's tail a bare line is, and the numbers in it."""
    for kind in tail.split(" / "):
        if kind in LINES and (found := LINES[kind].fullmatch(line)):
            return kind, {field: to_count(number) for field, number in found.groupdict().items() if number}
    return None


def to_count(written):
    """The number that a page writes as 1,482 or 1.5k.

    >>> to_count("1,482"), to_count("1.5k"), to_count("12045")
    (1482, 1500, 12045)
    """
    digits = written.replace(",", "").replace(".", "")
    if digits.isdecimal():
        return int(digits) if len(digits) < 16 else None
    number = re.fullmatch(r"(\d{1,9}(?:[.,]\d{1,3})?)([kKmM])", written)
    return number and round(float(number[1].replace(",", ".")) * {"k": 1_000, "m": 1_000_000}[number[2].lower()])


def find_mark(text):
    """The "...more" or "...Read More" that ends a text."""
    return MARK.search(text, max(0, len(text) - MARKS.longest)) if text[-1:] in MARKS.ends else None


def find_date(line):
    """The date at the end of a line."""
    last = line[-1:]
    if last in DAYS.ends:
        return DAY.search(line, max(0, len(line) - DAYS.longest))
    return AGE.search(line, max(0, len(line) - AGES.longest)) if last in AGES.ends else None


# ---- names, headlines and sentences


def reads_finished(text):
    """Whether a text that stops here reads as if nothing were missing."""
    return bool(FINISHED.search(text[-3:]))


def has_sentence_end(line):
    """Whether a sentence or the like ends in a line or with it; titles and names are full of abbreviations."""
    for found in PROSE_MARK.finditer(line):
        point = found.start()
        if found[0][0] != "." or found[0] == "...":
            return True
        if not goes_on(line, point) and not SHORTENED.search(line[max(0, point - 9) : point]):
            return True
    return False


@lru_cache(1 << 14)
def may_be_name(line):
    """Whether a line may be a person's name, where the layout says that one must stand here."""
    if not line or len(line) > 80 or line.count(" ") > 9 or line[-1] in "!?:;,…":
        return False
    if line[-1] == "." and not goes_on(line, len(line) - 1) and not INITIAL.search(line[-10:-1]):
        return False
    return not BULLET.match(line) and not ANY_KIND.fullmatch(line) and any(map(str.isalpha, line))


def may_be_headline(line):
    """Whether a line reads as title and company rather than as a sentence or a list item."""
    if not line or len(line) > 200 or BULLET.match(line) or has_sentence_end(line):
        return False
    words = line.translate(SEPARATORS).split()
    return len(words) < 25 and WORDS["prose"].isdisjoint(words) and not line.startswith(("I ", "I'", "I’"))


@lru_cache(1 << 14)
def weigh_headline(line):
    """What speaks for a line being a headline: (a role, "… at …", a field of work); None if it reads as a sentence."""
    if not may_be_headline(line):
        return None
    return bool(ROLE.search(line)), bool(JOINED.search(line)), bool(FIELD.search(line))


def split_date(line):
    """A headline's text, its date and how the two are joined: "~", "•" or " "; None without a date."""
    found = len(line) <= 250 and find_date(line)
    if not found:
        return None
    date, before = found["date"], line[: found.start("date")]
    headline = before.rstrip()
    if headline[-1:] in ("•", "·"):
        headline = headline[:-1].rstrip()
        return (headline, date, "•") if headline else None
    if headline == before:
        return headline, date, "~"
    if not any(weigh_headline(headline) or ()) or headline.split()[-1] in WORDS["links"]:
        return None
    return headline, date, " "
