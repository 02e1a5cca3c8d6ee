"""Saved pages, tables and encodings: other containers, the same answers."""

import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from pmm_analysis.errors import ThreadError, ThreadWarning
from pmm_analysis.threads.load import load_thread, load_threads

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
