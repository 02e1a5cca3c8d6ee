"""Measure clustering against labelled short texts.

    python benchmarks/clustering.py FOLDER [tiny] [vectors] [seeds] [shuffled] [themes] [large]

FOLDER holds ``tiny_draws_dev.json.gz`` (a list of threads: ds, n, k, texts, y), ``argkp_threads.json``,
``banking77_test.csv`` and ``clinc150_test.csv``. Without a name every part runs, in about ten minutes.

The large set: 20 of the labels of the three files, drawn at random, all their texts, and pairs of texts of one
label joined to one, until there are 20,000.
"""

import csv
import gzip
import json
import random
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from pmm_analysis.clusters.cluster import cluster_answers
from pmm_analysis.clusters.themes import assign_themes

SIZES = (12, 24, 48, 100)


def read_draws(folder):
    with gzip.open(folder / "tiny_draws_dev.json.gz") as file:
        return json.load(file)


def as_table(texts):
    return pd.DataFrame({"text": texts})


def print_by_size(title, found):
    """found: (set, n) -> values; one line of means per set, and one over the sets."""
    for name in ("all", *sorted({ds for ds, _ in found})):
        means = [
            np.mean([v for (ds, n), values in found.items() if n == size and name in ("all", ds) for v in values])
            for size in SIZES
        ]
        print(f"{title:34s} {name:12s} " + " ".join(f"{mean:6.3f}" for mean in means), flush=True)


def measure_tiny(folder):
    """Mean ARI with k given and k chosen; share of threads said to have no structure; seconds a call."""
    given, chosen, none, seconds = (defaultdict(list) for _ in range(4))
    for draw in read_draws(folder):
        key, table = (draw["ds"], draw["n"]), as_table(draw["texts"])
        given[key].append(adjusted_rand_score(draw["y"], cluster_answers(table, n_clusters=draw["k"]).labels))
        start = time.process_time()
        clusters = cluster_answers(table)
        seconds[key].append(time.process_time() - start)
        chosen[key].append(adjusted_rand_score(draw["y"], clusters.labels))
        none[key].append(not clusters.quality["structure"])
    print_by_size("ARI, k given", given)
    print_by_size("ARI, k chosen", chosen)
    print_by_size('called "no structure"', none)
    print_by_size("CPU seconds", seconds)


def measure_vectors(folder):
    """Mean ARI with k given when static word vectors are mixed in; needs the extra that ships them."""
    found = defaultdict(list)
    for draw in read_draws(folder):
        labels = cluster_answers(as_table(draw["texts"]), n_clusters=draw["k"], vectors=True).labels
        found[draw["ds"], draw["n"]].append(adjusted_rand_score(draw["y"], labels))
    print_by_size("ARI, k given, vectors", found)


def measure_seeds(folder):
    """ARI between two runs that differ in the seed only."""
    found = defaultdict(list)
    for draw in read_draws(folder)[::5]:
        table = as_table(draw["texts"])
        one, other = (cluster_answers(table, random_state=seed).labels for seed in (0, 1))
        found[draw["ds"], draw["n"]].append(adjusted_rand_score(one, other))
    print_by_size("ARI between seeds", found)


def measure_shuffled(folder):
    """Share of threads said to have no structure after all their words were dealt out anew."""
    deal, found = random.Random(0), defaultdict(list)
    for draw in read_draws(folder):
        words = [text.split() for text in draw["texts"]]
        pool = [word for text in words for word in text]
        deal.shuffle(pool)
        taken = iter(pool)
        table = as_table([" ".join(next(taken) for _ in text) for text in words])
        found[draw["ds"], draw["n"]].append(not cluster_answers(table).quality["structure"])
    print_by_size('shuffled, called "no structure"', found)


def measure_themes(folder):
    """ARI of one sentence per theme on every ArgKP thread, answers under no theme counted as a group of their own."""
    found, none = [], []
    for thread in json.loads((folder / "argkp_threads.json").read_text(encoding="utf-8")):
        placed = assign_themes(as_table([doc["text"] for doc in thread["docs"]]), thread["key_points"])
        found.append(adjusted_rand_score([doc["label"] for doc in thread["docs"]], placed["theme"].fillna("none")))
        none.append(placed["theme"].isna().mean())
    print(f"themes: ARI {np.mean(found):.3f} over {len(found)} threads, {np.mean(none):.1%} of answers under none")


def make_large(folder, n=20_000, labels=20):
    texts_of = defaultdict(list)
    for name in ("banking77_test.csv", "clinc150_test.csv"):
        with open(folder / name, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                texts_of[name, row["label"]].append(row["text"])
    for thread in json.loads((folder / "argkp_threads.json").read_text(encoding="utf-8")):
        for doc in thread["docs"]:
            texts_of["argkp", thread["topic"]].append(doc["text"])
    draw = random.Random(0)
    groups = [texts_of[key] for key in draw.sample(sorted(texts_of), labels)]
    rows = [(text, label) for label, texts in enumerate(groups) for text in texts]
    while len(rows) < n:
        label = draw.randrange(labels)
        rows.append((" ".join(draw.sample(groups[label], 2)), label))
    draw.shuffle(rows)
    return [text for text, _ in rows], np.array([label for _, label in rows])


def measure_large(folder):
    """Accuracy, NMI, CPU seconds and peak memory for 20,000 texts of 20 labels."""
    texts, truth = make_large(folder)
    table, k = as_table(texts), truth.max() + 1
    methods = {
        "cluster_answers, k given": lambda: cluster_answers(table, n_clusters=int(k)).labels.to_numpy(int),
        "cluster_answers": lambda: cluster_answers(table).labels.to_numpy(int),
        "TF-IDF + MiniBatchKMeans": lambda: MiniBatchKMeans(k, random_state=0).fit_predict(
            TfidfVectorizer().fit_transform(texts)
        ),
        "TF-IDF + NMF": lambda: (
            NMF(k, random_state=0).fit_transform(TfidfVectorizer(stop_words="english").fit_transform(texts)).argmax(1)
        ),
    }
    cluster_answers(table.head(50))
    for name, run in methods.items():
        start = time.process_time()
        labels = run()
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        shared = normalized_mutual_info_score(truth, labels)
        print(
            f"{name:28s} ACC {match_accuracy(truth, labels):.3f}  NMI {shared:.3f}  {seconds:5.2f} s CPU"
            f"  peak so far {peak:.0f} MiB",
            flush=True,
        )


def match_accuracy(truth, labels):
    table = pd.crosstab(truth, labels).to_numpy()
    return table[linear_sum_assignment(-table)].sum() / len(truth)


def main(folder, *parts):
    measures = {
        "tiny": measure_tiny,
        "vectors": measure_vectors,
        "seeds": measure_seeds,
        "shuffled": measure_shuffled,
        "themes": measure_themes,
        "large": measure_large,
    }
    for part in parts or measures:
        measures[part](Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
