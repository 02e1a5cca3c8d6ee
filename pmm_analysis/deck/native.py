"""Charts and tables that PowerPoint draws itself, with their numbers inside the file, ready to be edited."""

from contextlib import contextmanager
from datetime import datetime

from pptx.chart import xlsx
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from ..charts import canvas, colour_lead
from ..codebook.style import MIXED_STYLE, style_stances
from ..tables import name_column
from ..text import clean_text

BODY_HEIGHT = canvas.BODY_BOTTOM - canvas.BODY_TOP
BODY = [Inches(length) for length in (canvas.LEFT, canvas.BODY_TOP, canvas.BODY_WIDTH, BODY_HEIGHT)]
NO_STYLE_NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
MAX_BARS, MAX_COLUMNS = 10, 8


def draw_tally(slide, chart):
    """Add the tally as bars, the cut-off part hatched."""
    total = int(chart.table["n"].sum())
    rows = _list_rows(chart)
    labels = []
    for row in rows:
        doubts = ((row.truncated, "cut off"), (row.n - row.truncated - row.low, "weakly read"))
        said = ", ".join(f"{n} {doubt}" for n, doubt in doubts if n)
        labels.append(f"{row.n} of {total}" + (f" ({said})" if said else ""))
    return _add_tally(slide, chart, rows, labels, [r.n for r in rows])[0]


def draw_range(slide, chart):
    """Add the tally as bars with the range as error bars."""
    rows = _list_rows(chart)
    labels = [f"{r.n}" if r.low == r.high else f"{r.n} (range {r.low}–{r.high})" for r in rows]
    frame, graph = _add_tally(slide, chart, rows, labels, [max(r.high, r.n) for r in rows])
    _add_error_bars(graph.plots[0].series[1], [r.high - r.n for r in rows], [r.n - r.low for r in rows])
    return frame


def draw_stacks(slide, chart):
    """Add a stacked bar per cluster or thread, split by stance."""
    table, labels, styles = chart.table, chart.labels, style_stances(chart.codebook)
    if "thread" in table:
        table = table.pivot(index="thread", columns="stance", values="n").loc[table["thread"].unique()].head(MAX_BARS)
        names = [f"{_name_thread(thread)} (n = {int(row.sum())})" for thread, row in table.iterrows()]
    else:
        table = table.head(MAX_BARS)
        names = [f"{row.cluster}: {', '.join(row.terms.split(', ')[:2])} (n = {row.n})" for row in table.itertuples()]
        table = table[[name_column(stance) for stance in styles]].set_axis(list(styles), axis=1)
    frame, graph = _add_bars(slide, names, {labels[stance]: table[stance].tolist() for stance in styles})
    totals = [sum(counts) for counts in zip(*(table[stance] for stance in styles))]
    graph.value_axis.minimum_scale, graph.value_axis.maximum_scale = 0, max([*totals, 1])
    graph.has_legend = True
    graph.legend.position, graph.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    graph.legend.font.size = Pt(16)
    for series, (stance, style) in zip(graph.plots[0].series, styles.items()):
        _paint(series.format, style.fill, style.edge)
        for i, n in enumerate(table[stance]):
            if n:
                _label(series.points[i], str(n), 16, style.on_fill, XL_LABEL_POSITION.CENTER)
    _lay_out_plot(graph, height=0.84)
    return frame


def draw_leads(slide, chart):
    """Add the lead of one option over the other as bars with ranges, grey where the range crosses zero."""
    first, second = (clean_text(option.label).replace('"', "") for option in chart.codebook.options[:2])
    rows = list(chart.table.head(MAX_BARS).itertuples(index=False))
    names = [f"{_name_thread(row.thread)} (n = {row.n})" for row in rows]
    frame, graph = _add_bars(slide, names, {"Lead": [int(row.lead) for row in rows]})
    reach = max([abs(int(edge)) for row in rows for edge in (row.low, row.high)] + [1])
    values = graph.value_axis
    values.visible, values.minimum_scale, values.maximum_scale = True, -reach, reach
    values.tick_labels.font.size = Pt(14)
    values.tick_labels.number_format = f'0 "{first}";0 "{second}";"even"'
    values.tick_labels.number_format_is_linked = False
    values.major_unit = reach
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.format.line.fill.background()
    series = graph.plots[0].series[0]
    for i, row in enumerate(rows):
        _paint(series.points[i].format, colour_lead(row, chart.codebook))
    _add_error_bars(series, [row.high - row.lead for row in rows], [row.lead - row.low for row in rows])
    return frame


