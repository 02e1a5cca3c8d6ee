"""House style: colours and marks for stances, fonts, text that fits, and the 16:9 canvas.

Lengths are inches from the top left of a 13.333 × 7.5 in slide, type sizes are points, so 16 pt
in a picture is 16 pt on the slide it is placed on at full size.
"""

from contextlib import contextmanager
from pathlib import Path

import matplotlib.style
from matplotlib.patches import Rectangle

from ..text import clean_text
from .letters import measure_text, name_families, show_letters

INK, GREY_INK, SUBTITLE_INK = "#1A1A1A", "#595959", "#4A4A4A"
BAR, AXIS, GRID = "#A6A6A6", "#767676", "#D9D9D9"
RAMP = ("#F4F2F7", "#D6CEE3", "#AD9DC8", "#7E66A6", "#4B2E7F")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 40 / 3, 7.5, 0.6, 0.6, 0.45, 0.4
TITLE_SIZES, SUBTITLE_SIZES, SOURCE_SIZE = (28, 26, 24, 20), (18, 17, 16), 12
DPI = 144
BODY_WIDTH, BODY_TOP, BODY_BOTTOM = WIDTH - LEFT - RIGHT, 1.95, 6.75
CUT_OFF, WEAK = "†", "?"


@contextmanager
def house_style():
    """Apply the house style, and nothing of the user's own, to everything drawn inside the ``with`` block."""
    with matplotlib.style.context(Path(__file__).with_name("house.mplstyle"), after_reset=True):
        matplotlib.rcParams["font.family"] = name_families()
        yield


def drawable(text):
    """Return cleaned text as a picture can show it, see `show_letters`."""
    return " ".join(part for part in show_letters(clean_text(text)).split(" ") if part)


