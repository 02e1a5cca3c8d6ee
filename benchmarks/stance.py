"""Measure how well stances are read, on labelled threads and two public corpora.

    python benchmarks/stance.py THREADS CORPORA

THREADS holds ``real/``, ``invented/`` and ``short_answers/``, CORPORA holds
``webis_compquestions22_dev.csv`` and ``compsent19_train.csv``. With vaderSentiment
installed, its speed on the same texts is printed beside.

``answers.json`` beside this script holds more invented answers, written and labelled
by hands that had not seen the rules. Those marked read were then read to improve
them; those marked unread were not. ``long_answers.json`` holds threads in the manner
of real ones: read, watched (nobody read them, but their scores were seen while the
rules were made) and unread (scored twice, before and after).
"""

import argparse
import csv
import json
import time
from pathlib import Path

import pandas as pd
from sklearn.metrics import f1_score

from pmm_analysis.codebook.load import Codebook, Option, load_codebook
from pmm_analysis.stance import reading
from pmm_analysis.stance.classify import classify_stances
from pmm_analysis.threads.load import load_thread

LABELS = {"balanced": "D", "unaddressed": "N"}
MORE, LONG = (Path(__file__).with_name(name) for name in ("answers.json", "long_answers.json"))
GRID = [(evidence, margin) for evidence in (0.35, 0.5, 0.65, 0.8) for margin in (0.2, 0.25, 0.3, 0.35)]


def make_codebook(question, terms_a, terms_b, *, teachable=False):
    options = (Option("a", terms_a[0], tuple(terms_a)), Option("b", terms_b[0], tuple(terms_b)))
    return Codebook("benchmark", question, options, teachable)


def label(stances, codebook):
    names = LABELS | {option.key: "ABCDEFG"[i] for i, option in enumerate(codebook.options)}
    return [names[stance] for stance in stances["stance"]]


def read_invented(folder):
    """Yield (question's name, answers, gold labels, codebook), thread by thread."""
    for row in csv.DictReader((folder / "index.csv").open(encoding="utf-8")):
        if int(row["answers"]) == 0:
            continue
        codebook = load_codebook(folder / "codebooks" / f"{row['codebook']}.toml")
        thread = json.loads((folder / f"{row['slug']}.json").read_text(encoding="utf-8"))
        gold = pd.read_csv(folder / f"{row['slug']}.stance.csv")
        answers = pd.DataFrame(thread["answers"]).iloc[gold["answer"] - 1].reset_index(drop=True)
        answers = answers.reindex(columns=["expert", "text", "truncated", "question"])
        answers["question"] = answers["question"].astype("string").fillna(thread.get("question") or codebook.question)
        keys = LABELS | {option.key: letter for option, letter in zip(codebook.options, "AB")}
        yield row["codebook"], answers, [keys[stance] for stance in gold["stance"]], codebook


def read_short(folder):
    answers = pd.DataFrame(json.loads((folder / "answers.json").read_text(encoding="utf-8")))
    for question, group in answers.groupby("qid"):
        first = group.iloc[0]
        codebook = make_codebook(
            first["question"], first["terms_a"], first["terms_b"], teachable=question == "softhard"
        )
        yield question, group[["text"]].reset_index(drop=True), group["label"].tolist(), codebook


def read_more(path, *, read):
    for entry in json.loads(path.read_text(encoding="utf-8")):
        if entry["read"] == read:
            answers = pd.DataFrame(entry["answers"])
            terms = [entry["options"][letter]["terms"] for letter in "AB"]
            codebook = make_codebook(entry["question"], *terms, teachable=entry["teachable"])
            yield entry["question"], answers[["text"]], answers["label"].tolist(), codebook


def read_long(known):
    for entry in json.loads(LONG.read_text(encoding="utf-8")):
        if entry["known"] == known:
            answers = pd.DataFrame(entry["answers"]).assign(question=entry["question"])
            terms = [[entry["options"][letter]["label"], *entry["options"][letter]["terms"]] for letter in "AB"]
            codebook = make_codebook(entry["question"], *terms, teachable=entry["teachable"])
            yield entry["question"], answers[["text", "truncated", "question"]], answers["label"].tolist(), codebook


def read_webis(path):
    for row in csv.DictReader(path.open(encoding="utf-8")):
        text = row["answer"]
        terms = [sorted({text[a:b] for a, b in json.loads(row[f"mask_pos_{i}"])}) or [row[f"object_{i}"]] for i in "12"]
        yield "webis", pd.DataFrame({"text": [text]}), [row["label"]], make_codebook(row["question"], *terms)


def read_compsent(path):
    names = {"BETTER": "A", "WORSE": "B", "NONE": "-"}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        codebook = make_codebook("Which is better?", [row["object_a"]], [row["object_b"]])
        yield "compsent", pd.DataFrame({"text": [row["sentence"]]}), [names[row["label"]]], codebook


