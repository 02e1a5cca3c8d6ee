"""Notebooks × threads → a folder of results for each thread, whole or not at all."""

import os
import shutil
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..charts.chart import check_formats
from ..charts.letters import NO_FONT
from ..codebook.load import find_codebook, load_codebook
from ..codebook.mentions import doubt_codebook
from ..errors import InputError, ThreadError, ThreadWarning
from ..files import SHIPPED, find_results, show_name, write_whole
from ..stance.classify import count_named
from ..threads.load import load_thread, load_threads, thread_slug
from ..threads.sources import find_file
from . import results as folders
from .kernels import read_notebooks, run_notebook, stop_kernels
from .report import build_report

COMPARISON = "comparison"
# In labelled threads, at least a third of the answers name an option, and with another question's codebook a tenth.
LEAST_NAMED = 0.2


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
    doubts: list[str] = field(default_factory=list)
    fonts: dict = field(default_factory=dict)
    unfinished: int = 0
    began: float = float("inf")

    def note(self, name, seconds, error):
        """Take down that one notebook has run."""
        self.began = min(self.began, time.perf_counter() - seconds)
        self.unfinished -= 1
        if error:
            self.failed[name] = error


def rerun(
    threads: str | Path | list[str | Path],
    *,
    out: str | Path | None = None,
    codebook: str | Path = "hard_vs_soft_skills",
    notebooks: str | Path | None = None,
    formats: tuple = ("png", "svg"),
    force: bool = False,
    jobs: int | None = None,
    timeout: int = 600,
    quiet: bool = False,
) -> list[Result]:
    """Run every notebook on every thread.

    Every thread and the codebook are checked before the first kernel starts. Results are made in a hidden folder beside
    the final one and moved into place when all notebooks of a thread have run; if one fails, earlier results stay as
    they are and the new ones, with the failed notebook showing its error, are kept in ``<thread>.failed``. Earlier
    results that somebody has changed by hand are not overwritten but kept in ``<thread>.edited1``. A notebook whose
    parameters set ``threads`` compares: it runs once, on all threads, if there are two or more, and its results go to
    ``comparison``.

    Parameters
    ----------
    threads : str, Path or list of them
        Files that `load_thread` reads.
    out : str or Path, optional
        Folder for the results, in which each thread gets a folder of its own; by default ``data/processed`` of the
        clone that the package is imported from, else of the folder one stands in.
    codebook : str or Path
        Name or file, see `load_codebook`.
    notebooks : str or Path, optional
        Folder with the notebooks, each with a cell tagged ``parameters``; by default those that ship.
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

    Examples
    --------
    >>> rerun("no_such.txt")
    Traceback (most recent call last):
    ...
    pmm_analysis.errors.ThreadError: no_such.txt: no such file. To fix it: check the name, or put it into data/raw.
    """
    options = {"codebook": codebook, "notebooks": notebooks, "formats": formats, "jobs": jobs, "timeout": timeout}
    plan, due, tables, book = plan_run(threads, out=out, force=force, **options)
    if not quiet:
        for doubt in dict.fromkeys(doubt for job in due for doubt in job.doubts):
            print(f"pmm_analysis: {doubt}", file=sys.stderr)
    out, formats = folders.open_folder(find_results(out)), check_formats(formats)
    results = {job.name: Result(job.name, out / job.name, {}, 0.0, skipped=True) for job in plan if job not in due}
    total = sum(len(job.sheets) for job in due)
    try:
        with _open_pool(jobs, out) as (pool, running), _Progress(total, quiet) as progress:
            for job in due:
                for path, parameters, folder in _stage_job(job, out, codebook, formats):
                    label = f"{job.name}/{path.name}"
                    task = pool.submit(progress.watch, label, path, parameters, folder, timeout)
                    running[task] = job, path.name, label
            for task in as_completed(running):
                job, name, label = running[task]
                seconds, error = task.result()
                progress.tell(label, seconds, error)
                job.note(name, seconds, error)
                if not job.unfinished:
                    results[job.name] = _finish(job, tables, book, formats, out)
    finally:
        for job in due:
            if job.stage:
                shutil.rmtree(job.stage, ignore_errors=True)
    return [results[job.name] for job in plan]


@contextmanager
def _open_pool(jobs, out):
    """Give threads to run notebooks in and a dict for their tasks; if anything goes wrong, stop the kernels at once."""
    pool, running = ThreadPoolExecutor(jobs or min(4, os.cpu_count() or 1)), {}
    try:
        yield pool, running
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        # A kernel that is only being started is not there to be stopped yet.
        while not all(task.done() for task in running):
            stop_kernels()
            time.sleep(0.1)
        if isinstance(error, OSError):
            reason = f"results cannot be written here ({error.strerror or error})"
            remedy = "free the disk or choose another folder with --out"
            raise InputError(reason, file=str(out), remedy=remedy) from None
        raise
    finally:
        pool.shutdown()


def _stage_job(job, out, codebook, formats):
    """Open the folder that a job's results grow in; give each of its notebooks with parameters and place."""
    job.stage, job.unfinished = folders.open_stage(out, job.name), len(job.sheets)
    folder = job.stage / "notebooks"
    folder.mkdir()
    pages = [_point_to(source, folder) for source in job.sources]
    book = Path(codebook)
    values = {
        "thread": pages[0],
        "threads": pages,
        "codebook": _point_to(book.resolve(), folder) if book.is_file() else str(codebook),
        "out": "..",
        "formats": list(formats),
    }
    sheets = job.sheets.items()
    return [(path, {key: values[key] for key in values if key in names}, folder) for path, names in sheets]


