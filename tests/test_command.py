"""The command as people start it: from a wheel, on any file name, with any of its streams closed or nobody reading."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from test_rerun import NOTEBOOKS, STOPPED, WRITES, write_notebook

from conftest import REAL
from pmm_analysis.__main__ import main
from pmm_analysis.charts.chart import FORMATS

ROOT = NOTEBOOKS.parent
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0"}


def run(*arguments, package=ROOT, **options):
    """Run the command in a process of its own; its words are bytes, because a name may be no text."""
    env = os.environ | {"PYTHONPATH": str(package), "PYTHONIOENCODING": ""} | options.pop("env", {})
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.run([sys.executable, "-m", "pmm_analysis", *arguments], env=env, timeout=60, **options)


def run_in_shell(line, **options):
    """Run a line of the shell in which ``pmm`` is the command."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    pmm = f"'{sys.executable}' -m pmm_analysis"
    return subprocess.run(
        ["bash", "-c", line.replace("pmm ", f"{pmm} ")], env=env, timeout=60, capture_output=True, **options
    )


@pytest.fixture
def books(tmp_path):
    return write_notebook(tmp_path / "books", "a.ipynb", WRITES)


@pytest.fixture
def latin(tmp_path):
    """Make a thread with a name in Windows-1252, as an archive from Windows unpacks."""
    path = os.path.join(os.fsencode(tmp_path), b"Umfrage M\xfcnchen.txt")
    try:
        return shutil.copyfile(os.fsencode(REAL), path)
    except OSError:
        pytest.skip("this file system takes no name that is not UTF-8")


# What there is


