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

from ..charts import Chart, check_charts, make_charts
from ..charts.canvas import (
    BODY_BOTTOM,
    BODY_TOP,
    BODY_WIDTH,
    BOTTOM,
    GREY_INK,
    HEIGHT,
    INK,
    LEFT,
    SUBTITLE_INK,
    TITLE_SIZES,
    TOP,
    WIDTH,
    choose_title_size,
    clean_text,
    wraps_whole,
)
from ..charts.chart import render_chart
from ..errors import InputError
from ..files import write_whole
from ..languages import UNREAD
from ..study import Study
from . import native

# The template is edited in PowerPoint, under View > Slide Master, and saved under its name. Its one layout keeps its
# name and its three placeholders: programs know Subtitle and Source by their idx, which new ones would not have.
HOUSE = Path(__file__).with_name("house.pptx")
HOUSE_LAYOUT = "Chart with subtitle and source"
SUBTITLE, SOURCE = 13, 14  # idx of the placeholders; a company's template may have them too
TEXTS = {  # name, top, height, type size and colour where a template has no such placeholder
    SUBTITLE: ("Subtitle", 1.43, 0.4, 18, SUBTITLE_INK),
    SOURCE: ("Source", HEIGHT - BOTTOM - 0.3, 0.3, 12, GREY_INK),
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

    Tallies, ranges, stacks and tables are native: they can be edited, and their numbers are in the
    file. Trees, strips and dots are pictures with the vector drawing attached. Every slide has a title, alt
    text, speaker notes and a source line with n.

    Parameters
    ----------
    charts : list of Chart, or Study
        From `make_charts`, or the study to make them from.
    path : str or Path
        The ``.pptx`` to write; what stood there before is replaced when the new file is whole.
    template : str or Path, optional
        A ``.pptx`` of your own. Its fonts and colours stay; a layout with a title and body
        placeholders of idx 13 (subtitle) and 14 (source) is used if it has one, else its
        "Title Only" layout with text boxes.

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
        raise InputError(
            "there are no charts to put on slides", file=str(path), remedy="pass the list that make_charts returns"
        )
    deck = _open_template(HOUSE if template is None else Path(template))
    layout = _choose_layout(deck)
    with native.harmless_workbooks():
        _add_first_slide(deck, layout, charts)
        for chart in charts:
            _add_chart_slide(deck, layout, chart)
        _add_method_slide(deck, layout, charts)
        if (scale := deck.slide_width / Inches(WIDTH)) != 1:
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
    if abs(deck.slide_height / deck.slide_width * WIDTH / HEIGHT - 1) > 0.01:
        raise InputError(
            "the slides of the template are not 16:9", file=str(path), remedy="set the slide size to widescreen"
        )
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
    scale = deck.slide_width / Inches(WIDTH)
    _fill(slide.shapes.title, title, TITLE_SIZES, bold=True, max_lines=2)
    if layout.name != HOUSE_LAYOUT:  # a company's title has its own face and colour, but must leave room for the chart
        _place(slide.shapes.title, LEFT * scale, TOP * scale, BODY_WIDTH * scale, 0.95 * scale)
        size = choose_title_size(title)
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(round(size * scale))
    places = _find_places(slide)
    for idx, text in ((SUBTITLE, subtitle), (SOURCE, source)):
        name, top, height, size, colour = TEXTS[idx]
        if idx in places:
            _fill(places[idx], text, (size, *range(size - 1, 11, -1)))
        else:
            _add_text(slide, top, height, [text], size, colour, name=name)
    for idx in places.keys() - {0, *TEXTS}:
        places[idx]._element.getparent().remove(places[idx]._element)
    slide.notes_slide.notes_text_frame.text = clean_text(notes)
    return slide


def _fill(shape, text, sizes, *, bold=False, max_lines=1):
    """Write into a placeholder; only text too long for the template's own size gets a smaller one."""
    shape.text_frame.text = clean_text(text)
    fits = (size for size in sizes if wraps_whole(text, BODY_WIDTH * 0.98, size, bold=bold, max_lines=max_lines))
    if (size := next(fits, sizes[-1])) != sizes[0]:
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def _add_text(slide, top, height, paragraphs, size, colour, *, name):
    box = slide.shapes.add_textbox(Inches(LEFT), Inches(top), Inches(BODY_WIDTH), Inches(height))
    box.name = name
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, text in enumerate(paragraphs):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        native.write_run(paragraph, text, size, colour)
        paragraph.space_after = Pt(8)


def _place(shape, left, top, width, height):
    shape.left, shape.top, shape.width, shape.height = Inches(left), Inches(top), Inches(width), Inches(height)


def _add_first_slide(deck, layout, charts):
    slide = _start_slide(
        deck,
        layout,
        charts[0].codebook.question,
        "What the answers say, in the words of the charts that follow",
        charts[0].source,
        f"{charts[0].notes} Every number in this deck was computed from the file named in the source line.",
    )
    titles = [chart.title for chart in charts[:5]]
    _add_text(slide, BODY_TOP + 0.1, BODY_BOTTOM - BODY_TOP, titles, 20, INK, name="Findings")


def _add_method_slide(deck, layout, charts):
    unread = any(UNREAD in chart.source for chart in charts)
    told = (METHOD[0], METHOD_UNREAD, *METHOD[2:]) if unread else METHOD
    slide = _start_slide(
        deck,
        layout,
        "How this was counted",
        "Made by rules and open tables; every step can be repeated",
        charts[0].source,
        " ".join(told),
    )
    steps = [f"{number}.  {step}" for number, step in enumerate(told, 1)]
    _add_text(slide, BODY_TOP + 0.1, BODY_BOTTOM - BODY_TOP, steps, 18, INK, name="Method")


def _add_chart_slide(deck, layout, chart):
    slide = _start_slide(deck, layout, chart.title, native.write_subtitle(chart), chart.source, chart.notes)
    draw = native.DRAWINGS.get(native.find_kind(chart), _draw_picture)
    properties = draw(slide, chart)._element.find(f".//{qn('p:cNvPr')}")
    properties.set("name", clean_text(f"Chart: {chart.key.replace('_', ' ')}"))
    properties.set("descr", chart.alt)
    if source := _find_places(slide).get(SOURCE):  # screen readers go by the order of the shapes
        slide.shapes._spTree.append(source._element)


def _draw_picture(slide, chart):
    """Add the chart as a picture, with the vector drawing that PowerPoint shows instead."""
    png = io.BytesIO(_shrink_png(render_chart(chart, "png", body=True)))
    picture = slide.shapes.add_picture(png, Inches(LEFT), Inches(BODY_TOP - 0.05), Inches(BODY_WIDTH))
    package = slide.part.package
    name = package.next_partname(f"/ppt/media/{re.sub(r'[^A-Za-z0-9]+', '_', chart.key)}%d.svg")
    svg = Part(name, "image/svg+xml", package, render_chart(chart, "svg", body=True))
    relation = slide.part.relate_to(svg, RELATIONSHIP_TYPE.IMAGE)
    space = 'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
    picture._element.blipFill.find(qn("a:blip")).append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<asvg:svgBlip {space} r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )
    return picture


