"""Chart descriptions become slides: native charts and tables where PowerPoint has them, pictures elsewhere.

Places are inches on a 13.333 × 7.5 in slide.
"""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from PIL import Image
from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from ..charts import Chart, canvas, check_charts, make_charts, render_chart
from ..errors import InputError
from ..files import write_whole
from ..languages import UNREAD
from ..study import Study
from ..text import clean_text
from . import native

# The template is edited in PowerPoint, under View > Slide Master, and saved under its name. Its one layout keeps its
# name and its three placeholders: programs know Subtitle and Source by their idx, which new ones would not have.
HOUSE = Path(__file__).with_name("house.pptx")
HOUSE_LAYOUT = "Chart with subtitle and source"
SUBTITLE, SOURCE = 13, 14  # idx of the placeholders; a company's template may have them too
TEXTS = {  # name, top, height, type size and colour where a template has no such placeholder
    SUBTITLE: ("Subtitle", 1.43, 0.4, 18, canvas.SUBTITLE_INK),
    SOURCE: ("Source", canvas.HEIGHT - canvas.BOTTOM - 0.3, 0.3, 12, canvas.GREY_INK),
}
METHOD_UNREAD = "Rules read answers in English only; those in other languages count where a person has coded them."
METHOD = (
    "The page was read as it was pasted: one row per answer; what the page cut off is marked, not completed.",
    "Each answer was read by rules for words that prefer one option; all it found is in evidence.csv.",
    "Counts come first. Low and high are the counts if every cut-off or weakly read answer went one way.",
    "Answers were compared by TF-IDF: words that few answers share weigh more. Clusters follow words, not meaning.",
    "Skills count as named when one of their words in the codebook stands in the answer.",
    "These experts chose to answer. They are no random sample, so no percentage here estimates anyone else.",
)


def build_deck(charts: list[Chart] | Study, path: str | Path, *, template: str | Path | None = None) -> Path:
    """Write a deck of one slide per chart, between a first slide and a method slide.

    Tallies, ranges, stacks and tables are native: they can be edited, and their numbers are in the file. Trees, strips
    and dots are pictures with the vector drawing attached. Every slide has a title, alt text, speaker notes and a
    source line with n.

    Parameters
    ----------
    charts : list of Chart, or Study
        From `make_charts`, or the study to make them from.
    path : str or Path
        The ``.pptx`` to write; what stood there before is replaced when the new file is whole.
    template : str or Path, optional
        A ``.pptx`` of your own. Its fonts and colours stay; a layout with a title and body placeholders of idx 13
        (subtitle) and 14 (source) is used if it has one, else its "Title Only" layout with text boxes.

    Returns
    -------
    Path
        The deck.

    Raises
    ------
    InputError
        No charts, a template that is no PowerPoint file, or a path that cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pmm_analysis import Study, chart_stance_tally, load_thread
    >>> study = Study(load_thread("hard_vs_soft_skills.txt"), "hard_vs_soft_skills")
    >>> build_deck([chart_stance_tally(study)], Path(tempfile.mkdtemp()) / "deck.pptx").name
    'deck.pptx'
    """
    charts = make_charts(charts) if isinstance(charts, Study) else check_charts(charts)
    if not charts:
        remedy = "pass the list that make_charts returns"
        raise InputError("there are no charts to put on slides", file=str(path), remedy=remedy)
    deck = _open_template(HOUSE if template is None else Path(template))
    layout = _choose_layout(deck)
    with native.harmless_workbooks():
        _add_first_slide(deck, layout, charts)
        for chart in charts:
            _add_chart_slide(deck, layout, chart)
        _add_method_slide(deck, layout, charts)
        if (scale := deck.slide_width / Inches(canvas.WIDTH)) != 1:
            for slide in deck.slides:
                _rescale(slide, scale)
    return write_whole(path, _pack(deck, charts[0]))


def _open_template(path):
    """Open a template without its slides."""
    if not path.is_file():
        raise InputError("there is no such file", file=str(path), remedy="check the path of the template")
    try:
        deck = Presentation(str(path))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, OSError):
        raise InputError("this is not a PowerPoint file", file=str(path), remedy="save the template as .pptx") from None
    if abs(deck.slide_height / deck.slide_width * canvas.WIDTH / canvas.HEIGHT - 1) > 0.01:
        remedy = "set the slide size to widescreen"
        raise InputError("the slides of the template are not 16:9", file=str(path), remedy=remedy)
    for slide in list(deck.slides._sldIdLst):
        deck.part.drop_rel(slide.rId)
        deck.slides._sldIdLst.remove(slide)
    return deck


def _choose_layout(deck):
    """Prefer a layout with our placeholders, then one with a title and little else."""
    titled = [layout for layout in deck.slide_layouts if 0 in _find_places(layout)]
    if not titled:
        raise InputError("the template has no layout with a title", remedy='add a layout such as "Title Only" to it')
    ours = [layout for layout in titled if _find_places(layout).keys() >= TEXTS.keys()]
    return ours[0] if ours else min(titled, key=lambda layout: len(layout.placeholders))


def _find_places(page):
    return {shape.placeholder_format.idx: shape for shape in page.placeholders}


