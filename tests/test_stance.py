import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_analysis.charts import highlight
from pmm_analysis.codebook.load import Codebook, Option, load_codebook
from pmm_analysis.codebook.style import style_stances
from pmm_analysis.stance.classify import classify_stances, stance_evidence
from pmm_analysis.stance.tallies import tally_stances
from pmm_analysis.threads.load import load_thread

ROOT = Path(__file__).parents[1]
REAL = ROOT / "data" / "raw" / "hard_vs_soft_skills.txt"
GOLD = ["soft", "soft", "unaddressed", "balanced", "hard", "unaddressed", "soft", "soft", *["unaddressed"] * 4]


def classify(*texts, codebook="hard_vs_soft_skills"):
    return classify_stances(pd.DataFrame({"text": list(texts)}), codebook)


def test_the_real_thread_is_read_as_a_person_reads_it():
    stances = classify_stances(load_thread(REAL), "hard_vs_soft_skills")
    right = sum(found == gold for found, gold in zip(stances["stance"].astype(str), GOLD))
    assert right >= 11


@pytest.mark.parametrize(
    "text, stance",
    [
        ("Soft skills, hands down.", "soft"),
        ("I'd take hard skills over soft skills any day.", "hard"),
        ("Hard skills are not more important than soft skills.", "soft"),
        ("It really depends on the team.", "balanced"),
        ("You need both soft skills and hard skills.", "balanced"),
        ("Soft skills lose more deals than hard skills.", "hard"),
        ("Soft skills could have been better.", "hard"),
        ("Soft skills have lost ground to hard skills.", "hard"),
        ("There are better alternatives to hard skills.", "soft"),
        ("It is better to avoid hard skills.", "soft"),
        ("Should we study soft skills", "unaddressed"),
        ("We tried to get by with hard skills.", "soft"),
        ("I set up ten calls in my first week.", "unaddressed"),
        ("The ad lists soft skills. It lists hard skills, too.", "unaddressed"),
        ("Hard skills, and I don't need the full hour for this one.", "hard"),
        ("The soft skills, for me. Nearly everything we do is a talk.", "soft"),
        ("Hard skills, provided there is a mentor for the rest.", "hard"),
        ("Soft skills over spreadsheets for me.", "soft"),
        ("I have a slight preference for hard skills.", "hard"),
        ("So my vote, after ten years of this: soft skills.", "soft"),
        ("If you have a week to decide, start with soft skills and add the rest.", "soft"),
        ("Hard skills cost less time than soft skills.", "hard"),
        ("Hard skills are the more dependable of the two.", "hard"),
        ("Having done both, I'm in the soft skills camp.", "soft"),
        ("I started out with hard skills and I wish I hadn't.", "soft"),
        ("We dropped hard skills from the ad last year.", "soft"),
        ("There is no course for soft skills.", "soft"),
        ("What decides it is whether the manager cares.", "balanced"),
        ("Half of us swear by soft skills and half by hard skills.", "balanced"),
        ("", "unaddressed"),
    ],
)
def test_plain_words_are_read_plainly(text, stance):
    assert classify(text)["stance"].tolist() == [stance]


@pytest.mark.parametrize(
    "bug, text, stance",
    [
        ("what's was no anchor", "What's scarce on a team is empathy, and people skills.", "soft"),
        ("though with a comma was a concession", "Overall, though, I'd say soft skills.", "soft"),
        ("even if was a condition", "I'd say try soft skills, even if they turn out not to be enough.", "soft"),
        ("never once was a condition", "Hard skills have never once saved a muddled launch.", "soft"),
        ("costs less was worse", "Soft skills cost less per hour than hard skills.", "soft"),
        ("in the first place was first", "Hard skills is how we met in the first place", "unaddressed"),
        ("there'd be was an order", "There'd be a shelf for hard skills there.", "unaddressed"),
        ("second shift was second", "The hard skills paid for a second shift.", "unaddressed"),
        ("and I was an afterthought", "Soft skills and I are often seen together.", "unaddressed"),
        ("team was a fan", "My support team spent half of its week on soft skills.", "unaddressed"),
        ("don't care was no difference", "Soft skills. I truly don't care, because the record is right.", "soft"),
        ("harm was more", "Hard skills do more harm than good.", "soft"),
    ],
)
def test_a_fixed_bug_stays_fixed(bug, text, stance):
    assert classify(text)["stance"].tolist() == [stance], bug


