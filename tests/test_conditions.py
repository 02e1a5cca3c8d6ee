"""What answers say it depends on: the real thread by a person's reading, made threads, and each kind of condition."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pmm_analysis import InputError, find_conditions, find_contradictions, load_thread
from pmm_analysis.stance.conditions import load_groups

THREADS = Path(__file__).with_name("threads")
OPEN = None

# A person's reading: answer, what it is about, the option it pushes to, words of the sentence.
REAL = [
    (1, "seniority", "hard", "Also the more senior you get the more I like it flips."),
    (1, "seniority", "soft", "If you're brand new to PMM you have to be really strong on soft skills"),
    (
        2,
        "ambiguity",
        OPEN,
        "the main variable that would make me prioritize hard skills or soft skills is the level of",
    ),
    (4, "the team", OPEN, "I think it depends ultimately on what the team needs."),
    (4, "how technical it is", "hard", "In a highly technical area, I'd value industry and product knowledge highly"),
    (5, "kind of role", OPEN, "A lot depends on the type of role."),
    (5, "what can be taught", "hard", "with the support of a good manager, can be coached and developed"),
    (7, "seniority", "soft", "leaning in to those soft skills is a great strategy when you are starting out"),
    (
        8,
        "seniority",
        "soft",
        "Especially at the more junior and even mid-management levels, the hard skills can be taught.",
    ),
    (8, "what can be taught", "soft", "The soft skills are much more difficult to teach."),
    (8, "seniority", "both", "As an executive, you should really be proficient in both."),
]
# The same of made threads; answers that name none are part of the test.
MADE = {
    "softhard_pm": [
        (4, "the team", OPEN, "It depends on who is already there."),
        (6, "time", "hard", "hard skills >> soft skills, at least for the first 90 days."),
        (9, "customers and market", "soft", "In consumer apps maybe personality carries you for a while."),
    ],
    "softhard_pmm": [(7, "kind of role", OPEN, "It depends on the seat.")],
    "softhard_cs": [(8, "retail or hospitality book", "soft", "I could imagine flipping the answer")],
    "softhard_sales": [],
    "career_start_page": [
        (7, "money", "startup", "I'd lean startup if your rent allows it"),
        (9, "money", "big_company", "If you have loans and no safety net, the big company."),
        (9, "money", "startup", "If you have savings and a high tolerance for chaos, the startup."),
    ],
    "career_start_ama": [],
    "pmm_reporting_all": [(7, "goals", OPEN, "Depends on your motion:")],
}
BOOKS = {"career": "startup_or_big_company", "pmm": "pmm_reporting"}


def find(text, codebook="hard_vs_soft_skills"):
    """The conditions of one answer: words, group and option of each."""
    found = find_conditions(pd.DataFrame({"text": [text]}), codebook)
    return [(c.condition, c.about, OPEN if pd.isna(c.option) else c.option) for c in found.itertuples()]


def list_rows(conditions):
    rows = conditions[["answer", "about", "option", "quote"]].astype(object)
    return rows.where(rows.notna(), OPEN).values.tolist()


def assert_read(conditions, expected):
    """Assert that conditions are those of a reading, whose words stand in their quotes."""
    rows = list_rows(conditions)
    assert [tuple(row[:3]) for row in rows] == [row[:3] for row in expected]
    assert [words for *_, words in expected if not any(words in quote for *_, quote in rows)] == []


def test_the_real_thread_is_read_as_a_person_reads_it(answers, codebook):
    assert_read(find_conditions(answers, codebook), REAL)


@pytest.mark.parametrize("name", MADE)
@pytest.mark.filterwarnings("ignore::pmm_analysis.ThreadWarning")
def test_made_threads_are_read_as_labelled(name):
    codebook = BOOKS.get(name.split("_")[0], "hard_vs_soft_skills")
    assert_read(find_conditions(load_thread(THREADS / f"{name}.txt"), codebook), MADE[name])


def test_every_quote_and_condition_stands_in_its_answer(answers, codebook):
    texts = answers.set_index("answer")["text"]
    for condition in find_conditions(answers, codebook).itertuples():
        assert condition.quote in texts[condition.answer] and condition.condition in condition.quote
        assert condition.quote[-1] in ".!" or texts[condition.answer].endswith(condition.quote)


def test_two_experts_of_the_real_thread_contradict_each_other_on_what_can_be_taught(answers, codebook):
    (pair,) = find_contradictions(find_conditions(answers, codebook)).to_dict("records")
    assert (pair["about"], pair["option"], pair["other_option"]) == ("what can be taught", "hard", "soft")
    assert (pair["expert"], pair["other_expert"]) == ("Robert McGrath", "Abdul Rastagar")
    assert pair["quote"].endswith("can be coached and developed.")
    assert pair["other_quote"] == "The soft skills are much more difficult to teach."


@pytest.mark.parametrize(
    "text, expected",
    [
        ("It depends on the stage of the company.", [("the stage of the company", "company stage and size", OPEN)]),
        (
            "It really depends on how technical the product is.",
            [("how technical the product is", "how technical it is", OPEN)],
        ),
        ("Depends who you sell to.", [("who you sell to", "customers and market", OPEN)]),
        ("Depends on the weather in Oslo.", [("the weather in Oslo", "weather in Oslo", OPEN)]),
        (
            "Depends. On the budget, and on who runs it.",
            [("the budget", "money", OPEN), ("who runs it", "who runs it", OPEN)],
        ),
        (
            "It depends on many things: deal size, country (mine is small), how senior they are.",
            [
                ("deal size", "deal size and price", OPEN),
                ("country", "customers and market", OPEN),
                ("how senior they are", "seniority", OPEN),
            ],
        ),
        ("Both work. The deciding factor is the team.", [("the team", "the team", OPEN)]),
    ],
)
def test_what_is_named_as_deciding_is_open(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("If you're junior, go for soft skills.", [("If you're junior", "seniority", "soft")]),
        ("Go for soft skills if you're junior.", [("if you're junior", "seniority", "soft")]),
        ("Soft skills, unless you're very senior.", [("unless you're very senior", "seniority", "hard")]),
        ("Soft skills matter more, especially in junior roles.", [("in junior roles", "seniority", "soft")]),
        (
            "For a small team soft skills matter most; for an enterprise you need hard skills.",
            [
                ("For a small team", "company stage and size", "soft"),
                ("for an enterprise", "company stage and size", "hard"),
            ],
        ),
        (
            "Soft skills matter more for juniors, hard skills matter more for seniors.",
            [("for juniors", "seniority", "soft"), ("for seniors", "seniority", "hard")],
        ),
        (
            "It depends.\n- Juniors: soft skills.\n- Executives: you need both.",
            [("Juniors", "seniority", "soft"), ("Executives", "seniority", "both")],
        ),
        (
            "In a hospital I want hard skills. In a school I want soft skills.",
            [("In a hospital", "hospital", "hard"), ("In a school", "school", "soft")],
        ),
        (
            "It depends on the deal. If it is over a million, hire for hard skills.",
            [("If it is over a million", "deal size and price", "hard")],
        ),
    ],
)
def test_a_circumstance_pushes_to_the_option_its_clause_speaks_for(text, expected):
    assert find(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "If I had to choose, I'd go for soft skills.",
        "If you ask me, soft skills win at any level.",
        "When I was junior, soft skills mattered most to me.",
        "When you join a new team, soft skills matter most.",
        "As a VP I'd always hire for soft skills.",
        "In my experience soft skills are more important for our team.",
        "Soft skills win, even if you're senior.",
        "Soft skills are better, regardless of seniority.",
        "It doesn't depend on the team: soft skills win.",
        "Soft skills, hands down. We depend on the sales team for leads.",
        "Soft skills. But what if you're senior, do hard skills matter?",
        "Many people say that juniors need soft skills. I prefer hard skills.",
        "It depends on so many things.",
        "For juniors soft skills are fine, but hard skills win everywhere.",
        "Soft skills win. It boils down to who you have lunch with.",
    ],
)
def test_what_is_presumed_told_or_said_in_passing_is_no_condition(text):
    assert find(text) == []


def test_an_answer_to_another_question_has_no_conditions(answers):
    texts = ["It depends on the team.", "If you're junior, ask your boss."]
    other = pd.DataFrame({"text": texts, "question": "How do you get promoted?"})
    assert find_conditions(other, "hard_vs_soft_skills").empty


def test_what_can_be_taught_counts_only_where_the_codebook_says_so(codebook):
    text = "Hard skills can be taught, soft skills are what matters."
    assert find(text, codebook) == [("can be taught", "what can be taught", "soft")]
    assert find(text, replace(codebook, teachable=False)) == []


def test_groups_of_the_codebook_go_before_the_general_ones(codebook):
    own = {"First weeks": ("brand new", "starting out"), "Learnable": ("coached", "difficult to teach")}
    assert find(
        "If you're brand new, go for soft skills. If you're senior, go for hard skills.",
        replace(codebook, conditions=own),
    ) == [("If you're brand new", "First weeks", "soft"), ("If you're senior", "seniority", "hard")]
    assert find("Soft skills can be coached, hard skills win.", replace(codebook, conditions=own)) == [
        ("can be coached", "Learnable", "hard")
    ]


def test_exchanging_the_options_exchanges_what_conditions_push_to(answers, codebook):
    swapped = replace(codebook, options=codebook.options[::-1])
    assert list_rows(find_conditions(answers, swapped)) == list_rows(find_conditions(answers, codebook))


@pytest.mark.parametrize(
    "texts, n",
    [
        (["If you're junior, go for soft skills.", "If you're junior, go for hard skills."], 1),
        (["If you're junior, go for soft skills.", "If you're senior, go for hard skills."], 0),
        (["If you're junior, go for soft skills.", "For junior hires, soft skills matter more."], 0),
        (["In technical roles, hard skills win.", "In not so technical roles, soft skills win."], 0),
        (["Hard skills can be taught.", "You can teach soft skills."], 1),
    ],
)
def test_only_opposite_claims_of_the_same_thing_contradict(texts, n):
    answers = pd.DataFrame({"expert": pd.array(["Ada", "Bo"], "string"), "text": texts})
    assert len(find_contradictions(find_conditions(answers, "hard_vs_soft_skills"))) == n


def test_nobody_contradicts_themselves_and_nameless_answers_are_several():
    texts = ["If you're junior, go for soft skills.", "If you're junior, go for hard skills."]
    same = pd.DataFrame({"expert": ["Ada", "Ada"], "text": texts})
    assert find_contradictions(find_conditions(same, "hard_vs_soft_skills")).empty
    nameless = find_contradictions(find_conditions(pd.DataFrame({"text": texts}), "hard_vs_soft_skills"))
    assert nameless["other_expert"].tolist() == ["no name (answer 2)"]


def test_a_table_that_is_none_of_conditions_is_one_clear_error(answers):
    with pytest.raises(InputError, match="pass the table that find_conditions returns"):
        find_contradictions(answers)


def test_no_two_general_groups_share_a_word():
    words = [word.lower() for group in load_groups().values() for word in group]
    assert sorted({word for word in words if words.count(word) > 1}) == []
