"""Chart descriptions become slides: native charts and tables where PowerPoint has them, pictures elsewhere.

All knowledge of PowerPoint's file format is in this module. Places are inches on a 13.333 × 7.5 in slide.
"""

import io
import zipfile
from datetime import datetime
from pathlib import Path

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

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
from . import native

HOUSE = "Chart with subtitle and source"
SUBTITLE, SOURCE = 13, 14  # idx of the placeholders; a company's template may have them too
BARS = "Bar = answers; hatched = cut off in the page, so the stance may change"
ROWS = "Stance over all answers. Words: + where an answer is cut off"
NATIVE = {  # key -> how PowerPoint draws it, and the subtitle where its drawing differs from the picture
    "stance_tally": (native.draw_tally, BARS),
    "stance_range": (native.draw_range, None),
    "cluster_stances": (native.draw_cluster_stances, None),
    "expert_profiles": (native.draw_profiles, ROWS),
    "thread_stances": (native.draw_thread_stances, "Answers per thread, split by stance"),
    "thread_leads": (native.draw_thread_leads, None),
    "cluster_threads": (native.draw_cluster_threads, None),
}


def build_deck(charts, path, *, template=None):
    """Write a deck of one slide per chart, between a first slide and a method slide.

    Tallies, ranges, stacks and tables are native: they can be edited, and their numbers are in the
    file. Trees, strips and dots are pictures with the vector drawing attached. Every slide has a title, alt
    text, speaker notes and a source line with n.

    Parameters
    ----------
    charts : list of Chart
        From `make_charts`.
    path : str or Path
        The ``.pptx`` to write; what stood there before is replaced when the new file is whole.
    template : str or Path, optional
        A ``.pptx`` of your own. Its fonts and colours stay; a layout with a title and body
        placeholders of idx 13 (subtitle) and 14 (source) is used if it has one, else its
        "Title Only" layout with text boxes.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        No charts, a template that is no PowerPoint file, or a path that cannot be written.
    """
    charts = list(charts)
    if not charts:
        raise InputError(
            "there are no charts to put on slides", file=str(path), remedy="pass the list that make_charts returns"
        )
    deck = _open_template(template)
    layout = _choose_layout(deck)
    scale = deck.slide_width / Inches(WIDTH)
    if abs(deck.slide_height / Inches(HEIGHT) - scale) > 0.01 * scale:
        raise InputError(
            "the slides of the template are not 16:9", file=str(template), remedy="set the slide size to widescreen"
        )
    with native.harmless_workbooks():
        _add_first_slide(deck, layout, charts)
        for chart in charts:
            _add_chart_slide(deck, layout, chart)
        _add_method_slide(deck, layout, charts)
        if scale != 1:
            for slide in deck.slides:
                _rescale(slide, scale)
    return write_whole(path, _pack(deck, charts[0]))


def _open_template(template):
    if template is not None:
        if not Path(template).is_file():
            raise InputError("there is no such file", file=str(template), remedy="check the path of the template")
        try:
            deck = Presentation(str(template))
        except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, OSError):
            raise InputError(
                "this is not a PowerPoint file", file=str(template), remedy="save the template as .pptx"
            ) from None
        for slide in list(deck.slides._sldIdLst):
            deck.part.drop_rel(slide.rId)
            deck.slides._sldIdLst.remove(slide)
        return deck
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _make_house_layout(deck)
    return deck


