"""Tables that many tests share: the real thread with the stances people gave it, and threads made to be awkward."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pmm_analysis import cluster_answers, load_codebook, load_thread, profile_experts

TESTS = Path(__file__).parent
REAL = TESTS.parent / "data" / "raw" / "hard_vs_soft_skills.txt"


@pytest.fixture(scope="session")
def codebook():
    return load_codebook("hard_vs_soft_skills")


@pytest.fixture(scope="session")
def answers():
    return load_thread(REAL)


@pytest.fixture(scope="session")
def stances(answers, codebook):
    """The stances that two people agreed on, in the shape of `classify_stances`."""
    gold = pd.read_csv(TESTS / "hard_vs_soft_skills.stance.csv")["stance"]
    return code_by_hand(answers, codebook, gold)


@pytest.fixture(scope="session")
def clustering(answers):
    return cluster_answers(answers)


@pytest.fixture(scope="session")
def experts(answers, stances, codebook):
    return profile_experts(answers, stances, codebook)


@pytest.fixture(scope="session")
def browser():
    """Launch the system's Chromium without a window; nothing in it calls home."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if not program:
        pytest.skip(f"no browser: none of {', '.join(names)} is installed (Debian: apt-get install chromium)")
    quiet = ["no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"]
    switches = [f"--{name}" for name in ("no-sandbox", "disable-gpu", "disable-quic", *quiet)]
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=program, args=switches)
        try:
            yield launched
        finally:
            launched.close()


def code_by_hand(answers, codebook, keys):
    """Give answers the stances of a list of keys."""
    lean = {codebook.options[0].key: 0.6, codebook.options[1].key: -0.6}
    table = answers[["thread", "answer", "expert"]].copy()
    table["stance"] = pd.Categorical(list(keys), categories=codebook.stances, ordered=True)
    table["lean"] = pd.array([lean.get(key, 0.0) for key in keys], "Float64")
    table["confidence"] = pd.Categorical(["high"] * len(table), categories=["low", "medium", "high"], ordered=True)
    table["review"] = np.zeros(len(table), bool)
    table["quote"] = table["evidence"] = answers["text"].str.slice(0, 40)
    table["coded_by"] = pd.array(["rules"] * len(table), "string")
    table["truncated"] = answers["truncated"].astype(bool)
    table.attrs = dict(answers.attrs)
    return table


def make_answers(experts, texts, truncated=None, name="made_up"):
    """Build an answers table in the shape of `load_thread`."""
    n = len(experts)
    table = pd.DataFrame(
        {
            "thread": name,
            "answer": range(1, n + 1),
            "expert": experts,
            "pronouns": None,
            "headline": "Lead at Acme",
            "title": "Lead",
            "company": "Acme",
            "formerly": None,
            "question": None,
            "date": None,
            "views": None,
            "requests": None,
            "text": texts,
            "truncated": truncated or [False] * n,
            "words": [len(t.split()) for t in texts],
        }
    )
    kinds = {
        column: "string"
        for column in (
            "thread",
            "expert",
            "pronouns",
            "headline",
            "title",
            "company",
            "formerly",
            "question",
            "date",
            "text",
        )
    }
    table = table.astype(
        kinds | {"answer": "Int64", "views": "Int64", "requests": "Int64", "words": "Int64", "truncated": bool}
    )
    table.attrs = {
        "thread": name,
        "source": f"{name}.txt",
        "sha256": "0" * 64,
        "question": None,
        "declared_answers": n,
        "layout": "A",
        "furniture": [],
    }
    return table


WORDS = (
    "empathy pricing teamwork roadmap curiosity analytics trust launch messaging listening budget customer craft "
    "honesty segment narrative research mentor interview strategy"
).split()


def make_thread(n, n_experts=None, *, stance=None, truncated=False, names=None, codebook=None, seed=0):
    """Build answers and stances of any size; the words of each answer are drawn at random."""
    codebook = codebook or load_codebook("hard_vs_soft_skills")
    draw = np.random.default_rng(seed)
    names = names or [f"Expert Number{chr(65 + i % 26)}{i}" for i in range(n_experts or n)]
    texts = [" ".join(draw.choice(WORDS, 20)) + "." for _ in range(n)]
    answers = make_answers([names[i % len(names)] for i in range(n)], texts, [bool(truncated)] * n)
    keys = [stance or codebook.stances[draw.integers(len(codebook.stances))] for _ in range(n)]
    return answers, code_by_hand(answers, codebook, keys)
