"""Notebooks × threads → a folder of results for each thread, whole or not at all."""

import ast
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
import warnings
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from .codebook import load_codebook
from .errors import InputError, ThreadError, ThreadWarning
from .export import PROJECT
from .threads import load_thread

PACKAGES = ("pandas", "numpy", "scikit-learn", "scipy", "matplotlib", "seaborn")


@dataclass(frozen=True)
class Result:
    """What became of one thread: its folder, and the notebooks that failed with the reason."""

    thread: str
    folder: Path
    failed: dict[str, str]
    seconds: float

    @property
    def ok(self):
        """Whether every notebook ran to its end."""
        return not self.failed


def rerun(
    threads,
    *,
    out=PROJECT / "data" / "processed",
    codebook="hard_vs_soft_skills",
    notebooks=PROJECT / "notebooks",
    jobs=None,
    timeout=600,
    quiet=False,
):
    """Run every notebook on every thread.

    Every thread and the codebook are checked before the first kernel starts. Results are made in
    a folder beside the final one and moved into place when all notebooks have run; if one fails,
    earlier results stay as they are and the new ones, with the failed notebook showing its error,
    are kept in ``<thread>.failed``.

    Parameters
    ----------
    threads : str, Path or list of them
        Files that `load_thread` reads.
    out : str or Path
        Folder for the results; each thread gets a folder of its own in it.
    codebook : str or Path
        Name or file, see `load_codebook`.
    notebooks : str or Path
        Folder with the notebooks; each needs a cell tagged ``parameters``.
    jobs : int, optional
        Kernels at a time; by default one for each processor, four at most.
    timeout : int
        Seconds that one cell may take.
    quiet : bool
        Print nothing while running.

    Returns
    -------
    list of Result
        One for each thread: ``thread``, ``folder``, ``failed`` (notebook -> error), ``seconds``, ``ok``.

    Raises
    ------
    InputError
        A thread, the codebook, the notebooks or the output folder cannot be used; nothing was run.
    """
    sources = [threads] if isinstance(threads, (str, Path)) else list(threads)
    book = load_codebook(codebook)
    tables = _check_threads(sources)
    if not quiet:
        for _, answers in tables:
            for doubt in answers.attrs["warnings"]:
                print(f"pmm_analysis: {doubt}", file=sys.stderr)
    sheets = _read_notebooks(notebooks)
    out = _make_folder(Path(out))
    book_path = Path(codebook).resolve() if Path(codebook).is_file() else None
    staged = {}
    started = time.perf_counter()
    try:
        for source, answers in tables:
            staged[answers.attrs["thread"]] = Path(tempfile.mkdtemp(dir=out, prefix=f".{answers.attrs['thread']}."))
        failures = {thread: {} for thread in staged}
        with (
            ThreadPoolExecutor(jobs or min(4, os.cpu_count() or 1)) as pool,
            _Progress(len(tables) * len(sheets), quiet) as progress,
        ):
            running = {}
            for source, answers in tables:
                thread = answers.attrs["thread"]
                for name, notebook in sheets.items():
                    folder = staged[thread] / "notebooks"
                    folder.mkdir(exist_ok=True)
                    parameters = {
                        "thread": _point_to(source, folder),
                        "codebook": _point_to(book_path, folder) if book_path else str(codebook),
                        "out": "..",
                    }
                    running[pool.submit(_run_notebook, name, notebook, parameters, folder, timeout)] = (thread, name)
            try:
                for future in as_completed(running):
                    thread, name = running[future]
                    seconds, error = future.result()
                    if error:
                        failures[thread][name] = error
                    progress.tell(thread, name, seconds, error)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        results = []
        for source, answers in tables:
            thread = answers.attrs["thread"]
            _write_manifest(staged[thread], answers, book, failures[thread])
            folder = _move_into_place(staged[thread], out / (thread if not failures[thread] else f"{thread}.failed"))
            results.append(
                Result(thread, folder, dict(sorted(failures[thread].items())), time.perf_counter() - started)
            )
        return results
    finally:
        for folder in staged.values():
            shutil.rmtree(folder, ignore_errors=True)


def _check_threads(sources):
    tables, seen = [], {}
    for source in sources:
        with warnings.catch_warnings(record=True) as doubts:
            warnings.simplefilter("always")
            answers = load_thread(source)
        answers.attrs["warnings"] = [
            str(doubt.message) for doubt in doubts if issubclass(doubt.category, ThreadWarning)
        ]
        name = answers.attrs["thread"]
        if name in seen:
            raise ThreadError(
                f"this file and {seen[name]} would both write the results folder {name!r}",
                file=str(source),
                remedy="rename one of them",
            )
        seen[name] = str(source)
        tables.append((_find_file(source), answers))
    if not tables:
        raise InputError("no thread to run", remedy="name one or more files, as in data/raw/my_thread.txt")
    return tables


