"""Tables and charts become files: each whole or not at all, the same bytes for the same numbers."""

import os
import re
import tempfile
from pathlib import Path

import pandas as pd

from .errors import InputError
from .tables import check_table

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


def results_folder(answers: pd.DataFrame, out: str | Path | None = None) -> Path:
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
        It need not exist yet.

    Raises
    ------
    InputError
        These are no answers.

    Examples
    --------
    >>> answers = pd.DataFrame({"text": ["Hello."]})
    >>> answers.attrs["thread"] = "my_thread"
    >>> results_folder(answers).name, results_folder(answers, "slides").name
    ('my_thread', 'slides')
    """
    check_table(answers, "answers", ["text"])
    return Path(out) if out else find_results() / str(answers.attrs.get("thread", "comparison"))


def export_tables(folder: str | Path, **tables: pd.DataFrame) -> list[Path]:
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
        Something that is no table, or a folder that cannot be written.

    Examples
    --------
    >>> (file,) = export_tables(tempfile.mkdtemp(), sums=pd.DataFrame({"cell": ["=1+1"]}))
    >>> file.name, file.read_text(encoding="utf-8-sig").split()
    ('sums.csv', ['cell', "'=1+1"])
    """
    for name, table in tables.items():
        if not isinstance(table, pd.DataFrame):
            raise InputError(f"{name} is no table but of type {type(table).__name__}", remedy="pass a DataFrame")
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
