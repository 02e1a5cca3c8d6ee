"""What charts are made from is made once, and taken in whatever order it is given."""

import dataclasses
import io

import pandas as pd
import pytest
from drawing import draw, texts

import pmm_analysis
from conftest import make_answers, make_thread
from pmm_analysis import (
    Chart,
    InputError,
    Study,
    chart_expert_profiles,
    chart_expert_stances,
    chart_skill_dots,
    chart_stance_tally,
    export_charts,
    load_threads,
    make_charts,
    profile_experts,
    tally_stances,
)
from pmm_analysis.charts import DESIGNS
from pmm_analysis.codebook import Codebook, Option


def test_a_study_makes_each_table_once(answers, monkeypatch):
    made = []
    monkeypatch.setattr("pmm_analysis.study.classify_stances", lambda *given: made.append(1) or classify(*given))
    classify = pmm_analysis.classify_stances
    study = Study(answers, "hard_vs_soft_skills")
    assert study.stances is study.stances and make_charts(study) and made == [1]


def test_charts_take_tables_in_any_order(answers, stances, clustering, experts, codebook):
    one = make_charts(answers, stances, clustering, experts, codebook)
    other = make_charts("hard_vs_soft_skills", clustering, experts, stances, answers)
    assert [chart.title for chart in one] == [chart.title for chart in other]
    study = Study(answers, codebook, stances=stances, clustering=clustering, experts=experts)
    assert [chart.alt for chart in make_charts(study)] == [chart.alt for chart in one]


def test_a_chart_needs_only_the_tables_it_draws(stances, codebook):
    assert "five of 12 answers" in chart_stance_tally(stances, codebook).title


@pytest.mark.parametrize("make", [make_charts, *(design.make for design in DESIGNS.values())])
@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((pd.DataFrame({"x": [1]}), "hard_vs_soft_skills"), "no column text as answers do, skills as experts do"),
        ((pd.DataFrame({"text": ["Soft skills."]}),), "there is no codebook"),
        ((pd.DataFrame({"stance": ["soft"]}), "hard_vs_soft_skills"), "the stances have no column thread"),
        (
            (pd.DataFrame({"text": ["a"]}), pd.DataFrame({"text": ["b"]}), "hard_vs_soft_skills"),
            "answers are given twice",
        ),
        ((None, "hard_vs_soft_skills"), "not from a NoneType"),
        (("no_such_codebook",), "there is no such codebook"),
    ],
)
def test_a_wrong_table_is_one_clear_error(make, parts, said):
    with pytest.raises(InputError, match=said):
        make(*parts)


def test_tables_of_other_answers_are_refused(answers, stances, codebook):
    with pytest.raises(InputError, match="the stances are of other answers"):
        Study(answers, codebook, stances=stances.head(3))


def test_a_table_with_nothing_but_texts_is_enough():
    charts = make_charts(
        pd.DataFrame({"text": ["Soft skills, hands down.", "Hard skills first."]}), "hard_vs_soft_skills"
    )
    assert charts[0].title == "Soft skills and hard skills are level: one of two answers each"


# Charts of one's own


@pytest.fixture
def own(stances, codebook):
    return Chart(
        key="my_chart",
        title="Twelve answers",
        subtitle="",
        source="",
        table=pd.DataFrame({"n": [12]}),
        alt="A line.",
        notes="",
        draw=lambda ax: ax.plot([0, 1], [0, 1]),
        codebook=codebook,
    )


def test_a_chart_of_ones_own_is_exported_after_all_others(own, tmp_path):
    files = export_charts([own], tmp_path, formats=("png",))
    assert [file.name for file in files] == [
        f"{len(DESIGNS) + 1:02d}_my_chart.png",
        f"{len(DESIGNS) + 1:02d}_my_chart.csv",
    ]
    assert pd.read_csv(io.BytesIO(files[1].read_bytes()))["n"].tolist() == [12]


def test_a_key_that_cannot_name_a_file_is_refused(own):
    with pytest.raises(InputError, match="'../x' cannot name files"):
        dataclasses.replace(own, key="../x")


def test_what_is_no_chart_is_refused(tmp_path, answers):
    with pytest.raises(InputError, match="no chart but a DataFrame"):
        export_charts(answers, tmp_path)


# One concept, one home: each of these once said two things at a time


def test_answers_without_names_of_two_threads_are_two_experts(tmp_path):
    for name, text in (("one", "Soft skills, hands down, in every team."), ("two", "Hard skills, hands down, always.")):
        (tmp_path / f"{name}.csv").write_text(f'expert,text\n,"{text}"\n', encoding="utf-8")
    answers = load_threads([tmp_path / "one.csv", tmp_path / "two.csv"])
    study = Study(answers, "hard_vs_soft_skills")
    tally = tally_stances(study.stances, by="experts").set_index("stance")["n"]
    assert tally[["soft", "hard", "mixed"]].tolist() == [1, 1, 0]
    assert profile_experts(answers, study.stances, study.codebook)["stance"].tolist() == ["soft", "hard"]
    chart = chart_expert_profiles(study)
    assert texts(draw(chart), "expert") == ["no name (two, answer 1)", "no name (one, answer 1)"]
    assert "1 answer, Soft skills" in chart.alt and "1 answer, Hard skills" in chart.alt


def test_an_answer_without_a_name_is_no_expert(codebook):
    answers, stances = make_thread(3, stance="soft")
    nameless = stances.assign(expert=pd.array([None] * 3, "string"))
    assert (
        chart_expert_stances(nameless, codebook).title == "Three of three answers favour soft skills, none hard skills"
    )
    some = stances.assign(expert=pd.array(["Ada", None, None], "string"))
    title = chart_expert_stances(some, codebook).title
    assert title == "Three of three experts and nameless answers favour soft skills, none hard skills"


def test_labels_inside_a_sentence_keep_the_capitals_they_need():
    options = (Option("sql", "SQL", ("sql",), {"Joins": ("join",)}), Option("nosql", "NoSQL", ("nosql",)))
    codebook = Codebook(name="db", question="SQL or NoSQL?", options=options)
    answers = make_answers(["Ada Byron", "Bea Cole"], ["Launches launched by launching teams.", "Pricing priced well."])
    assert "Experts run from NoSQL (left) to SQL" in chart_skill_dots(Study(answers, codebook)).subtitle


def test_a_count_of_a_thousand_reads_the_same_everywhere(codebook):
    answers, stances = make_thread(1200, 30)
    for chart in (chart_stance_tally(stances, codebook), chart_expert_stances(stances, codebook)):
        assert "n = 1,200 answers" in chart.source and "1200" not in chart.title + chart.alt + chart.notes


def test_what_is_shared_by_codebook_and_charts_is_the_codebooks(codebook):
    assert list(Study(None, codebook).styles) == ["hard", "balanced", "soft", "unaddressed"]


def test_what_rules_did_not_find_is_not_called_another_question(stances, codebook):
    label = {"rules": Study(None, codebook, stances=stances).labels["unaddressed"]}
    label["Ana"] = Study(None, codebook, stances=stances.assign(coded_by="Ana")).labels["unaddressed"]
    some = stances.assign(coded_by=["Ana"] * 6 + ["rules"] * 6)
    label["both"] = Study(None, codebook, stances=some).labels["unaddressed"]
    assert label == {"rules": "No pick found", "Ana": "Another question", "both": "No pick, or another question"}
