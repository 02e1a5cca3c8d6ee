"""Notebooks run on threads: results appear whole or not at all, and say what went wrong."""

import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from conftest import REAL, TESTS
from pmm_analysis import InputError, ThreadError, classify_stances, load_codebook, load_thread, rerun
from pmm_analysis.__main__ import main
from pmm_analysis.charts import DESIGNS
from pmm_analysis.runs.results import is_complete

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


STOPPED = "pmm_analysis: stopped; results that were not finished are as they were"
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
    assert {f"notebooks/{path.name}" for path in NOTEBOOKS.glob("0[1-4]*.ipynb")} | {"report.html"} <= made
    for chart in (f"{design.number:02d}_{key}" for key, design in DESIGNS.items() if design.number < 10):
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
    write_notebook(books, "a.ipynb", "print('another')")
    rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    assert os.listdir(tmp_path / "out") == ["hard_vs_soft_skills"]
    assert not (first.folder / "answers.csv").exists()


def test_results_changed_by_hand_are_kept_beside_the_new_ones(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    (first,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    (first.folder / "answers.csv").write_text("coded by hand")
    (second,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    assert second.kept == tmp_path / "out" / "hard_vs_soft_skills.edited1"
    assert (second.kept / "answers.csv").read_text() == "coded by hand"
    assert (second.folder / "answers.csv").read_text() == "n\n12\n"


def test_what_has_not_changed_is_skipped_unless_forced(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    options = {"out": tmp_path / "out", "notebooks": books, "quiet": True}
    (first,) = rerun(REAL, **options)
    made = first.folder.stat().st_ino
    (again,) = rerun(REAL, **options)
    assert again.skipped and again.ok and again.folder == first.folder and first.folder.stat().st_ino == made
    (forced,) = rerun(REAL, force=True, **options)
    assert not forced.skipped and not forced.kept and first.folder.stat().st_ino != made


def test_a_change_of_page_codebook_notebook_or_formats_runs_again(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    page = Path(shutil.copy(REAL, tmp_path / "page.txt"))
    codebook = Path(shutil.copy(TESTS.parent / "pmm_analysis/codebook/hard_vs_soft_skills.toml", tmp_path / "b.toml"))

    def is_run(**options):
        (result,) = rerun(page, out=tmp_path / "out", notebooks=books, codebook=codebook, quiet=True, **options)
        return not result.skipped

    assert is_run() and not is_run()
    page.write_bytes(page.read_bytes() + b"\n")
    assert is_run() and not is_run()
    codebook.write_bytes(codebook.read_bytes() + b"\n")
    assert is_run() and not is_run()
    write_notebook(books, "a.ipynb", WRITES, "print(1)")
    assert is_run() and not is_run()
    assert is_run(formats=("png",)) and not is_run(formats=("png",))
    assert is_run(formats=("png", "svg")) and not is_run(formats=("svg", "png"))


def test_a_missing_result_is_made_again(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    (first,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    (first.folder / "answers.csv").unlink()
    (second,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    assert not second.skipped and (second.folder / "answers.csv").exists()


def test_only_parameters_that_a_notebook_sets_are_given_to_it(tmp_path):
    plain = 'thread = "x"\ncodebook = "y"\nout = None'
    books = write_notebook(tmp_path / "books", "a.ipynb", "print('formats' in dir())", parameters=plain)
    write_notebook(books, "b.ipynb", "print(formats)", parameters=f"{plain}\nformats = []")
    (result,) = rerun(REAL, out=tmp_path / "out", notebooks=books, formats=("png", "4k"), quiet=True)
    shown = [nbformat.read(result.folder / "notebooks" / n, 4).cells[3].outputs[0].text for n in ("a.ipynb", "b.ipynb")]
    assert shown == ["False\n", "['png', '4k']\n"]


def test_a_success_takes_the_failed_run_away(tmp_path):
    bad = write_notebook(tmp_path / "bad", "a.ipynb", "1 / 0")
    good = write_notebook(tmp_path / "good", "a.ipynb", WRITES)
    rerun(REAL, out=tmp_path / "out", notebooks=bad, quiet=True)
    rerun(REAL, out=tmp_path / "out", notebooks=good, quiet=True)
    assert os.listdir(tmp_path / "out") == ["hard_vs_soft_skills"]


# Several threads


COMPARES = 'threads = ["x"]\ncodebook = "y"\nout = None'


def test_a_comparing_notebook_runs_once_on_all_threads(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    write_notebook(books, "b.ipynb", "print(*(t.split('/')[-1] for t in threads))", parameters=COMPARES)
    layout = TESTS / "layouts" / "A.txt"
    results = rerun([REAL, layout], out=tmp_path / "out", notebooks=books, quiet=True)
    assert [result.thread for result in results] == ["hard_vs_soft_skills", "a", "comparison"]
    notebook = nbformat.read(tmp_path / "out" / "comparison" / "notebooks" / "b.ipynb", 4)
    assert notebook.cells[3].outputs[0].text == "hard_vs_soft_skills.txt A.txt\n"
    assert os.listdir(tmp_path / "out" / "a" / "notebooks") == ["a.ipynb"]
    manifest = json.loads((tmp_path / "out" / "comparison" / "manifest.json").read_text(encoding="utf-8"))
    assert [page["thread"] for page in manifest["threads"]] == ["hard_vs_soft_skills", "a"]


def test_one_thread_is_not_compared(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    write_notebook(books, "b.ipynb", parameters=COMPARES)
    assert [r.thread for r in rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)] == ["hard_vs_soft_skills"]


def test_threads_that_hold_the_same_answers_are_not_compared(tmp_path, capsys):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    write_notebook(books, "b.ipynb", "print(1)", parameters=COMPARES)
    copy, layout = shutil.copy(REAL, tmp_path / "copy.txt"), TESTS / "layouts" / "A.txt"
    options = {"out": tmp_path / "out", "notebooks": books}
    assert [r.thread for r in rerun([REAL, copy], **options)] == ["hard_vs_soft_skills", "copy"]
    assert [r.thread for r in rerun([REAL, copy, layout], **options)][-1] == "comparison"
    said = "copy: all answers stand in other threads, too, and count there"
    manifest = json.loads((tmp_path / "out" / "comparison" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["warnings"][-1] == said and said in capsys.readouterr().err


def test_a_file_that_is_named_twice_is_run_once(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    assert len(rerun([REAL, REAL], out=tmp_path / "out", notebooks=books, quiet=True)) == 1


def test_only_the_thread_that_changed_runs_again(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    page = Path(shutil.copy(REAL, tmp_path / "page.txt"))
    options = {"out": tmp_path / "out", "notebooks": books, "quiet": True}
    rerun([REAL, page], **options)
    page.write_bytes(page.read_bytes() + b"\n")
    assert [result.skipped for result in rerun([REAL, page], **options)] == [True, False]


def test_a_thread_cannot_take_the_name_of_the_comparison(tmp_path):
    page = shutil.copy(REAL, tmp_path / "comparison.txt")
    with pytest.raises(ThreadError, match="the comparison of threads would both write"):
        rerun(page, out=tmp_path / "out", quiet=True)


# Safety: stopped runs, runs at once, a full disk


def test_a_killed_run_leaves_nothing_that_the_next_does_not_clear(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    out = tmp_path / "out"
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    (out / f".hard_vs_soft_skills.new.{gone.stdout.strip()}.abc").mkdir(parents=True)
    (out / f".other.old.{gone.stdout.strip()}.abc" / "other").mkdir(parents=True)
    (out / f".living.new.{os.getpid()}.abc").mkdir()
    (out / ".git").mkdir()
    rerun(REAL, out=out, notebooks=books, quiet=True)
    assert sorted(os.listdir(out)) == [".git", f".living.new.{os.getpid()}.abc", "hard_vs_soft_skills", "other"]


def test_an_interrupted_run_stops_at_once_and_leaves_earlier_results(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    (first,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    before = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    write_notebook(books, "a.ipynb", "import time", "open('started', 'w').close()\ntime.sleep(600)")
    arguments = [str(REAL), "--out", str(tmp_path / "out"), "--notebooks", str(books)]
    run = subprocess.Popen([sys.executable, "-m", "pmm_analysis", *arguments], stderr=subprocess.PIPE, text=True)
    while not list((tmp_path / "out").glob(".*/notebooks/started")):
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    assert run.communicate(timeout=30)[1] == f"{STOPPED}\n" and run.returncode == 130
    assert os.listdir(tmp_path / "out") == ["hard_vs_soft_skills"]
    assert before == {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}


def test_two_runs_of_one_thread_at_once_do_not_mix(tmp_path):
    runs = []
    for number in (1, 2):
        cells = [f"open('../{name}.csv', 'w').write('{number}')" for name in "abc"]
        books = write_notebook(tmp_path / f"books{number}", "a.ipynb", *cells)
        arguments = [str(REAL), "--out", str(tmp_path / "out"), "--notebooks", str(books), "--quiet"]
        runs.append(subprocess.Popen([sys.executable, "-m", "pmm_analysis", *arguments], stdout=subprocess.DEVNULL))
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert os.listdir(tmp_path / "out") == ["hard_vs_soft_skills"]
    folder = tmp_path / "out" / "hard_vs_soft_skills"
    assert len({(folder / f"{name}.csv").read_text() for name in "abc"}) == 1 and is_complete(folder)


def test_a_full_disk_is_one_line_and_leaves_earlier_results(tmp_path, monkeypatch, capsys):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    arguments = [str(REAL), "--out", str(tmp_path / "out"), "--notebooks", str(books), "--quiet"]
    assert main(arguments) == 0
    capsys.readouterr()

    def fail(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(nbformat, "write", fail)
    assert main([*arguments, "--force"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1 and "No space left on device" in err
    assert os.listdir(tmp_path / "out") == ["hard_vs_soft_skills"] and is_complete(
        tmp_path / "out" / "hard_vs_soft_skills"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_stops_at_once_while_its_kernels_start(tmp_path, number):
    books = write_notebook(tmp_path / "books", "a.ipynb", "import time\ntime.sleep(600)")
    arguments = [str(REAL), "--out", str(tmp_path / "out"), "--notebooks", str(books)]
    run = subprocess.Popen([sys.executable, "-m", "pmm_analysis", *arguments], stderr=subprocess.PIPE, text=True)
    while not list((tmp_path / "out").glob(".*/notebooks")):
        assert run.poll() is None
        time.sleep(0.01)
    run.send_signal(number)
    assert run.communicate(timeout=30)[1] == f"{STOPPED}\n" and run.returncode == 130
    assert os.listdir(tmp_path / "out") == []


def test_a_cell_that_never_ends_is_stopped_without_a_word_of_its_kernel(tmp_path, capfd):
    books = write_notebook(tmp_path / "books", "a.ipynb", "import time\ntime.sleep(60)")
    (result,) = rerun(REAL, out=tmp_path / "out", notebooks=books, timeout=2, quiet=True)
    assert "longer than 2 s" in result.failed["a.ipynb"]
    assert capfd.readouterr().err == ""


def test_an_error_of_several_lines_is_told_in_one(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", 'raise ValueError("one\\ntwo")')
    (result,) = rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
    assert result.failed["a.ipynb"].endswith("ValueError: one two")


def test_a_codebook_of_another_question_is_a_doubt(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    options = {"out": tmp_path / "out", "notebooks": books, "quiet": True}
    (result,) = rerun(REAL, codebook="startup_or_big_company", **options)
    (doubt,) = json.loads((result.folder / "manifest.json").read_text(encoding="utf-8"))["warnings"]
    assert re.match(
        r"hard_vs_soft_skills\.txt: \d of 12 answers name an option of the codebook startup_or_big_company\.", doubt
    )
    (result,) = rerun(REAL, **options)
    assert json.loads((result.folder / "manifest.json").read_text(encoding="utf-8"))["warnings"] == []


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
    ("parameters", "message"), [('thread = "x"', "does not set codebook, out"), (None, "no cell is tagged parameters")]
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
    (folder / "taken.txt").write_text("")


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
        (["--formats", "png,gif"], r"unknown picture format 'gif'.*png, svg, pdf, 4k"),
        (["--jobs", "0"], r"jobs must be 1 or more, not 0"),
        (["--list", "missing.txt"], r"missing\.txt: "),
        (["--list", "empty.txt"], r"empty\.txt: "),
        (["--list", "--codebook", "wrong.toml"], r"wrong\.toml, line 3: unknown key"),
        (["--list", "--formats", "gif"], r"unknown picture format 'gif'"),
        (["--list", "--jobs", "0"], r"jobs must be 1 or more, not 0"),
        (["x" * 300 + ".txt"], r"x+: this cannot be a file's name"),
        (["init", "taken"], r"taken\.txt: this file is there already"),
        (["init", "nowhere/name"], r"name\.txt: cannot be written"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_2(tmp_path, monkeypatch, capsys, arguments, message):
    write_bad_inputs(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and len(err.splitlines()) == 1 and "Traceback" not in err
    assert re.search(message, err), err
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


def test_the_list_says_what_would_run_and_runs_nothing(tmp_path, capsys):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    arguments = [str(REAL), "--out", str(tmp_path / "out"), "--notebooks", str(books)]
    assert main([*arguments, "--list"]) == 0
    assert capsys.readouterr().out.startswith("hard_vs_soft_skills: to run\n") and not (tmp_path / "out").exists()
    assert main([*arguments, "--quiet"]) == 0 and main([*arguments, "--quiet"]) == 0
    assert "nothing has changed since the last run (--force" in capsys.readouterr().out
    assert main([*arguments, "--list"]) == 0
    assert capsys.readouterr().out.startswith("hard_vs_soft_skills: unchanged\n")


def test_a_new_question_runs_as_it_was_made(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "Remote or office?"]) == 0
    assert "check remote_or_office.txt" in capsys.readouterr().out
    answers, book = load_thread("remote_or_office.txt"), load_codebook("remote_or_office.toml")
    assert classify_stances(answers, book)["stance"].tolist() == ["first", "balanced"]


@pytest.mark.parametrize("content", ["", "[]", '{"cells": [{}]}', '{"nbformat": 4}', "not JSON"])
def test_a_file_that_is_no_notebook_is_named(tmp_path, content):
    books = write_notebook(tmp_path / "books", "a.ipynb", WRITES)
    (books / "b.ipynb").write_text(content)
    with pytest.raises(InputError, match=r"b\.ipynb: this is not a readable notebook"):
        rerun(REAL, out=tmp_path / "out", notebooks=books, quiet=True)
