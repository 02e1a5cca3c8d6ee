"""From a file to a table: what is in it, what is said about it, and what happens to files that are no page."""

import io
from pathlib import Path

import pandas as pd
import pytest

from pmm_analysis.errors import ThreadError, ThreadWarning
from pmm_analysis.tables import ANSWERS
from pmm_analysis.threads.load import check_thread, load_thread, load_threads, thread_slug

REAL = Path(__file__).parent / "threads" / "hard_vs_soft_skills.txt"


@pytest.fixture(scope="module")
def real():
    return load_thread(REAL)


def test_real_thread_has_twelve_answers_of_seven_experts(real):
    assert len(real) == 12
    assert real["expert"].nunique() == 7
    assert real.attrs["declared_answers"] == 13
    assert real["truncated"].tolist() == [True] * 3 + [False] * 3 + [True] + [False] * 3 + [True, False]


def test_real_thread_raises_no_warning(recwarn):
    load_thread(REAL)
    assert not recwarn.list


def test_columns_have_the_promised_types(real):
    assert {name: str(dtype) for name, dtype in real.dtypes.items()} == {
        name: "Int64" if kind == "Int64" else kind for name, kind in ANSWERS.items()
    }


def test_attrs_say_where_the_table_comes_from(real):
    assert real.attrs["thread"] == "hard_vs_soft_skills"
    assert real.attrs["source"] == "hard_vs_soft_skills.txt"
    assert real.attrs["layout"] == "A"
    assert real.attrs["question"] is None
    assert real.attrs["furniture"] == [(1, "All related (13)")]
    assert len(real.attrs["sha256"]) == 64


def test_headlines_are_split_where_they_are_clear(real):
    first = real.drop_duplicates("expert").set_index("expert")
    assert first.loc["Eric Chang", ["title", "company"]].tolist() == ["Director, Product Marketing", "1Password"]
    assert first.loc["Ryane Bohm", "formerly"] == "Salesforce, GE"
    assert pd.isna(first.loc["Abdul Rastagar", "company"])
    assert first.loc["Liz Tassey", "pronouns"] == "she/her"


def test_text_in_memory_reads_like_the_file(real):
    again = load_thread(io.StringIO(REAL.read_text(encoding="utf-8")), thread="hard_vs_soft_skills")
    pd.testing.assert_frame_equal(again, real)


def test_bare_name_is_found_in_the_projects_data_from_every_folder(tmp_path, monkeypatch, real):
    monkeypatch.chdir(tmp_path)
    pd.testing.assert_frame_equal(load_thread("hard_vs_soft_skills.txt"), real)


def test_many_threads_make_one_table():
    folder = REAL.parent
    table = load_threads([folder / "softhard_pm.txt", folder / "softhard_sales.txt"])
    assert table["thread"].value_counts().to_dict() == {"softhard_pm": 12, "softhard_sales": 11}


@pytest.mark.parametrize(
    "name, slug",
    [
        ("hard_vs_soft_skills", "hard_vs_soft_skills"),
        ("../../x", "x"),
        ("con", "thread_con"),
        ("COM1", "thread_com1"),
        ("é", "e"),
        ("", "thread"),
        ("..", "thread"),
        ("My page (2)", "my_page_2"),
        ("a\0b", "a_b"),
    ],
)
def test_slug_is_a_safe_folder_name(name, slug):
    assert thread_slug(name) == slug


def test_long_and_foreign_names_stay_apart():
    assert len(thread_slug("a" * 300)) <= 80
    assert thread_slug("a" * 300) != thread_slug("a" * 301)
    assert thread_slug("日本") != thread_slug("中国")


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", "empty"),
        (b"\n \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xef\xbb\xbf\n\xe2\x80\x8b\n", "empty"),
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 40, "binary"),
        (b"All related (0)\n", "line 1: a page begins here, but no answer"),
        (b"zq7 %% 8-8\n" * 30, "no known page layout"),
        (b"Question Page\n\nWhat now?\n", "line 1: a page begins here, but no answer"),
    ],
)
def test_what_is_no_page_is_one_clear_error(tmp_path, content, reason):
    file = tmp_path / "page.txt"
    file.write_bytes(content)
    with pytest.raises(ThreadError, match=f"page.txt.*{reason}.*To fix it"):
        load_thread(file)


def test_missing_file_and_folder_are_clear_errors(tmp_path):
    with pytest.raises(ThreadError, match="no such file"):
        load_thread(tmp_path / "nothing.txt")
    with pytest.raises(ThreadError, match="folder"):
        load_thread(tmp_path)


def test_page_cut_in_a_headline_keeps_the_name_and_warns_with_the_line():
    with pytest.warns(ThreadWarning, match="line 33: the page stops in the name or headline"):
        answers = load_thread(REAL.parent.parent / "layouts" / "B_cut_in_headline.txt")
    assert answers["text"].isna().tolist() == [False, False, False, True]


def test_page_without_names_says_so():
    with pytest.warns(ThreadWarning, match="cannot be told apart"):
        load_thread(REAL.parent / "softhard_nameless.txt")


def test_check_shows_how_the_real_page_was_read():
    text, safe = check_thread(REAL)
    lines = text.splitlines()
    assert safe and lines[-1] == "Safe to go on."
    assert lines[0].startswith("hard_vs_soft_skills.txt: layout A, 12 answers by 7 experts (the page says 13), 5 cut")
    assert lines[1] == "  lines 2-4: 1. Marcus Andrews, Director of Product Marketing at Pendo.io: 105 words, cut off"
    assert lines[-3:-1] == ["in no answer:", "  line 1: All related (13)"]


@pytest.mark.parametrize(
    "page, reason",
    [
        ("layouts/B_cut_in_headline.txt", "line 33: the page stops"),
        ("layouts/C.txt", "cannot be told apart"),
        ("layouts/nothing.txt", "no such file"),
    ],
)
def test_check_says_when_a_person_must_look_first(page, reason):
    text, safe = check_thread(REAL.parent.parent / page)
    assert reason in text and not safe and "Not safe to go on" in text.splitlines()[-1]


def test_check_of_a_page_without_names_but_with_single_answers_is_safe():
    text, safe = check_thread(REAL.parent.parent / "layouts" / "D2.txt")
    assert safe and "note: this page has no names: answers can be counted, experts cannot" in text
