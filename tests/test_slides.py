"""The deck: read back from the saved file, it says what the charts say, and nothing in it is interpreted."""

import dataclasses
import io
import re
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Emu
from test_charts import HOSTILE, THREE

from conftest import REAL, code_by_hand, make_thread
from pmm_analysis import (
    InputError,
    build_deck,
    chart_stance_tally,
    classify_stances,
    cluster_answers,
    load_thread,
    make_charts,
    profile_experts,
)
from pmm_analysis.text import clean_text


def make_deck(path, answers, stances, codebook, **options):
    experts = profile_experts(answers, stances, codebook)
    charts = make_charts(answers, stances, cluster_answers(answers), experts, codebook)
    build_deck(charts, path, **options)
    return charts, Presentation(path)


@pytest.fixture(scope="module")
def deck(tmp_path_factory, answers, stances, clustering, experts, codebook):
    charts = make_charts(answers, stances, clustering, experts, codebook)
    path = build_deck(charts, tmp_path_factory.mktemp("deck") / "deck.pptx")
    return charts, Presentation(path), path


def find_chart(slide):
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def read_notes(slide):
    return slide.notes_slide.notes_text_frame.text


def test_one_slide_per_chart_between_a_first_and_a_method_slide(deck):
    charts, slides, _ = deck
    titles = [slide.shapes.title.text for slide in slides.slides]
    assert titles[1:-1] == [chart.title for chart in charts]
    assert titles[0] == charts[0].codebook.question and titles[-1] == "How this was counted"
    assert len(set(titles)) == len(titles)


def test_slides_are_16_to_9(deck):
    assert (deck[1].slide_width, deck[1].slide_height) == (Emu(12192000), Emu(6858000))


def test_each_slide_has_placeholders_source_with_n_and_notes(deck):
    charts, slides, _ = deck
    for slide in slides.slides:
        text = {shape.placeholder_format.idx: shape.text for shape in slide.placeholders}
        assert set(text) == {0, 13, 14} and "n = 12 answers by 7 experts" in text[14]
        assert read_notes(slide)
    for chart, slide in zip(charts, list(slides.slides)[1:]):
        assert read_notes(slide) == chart.notes and chart.notes.endswith(".")


def test_notes_hold_the_numbers_the_quotes_and_the_fingerprint(deck, answers):
    notes = read_notes(deck[1].slides[1])
    assert "Soft skills 4 of 12" in notes and answers.attrs["sha256"] in notes
    assert notes.count("“") == 3 and "(Marcus Andrews, answer 1: Soft skills)" in notes


def test_each_drawing_has_alt_text_that_is_no_file_name(deck):
    charts, slides, _ = deck
    for chart, slide in zip(charts, list(slides.slides)[1:]):
        (shape,) = [s for s in slide.shapes if not s.is_placeholder]
        assert shape._element.xpath(".//p:cNvPr/@descr") == [chart.alt]
        assert slide.shapes[-1].placeholder_format.idx == 14, "the source is read last"


def test_the_tally_is_a_native_chart_with_the_numbers_of_the_table(deck):
    graph = find_chart(deck[1].slides[1])
    assert list(graph.plots[0].categories) == ["Hard skills", "Both / it depends", "Soft skills", "No pick found"]
    whole, cut, *_ = graph.plots[0].series
    assert list(whole.values) == [1, 1, 1, 4] and list(cut.values) == [0, 0, 3, 2]
    room = graph.plots[0].series[3]
    labels = [room.points[i].data_label.text_frame.text.strip() for i in range(4)]
    assert labels == ["1 of 12", "1 of 12", "4 of 12 (3 cut off)", "6 of 12 (2 cut off)"]


def test_the_tally_says_on_the_slide_which_answers_are_uncertain(tmp_path, codebook):
    stances = classify_stances(load_thread(REAL), codebook)
    build_deck([chart_stance_tally(stances, codebook)], tmp_path / "deck.pptx")
    room = find_chart(Presentation(tmp_path / "deck.pptx").slides[1]).plots[0].series[3]
    labels = [room.points[i].data_label.text_frame.text.strip() for i in range(4)]
    assert labels == ["1 of 12 (1 weakly read)", "1 of 12", "4 of 12 (3 cut off)", "6 of 12 (2 cut off, 4 weakly read)"]


def test_the_range_is_drawn_as_error_bars(deck):
    graph = find_chart(deck[1].slides[2])
    ends = {side: graph._chartSpace.xpath(f".//c:errBars/c:{side}//c:v/text()") for side in ("plus", "minus")}
    numbers = {side: [int(end) for end in values] for side, values in ends.items()}
    assert numbers == {"plus": [5, 5, 2, 3], "minus": [0, 0, 3, 2]}


