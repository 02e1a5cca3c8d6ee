"""Notebooks × threads → a folder of results for each thread, whole or not at all."""

import os
import shutil
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from .codebook import find_codebook, load_codebook
from .errors import InputError, ThreadError, ThreadWarning
from .export import PROJECT, check_formats, write_whole
from .kernels import read_notebooks, run_notebook, stop_kernels
from .report import build_report
from .results import (
    is_complete,
    list_versions,
    move_into_place,
    open_folder,
    open_stage,
    read_manifest,
    take_fingerprint,
    write_manifest,
)
from .threads import load_thread, thread_slug

COMPARISON = "comparison"


@dataclass(frozen=True)
class Result:
    """What became of one thread: its folder, and the notebooks that failed with the reason."""

    thread: str
    folder: Path
    failed: dict[str, str]
    seconds: float
    skipped: bool = False
    kept: Path | None = None

    @property
    def ok(self):
        """Whether every notebook ran to its end."""
        return not self.failed


@dataclass
class _Job:
    """One folder of results to be: the notebooks that make it and the threads they read."""

    name: str
    sources: list[Path]
    sheets: dict
    fingerprint: str
    stage: Path | None = None
    failed: dict[str, str] = field(default_factory=dict)
    unfinished: int = 0


def rerun(
    threads,
    *,
    out=PROJECT / "data" / "processed",
    codebook="hard_vs_soft_skills",
    notebooks=PROJECT / "notebooks",
    formats=("png", "svg"),
    force=False,
    jobs=None,
    timeout=600,
    quiet=False,
):
    """Run every notebook on every thread.

    Every thread and the codebook are checked before the first kernel starts. Results are made in
    a hidden folder beside the final one and moved into place when all notebooks of a thread have
    run; if one fails, earlier results stay as they are and the new ones, with the failed notebook
    showing its error, are kept in ``<thread>.failed``. Earlier results that somebody has changed by
    hand are not overwritten but kept in ``<thread>.edited1``. A notebook whose parameters set
    ``threads`` compares: it runs once, on all threads, if there are two or more, and its results go
    to ``comparison``.

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
    formats : tuple of {"png", "svg", "pdf", "4k"}
        Pictures of each chart, for notebooks whose parameters set ``formats``.
    force : bool
        Run also what has not changed: neither page, codebook, notebooks, formats, code nor versions.
    jobs : int, optional
        Kernels at a time; by default one for each processor, four at most.
    timeout : int
        Seconds that one cell may take.
    quiet : bool
        Print nothing while running.

    Returns
    -------
    list of Result
        One for each thread: ``thread``, ``folder``, ``failed`` (notebook -> error), ``seconds``, ``ok``,
        ``skipped`` (nothing had changed), ``kept`` (where results changed by hand went).

    Raises
    ------
    InputError
        A thread, the codebook, the notebooks or the output folder cannot be used; nothing was run.
    """
    _check_numbers(jobs=jobs, timeout=timeout)
    formats = check_formats(formats)
    book = load_codebook(codebook)
    plan = plan_jobs(threads, codebook=codebook, notebooks=notebooks, formats=formats)
    due = [job for job in plan if force or not is_unchanged(job, out)]
    tables = _load_threads(due, quiet)
    out = open_folder(out)
    book_path = Path(codebook).resolve() if Path(codebook).is_file() else None
    results = {job.name: Result(job.name, out / job.name, {}, 0.0, skipped=True) for job in plan if job not in due}
    started = time.perf_counter()
    pool = ThreadPoolExecutor(jobs or min(4, os.cpu_count() or 1))
    try:
        with _Progress(sum(len(job.sheets) for job in due), quiet) as progress:
            running = {}
            for job in due:
                job.stage, job.unfinished = open_stage(out, job.name), len(job.sheets)
                folder = job.stage / "notebooks"
                folder.mkdir()
                for path, names in job.sheets.items():
                    pages = [_point_to(source, folder) for source in job.sources]
                    values = {
                        "thread": pages[0],
                        "threads": pages,
                        "codebook": _point_to(book_path, folder) if book_path else str(codebook),
                        "out": "..",
                        "formats": list(formats),
                    }
                    parameters = {key: value for key, value in values.items() if key in names}
                    label = f"{job.name}/{path.name}"
                    task = pool.submit(progress.watch, label, path, parameters, folder, timeout)
                    running[task] = job, path.name, label
            for task in as_completed(running):
                job, name, label = running[task]
                seconds, error = task.result()
                progress.tell(label, seconds, error)
                if error:
                    job.failed[name] = error
                job.unfinished -= 1
                if not job.unfinished:
                    seconds = time.perf_counter() - started
                    results[job.name] = _finish(job, tables, book, formats, out, seconds)
        return [results[job.name] for job in plan]
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        stop_kernels()
        if isinstance(error, OSError):
            raise InputError(
                f"results cannot be written here ({error.strerror or error})",
                file=str(out),
                remedy="free the disk or choose another folder with --out",
            ) from None
        raise
    finally:
        pool.shutdown()
        for job in due:
            if job.stage:
                shutil.rmtree(job.stage, ignore_errors=True)


