"""The report tells what the notebooks found, and nothing in a thread can become part of the page."""

import re

import nbformat
import pytest
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from conftest import TESTS
from pmm_analysis.runs.report import build_report

NOTEBOOKS = sorted((TESTS.parent / "notebooks").glob("0[1-4]*.ipynb"))
FACTS = {
    "question": "Soft or hard?",
    "thread": "real",
    "source": "real.txt",
    "sha256": "ab" * 32,
    "answers": 12,
    "declared_answers": 13,
    "codebook": {"name": "book", "sha256": "cd" * 32},
    "versions": {"python": "3"},
    "warnings": [],
    "failed": {},
}
ELEMENTS = set(
    "html head meta title style body a header h1 h2 h3 h4 p nav ul ol li main section figure img div table thead tbody "
    "tr th td footer strong em code mark".split()
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title></style></table><iframe src='//x'>",
    "<a href='javascript:alert(1)'>x</a>",
    '" onmouseover="alert(1)',
    "\x00\x1b[31m$5 to $10",
]


@pytest.fixture(scope="module")
def real_report():
    return build_report({path.name: nbformat.read(path, 4) for path in NOTEBOOKS}, FACTS)


def build_from(*cells, **facts):
    return build_report({"a.ipynb": new_notebook(cells=list(cells))}, FACTS | facts)


def show(**data):
    return new_code_cell("x", outputs=[new_output("execute_result", {k.replace("_", "/"): v for k, v in data.items()})])


def assert_harmless(page):
    tree = html.fromstring(page)
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= ELEMENTS
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not re.search(r"javascript:|^https?:|^//", element.get("href", "") + element.get("src", ""))


def test_each_notebook_is_a_section_with_its_question(real_report):
    tree = html.fromstring(real_report)
    questions = [nbformat.read(path, 4).cells[0].source.splitlines()[0].lstrip("# ") for path in NOTEBOOKS]
    assert [heading.text_content() for heading in tree.xpath("//section/h2")] == questions
    assert [link.text_content() for link in tree.xpath("//nav//a")] == [*questions, "Where these numbers come from"]
    assert "12 of 13 answers on the page, read from real.txt (sha256 abababababab" in real_report


def test_every_chart_is_there_with_its_words(real_report):
    pictures = html.fromstring(real_report).xpath("//img")
    outputs = [o for path in NOTEBOOKS for cell in nbformat.read(path, 4).cells for o in cell.get("outputs", [])]
    shown = [o for o in outputs if "image/png" in o.get("data", {})]
    assert [p.get("src").split(",")[1] for p in pictures] == [o.data["image/png"].replace("\n", "") for o in shown]
    assert len(shown) >= 11
    assert [p.get("alt") for p in pictures] == [o.metadata["image/png"]["alt"] for o in shown]


def test_a_picture_without_words_is_named_by_its_heading():
    picture = new_output("display_data", {"image/png": "AA=="})
    page = build_from(new_markdown_cell("## 1. Weigh"), new_code_cell("x", outputs=[picture]))
    assert 'alt="Chart: 1. Weigh"' in page


def test_every_table_has_the_cells_of_its_notebook(real_report):
    made = [[c.text_content() for c in t.iter("td", "th")] for t in html.fromstring(real_report).xpath("//main//table")]
    outputs = [o for path in NOTEBOOKS for cell in nbformat.read(path, 4).cells for o in cell.get("outputs", [])]
    tables = [
        html.fromstring(o.data["text/html"]) for o in outputs if "<table" in o.get("data", {}).get("text/html", "")
    ]
    filled = [t for t in tables if t.xpath(".//tbody/tr")]
    assert len(made) == len(filled)
    for cells, table in zip(made, filled):
        told = [cell.text_content() for cell in table.iter("td", "th")]
        assert sorted(filter(None, cells)) == sorted(filter(None, told))


def test_code_and_talk_to_people_in_jupyterlab_are_left_out(real_report):
    assert not re.search(r"load_thread\(|import pandas|Run All Cells|\?load_thread|parameters", real_report)


@pytest.mark.parametrize("tag", ["jupyterlab", "files"])
def test_cells_that_are_tagged_are_no_part_of_the_story(tag):
    tags = {"tags": [tag]}
    said = new_code_cell("x", outputs=[new_output("stream", text="answers.csv")], metadata=tags)
    page = build_from(new_markdown_cell("# Why?"), new_markdown_cell("Choose *Run*.", metadata=tags), said)
    assert "Why?" in page and "Choose" not in page and "answers.csv" not in page