def test_a_changed_stance_changes_the_slide(tmp_path, answers, stances, codebook):
    keys = stances["stance"].astype(str).tolist()
    keys[7] = "hard"
    answers = answers.assign(truncated=False)
    _, changed = make_deck(tmp_path / "a.pptx", answers, code_by_hand(answers, codebook, keys), codebook)
    slide = changed.slides[1]
    assert slide.shapes.title.text.startswith("Three of 12 answers favour soft skills, two hard skills")
    assert list(find_chart(slide).plots[0].series[0].values) == [2, 1, 3, 6]
    assert "Hard skills 2 of 12" in read_notes(slide)
    (described,) = [shape for shape in slide.shapes if shape.has_chart]
    assert "Hard skills 2 of 12" in described._element.xpath(".//p:cNvPr/@descr")[0]


def test_groups_by_stance_are_stacked_with_their_counts(deck, clustering, stances):
    graph = find_chart(deck[1].slides[6])
    drawn = [[int(v or 0) for v in series.values] for series in graph.plots[0].series]
    sizes = [sum(values) for values in zip(*drawn)]
    assert sizes == clustering.info["size"].tolist() and sum(drawn[2]) == 4


def test_pictures_carry_the_vector_drawing(deck):
    _, slides, path = deck
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
        assert {"ppt/media/expert_stances1.svg", "ppt/media/cluster_tree1.svg", "ppt/media/skill_dots1.svg"} <= set(
            names
        )
        types = parts.read("[Content_Types].xml").decode()
    assert "image/svg+xml" in types
    blips = [s._element.xpath(".//a:blip")[0] for slide in slides.slides for s in slide.shapes if s.shape_type == 13]
    assert all(b"svgBlip" in etree.tostring(blip) for blip in blips)


def test_a_chart_of_ones_own_is_placed_as_a_picture(tmp_path, stances, codebook):
    tally = chart_stance_tally(stances, codebook)
    own = dataclasses.replace(tally, key="my_own_chart", native=None, title="Mine", draw=lambda ax: ax.plot([1, 2]))
    build_deck([own, own, tally], tmp_path / "deck.pptx")
    check_file(tmp_path / "deck.pptx")
    drawn = [[shape.has_chart for shape in slide.shapes] for slide in Presentation(tmp_path / "deck.pptx").slides]
    assert [any(chart) for chart in drawn] == [False, False, False, True, False]
    assert len({name for name in list_parts(tmp_path / "deck.pptx") if "my_own_chart" in name}) == 2


def test_a_chart_of_ones_own_is_native_if_it_names_a_kind(tmp_path, stances, codebook):
    own = dataclasses.replace(chart_stance_tally(stances, codebook), key="mine", native="tally")
    build_deck([own], tmp_path / "deck.pptx")
    graph = find_chart(Presentation(tmp_path / "deck.pptx").slides[1])
    assert list(graph.plots[0].series[0].values) == [1, 1, 1, 4]


def test_the_deck_of_the_real_thread_is_small(deck):
    assert deck[2].stat().st_size <= 400_000


def test_two_decks_are_the_same_bytes(tmp_path, deck):
    assert build_deck(deck[0], tmp_path / "again.pptx").read_bytes() == deck[2].read_bytes()


# The file


def list_parts(path):
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def check_file(path):
    parts = list_parts(path)
    types = parts["[Content_Types].xml"].decode()
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            root = etree.fromstring(content)
            values = root.xpath("//*[local-name()='v']/text()")
            assert not {"nan", "inf", "None", ""} & set(values), name
        if name.endswith(".rels"):
            folder = re.sub(r"/?_rels/[^/]+$", "", name)
            for relation in etree.fromstring(content):
                assert relation.get("TargetMode") != "External", "nothing in a deck points outside"
                target = relation.get("Target")
                full = target[1:] if target.startswith("/") else "/".join(filter(None, [folder, target]))
                while "/../" in full:
                    full = re.sub(r"[^/]+/\.\./", "", full, count=1)
                assert full in parts, f"{name} points to {target}"
        if name.startswith("ppt/slides/slide"):
            ids = etree.fromstring(content).xpath("//*[local-name()='cNvPr']/@id")
            assert len(ids) == len(set(ids))
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                for sheet in book.namelist():
                    text = book.read(sheet).decode()
                    assert "<f>" not in text and "hyperlink" not in text
        assert name.rsplit(".", 1)[-1] in types or f"/{name}" in types


