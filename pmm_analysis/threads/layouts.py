"""The ways a Q&A page comes out of a browser, as data."""

import re
from typing import NamedTuple

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
COUNT = r"\d[\d,.]{0,19}[kKmM]?"
GAP = r"\s{1,9}"
DOTS = r"(?:\.\.\.|…)\s?"

# Lines that mean the same wherever they stand. `(?P<field>…)` is what the reader takes from them.
LINES = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "related": rf"All related \((?P<declared>{COUNT})\)",
        "count": rf"(?P<declared>{COUNT}){GAP}Answers?",
        "question page": "Question Page",
        "quick search": "Quick search for:",
        "ama": "AMA: .+",
        "ama date": rf"{MONTH} \d{{1,2}}(?:, \d{{4}})? @ .+",
        "view ama": "View AMA Answers",
        "top questions": "Top Questions",
        "feed": "Get answers from .{1,80}",
        "content": "Content",
        "numbered": r"\d{1,7}\.\s+(?P<question>\S.*)",
        "views": rf"(?P<views>{COUNT}){GAP}Views?",
        "requests": rf"(?P<requests>{COUNT}){GAP}[Rr]equests?",
        "read more": rf"{DOTS}Read More(?:{GAP})?(?:(?P<views>{COUNT}){GAP}Views?)?",
        "more": rf"{DOTS}more",
        "dots": r"\.\.\.|…",
        "closing": r"Upcoming AMAs|Top (?:\S+ ){1,5}Mentors|Become a [Mm]entor",
    }.items()
}

# Lines that only the opening of a page has, one of them on a page.
OPENINGS = ("related", "question page", "view ama", "feed")


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
    ``table``         a row of a table; ``answers`` a row that `export_tables` wrote
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

    The last six fields are known only where a table has a column for them.
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
    thread: str | None = None
    number: int | None = None


class Page(NamedTuple):
    """A page as one layout reads it; `furniture` and `doubts` hold (line number, text).

    `strange` counts the lines that this layout cannot explain, `mismatches` the dates not joined as it joins them;
    `second` is the index of a line that begins another page.
    """

    layout: Layout
    answers: list
    question: str | None = None
    declared: int | None = None
    furniture: list = []
    doubts: list = []
    strange: int = 0
    mismatches: int = 0
    second: int | None = None
