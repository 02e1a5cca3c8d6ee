"""Notebooks run on threads: results appear whole or not at all, and say what went wrong."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from conftest import REAL, TESTS
from pmm_analysis import InputError, ThreadError, rerun
from pmm_analysis.__main__ import main
from pmm_analysis.charts import ORDER

NOTEBOOKS = TESTS.parent / "notebooks"


def write_notebook(folder, name, *cells, parameters='thread = "x"\ncodebook = "y"\nout = None'):
    folder.mkdir(exist_ok=True)
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            nbformat.v4.new_markdown_cell("## Count the answers"),
            *map(nbformat.v4.new_code_cell, cells),
        ]
    )
    nbformat.write(notebook, folder / name)
    return folder


WRITES = "from pathlib import Path\nPath(out, 'answers.csv').write_text('n\\n12\\n')\nprint(thread)"


@pytest.fixture(scope="module")
def real_run(tmp_path_factory):
    (result,) = rerun(REAL, out=tmp_path_factory.mktemp("out"), quiet=True)
    return result


def test_the_real_thread_makes_every_planned_file(real_run):
    assert real_run.ok and real_run.folder.name == "hard_vs_soft_skills"
    made = {path.relative_to(real_run.folder).as_posix() for path in real_run.folder.rglob("*") if path.is_file()}
    assert "deck.pptx" in made
    assert {f"{name}.csv" for name in ("answers", "stances", "evidence", "clusters", "experts", "coding_sheet")} <= made
    assert {f"notebooks/{path.name}" for path in NOTEBOOKS.glob("*.ipynb")} <= made
    keys = ORDER[:9]
    for chart in (f"{number:02d}_{key}" for number, key in enumerate(keys, 1)):
        assert {f"charts/{chart}.{kind}" for kind in ("png", "svg", "csv")} <= made


def test_the_manifest_accounts_for_every_file(real_run):
    manifest = json.loads((real_run.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == hashlib.sha256(REAL.read_bytes()).hexdigest()
    made = {
        path.relative_to(real_run.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in real_run.folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["files"] == made
    assert manifest["answers"] == 12 and manifest["declared_answers"] == 13


def test_executed_notebooks_show_what_the_committed_ones_show(real_run):
    for path in NOTEBOOKS.glob("0[1-4]*.ipynb"):
        committed, made = nbformat.read(path, 4), nbformat.read(real_run.folder / "notebooks" / path.name, 4)
        cells = [cell for cell in made.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
        for before, after in zip(committed.cells, cells, strict=True):
            assert before.source == after.source
            assert [o.get("text") for o in before.get("outputs", [])] == [
                o.get("text") for o in after.get("outputs", [])
            ]


def test_raw_files_are_never_written(real_run):
    assert hashlib.sha256(REAL.read_bytes()).hexdigest() in (REAL.parent / "README.md").read_text(encoding="utf-8")


def test_parameters_reach_the_notebook_without_a_path_of_this_machine(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    (result,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    notebook = nbformat.read(result.folder / "notebooks" / "a.ipynb", 4)
    injected = notebook.cells[1]
    assert injected.metadata.tags == ["injected-parameters"]
    assert not os.path.isabs(notebook.cells[3].outputs[0].text.strip())
    assert (result.folder / "answers.csv").read_text() == "n\n12\n"


def test_a_failed_notebook_is_kept_with_its_error_and_the_others_run(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", "1 / 0", "print('not reached')")
    write_notebook(books, "b.ipynb", WRITES)
    (result,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    assert result.failed == {"a.ipynb": "under “Count the answers”: ZeroDivisionError: division by zero"}
    assert result.folder.name == "hard_vs_soft_skills.failed"
    kept = nbformat.read(result.folder / "notebooks" / "a.ipynb", 4)
    assert kept.cells[3].outputs[0].ename == "ZeroDivisionError" and not kept.cells[4].outputs
    assert (result.folder / "answers.csv").exists()


def test_a_failed_run_leaves_earlier_results_untouched(tmp_path):
    good = write_notebook(tmp_path / "good", "a.ipynb", WRITES)
    bad = write_notebook(tmp_path / "bad", "a.ipynb", "1 / 0")
    (first,) = rerun(REAL, out=tmp_path / "out", notebooks=good, quiet=True)
    before = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    rerun(REAL, out=tmp_path / "out", notebooks=bad, quiet=True)
    assert before == {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    assert sorted(os.listdir(tmp_path / "out")) == ["hard_vs_soft_skills", "hard_vs_soft_skills.failed"]


def test_a_second_run_replaces_the_first_whole(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    (first,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    (first.folder / "old.csv").write_text("")
    rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    assert sorted(os.listdir(tmp_path / "out")) == ["hard_vs_soft_skills"]
    assert not (first.folder / "old.csv").exists()


def test_a_cell_that_never_ends_is_stopped(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", "import time\ntime.sleep(60)")
    (result,) = rerun(REAL, out=tmp_path / "out", notebooks=books, timeout=2, quiet=True)
    assert "longer than 2 s" in result.failed["a.ipynb"]


def test_doubts_about_a_page_are_told_and_kept(tmp_path, capsys):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    (result,) = rerun(TESTS / "layouts" / "C.txt", out=tmp_path / "out", notebooks=books)
    doubts = json.loads((result.folder / "manifest.json").read_text(encoding="utf-8"))["warnings"]
    assert "cannot be told apart" in doubts[0] and f"pmm_analysis: {doubts[0]}" in capsys.readouterr().err


# Bad input: one clear line, nothing run, nothing written


def test_every_thread_is_checked_before_a_notebook_runs(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(ThreadError, match=r"empty\.txt"):
        rerun([REAL, tmp_path / "empty.txt"], out=tmp_path / "out", quiet=True)
    assert not (tmp_path / "out").exists()


def test_two_files_with_one_name_do_not_overwrite_each_other(tmp_path):
    shutil.copy(REAL, tmp_path / "hard_vs_soft_skills.txt")
    with pytest.raises(ThreadError, match="rename one of them"):
        rerun([REAL, tmp_path / "hard_vs_soft_skills.txt"], out=tmp_path / "out", quiet=True)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ('thread = "x"', "does not set codebook, out"),
        (None, "no cell is tagged parameters"),
    ],
)
def test_a_notebook_without_its_parameters_is_refused(tmp_path, parameters, message):
    books = write_notebook(tmp_path / "books", "a.ipynb", parameters=parameters or "")
    if parameters is None:
        notebook = nbformat.read(books / "a.ipynb", 4)
        notebook.cells[0].metadata.tags = []
        nbformat.write(notebook, books / "a.ipynb")
    with pytest.raises(InputError, match=message):
        rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)


def write_bad_inputs(folder):
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "recipe.txt").write_text("Flour.\nSugar.\n")
    (folder / "wrong.toml").write_text(
        'question = "Which?"\n[options.a]\nlable = "A"\nterms = ["a"]\n[options.b]\nterms = ["b"]\n'
    )
    (folder / "taken").write_text("")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], r"missing\.txt: "),
        (["empty.txt"], r"empty\.txt: "),
        (["binary.txt"], r"binary\.txt"),
        (
            ["--codebook", "wrong.toml"],
            r'wrong\.toml, line 3: unknown key "options\.a\.lable"\. To fix it: did you mean label',
        ),
        (["--codebook", "hard_vs_soft"], r"hard_vs_soft: there is no such codebook.*hard_vs_soft_skills"),
        (["--out", "taken"], r"taken: results cannot be written here"),
        (["--notebooks", "nowhere"], r"nowhere: there are no notebooks here"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_2(tmp_path, monkeypatch, capsys, arguments, message):
    write_bad_inputs(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1 and "Traceback" not in err
    assert __import__("re").search(message, err), err
    assert sorted(tmp_path.rglob("*")) == before


def test_the_command_says_what_to_open_and_exits_0(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    done = subprocess.run(
        [sys.executable, "-m", "pmm_analysis", str(REAL), "--out", str(tmp_path / "out"), "--notebooks", str(books)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "out" / "hard_vs_soft_skills" / "notebooks") in done.stdout
    assert done.stderr.startswith("hard_vs_soft_skills/a.ipynb") and len(done.stderr.splitlines()) == 1


def test_the_command_exits_1_and_names_the_failed_notebook(tmp_path, capsys):
    books = write_notebook(tmp_path / "books", "a.ipynb", "1 / 0")
    assert main([str(REAL), "--out", str(tmp_path / "out"), "--notebooks", str(books), "--quiet"]) == 1
    out = capsys.readouterr().out
    assert "division by zero" in out and str(Path("hard_vs_soft_skills.failed", "notebooks", "a.ipynb")) in out