def _start_slide(deck, layout, title, subtitle, source, notes):
    """Add a slide with its words: those that the layout has no placeholders for become text boxes."""
    slide = deck.slides.add_slide(layout)
    scale = deck.slide_width / Inches(canvas.WIDTH)
    heading = slide.shapes.title
    _fill(heading, title, canvas.TITLE_SIZES, bold=True, max_lines=2)
    if layout.name != HOUSE_LAYOUT:  # a company's title has its own face and colour, but must leave room for the chart
        place = (Inches(length * scale) for length in (canvas.LEFT, canvas.TOP, canvas.BODY_WIDTH, 0.95))
        heading.left, heading.top, heading.width, heading.height = place
        size = canvas.choose_size(title, canvas.TITLE_SIZES, bold=True)
        heading.text_frame.paragraphs[0].runs[0].font.size = Pt(round(size * scale))
    places = _find_places(slide)
    for idx, text in ((SUBTITLE, subtitle), (SOURCE, source)):
        name, top, height, size, colour = TEXTS[idx]
        if idx in places:
            _fill(places[idx], text, (size, *range(size - 1, 11, -1)))
        else:
            _add_text(slide, top, height, [text], size, colour, name)
    for idx in places.keys() - {0, *TEXTS}:
        places[idx]._element.getparent().remove(places[idx]._element)
    slide.notes_slide.notes_text_frame.text = clean_text(notes)
    return slide


def _fill(shape, text, sizes, *, bold=False, max_lines=1):
    """Write into a placeholder; only text too long for the template's own size gets a smaller one."""
    shape.text_frame.text = clean_text(text)
    size = canvas.choose_size(text, sizes, canvas.BODY_WIDTH * 0.98, bold=bold, max_lines=max_lines)
    if size != sizes[0]:
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def _add_text(slide, top, height, paragraphs, size, colour, name):
    box = slide.shapes.add_textbox(Inches(canvas.LEFT), Inches(top), Inches(canvas.BODY_WIDTH), Inches(height))
    box.name = name
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, text in enumerate(paragraphs):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        native.write_run(paragraph, text, size, colour)
        paragraph.space_after = Pt(8)


def _add_first_slide(deck, layout, charts):
    first, subtitle = charts[0], "What the answers say, in the words of the charts that follow"
    notes = f"{first.notes} Every number in this deck was computed from the file named in the source line."
    slide = _start_slide(deck, layout, first.codebook.question, subtitle, first.source, notes)
    titles = [chart.title for chart in charts[:5]]
    _add_text(slide, canvas.BODY_TOP + 0.1, native.BODY_HEIGHT, titles, 20, canvas.INK, "Findings")


def _add_method_slide(deck, layout, charts):
    unread = any(UNREAD in chart.source for chart in charts)
    told = (METHOD[0], METHOD_UNREAD, *METHOD[2:]) if unread else METHOD
    subtitle = "Made by rules and open tables; every step can be repeated"
    slide = _start_slide(deck, layout, "How this was counted", subtitle, charts[0].source, " ".join(told))
    steps = [f"{number}.  {step}" for number, step in enumerate(told, 1)]
    _add_text(slide, canvas.BODY_TOP + 0.1, native.BODY_HEIGHT, steps, 18, canvas.INK, "Method")


def _add_chart_slide(deck, layout, chart):
    slide = _start_slide(deck, layout, chart.title, native.write_subtitle(chart), chart.source, chart.notes)
    draw = native.DRAWINGS.get(chart.native, _draw_picture)
    properties = draw(slide, chart)._element.find(f".//{qn('p:cNvPr')}")
    properties.set("name", clean_text(f"Chart: {chart.key.replace('_', ' ')}"))
    properties.set("descr", chart.alt)
    if source := _find_places(slide).get(SOURCE):  # screen readers go by the order of the shapes
        slide.shapes._spTree.append(source._element)


def _draw_picture(slide, chart):
    """Add the chart as a picture, with the vector drawing that PowerPoint shows instead."""
    png = io.BytesIO(_shrink_png(render_chart(chart, "png", body=True)))
    left, top, width = (Inches(length) for length in (canvas.LEFT, canvas.BODY_TOP - 0.05, canvas.BODY_WIDTH))
    picture = slide.shapes.add_picture(png, left, top, width)
    package = slide.part.package
    name = package.next_partname(f"/ppt/media/{re.sub(r'[^A-Za-z0-9]+', '_', chart.key)}%d.svg")
    svg = Part(name, "image/svg+xml", package, render_chart(chart, "svg", body=True))
    relation = slide.part.relate_to(svg, RELATIONSHIP_TYPE.IMAGE)
    space = 'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
    extension = (
        f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
        f'<asvg:svgBlip {space} r:embed="{relation}"/></a:ext></a:extLst>'
    )
    picture._element.blipFill.find(qn("a:blip")).append(parse_xml(extension))
    return picture


def _shrink_png(png):
    """Keep 128 colours, more than a chart has: the picture looks the same and weighs a third."""
    small = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _rescale(slide, scale):
    """Fit what was placed for our slide to a template of another size: places, sizes and type."""
    for shape in (shape for shape in slide.shapes if not shape.is_placeholder):
        shape.left, shape.top = round(shape.left * scale), round(shape.top * scale)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        if shape.has_table:
            for column in shape.table.columns:
                column.width = round(column.width * scale)
            for row in shape.table.rows:
                row.height = round(row.height * scale)
        roots = [shape._element, shape.chart._chartSpace] if shape.has_chart else [shape._element]
        for properties in (e for root in roots for e in root.iter(qn("a:rPr"), qn("a:defRPr")) if e.get("sz")):
            properties.set("sz", str(round(int(properties.get("sz")) * scale)))


def _pack(deck, chart):
    """Save with fixed dates, so that the same charts give the same bytes."""
    properties = deck.core_properties
    properties.title = clean_text(chart.codebook.question)[:255]
    properties.author = properties.last_modified_by = "pmm_analysis"
    properties.created = properties.modified = datetime(2000, 1, 1)
    saved, packed = io.BytesIO(), io.BytesIO()
    deck.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            fixed.writestr(info, parts.read(name))
    return packed.getvalue()
