"""JupyterLab in a real browser, started in a folder that is not the clone: every notebook runs, and all of it shows.

``PMM_SCREENSHOTS=folder`` keeps a picture of each notebook as it ran.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.browser
NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
MODEL = "jupyterapp.shell.currentWidget.content.model.sharedModel.toJSON()"
HAS_RUN = f"""() => {{
    const code = {MODEL}.cells.filter(cell => cell.cell_type === "code" && cell.source.length);
    const kernel = jupyterapp.shell.currentWidget.sessionContext.session?.kernel;
    const stopped = code.some(cell => cell.outputs.some(output => output.output_type === "error"));
    return kernel?.status === "idle" && (stopped || code.every(cell => cell.execution_count));
}}"""
QUIET = {
    "notification": {"fetchNews": "false", "checkForUpdates": False},
    "themes": {"theme": "JupyterLab Light", "adaptive-theme": False},
}


def write_settings(folder):
    folder = folder / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True)
    for name, settings in QUIET.items():
        (folder / f"{name}.jupyterlab-settings").write_text(json.dumps(settings))


def find_free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory):
    """Serve a copy of the notebooks; yield the folder and the address."""
    home = tmp_path_factory.mktemp("lab")
    root = home / "notebooks"
    root.mkdir()
    for path in NOTEBOOKS:
        shutil.copy(path, root)
    write_settings(home / "settings")
    places = {"SETTINGS": "JUPYTERLAB_SETTINGS_DIR", "WORKSPACES": "JUPYTERLAB_WORKSPACES_DIR"}
    places |= {name: f"JUPYTER_{name}_DIR" for name in ("CONFIG", "DATA", "RUNTIME")}
    env = os.environ | {variable: str(home / name.lower()) for name, variable in places.items()}
    address = f"http://127.0.0.1:{(port := find_free_port())}"
    options = ["--no-browser", "--allow-root", "--expose-app-in-browser", "--ip=127.0.0.1", f"--port={port}"]
    options += [f"--ServerApp.root_dir={root}", "--ServerApp.port_retries=0", "--IdentityProvider.token="]
    with open(home / "server.log", "w") as log:
        command = [sys.executable, "-m", "jupyterlab", *options]
        server = subprocess.Popen(command, cwd=home, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(server, f"{address}/api", home / "server.log")
            yield root, address
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(server, url, log, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            return urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab does not answer at {url}:\n{log.read_text()[-2000:]}")


@pytest.fixture
def open_notebook(browser, lab):
    """Return a function that opens a notebook as a reader would; its kernels end with the test."""
    _, address = lab
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)

    def open_page(name):
        page.goto(f"{address}/lab/tree/{name}?reset")
        page.wait_for_function(
            "() => globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
        )
        return page

    try:
        yield open_page
    finally:
        page.evaluate("jupyterapp.shell.currentWidget?.sessionContext.shutdown()")
        context.close()


def choose(page, menu, item):
    page.locator(".lm-MenuBar-item", has_text=menu).first.click()
    page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()


def run_all(page):
    choose(page, "Edit", "Clear Outputs of All Cells")
    assert not any(cell.get("outputs") for cell in page.evaluate(MODEL)["cells"])
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(HAS_RUN)
    return page.evaluate(MODEL)


def count_outputs(notebook, kind):
    return sum(kind in output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", []))


def find_errors(notebook):
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]


def show_whole(page, name, folder):
    """Make the window as tall as the notebook, because JupyterLab draws only what is in view; keep a picture."""
    for _ in range(2):
        tall = page.evaluate(
            "[...document.querySelectorAll('.jp-Notebook .jp-Cell')].reduce((sum, e) => sum + e.offsetHeight + 12, 300)"
        )
        page.set_viewport_size({"width": 1400, "height": min(int(tall), 15_000)})
        page.evaluate("document.querySelectorAll('.jp-WindowedPanel-outer').forEach(panel => panel.scrollTo(0, 0))")
        page.wait_for_timeout(400)
    folder = Path(os.environ.get("PMM_SCREENSHOTS") or folder)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")


def count_shown(page, selector):
    return page.locator(f".jp-Notebook .jp-OutputArea-output {selector}").evaluate_all(
        "found => found.filter(e => e.getBoundingClientRect().width > 0 && (e.naturalWidth ?? 1) > 0).length"
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_every_chart_and_table_shows(path, open_notebook, tmp_path):
    page = open_notebook(path.name)
    ran, committed = run_all(page), nbformat.read(path, as_version=4)
    assert find_errors(ran) == []
    show_whole(page, path.stem, tmp_path)
    assert count_shown(page, "img") == count_outputs(ran, "image/png") == count_outputs(committed, "image/png")
    assert count_outputs(ran, "text/html") == count_outputs(committed, "text/html")
    assert count_shown(page, "table.dataframe") > 0


def test_charts_and_tables_show_in_the_dark_theme(open_notebook, tmp_path):
    page = open_notebook("03_stance_tally.ipynb")
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    ran = run_all(page)
    assert find_errors(ran) == []
    show_whole(page, "03_stance_tally_dark", tmp_path)
    assert count_shown(page, "img") == count_outputs(ran, "image/png") > 0
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})")


def test_another_thread_in_the_first_cell_gives_that_threads_numbers(lab, open_notebook, tmp_path):
    root, _ = lab
    shutil.copy(NOTEBOOKS[0], root / "changed.ipynb")
    page = open_notebook("changed.ipynb")
    cell = next(cell["source"] for cell in page.evaluate(MODEL)["cells"] if cell["cell_type"] == "code")
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("".join(cell).replace("hard_vs_soft_skills.txt", "soft_hard_sales.txt"))
    ran = run_all(page)
    assert find_errors(ran) == []
    show_whole(page, "01_changed", tmp_path)
    assert "11 answers by 11 experts, 742 words." in page.locator(".jp-Notebook").inner_text()


def test_names_complete_and_a_question_mark_shows_the_columns(lab, open_notebook, tmp_path):
    root, _ = lab
    cells = [nbformat.v4.new_code_cell(text) for text in ("from pmm_analysis import *", "load_thread?", "")]
    kernel = nbformat.read(NOTEBOOKS[0], as_version=4).metadata
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), root / "scratch.ipynb")
    page = open_notebook("scratch.ipynb")
    for place in range(2):
        page.locator(".jp-CodeCell .cm-content").nth(place).click()
        page.keyboard.press("Shift+Enter")
    page.wait_for_function(f"() => {MODEL}.cells[1].outputs.length")
    page.locator(".jp-CodeCell .cm-content").nth(2).click()
    page.keyboard.type("load_", delay=40)
    offer = page.locator(".jp-Completer-item").first
    # JupyterLab waits a second for names; the first time, the kernel may need longer to read the packages.
    for _ in range(10):
        page.wait_for_timeout(500)
        page.keyboard.press("Tab")
        page.wait_for_timeout(2500)
        if offer.is_visible():
            break
    offer.wait_for()
    offered = {text.split("\n")[0].strip() for text in page.locator(".jp-Completer-match").all_inner_texts()}
    assert {"load_codebook", "load_thread", "load_threads"} <= offered
    page.keyboard.press("Escape")
    show_whole(page, "scratch", tmp_path)
    shown = page.locator(".jp-OutputArea-output").first.inner_text()
    assert all(column in shown for column in ("headline", "truncated", "words"))


def test_dollars_in_a_scratch_notebook_are_no_formula(lab, open_notebook, tmp_path):
    root, _ = lab
    page = (
        "All related (1)\nAda Byron\nAnalyst at Engine Co\n\nI pay $100k for soft_skills and $200k for hard_skills.\n"
    )
    (root / "dollars.txt").write_text(page)
    show = 'from pmm_analysis import *\nload_thread("dollars.txt")[["expert", "text"]]'
    kernel = nbformat.read(NOTEBOOKS[0], as_version=4).metadata
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(show)], metadata=kernel), root / "dollars.ipynb"
    )
    page = open_notebook("dollars.ipynb")
    assert find_errors(run_all(page)) == []
    show_whole(page, "dollars", tmp_path)
    assert page.locator("mjx-container").count() == 0
    assert "$100k for soft_skills and $200k for" in page.locator(".jp-OutputArea-output").first.inner_text()