def fit_text(text, width, size, *, bold=False):
    """Shorten a line to a width in inches, ending in an ellipsis where something is left out."""
    text = clean_text(text)
    if measure_text(text, size, bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure_text(text[:middle].rstrip() + "…", size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def wrap_text(text, width, size, *, bold=False, max_lines=2):
    """Break text into lines no wider than ``width`` inches; the last line is shortened if it must be."""
    lines, words = [""], clean_text(text).split(" ")
    for position, word in enumerate(words):
        longer = f"{lines[-1]} {word}".strip()
        if measure_text(longer, size, bold) <= width or not lines[-1]:
            lines[-1] = longer
        elif len(lines) == max_lines:
            lines[-1] = " ".join([lines[-1], *words[position:]])
            break
        else:
            lines.append(word)
    return [fit_text(line, width, size, bold=bold) for line in lines]


def _balance_lines(title, width, size):
    """Wrap a title; in two lines, break after a comma or semicolon if that fits, else where the lines are most even."""
    lines = wrap_text(title, width, size, bold=True)
    if len(lines) != 2 or " ".join(lines) != clean_text(title):
        return lines
    words = clean_text(title).split(" ")
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    wide = {pair: [measure_text(line, size, True) for line in pair] for pair in breaks}
    fitting = [pair for pair in breaks if max(wide[pair]) <= width]

    def roughness(pair):
        one, two = wide[pair]
        return pair[0][-1] not in ",;" or min(one, two) < 0.4 * max(one, two), abs(one - two)

    return list(min(fitting, key=roughness))


def wraps_whole(text, width, size, *, bold=False, max_lines=2):
    """Say whether `wrap_text` would keep every word."""
    return " ".join(wrap_text(text, width, size, bold=bold, max_lines=max_lines)) == clean_text(text)


def choose_size(text, sizes, width=BODY_WIDTH, *, bold=False, max_lines=2):
    """Return the first size, of the largest to the smallest, at which a text fits; the smallest where none does."""
    fitting = (size for size in sizes if wraps_whole(text, width, size, bold=bold, max_lines=max_lines))
    return next(fitting, sizes[-1])


def write_lines(ax, x, y, text, width, size=16, *, max_lines=2, gap=0.26, anchor="middle", bold=False, **kwargs):
    """Write text on up to `max_lines` lines, y their middle, top or bottom line; return the number of lines."""
    lines = wrap_text(text, width, size, bold=bold, max_lines=max_lines)
    above = {"top": 0, "middle": (len(lines) - 1) / 2, "bottom": len(lines) - 1}[anchor]
    for i, line in enumerate(lines):
        write(ax, x, y + (i - above) * gap, line, size, bold=bold, **kwargs)
    return len(lines)


def compose_slide(figure, title, subtitle, source):
    """Write title, subtitle and source line on a figure and return Axes for the chart between them.

    The Axes measure in inches from their own top left corner, see `measure_axes`.
    """
    figure.set_size_inches(WIDTH, HEIGHT)
    width, y = BODY_WIDTH, TOP
    size = choose_size(title, TITLE_SIZES, bold=True)
    lines = _balance_lines(title, width, size)
    _write(figure, y, lines, fontsize=size, fontweight="bold", linespacing=1.12, gid="title")
    y += len(lines) * size * 1.22 / 72 + 0.08
    size = choose_size(subtitle, SUBTITLE_SIZES, max_lines=1)
    lines = wrap_text(subtitle, width, size)
    _write(figure, y, lines, fontsize=size, color=SUBTITLE_INK, linespacing=1.12, gid="subtitle")
    y += len(lines) * size * 1.22 / 72 + 0.22
    lines = wrap_text(source, width, SOURCE_SIZE)
    foot = HEIGHT - BOTTOM - len(lines) * SOURCE_SIZE * 1.25 / 72
    _write(figure, foot, lines, fontsize=SOURCE_SIZE, color=GREY_INK, linespacing=1.15, gid="source")
    return figure.add_axes((LEFT / WIDTH, 1 - (foot - 0.15) / HEIGHT, width / WIDTH, (foot - 0.15 - y) / HEIGHT))


def compose_body(figure):
    """Return Axes that fill a figure of the size that `compose_slide` leaves for a chart."""
    figure.set_size_inches(BODY_WIDTH, BODY_BOTTOM - BODY_TOP)
    return figure.add_axes((0, 0, 1, 1))


def _write(figure, y, lines, **kwargs):
    text = "\n".join(drawable(line) for line in lines)
    figure.text(LEFT / WIDTH, 1 - y / HEIGHT, text, va="top", ha="left", parse_math=False, **kwargs)


def measure_axes(ax):
    """Make the Axes measure in inches from their top left corner; return their width and height."""
    box = ax.get_position()
    width, height = box.width * ax.figure.get_figwidth(), box.height * ax.figure.get_figheight()
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    return width, height


def write(ax, x, y, text, size=16, *, bold=False, **kwargs):
    """Write one line of text on Axes as data: nothing in it is maths, markup or a control character."""
    kwargs = {"va": "center_baseline", "ha": "left", "color": INK, "fontweight": "bold" if bold else "normal"} | kwargs
    return ax.text(x, y, drawable(text), fontsize=size, parse_math=False, **kwargs)


def draw_box(ax, x, y, width, height, fill, *, edge="none", line=0, **kwargs):
    """Draw a box whose left edge is at x and whose middle is at y."""
    box = {"facecolor": fill, "edgecolor": edge, "linewidth": line} | kwargs
    ax.add_patch(Rectangle((x, y - height / 2), width, height, **box))


def draw_bar(ax, x, y, thick, whole, cut, style, stance):
    """Draw a bar of whole answers and, behind it and hatched, of those cut off."""
    if whole:
        draw_box(ax, x, y, whole, thick, style.fill, edge=style.outline, line=1.5, gid=f"stance:{stance}")
    if cut:
        draw_box(ax, x + whole, y, cut, thick, "white", edge=style.ink, line=1.5, hatch="//", gid=f"cut:{stance}")


def draw_mark(ax, x, y, size, style, sign, gid):
    """Draw the mark of a stance, with the sign of an uncertain answer in it."""
    look = {"marker": style.mark, "markersize": size * (0.85 if style.mark == "D" else 1), "linestyle": "none"}
    colours = {"markerfacecolor": style.fill, "markeredgecolor": style.edge, "markeredgewidth": 1.5}
    ax.plot([x], [y], zorder=3, clip_on=False, gid=gid, **look, **colours)
    if sign:
        write(ax, x, y, sign, max(12, size * 0.72), bold=True, color=style.on_fill, ha="center", zorder=4)


def write_legend(ax, left, y, right, labels, styles):
    """Name the marks of the stances in a row, in a second row where the first is full."""
    x = left
    for stance, style in styles.items():
        label = clean_text(labels[stance])
        span = 0.32 + measure_text(label, 14) + 0.25
        if x > left and x + span > right + 0.25:
            x, y = left, y + 0.27
        draw_mark(ax, x + 0.12, y, 13, style, "", f"legend:{stance}")
        write(ax, x + 0.32, y, fit_text(label, right - x - 0.32, 14), 14, gid="legend")
        x += span
    return y


def sign_answer(answer):
    """Return the sign that an uncertain answer carries on charts: cut off in the page, or weakly read."""
    return CUT_OFF if answer.truncated else WEAK if answer.review else ""


def draw_squares(ax, x, y, side, n, signs, style, gid):
    """Draw n squares in a row from x on; the last of them carry the signs."""
    inset, size = side * 0.07, max(14, min(30, side * 40))
    for i in range(n):
        part = side - 2 * inset
        draw_box(ax, x + i * side + inset, y, part, part, style.fill, edge=style.outline, line=1.5, gid=gid)
    for i, sign in enumerate(signs, n - len(signs)):
        write(ax, x + (i + 0.5) * side, y, sign, size, color=style.on_fill, ha="center", gid=f"sign:{sign}")


def shade_part(n, total):
    """Return the shade of a cell that holds n of a total; the darkest from half of it on, none for zero."""
    return RAMP[min(int(2 * len(RAMP) * n / max(total, 1)), len(RAMP) - 1)] if n else None


def ink_on(shade):
    """Return the text colour, dark or white, that has more contrast on a shade (WCAG 2.1)."""
    parts = [int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return INK if (luminance + 0.05) ** 2 > 0.0602 * 1.05 else "#FFFFFF"
