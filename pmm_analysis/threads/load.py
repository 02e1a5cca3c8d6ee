"""A pasted page becomes a table of answers in which no line is lost."""

import hashlib
import os
import re
import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

import pandas as pd

from ..errors import InputError, ThreadError, ThreadWarning
from ..files import show_name
from ..languages import ENGLISH, UNREAD, detect_language, name_language
from ..tables import ANSWERS
from ..text import count_things, inflect
from .headlines import match_experts, split_headline, split_pronouns
from .layouts import OPENINGS, Answer
from .lines import bare, find_lines, join_kinds
from .pages import read_page
from .sources import HEAD, Table, find_file, find_reader, is_web_page, read_table, read_text

COPY = 30  # letters and digits that two captures must share to be one answer
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def load_thread(
    source: str | Path | IO, *, thread: str | None = None, columns: dict[str, str] | None = None
) -> pd.DataFrame:
    """Read one page of answers.

    Parameters
    ----------
    source : path or file-like
        A page saved as text (``.txt``, ``.md``) or by the browser (``.html``); a table of answers (``.csv``, ``.tsv``,
        ``.xlsx``, ``.json``, ``.jsonl``) with at least an expert and a text column, for example the ``answers.csv`` of
        `export_tables`, which is read as it was; or the text itself through ``io.StringIO``. A bare file name that is
        not in the working folder is looked for in ``data/raw``, then among the examples that ship.
    thread : str, optional
        Name of the thread; by default that in the table's column ``thread``, else made from the file's name, safe as a
        folder's name.
    columns : dict, optional
        For a table with unusual column names: ``{"expert": "Who", "text": "What they said"}``.

    Returns
    -------
    DataFrame
        One row per answer, in page order. Missing is ``<NA>``.

        =============  =======  ===========================================================
        thread         string   name of the thread
        answer         Int64    1, 2, … in page order, or as the table's column ``answer`` numbers them
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
        cannot be known from this page), ``language`` (its code; a page too short to tell passes for ``"en"``).

    Raises
    ------
    ThreadError
        If the file is missing, empty, binary or in no known layout.
    InputError
        If what is given is no file.

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
    answers, page = read_thread(source, thread, columns)
    warn(answers, page)
    return answers


def load_threads(sources: Iterable[str | Path | IO]) -> pd.DataFrame:
    """Read several pages into one table in which no answer is counted twice.

    An answer that was captured more than once (whole on one page, cut on another) is kept where most of it is
    shown. Two captures are the same answer when they are one expert's and one text begins with the other, blanks and
    list marks aside.

    Parameters
    ----------
    sources : iterable of path or file-like
        What `load_thread` takes, each page once.

    Returns
    -------
    DataFrame
        As `load_thread` gives it, page after page; ``thread`` and ``answer`` say where a row stood. ``attrs``:
        ``threads``, the ``attrs`` of each page, and ``duplicates``, what was left out: dicts of ``thread``, ``answer``,
        ``kept_thread``, ``kept_answer``.

    Raises
    ------
    ThreadError
        If a page cannot be read, or there is none.
    InputError
        If what is given is no list of files.

    Examples
    --------
    >>> import io
    >>> head = "All related (1)\\nAda Byron\\nAnalyst at Engine Co\\n"
    >>> whole = io.StringIO(head + "\\nStart with the people. Tools can be learned from a manual.\\n")
    >>> short = io.StringIO(head + "Start with the people. Tools can be learned fr...more\\n")
    >>> table = load_threads([short, whole])
    >>> table["text"].tolist(), table.attrs["duplicates"]  # doctest: +NORMALIZE_WHITESPACE
    (['Start with the people. Tools can be learned from a manual.'],
     [{'thread': 'thread', 'answer': 1, 'kept_thread': 'thread_2', 'kept_answer': 1}])
    """
    tables, taken = [], set()
    for source in list_sources(sources):
        answers, page = read_thread(source)
        name, number = answers.attrs["thread"], 2
        while answers.attrs["thread"] in taken:
            answers.attrs["thread"], number = f"{name}_{number}", number + 1
            answers["thread"] = pd.array([answers.attrs["thread"]] * len(answers), dtype="string")
        taken.add(answers.attrs["thread"])
        warn(answers, page)
        tables.append(answers)
    if not tables:
        raise ThreadError("there is no page to load", remedy="name at least one file")
    threads = [table.attrs for table in tables]
    for table in tables:
        table.attrs = {}
    table = pd.concat(tables, ignore_index=True)
    experts = match_experts([None if pd.isna(name) else name for name in table["expert"]])
    table["expert"] = pd.array(experts, dtype="string")
    copies = find_copies(experts, [None if pd.isna(text) else text for text in table["text"]])
    where = list(zip(table["thread"], map(int, table["answer"]), strict=True))
    keys = ("thread", "answer", "kept_thread", "kept_answer")
    duplicates = [dict(zip(keys, where[copy] + where[kept], strict=True)) for copy, kept in copies]
    table = table.drop(index=[copy for copy, _ in copies]).reset_index(drop=True)
    table.attrs = {"threads": threads, "duplicates": duplicates}
    return table


def list_sources(sources):
    """The sources that are given as one or as many."""
    if isinstance(sources, (str, os.PathLike)) or hasattr(sources, "read"):
        return [sources]
    if isinstance(sources, (bytes, Mapping, pd.DataFrame)) or not isinstance(sources, Iterable):
        raise InputError(f"the sources are of type {type(sources).__name__}", remedy="give a list of files")
    return sources


def find_copies(experts, texts):
    """Pairs of rows (copy, kept) where one text begins with the other and both may be one expert's.

    Sorted, a text stands directly before those that begin with it.
    """
    plain = ["".join(filter(str.isalnum, text.casefold())) if text else "" for text in texts]
    order = sorted((i for i, text in enumerate(plain) if len(text) >= COPY), key=lambda i: (plain[i], -i))
    copies = {}
    for place, i in enumerate(order):
        for j in order[place + 1 : place + 50]:
            if not plain[j].startswith(plain[i]):
                break
            if experts[i] == experts[j] or experts[i] is None or experts[j] is None:
                copies[i] = j
                break
    for i in copies:
        while copies[i] in copies:
            copies[i] = copies[copies[i]]
    return sorted(copies.items())


def check_thread(source: str | Path | IO, *, columns: dict[str, str] | None = None) -> tuple[str, bool]:
    """How a page is read, in words, before anything is run on it.

    Parameters
    ----------
    source : path or file-like
        As for `load_thread`.
    columns : dict, optional
        As for `load_thread`.

    Returns
    -------
    text : str
        Layout, counts, one line per answer, furniture and doubts, all with line numbers.
    safe : bool
        Whether nothing in it needs a look first.

    Raises
    ------
    InputError
        If what is given is no file.

    Examples
    --------
    >>> import io
    >>> page = "All related (2)\\nAda Byron\\nAnalyst at Engine Co\\nPeople fi...more\\n"
    >>> text, safe = check_thread(io.StringIO(page))
    >>> print(text)
    the page: layout A, 1 answer by 1 expert (the page says 2), 1 cut off, 2 words
      lines 2-4: 1. Ada Byron, Analyst at Engine Co: 2 words, cut off
    in no answer:
      line 1: All related (2)
    Safe to go on.
    >>> safe
    True
    """
    try:
        answers, page = read_thread(source, columns=columns)
    except ThreadError as error:
        return f"{error}\nNot safe to go on: there is no table.", False
    attrs = answers.attrs
    said = attrs["declared_answers"]
    counts = [
        count_things(len(answers), "row" if page.layout.head == "line" else "answer")
        + f" by {count_things(answers['expert'].nunique(), 'expert')}" * bool(answers["expert"].notna().any())
        + f" (the page says {said})" * (said is not None)
    ]
    counts += [f"{answers['truncated'].sum()} cut off"] * bool(answers["truncated"].any())
    counts.append(count_things(answers["words"].sum(), "word"))
    lines = [f"{attrs['source'] or 'the page'}: layout {attrs['layout']}, {', '.join(counts)}"]
    lines += [f"question: {attrs['question']}"] if attrs["question"] else []
    lines += map(describe_answer, page.answers, answers["answer"], answers["expert"].fillna("no name"))
    lines += ["in no answer:"] * bool(attrs["furniture"]) + [f"  line {n}: {text}" for n, text in attrs["furniture"]]
    lines += [f"note: {note}" for note in attrs["notes"]]
    doubts = describe_doubts(page.doubts) + describe_language(attrs["language"])
    lines += [f"look at {doubt}" for doubt in doubts]
    safe = not doubts and page.layout.head != "line"
    lines.append("Safe to go on." if safe else "Not safe to go on before a person has looked at this.")
    return "\n".join(lines), safe


def describe_answer(answer, number, expert):
    who = f"{expert}, {answer.headline}" if answer.headline else expert
    words = count_things(len(answer.text.split()), "word") if answer.text else "no text"
    place = f"line {answer.first}" if answer.first == answer.last else f"lines {answer.first}-{answer.last}"
    return f"  {place}: {number}. {who}: {words}{', cut off' * answer.truncated}"


def warn(answers, page):
    parts = describe_doubts(page.doubts) + (answers.attrs["notes"] if page.layout.head == "line" else [])
    parts += describe_language(answers.attrs["language"])
    if parts:
        warnings.warn(f"{answers.attrs['source'] or 'the page'}: {'; '.join(parts)}", ThreadWarning, stacklevel=3)


# ---- from the source to the table


def read_thread(source, thread=None, columns=None):
    """The answers table and the page as its layout reads it."""
    check_kind(thread, "thread", (str, type(None)), 'a name, as in thread="my_thread"')
    check_kind(columns, "columns", (Mapping, type(None)), 'a dict, as in columns={"text": "Answer"}')
    raw, name = read_source(source)
    digest = hashlib.sha256(raw).hexdigest()
    found = (find_reader(name) if raw.strip() else read_text)(raw, name)
    del raw
    if isinstance(found, Table):
        page = read_table(found, name, columns)
    else:
        page = read_page(found) or explain_failure(found, name)
    del found
    if page.second is not None:
        remedy = "save each page in a file of its own and load them together with load_threads"
        raise ThreadError("a second page begins here", file=name, line=page.second + 1, remedy=remedy)
    names = set() if thread else {answer.thread for answer in page.answers} - {None}
    attrs = {
        "thread": thread or (safe_name(*names) if len(names) == 1 else thread_slug(Path(name or "").stem)),
        "question": page.question,
        "declared_answers": page.declared,
        "layout": page.layout.code,
        "source": name,
        "sha256": digest,
        "furniture": sorted(page.furniture),
        "notes": describe_limits(page),
        "language": detect_language([answer.text or "" for answer in page.answers]),
    }
    return build_answers(page, attrs, several=len(names) > 1), page


def check_kind(value, name, kinds, remedy):
    """Raise InputError unless a value is of one of these types."""
    if not isinstance(value, kinds):
        raise InputError(f"{name} is of type {type(value).__name__}", remedy=f"give {remedy}")


def read_source(source):
    """The bytes of a path or file-like, and its file's name."""
    if not hasattr(source, "read"):
        check_kind(source, "the source", (str, os.PathLike), "one file; load_threads takes several")
        path = find_file(source)
        return read_bytes(path), show_name(path)
    try:
        content, name = source.read(), getattr(source, "name", None)
    except (OSError, ValueError) as error:
        raise ThreadError(f"the source cannot be read ({error})", remedy="open it again") from error
    check_kind(content, "what the source holds", (str, bytes), "a file that holds text")
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    return raw, Path(name).name if isinstance(name, str) else None


