"""Properties of the reader: what is rendered is read back, and no line is lost whatever the text is."""

import io
import re
import time
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rendering import LAYOUTS, QUESTION, Known

from pmm_analysis.errors import ThreadError, ThreadWarning
from pmm_analysis.threads.layouts import OPENINGS
from pmm_analysis.threads.lines import bare
from pmm_analysis.threads.load import load_thread, read_thread
from pmm_analysis.threads.pages import read_page
from pmm_analysis.threads.sources import split_text

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NAMES = (
    "Wren",
    "Priyanka Rao",
    "Rui Tanaka-Bell, MBA",
    "Imani Castellanos (she/her)",
    'Joel "Jo" Prakash',
    "Björk",
    "李小龙",
    "Ambrose T. Kettering",
    "Declan O'Neill",
    "Aisling Ní Dhomhnaill",
    "Bernadette St. Clair-Njoroge",
    "danah boyd",
    "Юлия Иванова",
    "Sammy Fox Jr.",
    "Max Power, Ph.D.",
    "Grace Price",
    "April May",
    "Ed Head",
    "MARIA LOPEZ",
    "Ngũgĩ wa Thiong'o",
    "J. R. R. Holt",
    "Nikhil (Nik) Rao",
)
TITLES = (
    "Director of Product Marketing",
    "Sr. PMM, Growth / Lifecycle",
    "VP, Product & Operations (Retail)",
    "Founder",
    "Group Product Manager - Payments",
    "Chief of Staff to the CMO",
    "Staff Engineer",
    "UX Researcher",
    "Attorney",
    "Product manager, search",
    "Head of Growth (fmr Ochre)",
    "HR Business Partner",
)
COMPANIES = (
    "Larkspur",
    "Brightwell.io",
    "Tallow & Finch",
    "Harrowgate Health",
    "1Password",
    "eBay",
    "Yahoo!",
    "Foo, Inc.",
    "St. Mary's Hospital",
    "the LEGO Group",
    "Etsy, Depop",
)
PARAGRAPHS = (
    "Give me the listener.",
    "The Charmer\nCustomers adored her. Her forecasts were fiction.",
    "Hard Skills",
    'Me: "I have no idea."',
    "  • Ask who owns it.\n  • Ask what happened.",
    "  1. Read\n      ◦ Twice",
    "It depends, honestly, and I would not rank them at all",
    "We launched it on March 4",
    "$5 to $10 <b>each</b>",
    "Growth Mindset\nCustomer Empathy\nData Fluency",
    "soft. you can google the rest 🙂",
    "Both",
    "“Curly” quotes\xa0and  double  spaces stay.",
    "=SUM(A1)",
    "My laptop...",
    "1,000 people saw 3 requests",
)

PEOPLE = st.builds(
    Known,
    name=st.sampled_from(NAMES),
    title=st.sampled_from(TITLES),
    company=st.sampled_from(COMPANIES),
    former=st.sampled_from(("", "", "Quill, Mistral Foods", "Ochre")),
    date=st.builds("{} {}".format, st.sampled_from(MONTHS), st.integers(1, 28)),
    age=st.sampled_from(("3y", "10mo", "2w")),
    views=st.integers(0, 99_999),
    requests=st.integers(1, 12),
    text=st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4).map(
        lambda parts: "\n\n".join([*parts, "That is it."])
    ),
    keep=st.integers(10, 200),
)
PIECES = (
    "All related (3)",
    "Question Page",
    QUESTION,
    "9 Answers",
    "View AMA Answers",
    "AMA: Noa Bright on Careers",
    "March 4 @ 10:00AM PST",
    "Top Questions",
    "Content",
    "Dana Okafor",
    "Dana OkaforShare",
    "Director at Larkspur",
    "Larkspur Director • 3y",
    "Larkspur DirectorMarch 4",
    "1482 Views",
    "2 requests",
    "...Read More",
    "Upcoming AMAs",
    "A flat paragraph that stops in the mid...more",
    "  1. What next?",
    "...",
    "",
    "",
    "\u200b",
    "A sentence of prose.",
)


def read(lines):
    return read_page(split_text("\n".join(lines)))


