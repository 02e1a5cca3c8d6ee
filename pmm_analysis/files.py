"""Tables and charts become files: each whole or not at all, the same bytes for the same numbers."""

import os
import re
import tempfile
from pathlib import Path

from .errors import InputError

GUARDED = re.compile(r"'*\s*[=+\-@\t\r]")
PACKAGE = Path(__file__).resolve().parent
# A clone has the notebooks and the example threads beside the package, an install carries them inside it.
CLONE = None if (PACKAGE / "notebooks").is_dir() else PACKAGE.parent
SHIPPED = CLONE or PACKAGE


def find_project():
    """Give the folder that holds a project's data: the clone that is imported, else the folder one stands in."""
    return CLONE or Path.cwd()


def find_results(out=None):
    """Give the folder in which each thread has a folder of results."""
    return Path(out) if out else find_project() / "data" / "processed"


def show_name(path):
    """Give a file's name as text that can be written anywhere; what is not UTF-8 in it shows as �."""
    return os.fsencode(Path(path).name).decode("utf-8", "replace")


def results_folder(answers, out=None):
    """Return the folder that results of a thread, or of a comparison of threads, go to.

    Parameters
    ----------
    answers : DataFrame
        From `load_thread` or `load_threads`.
    out : str or Path, optional
        A folder of your own; by default ``data/processed/<thread>``, and ``data/processed/comparison`` for
        several threads, of the clone that the package is imported from, else of the folder one stands in.

    Returns
    -------
    Path
    """
    return Path(out) if out else find_results() / str(answers.attrs.get("thread", "comparison"))


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
    return [write_whole(Path(folder) / f"{name}.csv", format_csv(table)) for name, table in tables.items()]


def format_csv(table):
    """Write a table as the bytes of a CSV file."""
    guarded = table.copy()
    for column in guarded.select_dtypes(["object", "string", "category"]):
        guarded[column] = guarded[column].astype("object").map(guard_cell, na_action="ignore")
    return guarded.to_csv(index=False, lineterminator="\n").encode("utf-8-sig", "backslashreplace")


def guard_cell(value):
    """Put an apostrophe before text that a spreadsheet would run, https://owasp.org/www-community/attacks/CSV_Injection.

    >>> guard_cell("=1+1"), guard_cell(" =1+1"), guard_cell("'=1"), guard_cell("'tis"), guard_cell(-1)
    ("'=1+1", "' =1+1", "''=1", "'tis", -1)
    """
    return f"'{value}" if isinstance(value, str) and GUARDED.match(value) else value


def unguard_cell(text):
    """Take away the apostrophe that `guard_cell` puts before a text.

    >>> [unguard_cell(guard_cell(text)) for text in ("=1+1", "'=1", "'tis", "- a list")]
    ['=1+1', "'=1", "'tis", '- a list']
    """
    return text[1:] if text.startswith("'") and GUARDED.match(text, 1) else text


def write_whole(path, content):
    """Write beside the target, then move into place, so that no reader ever sees half a file."""
    if not isinstance(path, (str, os.PathLike)):
        raise InputError(f"this is a {type(path).__name__}, not a file to write", remedy="give its name or path")
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