def read_bytes(path):
    """A file's bytes; a large file only after its beginning has been recognised."""
    try:
        with path.open("rb") as file:
            raw = file.read(HEAD)
            if len(raw) == HEAD and find_reader(path.name) is read_text and not is_web_page(raw):
                whole = raw[: raw.rfind(b"\n") + 1] or raw
                if not read_page(read_text(whole, path.name)):
                    explain_failure([], path.name)
            file.seek(0)
            return file.read()
    except (OSError, MemoryError) as error:
        remedy = "check that it can be opened"
        raise ThreadError(f"the file cannot be read ({error})", file=path.name, remedy=remedy) from error


def explain_failure(lines, name):
    start = next((i for i, line in enumerate(lines) if bare(line)), None)
    if lines and start is None:
        raise ThreadError("the file is empty", file=name, remedy="copy the page again and save it")
    opening = next(iter(find_lines(join_kinds(*OPENINGS, "ama"), lines[:1000])), None)
    reason = "a page begins here, but no answer in a known layout follows"
    raise ThreadError(
        "no known page layout fits these lines" if opening is None else reason,
        file=name,
        line=next((i + 1 for i in (opening, start) if i is not None), None),
        remedy="copy the whole page from its first line on, or save a table with expert and text columns",
    )


def build_answers(page, attrs, *, several=False):
    """The table of a page's answers; `several` threads are named by the answers themselves."""
    columns = dict(zip(Answer._fields, zip(*page.answers, strict=True), strict=True))
    if page.layout.head != "answers":
        complete(columns, page)
    columns["thread"] = [safe_name(name) if several and name else attrs["thread"] for name in columns["thread"]]
    numbers = columns["number"]
    known = None not in numbers and len(set(zip(columns["thread"], numbers, strict=True))) == len(numbers)
    columns["answer"] = numbers if known else range(1, len(numbers) + 1)
    columns["words"] = [len(text.split()) if text else None for text in columns["text"]]
    table = pd.DataFrame({name: pd.array(list(columns.pop(name)), dtype=kind) for name, kind in ANSWERS.items()})
    table.attrs = attrs
    return table