def _make_house_layout(deck):
    """Turn the "Title Only" layout into ours and drop the others, whose places are made for 4:3."""
    house = deck.slide_layouts[5]
    for layout in list(deck.slide_layouts):
        if layout is not house:
            deck.slide_layouts.remove(layout)
    house.name = HOUSE
    _set_theme_font(deck, "Arial")
    for owner in (deck.slide_master, house):
        for shape in list(owner.placeholders):
            if shape.placeholder_format.type not in (1, 3):  # the title, as PP_PLACEHOLDER counts
                shape._element.getparent().remove(shape._element)
        _place(owner.placeholders[0], LEFT, TOP - 0.05, BODY_WIDTH, 0.98)
    tree = house.shapes._spTree
    for number, (idx, name, top, height, size, colour, anchor) in enumerate(
        (
            (SUBTITLE, "Subtitle", 1.43, 0.4, 18, SUBTITLE_INK, "t"),
            (SOURCE, "Source", HEIGHT - BOTTOM - 0.3, 0.3, 12, GREY_INK, "b"),
        ),
        10,
    ):
        tree.append(_make_placeholder(number, idx, name, LEFT, top, BODY_WIDTH, height, size, colour, anchor))
    _style_title(deck.slide_master)


def _make_placeholder(number, idx, name, left, top, width, height, size, colour, anchor):
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{Inches(left)}" y="{Inches(top)}"/><a:ext cx="{Inches(width)}" cy="{Inches(height)}"/>'
        "</a:xfrm></p:spPr><p:txBody>"
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle>'
        '<a:lvl1pPr marL="0" indent="0"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{size * 100}"><a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        f'</a:lstStyle><a:p><a:r><a:rPr lang="en-US"/><a:t>{name}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def _style_title(master):
    properties = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    properties.set("algn", "l")
    run = properties.find(qn("a:defRPr"))
    run.set("sz", "2800")
    run.set("b", "1")
    for fill in run.findall(qn("a:solidFill")):
        run.remove(fill)
    run.insert(0, _solid_fill(INK))
    body = master.placeholders[0]._element.find(f".//{qn('a:bodyPr')}")
    for key, value in {"lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0", "anchor": "t"}.items():
        body.set(key, value)


def _set_theme_font(deck, name):
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for kind in ("majorFont", "minorFont"):
        theme.find(f".//{space}{kind}/{space}latin").set("typeface", name)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _choose_layout(deck):
    """Prefer a layout with our placeholders, then one with a title and little else."""
    for layout in deck.slide_layouts:
        found = {shape.placeholder_format.idx for shape in layout.placeholders}
        if {0, SUBTITLE, SOURCE} <= found:
            return layout
    titled = [
        layout for layout in deck.slide_layouts if 0 in {shape.placeholder_format.idx for shape in layout.placeholders}
    ]
    if not titled:
        raise InputError("the template has no layout with a title", remedy='add a layout such as "Title Only" to it')
    return min(titled, key=lambda layout: len(layout.placeholders))


def _start_slide(deck, layout, title, subtitle, source, notes):
    slide = deck.slides.add_slide(layout)
    scale = deck.slide_width / Inches(WIDTH)
    _fill(slide.shapes.title, title, TITLE_SIZES, bold=True, max_lines=2)
    if layout.name != HOUSE:  # a company's title has its own face and colour, but must leave room for the chart
        _place(slide.shapes.title, LEFT * scale, TOP * scale, BODY_WIDTH * scale, 0.95 * scale)
        size = choose_title_size(title)
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(round(size * scale))
    for idx, text, top, height, size, colour in (
        (SUBTITLE, subtitle, 1.43, 0.4, 18, SUBTITLE_INK),
        (SOURCE, source, HEIGHT - BOTTOM - 0.3, 0.3, 12, GREY_INK),
    ):
        own = [shape for shape in slide.placeholders if shape.placeholder_format.idx == idx]
        if own:
            _fill(own[0], text, (size, *range(size - 1, 11, -1)))
        else:
            name = "Subtitle" if idx == SUBTITLE else "Source"
            _add_text(slide, LEFT, top, BODY_WIDTH, height, [(text, size, colour, False)], name=name)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.idx not in (0, SUBTITLE, SOURCE):
            shape._element.getparent().remove(shape._element)
    slide.notes_slide.notes_text_frame.text = clean_text(notes)
    return slide


