"""Clusters: twelve answers first, then every size and every odd thread."""

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pmm_analysis.clusters import partition
from pmm_analysis.clusters.cluster import cluster_answers
from pmm_analysis.errors import InputError
from pmm_analysis.threads.load import load_thread

THREAD = Path(__file__).parents[1] / "data" / "raw" / "hard_vs_soft_skills.txt"

TOPICS = {
    "price": [
        "Lower prices beat rivals on discounts",
        "Discounts and prices win the quarter",
        "Our prices need fewer discounts",
        "Rivals match prices with discounts",
    ],
    "hiring": [
        "Hiring senior recruits takes interviews",
        "Interviews reveal which recruits stay",
        "Recruits want shorter interviews",
        "Hiring means interviews with recruits",
    ],
    "launch": [
        "The launch calendar drives webinars",
        "Webinars open every launch",
        "A launch without webinars fails",
        "Plan webinars before the launch",
    ],
}


def table(texts):
    return pd.DataFrame({"text": texts})


@pytest.fixture(scope="module")
def real_answers():
    return load_thread(THREAD)


@pytest.fixture(scope="module")
def real_clusters(real_answers):
    return cluster_answers(real_answers)


@pytest.fixture(scope="module")
def three_topics():
    return cluster_answers(table([text for row in zip(*TOPICS.values()) for text in row]))


def test_real_thread_has_every_answer_in_one_numbered_cluster(real_answers, real_clusters):
    assert len(real_answers) == 12
    assert real_clusters.labels.index.equals(real_answers.index)
    sizes = real_clusters.labels.value_counts(sort=False).sort_index()
    assert sizes.index.tolist() == real_clusters.info["cluster"].tolist()
    assert sizes.tolist() == real_clusters.info["size"].tolist() == sorted(sizes, reverse=True)
    assert real_clusters.labels.iloc[0] == 1


def test_real_thread_says_how_much_to_believe(real_clusters):
    quality = real_clusters.quality
    assert quality["k"] == len(real_clusters.info)
    assert quality["k_range"][0] <= quality["k"] <= quality["k_range"][1]
    assert quality["sentence"].startswith(f"12 answers fall into {quality['k']} clusters by wording")
    assert ("no structure beyond chance" in quality["sentence"]) == (not quality["structure"])


def test_real_thread_has_a_tree_and_weights_for_its_charts(real_clusters):
    assert real_clusters.linkage.shape == (11, 4)
    weights = real_clusters.weights
    assert weights.index.equals(real_clusters.labels.index)
    assert (weights**2).sum(axis=1).tolist() == pytest.approx([1] * 12)
    assert "skills" in weights.columns and "skill" not in weights.columns


def test_topics_that_share_words_are_told_apart(three_topics):
    assert three_topics.labels.tolist() == [1, 2, 3] * 4
    assert three_topics.quality["k"] == 3
    assert three_topics.quality["structure"]
    assert [set(terms.split(", ")[:2]) for terms in three_topics.info["terms"]] == [
        {"prices", "discounts"},
        {"recruits", "interviews"},
        {"launch", "webinars"},
    ]


def test_shuffled_topics_have_no_structure():
    words = " ".join(text for texts in TOPICS.values() for text in texts).lower().split()
    dealt = cluster_answers(table([" ".join(words[i::12]) for i in range(12)]))
    assert not dealt.quality["structure"]
    assert "no structure beyond chance" in dealt.quality["sentence"]


@pytest.mark.parametrize(
    "n, sentence", [(0, "No answers: nothing to cluster."), (1, "1 answer: one cluster"), (2, "2 answers: one cluster")]
)
def test_too_few_answers_are_one_cluster(real_answers, n, sentence):
    clusters = cluster_answers(real_answers.head(n))
    assert clusters.labels.tolist() == [1] * n
    assert clusters.quality["sentence"].startswith(sentence)
    assert not clusters.quality["structure"]


