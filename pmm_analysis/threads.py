"""A pasted page becomes a table of answers in which no line is lost."""

import hashlib
import re
import unicodedata
import warnings
from pathlib import Path

from .errors import ThreadError, ThreadWarning
from .headlines import match_experts, split_headline, split_pronouns
from .pages import read_page
from .sources import HEAD, encoding_of, find_file, split_lines, split_text

COLUMNS = {
    "thread": "string", "answer": "Int64", "expert": "string", "pronouns": "string", "headline": "string",
    "title": "string", "company": "string", "formerly": "string", "question": "string", "date": "string",
    "views": "Int64", "requests": "Int64", "text": "string", "truncated": "bool", "words": "Int64",
}
ORDER = {"A3": "title, company", "I": "title", "I2": "title, company", **dict.fromkeys(
    ("B", "B2", "D", "D2", "D4", "D5", "D6", "E", "F"), "company title")}
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def load_thread(source, *, thread=None):
    """Read one page of answers.

    Parameters
    ----------
    source : path or file-like
        A page saved as text; or the text itself through ``io.StringIO``. A bare file name that is not in the
        working folder is looked for in the project's ``data/raw``.
    thread : str, optional
        Name of the thread; by default made from the file's name, safe as a folder's name.

    Returns
    -------
    DataFrame
        One row per answer, in page order. Missing is ``<NA>``.

        =============  =======  ===========================================================
        thread         string   name of the thread
        answer         Int64    1, 2, … in page order
        expert         string   the name as first written, without pronouns
        pronouns       string   as written: ``she/her``
        headline       string   title and company as written, without the date
        title          string   from the headline, where it is clear
        company        string   from the headline, where it is clear
        formerly       string   from the headline, where it is clear
        question       string   the answer's own, else the page's
        date           string   as written: ``March 4``, ``5y``
        views          Int64    as counted by the page
        requests       Int64    as counted by the page
        text           string   the answer; paragraphs joined by a blank line
        truncated      bool     whether the text stops before its end
        words          Int64    words of the text
        =============  =======  ===========================================================

        ``attrs``: ``thread``, ``question``, ``declared_answers`` (the page's own count), ``layout``, ``source`` (file
        name), ``sha256``, ``furniture`` (lines that are in no answer, as (line number, text)), ``notes`` (what
        cannot be known from this page).

    Raises
    ------
    ThreadError
        If the file is missing, empty, binary or in no known layout.

    Warns
    -----
    ThreadWarning
        If a line could not be placed with certainty; it names the lines.

    Examples
    --------
    >>> import io
    >>> page = "All related (1)\\nAda Byron\\nAnalyst at Engine Co\\nStart with the people...more\\n"
    >>> answers = load_thread(io.StringIO(page), thread="ada")
    >>> answers[["expert", "title", "company", "text"]].iloc[0].tolist()
    ['Ada Byron', 'Analyst', 'Engine Co', 'Start with the people']
    """
    answers, doubts = read_thread(source, thread)
    warn(answers, doubts)
    return answers


def warn(answers, doubts):
    parts = describe_doubts(doubts) + (answers.attrs["notes"] if answers.attrs["layout"] in ("C", "C0") else [])
    if parts:
        warnings.warn(f"{answers.attrs['source'] or 'the page'}: {'; '.join(parts)}", ThreadWarning, stacklevel=3)


def load_threads(sources):
    """Read several pages into one table; column ``thread`` tells them apart.

    Parameters
    ----------
    sources : iterable of paths or file-likes

    Returns
    -------
    DataFrame
        As `load_thread` gives it, page after page. ``attrs["threads"]`` holds the ``attrs`` of each page.
    """
    import pandas as pd

    tables, taken = [], set()
    for source in sources:
        answers, doubts = read_thread(source)
        name, number = answers.attrs["thread"], 2
        while answers.attrs["thread"] in taken:
            answers.attrs["thread"], number = f"{name}_{number}", number + 1
        taken.add(answers.attrs["thread"])
        answers["thread"] = pd.array([answers.attrs["thread"]] * len(answers), dtype="string")
        warn(answers, doubts)
        tables.append(answers)
    if not tables:
        raise ThreadError("there is no page to load", remedy="name at least one file")
    threads = [table.attrs for table in tables]
    for table in tables:
        table.attrs = {}
    table = pd.concat(tables, ignore_index=True)
    table["expert"] = pd.array(match_experts([None if pd.isna(e) else e for e in table["expert"]]), dtype="string")
    table.attrs = {"threads": threads}
    return table


