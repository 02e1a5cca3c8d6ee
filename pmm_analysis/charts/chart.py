"""What a chart is: words computed from its table, and a drawing; and how it becomes a picture."""

import functools
import inspect
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from ..codebook import Codebook
from ..errors import InputError
from ..files import format_csv, write_whole
from ..languages import find_unread
from ..study import Study, gather_study
from ..text import clean_text
from .canvas import DPI, compose_body, compose_slide, house_style
from .words import name_source, tell_language, tell_origin

FORMATS = ("png", "svg", "pdf", "4k")
DESIGNS = {}
SHARED = """

Parameters
----------
study : Study
    Or its tables and its codebook, in any order.

Returns
-------
Chart
    Ready for a slide; in JupyterLab it shows as the picture that is exported.

Raises
------
InputError
    A table that the chart needs is missing, or lacks a column.

Examples
--------
>>> from pmm_analysis import Study, chart_{key}, load_thread
>>> study = Study(load_thread("hard_vs_soft_skills.txt"), "hard_vs_soft_skills")
>>> chart_{key}(study).key
'{key}'
"""


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart that is ready for a slide; in JupyterLab it shows as the picture that is exported.

    Parameters
    ----------
    key : str
        Name of the design, and of its files.
    title, subtitle, source : str
        Words on the picture; title and source are computed from the numbers drawn.
    table : DataFrame
        The numbers drawn, tidy; exported as CSV beside the picture.
    alt : str
        The picture in words, for people who cannot see it.
    notes : str
        What a speaker should know: what is counted, and what it cannot show.
    draw : callable
        Takes Axes and draws the chart on them.
    codebook : Codebook
        Names the options and so their colours.
    number : int, optional
        Place in the deck and in the names of files; a chart of your own comes after all others.
    native : str, optional
        How PowerPoint draws it itself, see `pmm_analysis.deck`; by default it stands on its slide as a picture.
    labels : dict, optional
        Stance key -> words; by default the codebook's.

    Raises
    ------
    InputError
        The key cannot be part of a file's name.

    Examples
    --------
    >>> from pmm_analysis import load_codebook
    >>> words = {"subtitle": "", "source": "My own count", "alt": "A line.", "notes": ""}
    >>> table, codebook = pd.DataFrame({"n": [1, 2]}), load_codebook("hard_vs_soft_skills")
    >>> chart = Chart("mine", "It rises", table=table, codebook=codebook, draw=lambda ax: ax.plot(table["n"]), **words)
    >>> chart.number
    13
    """

    key: str
    title: str
    subtitle: str
    source: str
    table: pd.DataFrame = field(repr=False)
    alt: str = field(repr=False)
    notes: str = field(repr=False)
    draw: Callable = field(repr=False)
    codebook: Codebook = field(repr=False)
    number: int | None = field(repr=False, default=None)
    native: str | None = field(repr=False, default=None)
    labels: dict | None = field(repr=False, default=None)

    def __post_init__(self):
        for words in ("title", "subtitle", "source", "alt", "notes"):
            object.__setattr__(self, words, clean_text(getattr(self, words)))
        if self.labels is None:
            object.__setattr__(self, "labels", self.codebook.labels)
        if self.number is None:
            object.__setattr__(self, "number", len(DESIGNS) + 1)
        if not self.key.replace("_", "").isalnum():
            raise InputError(
                f"{self.key!r} cannot name files", remedy="use letters, digits and _ in the key of a chart"
            )

    def __repr__(self):
        return f"{self.title}\n{self.subtitle}\n{self.source}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        picture = render_chart(self, "png", dpi=DPI * 2 / 3)
        return {"image/png": picture, "text/plain": repr(self)}, {"image/png": {"width": 960, "alt": self.alt}}


class Design(NamedTuple):
    """One kind of chart: its place in the deck, what makes it, and whether a study has numbers for it."""

    number: int
    make: Callable
    fits: Callable


def design(number, *, native=None, coded=True, claims=True, fits=lambda study: True):
    """Register a function ``chart_KEY(study)`` that gives a chart's words, table and drawing as a dict.

    The chart function then takes a `Study`, or its tables and codebook in any order.

    Parameters
    ----------
    number : int
        Place in the deck and in the names of files.
    native : str, optional
        How PowerPoint draws it itself, see `pmm_analysis.deck`.
    coded : bool
        The chart shows stances, so its source line says who read them.
    claims : bool
        The title speaks of stances; where nobody has read any, it says so instead.
    fits : callable
        Says whether a study has numbers for this chart.
    """

    def register(make):
        key = make.__name__.removeprefix("chart_")
        make.__annotations__ |= {"study": Study, "return": Chart}

        @functools.wraps(make)
        def chart(*study, **options):
            study = gather_study(*study)
            table = study.stances if coded else study.answers
            words = {"source": name_source(table, coded=coded), "notes": ""} | make(study, **options)
            words["notes"] += tell_origin(table)
            if coded and claims and find_unread(study.stances).all() and len(study.stances):
                words["title"] = tell_language(study.stances)
            words["draw"] = _in_house_style(words["draw"])
            words |= {"codebook": study.codebook, "labels": study.labels if coded else None}
            return Chart(key=key, number=number, native=native, **words)

        doc = inspect.cleandoc(make.__doc__)
        chart.__doc__ = doc if "Parameters" in doc else doc + SHARED.format(key=key)
        DESIGNS[key] = Design(number, chart, fits)
        return chart

    return register


def _in_house_style(draw):
    @functools.wraps(draw)
    def draw_on(ax):
        with house_style():
            draw(ax)
        return ax

    return draw_on


def make_charts(*study: Study) -> list[Chart]:
    """Make every chart that a study has numbers for, in the order of the deck.

    Parameters
    ----------
    *study : Study
        Or its tables and its codebook, in any order: answers, stances, experts and a clustering. What is missing of
        the last three is made.

    Returns
    -------
    list of Chart
        The chart of skills only if the codebook names skills; charts that compare threads only if there are several.

    Raises
    ------
    InputError
        A table lacks a column, or there is no codebook.

    Examples
    --------
    >>> from pmm_analysis import Study, load_thread
    >>> charts = make_charts(Study(load_thread("hard_vs_soft_skills.txt"), "hard_vs_soft_skills"))
    >>> len(charts), charts[0].key
    (9, 'stance_tally')
    """
    study = gather_study(*study)
    return [kind.make(study) for kind in sorted(DESIGNS.values(), key=lambda kind: kind.number) if kind.fits(study)]


def render_chart(chart, format="png", *, dpi=DPI, body=False):
    """Draw a chart and return the bytes of the picture.

    Parameters
    ----------
    chart : Chart
    format : {"png", "svg", "pdf"}
    dpi : float
        144 gives 1920 × 1080 pixels.
    body : bool
        Only the drawing, for a slide that has title, subtitle and source of its own.

    Returns
    -------
    bytes
        The same chart gives the same bytes.
    """
    about = {
        "png": {"Software": None, "Title": chart.title, "Description": chart.alt},
        "svg": {"Date": None, "Title": chart.title, "Description": chart.alt},
        "pdf": {"CreationDate": None, "Title": chart.title, "Subject": chart.alt},
    }[format]
    with house_style(), io.BytesIO() as file:
        figure = Figure()
        chart.draw(compose_body(figure) if body else compose_slide(figure, chart.title, chart.subtitle, chart.source))
        for artist in figure.findobj():  # marks repeat their gid, and an SVG may hold each id only once
            artist.set_gid(None)
        figure.savefig(file, format=format, dpi=dpi, metadata=about)
        return file.getvalue()


def export_charts(charts: Chart | list[Chart], folder: str | Path, *, formats: tuple = ("png", "svg")) -> list[Path]:
    """Write each chart as pictures and as the CSV table of the numbers drawn.

    Parameters
    ----------
    charts : Chart or list of Chart
        From `make_charts` or one of the ``chart_…`` functions, or a `Chart` of your own.
    folder : str or Path
        Made if it is missing. Files are named ``NN_key``, ``NN`` being the place in the deck.
    formats : tuple of {"png", "svg", "pdf", "4k"}
        ``png`` is 1920 × 1080 pixels, ``4k`` is a PNG of 3840 × 2160.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        Something that is no chart, an unknown format, or a folder that cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pmm_analysis import Study, load_thread
    >>> study = Study(load_thread("hard_vs_soft_skills.txt"), "hard_vs_soft_skills")
    >>> chart = make_charts(study)[0]
    >>> [file.name for file in export_charts(chart, tempfile.mkdtemp(), formats="svg")]
    ['01_stance_tally.svg', '01_stance_tally.csv']
    """
    formats, charts = check_formats(formats), check_charts(charts)
    written = []
    for chart in charts:
        stem = Path(folder) / f"{chart.number:02d}_{chart.key}"
        for format in formats:
            name, kind, dpi = ("_4k.png", "png", 2 * DPI) if format == "4k" else (f".{format}", format, DPI)
            written.append(write_whole(f"{stem}{name}", render_chart(chart, kind, dpi=dpi)))
        written.append(write_whole(f"{stem}.csv", format_csv(chart.table)))
    return written


def check_charts(charts):
    """Give charts as a list; raise InputError if one is none."""
    charts = [charts] if isinstance(charts, Chart) else charts
    wrong = (
        charts if not isinstance(charts, (list, tuple)) else next((c for c in charts if not isinstance(c, Chart)), None)
    )
    if wrong is not None:
        raise InputError(f"this is no chart but a {type(wrong).__name__}", remedy="pass what make_charts returns")
    return list(charts)


def check_formats(formats):
    """Give the picture formats as a tuple, each once; raise InputError if one is unknown."""
    chosen = tuple(dict.fromkeys([formats] if isinstance(formats, str) else formats))
    if unknown := [format for format in chosen if format not in FORMATS]:
        raise InputError(f"unknown picture format {unknown[0]!r}", remedy=f"choose from {', '.join(FORMATS)}")
    return chosen