@pytest.mark.parametrize(
    "texts",
    [
        ["The very same words"] * 12,
        ["the of and", "is it", "to a", "in on"],
        ["", " ", "...", "?!", "🙂🙂"],
        [" ".join(f"word{i % 900}" for i in range(50_000)), *(f"five plain words number {n}" for n in "abcdefghijk")],
        ["El equipo necesita habilidades", "Las habilidades del equipo", "Los datos del mercado", "Mercado y datos"],
        ["团队 需要 技能", "团队合作很重要", "市场 数据", "数据 决定 市场"],
        ["=SUM(A1)", "<b>bold</b> $x^2$", "C:\\temp\\x.txt", "\x00\x01 control", "https://example.com/a?b=c"],
        ["first words here", None, pd.NA, "last words here"],
    ],
    ids=["same", "stop words", "no words", "one long", "Spanish", "Chinese", "hostile", "missing"],
)
def test_odd_threads_give_a_label_to_every_answer_and_no_warning(texts):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clusters = cluster_answers(table(texts))
        repr(clusters), clusters._repr_html_(), clusters.weights
    assert len(clusters.labels) == len(texts)
    assert set(clusters.labels) == set(range(1, len(clusters.info) + 1))


def test_answers_that_are_all_the_same_are_one_cluster_even_if_more_are_asked_for():
    clusters = cluster_answers(table(["The very same words"] * 5), n_clusters=3)
    assert clusters.labels.tolist() == [1] * 5
    assert clusters.quality["reason"] == "3 asked for, but the answers differ enough for 1 only"


@pytest.mark.parametrize("n_clusters", [0, -1, 13, 2.5, "3", True])
def test_impossible_n_clusters_is_one_clear_error(real_answers, n_clusters):
    with pytest.raises(InputError, match="n_clusters is .* but there are 12 answers.*from 1 to 12"):
        cluster_answers(real_answers, n_clusters=n_clusters)


def test_a_table_without_text_is_one_clear_error():
    with pytest.raises(InputError, match="no column text"):
        cluster_answers(pd.DataFrame({"answer": [1]}))


@pytest.mark.parametrize("k", [1, 2, 5, 12])
def test_n_clusters_is_kept(real_answers, k):
    clusters = cluster_answers(real_answers, n_clusters=k)
    assert sorted(set(clusters.labels)) == list(range(1, k + 1))
    assert clusters.quality["reason"] == f"{k} asked for"


def test_labels_do_not_depend_on_the_seed(real_answers, real_clusters):
    assert cluster_answers(real_answers, random_state=7).labels.equals(real_clusters.labels)


def test_two_processes_and_other_thread_counts_print_the_same(real_clusters):
    code = (
        f"from pmm_analysis import cluster_answers, load_thread\n"
        f"c = cluster_answers(load_thread({str(THREAD)!r})); print(c); print(c.placement.to_string())"
    )
    expected = f"{real_clusters}\n{real_clusters.placement.to_string()}\n"
    for threads, seed in (("1", "1"), ("2", "2")):
        env = {
            "OPENBLAS_NUM_THREADS": threads,
            "OMP_NUM_THREADS": threads,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(THREAD.parents[2]),
            "PATH": "",
        }
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        assert done.stdout == expected


def many(n):
    """Answers of three topics in turn: four words of a topic's thirty and two of ten that all share."""
    import random

    draw = random.Random(0)
    return table(
        [" ".join(f"{topic}{draw.randrange(30)}" for topic in 3 * ["abc"[i % 3] * 3] + ["all"] * 2) for i in range(n)]
    )


@pytest.mark.parametrize("n", [999, 1_500])
def test_long_threads_keep_their_topics_with_and_without_pairs(n):
    clusters = cluster_answers(many(n), n_clusters=3)
    assert pd.crosstab(clusters.labels, [i % 3 for i in range(n)]).max(axis=1).sum() >= 0.98 * n
    assert clusters.quality["structure"]
    assert clusters.linkage is None


def test_a_thread_of_thousands_chooses_k_and_does_not_depend_on_the_seed():
    answers = many(2_000)
    one, other = (cluster_answers(answers, random_state=seed) for seed in (0, 1))
    assert one.quality["k"] == 3
    assert one.labels.equals(other.labels)
    assert one.weights.shape[0] == 2_000


@pytest.mark.parametrize(
    "texts", [["same words here"] * 1_200, [""] * 1_200, ["tea", "coffee"] * 600], ids=["same", "blank", "two"]
)
def test_thousands_of_answers_that_hardly_differ_are_no_error(texts):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clusters = cluster_answers(table(texts))
        two = cluster_answers(table(texts), n_clusters=2)
    assert len(clusters.info) == 1
    assert two.info["size"].sum() == 1_200