def plan_jobs(threads, *, codebook, notebooks, formats):
    """List the folders of results that a run would make, one for each thread and one for their comparison."""
    sources = _find_files([threads] if isinstance(threads, (str, Path)) else list(threads))
    sheets = read_notebooks(notebooks)
    book = find_codebook(codebook)
    single = {path: names for path, names in sheets.items() if "threads" not in names}
    several = {path: names for path, names in sheets.items() if "threads" in names}
    groups = [(name, [path], single) for name, path in sources.items() if single]
    if len(sources) > 1 and several:
        groups.append((COMPARISON, list(sources.values()), several))
    return [
        _Job(
            name,
            paths,
            chosen,
            take_fingerprint(*formats, book, *paths, *chosen),
        )
        for name, paths, chosen in groups
    ]


def is_unchanged(job, out):
    """Say whether a job's results are there, whole, and made from exactly what it would be made from now."""
    folder = Path(out) / job.name
    return read_manifest(folder).get("fingerprint") == job.fingerprint and is_complete(folder)


def _check_numbers(**numbers):
    for name, number in numbers.items():
        if number is not None and number < 1:
            raise InputError(f"{name} must be 1 or more, not {number}", remedy="leave it out, or give a larger number")


def _find_files(sources):
    """Name each thread by its file, and see that no two would write one folder."""
    found = {}
    for source in sources:
        path = Path(source)
        path = path if path.is_file() else PROJECT / "data" / "raw" / path.name
        if not path.is_file():
            load_thread(source)
        name = thread_slug(path.stem)
        if name in found or name == COMPARISON:
            raise ThreadError(
                f"this file and {found.get(name, 'the comparison of threads')} would both write the results "
                f"folder {name!r}",
                file=str(source),
                remedy="rename one of them" if name in found else "rename it",
            )
        found[name] = path.resolve()
    if not found:
        raise InputError("no thread to run", remedy="name one or more files, as in data/raw/my_thread.txt")
    return found


def _load_threads(due, quiet):
    """Read every thread that a notebook will read, so that a page that cannot be used stops the run at its start."""
    tables = {}
    for source in dict.fromkeys(source for job in due for source in job.sources):
        with warnings.catch_warnings(record=True) as doubts:
            warnings.simplefilter("always")
            answers = load_thread(source)
        answers.attrs["warnings"] = [
            str(doubt.message) for doubt in doubts if issubclass(doubt.category, ThreadWarning)
        ]
        tables[source] = answers
        if not quiet:
            for doubt in answers.attrs["warnings"]:
                print(f"pmm_analysis: {doubt}", file=sys.stderr)
    return tables


def _finish(job, tables, book, formats, out, seconds):
    """Write the report and what accounts for a job's results, and show them under their name."""
    import nbformat

    pages = [
        {key: tables[source].attrs[key] for key in ("thread", "source", "sha256")}
        | {"answers": len(tables[source]), "declared_answers": tables[source].attrs["declared_answers"]}
        for source in job.sources
    ]
    facts = {
        "question": book.question,
        **(pages[0] if job.name != COMPARISON else {"threads": pages}),
        "codebook": {"name": book.name, "sha256": book.sha256},
        "formats": list(formats),
        "warnings": [doubt for source in job.sources for doubt in tables[source].attrs["warnings"]],
        "failed": dict(sorted(job.failed.items())),
        "fingerprint": job.fingerprint,
        "versions": list_versions(),
    }
    made = {path.name: nbformat.read(path, as_version=4) for path in sorted((job.stage / "notebooks").glob("*.ipynb"))}
    write_whole(job.stage / "report.html", build_report(made, facts).encode("utf-8", "backslashreplace"))
    write_manifest(job.stage, facts)
    failures = out / f"{job.name}.failed"
    kept = move_into_place(job.stage, failures if job.failed else out / job.name)
    if not job.failed:
        shutil.rmtree(failures, ignore_errors=True)
    return Result(job.name, failures if job.failed else out / job.name, facts["failed"], seconds, kept=kept)


def _point_to(path, folder):
    """Name a file relative to the notebook's folder, so that a run on another machine reads the same."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive on Windows
        return str(path)


class _Progress:
    """One bar on a terminal with what is running and the time left, one line a notebook elsewhere."""

    def __init__(self, total, quiet):
        from tqdm import tqdm

        shown = sys.stderr.isatty() and not quiet and total
        self.bar = tqdm(total=total, unit="notebook", leave=False, smoothing=0) if shown else None
        self.quiet = quiet
        self.running = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.bar is not None:
            self.bar.close()

    def watch(self, label, path, parameters, folder, timeout):
        """Run one notebook, and show it while it runs."""
        self.running.append(label)
        self._show()
        try:
            return run_notebook(path, parameters, folder, timeout=timeout)
        finally:
            self.running.remove(label)

    def tell(self, label, seconds, error):
        """Say that one notebook has run."""
        line = f"{label}  {seconds:.1f} s" + (f"  FAILED {error}" if error else "")
        if self.bar is not None:
            self.bar.update()
            self._show()
            if error:
                self.bar.write(line, file=sys.stderr)
        elif not self.quiet:
            print(line, file=sys.stderr, flush=True)

    def _show(self):
        if self.bar is not None:
            self.bar.set_postfix_str(", ".join(self.running))