@pytest.mark.parametrize("word", ["listen", "listener", "listeners", "listened"])
def test_a_term_in_ing_is_known_by_its_verb_and_who_does_it(word):
    codebook = Codebook("b", "Which?", (Option("a", "Listening", ("listening",)), Option("b", "Tools", ("tools",))))
    assert classify(f"I hire for the {word} every time.", codebook=codebook)["stance"].tolist() == ["a"]


def name_options(question, teachable=False, **terms):
    options = tuple(Option(key, key.title(), tuple(words.split(", "))) for key, words in terms.items())
    return Codebook("made", question, options, teachable)


FIRMS = name_options("Small or large?", small="small firm, small firms", large="large firm, large firms")
AGENCY = name_options("Agency or freelancer?", agency="agency, agencies", freelancer="freelancer, freelancers")
SURVEY = name_options("Should PMs or PMMs run the survey?", pm="PM, PMs", pmm="PMM, PMMs")
DEPTH = name_options("Which one?", generalist="generalist, generalists", specialist="specialist, specialists")
MANAGER = name_options("Promote or hire?", promote="promote from within", outside="hire externally, outsider")


@pytest.mark.parametrize(
    "kind, codebook, right, text",
    [
        (
            "a plain last choice outweighs an anecdote",
            "hard_vs_soft_skills",
            "soft",
            "It reminds me of a riddle: a bad roof or a bad floor? In both cases you would rather move. In both cases "
            "there is no right answer. I would still pick the soft skills.",
        ),
        (
            "a sum outweighs an opening 'it depends'",
            "hard_vs_soft_skills",
            "soft",
            "As always, it really depends. In short: soft skills are the foundation, and many hard skills can sit "
            "with other teams.",
        ),
        (
            "a forced choice outweighs caveats",
            AGENCY,
            "agency",
            "It depends on a lot of things. Both have their place. Still, if you force me to choose just one, it's "
            "the agency.",
        ),
        (
            "what a colon announces is the answer",
            AGENCY,
            "agency",
            "I've gone back and forth on this. Where I come down, most days: agencies for the big launches, and "
            "freelancers get the rest.",
        ),
        (
            "a negation over a pair blames neither",
            "hard_vs_soft_skills",
            "soft",
            "This does not mean that soft and hard skills cannot be taught. If I had to pick one, I would pick soft "
            "skills.",
        ),
        (
            "developed over a life is not easily taught",
            "hard_vs_soft_skills",
            "soft",
            "Soft skills matter most to me. They are developed over a whole life.",
        ),
        ("hard to teach is no blame", "hard_vs_soft_skills", "soft", "Soft skills are very hard to teach."),
        ("too many is no wish", DEPTH, "generalist", "I think hiring too many specialists is a mistake."),
        (
            "needing one to do something is no preference",
            "pmm_reporting",
            "marketing",
            "Marketing. I need product to hold me accountable.",
        ),
        (
            "an option may be the whole first sentence",
            AGENCY,
            "agency",
            "Agency. I need somebody to hold accountable, and a freelancer is a friend.",
        ),
        ("an exception may follow", AGENCY, "agency", "Usually the agency, but for tiny budgets the freelancer."),
        (
            "fewer than a number compares nothing",
            "startup_or_big_company",
            "unaddressed",
            "By a startup I mean fewer than 50 people, and by a big company more than 500 people.",
        ),
        (
            "more than a number compares nothing",
            FIRMS,
            "balanced",
            "A small firm has less than 50 people and a large firm has more than 500. Both have managers.",
        ),
        (
            "comes down to an act is no 'it depends'",
            "hard_vs_soft_skills",
            "unaddressed",
            "For me, working with others comes down to understanding their goals.",
        ),
        (
            "boils down to a list is no 'it depends'",
            "hard_vs_soft_skills",
            "soft",
            "It boils down to four skills. Soft skills are a strong foundation, and many of the hard skills can be "
            "owned by other teams.",
        ),
        (
            "should never does not blame",
            SURVEY,
            "pm",
            "PMs should always run the survey (NPS) programme. PMs should never get second-hand numbers.",
        ),
        ("an option may stand in a hashtag", AGENCY, "agency", "I am definitely #teamagency."),
        (
            "love before a but is a concession",
            AGENCY,
            "agency",
            "I love freelancers, and they are a force multiplier, but a world of freelancers would get very little "
            "done. I have had a happy career with agencies.",
        ),
        (
            "not going back speaks against",
            AGENCY,
            "agency",
            "We had freelancers for three years. I would not go back to freelancers.",
        ),
        (
            "what is not missed speaks against",
            AGENCY,
            "agency",
            "We tried an agency and a freelancer. I kept the former and I haven't missed the latter.",
        ),
        (
            "a view that is taken back counts little",
            AGENCY,
            "unaddressed",
            "I nodded along for years when people said an agency is better than a freelancer. I don't any more.",
        ),
        ("a term may stand apart", MANAGER, "outside", "I prefer to hire managers externally."),
    ],
)
def test_kinds_that_real_answers_are_misread_by(kind, codebook, right, text):
    assert classify(text, codebook=codebook)["stance"].tolist() == [right], kind


