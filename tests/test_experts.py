"""One row per expert, and every skill with the words it was found in."""

import pandas as pd

from conftest import code_by_hand, make_answers
from pmm_analysis import find_skills, profile_experts


def test_the_real_thread_has_seven_experts(answers, experts):
    assert experts["expert"].tolist() == [
        "Marcus Andrews",
        "Eric Chang",
        "Valerie Angelkos",
        "Robert McGrath",
        "Abdul Rastagar",
        "Liz Tassey",
        "Ryane Bohm",
    ]
    assert experts["answers"].tolist() == [2, 1, 2, 2, 2, 2, 1]
    assert experts["truncated"].tolist() == [2, 1, 0, 0, 0, 2, 0]
    assert experts["words"].sum() == answers["words"].sum()


def test_an_answer_to_another_question_does_not_change_an_experts_stance(experts):
    assert dict(zip(experts["expert"], experts["stance"])) == {
        "Marcus Andrews": "soft",
        "Eric Chang": "soft",
        "Valerie Angelkos": "balanced",
        "Robert McGrath": "hard",
        "Abdul Rastagar": "soft",
        "Liz Tassey": "soft",
        "Ryane Bohm": "unaddressed",
    }


def test_an_expert_who_changes_side_is_mixed(codebook):
    answers = make_answers(["Ada", "Ada", "Bo"], ["soft", "hard", "either"])
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["soft", "hard", "unaddressed"]), codebook)
    assert experts["stance"].tolist() == ["mixed", "unaddressed"]
    assert experts["lean"].tolist()[0] == 0
    assert pd.isna(experts["lean"].tolist()[1])


def test_every_skill_is_quoted_from_its_answer(answers, codebook):
    text = dict(zip(answers["answer"], answers["text"]))
    for row in find_skills(answers, codebook).itertuples():
        assert text[row.answer][row.start : row.end] == row.quote
        assert codebook.skills[row.skill] == row.option


def test_a_skill_is_a_whole_word(codebook):
    answers = make_answers(["Ada"], ["The trustee was untrustworthy, packaging aside; TRUST me."])
    assert find_skills(answers, codebook)["quote"].tolist() == ["packaging", "TRUST"]


def test_skills_are_listed_by_how_many_answers_name_them(codebook):
    answers = make_answers(["Ada", "Ada"], ["Empathy. SQL.", "SQL and SQL."])
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["soft", "soft"]), codebook)
    assert experts["skills"].tolist() == ["Data analysis, Empathy"]


def test_answers_without_names_stay_apart(codebook):
    answers = make_answers([None, None], ["Empathy.", "Trust."])
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["soft", "hard"]), codebook)
    assert experts["expert"].tolist() == ["no name (answer 1)", "no name (answer 2)"]


def test_an_expert_who_writes_nothing_but_stop_words_has_no_terms(codebook):
    answers = make_answers(["Ada"], ["It is what it is."])
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["unaddressed"]), codebook)
    assert pd.isna(experts["terms"].iloc[0]) and pd.isna(experts["skills"].iloc[0])


def test_no_answers_give_no_experts(answers, codebook):
    none = answers.iloc[:0]
    assert profile_experts(none, code_by_hand(none, codebook, []), codebook).empty
