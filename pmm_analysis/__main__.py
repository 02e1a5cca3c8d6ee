"""The command line: run every notebook on one or more threads, or check how a page is read."""

import argparse
import sys
import warnings

from . import __version__
from .errors import InputError
from .export import PROJECT
from .rerun import rerun

DEFAULT_THREAD = PROJECT / "data" / "raw" / "hard_vs_soft_skills.txt"


def main(arguments=None):
    """Run the command line; return 0 if all went well, 1 if a notebook failed, 2 for unusable input."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if arguments[:1] == ["check"]:
            return _check(arguments[1:])
        return _run(arguments)
    except InputError as error:
        print(f"pmm_analysis: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("pmm_analysis: stopped; earlier results are as they were", file=sys.stderr)
        return 130


def _run(arguments):
    parser = argparse.ArgumentParser(
        prog="pmm_analysis",
        description="Run every notebook on each thread and write tables and charts to data/processed/<thread>/.",
        epilog="pmm_analysis check FILE shows how a page is read, before anything is run.",
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
    parser.add_argument("--jobs", type=int, help="notebooks at a time (default: one for each processor, four at most)")
    parser.add_argument(
        "--timeout", type=int, default=600, help="seconds that one cell may take (default: %(default)s)"
    )
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors and the results' folders")
    parser.add_argument("--version", action="version", version=f"pmm_analysis {__version__}")
    options = vars(parser.parse_args(arguments))
    results = rerun(options.pop("threads"), **options)
    for result in results:
        if result.ok:
            charts = sorted((result.folder / "charts").glob("*.png"))
            print(f"{result.thread}: {len(charts)} charts, a deck and the notebooks, in {result.seconds:.0f} s. Open:")
            for name in ("deck.pptx", "charts", "notebooks"):
                if (result.folder / name).exists():
                    print(f"  {result.folder / name}")
        else:
            print(f"{result.thread}: {len(result.failed)} notebooks failed; earlier results are as they were. Open:")
            for name, error in result.failed.items():
                print(f"  {result.folder / 'notebooks' / name}\n    {error}")
    return 0 if all(result.ok for result in results) else 1


def _check(arguments):
    from .threads import check_thread

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
