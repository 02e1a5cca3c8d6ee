"""Saved pages, tables and encodings: other containers, the same answers."""

import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import make_answers
from pmm_analysis import apply_coding, classify_stances, coding_sheet, export_tables
from pmm_analysis.errors import InputError, ThreadError, ThreadWarning
from pmm_analysis.stance.classify import hash_text
from pmm_analysis.threads.load import check_thread, load_thread, load_threads

THREADS = Path(__file__).parent / "threads"
PAGE = "All related (2)\nDana Okafor\nDirector at Larkspur\n\nIt isn’t one, it’s $5 to $10.\n\n  • Élan – first\n\n"
WEB_PAGE = """<!doctype html><html><head><title>Not shown</title><script>"All related (9)"</script></head><body>
<nav>Sharebird</nav><div><span>All related (2)</span></div>
<div class="card"><a href="https://example.com">Dana   Okafor</a><div>Director of Product
  Marketing at Larkspur</div><p>First <b>para</b> &amp; $5.</p><script>alert("x")</script><p>Second.</p>
<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul><ol><li>x<li>y</ol></div>
<div><a>Rui Tanaka-Bell, MBA</a><br>Group PM at Northgate<div>It hinges on wh<span>...more</span></div>
<div hidden>Not shown</div><div style="display: none">Not shown</div></div></body></html>"""


@pytest.fixture(scope="module")
def answers():
    return load_thread(THREADS / "softhard_pm.txt")


def save(answers, file):
    kind = file.suffix
    if kind == ".xlsx":
        answers.to_excel(file, index=False)
    elif kind in (".json", ".jsonl"):
        answers.to_json(file, orient="records", lines=kind == ".jsonl")
    else:
        answers.to_csv(file, index=False, sep="\t" if kind == ".tsv" else ",")


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "json", "jsonl"])
def test_a_table_that_was_saved_is_loaded_as_it_was(tmp_path, answers, ending):
    file = tmp_path / f"softhard_pm.{ending}"
    save(answers, file)
    pd.testing.assert_frame_equal(load_thread(file), answers)


@pytest.mark.filterwarnings("ignore::pmm_analysis.errors.ThreadWarning")
@pytest.mark.parametrize("page", sorted(THREADS.glob("*.txt")), ids=lambda page: page.stem)
def test_what_is_exported_is_loaded_as_it_was(tmp_path, page):
    answers = load_thread(page)
    (file,) = export_tables(tmp_path, answers=answers)
    again = load_thread(file)
    pd.testing.assert_frame_equal(again, answers)
    assert again.attrs["thread"] == page.stem and again.attrs["furniture"] == []


def test_a_label_for_an_answer_is_accepted_for_the_answer_that_was_exported_and_loaded_again(tmp_path):
    file = tmp_path / "forum.csv"
    file.write_text('expert,text\n@ben,"- soft skills matter more\n- tools can be learned"\n', encoding="utf-8")
    answers = load_thread(file)
    export_tables(tmp_path / "out", answers=answers)
    again = load_thread(tmp_path / "out" / "answers.csv")
    assert again[["thread", "expert", "text"]].values.tolist() == [
        ["forum", "@ben", "- soft skills matter more\n- tools can be learned"]
    ]
    sheet = coding_sheet(answers, "hard_vs_soft_skills").assign(label="balanced", coder="Ana")
    coded = apply_coding(classify_stances(again, "hard_vs_soft_skills"), sheet)
    assert coded[["stance", "coded_by"]].values.tolist() == [["balanced", "Ana"]]


