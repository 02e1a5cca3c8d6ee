"""Tables on disk: whole, the same each time, and harmless in a spreadsheet."""

import os

import pandas as pd
import pytest

from pmm_analysis import InputError, export_charts, export_tables, load_threads, results_folder


def test_text_is_written_as_it_is_and_reads_back(tmp_path, answers):
    (file,) = export_tables(tmp_path, answers=answers)
    back = pd.read_csv(file)
    assert back["text"].tolist() == answers["text"].tolist()
    assert back["truncated"].tolist() == answers["truncated"].tolist()


@pytest.mark.parametrize("text", ["=SUM(A1:A9)", "+1", "-1+2", "@cmd", "\tx"])
def test_a_formula_is_only_text(tmp_path, text):
    (file,) = export_tables(tmp_path, t=pd.DataFrame({"name": [text], "n": [-1]}))
    assert pd.read_csv(file).to_dict("list") == {"name": ["'" + text], "n": [-1]}


def test_excel_sees_utf8(tmp_path):
    (file,) = export_tables(tmp_path, t=pd.DataFrame({"name": ["Zoë 田中"]}))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_text_that_has_no_encoding_does_not_stop_an_export(tmp_path):
    (file,) = export_tables(tmp_path, t=pd.DataFrame({"name": ["a\ud800\x00b"]}, dtype="object"))
    assert pd.read_csv(file)["name"].tolist() == ["a\\ud800\x00b"]


def test_two_exports_are_the_same_bytes(tmp_path, answers):
    one, two = (export_tables(tmp_path / name, answers=answers)[0].read_bytes() for name in "ab")
    assert one == two


def test_nothing_half_written_stays(tmp_path, answers):
    export_tables(tmp_path, answers=answers)
    assert os.listdir(tmp_path) == ["answers.csv"]


def test_a_folder_that_is_a_file_is_one_clear_error(tmp_path, answers):
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match="taken.*cannot be written.*To fix it"):
        export_tables(tmp_path / "taken", answers=answers)


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(InputError, match="'jpg'.*png, svg, pdf, 4k"):
        export_charts([], tmp_path / "new", formats=("jpg",))
    assert not (tmp_path / "new").exists()


def test_results_go_to_a_folder_named_after_the_thread(answers, tmp_path):
    assert results_folder(answers).parts[-3:] == ("data", "processed", "hard_vs_soft_skills")
    assert results_folder(answers, tmp_path) == tmp_path


def test_results_of_several_threads_go_to_a_folder_of_their_own():
    both = load_threads(["hard_vs_soft_skills.txt", "soft_hard_sales.txt"])
    assert results_folder(both).parts[-3:] == ("data", "processed", "comparison")
