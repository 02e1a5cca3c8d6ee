"""A pasted page becomes a table of answers."""

import hashlib
import io
import re
from pathlib import Path

from .errors import ThreadError

COLUMNS = {
    "thread": "string", "answer": "Int64", "expert": "string", "pronouns": "string", "headline": "string",
    "title": "string", "company": "string", "formerly": "string", "question": "string", "date": "string",
    "views": "Int64", "requests": "Int64", "text": "string", "truncated": "boolean", "words": "Int64",
}


def load_thread(source, *, thread=None):
    """Provisional: layout A only."""
    import pandas as pd

    if hasattr(source, "read"):
        raw, name = source.read().encode("utf-8", "surrogatepass"), thread or "thread"
    else:
        raw, name = Path(source).read_bytes(), thread or Path(source).stem
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    lines = text.split("\n")
    declared = re.match(r"All related \((\d+)\)", lines[0])
    if not declared:
        raise ThreadError("no known layout")
    head = re.compile(r"^(?P<title>[^|]+?) at (?P<company>[^|]+?)(?: \| Formerly (?P<formerly>.+))?$")
    starts = []
    for i in range(1, len(lines) - 1):
        a, b = lines[i], lines[i + 1]
        prev_ok = i == 1 or not lines[i - 1].strip() or lines[i - 1].endswith("...more")
        if prev_ok and 1 <= len(a.split()) <= 6 and a[:1].isupper() and not a.rstrip().endswith((".", ":")) and (head.match(b) or b.count(" | ") >= 1) and len(b) < 120:
            starts.append(i)
    records = []
    for n, i in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(lines)
        body = "\n".join(line.rstrip() for line in lines[i + 2:end]).strip("\n")
        cut = body.endswith("...more")
        body = body.removesuffix("...more").rstrip() if cut else body
        body = re.sub(r"\n{2,}", "\n\n", body)
        pronouns = re.search(r"\((\w+/\w+)\)", lines[i])
        m = head.match(lines[i + 1])
        records.append({
            "thread": name, "answer": n + 1, "expert": re.sub(r"\s*\(\w+/\w+\)", "", lines[i]).strip(),
            "pronouns": pronouns and pronouns.group(1), "headline": lines[i + 1].strip(),
            "title": m and m["title"], "company": m and m["company"], "formerly": m and m["formerly"],
            "text": body, "truncated": cut, "words": len(body.split()),
        })
    answers = pd.DataFrame(records, columns=list(COLUMNS)).astype(COLUMNS)
    answers.attrs = {
        "thread": name, "question": None, "declared_answers": int(declared.group(1)), "layout": "A",
        "source": f"{name}.txt", "sha256": hashlib.sha256(raw).hexdigest(), "furniture": [(1, lines[0])],
    }
    return answers