def test_modularity_without_the_matrix_of_pairs_is_the_same():
    import numpy as np
    import scipy.sparse as sp

    rows = np.random.default_rng(0).random((9, 5))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    links, labels = rows @ rows.T, np.arange(9) % 3
    np.fill_diagonal(links, 0)
    found = partition.modularity_of_texts(sp.csr_array(rows), labels)
    assert found == pytest.approx(partition.modularity(links, labels))


def test_shuffled_words_stay_in_as_many_answers_and_answers_keep_as_many_words():
    import numpy as np

    from pmm_analysis import wording as similarity

    counts, _ = similarity.count_words([text for texts in TOPICS.values() for text in texts])
    stack = similarity.shuffle_words(counts, 5, np.random.default_rng(0)).toarray().reshape(6, *counts.shape)
    assert (stack[0] == counts.toarray()).all()
    for copy in stack[1:]:
        assert ((copy > 0).sum(0) == (stack[0] > 0).sum(0)).all()
        assert ((copy > 0).sum(1) == (stack[0] > 0).sum(1)).all()
        assert (copy != stack[0]).any()


def test_common_words_weigh_little_even_where_one_answer_alone_has_them():
    weights = cluster_answers(table(["the webinar", "budget", "recruits"])).weights
    assert weights.loc[0, "the"] < 0.2 < weights.loc[0, "webinar"]


def test_modularity_of_two_separate_pairs_is_one_half():
    import numpy as np

    links = np.kron(np.eye(2), 1 - np.eye(2))
    assert partition.modularity(links, np.array([0, 0, 1, 1])) == pytest.approx(0.5)
    assert partition.modularity(links, np.array([0, 1, 0, 1])) == pytest.approx(-0.5)
    assert partition.modularity(links, np.array([0, 0, 0, 0])) == 0


def test_names_of_people_and_companies_do_not_become_terms():
    answers = table(
        [
            "Priya at Zendesk helped our roadmap",
            "Zendesk and Priya own the roadmap",
            "Budget talks with Priya went fine",
            "The Zendesk budget talks are over",
        ]
    )
    answers["expert"], answers["company"] = "Priya Rao", "Zendesk"
    clusters = cluster_answers(answers, n_clusters=2)
    assert clusters.labels.tolist() == [1, 1, 2, 2]
    assert not {"priya", "zendesk"} & set(", ".join(clusters.info["terms"]).split(", "))


# Static word vectors, an optional extra


class FakeTokenizer:
    def encode_batch(self, words, add_special_tokens):
        from types import SimpleNamespace

        return [SimpleNamespace(ids=[0] if word in {"cat", "kitten", "purr"} else [1]) for word in words]


def test_vectors_bring_answers_together_that_share_no_word(monkeypatch):
    from pmm_analysis.clusters import vectors

    monkeypatch.setattr(vectors, "_load_tables", lambda: (FakeTokenizer(), np.eye(2)))
    answers = pd.DataFrame({"text": ["A cat.", "An invoice.", "The kitten.", "A ledger.", "They purr.", "A budget."]})
    clustering = cluster_answers(answers, n_clusters=2, vectors=True)
    assert clustering.labels.tolist() == [1, 2, 1, 2, 1, 2]
    assert "static word vectors" in clustering.quality["method"]


def test_absent_vectors_are_one_clear_line(monkeypatch):
    from pmm_analysis.clusters import vectors

    vectors._load_tables.cache_clear()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"wordllama, which is not installed\. To fix it: install the extra"):
        cluster_answers(pd.DataFrame({"text": ["One cat.", "Two dogs."]}), vectors=True)


def test_vectors_for_too_many_answers_are_refused():
    with pytest.raises(InputError, match="up to 1,000 answers"):
        cluster_answers(pd.DataFrame({"text": ["One cat."] * 1001}), vectors=True)


def test_of_two_answers_that_are_as_near_to_each_other_the_earlier_one_is_the_exemplar():
    answers = table(
        ["Ship it.", "Prices of discounts, three!", "Ship it late.", "Discounts on prices, at once.", "Ship."]
    )
    clusters = cluster_answers(answers, n_clusters=2)
    assert clusters.labels.tolist() == [1, 2, 1, 2, 1]
    assert clusters.info["exemplar"].iloc[1] == 2
