"""A pasted page becomes a table of answers in which no line is lost."""

import hashlib
import re
import unicodedata
import warnings
from pathlib import Path

import pandas as pd

from ..errors import ThreadError, ThreadWarning
from ..files import show_name
from ..tables import ANSWERS
from ..text import count_things
from .headlines import match_experts, split_headline, split_pronouns
from .layouts import OPENINGS
from .lines import bare, find_lines, join_kinds
from .pages import read_page
from .sources import (
    HEAD,
    TABLES,
    WEB,
    encoding_of,
    find_file,
    is_web_page,
    read_table,
    split_lines,
    split_text,
    split_web_page,
)

COPY = 30  # letters and digits that two captures must share to be one answer
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def load_thread(source, *, thread=None, columns=None):
    """Read one page of answers.

    Parameters
    ----------
    source : path or file-like
        A page saved as text (``.txt``, ``.md``) or by the browser (``.html``); a table of answers (``.csv``, ``.tsv``,
        ``.xlsx``, ``.json``, ``.jsonl``) with at least an expert and a text column; or the text itself through
        ``io.StringIO``. A bare file name that is not in the working folder is looked for in ``data/raw``, then among
        the examples that ship.
    thread : str, optional
        Name of the thread; by default made from the file's name, safe as a folder's name.
    columns : dict, optional
        For a table with unusual column names: ``{"expert": "Who", "text": "What they said"}``.

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
    answers, page = read_thread(source, thread, columns)
    warn(answers, page)
    return answers


def load_threads(sources):
    """Read several pages into one table in which no answer is counted twice.

    An answer that was captured more than once (whole on one page, cut on another) is kept where most of it is
    shown. Two captures are the same answer when they are one expert's and one text begins with the other, blanks and
    list marks aside.

    Parameters
    ----------
    sources : iterable of paths or file-likes

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
    for source in [sources] if isinstance(sources, (str, Path)) else sources:
        answers, page = read_thread(source)
        name, number = answers.attrs["thread"], 2
        while answers.attrs["thread"] in taken:
            answers.attrs["thread"], number = f"{name}_{number}", number + 1
        taken.add(answers.attrs["thread"])
        answers["thread"] = pd.array([answers.attrs["thread"]] * len(answers), dtype="string")
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
    where = list(zip(table["thread"], table["answer"], strict=True))
    duplicates = [
        {
            "thread": where[copy][0],
            "answer": int(where[copy][1]),
            "kept_thread": where[kept][0],
            "kept_answer": int(where[kept][1]),
        }
        for copy, kept in copies
    ]
    table = table.drop(index=[copy for copy, _ in copies]).reset_index(drop=True)
    table.attrs = {"threads": threads, "duplicates": duplicates}
    return table


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


