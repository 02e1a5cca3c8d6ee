"""One row per expert, and every skill with the words it was found in."""

import itertools
import time

import numpy as np
import pandas as pd
import pytest

from conftest import code_by_hand, make_answers
from pmm_analysis import (
    Study,
    classify_stances,
    find_skills,
    load_thread,
    load_threads,
    profile_experts,
    stance_evidence,
    tally_stances,
)


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


@pytest.mark.parametrize(
    "text, found",
    [
        ("I hire for collaborators every time.", [("Collaboration", "collaborators")]),
        ("I hire for listeners every time.", [("Listening", "listeners")]),
        ("I hire for teammates every time.", [("Collaboration", "teammates")]),
        (
            "I hire for a spreadsheet wizard every time, and for launch plans.",
            [("Data analysis", "spreadsheet"), ("Launch planning", "launch plans")],
        ),
        ("Getting the team's buy in, and everyone's trust.", [("Influence", "buy in"), ("Relationships", "trust")]),
        ("A growth mindset is more than a mindset.", [("Curiosity", "growth mindset")]),
        ("Tell me what to buy. In my view, empathy.", [("Empathy", "empathy")]),
    ],
)
def test_a_skill_is_found_in_every_form_that_the_stance_rules_know(text, found, codebook):
    answers = make_answers(["Ada"], [text])
    assert find_skills(answers, codebook)[["skill", "quote"]].apply(tuple, axis=1).tolist() == found
    option = codebook.skills[found[0][0]]
    assert set(stance_evidence(answers, codebook)["option"]) <= {option}


def test_the_real_thread_names_communications_and_passions_too(answers, codebook):
    named = find_skills(answers, codebook).set_index("quote")["skill"]
    assert named["communications"].tolist() == ["Communication", "Communication"]
    assert named["passions"] == "Drive"


def test_skills_are_listed_by_how_many_answers_name_them(codebook):
    answers = make_answers(["Ada", "Ada"], ["Empathy. SQL.", "SQL and SQL."])
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["soft", "soft"]), codebook)
    assert experts["skills"].tolist() == ["Data analysis, Empathy"]


def test_answers_without_names_stay_apart(codebook):
    answers = make_answers([None, None], ["Empathy.", "Trust."])
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["soft", "hard"]), codebook)
    assert experts["expert"].tolist() == ["no name (answer 1)", "no name (answer 2)"]


@pytest.mark.parametrize("by", ["profiles", "tally"])
def test_answers_without_names_of_two_threads_are_two_experts(by, tmp_path, codebook):
    for name, text in (("one", "Soft skills, hands down, in my team."), ("two", "Hard skills, hands down, for me.")):
        (tmp_path / f"{name}.csv").write_text(f'expert,text\n,"{text}"\n', encoding="utf-8")
    answers = load_threads([tmp_path / "one.csv", tmp_path / "two.csv"])
    stances = classify_stances(answers, codebook)
    if by == "tally":
        tally = tally_stances(stances, by="experts").set_index("stance")["n"]
        assert tally[["soft", "hard", "mixed"]].tolist() == [1, 1, 0]
    else:
        experts = profile_experts(answers, stances, codebook)
        assert experts["stance"].tolist() == ["soft", "hard"]
        assert experts["expert"].is_unique


def test_own_words_are_different_words_in_a_form_that_was_written(codebook):
    answers = make_answers(["Ada", "Bea"], ["Launches launched by launching teams.", "Pricing and prices priced well."])
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["unaddressed"] * 2), codebook)
    assert experts["terms"].tolist() == ["launched, teams", "priced, well"]


def test_own_words_tell_an_expert_from_the_others_and_are_no_names(codebook):
    texts = ["Webinars at Acme, Ada.", "Webinars and invoices.", "Webinars and budgets."]
    answers = make_answers(["Ada", "Bo", "Cem"], texts)
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["unaddressed"] * 3), codebook)
    assert experts["terms"].tolist() == ["webinars", "invoices, webinars", "budgets, webinars"]


def test_an_expert_who_writes_nothing_but_stop_words_has_no_terms(codebook):
    answers = make_answers(["Ada"], ["It is what it is."])
    experts = profile_experts(answers, code_by_hand(answers, codebook, ["unaddressed"]), codebook)
    assert pd.isna(experts["terms"].iloc[0]) and pd.isna(experts["skills"].iloc[0])


def test_no_answers_give_no_experts(answers, codebook):
    none = answers.iloc[:0]
    assert profile_experts(none, code_by_hand(none, codebook, []), codebook).empty


def test_thousands_of_experts_take_seconds(codebook):
    words = np.array(
        list(map("".join, itertools.product("bdfgklmnprst", "aeiou", "bdfgklmnprst", "aeiou", "klmnprst")))
    )
    texts = [" ".join(row) for row in words[np.random.default_rng(0).integers(len(words), size=(4_000, 50))]]
    answers = make_answers([f"Expert {n}" for n in range(4_000)], texts)
    stances = code_by_hand(answers, codebook, ["soft", "hard"] * 2_000)
    start = time.process_time()
    assert len(profile_experts(answers, stances, codebook)) == 4_000
    assert time.process_time() - start < 6


def test_the_last_fragment_of_a_cut_off_answer_is_no_word(tmp_path):
    page = (
        "All related (2)\nAda Byron\nAnalyst at Engine Co\nAn agency charged us for the storyboard, then agai...more\n"
    )
    page += "Bea Cole\nLead at Mill Co\nOur script was shot in-house with a borrowed lens, and anyw...more\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    study = Study(load_thread(tmp_path / "page.txt"), "hard_vs_soft_skills")
    words = ", ".join([*study.experts["terms"], *study.clustering.info["terms"]])
    assert "storyboard" in words and "lens" in words and "agai" not in words and "anyw" not in words