def _fill(shape, text, sizes, *, bold=False, max_lines=1):
    """Write into a placeholder; only text too long for the template's own size gets a smaller one."""
    shape.text_frame.text = clean_text(text)
    fits = (size for size in sizes if wraps_whole(text, BODY_WIDTH * 0.98, size, bold=bold, max_lines=max_lines))
    if (size := next(fits, sizes[-1])) != sizes[0]:
        shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def _add_text(slide, left, top, width, height, lines, *, name="Text"):
    """Add a text box; each line is (text, size, colour, bold)."""
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.name = name
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, (text, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = clean_text(text)
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour[1:])
        paragraph.space_after = Pt(8)
    return box


def _place(shape, left, top, width, height):
    shape.left, shape.top, shape.width, shape.height = Inches(left), Inches(top), Inches(width), Inches(height)


def _describe(shape, name, alt):
    properties = shape._element.find(f".//{qn('p:cNvPr')}")
    properties.set("name", clean_text(name))
    properties.set("descr", clean_text(alt))


def _add_first_slide(deck, layout, charts):
    first = charts[0]
    lines = [(chart.title, 20, INK, False) for chart in charts[:5]]
    slide = _start_slide(
        deck,
        layout,
        first.codebook.question,
        "What the answers say, in the words of the charts that follow",
        first.source,
        f"{first.notes} Every number in this deck was computed from the file named in the source line.",
    )
    _add_text(slide, LEFT, BODY_TOP + 0.1, BODY_WIDTH, BODY_BOTTOM - BODY_TOP, lines, name="Findings")


def _add_method_slide(deck, layout, charts):
    steps = (
        "The page was read as it was pasted: one row per answer; what the page cut off is marked, not completed.",
        "Each answer was read by rules for words that prefer one option; every stance has a quote in evidence.csv.",
        "Counts come first. Low and high are the counts if every cut-off or weakly read answer went one way.",
        "Answers were compared by TF-IDF: words that few answers share weigh more. Clusters follow words, not meaning.",
        "Skills count as named when one of their words in the codebook stands in the answer.",
        "These experts chose to answer. They are no random sample, so no percentage here estimates anyone else.",
    )
    slide = _start_slide(
        deck,
        layout,
        "How this was counted",
        "Made by rules and open tables; every step can be repeated",
        charts[0].source,
        " ".join(steps),
    )
    _add_text(
        slide,
        LEFT,
        BODY_TOP + 0.1,
        BODY_WIDTH,
        BODY_BOTTOM - BODY_TOP,
        [(f"{number}.  {step}", 18, INK, False) for number, step in enumerate(steps, 1)],
        name="Method",
    )


def _add_chart_slide(deck, layout, chart):
    draw, subtitle = NATIVE.get(chart.key, (_draw_picture, None))
    slide = _start_slide(deck, layout, chart.title, subtitle or chart.subtitle, chart.source, chart.notes)
    shape = draw(slide, chart)
    _describe(shape, f"Chart: {chart.key.replace('_', ' ')}", chart.alt)
    source = [s for s in slide.placeholders if s.placeholder_format.idx == SOURCE]
    if source:  # screen readers go by the order of the shapes: the source comes last
        slide.shapes._spTree.append(source[0]._element)


def _draw_picture(slide, chart):
    picture = slide.shapes.add_picture(
        io.BytesIO(_shrink_png(render_chart(chart, "png", body=True))),
        Inches(LEFT),
        Inches(BODY_TOP - 0.05),
        Inches(BODY_WIDTH),
    )
    package = slide.part.package
    svg = Part(PackURI(f"/ppt/media/{chart.key}.svg"), "image/svg+xml", package, render_chart(chart, "svg", body=True))
    relation = slide.part.relate_to(svg, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image")
    blip = picture._element.blipFill.find("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    blip.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
            'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )
    return picture


def _solid_fill(colour):
    return parse_xml(f'<a:solidFill {nsdecls("a")}><a:srgbClr val="{colour[1:]}"/></a:solidFill>')


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
