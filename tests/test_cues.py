import re

import pytest

from pmm_analysis.stance.balance import BALANCED
from pmm_analysis.stance.clauses import WORD
from pmm_analysis.stance.cues import SIDES
from pmm_analysis.stance.reading import compile_cues, expand
from pmm_analysis.stance.wordlists import WORDS

CUES = [*SIDES, *BALANCED]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.name)
def test_a_cue_matches_its_example_through_one_of_its_anchor_words(cue):
    assert re.search(expand(cue.pattern), cue.example)
    words = set(WORD.findall(cue.example)) | set(re.findall("[<>]", cue.example))
    anchors = {word for index in compile_cues() for word, found in index.items() if any(c.cue is cue for _, c in found)}
    assert words & anchors


def test_cues_have_one_name_a_weight_and_a_source_each():
    assert len({cue.name for cue in CUES}) == len(CUES)
    assert all(0 < cue.weight <= 2 for cue in CUES)
    assert {cue.source for cue in CUES} <= {"own", "J&L", "K&L", "CAM", "H&R", "Hyland"}


def test_cues_name_options_only_by_placeholder_and_lists_that_exist():
    for cue in CUES:
        assert set(re.findall(r"<(\w+)>", cue.pattern)) <= WORDS.keys()
        assert not re.search(r"[A-Z]", re.sub(r"[XYB]|\\[A-Z]", "", cue.pattern))


@pytest.mark.parametrize(
    "pattern, text, found",
    [
        ("X ~2 wins", "X nearly always wins", True),
        ("X ~2 wins", "X once in a while wins", False),
        ("X ~2 wins", "X and Y wins", False),
        ("X ~4 good", "X more than others good", False),
    ],
)
def test_a_gap_counts_words_and_stops_at_options_and_than(pattern, text, found):
    assert bool(re.search(expand(pattern), text)) is found
