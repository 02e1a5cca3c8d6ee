"""What CONTRIBUTING shows as a diff works as it is shown: it is applied to a copy of the package and tried."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def try_diff(tmp_path):
    """Apply the diffs of a section of CONTRIBUTING to a copy of the package, and run a few lines with that copy."""

    def run(section, lines, **files):
        shutil.copytree(ROOT / "pmm_analysis", tmp_path / "pmm_analysis", ignore=shutil.ignore_patterns("__pycache__"))
        for diff in read_diffs(section):
            apply_diff(diff, tmp_path)
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", lines],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        )
        assert not done.returncode, done.stderr
        return done.stdout.splitlines()

    return run


def read_diffs(section):
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = re.search(rf"^## {section}\n(.*?)(?=^## |\Z)", contributing, re.M | re.S)[1]
    return [textwrap.dedent(diff) for diff in re.findall(r"^ *```diff\n(.*?)^ *```", part, re.M | re.S)]


def apply_diff(diff, root):
    """Replace what each hunk shows as it was, which must stand in the file once, by what it becomes."""
    head, *hunks = re.split(r"^@@.*\n", diff, flags=re.M)
    file = root / re.search(r"^\+\+\+ b/(.*)$", head, re.M)[1]
    text = file.read_text(encoding="utf-8")
    for hunk in hunks:
        was, becomes = (
            "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in signs) for signs in (" -", " +")
        )
        assert text.count(was) == 1, was
        text = text.replace(was, becomes)
    file.write_text(text, encoding="utf-8")


READ = """
from pmm_analysis import load_thread
answers = load_thread({file!r})
print(answers.attrs["layout"])
for row in answers.astype(object).fillna("-").itertuples():
    print(row.expert, row.views, row.text, sep=" | ")
print(answers.attrs["furniture"][-2:])
"""
PAGE = """Question Page

Should a new hire learn the tools first?

Ada Byron
Analyst at Engine Co

Start with the people.

12 Likes

Ben Cole
Buyer at Ochre

Start with the tools.

1,300 Likes
"""
FOOTER = """All related (2)
Ada Byron
Analyst at Engine Co
Start with the people. Tools can be learned from a manual.

Recommended reading
Join us on Tuesday for a talk.
"""
TALK = """WEBVTT

00:01.000 --> 00:03.000
<v Ada Byron>People first.

00:03.000 --> 00:05.000
<v Ben Cole>Tools.
"""


def test_a_layout_is_added_by_one_row_and_a_new_kind_of_line_by_another(try_diff):
    layout, *answers, _ = try_diff("Add a layout", READ.format(file="page.txt"), page_txt=PAGE)
    assert layout == "G"
    assert answers == ["Ada Byron | 12 | Start with the people.", "Ben Cole | 1300 | Start with the tools."]


def test_a_footer_is_added_where_kinds_of_lines_are_named_and_nowhere_else(try_diff):
    _, answer, furniture = try_diff("Add a layout", READ.format(file="page.txt"), page_txt=FOOTER)
    assert answer == "Ada Byron | - | Start with the people. Tools can be learned from a manual."
    assert furniture == "[(6, 'Recommended reading'), (7, 'Join us on Tuesday for a talk.')]"


def test_a_source_is_added_by_one_entry(try_diff):
    layout, *answers, _ = try_diff("Add a source", READ.format(file="talk.vtt"), talk_vtt=TALK)
    assert layout == "vtt"
    assert answers == ["Ada Byron | - | People first.", "Ben Cole | - | Tools."]


def test_a_cue_is_one_block(try_diff):
    read = "from pmm_analysis import classify_stances\nimport pandas as pd\n"
    read += (
        'texts = pd.DataFrame({"text": ["Soft skills are gold dust to us.", "For us hard skills are gold dust."]})\n'
    )
    read += 'print(*classify_stances(texts, "hard_vs_soft_skills")["stance"])'
    assert try_diff("Add a cue", read) == ["soft hard"]


def test_a_chart_is_one_function(try_diff):
    make = "from pmm_analysis import Study, export_charts, load_thread, make_charts\n"
    make += 'charts = make_charts(Study(load_thread("page.csv"), "hard_vs_soft_skills"))\n'
    make += 'print(charts[-1].title, export_charts(charts[-1:], "out", formats="svg")[0].name, sep="\\n")'
    page = "expert,text\nAda Byron,Soft skills every time\nBen Cole,Hard skills\n"
    assert try_diff("Add a chart", make, page_csv=page) == ["Ada Byron writes most: 4 words", "13_words_written.svg"]
