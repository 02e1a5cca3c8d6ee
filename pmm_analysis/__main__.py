"""The command line: run every notebook on one or more threads, check how a page is read, begin a new question.

What only one command needs is imported when that command is given, so that help comes at once.
"""

import argparse
import errno
import glob
import os
import signal
import sys
import time
import warnings

from . import __version__
from .errors import InputError

DEFAULT_THREAD = "hard_vs_soft_skills.txt"
STOPPED, PATIENCE = [], 10
NOBODY_READS = (errno.EPIPE, errno.EINVAL, errno.EIO)  # as Unix, Windows and a closed terminal say it
OPENED = ("report.html", "deck.pptx", "charts", "notebooks")


def main(arguments=None):
    """Run the command line; return 0 if all went well, 1 if a notebook failed, 2 for unusable input."""
    if arguments is None:
        arguments = sys.argv[1:]
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _stop)
        _open_streams()
    try:
        options = vars(_read_arguments(arguments))
        code = options.pop("command")(**options)
        sys.stdout.flush()
        return code
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) or STOPPED:  # numpy, interrupted as it loads, raises an ImportError
            print("pmm_analysis: stopped; results that were not finished are as they were", file=sys.stderr)
            return 130
        if isinstance(error, (InputError, OSError)):
            print(f"pmm_analysis: {error}", file=sys.stderr)
            return 2
        raise


def _stop(*_):
    """Stop once: who presses the keys again would interrupt the clearing away."""
    if not STOPPED or time.monotonic() - STOPPED[-1] > PATIENCE:
        STOPPED.append(time.monotonic())
        raise KeyboardInterrupt


def _read_arguments(arguments):
    """Read the command and its options; without a command, it is a run."""
    options = _list_run_options()
    parser = argparse.ArgumentParser(
        prog="pmm_analysis",
        usage="%(prog)s [run] [options] [THREAD ...]\n       %(prog)s check FILE\n       %(prog)s init NAME",
        description="Run every notebook on each thread and write tables, charts, a report and a deck to "
        "data/processed/<thread>/. What has not changed since its last run is skipped.",
        parents=[options],
    )
    parser.add_argument("--version", action="version", version=f"pmm_analysis {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", prog="pmm_analysis")

    def add(command, summary, name, about, *, parents=(), **kwargs):
        added = commands.add_parser(command.__name__[1:], help=summary, description=summary, parents=parents)
        added.add_argument(name, metavar=name.upper().rstrip("S"), help=about, **kwargs)
        added.set_defaults(command=command)

    summary = "run every notebook on each thread (where no command is named, too)"
    about = "pasted page to analyse (default: the thread that ships with the project)"
    add(_run, summary, "threads", about, parents=[options], nargs="*", default=[DEFAULT_THREAD])
    add(_check, "show how a page is read, before anything is run", "file", "pasted page")
    summary = "make a codebook and a thread to fill in, for a question of your own"
    add(_init, summary, "name", "name of the question, as in data/raw/remote_or_office")
    if not arguments or arguments[0] not in (*commands.choices, "-h", "--help", "--version"):
        arguments = ["run", *arguments]
    return parser.parse_args(arguments)


def _list_run_options():
    options = argparse.ArgumentParser(add_help=False)
    add, about = options.add_argument, "pictures of each chart, of png, svg, pdf, 4k (default: %(default)s)"
    add("--codebook", default="hard_vs_soft_skills", help="shipped name or .toml file (default: %(default)s)")
    add("--out", help="folder for results (default: data/processed)")
    add("--notebooks", help="folder of the notebooks to run (default: those that ship)")
    add("--formats", default="png,svg", type=lambda names: tuple(map(str.strip, names.split(","))), help=about)
    add("--jobs", type=int, help="notebooks at a time (default: one for each processor, four at most)")
    add("--timeout", type=int, default=600, help="seconds that one cell may take (default: %(default)s)")
    add("--force", action="store_true", help="run also what has not changed")
    add("--list", action="store_true", dest="only_list", help="say what would be run, and run nothing")
    add("--quiet", action="store_true", help="print nothing but errors and the results' folders")
    return options


def _run(threads, *, only_list, **options):
    from .runs.rerun import rerun

    threads = [file for name in threads for file in _expand(name)]
    if only_list:
        return _list(threads, **options)
    results = rerun(threads, **options)
    for result in results:
        _tell(result)
    return 0 if all(result.ok for result in results) else 1


def _expand(name):
    """Give the files that a pattern stands for, where the shell, as that of Windows, leaves it as it is."""
    return [name] if os.path.lexists(name) else sorted(glob.glob(name)) or [name]


def _tell(result):
    from .text import count_things

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
    from .files import find_results
    from .runs.rerun import plan_run

    plan, due, *_ = plan_run(threads, out=out, **options)
    for job in plan:
        state = "to run" if job in due else "unchanged"
        print(f"{job.name}: {state}\n  reads  {', '.join(map(str, job.sources))}")
        print(f"  runs   {', '.join(sorted(path.name for path in job.sheets))}")
        print(f"  writes {find_results(out).resolve() / job.name}")
    return 0


def _check(file, **_):
    from .threads.load import check_thread

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text, safe = check_thread(file)
    print(text)
    return 0 if safe else 1


def _init(name, **_):
    from .runs.starter import write_starter

    page, book = write_starter(name)
    print(f"Made {page} and {book}. Next:")
    print(f"  1. paste the page into {page}, in place of what is in it")
    print(f"  2. write the question, its options and their words into {book}")
    print(f"  3. python -m pmm_analysis check {page}")
    print(f"  4. python -m pmm_analysis {page} --codebook {book}")
    return 0


class _Stream:
    """A stream that shows "?" for what it cannot write, and goes silent when nobody is there to read it."""

    def __init__(self, stream):
        self.stream = stream or open(os.devnull, "w", encoding="utf-8")
        self.stream.reconfigure(errors="replace")

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def write(self, text):
        self._try(self.stream.write, text)

    def flush(self):
        self._try(self.stream.flush)

    def _try(self, action, *text):
        try:
            action(*text)
        except OSError as error:
            self.stream = open(os.devnull, "w", encoding="utf-8")
            if error.errno not in NOBODY_READS:
                raise


def _open_streams():
    """Let a run go on where its words cannot be told: its results stand in files."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed: without this, the next file that is opened would get the number
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdout, sys.stderr = _Stream(sys.stdout), _Stream(sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
