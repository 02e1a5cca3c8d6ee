"""What clusters say, and answers under themes that a person names."""

import warnings
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_analysis.clusters import (
    assign_themes,
    cluster_answers,
    cluster_quotes,
    compare_question,
    tally_clusters,
    top_terms,
)
from pmm_analysis.codebook import load_codebook
from pmm_analysis.errors import InputError
from pmm_analysis.text import WORD, split_sentences
from pmm_analysis.threads.load import load_thread

THREAD = Path(__file__).parents[1] / "data" / "raw" / "hard_vs_soft_skills.txt"
THEMES = {
    "Soft skills": "Soft skills matter more than hard skills.",
    "Communication": "Communicate clearly and keep messages short.",
    "Customers": ["Be obsessed with the customer.", "Which value does the customer realize?"],
}


def table(texts):
    return pd.DataFrame({"text": texts})


@pytest.fixture(scope="module")
def real_answers():
    return load_thread(THREAD)


@pytest.fixture(scope="module")
def real_clusters(real_answers):
    return cluster_answers(real_answers, n_clusters=3)


def test_answers_about_soft_skills_of_the_real_thread_are_one_cluster_named_so(real_answers, real_clusters):
    assert real_clusters.info["terms"].iloc[0].startswith("soft skills")
    assert set(real_answers["answer"][real_clusters.labels == 1]) == {1, 2, 4, 5, 8, 7}


def test_quotes_are_verbatim_one_per_answer_and_begin_with_the_exemplar(real_answers, real_clusters):
    quotes = cluster_quotes(real_answers, real_clusters)
    text, expert = (real_answers.set_index("answer")[column] for column in ("text", "expert"))
    for row in quotes.itertuples():
        assert row.quote in text[row.answer]
        assert row.expert == expert[row.answer]
    assert not quotes["answer"].duplicated().any()
    assert quotes["answer"][quotes["rank"] == 1].tolist() == real_clusters.info["exemplar"].tolist()
    assert quotes.groupby("cluster").size().tolist() == [min(3, n) for n in real_clusters.info["size"]]


def test_terms_are_words_that_the_cluster_uses_more(real_answers, real_clusters):
    terms = top_terms(real_answers, real_clusters, n=4)
    assert (terms["share"] > terms["elsewhere"]).all()
    assert terms.groupby("cluster")["rank"].apply(list).tolist() == [[1, 2, 3, 4]] * 3
    assert not any(
        " " not in term and term in longer.split()
        for _, found in terms.groupby("cluster")["term"]
        for term in found
        for longer in found
        if " " in longer
    )


def test_only_the_cluster_about_soft_skills_speaks_to_the_question(real_answers, real_clusters):
    compared = compare_question(real_answers, real_clusters, load_codebook("hard_vs_soft_skills"))
    assert compared["cluster"].tolist() == [1, 2, 3]
    assert compared["speaks"].tolist() == [True, False, False]
    assert "soft" in compared["shared"].iloc[0]


def test_clusters_stand_beside_stances(real_answers, real_clusters):
    found = pd.Categorical(["soft"] * 6 + ["unaddressed"] * 6, ["soft", "hard", "unaddressed"])
    stances = pd.DataFrame({"stance": found}, index=real_answers.index)
    tally = tally_clusters(real_clusters, stances)
    assert tally[["soft", "hard", "unaddressed"]].sum().tolist() == [6, 0, 6]
    assert tally[["soft", "hard", "unaddressed"]].sum(axis=1).tolist() == tally["size"].tolist()


def test_words_of_the_question_do_not_name_a_cluster_unless_they_separate():
    texts = [
        "budget planning for launch webinars",
        "webinars and planning",
        "planning with recruits",
        "recruits interviews planning",
    ]
    answers = table(texts)
    answers.attrs["question"] = "How do you plan budget and webinars?"
    found = [terms.split(", ") for terms in cluster_answers(answers, n_clusters=2).info["terms"]]
    assert "webinars" in found[0] and "planning" not in found[0] and "planning" not in found[1]


def test_each_real_answer_gets_a_theme_with_a_margin_or_none(real_answers):
    placed = assign_themes(real_answers, THEMES)
    assert placed.index.equals(real_answers.index)
    theme = placed.set_index("answer")["theme"]
    assert theme[[1, 2, 5, 8]].tolist() == ["Soft skills"] * 4
    assert theme[11] == "Customers"
    assert placed["margin"].between(0, 1).all() and placed["similarity"].between(0, 1).all()
    assert (placed["theme"].fillna("") != placed["runner_up"]).all()


