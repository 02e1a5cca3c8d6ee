"""Measure the reader of pasted pages: is it exact, fast, linear and unbreakable.

    python benchmarks/loading.py FOLDER [exact] [speed] [worst] [fuzz]

FOLDER holds ``layouts``, ``invented`` and ``real`` with pages (``.txt``) and their gold parse (``.json``). Without a
name every part runs; ``fuzz`` takes ten minutes, ``fuzz=60`` takes one.
"""

import io
import json
import random
import re
import resource
import sys
import time
import tracemalloc
import warnings
from pathlib import Path

import pandas as pd

from pmm_analysis import ThreadError, load_thread

NAMES = "Ada Bo Cai Dov Eli Fay Gus Hal Ida Jon Kit Lea Max Nia Oz Pia Quin Ray Sue Tom".split()
WORDS = "team hire skill learn launch pitch buyer trust price plan craft write speak sell build test ask show".split()


def clean(name):
    return re.sub(r"\s*\((?:she|he|they)[^)]*\)", "", name or "") or None


def find_differences(row, gold):
    """Names of the fields of one answer that are not as in the gold."""
    def plain(value):
        return None if pd.isna(value) else value

    pairs = {"expert": (plain(row.expert), clean(gold.get("expert")))}
    for field in ("headline", "date", "views", "requests"):
        pairs[field] = (plain(getattr(row, field)), gold.get(field))
    if "truncated" in gold:
        pairs["truncated"] = (bool(row.truncated), gold["truncated"])
    text = plain(row.text)
    if "text" in gold:
        pairs["text"] = (text, gold["text"] or None)
    elif gold.get("first_words"):
        pairs["text"] = (text.startswith(gold["first_words"]) and text.endswith(gold["last_words"]), True)
    return [field for field, (found, right) in pairs.items() if found != right]