def draw_profiles(slide, chart):
    """Add the experts as a table."""
    labels, skilled = chart.labels, bool(chart.codebook.skills)
    head = ("Expert", "Stance", "Answers", "Words", "Skills named" if skilled else "Own words")
    rows = []
    for row in chart.table.itertuples():
        words = f"{row.words}+ {canvas.CUT_OFF}" if row.truncated else f"{row.words}"
        said = row.skills if skilled else row.terms
        rows.append((row.expert, labels[row.stance], f"{row.answers}", words, said if isinstance(said, str) else "–"))
    return _add_table(slide, head, rows, (2.9, 2.2, 1.1, 1.3, 4.6))


def draw_table(slide, chart):
    """Add the counts of clusters by thread as a table, shaded by their part of the row."""
    counts = chart.table.pivot(index="thread", columns="cluster", values="n").loc[chart.table["thread"].unique()]
    counts = counts.iloc[:MAX_BARS, :MAX_COLUMNS]
    terms = dict(zip(chart.table["cluster"], chart.table["terms"]))
    rows, shades = [], []
    for thread, values in counts.iterrows():
        n = int(values.sum())
        rows.append((f"{_name_thread(thread)} (n = {n})", *(f"{value}" if value else "–" for value in values)))
        shades.append((None, *(canvas.shade_part(value, n) for value in values)))
    widths = (3.3, *((canvas.BODY_WIDTH - 3.3) / len(counts.columns),) * len(counts.columns))
    head = ("Thread", *(f"{cluster}: {terms[cluster]}" for cluster in counts.columns))
    return _add_table(slide, head, rows, widths, shades)


DRAWINGS = {  # kind of a chart -> how PowerPoint draws it
    "tally": draw_tally,
    "range": draw_range,
    "stacks": draw_stacks,
    "leads": draw_leads,
    "profiles": draw_profiles,
    "table": draw_table,
}


def write_subtitle(chart):
    """Write the subtitle of a slide, which says something else where PowerPoint's drawing differs from the picture."""
    if chart.native == "tally":
        return "Bar = answers; hatched = cut off in the page, so the stance may change"
    if chart.native == "profiles":
        return "Stance over all answers. Words: + where an answer is cut off"
    if chart.native == "stacks" and "thread" in chart.table:
        return "Answers per thread, split by stance"
    return chart.subtitle


# Parts


def _name_thread(thread):
    return thread.replace("_", " ")


def _list_rows(chart):
    """List the rows of a tally in the order charts show them."""
    table = chart.table.set_index(chart.table["stance"].astype(str))
    order = [stance for stance in style_stances(chart.codebook) | {"mixed": MIXED_STYLE} if stance in table.index]
    return list(table.loc[order].itertuples(index=False))


def _add_tally(slide, chart, rows, labels, ends):
    """Add one bar per stance with a label past its end, on an invisible series: a bar chart has no other place."""
    longest = max([*ends, 1])
    series = {
        "Answers, whole": [int(row.n - row.truncated) for row in rows],
        "Answers, cut off": [int(row.truncated) for row in rows],
        "Up to high": [int(end - row.n) for end, row in zip(ends, rows)],
        "Room for the label": [longest * 0.4] * len(rows),
    }
    frame, graph = _add_bars(slide, [row.label for row in rows], series)
    graph.value_axis.minimum_scale, graph.value_axis.maximum_scale = 0, longest * 1.4
    whole, cut, gap, room = graph.plots[0].series
    for invisible in (gap, room):
        invisible.format.fill.background()
    styles = style_stances(chart.codebook) | {"mixed": MIXED_STYLE}
    for i, (row, label) in enumerate(zip(rows, labels)):
        style = styles[row.stance]
        _paint(whole.points[i].format, style.fill, style.outline)
        hatch = cut.points[i].format
        hatch.fill.patterned()
        hatch.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        hatch.fill.fore_color.rgb, hatch.fill.back_color.rgb = _rgb(style.ink), _rgb("#FFFFFF")
        hatch.line.color.rgb = _rgb(style.outline)
        _label(room.points[i], "\u00a0\u00a0" + label, 18, style.ink, XL_LABEL_POSITION.INSIDE_BASE)
    return frame, graph


