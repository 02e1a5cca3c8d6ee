"""Which letters a picture can show, and how wide they are, on every machine alike.

The font travels with the package and is loaded by path. Letters that it lacks come from the font
that matplotlib ships, then from an installed one; what no font here has is named, see `list_borrowed`.
"""

import functools
import unicodedata
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import matplotlib
from matplotlib import font_manager
from matplotlib.font_manager import FontEntry, FontProperties, get_font, weight_dict
from matplotlib.ft2font import LoadFlags

FONTS = Path(__file__).with_name("fonts")
SPARE_FONTS = Path(matplotlib.get_data_path(), "fonts", "ttf")
SHIPPED = {  # regular and bold; DejaVu Sans stands here twice because its bold lacks some letters
    "Arimo": (FONTS / "Arimo-Regular.ttf", FONTS / "Arimo-Bold.ttf"),
    "DejaVu Sans": (SPARE_FONTS / "DejaVuSans.ttf", SPARE_FONTS / "DejaVuSans-Bold.ttf"),
    "DejaVu Sans Regular": (SPARE_FONTS / "DejaVuSans.ttf", SPARE_FONTS / "DejaVuSans.ttf"),
}
INSTALLED = (
    "Noto Sans CJK JP, Noto Sans CJK SC, Hiragino Sans, Yu Gothic, Microsoft YaHei, Malgun Gothic, "
    "Droid Sans Fallback, Noto Sans Devanagari, Noto Sans Thai, Nirmala UI, Leelawadee UI, Arial Unicode MS"
).split(", ")
OURS = "pmm_analysis "  # before a font's name, so that matplotlib takes the file meant and no other version of it
WEIGHTS = (400, 700)
NO_FONT, LEFT_OUT = "□", "left out"


def name_families():
    """Name the fonts to draw with, best first, as matplotlib knows them."""
    known = font_manager.fontManager.ttflist
    if not any(font.name.startswith(OURS) for font in known):
        known += [*_list_shipped(), *_list_installed(known)]
    return list(dict.fromkeys(font.name for font in known if font.name.startswith(OURS)))


def _list_shipped():
    for name, files in SHIPPED.items():
        for weight, path in zip(WEIGHTS, files):
            yield FontEntry(str(path), name=OURS + name, weight=weight, size="scalable")


def _list_installed(known):
    """List installed fonts in both weights; where there is no bold, regular is taken for it."""
    for name in INSTALLED:
        upright = [font for font in known if font.name == name and font.style == "normal"]
        upright.sort(key=attrgetter("fname"))
        for weight in WEIGHTS if upright else ():
            nearest = min(upright, key=lambda font: abs(weight_dict.get(font.weight, font.weight) - weight))
            yield replace(nearest, name=OURS + name, weight=weight)


@functools.cache
def _read_letters(family):
    return frozenset(get_font(font_manager.findfont(FontProperties(family=[family]))).get_charmap())


@functools.lru_cache(maxsize=8192)
def _find_font(letter):
    """Name the font that draws a letter, or what pictures do without one."""
    for family in name_families():
        if ord(letter) in _read_letters(family):
            return family.removeprefix(OURS)
    return NO_FONT if unicodedata.category(letter)[0] in "LN" else LEFT_OUT


def show_letters(text):
    """Write text as a picture shows it: without a font, a letter or digit is □, and any other sign is left out."""
    shown = {NO_FONT: NO_FONT, LEFT_OUT: ""}
    return "".join(shown.get(_find_font(letter), letter) for letter in text)


def list_borrowed(text):
    """List the letters of a text that the font of the package lacks: name of the font that draws them -> letters.

    Under □ are those that no font here draws and □ stands for, under "left out" other signs without a font.

    >>> list_borrowed("Zoë ★")
    {'DejaVu Sans': '★'}
    """
    found = {}
    for letter in sorted(set(text)):
        if (font := _find_font(letter)) != "Arimo":
            found[font] = found.get(font, "") + letter
    return found


@functools.lru_cache(maxsize=8192)
def measure_text(text, size, bold=False):
    """Return the width of a line of text in inches.

    Letters that only some machines have a font for count as in most fonts of their script, so that lines break alike.
    """
    others = [letter for letter in text if _find_font(letter) not in SHIPPED]
    font = get_font([files[bold] for files in SHIPPED.values()])
    font.clear()
    font.set_size(size, 72)
    font.set_text("".join(letter for letter in text if _find_font(letter) in SHIPPED), flags=LoadFlags.NO_HINTING)
    return (font.get_width_height()[0] / 64 + size * sum(map(_guess_width, others))) / 72


def _guess_width(letter):
    """Give the width of a letter in ems: Chinese, Japanese and Korean ones fill a square, accents stand on others."""
    if unicodedata.category(letter)[0] == "M":
        return 0
    return 1 if unicodedata.east_asian_width(letter) in "WF" else 0.75
