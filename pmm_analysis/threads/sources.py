"""From a file of any of the usual kinds to the lines of a page or to the records of a table."""

import io
import json
import re
import warnings
from pathlib import Path

import pandas as pd

from ..errors import ThreadError
from ..files import SHIPPED, find_project
from .layouts import Answer, Layout, Page
from .lines import INVISIBLE, bare, to_count

HEAD = 1 << 20
PIECE = 1 << 18
PASTE = "save the page's text (select all, copy, paste) as a UTF-8 .txt file"
BINARY = {
    b"PK\x03\x04": "a zip or Office file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"SQLite": "a database",
}
TABLES = {".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".json": "json", ".jsonl": "json", ".ndjson": "json"}
WEB = (".html", ".htm", ".xhtml")

# How people name the columns of a table of answers; the first that is there counts.
SPELLINGS = {
    "expert": "expert, expert name, name, author, speaker, respondent, participant, answered by, full name, user",
    "text": "text, answer text, full text, answer, response, reply, comment, body, content, quote, verbatim, message",
    "headline": "headline, title and company, byline, tagline",
    "title": "title, job title, role, position, job",
    "company": "company, employer, organisation, organization, firm",
    "formerly": "formerly, former companies, previous companies, previously",
    "pronouns": "pronouns",
    "question": "question, question text, prompt",
    "date": "date, posted, posted on, published, created, created at, timestamp",
    "views": "views, view count, number of views",
    "requests": "requests, number of requests",
    "truncated": "truncated, cut off, cut",
}

BLOCKS = (
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form header hr "
    "legend li main nav ol option pre section summary table tr ul"
).split()
PARAGRAPHS = "p h1 h2 h3 h4 h5 h6".split()
UNSEEN = "head iframe noscript object script style svg template textarea title".split()
LINE, GAP, SPACE = "\x02", "\x03", "\x04"


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
    return "utf-8"


def split_lines(raw, encoding):
    """The lines of a file without the blanks at their ends, decoded piece by piece so that memory stays small."""
    if encoding.startswith("utf-16"):
        return split_text(raw.decode(encoding, "replace"))
    at, lines = 3 if raw.startswith(b"\xef\xbb\xbf") else 0, []
    while at < len(raw):
        end = raw.find(b"\n", at + PIECE) + 1 or len(raw)
        piece = raw[at:end]
        try:
            lines += split_text(piece.decode())
        except UnicodeDecodeError:
            for line in piece.split(b"\n"):
                lines += split_text(decode_line(line))
        at = end
        if at < len(raw):
            lines.pop()
    return lines or [""]


def decode_line(line):
    """A line as UTF-8, else as Windows-1252: pages glued together from two programs have both."""
    for encoding in "utf-8", "cp1252":
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            pass
    return line.decode("latin-1")


def split_text(text):
    """The lines of a text without the blanks at their ends; a line of nothing visible is empty."""
    if "\r" in text:
        text = re.sub(r"\r\n?", "\n", text)
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").split("\n")]
    if not text.isascii():
        lines = ["" if line[:1] in INVISIBLE and not bare(line) else line for line in lines]
    return lines


# ---- saved web pages


def is_web_page(raw):
    return (
        re.match(
            rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b",
            raw[:2000],
            re.IGNORECASE | re.DOTALL,
        )
        is not None
    )


def split_web_page(raw):
    """The lines that a browser would show of a saved page; nothing in it is run or fetched."""
    from bs4 import BeautifulSoup, Comment, NavigableString, XMLParsedAsHTMLWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(raw, "lxml")
    for tag in soup.find_all(
        lambda tag: (
            tag.name in UNSEEN or tag.has_attr("hidden") or re.search(r"display:\s*none", tag.get("style") or "")
        )
    ):
        tag.decompose()
    for string in soup.find_all(string=True):
        if isinstance(string, Comment) or type(string) is not NavigableString:
            string.extract()
        elif string.find_parent("pre"):
            string.replace_with(re.sub(r"\r\n?|\n", LINE, string).replace(" ", SPACE))
        else:
            string.replace_with(re.sub(r"[ \t\r\n\f]+", " ", string))
    for tag in soup.find_all("br"):
        tag.replace_with(LINE)
    for tag in soup.find_all("li"):
        lists = tag.find_parents(["ol", "ul"])
        number = len(tag.find_previous_siblings("li")) + 1
        mark = f"{number}. " if lists and lists[0].name == "ol" else "• " if len(lists) < 2 else "◦ "
        tag.insert(0, SPACE * (4 * max(len(lists), 1) - 2) + mark)
    for names, end in ((BLOCKS, LINE), (PARAGRAPHS, GAP)):
        for tag in soup.find_all(names):
            tag.insert_before(end)
            tag.insert_after(end)
    text = re.sub(rf" *([{LINE}{GAP}])[ {LINE}{GAP}]*", merge_breaks, soup.get_text())
    return [line.replace(SPACE, " ").rstrip() for line in text.strip(f"{LINE}{GAP} ").split("\n")]


def merge_breaks(found):
    return "\n\n" if GAP in found[0] or found[0].count(LINE) > 3 else "\n"


# ---- tables


def read_table(raw, kind, name, columns):
    """A page's worth of answers from CSV, TSV, XLSX, JSON or JSON Lines."""
    read = {"csv": read_csv, "xlsx": read_sheet, "json": read_json}[kind]
    records, first, extra = read(raw, name)
    there = list(dict.fromkeys(key for record in records for key in record))
    found = match_columns(there, columns, name)
    answers, doubts = [], []
    for line, record in enumerate(records, first):
        fields = {field: clean_cell(record.get(column)) for field, column in found.items()}
        if not any(fields.values()):
            continue
        if not fields["text"]:
            doubts.append((line, "an answer without text"))
        for count in ("views", "requests"):
            number = re.fullmatch(r"(\d[\d,.]*[kKmM]?)(?:\.0)?", fields.get(count) or "")
            fields[count] = to_count(re.sub(r"\.0$", "", number[0])) if number else None
        fields["truncated"] = (fields.get("truncated") or "").lower() in ("true", "1", "1.0", "yes", "y", "x")
        answers.append(Answer(line, line, **fields))
    if not answers:
        raise ThreadError("the table has no answers", file=name, remedy="give it one row per answer")
    unused = [str(column) for column in there if column not in found.values()]
    furniture = [(1, f"columns not used: {', '.join(unused)}")] if unused else []
    return Page(
        Layout(kind, "", "table"), answers, extra.get("question"), extra.get("declared_answers"), furniture, doubts
    )


def clean_cell(value):
    """A cell as the text of an answer is kept: no blanks at line ends, one blank line between paragraphs."""
    if value is None or value != value:
        return None
    lines = "\n".join(split_text(str(value)))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() or None


def match_columns(there, columns, name):
    """Which column of the table holds which field."""
    columns = dict(columns or {})
    wrong = [key for key in columns if key not in SPELLINGS] + [c for c in columns.values() if c not in there]
    if wrong:
        raise ThreadError(
            f"columns= names {wrong[0]!r}, which is not there",
            file=name,
            remedy=f"map {', '.join(SPELLINGS)} to any of {', '.join(map(repr, there))}",
        )
    plain = {}
    for column in there:
        plain.setdefault(re.sub(r"[\W_]+", " ", str(column)).strip().lower(), column)
    for field, spellings in SPELLINGS.items():
        match = next((plain[s] for s in spellings.split(", ") if s in plain and plain[s] not in columns.values()), None)
        if field not in columns and match is not None:
            columns[field] = match
    for field in ("expert", "text"):
        if field not in columns:
            raise ThreadError(
                f"no column for the {field} among {', '.join(map(repr, there)) or 'none'}",
                file=name,
                line=1,
                remedy=f'name one "{field}", or say which it is: columns={{"{field}": …}}',
            )
    return columns


def read_csv(raw, name):
    encoding = encoding_of(raw, file=name)
    text = "\n".join(split_lines(raw, encoding))
    header = text.partition("\n")[0]
    try:
        table = pd.read_csv(io.StringIO(text), sep=max("\t,;|", key=header.count), dtype=str, na_filter=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise ThreadError(f"the table cannot be read ({reason})", file=name, remedy="save it again as CSV") from error
    return table.to_dict("records"), 2, {}


def read_sheet(raw, name):
    try:
        sheets = pd.read_excel(io.BytesIO(raw), sheet_name=None, dtype=str, engine="openpyxl", na_filter=False)
    except Exception as error:  # openpyxl lets errors of zip, XML and its own out, without a common base
        raise ThreadError(
            "this is no workbook that can be read", file=name, remedy="save it again as .xlsx or .csv"
        ) from error
    sheet = max(sheets.values(), key=len)
    return sheet.to_dict("records"), 2, {}


def read_json(raw, name):
    text = "\n".join(split_lines(raw, encoding_of(raw, file=name)))
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        try:
            content = [json.loads(line) for line in text.split("\n") if line.strip()]
        except (ValueError, RecursionError):
            raise ThreadError(
                "this is neither JSON nor JSON Lines",
                file=name,
                line=getattr(error, "lineno", None),
                remedy="give it a list of records with expert and text",
            ) from error
    extra = content if isinstance(content, dict) else {}
    records = next((extra[key] for key in ("answers", "records", "data") if key in extra), content)
    if isinstance(records, dict):
        records = [records]
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ThreadError(
            "this is no list of records", file=name, remedy="give it a list of records with expert and text"
        )
    kinds = {"question": str, "declared_answers": int}
    return records, 1, {key: extra[key] for key, kind in kinds.items() if isinstance(extra.get(key), kind)}
