"""The contract for input: every public function answers, or says in one InputError what was given and what to pass."""

import pandas as pd
import pytest

from pmm_analysis import (
    InputError,
    apply_coding,
    classify_stances,
    clusters,
    coding,
    coding_sheet,
    experts,
    find_conditions,
    find_skills,
    profile_experts,
    stance,
)
from pmm_analysis import codebook as codebooks
from pmm_analysis.codebook.load import SHIPPED

NAME = "hard_vs_soft_skills"
ROOMS = (codebooks, stance, coding, clusters, experts)

# What each function takes, in order; each name below is a fixture or made in `given`.
TAKES = {
    "load_codebook": "name",
    "classify_stances": "answers codebook",
    "stance_evidence": "answers codebook",
    "suggest_terms": "answers codebook",
    "find_conditions": "answers codebook",
    "find_contradictions": "conditions",
    "tally_stances": "stances",
    "tally_sensitivity": "stances",
    "tally_threads": "stances",
    "measure_leads": "stances codebook",
    "coding_sheet": "answers codebook",
    "apply_coding": "stances sheet",
    "agreement": "labels labels",
    "agreement_by_label": "labels labels",
    "confusion_table": "labels labels",
    "export_codebook": "codebook path",
    "export_project": "answers stances codebook path",
    "cluster_answers": "answers",
    "top_terms": "answers clustering",
    "cluster_quotes": "answers clustering",
    "compare_question": "answers clustering codebook",
    "tally_clusters": "clustering stances",
    "assign_themes": "answers themes",
    "find_skills": "answers codebook",
    "profile_experts": "answers stances codebook",
}
CALLS = [(name, kinds.split()) for name, kinds in TAKES.items()]
PLACES = [(name, place) for name, kinds in CALLS for place in range(len(kinds))]
SAYS = r"no column \w+|column \"\w+\" is missing|not a |of type |there are no themes|has no words"


@pytest.fixture(scope="module")
def given(answers, codebook, clustering, tmp_path_factory):
    """One right value of every kind, the stances by the rules."""
    stances = classify_stances(answers, codebook)
    return {
        "answers": answers,
        "stances": stances,
        "codebook": codebook,
        "conditions": find_conditions(answers, codebook),
        "name": NAME,
        "clustering": clustering,
        "themes": {"Soft": "soft skills", "Hard": "hard skills"},
        "sheet": coding_sheet(answers, codebook),
        "labels": stances["stance"],
        "path": tmp_path_factory.mktemp("made") / "file",
    }


def call(name, arguments):
    return next(getattr(room, name) for room in ROOMS if hasattr(room, name))(*arguments)


@pytest.mark.parametrize("name, kinds", CALLS)
def test_right_arguments_are_answered(name, kinds, given):
    assert call(name, [given[kind] for kind in kinds]) is not None


@pytest.mark.parametrize("name, kinds", [(name, kinds) for name, kinds in CALLS if "codebook" in kinds])
@pytest.mark.parametrize("book", [NAME, SHIPPED / f"{NAME}.toml", str(SHIPPED / f"{NAME}.toml")])
def test_a_codebook_by_name_or_path_is_as_good_as_the_codebook(name, kinds, book, given):
    expected, found = (
        call(name, [other.get(kind, given[kind]) for kind in kinds]) for other in ({}, {"codebook": book})
    )
    assert found.equals(expected) if isinstance(expected, pd.DataFrame) else found == expected


@pytest.mark.parametrize("name, place", PLACES)
@pytest.mark.parametrize("wrong", ["no columns", "nothing", "answers", "stances", "codebook", "clustering"])
def test_what_belongs_elsewhere_is_one_clear_error(name, place, wrong, given):
    kinds = TAKES[name].split()
    if wrong == kinds[place]:
        return
    arguments = [given[kind] for kind in kinds]
    arguments[place] = {"no columns": pd.DataFrame({"x": [1]}), "nothing": None}.get(wrong, given.get(wrong))
    with pytest.raises(InputError, match=SAYS) as error:
        call(name, arguments)
    assert str(error.value).count("To fix it: ") == 1


@pytest.mark.parametrize("name, kinds", [(name, kinds) for name, kinds in CALLS if len(set(kinds)) > 1])
def test_arguments_in_another_order_are_one_clear_error(name, kinds, given):
    with pytest.raises(InputError):
        call(name, [given[kind] for kind in reversed(kinds)])


@pytest.mark.parametrize("column", ["stance", "lean"])
def test_a_missing_column_is_named(column, answers, stances, codebook):
    with pytest.raises(InputError, match=f"the stances have no column {column}. To fix it: pass the table that class"):
        profile_experts(answers, stances.drop(columns=column), codebook)


def test_the_fault_of_a_table_without_text_is_the_same_everywhere():
    faults = set()
    for name, kinds in CALLS:
        if kinds == ["answers", "codebook"]:
            with pytest.raises(InputError) as error:
                call(name, [pd.DataFrame({"x": [1]}), NAME])
            faults.add((type(error.value), str(error.value)))
    assert len(faults) == 1


def test_stances_of_other_answers_are_told_from_these(answers, stances, codebook):
    with pytest.raises(InputError, match="the stances are of other answers: 12 and 5 rows"):
        profile_experts(answers, stances.head(5), codebook)


def test_a_name_that_no_codebook_has_is_told_with_those_there_are(answers):
    with pytest.raises(InputError, match="there is no such codebook. To fix it: .*hard_vs_soft_skills"):
        find_skills(answers, "hard_vs_soft")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\x8f\x90", b"\xff\xfe"])
def test_a_file_that_is_no_coding_sheet_is_one_clear_error(content, tmp_path, given):
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"sheet\.csv"):
        apply_coding(given["stances"], path)
