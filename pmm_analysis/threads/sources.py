"""From a file of any of the usual kinds to the lines of a page or to the records of a table."""

import io
import json
import re
import warnings
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..errors import ThreadError
from ..files import SHIPPED, find_project, unguard_cell
from ..tables import ANSWERS
from ..text import load_words
from .layouts import Answer, Layout, Page
from .lines import INVISIBLE, bare, to_count

HEAD = 1 << 20
PIECE = 1 << 18
PASTE = "save the page's text (select all, copy, paste) as a UTF-8 .txt file"
BINARY = {b"PK\x03\x04": "a zip or Office file", b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Office file"}
WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b", re.I | re.S)
FIELDS = "expert text headline title company formerly pronouns question date views requests truncated".split()
SPELLINGS = load_words(Path(__file__).with_name("columns.toml"), FIELDS)

BLOCKS = (
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form header hr "
    "legend li main nav ol option pre section summary table tr ul"
).split()
PARAGRAPHS = "p h1 h2 h3 h4 h5 h6".split()
UNSEEN = "head iframe noscript object script style svg template textarea title".split()
LINE, GAP, SPACE, CELL = "\x02", "\x03", "\x04", "\x05"
ZERO_WIDTH = frozenset(character for character in INVISIBLE if not character.isspace())


class Table(NamedTuple):
    """The records of a table; `first` is the line of the first one."""

    kind: str
    records: list
    first: int
    question: str | None = None
    declared: int | None = None


def find_file(source):
    """The path of a thread: as given, else a bare name in the project's data/raw or among the examples that ship."""
    path = Path(source)
    homes = [home / "data" / "raw" for home in (find_project(), SHIPPED)] if path.name == str(source) else []
    try:
        path = next((place for place in (path, *(home / path for home in homes)) if place.exists()), path)
        folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:
        raise ThreadError("this cannot be a file's name", file=str(source)[:80], remedy="check the name") from error
    if folder:
        raise ThreadError("this is a folder, not a page", file=path, remedy="name one file in it")
    if not exists:
        raise ThreadError("no such file", file=path, remedy="check the name, or put it into data/raw")
    return path


# ---- text


def encoding_of(raw, *, file=None):
    """The encoding that the first bytes speak for; "utf-8" also stands for lines of Windows-1252."""
    if raw[:3] == b"\xef\xbb\xbf":
        return "utf-8-sig"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    kind = next((kind for magic, kind in BINARY.items() if raw.startswith(magic)), None)
    head = raw[:HEAD]
    if not kind and b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) / 8 and min(even, odd) < len(head) / 100:
            return "utf-16-le" if odd > even else "utf-16-be"
        kind = "a binary file"
    controls = len(head) - len(head.translate(None, bytes([*range(1, 9), *range(14, 32), 127])))
    if kind or 50 * controls > len(head):
        raise ThreadError(f"this is {kind or 'a binary file'}, not a page's text", file=file, remedy=PASTE)
    if not is_western(head if len(head) == len(raw) else head[: head.rfind(b"\n") + 1]):
        raise ThreadError("these bytes are neither UTF-8 nor Windows-1252", file=file, remedy="save it again as UTF-8")
    return "utf-8"


def is_western(raw):
    """Whether the lines that are no UTF-8 are mostly ASCII, as those in Windows-1252 are."""
    odd = b"" if is_utf8(raw) else b"".join(line for line in raw.split(b"\n") if not is_utf8(line))
    high = len(odd) - len(odd.translate(None, bytes(range(128, 256))))
    return high < 10 or 3 * high < len(odd)


def is_utf8(raw):
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def decode(raw, encoding):
    """The text of a file in pieces that end where a line does, so that memory stays small."""
    if encoding.startswith("utf-16"):
        yield raw.decode(encoding, "replace")
        return
    at = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while at < len(raw):
        end = raw.find(b"\n", at + PIECE) + 1 or len(raw)
        try:
            yield raw[at:end].decode()
        except UnicodeDecodeError:
            yield "\n".join(map(decode_line, raw[at:end].split(b"\n")))
        at = end


def decode_line(line):
    """A line as UTF-8, else as Windows-1252: pages glued together from two programs have both."""
    return line.decode() if is_utf8(line) else line.decode("cp1252", "replace")


def split_lines(raw, encoding):
    """The lines of a file without the blanks at their ends."""
    lines = [""]
    for piece in decode(raw, encoding):
        lines[-1:] = split_text(piece)
    return lines


def split_text(text):
    """The lines of a text without the blanks at their ends; a line of nothing visible is empty."""
    if "\r" in text:
        text = re.sub(r"\r\n?", "\n", text)
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").split("\n")]
    if not text.isascii():
        lines = ["" if line[-1:] in ZERO_WIDTH and not bare(line) else line for line in lines]
    return lines