def test_an_answer_about_nothing_named_is_under_no_theme():
    placed = assign_themes(
        table(["Prices and discounts rise", "Discounts on prices", "Zebras graze", ""]),
        {"Money": "prices and discounts", "People": "hiring recruits"},
    )
    assert placed["theme"].fillna("none").tolist() == ["Money", "Money", "none", "none"]


def test_a_later_capture_is_placed_into_the_clusters_found_before(real_answers, real_clusters):
    known = real_answers.groupby(real_clusters.labels)["text"].agg(list)
    placed = assign_themes(real_answers, known)
    assert placed["theme"].astype("Int64").tolist() == real_clusters.labels.tolist()


def test_one_theme_takes_what_is_near_and_has_no_runner_up(real_answers):
    placed = assign_themes(real_answers, {"Soft skills": THEMES["Soft skills"]})
    assert set(placed["theme"].dropna()) == {"Soft skills"}
    assert placed["runner_up"].isna().all()


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_answers_are_placed_too(real_answers, n):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert assign_themes(real_answers.head(n), THEMES)["theme"].tolist() == ["Soft skills"] * n


@pytest.mark.parametrize(
    "themes, message",
    [
        ({}, "there are no themes"),
        (["soft", "hard"], "there are no themes"),
        ({"Soft": "", "Hard": "tools"}, "the theme 'Soft' has no words"),
        ({"Soft": []}, "the theme 'Soft' has no words"),
        ({"Soft": ["kind", None]}, "the theme 'Soft' has no words"),
        ({"Soft": 7}, "the theme 'Soft' has no words"),
    ],
)
def test_themes_that_cannot_be_used_are_one_clear_error(real_answers, themes, message):
    with pytest.raises(InputError, match=message):
        assign_themes(real_answers, themes)


def test_a_clustering_of_other_answers_is_one_clear_error(real_answers, real_clusters):
    for ask in (cluster_quotes, top_terms):
        with pytest.raises(InputError, match="the clusters are of other answers: 5 and 12 rows"):
            ask(real_answers.head(5), real_clusters)
    with pytest.raises(InputError, match="the stances are of other answers"):
        tally_clusters(real_clusters, pd.DataFrame({"stance": ["soft"]}))


def test_quotes_of_answers_without_words_are_left_out():
    answers = table(["", "!!!", "Prices rise.", "Prices fall."])
    quotes = cluster_quotes(answers, cluster_answers(answers))
    assert sorted(quotes["quote"]) == ["Prices fall.", "Prices rise."]


@pytest.mark.parametrize(
    "text, sentences",
    [
        ("One. Two!  Three?", ["One.", "Two!", "Three?"]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("First line\n\nsecond line", ["First line", "second line"]),
        ("$5 to $10 is v2.0 pricing", ["$5 to $10 is v2.0 pricing"]),
        ("  \n ", []),
    ],
)
def test_sentences_are_split_where_they_end(text, sentences):
    assert split_sentences(text) == sentences


@given(st.text(max_size=200))
def test_sentences_are_verbatim_and_no_word_is_lost(text):
    sentences = split_sentences(text)
    assert all(sentence in text for sentence in sentences)
    assert [word for sentence in sentences for word in WORD.findall(sentence)] == WORD.findall(text)


WORDS = st.sampled_from("price skill team Launch pmm $5 é 团队 don't C++ the of and https://a.b/c =SUM(A1) <b>".split())
TEXTS = st.lists(st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=40)), max_size=14)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_any_thread_is_clustered_quoted_and_placed_without_a_warning(texts):
    answers = table(pd.array(texts, dtype="string"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clusters = cluster_answers(answers)
        quotes = cluster_quotes(answers, clusters)
        placed = assign_themes(answers, {"Price": "the price", "Team": ["team", "团队"]})
    assert clusters.info["size"].sum() == len(texts) == len(placed)
    assert clusters.labels.value_counts(sort=False).sort_index().tolist() == clusters.info["size"].tolist()
    assert all(row.quote in texts[row.answer - 1] for row in quotes.itertuples())
    assert clusters.placement["silhouette"].between(-1, 1).all()
