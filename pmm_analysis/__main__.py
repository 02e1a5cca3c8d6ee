"""The command line: run every notebook on one or more threads, check how a page is read, begin a new question."""

import argparse
import signal
import sys
import warnings
from pathlib import Path

from . import __version__
from .charts.chart import FORMATS
from .errors import InputError
from .files import PROJECT
from .runs.rerun import plan_run, rerun
from .text import count_things

DEFAULT_THREAD = PROJECT / "data" / "raw" / "hard_vs_soft_skills.txt"
OPENED = ("report.html", "deck.pptx", "charts", "notebooks")


def main(arguments=None):
    """Run the command line; return 0 if all went well, 1 if a notebook failed, 2 for unusable input."""
    if arguments is None:
        arguments = sys.argv[1:]
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    commands = {"check": _check, "init": _init}
    try:
        if arguments and arguments[0] in commands:
            return commands[arguments[0]](arguments[1:])
        return _run(arguments)
    except InputError as error:
        print(f"pmm_analysis: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("pmm_analysis: stopped; results that were not finished are as they were", file=sys.stderr)
        return 130


def _run(arguments):
    parser = argparse.ArgumentParser(
        prog="pmm_analysis",
        description="Run every notebook on each thread and write tables, charts, a report and a deck to "
        "data/processed/<thread>/. What has not changed since its last run is skipped.",
        epilog="pmm_analysis check FILE shows how a page is read, before anything is run. "
        "pmm_analysis init NAME makes a codebook and a thread to fill in.",
    )
    parser.add_argument(
        "threads",
        nargs="*",
        metavar="THREAD",
        default=[DEFAULT_THREAD],
        help="pasted page to analyse (default: the thread that ships with the project)",
    )
    parser.add_argument(
        "--codebook", default="hard_vs_soft_skills", help="shipped name or .toml file (default: %(default)s)"
    )
    parser.add_argument(
        "--out", default=PROJECT / "data" / "processed", help="folder for results (default: data/processed)"
    )
    parser.add_argument(
        "--notebooks", default=PROJECT / "notebooks", help="folder of the notebooks to run (default: notebooks)"
    )
    parser.add_argument(
        "--formats",
        default="png,svg",
        type=lambda names: tuple(name.strip() for name in names.split(",")),
        help=f"pictures of each chart, of {', '.join(FORMATS)} (default: png,svg)",
    )
    parser.add_argument("--jobs", type=int, help="notebooks at a time (default: one for each processor, four at most)")
    parser.add_argument(
        "--timeout", type=int, default=600, help="seconds that one cell may take (default: %(default)s)"
    )
    parser.add_argument("--force", action="store_true", help="run also what has not changed")
    parser.add_argument("--list", action="store_true", help="say what would be run, and run nothing")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors and the results' folders")
    parser.add_argument("--version", action="version", version=f"pmm_analysis {__version__}")
    options = vars(parser.parse_args(arguments))
    threads = options.pop("threads")
    if options.pop("list"):
        return _list(threads, **options)
    results = rerun(threads, **options)
    for result in results:
        _tell(result)
    return 0 if all(result.ok for result in results) else 1


def _tell(result):
    if not result.ok:
        failed = count_things(len(result.failed), "notebook")
        print(f"{result.thread}: {failed} failed; earlier results are as they were. Open:")
        for name, error in result.failed.items():
            print(f"  {result.folder / 'notebooks' / name}\n    {error}")
        return
    if result.skipped:
        print(f"{result.thread}: nothing has changed since the last run (--force runs it again). Open:")
    else:
        charts = len(list((result.folder / "charts").glob("*.csv")))
        print(f"{result.thread}: {charts} charts, a deck, a report and the notebooks, in {result.seconds:.0f} s. Open:")
    for name in OPENED:
        if (result.folder / name).exists():
            print(f"  {result.folder / name}")
    if result.kept:
        print(f"  {result.kept} keeps what stood there before, because it was not as a run had left it")


def _list(threads, *, out, quiet, **options):
    plan, due, *_ = plan_run(threads, out=out, **options)
    for job in plan:
        state = "to run" if job in due else "unchanged"
        print(f"{job.name}: {state}\n  reads  {', '.join(map(str, job.sources))}")
        print(
            f"  runs   {', '.join(sorted(path.name for path in job.sheets))}\n  writes {Path(out).resolve() / job.name}"
        )
    return 0


def _init(arguments):
    from .runs.starter import write_starter

    parser = argparse.ArgumentParser(
        prog="pmm_analysis init", description="Make a codebook and a thread to fill in, for a question of your own."
    )
    parser.add_argument("name", metavar="NAME", help="name of the question, as in data/raw/remote_or_office")
    page, book = write_starter(parser.parse_args(arguments).name)
    print(f"Made {page} and {book}. Next:")
    print(f"  1. paste the page into {page}, in place of what is in it")
    print(f"  2. write the question, its options and their words into {book}")
    print(f"  3. python -m pmm_analysis check {page}")
    print(f"  4. python -m pmm_analysis {page} --codebook {book}")
    return 0


def _check(arguments):
    from .threads.load import check_thread

    parser = argparse.ArgumentParser(
        prog="pmm_analysis check", description="Show how a page is read, before anything is run."
    )
    parser.add_argument("file", metavar="FILE")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text, safe = check_thread(parser.parse_args(arguments).file)
    print(text)
    return 0 if safe else 1


if __name__ == "__main__":
    sys.exit(main())
