"""Time charts and deck from finished tables, in CPU seconds after imports.

    python benchmarks/charts.py CODEBOOK THREAD [THREAD …]

Prints a line for the threads given and one for the same answers repeated to about 300.
"""

import sys
import tempfile
import time
import warnings
from pathlib import Path

import pandas as pd

from pmm_analysis import (
    build_deck,
    classify_stances,
    cluster_answers,
    export_charts,
    load_codebook,
    load_threads,
    make_charts,
    profile_experts,
)


def measure(answers, codebook, folder):
    stances, clustering = classify_stances(answers, codebook), cluster_answers(answers)
    experts = profile_experts(answers, stances, codebook)
    started = time.process_time()
    charts = make_charts(answers, stances, clustering, experts, codebook)
    export_charts(charts, folder / "charts")
    exported = time.process_time()
    deck = build_deck(charts, folder / "deck.pptx")
    done = time.process_time()
    return {
        "answers": len(answers),
        "charts": len(charts),
        "PNG, SVG, CSV (s)": round(exported - started, 2),
        "deck (s)": round(done - exported, 2),
        "deck (kB)": round(deck.stat().st_size / 1000),
    }


def main(codebook, *sources):
    warnings.simplefilter("ignore")
    codebook, answers = load_codebook(codebook), load_threads(sources)
    copies = max(1, round(300 / len(answers)))
    many = pd.concat(
        [
            answers.assign(answer=answers["answer"] + 1000 * i, text=answers["text"] + f" Number {i}.")
            for i in range(copies)
        ],
        ignore_index=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        measure(answers, codebook, Path(folder))  # the first run pays for imports and fonts
        print(
            pd.DataFrame([measure(table, codebook, Path(folder)) for table in (answers, many)]).to_string(index=False)
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