def find_lost(lines, page):
    """Non-blank lines that are neither furniture nor a visible part of the question or of an answer."""
    furniture = {number for number, _ in page.furniture}
    owner = {n: answer for answer in page.answers for n in range(answer.first, answer.last + 1)}
    lost = []
    for number, line in enumerate(map(bare, lines), 1):
        if not line or number in furniture or line == page.question:
            continue
        answer = owner.get(number)
        parts = [part for part in answer[2:9] if isinstance(part, str)] if answer else []
        plain = re.sub(r"\s*(\.\.\.|…)\s?(more|Read More.*)?$", "", line)
        if not any(plain in part or part in line and part != answer.text for part in parts):
            lost.append((number, line))
    return lost


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(LAYOUTS)), st.lists(PEOPLE, min_size=2, max_size=6))
def test_what_is_rendered_is_read_back(layout, answers):
    lines, expected = LAYOUTS[layout](answers)
    page = read(lines)
    assert page.layout.code == layout.split()[0].strip(",") or {page.layout.code, layout} == {"A", "A2"}
    found = [{**answer._asdict(), "question": answer.question or page.question} for answer in page.answers]
    # In E a cut that falls on the end of a sentence cannot be told from a whole answer.
    for row, known in zip(found, expected, strict=True):
        if layout == "E" and known["text"].endswith((".", '."', ")", "🙂")):
            row["truncated"] = known["truncated"]
        assert {key: row[key] for key in known} == known
    assert not find_lost(lines, page)


def test_only_the_mark_itself_is_taken_off_a_cut_answer():
    lines, _ = LAYOUTS["I2"]([Known("Ada Cole", "Founder", "Ochre", "", "May 2", "3y", 7, 1, "People first.", 40)])
    page = read([*lines[:-1], "People first...…"])
    assert (page.answers[0].text, page.answers[0].truncated) == ("People first...", True)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(set(LAYOUTS) - {"I", "I2"})), st.lists(PEOPLE, min_size=3, max_size=3), st.data())
def test_a_page_cut_anywhere_keeps_the_answers_above_the_cut(layout, answers, data):
    lines, expected = LAYOUTS[layout](answers)
    second = read(lines).answers[1].last
    kept = data.draw(st.integers(second, len(lines) - 1))
    page = read([*lines[:kept], lines[kept][: data.draw(st.integers(0, len(lines[kept])))]])
    assert page.answers[0].text == expected[0]["text"] and page.answers[0].expert == expected[0]["expert"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=30).map("\n".join) | st.text())
def test_any_text_is_a_table_without_lost_lines_or_one_clear_error(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ThreadWarning)
        try:
            answers, page = read_thread(io.StringIO(text))
        except ThreadError as error:
            assert "To fix it" in str(error)
            return
    assert len(answers) and not find_lost(split_text(text), page)
    assert answers.attrs["furniture"] == sorted(page.furniture)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_one_clear_error(tmp_path_factory, raw):
    file = tmp_path_factory.getbasetemp() / "noise.txt"
    file.write_bytes(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ThreadWarning)
        try:
            assert len(load_thread(file))
        except ThreadError as error:
            assert "To fix it" in str(error)


@pytest.mark.parametrize("kind", OPENINGS)
def test_two_pages_in_one_file_are_an_error_with_the_line(kind):
    lines, _ = LAYOUTS["B"]([Known("Ada Cole", "Founder", "Ochre", "", "May 2", "3y", 7, 1, "People first.", 40)])
    opening = {
        "related": "All related (4)",
        "question page": "Question Page",
        "view ama": "View AMA Answers",
        "feed": "Get answers from design leaders",
    }[kind]
    with pytest.raises(ThreadError, match=f"line {len(lines) + 1}: a second page begins here"):
        load_thread(io.StringIO("\n".join([*lines, opening, *lines[1:]])))


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 1_000_000,
        "word " * 400_000,
        "\n".join(["All related (9)", *["Ada Cole", "Founder at Ochre"] * 50_000]),
        "All related (9)\n" + "Ada Cole\n" * 100_000,
        "Question Page\n\nWhy?\n\n" + "Ada Cole\n" * 100_000,
        "A" * 2_000_000,
        "All related (1)\nAda Cole\nFounder at Ochre\n" + "." * 1_000_000 + "...more",
        "(((((" * 100_000,
        " at " * 200_000,
        "1" * 1_000_000,
        ("\n" * 20 + "Ada Cole\nFounder at Ochre\n") * 20_000,
    ],
    ids=[
        "blank lines",
        "one long line",
        "names and headlines",
        "names",
        "names on a question page",
        "one long word",
        "dots",
        "brackets",
        "at",
        "digits",
        "blank lines between",
    ],
)
def test_hostile_sizes_are_read_in_linear_time(text):
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ThreadWarning)
        try:
            load_thread(io.StringIO(text))
        except ThreadError:
            pass
    assert time.process_time() - start < 8
