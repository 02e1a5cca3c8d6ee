"""What a person is quoted with beside a stance: whole sentences, verbatim, that speak for it and for nothing else."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_analysis import Study, classify_stances, highlight, load_codebook, load_thread, stance_evidence
from pmm_analysis.charts import chart_expert_page, chart_stance_tally
from pmm_analysis.codebook.load import Codebook, Option
from pmm_analysis.text import split_sentences

ROOT = Path(__file__).parents[1]
REAL = ROOT / "data" / "raw" / "hard_vs_soft_skills.txt"
BOOKS = {
    "career_start": "startup_or_big_company",
    "hard_vs": "hard_vs_soft_skills",
    "pmm_reporting": "pmm_reporting",
    "softhard": "hard_vs_soft_skills",
}
THREADS = [
    (path, BOOKS[key]) for path in sorted((ROOT / "tests/threads").glob("*.txt")) for key in BOOKS if key in path.stem
]


def name_options(teachable=False, **terms):
    return Codebook(
        "made", "Which?", tuple(Option(k, k.title(), tuple(words)) for k, words in terms.items()), teachable
    )


AGENCY = name_options(agency=["agency", "agencies"], freelancer=["freelancer", "freelancers"])
MANAGERS = name_options(pm=["PM", "PMs"], pmm=["PMM", "PMMs"])


def quote(text, codebook="hard_vs_soft_skills", **columns):
    """Give the stance of a text and its quote, or None."""
    row = classify_stances(pd.DataFrame({"text": [text], **{k: [v] for k, v in columns.items()}}), codebook).iloc[0]
    return row["stance"], None if pd.isna(row["quote"]) else row["quote"]


def assert_unassailable(quoted, text, stance, codebook):
    """Check that a quote is verbatim, closed, and read on its own is for its stance and for nothing more strongly."""
    plain = " ".join(text.split())
    assert all(piece.strip() in plain for piece in f"{quoted} ".split(" … ")), quoted
    assert (
        quoted.count("(") == quoted.count(")") and quoted.count('"') % 2 == 0 and quoted.count("“") == quoted.count("”")
    )
    assert len(quoted.split()) > 1
    alone = pd.DataFrame({"text": [quoted]})
    assert classify_stances(alone, codebook)["stance"].tolist() == [stance], quoted
    strongest = stance_evidence(alone, codebook).groupby("option")["weight"].max()
    assert strongest.get(stance, 0) == strongest.max(), quoted


def test_the_real_thread_is_quoted_with_hedges_conditions_and_attributions():
    stances = classify_stances(load_thread(REAL), "hard_vs_soft_skills").set_index("answer")
    quotes = stances.loc[stances["stance"].ne("unaddressed"), "quote"]
    assert quotes.notna().all() and stances.loc[stances["stance"].eq("unaddressed"), "quote"].isna().all()
    assert quotes[2] == "If I had to choose one I would (slightly) lean towards soft skills."
    assert "where a lot of hiring managers would edge towards" in quotes[5]
    assert quotes[1].startswith("It certainly depends but") and quotes[1].endswith(
        " … Also the more senior you get the more I like it flips."
    )
    assert "Especially at the more junior and even mid-management levels" in quotes[8]


@pytest.mark.parametrize("path, book", THREADS, ids=[path.stem for path, _ in THREADS])
@pytest.mark.filterwarnings("ignore")
def test_quotes_of_every_thread_are_verbatim_and_speak_for_their_label(path, book):
    answers = load_thread(path)
    for text, row in zip(answers["text"], classify_stances(answers, book).itertuples()):
        if isinstance(row.quote, str):
            assert_unassailable(row.quote, text, row.stance, book)


SENTENCES = [
    *(s for path, book in THREADS if "softhard" in path.stem for s in split_sentences(path.read_text("utf-8"))),
    "Soft skills.",
    "I'd lean (slightly) towards soft skills.",
    "But I would not go that far.",
    "If you are junior, hard skills.",
    "Use tools, e.g. spreadsheets, and hard skills first.",
    'My boss said: "Hard skills win. Always."',
    "Hard skills are better (see (a) and (b)",
    "I love hard skills,\nbut soft skills win.",
    "It depends.",
    "That said, both matter.",
    "1) Soft skills beat hard skills.",
    "“Soft skills matter more.",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.sampled_from([" ", "\n\n", "\n"]), st.booleans()
)
def test_a_quote_of_any_sentences_is_verbatim_and_never_turns(sentences, gap, truncated):
    text = gap.join(sentences)
    stance, quoted = quote(text, truncated=truncated)
    if quoted:
        assert_unassailable(quoted, text, stance, "hard_vs_soft_skills")


def test_quote_drops_hedge():
    text = "If I had to choose one I would (barely) lean towards soft skills. They open the first doors."
    assert quote(text) == ("soft", "If I had to choose one I would (barely) lean towards soft skills.")


def test_quote_stops_short():
    text = "Last time I sat on the fence, and I've since come down from it: I was sorry to lose the listeners."
    assert quote(text)[1] is None or quote(text)[1] == text


def test_quote_turned_round():
    conceded = (
        "Startups are more exciting, I'll give you that. But there is a lot to be said for seeing how it is done."
    )
    assert quote(conceded, "startup_or_big_company")[1] is None
    assert quote("I'd start at a startup, no question.", "startup_or_big_company")[1] is not None


def test_cut_word():
    text = "We shot it with the agency, and I would pick the agency again tomorr"
    assert quote(text, AGENCY, truncated=True)[1] == "We shot it with the agency, and I would pick the agency again …"


def test_a_bracket_is_no_end_of_a_quote():
    text = "PMs should always run the survey (NPS) programme. PMs should never get second-hand numbers."
    assert quote(text, MANAGERS)[1] == "PMs should always run the survey (NPS) programme."


@pytest.mark.parametrize("short", ["e.g.", "incl.", "U.S.", "i.e."])
def test_quote_abbreviation(short):
    text = f"I'd go with hard skills, {short} spreadsheets, for every launch. Cats purr."
    assert quote(text)[1] == f"I'd go with hard skills, {short} spreadsheets, for every launch."


@pytest.mark.parametrize(
    "text, quoted",
    [
        ("Soft skills! They carry you.", "Soft skills! They carry you."),
        (
            "Agile is fun. For the juniors I'd always pick soft skills. Unless the role is technical.",
            "For the juniors I'd always pick soft skills. Unless the role is technical.",
        ),
        (
            "In a bank things differ. I'd pick hard skills there.",
            "In a bank things differ. I'd pick hard skills there.",
        ),
        ("For engineers:\n- I'd pick hard skills.\n- Be kind.", "For engineers: … I'd pick hard skills."),
        (
            "I'd pick soft skills.\n\nTea is nice.\n\nFor directors it flips.",
            "I'd pick soft skills. … For directors it flips.",
        ),
        ("Which one? Soft skills, always.", "Which one? Soft skills, always."),
        ("If I had to choose\nI would pick soft skills.", "If I had to choose I would pick soft skills."),
    ],
)
def test_what_would_halve_a_sentence_is_quoted_with_it(text, quoted):
    assert quote(text) in (("soft", quoted), ("hard", quoted))


@pytest.mark.parametrize(
    "text",
    [
        "Some say soft skills are more important than hard skills. I don't buy it.",
        "Most people think soft skills are more important than hard skills.",
        "I used to think soft skills are more important than hard skills.",
        "I love soft skills, I really do. They are lovely. But after two years I would not go back.",
        "Why soft skills over hard skills?",
        "Soft",
    ],
)
def test_a_view_that_is_reported_given_up_or_taken_back_is_no_quote(text):
    assert quote(text)[1] is None


@pytest.mark.parametrize(
    "text",
    [
        "It depends on so many things. Still, if you force me to choose, it's empathy.",
        "It depends. In short: soft skills.",
        "My first thirty days always look the same.",
        "It depends on the level:",
    ],
)
def test_no_quote_says_both_for_a_person_who_picks_or_speaks_of_something_else(text):
    stance, quoted = quote(text)
    assert stance != "balanced" or quoted is None


def test_charts_quote_whole_sentences_or_say_that_there_is_none():
    texts = ["I would (slightly) lean towards soft skills.", "Some people say hard skills are better than soft skills."]
    answers = pd.DataFrame({"text": texts, "expert": ["Ana", "Ana"]})
    study = Study(answers, "hard_vs_soft_skills")
    assert study.stances["quote"].isna().tolist() == [False, True]
    page, tally = chart_expert_page(study, expert="Ana"), chart_stance_tally(study)
    assert f"“{texts[0]}”" in page.alt and "no sentence says it outright" in page.alt
    assert f"Strongest quotes: “{texts[0]}”" in tally.notes and texts[1] not in tally.notes
    assert "quote" in page.table and "evidence" not in page.table
    shown = [re.sub(r"<[^>]+>", " ", highlight(answers, study.stances, answer=n).data) for n in (1, 2)]
    assert f"“{texts[0]}”" in shown[0] and "no sentence says it outright" in shown[1]


def test_the_strongest_quotes_are_the_surest():
    study = Study(pd.DataFrame({"text": ["Soft skills.", "Hard skills, hands down."]}), "hard_vs_soft_skills")
    sure = study.stances.assign(confidence=study.stances["confidence"].mask([True, False], "low"), lean=[0.9, -0.5])
    notes = chart_stance_tally(Study(study.answers, load_codebook("hard_vs_soft_skills"), stances=sure)).notes
    assert notes.index("Hard skills") < notes.rindex("Soft skills.")