@pytest.mark.parametrize(
    "text, codebook",
    [
        (
            "Back again, two jobs later. Last time I sat on the fence, and I've since come down from it: the people I "
            "was sorry to lose were the listeners.",
            "hard_vs_soft_skills",
        ),
        (
            "Startups are more exciting, I'll give you that. But there is a lot to be said for seeing how it is done "
            "properly before you are asked to make it up. I would tell a new grad to do the same.",
            "startup_or_big_company",
        ),
        ("It depends on the launch. All the same, I'd give it to the people down the hall.", AGENCY),
    ],
)
def test_what_the_rules_cannot_read_is_left_to_a_person(text, codebook):
    stances = classify(text, codebook=codebook)
    assert stances["review"][0] and stances["confidence"][0] == "low"


def test_an_answer_that_announces_another_question_is_told_from_one_without_a_pick():
    stances = classify("On tooling, since several of you asked: get a shared inbox.", "Ask whoever was there.")
    assert stances["stance"].tolist() == ["unaddressed", "unaddressed"]
    assert stances["confidence"].tolist() == ["medium", "low"]
    assert stances["review"].tolist() == [False, True]


def test_what_an_answer_ends_with_against_its_side_is_for_review():
    one, other = "Soft skills are far more important than hard skills.", "I would hire for hard skills, though."
    assert classify(one, f"{one} {other}")["review"].tolist() == [False, True]


def test_balance_at_the_start_of_a_long_answer_is_for_review():
    story = "We had a launch in the spring and everybody on the team had a view of it. " * 6
    stances = classify("It depends on the team and the role.", f"It depends on the team and the role. {story}")
    assert stances["stance"].tolist() == ["balanced"] * 2
    assert stances["review"].tolist() == [False, True]


def test_the_evidence_of_balance_is_a_sign_of_balance():
    stances = classify(
        "It depends on the team. I set up calls.", "Hard skills are important. Soft skills are important."
    )
    assert stances["stance"].tolist() == ["balanced"] * 2
    assert stances["evidence"].fillna("").tolist() == ["It depends on the team", ""]


def read_labelled(name, **known):
    """Stances of invented answers, with the labels of those who wrote them."""
    found = []
    for entry in json.loads((ROOT / "benchmarks" / name).read_text(encoding="utf-8")):
        if known.items() <= entry.items():
            words = [(key, (entry["options"][key]["label"], *entry["options"][key]["terms"])) for key in "AB"]
            start = int(name == "answers.json")
            options = tuple(Option(key, named[start], named[start:]) for key, named in words)
            codebook = Codebook("made", entry["question"], options, entry["teachable"])
            answers = pd.DataFrame(entry["answers"])
            answers = answers.assign(question=entry["question"]) if "known" in entry else answers
            gold = answers["label"].replace({"D": "balanced", "N": "unaddressed"})
            found.append(classify_stances(answers, codebook).assign(gold=gold))
    return pd.concat(found, ignore_index=True).astype({"stance": str, "confidence": str})