def run(groups):
    """Read every group: one row per answer with its question, gold and found label, confidence and flag."""
    rows = []
    for question, answers, gold, codebook in groups:
        stances = classify_stances(answers, codebook)
        kept = stances["confidence"].astype(str), stances["review"]
        rows += zip([question] * len(gold), gold, label(stances, codebook), *kept)
    return pd.DataFrame(rows, columns=["question", "gold", "found", "confidence", "review"])


def measure(table):
    found = table["found"].where(table["found"].isin(["A", "B"]), "-") if "-" in set(table["gold"]) else table["found"]
    sides, gold_sides = found.isin(["A", "B"]), table["gold"].isin(["A", "B"])
    right = found.eq(table["gold"])
    return {
        "n": len(table),
        "accuracy": right.mean(),
        "macro_f1": f1_score(table["gold"], found, average="macro", labels=sorted(set(table["gold"])), zero_division=0),
        "right_side": right[sides & gold_sides].mean(),
        "flips": (sides & gold_sides & ~right).mean(),
        "sides_found": right[gold_sides].mean(),
        "flagged": table["review"].mean(),
        "escapes": (~right & ~table["review"]).mean(),
        "balanced_right": right[found.eq("D")].mean(),
        **{
            f"precision_{band}": right[sides & table["confidence"].eq(band)].mean()
            for band in ("high", "medium", "low")
        },
        **{f"n_{band}": int((sides & table["confidence"].eq(band)).sum()) for band in ("high", "medium", "low")},
    }


def leave_one_question_out(groups):
    """Choose the two thresholds on all questions but one, and read that one with them."""
    kept = reading.LEAST_EVIDENCE, reading.LEAST_MARGIN
    tables = {}
    for pair in GRID:
        reading.LEAST_EVIDENCE, reading.LEAST_MARGIN = pair
        tables[pair] = run(groups)
    reading.LEAST_EVIDENCE, reading.LEAST_MARGIN = kept
    parts = []
    for question in tables[GRID[0]]["question"].unique():
        best = max(GRID, key=lambda pair: measure(tables[pair][tables[pair]["question"].ne(question)])["macro_f1"])
        parts.append(tables[best][tables[best]["question"].eq(question)])
    return pd.concat(parts)


def read_with_wrong_codebook(groups):
    """Pair every text with the codebook of the row half a list away."""
    half = len(groups) // 2
    for (question, answers, gold, _), (*_, codebook) in zip(groups, groups[half:] + groups[:half]):
        yield question, answers, gold, codebook


def time_vader(texts):
    """Give VADER's texts a second, or None where it is not installed."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        return None
    analyzer = SentimentIntensityAnalyzer()
    start = time.perf_counter()
    for text in texts:
        analyzer.polarity_scores(text)
    return len(texts) / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("threads", type=Path)
    parser.add_argument("corpora", type=Path)
    options = parser.parse_args()

    real = load_thread(options.threads / "real" / "hard_vs_soft_skills.txt")
    gold = pd.read_csv(options.threads / "real" / "hard_vs_soft_skills.stance.csv")["stance"]
    stances = classify_stances(real, "hard_vs_soft_skills")
    print("real thread:", sum(stances["stance"].astype(str).to_numpy() == gold.to_numpy()), "of", len(gold), "right")

    invented, short = (
        list(read_invented(options.threads / "invented")),
        list(read_short(options.threads / "short_answers")),
    )
    webis = list(read_webis(options.corpora / "webis_compquestions22_dev.csv"))
    sets = {
        "invented": run(invented),
        "short answers": run(short),
        "more, read": run(read_more(MORE, read=True)),
        "more, unread": run(read_more(MORE, read=False)),
        **{f"long, {known}": run(read_long(known)) for known in ("read", "watched", "unread")},
        "webis": run(webis),
        "compsent": run(read_compsent(options.corpora / "compsent19_train.csv")),
        "invented, left out": leave_one_question_out(invented),
    }
    sets["experts and webis"] = pd.concat([sets["invented"], sets["short answers"], sets["webis"]])
    print(pd.DataFrame({name: measure(table) for name, table in sets.items()}).round(3).to_string())

    books = {name: codebook for name, *_, codebook in invented}
    others = [(q, a, g, book) for q, a, g, _ in invented for name, book in books.items() if name != q]
    wrong = run((q, a.drop(columns="question"), g, book) for q, a, g, book in others)
    print(f"wrong codebook takes a side: {wrong['found'].isin(['A', 'B']).mean():.1%} of {len(wrong)}")
    wrong = run(read_with_wrong_codebook(webis))
    print(f"the same on webis: {wrong['found'].isin(['A', 'B']).mean():.1%} of {len(wrong)}")

    texts = pd.concat([answers for _, answers, *_ in short] * 40, ignore_index=True)
    codebook = short[0][3]
    classify_stances(texts.head(), codebook)
    start = time.perf_counter()
    classify_stances(texts, codebook)
    print(f"speed: {len(texts) / (time.perf_counter() - start):,.0f} short answers a second")
    if vader := time_vader(texts["text"]):
        print(f"VADER on the same texts: {vader:,.0f} a second")


if __name__ == "__main__":
    main()