def test_committed_cells_that_talk_to_people_in_jupyterlab_or_only_write_files_are_tagged():
    paths = sorted((TESTS.parent / "notebooks").glob("*.ipynb"))
    cells = [cell for path in paths for cell in nbformat.read(path, 4).cells]

    def find(tag, kind):
        return [cell.id for cell in cells if tag in cell.metadata.get("tags", []) and cell.cell_type == kind]

    talks = [c.id for c in cells if c.cell_type == "markdown" and re.search(r"Run All Cells|`\?", c.source)]
    writes = [c.id for c in cells if c.cell_type == "code" and re.search(r"(export_\w+|build_deck)\(", c.source)]
    assert talks == find("jupyterlab", "markdown") and writes == find("files", "code")
    assert len(find("files", "markdown")) == len(paths) == 5


def test_nothing_is_fetched_and_nothing_runs(real_report):
    assert_harmless(real_report)
    assert "default-src 'none'" in real_report


def test_the_same_notebooks_give_the_same_page(real_report):
    assert build_report({path.name: nbformat.read(path, 4) for path in NOTEBOOKS}, FACTS) == real_report


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_thread_stays_text_on_every_surface(text):
    import pandas as pd

    table = pd.DataFrame({text: [text]}, index=[text])
    picture = new_output("display_data", {"image/png": f'AA=="{text}'}, metadata={"image/png": {"alt": text}})
    page = build_from(
        new_markdown_cell(f"# {text}\n\n{text} [link](javascript:alert(1))"),
        show(text_html=table.to_html()),
        show(text_html=f"<div><b>{text}</b><p>{text}<mark title='{text}' style='{text}'>{text}</mark></p></div>"),
        show(text_plain=text),
        new_code_cell(
            "x", outputs=[picture, new_output("stream", text=text), new_output("error", ename=text, evalue=text)]
        ),
        question=text,
        thread=text,
        source=text,
        warnings=[text],
        failed={text: text},
    )
    assert_harmless(page)
    assert "\x00" not in page and "\x1b" not in page
    words = re.sub(r"[\x00\x1b]|\[31m", "", text)
    cells = html.fromstring(page).xpath("//main//td")
    assert words in [cell.text_content() for cell in cells]


def test_a_failed_step_is_shown_where_it_failed():
    error = new_output("error", ename="ValueError", evalue="\x1b[31mno\x1b[0m", traceback=[])
    cell = new_code_cell("x", outputs=[error], metadata={"tags": ["files"]})
    page = build_from(new_markdown_cell("# Why?"), cell, failed={"a.ipynb": "no"})
    assert "<strong>This step failed.</strong> ValueError: no" in page and "a.ipynb failed" in page


def test_threads_that_are_compared_are_all_named():
    pages = [
        {key: FACTS[key] for key in ("source", "sha256", "answers", "declared_answers")} | {"thread": t} for t in "ab"
    ]
    page = build_from(new_markdown_cell("# Same?"), threads=pages)
    assert "a: 12 of 13" in page and "b: 12 of 13" in page


def test_an_empty_table_says_so():
    import pandas as pd

    assert '<p class="said">None.</p>' in build_from(show(text_html=pd.DataFrame(columns=["a"]).to_html()))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_of_an_accessibility_checker(browser, real_report, tmp_path, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    path = tmp_path / "report.html"
    path.write_text(real_report, encoding="utf-8")
    # axe itself is a script, which the page's own policy would forbid.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    try:
        context.set_offline(True)
        page = context.new_page()
        page.goto(path.as_uri())
        found = axe.Axe().run(page).response["violations"]
    finally:
        context.close()
    assert not [(one["id"], one["impact"]) for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.browser
def test_a_browser_runs_nothing_and_asks_for_nothing(browser, tmp_path):
    path, asked, said = tmp_path / "report.html", [], []
    path.write_text(build_from(*(show(text_html=text, text_plain=text) for text in HOSTILE)), encoding="utf-8")
    context = browser.new_context()
    try:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(path.as_uri())
    finally:
        context.close()
    assert asked == [path.as_uri()] and not said
