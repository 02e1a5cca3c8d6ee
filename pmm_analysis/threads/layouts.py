"""The ways a Q&A page comes out of a browser, as data, and what its single lines look like."""

import re
from functools import lru_cache
from typing import NamedTuple

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
COUNT = r"\d[\d,.]*[kKmM]?"

# Lines that mean the same wherever they stand. `(?P<field>…)` is what the reader takes from them.
LINES = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "related": rf"All related \((?P<declared>{COUNT})\)",
        "count": rf"(?P<declared>{COUNT})\s+Answers?",
        "question page": "Question Page",
        "quick search": "Quick search for:",
        "ama": "AMA: .+",
        "ama date": rf"{MONTH} \d{{1,2}}(?:, \d{{4}})? @ .+",
        "view ama": "View AMA Answers",
        "top questions": "Top Questions",
        "feed": "Get answers from .+",
        "content": "Content",
        "numbered": r"\d{1,7}\.\s+(?P<question>\S.*)",
        "views": rf"(?P<views>{COUNT})\s+Views?",
        "requests": rf"(?P<requests>{COUNT})\s+[Rr]equests?",
        "read more": rf"(?:\.\.\.|…)\s?Read More\s*(?:(?P<views>{COUNT})\s+Views?)?",
        "more": r"(?:\.\.\.|…)\s?more",
        "dots": r"\.\.\.|…",
        "closing": r"Upcoming AMAs|Top (?:\S+ ){1,5}Mentors|Become a [Mm]entor",
    }.items()
}

# Lines that only the opening of a page has, one of them on a page.
OPENINGS = ("related", "question page", "view ama", "feed")

# The date that ends a headline; an age (5y) only after a bullet.
DATE = re.compile(rf"(?:{MONTH} \d{{1,2}}(?:, \d{{4}})?|(?<=[•·\s])\d{{1,3}}\s?(?:yr?|mo?|w|d|h))$")
DATE_ENDS = frozenset("0123456789yrmowdh")
LONGEST_DATE = len("September 30, 2021")

# How lines begin or end that need a closer look: footers, counters, and "...more" with or without views.
CLOSING_STARTS = frozenset("UTB")
TAIL_ENDS = frozenset("swte.…")
MARK_ENDS = frozenset(("more", "More", "View", "iews"))
LONGEST_MARK = 40
MARKER = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", pattern.pattern) for pattern in LINES.values()))


class Layout(NamedTuple):
    """One way a page is laid out: what it opens with, what each answer begins with and what ends it.

    Each part names kinds of lines with ` / ` between them: those of `LINES`, and

    ================  ================================================================================
    ``name``          who answers; named twice in a row, the same name stands on two lines
    ``host``          whom the page is about; ``host Share`` is the same name with the button's word
    ``headline``      title and company: alone, or with ``~date`` glued on, ``• date`` after a bullet,
                      `` date`` after a blank, ``± date`` any of these
    ``question``      what the page asks; ``notes`` is whatever follows up to the first answer
    ``line``          every line is kept by itself: nothing tells the answers apart
    ``whole first``   the first answer is whole, the later ones are cut
    ``…``             anything up to the next kind
    ``·``             blank lines may stand here
    ``?``             after a kind: it may be absent
    ================  ================================================================================

    ``order`` is how a headline is written that has no `` at `` in it.
    """

    code: str
    opening: str
    head: str
    tail: str = ""
    order: str = "title at company"

    @property
    def kinds(self):
        """Every kind of line that the layout names."""
        return [kind for part in self[1:4] for kind in part.split(" / ") if kind]


AMA = "… / ama / ama date? / view ama?"
COUNTERS = "read more / views / requests"
NUMBERED = "numbered? / · / name / name / · / headline • date"
TITLE, COMPANY = "title, company", "company title"

