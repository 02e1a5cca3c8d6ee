"""Time the tables of many experts, in CPU seconds after imports, and the memory that they add at their peak.

    python benchmarks/experts.py [--experts 5000] [--words 50] [--vocabulary 30000]

Every expert writes one answer of so many words, drawn from a vocabulary of so many made-up ones.
5,000 experts take 1.9 s and 112 MiB, the detector of languages included; with dense rows and a sort of each they took
429 s and 1.2 GB.
"""

import argparse
import resource
import time

import numpy as np
import pandas as pd

from pmm_analysis import find_skills, load_codebook, profile_experts


def make_words(n):
    draw = np.random.default_rng(0)
    words = set()
    while len(words) < n:
        words.add("".join(draw.choice(list("abcdefghiklmnoprstuvwy"), draw.integers(4, 11))))
    return np.array(sorted(words))


def make_tables(n, per_answer, vocabulary, codebook):
    drawn = np.random.default_rng(1).integers(vocabulary, size=(n, per_answer))
    texts = [" ".join(words) for words in make_words(vocabulary)[drawn]]
    answers = pd.DataFrame({"expert": [f"Expert {i}" for i in range(n)], "title": "Lead", "text": texts})
    keys = [codebook.stances[i % len(codebook.stances)] for i in range(n)]
    stances = pd.DataFrame({"stance": pd.Categorical(keys, codebook.stances, ordered=True), "lean": 0.0})
    return answers, stances


def measure(function, *tables):
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    rows = len(function(*tables))
    took, after = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{function.__name__}: {rows:,} rows, {took:.2f} s, {(after - before) / 1024:.0f} MiB more at the peak")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--experts", type=int, default=5_000)
    parser.add_argument("--words", type=int, default=50)
    parser.add_argument("--vocabulary", type=int, default=30_000)
    asked = parser.parse_args()
    codebook = load_codebook("hard_vs_soft_skills")
    answers, stances = make_tables(asked.experts, asked.words, asked.vocabulary, codebook)
    measure(profile_experts, answers, stances, codebook)
    measure(find_skills, answers, codebook)
