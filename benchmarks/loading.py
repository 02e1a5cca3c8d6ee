"""How exactly, how fast and how safely pages are loaded.

    python benchmarks/loading.py FOLDER [--answers 100000] [--million] [--minutes 10]

FOLDER holds pages with their gold (`NAME.txt` beside `NAME.json`), also in subfolders. Times are CPU seconds, as a
ratio to `pandas.read_csv` over the same table; memory is the peak that tracemalloc sees, as a ratio to the text.
"""

import argparse
import io
import json
import random
import sys
import tempfile
import time
import tracemalloc
import warnings
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import rendering  # noqa: E402
import test_pages  # noqa: E402

from pmm_analysis.errors import ThreadError  # noqa: E402
from pmm_analysis.threads.load import load_thread, read_thread  # noqa: E402

FIELDS = ("expert", "headline", "date", "views", "requests", "truncated", "text", "question")
WORDS = (
    "people tools launch team budget customer story market answer manager listen write measure trust early often "
    "because while never always before after better worse"
).split()


def measure_exactness(folder):
    """Answers read exactly, field by field, over every page with a gold."""
    exact = total = 0
    for file in sorted(folder.rglob("*.json")):
        gold, page = json.loads(file.read_text(encoding="utf-8")), file.with_suffix(".txt")
        if not isinstance(gold, dict) or "answers" not in gold or not page.exists():
            continue
        answers = load_thread(page)
        if answers["expert"].isna().all() and answers["headline"].isna().all() and answers["views"].isna().all():
            continue
        rows = answers.astype(object).where(answers.notna(), None).to_dict("records")
        wrong = (
            [n for n, known in enumerate(gold["answers"], 1) if n > len(rows) or not is_exact(rows[n - 1], known, gold)]
            if rows
            else []
        )
        wrong += range(len(gold["answers"]) + 1, len(rows) + 1)
        total += max(len(gold["answers"]), len(rows))
        exact += max(len(gold["answers"]), len(rows)) - len(wrong)
        if wrong:
            print(f"  {page.name}: not exact in answers {wrong}")
    print(f"exactness: {exact} of {total} answers exact in every field ({exact / total:.1%})")


def is_exact(row, known, gold):
    if row["pronouns"] and "(" in (known["expert"] or ""):
        row = {**row, "expert": f"{row['expert']} ({row['pronouns']})"}
    known = {"question": gold["question"], **known} if gold["question"] else known
    if "text" not in known:
        text = row["text"] or ""
        if not (text.startswith(known["first_words"] or "") and text.endswith(known["last_words"] or "")):
            return False
    return all((row[field] or None) == (known[field] or None) for field in FIELDS if field in known)


def make_answers(count, seed=0):
    """Answers of about 320 characters by one expert in twenty answers."""
    draw = random.Random(seed)
    parts = "Ok Ta Ca Pra Ket Ne Tra Dho Cla Yil Had Sol for kash ter ill nell mir dim vang moe ra".split()
    people = []
    for _ in range(max(count // 20, 1)):
        name = f"{draw.choice(test_pages.NAMES).split()[0]} {''.join(draw.sample(parts, 3)).title()}"
        company = draw.choice(test_pages.COMPANIES)
        people.append((name, draw.choice(test_pages.TITLES), company, draw.choice(("", "Ochre"))))
    paragraphs = [" ".join(draw.choices(WORDS, k=24)).capitalize() + "." for _ in range(2_000)]
    return [
        rendering.Known(
            *draw.choice(people),
            f"{draw.choice(test_pages.MONTHS)} {draw.randint(1, 28)}",
            "3y",
            draw.randint(0, 99_999),
            draw.randint(1, 9),
            "\n\n".join(draw.choices(paragraphs, k=2)),
            keep=200,
        )
        for _ in range(count)
    ]


def cpu_seconds(work, times=3):
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def measure_speed(count):
    answers = make_answers(count)
    for layout in ("A", "A3", "B", "B2", "D", "E", "F"):
        with tempfile.TemporaryDirectory() as folder:
            page, table = Path(folder, "page.txt"), Path(folder, "page.csv")
            page.write_text("\n".join(rendering.LAYOUTS[layout](answers)[0]), encoding="utf-8")
            size = page.stat().st_size
            loaded = load_thread(page)
            assert len(loaded) == count
            loaded.to_csv(table, index=False)
            del loaded
            base, load = cpu_seconds(lambda: pd.read_csv(table)), cpu_seconds(lambda: load_thread(page))
            tracemalloc.start()
            load_thread(page)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        print(
            f"speed: layout {layout:2} {count:,} answers, {size / 1e6:.0f} MB: {load:.2f} s, {load / base:.1f} x "
            f"read_csv ({base:.2f} s); peak memory {peak / size:.1f} x the text",
            flush=True,
        )


def fuzz(minutes):
    """Random pages, joins, cuts and bytes, until the time is over; every crash or lost line is printed."""
    end, tried, refused, slowest = time.monotonic() + 60 * minutes, 0, 0, 0.0
    draw = random.Random()
    layouts = list(rendering.LAYOUTS.values())
    people = make_answers(400, seed=draw.random())
    while time.monotonic() < end:
        lines = [
            line
            for _ in range(draw.choice((1, 1, 1, 2)))
            for line in draw.choice(layouts)(draw.sample(people, draw.randint(1, 6)))[0]
        ]
        for _ in range(draw.choice((0, 0, 1, 3, 8))):
            at = draw.randrange(len(lines) + 1)
            action = draw.randrange(5)
            if action == 0:
                lines[at:at] = [draw.choice(test_pages.PIECES)]
            elif action == 1:
                del lines[at : at + draw.randint(1, 4)]
            elif action == 2:
                lines[at : at + 1] = [line[: draw.randint(0, 60)] for line in lines[at : at + 1]]
            elif action == 3:
                lines[at:at] = ["".join(draw.choices("Aa .:•…()\"'1|@,\u200b\xa0é李🙂\t", k=draw.randint(0, 90)))]
            else:
                lines[at:at] = draw.choice(test_pages.PARAGRAPHS).split("\n")
        text = "\n".join(lines)
        start = time.process_time()
        try:
            _, page = read_thread(io.StringIO(text))
            lost = test_pages.find_lost(test_pages.split_text(text), page)
            if lost:
                print("lost:", lost, repr(text))
        except ThreadError:
            refused += 1
        except Exception as error:
            print("crash:", repr(error), repr(text))
        tried, slowest = tried + 1, max(slowest, (time.process_time() - start) / (len(text) + 2_000))
    print(
        f"fuzz: {tried:,} inputs in {minutes} min, {refused:,} refused with a ThreadError, slowest "
        f"{1e6 * slowest:.1f} microseconds a character"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--million", action="store_true", help="also load 1,000,000 answers")
    parser.add_argument("--minutes", type=float, default=0, help="of fuzzing")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    measure_exactness(options.folder)
    if options.answers:
        measure_speed(options.answers)
    if options.million:
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "page.txt")
            page.write_text("\n".join(rendering.LAYOUTS["B"](make_answers(1_000_000))[0]), encoding="utf-8")
            print(f"speed: 1,000,000 answers of layout B: {cpu_seconds(lambda: load_thread(page), 1):.1f} s")
    if options.minutes:
        fuzz(options.minutes)


if __name__ == "__main__":
    main()
