"""The story of the notebooks as one page: no code, no scripts, nothing to fetch."""

import re
from html import escape
from pathlib import Path

from ..text import count_things

STYLE = Path(__file__).with_name("report.css")
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
# What speaks to somebody who sits in JupyterLab, and what only writes files, is no part of the story.
FOR_JUPYTERLAB = re.compile(r"`\?\w+`[^.]*\.\s*|(?:(?!\n\n)[^.])*Run All Cells[^.]*\.")
KEEPS_FILES = re.compile(r"#+ (?:\d+\. )?Keep\b")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
COLOUR = re.compile(r"background:rgba\((\d+,\d+,\d+),\.3\)")
SPAN = re.compile(r"[1-9]\d{0,3}")


def build_report(notebooks, facts):
    """Tell what executed notebooks found, as one self-contained page.

    Texts and tables are rebuilt from their words alone, so nothing that stands in a thread can
    become part of the page's structure; its policy forbids scripts and requests besides.

    Parameters
    ----------
    notebooks : dict
        File name -> executed notebook, in the order of the story.
    facts : dict
        What the run was made from: ``question``, ``thread``, ``source``, ``sha256``, ``answers`` and
        ``declared_answers`` (or ``threads``, a list of these), ``codebook``, ``versions``,
        ``warnings`` and ``failed``.

    Returns
    -------
    str
        HTML. The same notebooks and facts give the same page.
    """
    pages = facts.get("threads") or [facts]
    sections = [_write_notebook(number, name, notebook) for number, (name, notebook) in enumerate(notebooks.items(), 1)]
    contents = [(f"part{number}", title) for number, (title, _) in enumerate(sections, 1)]
    contents.append(("provenance", "Where these numbers come from"))
    body = [
        f"<header><h1>{_clean(facts['question'])}</h1>",
        *(f'<p class="facts">{_clean(_describe_page(page))}</p>' for page in pages),
        *(f'<p class="facts">Read with a doubt: {_clean(doubt)}</p>' for doubt in facts["warnings"]),
        *(
            f'<p class="failed"><strong>{_clean(name)} failed</strong> {_clean(error)}</p>'
            for name, error in facts["failed"].items()
        ),
        '<nav aria-label="Contents"><ul>',
        *(f'<li><a href="#{anchor}">{_clean(title)}</a></li>' for anchor, title in contents),
        '</ul></nav></header><main id="main">',
        *(
            f'<section id="part{number}" aria-labelledby="part{number}-title">{content}</section>'
            for number, (_, content) in enumerate(sections, 1)
        ),
        "</main>",
        _write_provenance(pages, facts),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_clean(facts['question'])}</title><style>{STYLE.read_text(encoding='utf-8')}</style></head>"
        '<body><a class="skip" href="#main">Skip to the findings</a>\n' + "\n".join(body) + "\n</body></html>\n"
    )


def _describe_page(page):
    declared = page.get("declared_answers")
    counts = f"{page['answers']} of {declared} answers" if declared else count_things(page["answers"], "answer")
    return f"{page['thread']}: {counts} on the page, read from {page['source']} (sha256 {page['sha256'][:12]}…)"


def _write_notebook(number, name, notebook):
    """Write one notebook as a section; give its title and its HTML."""
    title, heading, parts, kept_out = name, "", [], False
    for cell in notebook.cells:
        first = cell.source.lstrip().split("\n", 1)[0]
        if cell.cell_type == "markdown":
            if first.startswith("#"):
                kept_out = bool(KEEPS_FILES.match(first))
                heading = first.lstrip("# ")
                title = heading if first.startswith("# ") else title
            if not kept_out:
                parts.append(_write_prose(cell.source, title_id=f"part{number}-title"))
        elif cell.cell_type == "code":
            for output in cell.outputs:
                if not kept_out or output.output_type == "error":
                    parts.append(_write_output(output, f"{heading or title}, table {len(parts)}"))
    return title, "\n".join(filter(None, parts))


def _write_prose(source, *, title_id):
    """Render Markdown one level of headings down, with any HTML in it shown as text."""
    import mistune

    told = FOR_JUPYTERLAB.sub("", CONTROLS.sub("", source))
    html = mistune.create_markdown(escape=True, plugins=["table"])(told)
    html = re.sub(r"(</?h)([1-5])", lambda match: f"{match[1]}{int(match[2]) + 1}", html)
    return html.replace("<h2>", f'<h2 id="{title_id}">', 1)