def _shrink_png(png):
    """Keep 128 colours, more than a chart has: the picture looks the same and weighs a third."""
    small = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _rescale(slide, scale):
    """Fit what was placed for our slide to a template of another size: places, sizes and type."""
    placed = [shape for shape in slide.shapes if not shape.is_placeholder]
    for shape in placed:
        shape.left, shape.top = round(shape.left * scale), round(shape.top * scale)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        if shape.has_table:
            for side, key in ((shape.table.columns, "width"), (shape.table.rows, "height")):
                for part in side:
                    setattr(part, key, round(getattr(part, key) * scale))
        roots = [shape._element, shape.chart._chartSpace] if shape.has_chart else [shape._element]
        for properties in (e for root in roots for e in root.iter(qn("a:rPr"), qn("a:defRPr")) if e.get("sz")):
            properties.set("sz", str(round(int(properties.get("sz")) * scale)))


def _pack(deck, chart):
    """Save with fixed dates, so that the same charts give the same bytes."""
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = (
        clean_text(chart.codebook.question)[:255],
        "pmm_analysis",
        "pmm_analysis",
    )
    properties.created = properties.modified = datetime(2000, 1, 1)
    saved, packed = io.BytesIO(), io.BytesIO()
    deck.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            fixed.writestr(info, parts.read(name))
    return packed.getvalue()