HOSTILE = [
    "=1+1",
    " -x",
    "'=x",
    "''=x",
    "'tis",
    "@ben",
    "- a\n- b",
    "\t=x",
    "a\tb",
    "🎉",
    "a\x07b",
    "NA",
    "007",
    "1.0",
    "x\n\n\n\ny ",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(HOSTILE),
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_hostile_texts_are_exported_and_loaded_with_the_same_hash(tmp_path, texts):
    answers = make_answers([f"{text} {n}" for n, text in enumerate(texts)], texts)
    export_tables(tmp_path, answers=answers)
    again = load_thread(tmp_path / "answers.csv")
    assert list(map(hash_text, again["text"])) == list(map(hash_text, texts))
    assert again[["thread", "answer", "expert"]].equals(answers[["thread", "answer", "expert"]])


def test_threads_that_were_compared_keep_their_names_and_numbers(tmp_path):
    answers = load_threads([THREADS / "softhard_pm.txt", THREADS / "softhard_sales.txt"])
    export_tables(tmp_path, answers=answers)
    pd.testing.assert_frame_equal(load_thread(tmp_path / "answers.csv"), answers)


def test_experts_who_were_told_apart_stay_apart(tmp_path):
    names = ["Ada Cole", "Ada B. Cole", "Ada D. Cole"]
    page = "".join(f"{name}\nAnalyst at Ochre\n\nSo says {name}.\n\n" for name in names)
    answers = load_thread(io.StringIO("All related (3)\n" + page))
    assert answers["expert"].tolist() == ["Ada Cole", "Ada Cole", "Ada D. Cole"]
    export_tables(tmp_path, answers=answers)
    assert load_thread(tmp_path / "answers.csv")["expert"].tolist() == answers["expert"].tolist()


@pytest.mark.parametrize(
    "columns, thread, numbers",
    [
        ("thread,answer,expert,text\nforum,3,Ada,So.\nforum,7,Ben,No.\n", "forum", [3, 7]),
        ("thread,answer,expert,text\n../../x,3,Ada,So.\n../../x,3,Ben,No.\n", "x", [1, 2]),
        ("thread,answer,expert,text\na,1,Ada,So.\nb,x,Ben,No.\n", "t", [1, 2]),
        ("expert,answer\nAda,1\nBen,2\n", "t", [1, 2]),
    ],
    ids=["named and numbered", "numbered twice", "neither", "an answer that is the text"],
)
def test_a_table_may_name_its_thread_and_number_its_answers(tmp_path, columns, thread, numbers):
    file = tmp_path / "t.csv"
    file.write_text(columns, encoding="utf-8")
    answers = load_thread(file)
    assert answers.attrs["thread"] == thread and set(answers["thread"]) == {thread}
    assert answers["answer"].tolist() == numbers
    assert load_thread(file, thread="mine").attrs["thread"] == "mine"


def test_a_comma_without_quotes_is_an_error_and_moves_no_text_into_the_experts(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(
        "expert,text\nAda Byron,I prefer soft skills, mostly\nBen Cole,Hard skills, I say\n", encoding="utf-8"
    )
    with pytest.raises(ThreadError, match="t.csv, line 2: this row has more cells than the header.*put quotes"):
        load_thread(file)


def test_a_table_in_another_encoding_than_utf8_or_windows_1252_is_an_error(tmp_path):
    file = tmp_path / "t.csv"
    file.write_bytes("expert,text\n山田,私はソフトスキルが大事だと思う\n".encode("shift-jis"))
    with pytest.raises(
        ThreadError, match="t.csv: these bytes are neither UTF-8 nor Windows-1252.*save it again as UTF-8"
    ):
        load_thread(file)


def test_an_answer_that_was_sent_twice_is_named(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text(
        "expert,text\nAda Byron,People first.\nAda Byron,People first.\nBen Cole,People first.\n", encoding="utf-8"
    )
    text, safe = check_thread(file)
    assert not safe and "look at line 3: the same answer of the same person stands in line 2" in text.splitlines()


def test_a_name_merged_over_two_rows_of_a_workbook_is_named(tmp_path):
    rows = [("Ada Byron", "People first."), (None, "Then tools."), ("Ben Cole", "Tools.")]
    pd.DataFrame(rows, columns=["expert", "text"]).to_excel(tmp_path / "t.xlsx", index=False)
    text, safe = check_thread(tmp_path / "t.xlsx")
    assert not safe and "look at line 3: an answer without a name, as merged cells leave it" in text.splitlines()


def test_cells_of_a_table_in_a_saved_page_are_parted():
    row = "<table><tr><td>Ada</td><td>Byron</td></tr></table>"
    page = f"<html><body><p>All related (1)</p>{row}Analyst at Engine Co<p>So.</p></body></html>"
    assert load_thread(io.StringIO(page))["expert"].tolist() == ["Ada\tByron"]


@pytest.mark.parametrize("wrong", [None, 7, b"page.txt", ["a.txt"], {}, pd.DataFrame({"text": ["So."]})], ids=type)
def test_what_is_no_file_is_one_clear_error(wrong):
    for load in (load_thread, check_thread):
        with pytest.raises(InputError, match="the source is of type .*To fix it: give one file"):
            load(wrong)
    if not isinstance(wrong, list):
        with pytest.raises(InputError, match="of type .*To fix it: give a list of files"):
            load_threads(wrong)
    with pytest.raises(InputError):
        load_threads([wrong])


def test_options_of_another_kind_are_one_clear_error():
    with pytest.raises(InputError, match="thread is of type int.*give a name"):
        load_thread(io.StringIO(PAGE), thread=7)
    with pytest.raises(InputError, match="columns is of type str.*give a dict"):
        load_thread(io.StringIO(PAGE), columns="text")
    closed = io.StringIO(PAGE)
    closed.close()
    with pytest.raises(ThreadError, match="the source cannot be read.*open it again"):
        load_thread(closed)


def test_one_file_is_a_list_of_one():
    assert len(load_threads(THREADS / "softhard_pm.txt")) == len(load_threads(io.StringIO(PAGE))) + 11


def test_semicolons_quotes_line_breaks_and_windows_1252_in_a_table(tmp_path):
    file = tmp_path / "t.csv"
    file.write_bytes('Author;Role;Response\r\nZoë;"VP; Ops";"“Yes”,\r\n\r\n\r\nshe said"\r\n'.encode("cp1252"))
    row = load_thread(file).iloc[0]
    assert row[["expert", "title", "text"]].tolist() == ["Zoë", "VP; Ops", "“Yes”,\n\nshe said"]


def test_columns_may_be_named_by_hand(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text('Wer,Was,Views\nAda Cole,People first,"1,482"\n', encoding="utf-8")
    with pytest.raises(ThreadError, match="no column for the expert among 'Wer', 'Was', 'Views'"):
        load_thread(file)
    table = load_thread(file, columns={"expert": "Wer", "text": "Was"})
    assert table[["expert", "text", "views"]].iloc[0].tolist() == ["Ada Cole", "People first", 1482]
    with pytest.raises(ThreadError, match="'Wo', which is not there"):
        load_thread(file, columns={"expert": "Wo", "text": "Was"})


def test_unused_columns_are_named_in_the_furniture(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("expert,text,mood\nAda Cole,People first,good\n", encoding="utf-8")
    assert load_thread(file).attrs["furniture"] == [(1, "columns not used: mood")]


def test_a_row_without_text_is_kept_and_named(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("expert,text\nAda Cole,People first\n,\nRui Bell,\n", encoding="utf-8")
    with pytest.warns(ThreadWarning, match="line 4: an answer without text"):
        assert load_thread(file)["text"].isna().tolist() == [False, True]


def test_json_may_carry_the_question(tmp_path):
    file = tmp_path / "t.json"
    file.write_text(json.dumps({"question": "Why?", "answers": [{"name": "Ada", "answer": "So."}]}), encoding="utf-8")
    assert load_thread(file)["question"].tolist() == ["Why?"]


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("t.xlsx", b"PK\x03\x04 nothing", "no workbook"),
        ("t.csv", b"a,b\n1,2\n", "no column for the expert"),
        ("t.csv", b"expert,text\n", "no column"),
        ("t.csv", b"expert,text\na,b,c\nd,e\nf,g,h,i\n", "cannot be read"),
        ("t.json", b'{"expert": ', "neither JSON"),
        ("t.json", b"[1, 2]", "no list of records"),
        ("t.json", b"", "empty"),
        ("t.json", b"[" * 100_000, "neither JSON"),
        ("t.csv", b"PK\x03\x04", "zip"),
        ("t.txt", b"\x00\x01\x02" * 99, "binary"),
    ],
)
def test_what_is_no_table_is_one_clear_error(tmp_path, name, content, reason):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ThreadError, match=f"{name}.*({reason}).*To fix it"):
        load_thread(file)


def test_a_zip_named_xlsx_is_one_clear_error(tmp_path):
    file = tmp_path / "t.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("page.txt", "All related (2)")
    with pytest.raises(ThreadError, match="no workbook that can be read"):
        load_thread(file)


def test_a_saved_web_page_is_read_as_a_browser_shows_it(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(WEB_PAGE, encoding="utf-8")
    page = load_thread(file)
    assert page["expert"].tolist() == ["Dana Okafor", "Rui Tanaka-Bell, MBA"]
    assert page["headline"].tolist() == ["Director of Product Marketing at Larkspur", "Group PM at Northgate"]
    assert page["text"].tolist() == [
        "First para & $5.\n\nSecond.\n\n  • one\n  • two\n      ◦ deep\n\n  1. x\n  2. y",
        "It hinges on wh",
    ]
    assert page["truncated"].tolist() == [False, True]


def test_markup_in_a_pasted_page_is_text():
    pasted = "All related (1)\nAda Cole\nAnalyst at Ochre\n\n<script>alert(1)</script> is no answer.\n"
    page = load_thread(io.StringIO(pasted))
    assert page["text"].tolist() == ["<script>alert(1)</script> is no answer."]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace("\n", " \xa0\n").encode(),
        lambda text: "\u200b\n" + text.replace("Dana", "\u200bDana"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "crlf", "cr", "blanks", "zero width"],
)
def test_encodings_and_line_ends_make_no_difference(tmp_path, encode):
    file, content = tmp_path / "page.txt", encode(PAGE)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    row = load_thread(file).iloc[0]
    assert row["expert"] == "Dana Okafor"
    assert row["text"] == "It isn’t one, it’s $5 to $10.\n\n  • Élan – first"


def test_a_stray_windows_line_in_a_utf8_page_does_not_spoil_the_others(tmp_path):
    file = tmp_path / "page.txt"
    file.write_bytes(PAGE.encode() + "\nIt’s glued on.".encode("cp1252"))
    assert load_thread(file)["text"].iloc[0].endswith("Élan – first\n\nIt’s glued on.")


def test_a_huge_file_of_noise_is_refused_from_its_beginning(tmp_path):
    file = tmp_path / "noise.txt"
    with file.open("wb") as noise:
        noise.write(b"q8#; (7)%%x\n" * 200_000)
        noise.truncate(1 << 30)
    with pytest.raises(ThreadError, match="no known page layout"):
        load_thread(file)


def test_the_same_answer_on_two_pages_counts_once_and_the_fullest_stays():
    layouts = Path(__file__).parent / "layouts"
    table = load_threads([layouts / "A.txt", layouts / "A3.txt"])
    assert table["thread"].unique().tolist() == ["a3"]
    assert table.attrs["duplicates"][0] == {"thread": "a", "answer": 1, "kept_thread": "a3", "kept_answer": 1}
    assert len(table) == 4 and len(table.attrs["duplicates"]) == 4


def test_files_of_one_name_stay_apart_and_experts_keep_one_name(tmp_path):
    for folder, name in (("x", 'Rosalind "Roz" Eberhardt'), ("y", "Roz Eberhardt, MBA")):
        (tmp_path / folder).mkdir()
        page = f"All related (1)\n{name}\nAnalyst at {folder}\n\nSo says {folder}.\n"
        (tmp_path / folder / "page.txt").write_text(page, encoding="utf-8")
    table = load_threads([tmp_path / "x" / "page.txt", tmp_path / "y" / "page.txt"])
    assert table["thread"].tolist() == ["page", "page_2"]
    assert table["expert"].tolist() == ['Rosalind "Roz" Eberhardt'] * 2