def plan_run(threads, *, codebook, notebooks, formats, out, force=False, jobs=None, timeout=None):
    """Check everything that a run would use, and say what it would do: jobs, those due, their answers, the codebook.

    There is a job for each thread, and one for their comparison if two or more hold answers of their own. The answers
    are tables by file. InputError if a thread, the codebook, the notebooks or another option cannot be used.
    """
    _check_numbers(jobs=jobs, timeout=timeout)
    formats, book = check_formats(formats), load_codebook(codebook)
    plan = _list_jobs(threads, read_notebooks(notebooks or SHIPPED / "notebooks"), find_codebook(codebook), formats)
    due = [job for job in plan if force or not _is_unchanged(find_results(out) / job.name, job.fingerprint)]
    tables = _load_pages(due, book)
    for job in due:
        job.doubts = [doubt for source in job.sources for doubt in tables[source].attrs["warnings"]]
        job.doubts += doubt_codebook(book)
        job.fonts = folders.describe_fonts([tables[source] for source in job.sources], book)
        if letters := job.fonts["borrowed"].get(NO_FONT):
            lacking = f"no font here draws {letters}: {NO_FONT} stands for it in pictures; slides and tables keep it"
            job.doubts.append(lacking)
        if job.name == COMPARISON:
            own, others = _part_threads(job.sources)
            if len(own) < 2:  # it stands last in both lists
                plan, due = plan[:-1], due[:-1]
            elif others:
                job.doubts.append(f"{', '.join(others)}: all answers stand in other threads, too, and count there")
    return plan, due, tables, book


def _list_jobs(threads, sheets, book, formats):
    sources = _find_files([threads] if isinstance(threads, (str, Path)) else list(threads))
    single = {path: names for path, names in sheets.items() if "threads" not in names}
    several = {path: names for path, names in sheets.items() if "threads" in names}

    def plan(name, paths, chosen):
        return _Job(name, paths, chosen, folders.take_fingerprint(*sorted(formats), book, *paths, *chosen))

    jobs = [plan(name, [path], single) for name, path in sources.items() if single]
    if len(sources) > 1 and several:
        jobs.append(plan(COMPARISON, list(sources.values()), several))
    return jobs


def _part_threads(sources):
    """Tell threads with answers of their own from those whose answers all stand in others, too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answers = load_threads(sources)
    own = set(answers["thread"])
    names = [about["thread"] for about in answers.attrs["threads"]]
    return [name for name in names if name in own], [name for name in names if name not in own]


def _is_unchanged(folder, fingerprint):
    """Say whether results are there, whole, and made from exactly what they would be made from now."""
    manifest = folders.read_manifest(folder)
    same = manifest.get("fingerprint") == fingerprint and folders.has_same_fonts(manifest)
    return same and folders.is_complete(folder)


def _check_numbers(**numbers):
    for name, number in numbers.items():
        if number is not None and number < 1:
            raise InputError(f"{name} must be 1 or more, not {number}", remedy="leave it out, or give a larger number")


def _find_files(sources):
    """Name each thread by its file, and see that no two would write one folder."""
    found = {}
    for source in sources:
        path = find_file(source).resolve()
        name = thread_slug(Path(show_name(path)).stem)
        if found.get(name) == path:
            continue
        if name in found or name == COMPARISON:
            other = found.get(name, "the comparison of threads")
            reason = f"this file and {other} would both write the results folder {name!r}"
            remedy = "rename one of them" if name in found else "rename it"
            raise ThreadError(reason, file=str(source), remedy=remedy)
        found[name] = path
    if not found:
        raise InputError("no thread to run", remedy="name one or more files, as in data/raw/my_thread.txt")
    return found


def _load_pages(due, book):
    """Read every page that a notebook will read, with what a person should look at in it."""
    tables = {}
    for source in dict.fromkeys(source for job in due for source in job.sources):
        with warnings.catch_warnings(record=True) as doubts:
            warnings.simplefilter("always")
            answers = load_thread(source)
        said = [str(doubt.message) for doubt in doubts if issubclass(doubt.category, ThreadWarning)]
        named, name = count_named(answers, book), answers.attrs["source"]
        if named < len(answers) * LEAST_NAMED:
            said.append(
                f"{name}: {named} of {len(answers)} answers name an option of the codebook {book.name}. "
                "Is it the codebook for this question? --codebook names another one."
            )
        answers.attrs["warnings"] = said
        tables[source] = answers
    return tables


def _finish(job, tables, book, formats, out):
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
        "warnings": job.doubts,
        "failed": dict(sorted(job.failed.items())),
        "fingerprint": job.fingerprint,
        "fonts": job.fonts,
        "versions": folders.list_versions(),
    }
    made = {path.name: nbformat.read(path, as_version=4) for path in sorted((job.stage / "notebooks").glob("*.ipynb"))}
    write_whole(job.stage / "report.html", build_report(made, facts).encode("utf-8", "backslashreplace"))
    folders.write_manifest(job.stage, facts)
    failures = out / f"{job.name}.failed"
    folder = failures if job.failed else out / job.name
    kept = folders.move_into_place(job.stage, folder)
    if not job.failed:
        shutil.rmtree(failures, ignore_errors=True)
    return Result(job.name, folder, facts["failed"], time.perf_counter() - job.began, kept=kept)


def _point_to(path, folder):
    """Name a file so that a run on another machine reads the same: by its bare name or from the notebook's folder."""
    if path.parent == SHIPPED / "data" / "raw":
        return path.name
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive on Windows
        return str(path)


class _Progress:
    """One bar on a terminal with what is running and the time left, one line a notebook elsewhere."""

    def __init__(self, total, quiet):
        from tqdm import tqdm

        shown = sys.stderr and sys.stderr.isatty() and not quiet and total
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
