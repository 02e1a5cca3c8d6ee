"""The ways a Q&A page comes out of a browser, as data; `pages.py` reads a page by them."""

import re
from typing import NamedTuple

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
COUNT = r"\d[\d,.]*[kKmM]?"

# Lines that mean the same wherever they stand. `(?P<field>…)` is what the reader takes from them.
LINES = {kind: re.compile(pattern) for kind, pattern in {
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
    "numbered": r"\d{1,4}\.\s+(?P<question>\S.*)",
    "views": rf"(?P<views>{COUNT})\s+Views?",
    "requests": rf"(?P<requests>{COUNT})\s+[Rr]equests?",
    "read more": rf"(?:\.\.\.|…)\s?Read More\s*(?:(?P<views>{COUNT})\s+Views?)?",
    "more": r"(?:\.\.\.|…)\s?more",
    "dots": r"\.\.\.|…",
    "closing": r"Upcoming AMAs|Top (?:\S+ ){1,5}Mentors|Become a [Mm]entor",
}.items()}

# The date at the end of a headline: glued on, after a blank, or after a bullet (only there also as an age: 5y).
DATE = re.compile(
    rf"(?P<gap>\s*[•·]\s*|\s*)(?P<date>{MONTH} \d{{1,2}}(?:, \d{{4}})?|(?<=[•·]\s)\d{{1,3}}\s?(?:y|yr|mo|m|w|d|h))$")


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
    """

    code: str
    opening: str
    head: str
    tail: str = ""


AMA = "… / ama / ama date? / view ama?"
COUNTERS = "read more / views / requests"
NUMBERED = "numbered? / ·"

LAYOUTS = tuple(Layout(*row) for row in (
    #      the page opens with                         an answer begins with                     and ends with
    ("A",  "… / related",                              "name / headline",                        "more"),
    ("A",  "",                                         "name / headline",                        "more"),
    ("A2", "… / related",                              "name / headline",                        "whole first / more"),
    ("A3", "… / related",                              "name / headline~date"),
    ("A4", "… / related",                              "name / headline date"),
    ("B",  "… / question page? / question / notes?",   "name / headline~date",                   "views"),
    ("B2", "… / question page? / question / notes?",   "name / name / headline~date",            "views"),
    ("C",  "quick search? / question",                 "line"),
    ("C0", "",                                         "line"),
    ("D",  AMA,                                        "name / headline • date",                 COUNTERS),
    ("D2", AMA,                                        "headline • date",                        COUNTERS),
    ("D3", AMA,                                        "",                                       COUNTERS),
    ("D4", "question / notes?",                        "headline • date",                        COUNTERS),
    ("D4", "question",                                 "",                                       COUNTERS),
    ("D5", f"{AMA} / question / notes?",               "headline • date",                        COUNTERS),
    ("D6", f"{AMA} / … / top questions",               "name / name / headline~date",            COUNTERS),
    ("E",  AMA,                                        f"{NUMBERED} / name / name / · / headline • date", COUNTERS),
    ("F",  "… / feed?",                                "name / headline ± date",                 COUNTERS),
    ("I",  "host / · / host / … / content",            "host / headline",                        "more"),
    ("I2", "host / · / host Share / … / content",      "host / host / headline~date",            "dots"),
))
