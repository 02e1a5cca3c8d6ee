"""One font that travels with the package: the same letters, widths and pictures on every machine."""

import json
import os
import subprocess
import sys

import pytest
from drawing import draw, find_faults, texts
from matplotlib import font_manager
from pptx import Presentation

from conftest import REAL, TESTS, make_thread
from pmm_analysis import build_deck, chart_expert_profiles, chart_expert_stances, profile_experts
from pmm_analysis.charts import letters
from pmm_analysis.charts.canvas import drawable, fit_text, house_style, measure_text, wraps_whole
from pmm_analysis.runs.rerun import plan_run
from pmm_analysis.runs.results import describe_fonts, has_same_fonts

NAMES = ["田中 太郎", "नमस्ते", "Zoë 🫖 Ng", "Ngọc Ánh", "★ Ana"]


@pytest.fixture
def no_installed_fonts(monkeypatch):
    """A machine with the fonts that pip installs, and no other."""

    def forget():
        letters._find_font.cache_clear()
        letters.measure_text.cache_clear()

    bundled = [font for font in font_manager.fontManager.ttflist if "mpl-data" in font.fname]
    bundled = [font for font in bundled if not font.name.startswith(letters.OURS)]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", bundled)
    forget()
    yield
    monkeypatch.undo()
    forget()


# What is drawn


def test_text_is_drawn_in_the_fonts_of_the_package():
    def find(weight):
        return font_manager.findfont(font_manager.FontProperties(family=letters.name_families(), weight=weight))

    assert [find(weight) for weight in ("normal", "bold")] == [str(path) for path in letters.SHIPPED["Arimo"]]


def test_an_installed_font_of_the_same_name_is_not_taken(monkeypatch):
    other = font_manager.FontEntry("other.ttf", name="Arimo", weight=400)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [other, *font_manager.fontManager.ttflist])
    font_manager.fontManager._findfont_cached.cache_clear()
    with house_style():
        assert font_manager.findfont(font_manager.FontProperties()) == str(letters.SHIPPED["Arimo"][0])


@pytest.mark.parametrize(
    ("text", "bold", "arial"),
    [("W", False, 1933), ("i", False, 455), ("0123456789", False, 11390), ("Hn", True, 2730), ("mm", True, 3642)],
)
def test_letters_are_as_wide_as_in_arial(text, bold, arial):
    assert measure_text(text, 72, bold) * 2048 == pytest.approx(arial, abs=32)


# What no font here has


def test_a_letter_without_a_font_is_a_square_and_a_sign_is_left_out(no_installed_fonts):
    assert drawable("tea 🫖 time\x00") == "tea time"
    assert drawable("田中 太郎, 3 ★") == "□□ □□, 3 ★"


def test_letters_of_other_fonts_are_listed(no_installed_fonts):
    assert letters.list_borrowed("Zoë 田中 ★ 🫖") == {"DejaVu Sans": "★", "□": "中田", "left out": "🫖"}


def test_an_installed_font_draws_what_it_has_and_is_named(no_installed_fonts, monkeypatch):
    path = font_manager.findfont("STIXGeneral")
    monkeypatch.setattr(letters, "INSTALLED", ("STIXGeneral",))
    assert "STIX" in path and letters.list_borrowed("𝕬") == {"STIXGeneral": "𝕬"}


def test_lines_end_at_the_same_places_whichever_fonts_are_installed():
    assert measure_text("田中", 72) == 2 and measure_text("क्", 72) == 0.75
    assert fit_text("田中太郎" * 3, 1, 16) == "田中太" + "…"


def test_pictures_show_squares_and_everything_fits(no_installed_fonts, codebook):
    answers, stances = make_thread(12, names=[*NAMES, "Maximiliana-Featherstonehaugh Cholmondeley", "$5 to $10"])
    experts = profile_experts(answers, stances, codebook)
    shown = texts(draw(chart_expert_stances(stances, codebook)), "expert")
    assert {"□□ □□", "□□□□", "Zoë Ng", "Ngọc Ánh", "★ Ana"} <= set(shown)
    assert find_faults(draw(chart_expert_profiles(answers, experts, stances, codebook))) == []