def measure_exact(folder):
    exact = total = 0
    for path in sorted(folder.glob("*/*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "answers" not in gold or not path.with_suffix(".txt").exists():
            continue
        answers = load_thread(path.with_suffix(".txt"))
        nameless = answers.attrs["layout"] in ("C", "C0")
        rows = [] if nameless else list(zip(answers.itertuples(), gold["answers"]))
        if not nameless and len(answers) != len(gold["answers"]):
            print(f"{path.stem}: {len(answers)} answers, gold has {len(gold['answers'])}")
        for row, right in rows:
            wrong = find_differences(row, right)
            total, exact = total + 1, exact + (not wrong)
            if wrong:
                print(f"{path.stem}, answer {row.answer}: {', '.join(wrong)}")
    print(f"exact in every field: {exact} of {total} answers")


def make_page(n, layout, draw):
    """A page of n answers of about 320 characters, and the same answers as records."""
    records, lines = [], [f"All related ({n})"] if layout == "A" else ["Question Page", "", "What matters more?", ""]
    for i in range(n):
        name = f"{draw.choice(NAMES)} {draw.choice(NAMES)}son"
        text = " ".join(draw.choice(WORDS) for _ in range(58)).capitalize() + "."
        if layout == "A":
            lines += [name, "Director of Marketing at Acme", "", text, ""]
        else:
            lines += [name, "Acme Director of MarketingMarch 4", "", text, "", f"{i + 1} Views"]
        records.append((name, text))
    return "\n".join(lines), pd.DataFrame(records, columns=["expert", "text"])


def measure_speed(folder):
    draw = random.Random(0)
    for layout in "AB":
        for n in (10_000, 100_000):
            page, table = make_page(n, layout, draw)
            csv = table.to_csv(index=False)
            started = time.process_time()
            pd.read_csv(io.StringIO(csv))
            read = time.process_time()
            answers = load_thread(io.StringIO(page))
            loaded = time.process_time()
            right = len(answers) == n and answers["text"].tolist() == table["text"].tolist()
            ratio = (loaded - read) / (read - started)
            print(f"layout {layout}, {n:7,} answers, {len(page) / 1e6:4.1f} MB: {loaded - read:5.2f} s CPU, "
                  f"{ratio:4.1f} × read_csv, all right: {right}", flush=True)
    path = Path("/dev/shm" if Path("/dev/shm").is_dir() else ".") / "page_to_measure.txt"
    path.write_text(make_page(20_000, "A", draw)[0])
    try:
        tracemalloc.start()
        load_thread(path)
        print(f"peak memory: {tracemalloc.get_traced_memory()[1] / path.stat().st_size:.1f} × the text")
    finally:
        path.unlink()


def measure_worst(folder):
    """Twice the size must take about twice the time."""
    page = make_page(50, "A", random.Random(0))[0]
    worst = {
        "one long line": lambda n: page.replace("\n\n", "\n\n" + "word " * n + "\n\n", 1),
        "one long word": lambda n: page + "a" * (10 * n),
        "blank lines": lambda n: page + "\n" * (10 * n),
        "candidate names": lambda n: page + "\n" + "\n".join(f"{draw} {draw}ton" for draw in NAMES * (n // 20)),
        "dots": lambda n: page + "\n" + "... " * n,
        "brackets": lambda n: page + "\n" + "(" * n,
    }
    for name, make in worst.items():
        seconds = []
        for n in (50_000, 100_000):
            text = make(n)
            started = time.process_time()
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    load_thread(io.StringIO(text))
            except ThreadError:
                pass
            seconds.append(time.process_time() - started)
        print(f"{name:16s} {seconds[0]:6.2f} s, twice as much {seconds[1]:6.2f} s", flush=True)


def account_for(page, answers):
    """Long lines of a page that are in no answer, header or furniture."""
    heads = answers["headline"].fillna("") + answers["date"].fillna("")
    columns = [answers[name].dropna() for name in ("expert", "pronouns", "headline", "question", "text")] + [heads]
    kept = [str(value) for column in columns for value in column] + [text for _, text in answers.attrs["furniture"]]
    squeezed = re.sub(r"\W+", "", " ".join([*kept, answers.attrs["question"] or ""]))
    lost = []
    for line in page.split("\n"):
        words = re.sub(r"^\s*\d+\.\s+|\s*\((?:she|he|they)/\w+\)|\s*(?:\.\.\.|…)\s*(?:more\s*|Read More.*)$", "", line)
        if len(words) > 30 and re.sub(r"\W+", "", words) not in squeezed:
            lost.append(line)
    return lost


def measure_fuzz(folder, seconds=600):
    """Sample pages with lines cut, doubled, swapped and mixed: a table that keeps every line, or a ThreadError."""
    draw = random.Random(0)
    pages = [path.read_text(encoding="utf-8-sig").split("\n") for path in sorted(folder.glob("*/*.txt"))]
    tried = read = 0
    slowest, ends = 0.0, time.monotonic() + seconds
    while time.monotonic() < ends:
        lines = list(draw.choice(pages))
        for _ in range(draw.randrange(1, 8)):
            at = draw.randrange(len(lines) or 1)
            change = draw.randrange(6)
            if change == 0:
                del lines[at:at + draw.randrange(1, 9)]
            elif change == 1:
                lines[at:at] = lines[at:at + draw.randrange(1, 9)]
            elif change == 2:
                lines[at:at] = draw.choice(pages)[:draw.randrange(1, 20)]
            elif change == 3 and lines:
                lines[at] = lines[at][:draw.randrange(len(lines[at]) + 1)]
            elif change == 4 and lines:
                lines[at] += draw.choice(["...more", "March 4", "12 Views", "\u00a0", "\x07", "🎉", "(she/her)", ", MBA"])
            else:
                lines[at:at] = ["".join(chr(draw.randrange(32, 1200)) for _ in range(draw.randrange(60)))]
        page = "\n".join(lines)
        tried += 1
        started = time.perf_counter()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                answers = load_thread(io.StringIO(page))
        except ThreadError:
            continue
        finally:
            slowest = max(slowest, time.perf_counter() - started)
        read += 1
        if lost := account_for(page, answers):
            print(f"input {tried}: lost {lost[0]!r}")
    print(f"{tried:,} inputs in {seconds} s, {read:,} read, the others refused; slowest {slowest:.3f} s; "
          f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def main(folder, *parts):
    warnings.simplefilter("ignore")
    parts = dict(part.partition("=")[::2] for part in parts or ("exact", "speed", "worst", "fuzz"))
    measures = {"exact": measure_exact, "speed": measure_speed, "worst": measure_worst, "fuzz": measure_fuzz}
    for part, value in parts.items():
        measures[part](Path(folder), *([int(value)] if value else []))


if __name__ == "__main__":
    main(*sys.argv[1:])
