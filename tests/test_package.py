"""The package as a whole: its names, its examples, its README."""

import doctest
import hashlib
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import pmm_analysis

ROOT = Path(__file__).parents[1]
MODULES = [module.name for module in pkgutil.walk_packages(pmm_analysis.__path__, "pmm_analysis.")]


@pytest.mark.parametrize("module", [m for m in MODULES if not m.endswith("__main__")])
def test_examples_in_docstrings_are_true(module, monkeypatch):
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_every_public_name_explains_itself():
    silent = [name for name in pmm_analysis.__all__ if not (getattr(pmm_analysis, name).__doc__ or "").strip()]
    assert not silent


def test_importing_the_package_imports_nothing_heavy():
    heavy = ["matplotlib", "sklearn", "seaborn", "scipy", "pptx", "pandas", "nbformat"]
    ask = f"import sys, pmm_analysis; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(("program", "is_set_as_formula"), [("IPython", False), ("code", True)])
def test_only_in_a_notebook_tables_show_dollars_as_written(program, is_set_as_formula):
    ask = "from pmm_analysis import load_thread; import pandas; print(pandas.options.display.html.use_mathjax)"
    command = [sys.executable, "-m", "IPython", "-c", ask] if program == "IPython" else [sys.executable, "-c", ask]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == str(is_set_as_formula), done.stderr


def test_every_public_name_is_found_where_the_package_says():
    assert all(callable(getattr(pmm_analysis, name)) for name in pmm_analysis.__all__)


def test_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == pmm_analysis.__version__


def test_requirements_pin_every_direct_dependency_and_install_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M))
    declared = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    assert {re.split(r"[<>=]", name)[0] for name in declared} <= pinned
    assert re.search(r"^-e \.$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)


def test_the_readme_names_every_column_of_the_answers_table(answers):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [column for column in answers.columns if f"`{column}`" not in readme]


def test_every_file_the_readme_links_to_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in link]
    assert links and not [link for link in links if not (ROOT / link).exists()]


def test_the_readme_of_the_threads_gives_the_fingerprint_of_each():
    raw = ROOT / "data" / "raw"
    rows = re.findall(
        r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", (raw / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert dict(rows) == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in raw.glob("*.txt")}


def test_ci_runs_the_readmes_test_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pytest" in readme and "README.md" in ci
