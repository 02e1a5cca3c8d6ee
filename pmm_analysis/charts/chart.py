"""What a chart is: words computed from its table, and a drawing; and how it becomes a picture."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from matplotlib.figure import Figure

from ..errors import InputError
from ..files import format_csv, write_whole
from ..text import clean_text, count_things
from .canvas import CUT_OFF, DPI, WEAK, compose_body, compose_slide, house_style

FORMATS = ("png", "svg", "pdf", "4k")
ORDER = (
    "stance_tally",
    "stance_range",
    "expert_stances",
    "theme_tree",
    "theme_terms",
    "theme_stances",
    "skill_dots",
    "expert_profiles",
    "expert_page",
    "thread_stances",
    "thread_leads",
    "theme_threads",
)


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart that is ready for a slide; in JupyterLab it shows as the picture that is exported.

    Attributes
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
    """

    key: str
    title: str
    subtitle: str
    source: str
    table: object = field(repr=False)
    alt: str = field(repr=False)
    notes: str = field(repr=False)
    draw: Callable = field(repr=False)
    codebook: object = field(repr=False)

    def __post_init__(self):
        for words in ("title", "subtitle", "source", "alt", "notes"):
            object.__setattr__(self, words, clean_text(getattr(self, words)))

    @property
    def number(self):
        """Place in the deck, 1 for the first."""
        return ORDER.index(self.key) + 1

    def __repr__(self):
        return f"{self.title}\n{self.subtitle}\n{self.source}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        picture = render_chart(self, "png", dpi=DPI * 2 / 3)
        return {"image/png": picture, "text/plain": repr(self)}, {"image/png": {"width": 960, "alt": self.alt}}


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


def export_charts(charts, folder, *, formats=("png", "svg")):
    """Write each chart as pictures and as the CSV table of the numbers drawn.

    Parameters
    ----------
    charts : Chart or list of Chart
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
        An unknown format, or a folder that cannot be written.
    """
    formats = check_formats(formats)
    written = []
    for chart in [charts] if isinstance(charts, Chart) else charts:
        stem = Path(folder) / f"{chart.number:02d}_{chart.key}"
        for format in formats:
            if format == "4k":
                written.append(write_whole(f"{stem}_4k.png", render_chart(chart, "png", dpi=2 * DPI)))
            else:
                written.append(write_whole(f"{stem}.{format}", render_chart(chart, format)))
        written.append(write_whole(f"{stem}.csv", format_csv(chart.table)))
    return written


def check_formats(formats):
    """Give the picture formats as a tuple, each once; raise InputError if one is unknown."""
    chosen = tuple(dict.fromkeys([formats] if isinstance(formats, str) else formats))
    if unknown := [format for format in chosen if format not in FORMATS]:
        raise InputError(f"unknown picture format {unknown[0]!r}", remedy=f"choose from {', '.join(FORMATS)}")
    return chosen


def explain_signs(stances):
    """Explain the signs that uncertain answers carry, as far as there are any."""
    signs = [
        f"{sign} = {meaning}"
        for sign, meaning, answers in (
            (CUT_OFF, "cut off in the page", stances["truncated"]),
            (WEAK, "weakly read", stances["review"] & ~stances["truncated"]),
        )
        if answers.any()
    ]
    return f" {', '.join(signs)}: its stance may change" if signs else ""


def name_source(table, *, coded=False):
    """Say where the numbers come from: thread, n, what is cut off, and whether a person has read the stances."""
    if table["thread"].nunique() > 1:
        return name_threads(table, coded=coded)
    about = table.attrs
    name = clean_text(about.get("source") or about.get("thread") or "thread")
    digest = f" (sha256 {about['sha256'][:8]})" if about.get("sha256") else ""
    experts = table["expert"].nunique()
    by = f"by {count_things(experts, 'expert')}" if experts else "without names"
    parts = [f"Source: {name}{digest}. n = {count_things(len(table), 'answer')} {by}"]
    if cut := int(table["truncated"].sum()):
        parts.append(f"; {CUT_OFF} {cut} cut off in the page")
    if coded:
        parts.append(_say_who_coded(table))
    return "".join(parts) + "."


def _say_who_coded(stances):
    weak = int((stances["review"] & ~stances["truncated"]).sum())
    said = f"; {WEAK} {weak} weakly read" if weak else ""
    by_hand = int(stances["coded_by"].ne("rules").sum())
    by = f"{by_hand} of {len(stances)} stances set by a person" if by_hand else "Stances by rules, not reviewed"
    return f"{said}. {by}"


def quote_strongest(stances, codebook, *, n=3):
    """Quote the answers that lean most to a side, for the speaker's notes."""
    order = stances[~stances["stance"].isin(["balanced", "unaddressed"]) & stances["evidence"].notna()]
    order = order.assign(strength=order["lean"].abs().fillna(0)).sort_values("strength", ascending=False, kind="stable")
    said = []
    for row in order.head(n).itertuples():
        who = row.expert if isinstance(row.expert, str) else "no name"
        said.append(f"“{row.evidence}” ({who}, answer {row.answer}: {codebook.labels[row.stance]})")
    return " Strongest quotes: " + " ".join(said) if said else ""


def tell_origin(table):
    """Name the input in full, for the speaker's notes."""
    about = table.attrs
    if not about.get("sha256"):
        return ""
    return f" Input: {about.get('source') or about['thread']}, sha256 {about['sha256']}."


def _sign_pages(table):
    """Give one fingerprint of all pages that a table was read from; the table of each is in the manifest."""
    digests = [about.get("sha256") for about in table.attrs.get("threads", ())]
    if not digests or not all(digests):
        return ""
    return f" (sha256 of all {hashlib.sha256(''.join(digests).encode()).hexdigest()[:8]})"


def name_threads(table, *, coded=False):
    """Say where the numbers of several threads come from."""
    threads = table["thread"].nunique()
    cut = int(table["truncated"].sum())
    said = f"Source: {count_things(threads, 'thread')}{_sign_pages(table)}. n = {count_things(len(table), 'answer')}"
    said += f" by {count_things(table['expert'].nunique(), 'expert')}" if table["expert"].notna().any() else ""
    said += f"; {CUT_OFF} {cut} cut off in the page" if cut else ""
    if coded:
        said += _say_who_coded(table)
    return said + "."
