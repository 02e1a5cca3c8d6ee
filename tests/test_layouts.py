"""Every page layout is read exactly as its gold says."""

import json
from pathlib import Path

import pytest

from pmm_analysis.threads.layouts import LAYOUTS, LINES
from pmm_analysis.threads.load import load_thread

HERE = Path(__file__).parent
LAYOUT_PAGES = sorted(HERE.glob("layouts/*.txt"))
THREADS = sorted(HERE.glob("threads/*.txt"))
NAMELESS = {"C", "C0"}


def gold_of(page):
    return json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


def missing_as_none(answers):
    return answers.astype(object).where(answers.notna(), None).to_dict("records")


def expected_fields(answer):
    fields = {key: answer.get(key) for key in ("expert", "headline", "date", "views", "requests", "truncated")}
    name, bracket, pronouns = (answer["expert"] or "").partition(" (")
    if bracket:
        fields["expert"], fields["pronouns"] = name, pronouns.rstrip(")")
    return fields


@pytest.mark.filterwarnings("ignore::pmm_analysis.errors.ThreadWarning")
@pytest.mark.parametrize("page", LAYOUT_PAGES, ids=lambda page: page.stem)
def test_layout_is_read_as_its_gold_says(page):
    gold, answers = gold_of(page), load_thread(page)
    code = gold["grammar"].split()[0].strip(",")
    assert answers.attrs["layout"] == code
    assert answers.attrs["question"] == gold["question"]
    assert answers.attrs["declared_answers"] == gold["declared_count"]
    if code in NAMELESS:
        assert len(answers) == sum(answer["n_paragraphs"] for answer in gold["answers"])
        assert answers["expert"].isna().all()
        return
    read = missing_as_none(answers)
    assert len(read) == len(gold["answers"])
    for row, answer in zip(read, gold["answers"], strict=True):
        expected = expected_fields(answer)
        assert {key: row[key] for key in expected} == expected
        assert (row["text"] or "").startswith(answer["first_words"] or "")
        assert (row["text"] or "").endswith(answer["last_words"] or "")


@pytest.mark.filterwarnings("ignore::pmm_analysis.errors.ThreadWarning")
@pytest.mark.parametrize("page", THREADS, ids=lambda page: page.stem)
def test_thread_is_read_as_its_gold_says(page):
    gold, answers = gold_of(page), load_thread(page)
    assert answers.attrs["layout"] == gold["layout"]
    assert answers.attrs["question"] == gold["question"]
    assert answers.attrs["declared_answers"] == gold["declared_answers"]
    if gold.get("nameless"):
        assert len(answers) == gold["n_paragraphs"]
        return
    read = missing_as_none(answers)
    assert len(read) == len(gold["answers"])
    for row, answer in zip(read, gold["answers"], strict=True):
        expected = expected_fields(answer) | {"text": answer["text"] or None}
        expected |= {"question": answer.get("question", gold["question"])}
        expected |= {"pronouns": answer["pronouns"]} if "pronouns" in answer else {}
        assert {key: row[key] for key in expected} == expected


def test_every_kind_of_line_in_the_table_is_known():
    own = {
        "name",
        "host",
        "host Share",
        "question",
        "notes",
        "line",
        "whole first",
        "…",
        "·",
        "headline",
        "headline~date",
        "headline • date",
        "headline date",
        "headline ± date",
    }
    used = {kind.rstrip("?") for layout in LAYOUTS for kind in layout.kinds}
    assert used <= own | set(LINES)
