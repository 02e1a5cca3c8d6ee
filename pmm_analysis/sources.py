"""From a file of any of the usual kinds to lines of text or to records."""

import re
from pathlib import Path

from .errors import ThreadError

DATA = Path(__file__).resolve().parent.parent / "data" / "raw"
HEAD = 1 << 20
BINARY = {
    b"PK\x03\x04": "a zip or Office file", b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture", b"\x1f\x8b": "a gzip file", b"\xd0\xcf\x11\xe0": "an old Office file",
    b"SQLite": "a database",
}
PASTE = "save the page's text (select all, copy, paste) as a UTF-8 .txt file"


def find_file(source):
    """The path of a thread: as given, or a bare name in the project's data/raw."""
    path = Path(source)
    if not path.exists() and path.name == str(source) and (DATA / path).exists():
        return DATA / path
    if path.is_dir():
        raise ThreadError("this is a folder, not a page", file=path, remedy="name one file in it")
    if not path.exists():
        raise ThreadError("no such file", file=path, remedy="check the name, or put the page into data/raw")
    return path


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
    controls = len(head) - len(head.translate(None, bytes([*range(1, 9), *range(14, 32), 127]))) if not kind else 0
    if kind or 50 * controls > len(head):
        raise ThreadError(f"this is {kind or 'a binary file'}, not a page's text", file=file, remedy=PASTE)
    return "utf-8"


def split_lines(raw, encoding):
    """The lines of a file without the blanks at their ends, each decoded by itself so that memory stays small."""
    if encoding.startswith("utf-16"):
        return split_text(raw.decode(encoding, "replace"))
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return [decode_line(line) for line in raw.split(b"\n")]


def decode_line(line):
    try:
        return line.decode().rstrip()
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252").rstrip()
    except UnicodeDecodeError:
        return line.decode("latin-1").rstrip()


def split_text(text):
    """The lines of a text without the blanks at their ends."""
    return [line.rstrip() for line in re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")).split("\n")]