def _write_output(output, label):
    if output.output_type == "error":
        return (
            f'<p class="failed"><strong>This step failed.</strong> {_clean(output.ename)}: {_clean(output.evalue)}</p>'
        )
    if output.output_type == "stream":
        return _write_said(output.text) if output.name == "stdout" else ""
    data = output.get("data", {})
    if "image/png" in data:
        alt = output.metadata.get("image/png", {}).get("alt") or f"Chart: {label.partition(', table')[0]}"
        picture = re.sub(r"[^A-Za-z0-9+/=]", "", data["image/png"])
        return f'<figure><img src="data:image/png;base64,{picture}" alt="{_clean(alt)}"></figure>'
    if "text/html" in data:
        return _rebuild_html(data["text/html"], label)
    return _write_said(data["text/plain"]) if "text/plain" in data else ""


def _write_said(text):
    return f'<div class="said">{_clean(text.strip())}</div>' if text.strip() else ""


def _rebuild_html(html, label):
    """Write the words of a table, or of an answer with its cues marked, in markup of our own."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(CONTROLS.sub("", ANSI.sub("", html)), "lxml")
    for hidden in soup(["script", "style"]):
        hidden.decompose()
    if table := soup.find("table"):
        return _rebuild_table(table, label)
    pieces = []
    for node in soup.find_all(string=True):
        mark = node.find_parent("mark")
        if mark:
            colour = COLOUR.search(mark.get("style", ""))
            style = f' style="background:rgba({colour[1]},.3)"' if colour else ""
            pieces.append(f'<mark title="{_clean(mark.get("title", ""))}"{style}>{_clean(node)}</mark>')
        else:
            pieces.append(_clean(node) + ("\n" if node.find_parent("b") else ""))
    return f'<div class="said">{"".join(pieces)}</div>'


def _rebuild_table(table, label):
    rows = [[_read_cell(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    heads = len(table.thead.find_all("tr")) if table.thead else 0
    if not rows[heads:]:
        return '<p class="said">None.</p>'
    if heads == 2 and len(rows[0]) == len(rows[1]) and not any(a[0] and b[0] for a, b in zip(*rows[:2])):
        rows[:2] = [[above if above[0] else below for above, below in zip(*rows[:2])]]
        heads = 1
    lines = []
    for number, row in enumerate(rows):
        cells = []
        for place, (text, is_head, spans) in enumerate(row):
            tag = "th" if is_head and text else "td"
            wide = "colspan" in spans
            scope = f' scope="{"col" if number < heads else "row"}{"group" if wide else ""}"' if tag == "th" else ""
            cells.append(f"<{tag}{scope}{spans}>{_clean(text)}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head = f"<thead>{''.join(lines[:heads])}</thead>" if heads else ""
    label = _clean(label)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{label}"><table aria-label="{label}">{head}'
        f"<tbody>{''.join(lines[heads:])}</tbody></table></div>"
    )


def _read_cell(cell):
    spans = "".join(
        f' {name}="{cell[name]}"'
        for name in ("colspan", "rowspan")
        if SPAN.fullmatch(cell.get(name, "")) and cell[name] != "1"
    )
    return cell.get_text(), cell.name == "th", spans


def _write_provenance(pages, facts):
    rows = []
    for page in pages:
        rows += [("Thread", page["thread"]), ("Page", page["source"]), ("sha256 of the page", page["sha256"])]
    rows += [
        ("Codebook", facts["codebook"]["name"]),
        ("sha256 of the codebook", facts["codebook"]["sha256"]),
        *((f"Version of {name}", version) for name, version in facts["versions"].items()),
    ]
    lines = "".join(f'<tr><th scope="row">{_clean(name)}</th><td>{_clean(value)}</td></tr>' for name, value in rows)
    return (
        '<footer><h2 id="provenance">Where these numbers come from</h2>'
        "<p>The same page, codebook and versions give the same numbers. Every file of this run stands with its hash "
        "in manifest.json; the notebooks beside this report hold the code.</p>"
        '<div class="wide" role="region" tabindex="0" aria-label="Provenance">'
        f'<table aria-label="Provenance"><tbody>{lines}</tbody></table></div></footer>'
    )


def _clean(text):
    return escape(CONTROLS.sub("", ANSI.sub("", str(text))))