# fmt: off
LAYOUTS = tuple(Layout(*row) for row in (
    #      the page opens with                       an answer begins with           ends with  headline
    ("A",  "… / related",                            "name / headline",              "more"),
    ("A",  "",                                       "name / headline",              "more"),
    ("A2", "… / related",                            "name / headline",              "whole first / more"),
    ("A3", "… / related",                            "name / headline~date",         "",        TITLE),
    ("A4", "… / related",                            "name / headline date"),
    ("B",  "… / question page? / question / notes?", "name / headline~date",         "views",   COMPANY),
    ("B2", "… / question page? / question / notes?", "name / name / headline~date",  "views",   COMPANY),
    ("C",  "quick search? / question",               "line"),
    ("C0", "",                                       "line"),
    ("D",  AMA,                                      "name / headline • date",       COUNTERS,  COMPANY),
    ("D2", AMA,                                      "headline • date",              COUNTERS,  COMPANY),
    ("D3", AMA,                                      "",                             COUNTERS),
    ("D4", "question / notes?",                      "headline • date",              COUNTERS,  COMPANY),
    ("D4", "question",                               "",                             COUNTERS),
    ("D5", f"{AMA} / question / notes?",             "headline • date",              COUNTERS,  COMPANY),
    ("D6", f"{AMA} / … / top questions",             "name / name / headline~date",  COUNTERS,  COMPANY),
    ("E",  AMA,                                      NUMBERED,                       COUNTERS,  COMPANY),
    ("F",  "… / feed?",                              "name / headline ± date",       COUNTERS,  COMPANY),
    ("I",  "host / · / host / … / content",          "host / headline",              "more"),
    ("I2", "host / · / host Share / … / content",    "host / host / headline~date",  "dots",    TITLE),
))
# fmt: on


class Answer(NamedTuple):
    """What a page says about one answer; `first` and `last` are its lines, counted from 1.

    The last four fields are known only where a table has a column for them.
    """

    first: int
    last: int
    question: str | None = None
    expert: str | None = None
    headline: str | None = None
    date: str | None = None
    views: int | None = None
    requests: int | None = None
    text: str | None = None
    truncated: bool = False
    title: str | None = None
    company: str | None = None
    formerly: str | None = None
    pronouns: str | None = None


class Page(NamedTuple):
    """A page as one layout reads it; `furniture` and `doubts` hold (line number, text).

    `strange` counts the lines that this layout cannot explain, `mismatches` the dates not joined as it joins them.
    """

    layout: Layout
    answers: list
    question: str | None = None
    declared: int | None = None
    furniture: list = []
    doubts: list = []
    strange: int = 0
    mismatches: int = 0


# ---- what a single line looks like

INVISIBLE = "".join(
    map(
        chr,
        [
            *range(9, 14),
            *range(28, 33),
            0x85,
            0xA0,
            *range(0x2000, 0x2010),
            0x2028,
            0x2029,
            0x202F,
            0x205F,
            0x2060,
            0x3000,
            0xFEFF,
        ],
    )
)
MARK = re.compile(r"\s*(?:\.\.\.|…)\s?(?:(?P<more>more)|Read More\s*(?:(?P<views>\d[\d,.]*[kKmM]?)\s+Views?)?)$")
BULLET = re.compile(r"(?:[-*•◦‣▪–—>]|\(?\d{1,3}[.)])\s")
SENTENCE_END = re.compile(r"(?:[.!?…][\"'”’)\]]*|[)\]]|[^\x00-\x7f\w\s•·◦‣▪–—“‘«¿¡])$")
WORD = re.compile(r"(?<!\S)[\"'“‘(]*[^\W\d_]{2,}[\w'’-]*(?=[\s.,;:!?)\"'”’…/]|$)")
NAME_END = re.compile(
    r"\b(?:Dr|St|Mrs?|Ms|Prof|Sr|[A-Z])\.(?=\s)|"
    r"\b(?:[^\W\d_]|[JS]r|Dr|Ph\.?D|M\.?D|Esq|[MB]\.?Sc|[MB]\.?A)\.$",
    re.IGNORECASE,
)
ABBREVIATION = re.compile(r"\b(?:Sr|Jr|Dr|St|Inc|Co|Corp|Ltd|Mr|Ms|Mrs|No|Assoc|Asst|Mgr|Dir|Dept|Intl|Prof|[A-Z])\.")
SMALL = frozenset(
    (
        "a an and as at by de del der di du e en et for formerly fmr from in la le of on or previously the to und via "
        "van von with y ex da dos"
    ).split()
)
PROSE = frozenset(
    (
        "you we they he she it my your our their his i is are was were be been being am have has had do does "
        "did not can will would should could may might must this that these those if when where which what "
        "who how why but because so then than there here them me us don't doesn't didn't can't won't isn't "
        "aren't it's that's i'm i've i'd you're we're they're every some any no just about get got make take "
        "go went come keep know think said say tell told ask"
    ).split()
)
SENTENCE = re.compile(r"[.?!…;]\s+(?![|@(\-–—&/]|at\b)|:\s|[.?:;,…]$|\.\.\.")
JOINED = re.compile(r" at | \| | @ ?\S")
ROLE = re.compile(
    r"\b(?:accountant|advis[eo]r|ae|agent|analyst|architect|associate|attorney|auditor|author|banker|[bs]dr|"
    r"builder|buyer|c[efhimoprt]o|chair|chief|chro|ciso|coach|co-?founder|consultant|coordinator|creator|csm|"
    r"curator|dean|designer|developer|director|doctor|economist|editor|educator|engineer|entrepreneur|"
    r"evangelist|executive|facilitator|fellow|founder|freelancer?|head|instructor|intern|investor|journalist|"
    r"lawyer|lead|leader|lecturer|librarian|manager|marketer|master|member|mentor|nurse|officer|operator|"
    r"organi[sz]er|owner|partner|pharmacist|physician|planner|pmm?|president|principal|producer|professor|"
    r"psychologist|recruiter|representative|researcher|scholar|scientist|se|secretary|[se]?vp|speaker|"
    r"specialist|storyteller|strategist|student|supervisor|teacher|technician|therapist|trainer|translator|"
    r"veteran|volunteer|writer)s?\b",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"\b(?:account|analytics|brand|content|customer|data|demand|design|engineering|finance|growth|gtm|hr|it|"
    r"legal|marketing|operations|ops|partnerships|people|product|program(?:me)?|recruiting|relations|research|"
    r"revenue|sales|security|solutions|staff|strategy|success|support|talent)\b",
    re.IGNORECASE,
)
SEPARATORS = str.maketrans("/&|,()", "      ")
PARENTHESIS = re.compile(r"\([^()]*\)")
NO_NAME = frozenset("the a my our your why how what when where which who if for to on in and or but not with".split())


