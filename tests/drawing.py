"""Read back what a chart has drawn."""

import re

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pmm_analysis.charts.canvas import compose_slide, house_style


def draw(chart):
    """Draw a chart as it is exported and return its figure."""
    with house_style():
        figure = Figure()
        FigureCanvasAgg(figure)
        chart.draw(compose_slide(figure, chart.title, chart.subtitle, chart.source))
        figure.canvas.draw()
    return figure


def artists(figure, gid):
    """Return the artists whose gid matches a pattern from its start to its end."""
    return [artist for artist in figure.findobj() if artist.get_gid() and re.fullmatch(gid, artist.get_gid())]


def texts(figure, gid=r".*"):
    """Return the words of the texts whose gid matches a pattern."""
    return [artist.get_text() for artist in artists(figure, gid) if hasattr(artist, "get_text")]


def find_faults(figure):
    """List what a person would call wrong: text outside the slide, on other text, or too small."""
    from matplotlib.text import Text

    renderer = figure.canvas.get_renderer()
    shown = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    boxes = [(t, t.get_window_extent(renderer)) for t in shown]
    faults = []
    for text, box in boxes:
        if box.x0 < 0.55 * 100 or box.y0 < 0 or box.x1 > figure.bbox.width - 30 or box.y1 > figure.bbox.height:
            faults.append(f"outside: {text.get_text()!r}")
        if text.get_fontsize() < 12:
            faults.append(f"small: {text.get_text()!r} {text.get_fontsize():.1f} pt")
    for i, (one, a) in enumerate(boxes):
        for other, b in boxes[i + 1 :]:
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            tall = min(a.y1, b.y1) - max(a.y0, b.y0)
            if wide > 1 and tall > 0.25 * min(a.height, b.height):
                faults.append(f"overlap: {one.get_text()!r} and {other.get_text()!r}")
    return faults