def check_thread(source, *, columns=None):
    """How a page is read, in words, before anything is run on it.

    Returns
    -------
    text : str
        Layout, counts, one line per answer, furniture and doubts, all with line numbers.
    safe : bool
        Whether nothing in it needs a look first.

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
    for answer, expert in zip(page.answers, answers["expert"].fillna("no name"), strict=True):
        who = f"{expert}, {answer.headline}" if answer.headline else expert
        words = count_things(len(answer.text.split()), "word") if answer.text else "no text"
        place = f"line {answer.first}" if answer.first == answer.last else f"lines {answer.first}-{answer.last}"
        number = len(lines) - bool(attrs["question"])
        lines.append(f"  {place}: {number}. {who}: {words}{', cut off' * answer.truncated}")
    lines += ["in no answer:"] * bool(attrs["furniture"]) + [f"  line {n}: {text}" for n, text in attrs["furniture"]]
    lines += [f"note: {note}" for note in attrs["notes"]]
    doubts = describe_doubts(page.doubts)
    lines += [f"look at {doubt}" for doubt in doubts]
    safe = not doubts and page.layout.head != "line"
    lines.append("Safe to go on." if safe else "Not safe to go on before a person has looked at this.")
    return "\n".join(lines), safe


def warn(answers, page):
    parts = describe_doubts(page.doubts) + (answers.attrs["notes"] if page.layout.head == "line" else [])
    if parts:
        warnings.warn(f"{answers.attrs['source'] or 'the page'}: {'; '.join(parts)}", ThreadWarning, stacklevel=3)


# ---- from the source to the table


def read_thread(source, thread=None, columns=None):
    """The answers table and the page as its layout reads it."""
    if hasattr(source, "read"):
        content, name = source.read(), getattr(source, "name", None)
        name = Path(name).name if isinstance(name, str) else None
    else:
        path = find_file(source)
        content, name = read_bytes(path), show_name(path)
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    digest, ending = hashlib.sha256(raw).hexdigest(), Path(name).suffix.lower() if name else ""
    if ending in TABLES and raw.strip():
        page = read_table(raw, TABLES[ending], name, columns)
    else:
        encoding = encoding_of(raw, file=name)
        if ending in WEB or encoding.startswith("utf-8") and is_web_page(raw):
            lines = split_web_page(raw)
        else:
            lines = split_text(content) if isinstance(content, str) else split_lines(raw, encoding)
        del raw, content
        page = read_page(lines) or explain_failure(lines, name)
        if page.second is not None:
            raise ThreadError(
                "a second page begins here",
                file=name,
                line=page.second + 1,
                remedy="save each page in a file of its own and load them together with load_threads",
            )
        del lines
    attrs = {
        "thread": thread or thread_slug(Path(name).stem if name else ""),
        "question": page.question,
        "declared_answers": page.declared,
        "layout": page.layout.code,
        "source": name,
        "sha256": digest,
        "furniture": sorted(page.furniture),
        "notes": describe_limits(page),
    }
    return build_answers(page, attrs), page


def read_bytes(path):
    """A file's bytes; a large file only after its beginning has been recognised."""
    try:
        with path.open("rb") as file:
            raw = file.read(HEAD)
            if len(raw) == HEAD and path.suffix.lower() not in (*TABLES, *WEB):
                encoding = encoding_of(raw, file=path.name)
                whole = raw[: raw.rfind(b"\n") + 1] or raw
                text = encoding.startswith("utf-8") and not is_web_page(raw)
                if text and not read_page(split_lines(whole, encoding)):
                    explain_failure([], path.name)
            file.seek(0)
            return file.read()
    except (OSError, MemoryError) as error:
        raise ThreadError(
            f"the file cannot be read ({error})", file=path.name, remedy="check that it can be opened"
        ) from error


def explain_failure(lines, name):
    start = next((i for i, line in enumerate(lines) if bare(line)), None)
    if lines and start is None:
        raise ThreadError("the file is empty", file=name, remedy="copy the page again and save it")
    remedy = "copy the whole page from its first line on, or save a table with expert and text columns"
    opening = next(iter(find_lines(join_kinds(*OPENINGS, "ama"), map(bare, lines[:1000]))), None)
    if opening is not None:
        raise ThreadError(
            "a page begins here, but no answer in a known layout follows", file=name, line=opening + 1, remedy=remedy
        )
    raise ThreadError(
        "no known page layout fits these lines", file=name, line=None if start is None else start + 1, remedy=remedy
    )


def build_answers(page, attrs):
    answers = page.answers
    people = [split_pronouns(a.expert) if a.expert else (None, None) for a in answers]
    headlines = {a.headline for a in answers if a.headline}
    known = {headline: split_headline(headline, page.layout.order) for headline in headlines}
    split = [known.get(a.headline, (None, None, None)) for a in answers]
    columns = {
        "thread": [attrs["thread"]] * len(answers),
        "answer": range(1, len(answers) + 1),
        "expert": match_experts([name for name, _ in people]),
        "pronouns": [a.pronouns or pronouns for a, (_, pronouns) in zip(answers, people, strict=True)],
        "headline": [a.headline for a in answers],
        "title": [a.title or parts[0] for a, parts in zip(answers, split, strict=True)],
        "company": [a.company or parts[1] for a, parts in zip(answers, split, strict=True)],
        "formerly": [a.formerly or parts[2] for a, parts in zip(answers, split, strict=True)],
        "question": [a.question or page.question for a in answers],
        "date": [a.date for a in answers],
        "views": [a.views for a in answers],
        "requests": [a.requests for a in answers],
        "text": [a.text for a in answers],
        "truncated": [a.truncated for a in answers],
        "words": [len(a.text.split()) if a.text else None for a in answers],
    }
    table = pd.DataFrame({name: pd.array(list(columns.pop(name)), dtype=kind) for name, kind in ANSWERS.items()})
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