def read_text(raw, name):
    """The lines of a page that was pasted, or that a browser saved under another ending."""
    encoding = encoding_of(raw, file=name)
    web = encoding.startswith("utf-8") and is_web_page(raw)
    return read_web_page(raw, name) if web else split_lines(raw, encoding)


# ---- saved web pages


def is_web_page(raw):
    return bool(WEB_PAGE.match(raw[:2000]))


def read_web_page(raw, name):
    """The lines that a browser would show of a saved page; nothing in it is run or fetched."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(raw, "lxml")
    drop_unseen(soup)
    for tag in soup.find_all("br"):
        tag.replace_with(LINE)
    for tag in soup.find_all("li"):
        lists = tag.find_parents(["ol", "ul"])
        number = len(tag.find_previous_siblings("li")) + 1
        mark = f"{number}. " if lists and lists[0].name == "ol" else "• " if len(lists) < 2 else "◦ "
        tag.insert(0, SPACE * (4 * max(len(lists), 1) - 2) + mark)
    for tag in soup.find_all(["td", "th"]):
        tag.insert_after(CELL)
    for names, end in ((BLOCKS, LINE), (PARAGRAPHS, GAP)):
        for tag in soup.find_all(names):
            tag.insert_before(end)
            tag.insert_after(end)
    text = re.sub(rf"[ {CELL}]*([{LINE}{GAP}])[ {LINE}{GAP}{CELL}]*", merge_breaks, soup.get_text())
    text = text.strip(f"{LINE}{GAP}{CELL} ").replace(SPACE, " ").replace(CELL, "\t")
    return [line.rstrip() for line in text.split("\n")]


def drop_unseen(soup):
    """Take out what a browser does not show; outside ``pre``, blanks and breaks are one blank."""
    from bs4 import Comment, NavigableString

    hidden = re.compile(r"display:\s*none")
    for tag in soup.find_all(
        lambda tag: tag.name in UNSEEN or tag.has_attr("hidden") or hidden.search(tag.get("style") or "")
    ):
        tag.decompose()
    for string in soup.find_all(string=True):
        if isinstance(string, Comment) or type(string) is not NavigableString:
            string.extract()
        elif string.find_parent("pre"):
            string.replace_with(re.sub(r"\r\n?|\n", LINE, string).replace(" ", SPACE))
        else:
            string.replace_with(re.sub(r"[ \t\r\n\f]+", " ", string))


def merge_breaks(found):
    return "\n\n" if GAP in found[0] or found[0].count(LINE) > 3 else "\n"


# ---- tables


def read_csv(raw, name):
    text = "".join(decode(raw, encoding_of(raw, file=name)))
    header = (re.search(r"[^\r\n]+", text) or [""])[0]
    try:
        table = pd.read_csv(io.StringIO(text), sep=max("\t,;|", key=header.count), dtype=str, na_filter=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise ThreadError(f"the table cannot be read ({reason})", file=name, remedy="save it again as CSV") from error
    if not isinstance(table.index, pd.RangeIndex):
        remedy = "put quotes round text that has commas in it"
        raise ThreadError("this row has more cells than the header", file=name, line=2, remedy=remedy)
    return Table("csv", table.map(unguard_cell, na_action="ignore").to_dict("records"), 2)


def read_sheet(raw, name):
    try:
        sheets = pd.read_excel(io.BytesIO(raw), sheet_name=None, dtype=str, engine="openpyxl", na_filter=False)
    except Exception as error:  # openpyxl lets errors of zip, XML and its own out, without a common base
        remedy = "save it again as .xlsx or .csv"
        raise ThreadError("this is no workbook that can be read", file=name, remedy=remedy) from error
    sheet = max(sheets.values(), key=len)
    return Table("xlsx", sheet.map(unguard_cell, na_action="ignore").to_dict("records"), 2)


def read_json(raw, name):
    remedy = "give it a list of records with expert and text"
    text = "".join(decode(raw, encoding_of(raw, file=name)))
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        try:
            content = [json.loads(line) for line in split_text(text) if line]
        except (ValueError, RecursionError):
            line = getattr(error, "lineno", None)
            raise ThreadError("this is neither JSON nor JSON Lines", file=name, line=line, remedy=remedy) from error
    extra = content if isinstance(content, dict) else {}
    records = next((extra[key] for key in ("answers", "records", "data") if key in extra), content)
    records = [records] if isinstance(records, dict) else records
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ThreadError("this is no list of records", file=name, remedy=remedy)
    kinds = {"question": str, "declared_answers": int}
    return Table("json", records, 1, *(extra[key] if isinstance(extra.get(key), kinds[key]) else None for key in kinds))


def read_table(table, name, columns):
    """The answers in the records of a table; what `export_tables` wrote is read as it was, anything else is cleaned."""
    there = list(dict.fromkeys(key for record in table.records for key in record))
    found, own = match_columns(there, columns, name), there == [*ANSWERS]
    keys = read_keys(table.records, {"thread", "answer"}.intersection(there).difference(found.values()), own)
    nothing, answers = [None] * len(table.records), []
    places = zip(table.records, keys.get("thread", nothing), keys.get("answer", nothing), strict=True)
    for line, (record, thread, number) in enumerate(places, table.first):
        fields = {field: as_text(record.get(column), clean=not own) for field, column in found.items()}
        if any(fields.values()):
            for count in {"views", "requests"} & fields.keys():
                fields[count] = to_count((fields[count] or "").removesuffix(".0"))
            fields["truncated"] = (fields.get("truncated") or "").lower() in ("true", "1", "1.0", "yes", "y", "x")
            answers.append(Answer(line, line, thread=thread, number=number, **fields))
    if not answers:
        raise ThreadError("the table has no answers", file=name, remedy="give it one row per answer")
    unused = [] if own else [str(column) for column in there if column not in (*found.values(), *keys)]
    furniture = [(1, f"columns not used: {', '.join(unused)}")] if unused else []
    layout = Layout(table.kind, "", "answers" if own else "table")
    return Page(layout, answers, table.question, table.declared, furniture, list(doubt_rows(answers, table.kind, own)))


def as_text(value, *, clean=True):
    """A cell as the text of an answer is kept: no blanks at line ends, one blank line between paragraphs."""
    if value is None or value != value:
        return None
    text = str(value)
    if clean:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(split_text(text))).strip()
    return text or None


def read_keys(records, names, own):
    """What names the thread, one name for all rows unless the table is our own, and numbers the answers."""
    keys = {name: [as_text(record.get(name)) for record in records] for name in names}
    if "thread" in keys and not own and len(set(keys["thread"])) > 1:
        del keys["thread"]
    numbers = [(cell or "").removesuffix(".0") for cell in keys.pop("answer", [""])]
    if all(number.isdecimal() and len(number) < 10 for number in numbers):
        keys["answer"] = list(map(int, numbers))
    return keys


def doubt_rows(answers, kind, own):
    """What a person should look at in the rows of a table."""
    seen, merged = {}, kind == "xlsx" and any(answer.expert for answer in answers)
    for answer in answers:
        first = seen.setdefault((answer.expert, answer.text), answer.first)
        if not answer.text:
            yield answer.first, "an answer without text"
        elif merged and not answer.expert and not own:
            yield answer.first, "an answer without a name, as merged cells leave it"
        elif first != answer.first and answer.expert and not own:
            yield answer.first, f"the same answer of the same person stands in line {first}"


def match_columns(there, columns, name):
    """Which column of the table holds which field."""
    columns = dict(columns or {})
    if wrong := [key for key in columns if key not in SPELLINGS] + [c for c in columns.values() if c not in there]:
        raise ThreadError(
            f"columns= names {wrong[0]!r}, which is not there",
            file=name,
            remedy=f"map {', '.join(SPELLINGS)} to any of {', '.join(map(repr, there))}",
        )
    columns = guess_columns(there, columns)
    for field in ("expert", "text"):
        if field not in columns:
            raise ThreadError(
                f"no column for the {field} among {', '.join(map(repr, there)) or 'none'}",
                file=name,
                line=1,
                remedy=f'name one "{field}", or say which it is: columns={{"{field}": …}}',
            )
    return columns


def guess_columns(there, columns):
    """The columns that are named by hand, and those whose names people use for what is still missing."""
    plain = {}
    for column in there:
        plain.setdefault(re.sub(r"[\W_]+", " ", str(column)).strip().lower(), column)
    for field, spellings in SPELLINGS.items():
        free = [plain[word] for word in spellings if word in plain and plain[word] not in columns.values()]
        columns |= {field: column for column in free[: field not in columns]}
    return columns


# What reads a file, by its endings: to the lines of a page or to a Table. Any other file is text.
SOURCES = {
    ".csv .tsv": read_csv,
    ".xlsx": read_sheet,
    ".json .jsonl .ndjson": read_json,
    ".html .htm .xhtml": read_web_page,
}


def find_reader(name):
    """What reads a file of this name."""
    ending = Path(name or "").suffix.lower()
    return next((read for endings, read in SOURCES.items() if ending in endings.split()), read_text)