def test_help_lists_each_command_with_a_line_and_every_format(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    said = capsys.readouterr().out
    for command in ("run", "check", "init"):
        assert re.search(rf"^    {command} +\w+", said, re.M)
    assert ", ".join(FORMATS) in said and "--codebook" in said


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["run", "--help"]])
def test_help_imports_nothing_heavy(arguments):
    heavy = ["matplotlib", "pandas", "numpy", "nbformat"]
    ask = f"""import sys; from pmm_analysis.__main__ import main
try: main({arguments})
except SystemExit: print([name for name in {heavy} if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.endswith("[]\n"), done.stderr


def test_without_a_command_it_is_a_run(capsys):
    assert main(["--list", str(REAL)]) == 0
    said = capsys.readouterr().out
    assert main(["run", str(REAL), "--list"]) == 0 and capsys.readouterr().out == said


def test_a_pattern_that_the_shell_leaves_is_expanded(tmp_path, capsys):
    for name in ("b.txt", "a.txt", "[c].txt"):
        shutil.copy(REAL, tmp_path / name)
    assert main(["--list", str(tmp_path / "?.txt"), str(tmp_path / "[c].txt")]) == 0
    assert re.findall(r"^(\w+): to run", capsys.readouterr().out, re.M)[:3] == ["a", "b", "c"]


def test_a_pattern_that_fits_nothing_is_one_line(tmp_path, capsys):
    assert main([str(tmp_path / "*.txt")]) == 2
    assert re.fullmatch(r"pmm_analysis: .*\*\.txt: no such file\. To fix it: .*\n", capsys.readouterr().err)


# Installed from a wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Lay the package out as a wheel does, by the table of pyproject.toml."""
    site = tmp_path_factory.mktemp("site-packages")
    shutil.copytree(ROOT / "pmm_analysis", site / "pmm_analysis", ignore=shutil.ignore_patterns("__pycache__"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for source, target in project["tool"]["hatch"]["build"]["targets"]["wheel"]["sources"].items():
        shutil.copytree(ROOT / source, site / target)
    return site


def list_files(folder):
    return {path for path in folder.rglob("*") if "__pycache__" not in path.parts}


def test_installed_it_runs_its_notebooks_on_its_thread_and_writes_where_one_stands(installed, tmp_path):
    done = run("--list", package=installed, cwd=tmp_path)
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert f"reads  {installed / 'pmm_analysis/data/raw/hard_vs_soft_skills.txt'}\n" in said
    assert "runs   01_load_the_thread.ipynb, 02_tfidf_clusters.ipynb, 03" in said
    assert f"writes {tmp_path / 'data/processed/hard_vs_soft_skills'}\n" in said


def test_installed_a_run_leaves_the_install_alone(installed, books, tmp_path):
    before, here = list_files(installed), tmp_path / "here"
    here.mkdir()
    done = run("--notebooks", str(books), package=installed, cwd=here)
    assert done.returncode == 0, done.stderr
    assert os.listdir(here / "data" / "processed") == ["hard_vs_soft_skills"]
    assert list_files(installed) == before
    # The thread that ships is named so that another machine finds it, too.
    made = here / "data" / "processed" / "hard_vs_soft_skills" / "notebooks" / "a.ipynb"
    assert "thread = 'hard_vs_soft_skills.txt'" in made.read_text(encoding="utf-8")


def test_installed_a_bare_name_is_looked_for_here_then_in_data_raw_then_among_the_examples(installed, tmp_path):
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copy(REAL, raw / "mine.txt")
    shutil.copy(REAL, raw / "both.txt")
    (tmp_path / "both.txt").write_bytes(REAL.read_bytes() + b"\n")
    ask = """from pmm_analysis import load_thread, results_folder
import hashlib
for name in ("hard_vs_soft_skills.txt", "mine.txt", "both.txt"):
    answers = load_thread(name)
    print(len(answers), hashlib.sha256(open("both.txt", "rb").read()).hexdigest() == answers.attrs["sha256"])
print(results_folder(answers))"""
    env = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, env=env, cwd=tmp_path)
    *found, folder = done.stdout.splitlines()
    assert found == ["12 False", "12 False", "12 True"], done.stderr
    assert folder == str(tmp_path / "data" / "processed" / "both")


def test_in_a_clone_results_go_to_the_clone(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["--list"]) == 0
    assert f"writes {ROOT / 'data/processed/hard_vs_soft_skills'}\n" in capsys.readouterr().out


# Names that are not text


def test_a_name_that_is_not_utf_8_runs_and_is_shown_with_a_replacement(latin, books, tmp_path):
    done = run(latin, "--notebooks", str(books), "--out", str(tmp_path / "out"))
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr
    (made,) = (tmp_path / "out").iterdir()
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert made.name == "umfrage_mnchen" and manifest["source"] == "Umfrage M�nchen.txt"
    assert "Umfrage M�nchen.txt" in (made / "report.html").read_text(encoding="utf-8")
    again = run(latin, "--notebooks", str(books), "--out", str(tmp_path / "out"))
    assert b"nothing has changed" in again.stdout


def test_a_name_that_is_not_utf_8_is_checked_and_missed(latin):
    done = run("check", latin)
    assert done.returncode == 0 and done.stdout.decode().startswith("Umfrage M�nchen.txt: layout A, 12 answers")
    missing = run("--list", latin + b".gone")
    assert missing.returncode == 2 and re.fullmatch(rb"pmm_analysis: .*M\?nchen.txt.gone: no such.*\n", missing.stderr)


def test_an_umlaut_in_a_locale_without_umlauts_is_no_error(tmp_path, books):
    page = shutil.copy(REAL, tmp_path / "Münchner Größen.txt")
    done = run("check", page, env=C_LOCALE)
    assert done.returncode == 0 and done.stdout.startswith(b"M?nchner Gr??en.txt: layout A"), done.stderr
    done = run(page, "--notebooks", str(books), "--out", str(tmp_path / "out"), env=C_LOCALE)
    assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr
    manifest = json.loads((tmp_path / "out" / "munchner_groen" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["source"] == "Münchner Größen.txt"


# Nobody listens


@pytest.mark.skipif(os.name == "nt", reason="closes streams as a Unix shell does")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("pmm --list missing.txt 2>&-", 2),
        ("pmm --list hard_vs_soft_skills.txt >&-", 0),
        ("pmm check hard_vs_soft_skills.txt >&- 2>&- <&-", 0),
        ("pmm check missing.txt >&-", 1),
        ("pmm check hard_vs_soft_skills.txt | true; exit ${PIPESTATUS[0]}", 0),
        ("pmm --help | true; exit ${PIPESTATUS[0]}", 0),
        ("pmm --list missing.txt 2>&1 | true; exit ${PIPESTATUS[0]}", 2),
    ],
)
def test_without_a_listener_only_the_exit_code_speaks(line, code):
    done = run_in_shell(line)
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="closes streams as a Unix shell does")
@pytest.mark.parametrize("streams", [">&- 2>&- <&-", "2>&1 | true"])
def test_without_a_listener_a_run_goes_on_to_its_end(streams, books, tmp_path):
    done = run_in_shell(f"pmm '{REAL}' --notebooks '{books}' --out out {streams}", cwd=tmp_path)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert (tmp_path / "out" / "hard_vs_soft_skills" / "manifest.json").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_cannot_be_told_for_want_of_space_is_an_error():
    with open("/dev/full", "w") as full:
        done = run("check", str(REAL), stdout=full)
    assert done.returncode == 2 and re.fullmatch(rb"pmm_analysis: .*No space left on device\n", done.stderr)


# Stopped


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGINT between processes")
def test_stopped_while_it_loads_it_says_so_in_one_line():
    ask = "import pmm_analysis.__main__ as m, os, signal, sys\nsys.argv = ['', '--list']\n"
    load = "class Stop:\n def find_spec(self, name, *_):\n  if name == 'pandas': os.kill(os.getpid(), signal.SIGINT)\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{ask}{load}sys.meta_path.insert(0, Stop())\nsys.exit(m.main())"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode in (130, -signal.SIGINT) and done.stderr.splitlines() == [STOPPED]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGINT between processes")
def test_an_impatient_person_does_not_interrupt_the_clearing_away(tmp_path):
    books = write_notebook(tmp_path / "books", "a.ipynb", "import time\ntime.sleep(600)")
    arguments = [str(REAL), "--out", str(tmp_path / "out"), "--notebooks", str(books)]
    process = subprocess.Popen([sys.executable, "-m", "pmm_analysis", *arguments], stderr=subprocess.PIPE, text=True)
    while not list((tmp_path / "out").glob(".*/notebooks")):
        assert process.poll() is None
        time.sleep(0.01)
    for _ in range(4):
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    assert process.communicate(timeout=30)[1].splitlines() == [STOPPED] and process.returncode == 130
    assert os.listdir(tmp_path / "out") == []