@pytest.mark.parametrize(
    "name, known, n, bands, flagged, escaped",
    [
        ("answers.json", {"read": False}, 224, {"high": [58, 61], "medium": [13, 16], "low": [5, 6]}, 122, 4),
        ("long_answers.json", {"known": "watched"}, 140, {"high": [23, 24], "medium": [5, 9], "low": [1, 3]}, 107, 1),
        ("long_answers.json", {"known": "unread"}, 70, {"high": [14, 15], "medium": [10, 11]}, 41, 2),
    ],
)
def test_bands_flags_and_escapes_are_those_of_the_readme(name, known, n, bands, flagged, escaped):
    read = read_labelled(name, **known)
    right = read["stance"].eq(read["gold"])
    sides = right[read["stance"].isin(["A", "B"])].groupby(read["confidence"]).agg(["sum", "count"])
    assert len(read) == n and sides.T.to_dict("list") == bands
    assert [read["review"].sum(), (~right & ~read["review"]).sum()] == [flagged, escaped]


def test_exchanging_the_options_exchanges_the_result():
    answers = load_thread(REAL)
    codebook = load_codebook("hard_vs_soft_skills")
    swapped = Codebook("swapped", codebook.question, codebook.options[::-1], teachable=codebook.teachable)
    one, other = classify_stances(answers, codebook), classify_stances(answers, swapped)
    assert one["stance"].astype(str).tolist() == other["stance"].astype(str).tolist()
    assert one["lean"].tolist() == (-other["lean"]).tolist()


def test_three_options_have_stances_but_no_lean():
    codebook = Codebook("places", "Where?", tuple(Option(k, k.title(), (k,)) for k in ("office", "home", "cafe")))
    stances = classify("Home is better than the office.", "The cafe, hands down.", codebook=codebook)
    assert stances["stance"].tolist() == ["home", "cafe"]
    assert stances["lean"].isna().all()


def test_evidence_quotes_are_the_words_of_the_text():
    answers = load_thread(REAL)
    evidence = stance_evidence(answers, "hard_vs_soft_skills")
    texts = answers.set_index("answer")["text"]
    assert len(evidence) > 10
    for row in evidence.itertuples():
        assert texts[row.answer][row.start : row.end] == row.quote


def test_an_empty_thread_gives_empty_tables():
    answers = pd.DataFrame({"text": pd.Series([], dtype="string")})
    stances = classify_stances(answers, "hard_vs_soft_skills")
    assert stances.empty and list(stances)[:10] == [
        "thread",
        "answer",
        "expert",
        "stance",
        "lean",
        "confidence",
        "review",
        "quote",
        "evidence",
        "coded_by",
    ]
    assert tally_stances(stances)["n"].tolist() == [0, 0, 0, 0]
    assert tally_stances(stances, by="experts")["n"].tolist() == [0, 0, 0, 0, 0]


def make_stances(rows):
    table = pd.DataFrame(rows, columns=["expert", "stance", "review", "truncated"])
    table["stance"] = pd.Categorical(table["stance"], ["soft", "hard", "balanced", "unaddressed"], ordered=True)
    return table


def test_answers_are_counted_with_how_far_the_count_could_move():
    tally = tally_stances(
        make_stances(
            [
                ("Ana", "soft", False, False),
                ("Ben", "soft", False, True),
                ("Cem", "hard", True, False),
                ("Dee", "unaddressed", False, False),
            ]
        )
    ).set_index("stance")
    assert tally.loc["soft"].tolist() == [2, 1, 3, 1]
    assert tally.loc["hard"].tolist() == [1, 0, 2, 0]
    assert tally.loc["unaddressed"].tolist() == [1, 1, 3, 0]


def test_an_expert_counts_once_and_two_minds_are_mixed():
    tally = tally_stances(
        make_stances(
            [
                ("Ana", "soft", False, False),
                ("Ana", "unaddressed", False, False),
                ("Ben", "soft", False, False),
                ("Ben", "hard", False, False),
                (pd.NA, "hard", False, False),
                (pd.NA, "hard", False, False),
            ]
        ),
        by="experts",
    ).set_index("stance")
    assert tally["n"].to_dict() == {"soft": 1, "hard": 2, "balanced": 0, "unaddressed": 0, "mixed": 1}
    assert tally.attrs["total"] == 4