def complete(columns, page):
    """Fill in what names and headlines say, and the page's question."""
    people = [split_pronouns(name) if name else (None, None) for name in columns["expert"]]
    columns["expert"] = match_experts([name for name, _ in people])
    known = {line: split_headline(line, page.layout.order) for line in set(columns["headline"]) if line}
    parts = zip(*(known.get(line, (None, None, None)) for line in columns["headline"]), strict=True)
    found = dict(zip(("title", "company", "formerly"), parts, strict=True))
    found |= {"pronouns": [pronouns for _, pronouns in people], "question": [page.question] * len(people)}
    for name, values in found.items():
        columns[name] = [given or value for given, value in zip(columns[name], values, strict=True)]


def describe_limits(page):
    """What nobody can know from this page."""
    if page.layout.head == "line":
        return ["this page has no names and its answers cannot be told apart: each row is a line, not an answer"]
    nameless = all(answer.expert is None for answer in page.answers)
    return ["this page has no names: answers can be counted, experts cannot"] * nameless


def describe_language(language):
    """What a page that is not in English cannot be used for."""
    if language == ENGLISH:
        return []
    return [f"all answers: they are in {name_language(language)}; {UNREAD}, and a person has to code them"]


def describe_doubts(doubts):
    reasons = {}
    for line, reason in sorted(doubts):
        reasons.setdefault(reason, []).append(line)
    parts = []
    for reason, lines in reasons.items():
        shown = ", ".join(map(str, lines[:12])) + (f" and {len(lines) - 12} more" if len(lines) > 12 else "")
        parts.append(f"{inflect(len(lines), 'line')} {shown}: {reason}")
    return parts


def safe_name(name):
    """The name itself if it is safe as a folder's on every system, else its slug.

    >>> safe_name("Q1 & Q2"), safe_name("../../x")
    ('Q1 & Q2', 'x')
    """
    safe = re.fullmatch(r'(?![. ])[^\\/:*?"<>|\x00-\x1f]{1,80}(?<![. ])', name) and name.lower() not in RESERVED
    return name if safe else thread_slug(name)


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
    if slug in RESERVED:
        return f"thread_{slug}"
    return slug if len(slug) <= 80 else f"{slug[:71]}_{digest}"