def _add_bars(slide, names, series):
    """Add stacked horizontal bars in house style: no title, no grid, no value axis, first name on top."""
    data = CategoryChartData()
    data.categories = ["\n".join(canvas.wrap_text(clean_text(name), 2.9, 16)) for name in names]
    for name, values in series.items():
        data.add_series(clean_text(name), values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *BODY, data)
    graph = frame.chart
    graph.has_legend = graph.has_title = False
    graph.font.size, graph.font.color.rgb = Pt(16), _rgb(canvas.INK)
    values, categories = graph.value_axis, graph.category_axis
    values.visible = values.has_major_gridlines = False
    categories.reverse_order = True
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.format.line.color.rgb = _rgb(canvas.AXIS)
    values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # reversed categories put the value axis on top
    graph.plots[0].gap_width, graph.plots[0].overlap = 45, 100
    for element in graph._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):  # the schema forbids negative ids
        element.set("val", str(int(element.get("val")) & 0x7FFFFFFF))
    _lay_out_plot(graph)
    return frame, graph


def _paint(part, fill, edge="#FFFFFF"):
    part.fill.solid()
    part.fill.fore_color.rgb = _rgb(fill)
    part.line.color.rgb, part.line.width = _rgb(edge), Pt(1.5)


def _label(point, text, size, colour, position):
    label = point.data_label
    label.position = position
    label.text_frame.word_wrap = False
    write_run(label.text_frame.paragraphs[0], text, size, colour, bold=True)


def write_run(paragraph, text, size, colour, *, bold=False):
    """Add text to a paragraph."""
    run = paragraph.add_run()
    run.text = clean_text(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, _rgb(colour)


def _rgb(colour):
    return RGBColor.from_string(colour[1:])


def _add_error_bars(series, plus, minus):
    """Draw a range as custom error bars; python-pptx has no call for them."""

    def numbers(name, values):
        points = "".join(f'<c:pt idx="{i}"><c:v>{int(value)}</c:v></c:pt>' for i, value in enumerate(values))
        count = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>'
        return f"<c:{name}><c:numLit>{count}{points}</c:numLit></c:{name}>"

    bars = (
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"{numbers('plus', plus)}{numbers('minus', minus)}<c:spPr>"
        f'<a:ln w="28575"><a:solidFill><a:srgbClr val="{canvas.INK[1:]}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
    series._element.find(qn("c:cat")).addprevious(parse_xml(bars))


def _lay_out_plot(graph, *, height=0.94):
    """Keep the plot area in one place on every slide, with a gutter for labels."""
    area = graph._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = (
        f"<c:layout {nsdecls('c')}><c:manualLayout>"
        '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="0.27"/><c:y val="0.02"/><c:w val="0.71"/><c:h val="{height}"/></c:manualLayout></c:layout>'
    )
    area.insert(0, parse_xml(layout))


def _add_table(slide, head, rows, widths, shades=None):
    """Add a native table without the program's own stripes: a rule under each row, cells shaded if asked."""
    lines = len(rows) + 1
    height = min(0.45, BODY_HEIGHT / lines)
    size = Inches(sum(widths)), Inches(height * lines)
    frame = slide.shapes.add_table(lines, len(head), *BODY[:2], *size)
    table = frame.table
    table._tbl.tblPr.set("bandRow", "0")
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE_NO_GRID
    for column, width in zip(table.columns, widths):
        column.width = Inches(width)
    for row in table.rows:
        row.height = Inches(height)
    rule = f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:lnB>'
    for y, words in enumerate((head, *rows)):
        for x, text in enumerate(words):
            cell = table.cell(y, x)
            cell.margin_left = cell.margin_top = cell.margin_bottom = 0
            cell.margin_right = Inches(0.1)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.text_frame.word_wrap = False
            bold, shade = y == 0 or x == 0, shades[y - 1][x] if shades and y else None
            paragraph = cell.text_frame.paragraphs[0]
            if shades and x:
                paragraph.alignment = PP_ALIGN.CENTER
            colour = canvas.ink_on(shade) if shade else canvas.GREY_INK if y == 0 else canvas.INK
            write_run(paragraph, canvas.fit_text(text, widths[x] - 0.15, 14, bold=bold), 14, colour, bold=bold)
            if shade:
                cell.fill.solid()
                cell.fill.fore_color.rgb = _rgb(shade)
            cell._tc.get_or_add_tcPr().insert(0, parse_xml(rule))  # the schema wants borders before the fill
    return frame


@contextmanager
def harmless_workbooks():
    """While it lasts, workbooks inside charts hold text as text: no formulas, no links, no date of today."""

    @contextmanager
    def open_worksheet(writer, file):
        as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        workbook = Workbook(file, {"in_memory": True} | as_text)
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        yield workbook, workbook.add_worksheet()
        workbook.close()

    writer = xlsx._BaseWorkbookWriter
    before = writer._open_worksheet
    writer._open_worksheet = open_worksheet
    try:
        yield
    finally:
        writer._open_worksheet = before