def _find_file(source):
    path = Path(source)
    return (path if path.is_file() else PROJECT / "data" / "raw" / path.name).resolve()


def _read_notebooks(folder):
    import nbformat

    paths = sorted(Path(folder).glob("*.ipynb"))
    if not paths:
        raise InputError(
            "there are no notebooks here",
            file=str(folder),
            remedy="run from a clone of the project, or name the folder that holds them",
        )
    sheets = {}
    for path in paths:
        try:
            notebook = nbformat.read(path, as_version=4)
        except (OSError, ValueError) as error:
            raise InputError(
                f"this is not a readable notebook ({type(error).__name__})",
                file=path.name,
                remedy="open and save it in JupyterLab",
            ) from None
        _find_parameters(path.name, notebook)
        sheets[path.name] = notebook
    return sheets


def _find_parameters(name, notebook):
    """Return the place of the cell tagged ``parameters`` and the names it sets."""
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", []):
            names = {
                target.id
                for node in ast.parse(cell.source).body
                if isinstance(node, ast.Assign)
                for target in node.targets
            }
            if missing := {"thread", "codebook", "out"} - names:
                raise InputError(
                    f"the parameters cell does not set {', '.join(sorted(missing))}",
                    file=name,
                    remedy="add the line, as in the notebooks of the project",
                )
            return place
    raise InputError(
        "no cell is tagged parameters", file=name, remedy="tag the first code cell in JupyterLab's property inspector"
    )


def _run_notebook(name, notebook, parameters, folder, timeout):
    """Run one notebook in its folder and save it there; return seconds and the error, if any."""
    import copy

    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    started = time.perf_counter()
    notebook = copy.deepcopy(notebook)
    place = _find_parameters(name, notebook)
    source = "# Parameters\n" + "\n".join(f"{key} = {value!r}" for key, value in parameters.items())
    injected = nbformat.v4.new_code_cell(source, id="injected-parameters", metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(place + 1, injected)
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        config=Config(KernelManager={"transport_encryption": "auto"}),
    )
    # Kernels start in the results folder: without this, an uninstalled checkout could not be imported there.
    python_path = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    error = None
    try:
        client.execute(env=os.environ | {"PYTHONPATH": python_path})
    except CellExecutionError as stopped:
        error = f"{stopped.ename}: {stopped.evalue}"
    except CellTimeoutError:
        error = f"a cell took longer than {timeout} s"
    except DeadKernelError:
        error = "the kernel died"
    if error:
        error = f"{_name_failed_cell(notebook)}: {error}"
    nbformat.write(notebook, folder / name)
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


def _write_manifest(folder, answers, codebook, failed):
    from importlib.metadata import version

    from . import __version__

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "thread": answers.attrs["thread"],
        "source": answers.attrs["source"],
        "sha256": answers.attrs["sha256"],
        "codebook": {"name": codebook.name, "sha256": codebook.sha256},
        "answers": len(answers),
        "declared_answers": answers.attrs["declared_answers"],
        "versions": {"pmm_analysis": __version__, "python": sys.version.split()[0]}
        | {name: version(name) for name in PACKAGES},
        "warnings": answers.attrs["warnings"],
        "failed": failed,
        "files": {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _make_folder(folder):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(
            f"results cannot be written here ({error.strerror})",
            file=str(folder),
            remedy="choose another folder with --out",
        ) from None
    return folder.resolve()


def _move_into_place(made, final):
    """Swap the finished folder in; what stood there before goes only when the new one is in place."""
    os.chmod(made, 0o755)
    before = None
    if final.exists():
        before = Path(tempfile.mkdtemp(dir=final.parent, prefix=f".{final.name}.old."))
        final.rename(before / final.name)
    made.rename(final)
    if before:
        shutil.rmtree(before, ignore_errors=True)
    return final


def _point_to(path, folder):
    """Name a file relative to the notebook's folder, so that a run on another machine reads the same."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive on Windows
        return str(path)


class _Progress:
    """One bar on a terminal, one line a notebook elsewhere."""

    def __init__(self, total, quiet):
        from tqdm import tqdm

        self.bar = tqdm(total=total, unit="notebook", leave=False) if sys.stderr.isatty() and not quiet else None
        self.quiet = quiet

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.bar:
            self.bar.close()

    def tell(self, thread, name, seconds, error):
        """Say that one notebook has run."""
        line = f"{thread}/{name}  {seconds:.1f} s" + (f"  FAILED {error}" if error else "")
        if self.bar:
            self.bar.set_postfix_str(f"{thread}/{name}")
            self.bar.update()
            if error:
                self.bar.write(line, file=sys.stderr)
        elif not self.quiet:
            print(line, file=sys.stderr, flush=True)