def read_thread(source, thread=None):
    """The answers table and the doubts, as (line number, reason)."""
    if hasattr(source, "read"):
        content = source.read()
        name = getattr(source, "name", None)
        name = Path(name).name if isinstance(name, str) else None
        raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        lines = split_text(content) if isinstance(content, str) else split_lines(raw, encoding_of(raw))
        digest = hashlib.sha256(raw).hexdigest()
    else:
        path = find_file(source)
        name = path.name
        lines, digest = read_lines(path)
    page = read_page(lines) if any(lines) else None
    if page is None:
        explain_failure(lines, name)
    thread = thread or thread_slug(Path(name).stem if name else "")
    attrs = {
        "thread": thread, "question": page.question, "declared_answers": page.declared, "layout": page.layout.code,
        "source": name, "sha256": digest, "furniture": sorted(page.furniture), "notes": describe_limits(page),
    }
    return build_answers(page, thread, attrs), page.doubts


def read_lines(path):
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            encoding = encoding_of(head, file=path.name)
            if len(head) == HEAD:
                whole = head[:head.rfind(b"\n") + 1] or head
                if encoding.startswith("utf-8") and read_page(split_lines(whole, encoding)) is None:
                    explain_failure([], path.name)
                file.seek(0)
                head = file.read()
    except OSError as error:
        raise ThreadError(f"the file cannot be read ({error.strerror})", file=path) from error
    return split_lines(head, encoding), hashlib.sha256(head).hexdigest()


def explain_failure(lines, name):
    start = next((i for i, line in enumerate(lines) if line), None)
    if lines and start is None:
        raise ThreadError("the file is empty", file=name, remedy="copy the page again and save it")
    raise ThreadError("no known page layout fits these lines", file=name, line=None if start is None else start + 1,
                      remedy="copy the whole page from its first line on, or save a table with expert and text columns")


def build_answers(page, thread, attrs):
    import pandas as pd

    order = ORDER.get(page.layout.code)
    answers = page.answers
    people = [split_pronouns(a.expert) if a.expert else (None, None) for a in answers]
    parts = {h: split_headline(h, order) for h in {a.headline for a in answers} if h}
    split = [parts.get(a.headline, (None, None, None)) for a in answers]
    columns = {
        "thread": [thread] * len(answers), "answer": range(1, len(answers) + 1),
        "expert": match_experts([name for name, _ in people]), "pronouns": [pronouns for _, pronouns in people],
        "headline": [a.headline for a in answers],
        "title": [p[0] for p in split], "company": [p[1] for p in split], "formerly": [p[2] for p in split],
        "question": [a.question or page.question for a in answers], "date": [a.date for a in answers],
        "views": [a.views for a in answers], "requests": [a.requests for a in answers],
        "text": [a.text for a in answers], "truncated": [a.truncated for a in answers],
        "words": [len(a.text.split()) if a.text else None for a in answers],
    }
    table = pd.DataFrame({name: pd.array(list(values), dtype=COLUMNS[name]) for name, values in columns.items()})
    table.attrs = attrs
    return table


def describe_limits(page):
    """What nobody can know from this page."""
    notes = []
    if page.layout.head == "line":
        notes.append("this page has no names and its answers cannot be told apart: each row is a line, not an answer")
    elif all(answer.expert is None for answer in page.answers):
        notes.append("this page has no names: answers can be counted, experts cannot")
    return notes


def describe_doubts(doubts):
    reasons = {}
    for line, reason in sorted(doubts):
        reasons.setdefault(reason, []).append(line)
    parts = []
    for reason, lines in reasons.items():
        shown = ", ".join(map(str, lines[:12])) + (f" and {len(lines) - 12} more" if len(lines) > 12 else "")
        parts.append(f"line{'s' * (len(lines) > 1)} {shown}: {reason}")
    return parts


def thread_slug(name):
    """A name that is safe as a folder's on every system: a-z, 0-9, _ and -, at most 80 long.

    >>> thread_slug("Café Thread"), thread_slug("../../x"), thread_slug("con"), thread_slug("")
    ('cafe_thread', 'x', 'thread_con', 'thread')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9_-]+", "_", plain).strip("_-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if not slug:
        return f"thread_{digest}" if name.strip("./\\ ") else "thread"
    if slug.split("_")[0] in RESERVED and slug in RESERVED:
        return f"thread_{slug}"
    return slug if len(slug) <= 80 else f"{slug[:71]}_{digest}"