def test_slides_keep_every_letter(no_installed_fonts, tmp_path, codebook):
    answers, stances = make_thread(12, names=NAMES)
    answers["thread"] = stances["thread"] = "採用"
    experts = profile_experts(answers, stances, codebook)
    build_deck([chart_expert_profiles(answers, experts, stances, codebook)], tmp_path / "deck.pptx")
    table = next(shape.table for shape in Presentation(tmp_path / "deck.pptx").slides[1].shapes if shape.has_table)
    assert {table.cell(row, 0).text for row in range(1, len(table.rows))} == set(NAMES)
    assert wraps_whole("「田中」 says both 🫖", 9, 28)


# What a run says about it


def test_the_manifest_names_the_font_and_what_it_lacks(no_installed_fonts, codebook):
    answers, _ = make_thread(5, names=NAMES)
    said = describe_fonts([answers], codebook)
    assert said["borrowed"] == {"DejaVu Sans": "★", "□": "तनमस中太田郎", "left out": "े्🫖"}
    assert list(said["shipped"]) == ["Arimo-Regular.ttf", "Arimo-Bold.ttf"]
    assert has_same_fonts({"fonts": said}) and describe_fonts([], codebook)["borrowed"] == {}


def test_a_run_says_which_letters_no_font_draws(no_installed_fonts, tmp_path):
    page = tmp_path / "page.csv"
    page.write_text(
        "expert,text\n田中 太郎,Soft skills matter more than hard skills.\nZoë,Hard skills first.\n", "utf-8"
    )
    options = {"codebook": "hard_vs_soft_skills", "notebooks": TESTS.parent / "notebooks", "formats": ("png",)}
    _, (job,), *_ = plan_run(page, out=tmp_path, **options)
    assert job.doubts == ["no font here draws 中太田郎: □ stands for it in pictures; slides and tables keep it"]
    assert job.fonts["borrowed"] == {"□": "中太田郎"}


def test_a_font_installed_later_changes_what_a_run_depends_on(no_installed_fonts, codebook):
    assert not has_same_fonts({"fonts": {"borrowed": {"□": "★"}}})


# The same bytes everywhere

DRAW = """
import base64, hashlib, json, sys
import matplotlib
from matplotlib import font_manager
if sys.argv[3] == "only DejaVu":
    manager = font_manager.fontManager
    manager.ttflist = [font for font in manager.ttflist if font.name == "DejaVu Sans" and "mpl-data" in font.fname]
    matplotlib.rcParams |= {"font.size": 7, "text.hinting": "force_autohint", "patch.linewidth": 9, "axes.grid": True}
import nbformat
from pmm_analysis import *
from pmm_analysis.charts.chart import render_chart
from pmm_analysis.runs.report import build_report

answers, codebook = load_thread(sys.argv[1]), load_codebook("hard_vs_soft_skills")
stances = classify_stances(answers, codebook)
charts = make_charts(answers, stances, cluster_answers(answers), profile_experts(answers, stances, codebook), codebook)
made = {f"{chart.key} {kind}": render_chart(chart, kind, dpi=72) for chart in charts for kind in ("png", "svg")}
made["deck"] = build_deck(charts, sys.argv[2]).read_bytes()
data, about = charts[0]._repr_mimebundle_()
data["image/png"] = base64.b64encode(data["image/png"]).decode()
shown = nbformat.v4.new_output("display_data", data, metadata=about)
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[shown])])
facts = {"question": "", "thread": "", "source": "", "sha256": "", "answers": 1, "warnings": [], "failed": {}}
facts |= {"codebook": {"name": "", "sha256": ""}, "versions": {}}
made["report"] = build_report({"a.ipynb": book}, facts).encode()
print(json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in made.items()}))
"""


def test_a_machine_that_knows_only_dejavu_makes_the_same_bytes(tmp_path):
    """Both processes find no font cache; one knows all fonts of this machine, the other has settings of its own."""
    running = []
    for fonts in ("all", "only DejaVu"):
        folder = tmp_path / fonts
        folder.mkdir()
        paths = {"MPLCONFIGDIR": str(folder), "PYTHONPATH": str(TESTS.parent)}
        command = [sys.executable, "-c", DRAW, REAL, folder / "deck.pptx", fonts]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | paths))
    made, again = (json.loads(process.communicate()[0]) for process in running)
    assert len(made) == 2 * 9 + 2 and again == made
