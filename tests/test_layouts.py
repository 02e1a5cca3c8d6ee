"""Every page layout is read exactly as its gold says."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_analysis.threads.layouts import LAYOUTS, LINES
from pmm_analysis.threads.lines import bare, find_date, find_edges, find_lines, find_mark
from pmm_analysis.threads.load import load_thread

HERE = Path(__file__).parent
LAYOUT_PAGES = sorted(HERE.glob("layouts/*.txt"))
THREADS = sorted(HERE.glob("threads/*.txt"))
NAMELESS = {"C", "C0"}


EXAMPLES = {
    "related": ["All related (13)", "All related (1,204)"],
    "count": ["9 Answers", "1 Answer"],
    "question page": ["Question Page"],
    "quick search": ["Quick search for:"],
    "ama": ["AMA: Larkspur Director of Design, Noa Bright on Careers"],
    "ama date": ["March 4 @ 10:00AM PST", "March 4, 2021 @ 10:00AM PT"],
    "view ama": ["View AMA Answers"],
    "top questions": ["Top Questions"],
    "feed": ["Get answers from design leaders"],
    "content": ["Content"],
    "numbered": ["1. What next?", "12.  Why?"],
    "views": ["1,482 Views", "1 View", "1.5k Views"],
    "requests": ["2 requests", "1 Request"],
    "read more": ["...Read More", "... Read More", "…Read More12 Views", "...Read More 1,482 Views"],
    "more": ["...more", "…more", "... more"],
    "dots": ["...", "…"],
    "closing": ["Upcoming AMAs", "Top Product Marketing Mentors", "Become a mentor", "Become a Mentor"],
}


def gold_of(page):
    return json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


def missing_as_none(answers):
    return answers.astype(object).where(answers.notna(), None).to_dict("records")


def expected_fields(answer):
    fields = {key: answer.get(key) for key in ("expert", "headline", "date", "views", "requests", "truncated")}
    name, bracket, pronouns = (answer["expert"] or "").partition(" (")
    if bracket:
        fields["expert"], fields["pronouns"] = name, pronouns.rstrip(")")
    return fields


@pytest.mark.filterwarnings("ignore::pmm_analysis.errors.ThreadWarning")
@pytest.mark.parametrize("page", LAYOUT_PAGES, ids=lambda page: page.stem)
def test_layout_is_read_as_its_gold_says(page):
    gold, answers = gold_of(page), load_thread(page)
    code = gold["grammar"].split()[0].strip(",")
    assert answers.attrs["layout"] == code
    assert answers.attrs["question"] == gold["question"]
    assert answers.attrs["declared_answers"] == gold["declared_count"]
    if code in NAMELESS:
        assert len(answers) == sum(answer["n_paragraphs"] for answer in gold["answers"])
        assert answers["expert"].isna().all()
        return
    read = missing_as_none(answers)
    assert len(read) == len(gold["answers"])
    for row, answer in zip(read, gold["answers"], strict=True):
        expected = expected_fields(answer)
        assert {key: row[key] for key in expected} == expected
        assert (row["text"] or "").startswith(answer["first_words"] or "")
        assert (row["text"] or "").endswith(answer["last_words"] or "")


@pytest.mark.filterwarnings("ignore::pmm_analysis.errors.ThreadWarning")
@pytest.mark.parametrize("page", THREADS, ids=lambda page: page.stem)
def test_thread_is_read_as_its_gold_says(page):
    gold, answers = gold_of(page), load_thread(page)
    assert answers.attrs["layout"] == gold["layout"]
    assert answers.attrs["question"] == gold["question"]
    assert answers.attrs["declared_answers"] == gold["declared_answers"]
    if gold.get("nameless"):
        assert len(answers) == gold["n_paragraphs"]
        return
    read = missing_as_none(answers)
    assert len(read) == len(gold["answers"])
    for row, answer in zip(read, gold["answers"], strict=True):
        expected = expected_fields(answer) | {"text": answer["text"] or None}
        expected |= {"question": answer.get("question", gold["question"])}
        expected |= {"pronouns": answer["pronouns"]} if "pronouns" in answer else {}
        assert {key: row[key] for key in expected} == expected


def test_every_kind_of_line_in_the_table_is_known():
    own = {
        "name",
        "host",
        "host Share",
        "question",
        "notes",
        "line",
        "whole first",
        "…",
        "·",
        "headline",
        "headline~date",
        "headline • date",
        "headline date",
        "headline ± date",
    }
    used = {kind.rstrip("?") for layout in LAYOUTS for kind in layout.kinds}
    assert used <= own | set(LINES)


@pytest.mark.parametrize("kind", LINES)
def test_every_kind_of_line_is_found_among_others(kind):
    page = ["Ada Byron", "", *EXAMPLES[kind], "", "It depends on what the team lacks."]
    assert find_lines(LINES[kind], page) == [*range(2, 2 + len(EXAMPLES[kind]))]


@pytest.mark.parametrize("kind", LINES)
@given(data=st.data())
def test_no_line_of_a_kind_is_lost_to_the_filters_that_follow_from_its_pattern(kind, data):
    line = bare(data.draw(st.from_regex(LINES[kind], fullmatch=True)))
    if LINES[kind].fullmatch(line):
        starts, ends, longest = find_edges(LINES[kind])
        assert line[0] in starts and line[-1] in ends and len(line) <= longest


def test_a_kind_of_line_with_a_fixed_beginning_rules_out_most_lines():
    closed = {kind for kind, pattern in LINES.items() if "~" not in find_edges(pattern).starts}
    assert closed == set(LINES) - {"count", "numbered", "views", "requests"}  # these begin with a figure of any script


@pytest.mark.parametrize(
    "pattern, first, last",
    [
        ("a?b|c+", "abc", "bc"),
        (r"[x-z]\s*", "xyz", "xyz"),
        (r"(?P<n>ab)?$", "a", "b"),
        ("(?i:a)b", None, "b"),
        (".a", None, "a"),
    ],
)
def test_edges_are_read_from_the_pattern(pattern, first, last):
    edges = find_edges(re.compile(pattern))
    assert [edges.starts == set(first) if first else "~" in edges.starts, edges.ends == set(last)] == [True, True]


def test_a_footer_is_found_as_soon_as_the_pattern_names_it():
    closing = re.compile(LINES["closing"].pattern + "|Recommended reading")
    assert find_lines(closing, ["Tools can be learned.", "Recommended reading", "Join us."]) == [1]


@pytest.mark.parametrize("mark", EXAMPLES["more"] + EXAMPLES["read more"])
def test_a_mark_ends_a_text(mark):
    assert find_mark(f"It hinges on wh{mark}").start() == len("It hinges on wh")


@pytest.mark.parametrize(
    "line, date",
    [
        ("DirectorSeptember 30, 2021", "September 30, 2021"),
        ("Director • March 4", "March 4"),
        ("Director • 5y", "5y"),
        ("Director ·10 mo", "10 mo"),
    ],
)
def test_a_date_ends_a_headline_an_age_only_after_a_bullet(line, date):
    assert find_date(line)["date"] == date
    assert find_date("Director 5y") is find_date("Director of March") is None
