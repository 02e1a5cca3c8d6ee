"""The story of the notebooks as one page: no code, no scripts, nothing to fetch."""

import re
from pathlib import Path

from ..text import count_things

TEMPLATE = Path(__file__).with_name("report.html.j2")
STYLE = Path(__file__).with_name("report.css")
# What speaks to somebody who sits in JupyterLab, and what only writes files, is no part of the story.
LEFT_OUT = {"jupyterlab", "files"}
NOISE = re.compile(r"\x1b\[[0-9;]*m|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
COLOUR = re.compile(r"background:rgba\((\d+,\d+,\d+),\.3\)")
SPAN = re.compile(r"[1-9]\d{0,3}")


def build_report(notebooks, facts):
    """Tell what executed notebooks, by file name in the order of the story, found: one self-contained HTML page.

    Texts and tables are rebuilt from their words alone, so nothing that stands in a thread can become part of the
    page's structure; its policy forbids scripts and requests besides. A cell tagged ``jupyterlab`` or ``files`` is left
    out, unless it failed. `facts` say what the run was made from: ``question``, ``thread``, ``source``, ``sha256``,
    ``answers`` and ``declared_answers`` (or ``threads``, a list of these), ``codebook``, ``versions``, ``warnings`` and
    ``failed``. The same notebooks and facts give the same page.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    pages = facts.get("threads") or [facts]
    options = {"autoescape": True, "trim_blocks": True, "undefined": StrictUndefined}
    made = Environment(finalize=lambda value: value if isinstance(value, Markup) else _clean(value), **options)
    return made.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        facts=facts,
        pages=[page | {"counted": _count_answers(page)} for page in pages],
        sections=[_read_notebook(number, *named) for number, named in enumerate(notebooks.items(), 1)],
        provenance={"label": "Provenance", "heads": [], "rows": _list_provenance(pages, facts)},
        style=Markup(STYLE.read_text(encoding="utf-8")),
    )


def _clean(value):
    return NOISE.sub("", str(value))


def _count_answers(page):
    declared = page.get("declared_answers")
    return f"{page['answers']} of {declared} answers" if declared else count_things(page["answers"], "answer")


def _list_provenance(pages, facts):
    rows = []
    for page in pages:
        rows += [("Thread", page["thread"]), ("Page", page["source"]), ("sha256 of the page", page["sha256"])]
    rows += [("Codebook", facts["codebook"]["name"]), ("sha256 of the codebook", facts["codebook"]["sha256"])]
    rows += [(f"Version of {name}", version) for name, version in facts["versions"].items()]
    return [[{"text": text, "head": not place, "spans": {}} for place, text in enumerate(row)] for row in rows]


def _read_notebook(number, name, notebook):
    """Give the title of a notebook and what is told of it: pairs of a kind and of what was found."""
    title, heading, parts = name, "", []
    for cell in notebook.cells:
        told = not LEFT_OUT & set(cell.metadata.get("tags", []))
        first = cell.source.lstrip().split("\n", 1)[0]
        if cell.cell_type == "markdown":
            if first.startswith("#"):
                heading = first.lstrip("# ")
                title = heading if first.startswith("# ") else title
            if told:
                parts.append(("prose", _render_prose(cell.source, title_id=f"part{number}-title")))
        elif cell.cell_type == "code":
            parts += [
                _read_output(output, heading or title, len(parts) + place)
                for place, output in enumerate(cell.outputs)
                if told or output.output_type == "error"
            ]
    return title, parts


def _render_prose(source, *, title_id):
    """Render Markdown one level of headings down, with any HTML in it shown as text."""
    import mistune
    from markupsafe import Markup

    html = mistune.create_markdown(escape=True, plugins=["table"])(_clean(source))
    html = re.sub(r"(</?h)([1-5])", lambda match: f"{match[1]}{int(match[2]) + 1}", html)
    return Markup(html.replace("<h2>", f'<h2 id="{title_id}">', 1))


def _read_output(output, heading, place):
    data = output.get("data", {})
    if output.output_type == "error":
        return "error", output
    if "image/png" in data:
        alt = output.metadata.get("image/png", {}).get("alt") or f"Chart: {heading}"
        return "picture", {"png": re.sub(r"[^A-Za-z0-9+/=]", "", data["image/png"]), "alt": alt}
    if "text/html" in data:
        return _read_html(data["text/html"], f"{heading}, table {place}")
    text = output.text if output.get("name") == "stdout" else data.get("text/plain", "")
    return "text", [{"text": text.strip(), "mark": None}] if text.strip() else []


def _read_html(html, label):
    """Read the words of a table, or of an answer with its cues marked."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_clean(html), "lxml")
    for hidden in soup(["script", "style"]):
        hidden.decompose()
    if table := soup.find("table"):
        return "table", {"label": label} | _read_table(table)
    pieces = []
    for node in soup.find_all(string=True):
        mark = node.find_parent("mark")
        if mark:
            colour = COLOUR.search(mark.get("style", ""))
            style = f"background:rgba({colour[1]},.3)" if colour else None
            mark = {"title": _clean(mark.get("title", "")), "style": style}
        pieces.append({"text": node + "\n" * bool(not mark and node.find_parent("b")), "mark": mark})
    return "text", pieces


def _read_table(table):
    rows = [[_read_cell(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    heads = len(table.thead.find_all("tr")) if table.thead else 0
    # pandas names the index in a row of its own; where nothing stands above or below, the two are one.
    if heads == 2 and len(rows[0]) == len(rows[1]):
        pairs = list(zip(*rows[:2], strict=True))
        if not any(above["text"] and below["text"] for above, below in pairs):
            return {"heads": [[above if above["text"] else below for above, below in pairs]], "rows": rows[2:]}
    return {"heads": rows[:heads], "rows": rows[heads:]}


def _read_cell(cell):
    spans = {name: cell.get(name, "1") for name in ("colspan", "rowspan")}
    wide = {name: number for name, number in spans.items() if SPAN.fullmatch(number) and number != "1"}
    return {"text": cell.get_text(), "head": cell.name == "th", "spans": wide}