PIECES = [
    "soft skills",
    "hard skills",
    "the craft",
    "empathy",
    "the former",
    "the other one",
    "it",
    "they",
    "and",
    "or",
    "but",
    "than",
    "better",
    "worse",
    "I'd pick",
    "over",
    "first",
    "can be taught",
    "not",
    "although",
    "if",
    "it depends",
    "both",
    "need",
    ".",
    "?",
    ",",
    ":",
    "hands down",
    "before",
    "without",
    "is",
    "are",
    "great",
    "\n\n",
    "people say",
    "$5 to $10",
    "İ",
    "🙂",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_exchanging_the_options_exchanges_the_result_for_any_text(text):
    codebook = load_codebook("hard_vs_soft_skills")
    swapped = replace(codebook, options=codebook.options[::-1])
    one, other = classify(text, codebook=codebook), classify(text, codebook=swapped)
    assert one["stance"].astype(str).tolist() == other["stance"].astype(str).tolist()
    assert one["lean"].tolist() == (-other["lean"]).tolist()
    assert one["confidence"].tolist() == other["confidence"].tolist()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_any_text_can_be_read_and_quotes_are_verbatim(text):
    for row in stance_evidence(pd.DataFrame({"text": [text]}), "hard_vs_soft_skills").itertuples():
        assert row.quote == text[row.start : row.end] and row.quote


def test_an_answer_to_another_question_is_unaddressed():
    text, question = "I'd start with a soft skill or two.", "Which books do you recommend?"
    answers = pd.DataFrame({"text": [text], "question": [question]})
    assert classify_stances(answers, "hard_vs_soft_skills")["stance"].tolist() == ["unaddressed"]


def test_cut_off_answers_are_for_review_unless_the_pick_is_said():
    answers = pd.DataFrame({"text": ["Soft skills, hands down.", "It depends on the team."], "truncated": True})
    assert classify_stances(answers, "hard_vs_soft_skills")["review"].tolist() == [False, True]


def test_the_wrong_codebook_takes_no_side():
    stances = classify_stances(load_thread(REAL), "startup_or_big_company")
    assert not stances["stance"].isin(["startup", "big_company"]).any()


@pytest.mark.parametrize(
    "text, stance",
    [
        ("I don't think soft skills are more important than hard skills.", "hard"),
        ("There is no doubt soft skills are better than hard skills.", "soft"),
        ("While soft skills are certainly important, I would prioritize hard skills.", "hard"),
        ("Hard skills can be taught.", "soft"),
        ("Soft skills for juniors, hard skills for seniors.", "balanced"),
        ("Hard skills? I used to think so.", "unaddressed"),
    ],
)
def test_negation_concession_and_conditions_are_understood(text, stance):
    assert classify(text)["stance"].tolist() == [stance]


def test_teachability_counts_only_where_the_codebook_says_so():
    codebook = replace(load_codebook("hard_vs_soft_skills"), teachable=False)
    assert classify("Hard skills can be taught.", codebook=codebook)["stance"].tolist() == ["unaddressed"]


def test_highlighting_escapes_html_and_mathematics():
    answers = pd.DataFrame({"text": ["<script>$5</script> Soft skills, hands down."]})
    shown = highlight(answers, classify_stances(answers, "hard_vs_soft_skills"), answer=1).data
    assert "<script>" not in shown and "<span>$</span>5" in shown and "<mark" in shown


def test_highlighting_has_the_colours_of_the_charts():
    answers = pd.DataFrame({"text": ["I'd go with hard skills. It depends."]})
    shown = highlight(answers, classify_stances(answers, "hard_vs_soft_skills"), answer=1).data
    styles = style_stances(load_codebook("hard_vs_soft_skills"))
    for stance in ("hard", "balanced"):
        red, green, blue = bytes.fromhex(styles[stance].fill.removeprefix("#"))
        assert f"rgba({red},{green},{blue},.3)" in shown