def bare(line):
    """The line without the blanks and zero-width characters around it."""
    return line.strip(INVISIBLE)


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
    if text[-4:] not in MARK_ENDS:
        return None
    dots = max(text.rfind("...", -LONGEST_MARK), text.rfind("…", -LONGEST_MARK))
    return MARK.search(text, max(dots - 2, 0)) if dots >= 0 else None


@lru_cache(1 << 14)
def read_counter(line, tail):
    """Which counter of a layout's tail a line is, and the numbers in it."""
    for kind in tail.split(" / "):
        if kind in LINES and (found := LINES[kind].fullmatch(bare(line))):
            return kind, {field: to_count(number) for field, number in found.groupdict().items() if number}
    return None


@lru_cache(1 << 14)
def looks_like_name(line):
    """Whether a line may be a person's name, where the layout says that one must stand here."""
    if not line or len(line) > 80 or line.count(" ") > 9 or line[-1] in ".!?:;,…" and not NAME_END.search(line):
        return False
    return not BULLET.match(line) and not MARKER.fullmatch(line) and any(map(str.isalpha, line))


def ends_sentence(line):
    """Whether a sentence ends in or at the end of a line, abbreviations aside."""
    return SENTENCE.search(line) and SENTENCE.search(ABBREVIATION.sub("", NAME_END.sub("", line)))


def looks_like_headline(line):
    """Whether a line reads as title and company rather than as a sentence or a list item."""
    if not line or len(line) > 200 or BULLET.match(line) or ends_sentence(line):
        return False
    words = line.translate(SEPARATORS).split()
    return len(words) < 25 and PROSE.isdisjoint(words) and not line.startswith(("I ", "I'", "I’"))


@lru_cache(1 << 14)
def weigh_headline(line):
    """What speaks for a line being a headline: (a role, "… at …", a field of work); None if it reads as a sentence."""
    if not looks_like_headline(line):
        return None
    return bool(ROLE.search(line)), bool(JOINED.search(line)), bool(FIELD.search(line))


def ends_in_date(line):
    """The date at the end of a line."""
    if not line[-1:].isdigit() and "•" not in line[-9:] and "·" not in line[-9:]:
        return None
    return DATE.search(line, max(0, len(line) - LONGEST_DATE))


def split_date(line):
    """A headline's text, its date and how the two are joined: "~", "•" or " "; None without a date."""
    found = len(line) <= 250 and ends_in_date(line)
    if not found:
        return None
    before = line[: found.start()]
    headline = before.rstrip()
    style = " " if headline != before else "~"
    if headline[-1:] in ("•", "·"):
        headline, style = headline[:-1].rstrip(), "•"
    if style == "•" and not headline or style != "•" and not found[0][-1].isdigit():
        return None
    if style == " ":
        if not any(weigh_headline(headline) or ()) or headline.split()[-1] in SMALL:
            return None
    return headline, found[0], style
