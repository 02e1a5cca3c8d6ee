"""Tables and charts become files: each whole or not at all, the same bytes for the same numbers."""

import os
import re
import tempfile
from pathlib import Path

from .errors import InputError

PROJECT = Path(__file__).resolve().parents[1]
FORMATS = ("png", "svg", "pdf", "4k")


def results_folder(answers, out=None):
    """Return the folder that results of a thread, or of a comparison of threads, go to.

    Parameters
    ----------
    answers : DataFrame
        From `load_thread` or `load_threads`.
    out : str or Path, optional
        A folder of your own; by default ``data/processed/<thread>`` of the project, and
        ``data/processed/comparison`` for several threads.

    Returns
    -------
    Path
    """
    return Path(out) if out else PROJECT / "data" / "processed" / str(answers.attrs.get("thread", "comparison"))


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
    from .charts import DPI, Chart, render_chart

    formats = check_formats(formats)
    written = []
    for chart in [charts] if isinstance(charts, Chart) else charts:
        stem = Path(folder) / f"{chart.number:02d}_{chart.key}"
        for format in formats:
            if format == "4k":
                written.append(write_whole(f"{stem}_4k.png", render_chart(chart, "png", dpi=2 * DPI)))
            else:
                written.append(write_whole(f"{stem}.{format}", render_chart(chart, format)))
        written.append(write_whole(f"{stem}.csv", _format_csv(chart.table)))
    return written


def check_formats(formats):
    """Give the picture formats as a tuple, each once; raise InputError if one is unknown."""
    chosen = tuple(dict.fromkeys([formats] if isinstance(formats, str) else formats))
    if unknown := [format for format in chosen if format not in FORMATS]:
        raise InputError(f"unknown picture format {unknown[0]!r}", remedy=f"choose from {', '.join(FORMATS)}")
    return chosen


def export_tables(folder, **tables):
    """Write tables as CSV files that Excel, pandas and R read alike: UTF-8 with a byte order mark.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.

    Parameters
    ----------
    folder : str or Path
        Made if it is missing.
    **tables : DataFrame
        ``answers=answers`` writes ``answers.csv``.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        A folder that cannot be written.
    """
    return [write_whole(Path(folder) / f"{name}.csv", _format_csv(table)) for name, table in tables.items()]


def _format_csv(table):
    guarded = table.copy()
    for column in guarded.select_dtypes(["object", "string", "category"]):
        guarded[column] = guarded[column].astype("object").map(_guard_cell, na_action="ignore")
    return guarded.to_csv(index=False, lineterminator="\n").encode("utf-8-sig", "backslashreplace")


def _guard_cell(value):
    """Keep a spreadsheet from running text: https://owasp.org/www-community/attacks/CSV_Injection."""
    if not isinstance(value, str):
        return value
    value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value)
    return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def write_whole(path, content):
    """Write beside the target, then move into place, so that no reader ever sees half a file."""
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(beside, 0o644)
            os.replace(beside, path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror})", file=str(path), remedy="choose another folder or free the disk"
        ) from None
    return path