AWKWARD = {
    "hostile names": lambda codebook: make_thread(12, names=HOSTILE),
    "one answer": lambda codebook: make_thread(1),
    "no stance at all": lambda codebook: make_thread(5, stance="unaddressed"),
    "all cut off": lambda codebook: make_thread(6, truncated=True),
    "300 answers": lambda codebook: make_thread(300, 90),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_threads_make_sound_files(tmp_path, codebook, case):
    charts, deck = make_deck(tmp_path / "deck.pptx", *AWKWARD[case](codebook), codebook)
    check_file(tmp_path / "deck.pptx")
    assert [slide.shapes.title.text for slide in list(deck.slides)[1:-1]] == [chart.title for chart in charts]


def test_three_options_make_a_sound_file(tmp_path):
    answers, stances = make_thread(12, codebook=THREE)
    _, deck = make_deck(tmp_path / "deck.pptx", answers, stances, THREE)
    check_file(tmp_path / "deck.pptx")
    assert list(find_chart(deck.slides[1]).plots[0].categories)[:3] == ["Email", "Events", "Search"]


def test_hostile_names_are_text_in_the_table_of_experts(tmp_path, codebook):
    answers, stances = make_thread(10, names=HOSTILE)
    _, deck = make_deck(tmp_path / "deck.pptx", answers, stances, codebook)
    table = next(s.table for slide in deck.slides for s in slide.shapes if s.has_table)
    names = {table.cell(row, 0).text for row in range(1, len(table.rows))}
    assert {"=SUM(A1:A9)", "<b>Bold</b> & Co", "$5 to $10 $$", "http://example.org/x", "line break", "x"} <= names
    assert all(name == clean_text(name) for name in names)


def test_the_audit_finds_nothing(deck):
    openxml_audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    result = openxml_audit.OpenXmlValidator().validate(deck[2])
    assert result.is_valid, result.errors


# A company's template


def save_template(path, width, height):
    template = Presentation()
    template.slide_width, template.slide_height = width, height
    template.slides.add_slide(template.slide_layouts[0])
    template.save(path)
    return path


def test_a_template_of_another_size_keeps_its_layouts_and_everything_fits(tmp_path, answers, stances, codebook):
    template = save_template(tmp_path / "company.pptx", Emu(9144000), Emu(5143500))
    charts, deck = make_deck(tmp_path / "deck.pptx", answers, stances, codebook, template=template)
    check_file(tmp_path / "deck.pptx")
    assert len(deck.slides) == len(charts) + 2 and len(deck.slide_layouts) == 11
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
        assert any("n = 12 answers" in s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_a_4_to_3_template_and_a_wrong_file_are_clear_errors(tmp_path, stances, codebook):
    chart = chart_stance_tally(stances, codebook)
    old = save_template(tmp_path / "old.pptx", Emu(9144000), Emu(6858000))
    with pytest.raises(InputError, match="old.pptx: the slides of the template are not 16:9"):
        build_deck([chart], tmp_path / "deck.pptx", template=old)
    (tmp_path / "notes.pptx").write_text("no zip")
    with pytest.raises(InputError, match="notes.pptx: this is not a PowerPoint file"):
        build_deck([chart], tmp_path / "deck.pptx", template=tmp_path / "notes.pptx")
    with pytest.raises(InputError, match="nowhere.pptx: there is no such file"):
        build_deck([chart], tmp_path / "deck.pptx", template=tmp_path / "nowhere.pptx")
    with pytest.raises(InputError, match="no charts"):
        build_deck([], tmp_path / "deck.pptx")
    assert not (tmp_path / "deck.pptx").exists()


def test_other_users_of_python_pptx_are_left_alone(deck):
    from pptx.chart import xlsx

    assert xlsx._BaseWorkbookWriter._open_worksheet.__module__ == "pptx.chart.xlsx"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_every_slide_has_ink_where_its_chart_is(tmp_path, deck):
    from PIL import Image

    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, deck[2]],
        check=True,
        capture_output=True,
        timeout=180,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    subprocess.run(["pdftoppm", "-r", "36", "-png", tmp_path / "deck.pdf", tmp_path / "page"], check=True)
    pages = sorted(tmp_path.glob("page-*.png"))
    assert len(pages) == len(deck[1].slides)
    for page in pages:
        picture = Image.open(page).convert("L")
        width, height = picture.size
        body = picture.crop((0, int(height * 0.27), width, int(height * 0.9)))
        assert sum(body.histogram()[:200]) > 0.003 * body.size[0] * body.size[1], page.name
