"""Read notebooks and run them, each in a kernel of its own."""

import ast
import atexit
import json
import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from ..errors import InputError
from ..files import CLONE


def read_notebooks(folder):
    """Read the notebooks of a folder: file -> names set in its cell tagged ``parameters``, the longest first.

    Long notebooks start first, so that no core waits for one at the end; how much a notebook shows tells how long it
    takes. InputError if there are none, one is not readable, or has no parameters cell.
    """
    paths = sorted(Path(folder).glob("*.ipynb"), key=lambda path: (-path.stat().st_size, path.name))
    if not paths:
        raise InputError("there are no notebooks here", file=str(folder), remedy="name the folder that holds them")
    sheets = {}
    for path in paths:
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            place = _find_parameters(path.name, cells)
        except InputError:
            raise
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"this is not a readable notebook ({type(error).__name__})"
            raise InputError(reason, file=path.name, remedy="open and save it in JupyterLab") from None
        names = _read_names(path.name, "".join(cells[place]["source"]))
        needed = {"codebook", "out", "threads" if "threads" in names else "thread"}
        if missing := needed - names:
            reason = f"the parameters cell does not set {', '.join(sorted(missing))}"
            raise InputError(reason, file=path.name, remedy="add the line, as in the notebooks of the project")
        sheets[path] = names
    return sheets


def _find_parameters(name, cells):
    for place, cell in enumerate(cells):
        if cell["cell_type"] == "code" and "parameters" in cell["metadata"].get("tags", []):
            return place
    remedy = "tag the first code cell in JupyterLab's property inspector"
    raise InputError("no cell is tagged parameters", file=name, remedy=remedy)


def _read_names(name, source):
    try:
        nodes = ast.parse(source).body
    except SyntaxError as error:
        reason = f"the parameters cell is not Python ({error.msg})"
        raise InputError(reason, file=name, line=error.lineno, remedy="correct the cell") from None
    assigned = [node for node in nodes if isinstance(node, (ast.Assign, ast.AnnAssign))]
    targets = [target for node in assigned for target in getattr(node, "targets", None) or [node.target]]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def run_notebook(path, parameters, folder, *, timeout):
    """Run one notebook in a folder and save it there; give the seconds and, if a cell failed, where and of what."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    started = time.perf_counter()
    notebook = nbformat.read(path, as_version=4)
    source = "# Parameters\n" + "\n".join(f"{key} = {value!r}" for key, value in parameters.items())
    injected = nbformat.v4.new_code_cell(source, id="injected-parameters", metadata={"tags": ["injected-parameters"]})
    notebook.cells = [cell for cell in notebook.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells.insert(_find_parameters(path.name, notebook.cells) + 1, injected)
    options = {"kernel_name": "python3", "timeout": timeout, "record_timing": False}
    options["shell_timeout_interval"] = 1  # so that a run that is stopped is soon over
    options["resources"] = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, config=Config(KernelManager={"transport_encryption": "auto"}), **options)
    # Kernels start in the results folder: without this, a clone that is not installed could not be imported there.
    python_path = os.pathsep.join(filter(None, [str(CLONE or ""), os.environ.get("PYTHONPATH")]))
    error = None
    try:
        # What a kernel logs of itself, when it is stopped say, would drown the one line that a person needs.
        client.execute(env=os.environ | {"PYTHONPATH": python_path}, stderr=subprocess.DEVNULL)
    except CellExecutionError as stopped:
        error = " ".join(f"{stopped.ename}: {stopped.evalue}".split())
    except CellTimeoutError:
        error = f"a cell took longer than {timeout} s"
    except (DeadKernelError, RuntimeError) as stopped:
        error = f"the kernel died ({stopped})" if str(stopped) else "the kernel died"
    finally:
        atexit.unregister(client._cleanup_kernel)  # nbclient leaves it there when a kernel dies, and then it fails
    if error:
        error = f"{_name_failed_cell(notebook)}: {error}"
    nbformat.write(notebook, folder / path.name)
    return time.perf_counter() - started, error


def _name_failed_cell(notebook):
    """Name the heading above the last cell that ran."""
    heading, reached = "first cell", "first cell"
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        elif cell.cell_type == "code" and cell.get("execution_count"):
            reached = heading
    return f"under “{reached}”"


def stop_kernels():
    """Stop the kernels that this process has started, and nothing else that it may have started."""
    import psutil

    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if any("ipykernel" in word for word in child.cmdline()):
                child.kill()
