"""Clusters of answers by wording: which answers belong together, what they share, how much to believe."""

import numbers
from dataclasses import replace

import numpy as np
import pandas as pd

from ..errors import InputError
from ..languages import find_language
from ..tables import list_texts, read_answers
from ..text import count_things
from ..wording import cosine, find_names, read_wording
from .clustering import Clustering
from .partition import PAIRS_LIMIT, choose_split, compare_with_shuffled, resample
from .terms import rank_terms, read_question
from .vectors import look_up_vectors

TREE_LIMIT = 300
NEARLY = 0.95
METHOD = "TF-IDF of stems and letters, normalised spectral cut, local moves on modularity"
LONG_METHOD = "TF-IDF of stems, truncated spectral cut, mixture of multinomials"


def cluster_answers(
    answers: pd.DataFrame, *, n_clusters: int | None = None, random_state: int = 0, vectors: bool = False
) -> Clustering:
    """Cluster answers by their wording and say how far the clusters can be believed.

    Parameters
    ----------
    answers : DataFrame
        A thread as `load_thread` gives it; only `text` is needed.
    n_clusters : int, optional
        How many clusters; by default the number with the highest modularity.
    random_state : int
        Seed of the shuffled words and of the resampling behind `stability`.
    vectors : bool
        Mix in what words mean, by static vectors (needs the extra ``pmm-analysis[vectors]``); for up to 1,000 answers.

    Returns
    -------
    Clustering
        Its `labels`, `info` (one row per cluster), `quality` (how much to believe) and what charts are drawn from.

    Raises
    ------
    InputError
        There is no column `text`, `n_clusters` is not between 1 and the number of answers, or vectors are asked for
        that are not installed or not meant for so many answers.

    Notes
    -----
    Words are stemmed and weighed by sublinear TF-IDF in which 100 pages of ordinary English stand beside the
    thread, since a dozen texts cannot tell rare words from common ones; in another language, stemmed as it is where
    Snowball can, a list of its common words stands for those pages. Letter sequences within words make a
    second similarity that counts half. The graph of similarities, without its diagonal, is cut by normalised
    spectral clustering (Ng, Jordan & Weiss 2002), then single answers move while that raises modularity. Above
    1,000 answers no matrix of pairs is made: a truncated spectral cut of the words starts a mixture of multinomials,
    and k is chosen on 3,000 answers.

    Modularity favours few clusters: in a long thread of many small topics, give `n_clusters`.

    Examples
    --------
    >>> texts = ["Cats purr.", "Ship the invoice today.", "A cat that purrs.", "Invoices ship on Monday."]
    >>> cluster_answers(pd.DataFrame({"text": texts})).labels.tolist()
    [1, 2, 1, 2]
    """
    from threadpoolctl import threadpool_limits

    table = read_answers(answers)
    _check_n_clusters(n_clusters, len(table))
    texts, names = list_texts(table), find_names(answers, table["text"])
    rng = np.random.default_rng(random_state)
    long = len(table) > PAIRS_LIMIT
    if long and vectors:
        reason = f"vectors are mixed in for up to {PAIRS_LIMIT:,} answers, these are {len(table):,}"
        raise InputError(reason, remedy="leave out vectors=True")
    with threadpool_limits(limits=1):
        least = max(2, len(table) // 4_000) if long else 1
        language = find_language(table)
        wording = read_wording(texts, without=names, letters=not long, least=least, language=language)
        if vectors:
            wording = replace(wording, meanings=look_up_vectors(wording.terms))
        blank = wording.counts.sum(axis=1) == 0
        distinct = len(set(texts)) if long else _count_distinct(wording.counts)
        labels, scores = choose_split(wording, distinct, n_clusters, rng)
        labels = _number_by_size(labels, blank)
        as_good = compare_with_shuffled(wording, rng) if distinct >= 4 else (0, 0)
        steady = resample(wording, labels, rng)
        tfidf, letters = wording.weigh_words(), wording.weigh_letters()
        similar = [(1.0, tfidf)] if long else [(2 / 3, tfidf), (1 / 3, letters)]
        placement, tree = _place(table, labels, similar), _link_tree(similar)
    method = LONG_METHOD if long else METHOD + ", static word vectors" * vectors
    curve = _tabulate_curve(scores, int(labels.max(initial=1)))
    terms = rank_terms(wording, texts, labels, question=read_question(answers))
    info = _describe_clusters(placement, steady, terms)
    return Clustering(
        labels=placement["cluster"].rename("cluster"),
        info=info,
        placement=placement,
        curve=curve,
        linkage=tree,
        quality=_judge(n_clusters, curve, as_good, info, method, int(blank.sum())),
        tfidf=tfidf,
        wording=wording,
    )


def _check_n_clusters(n_clusters, n):
    if n_clusters is None:
        return
    whole = isinstance(n_clusters, numbers.Integral) and not isinstance(n_clusters, bool)
    if not whole or not 1 <= n_clusters <= n:
        remedy = f"give a whole number from 1 to {n}, or leave it out" if n else "leave it out"
        raise InputError(f"n_clusters is {n_clusters!r}, but there are {n} answers", remedy=remedy)


def _count_distinct(counts):
    """How many answers differ in their words, blank ones left out."""
    rows = (slice(*counts.indptr[i : i + 2]) for i in range(counts.shape[0]))
    return len({(counts.indices[row].tobytes(), counts.data[row].tobytes()) for row in rows if row.start < row.stop})


def _number_by_size(labels, blank):
    """1 … k by size, ties by first answer; answers without a word join the largest."""
    found, first, size = np.unique(labels[~blank], return_index=True, return_counts=True)
    order = np.lexsort((first, -size))
    rank = np.ones(labels.max(initial=0) + 1, dtype=int)
    rank[found[order]] = np.arange(1, len(found) + 1)
    return np.where(blank, 1, rank[labels])


def _place(table, labels, similar):
    """How near each answer is to its own cluster and to the next one."""
    n, k = len(labels), labels.max(initial=0)
    member = np.eye(k)[labels - 1]
    size, own = member.sum(0), (np.arange(n), labels - 1)
    near = sum(weight * (rows @ (rows.T @ member)) for weight, rows in similar)
    near[own] -= sum(weight * rows.multiply(rows).sum(axis=1) for weight, rows in similar)
    closeness = (near[own] / np.maximum(size[labels - 1] - 1, 1)).round(9)  # two answers are as near to each other
    rival = np.where(member > 0, -np.inf, near / size).max(axis=1) if k > 1 else closeness
    judged = size[labels - 1] > 1
    silhouette = np.where(judged, (closeness - rival) / np.maximum(1 - np.minimum(closeness, rival), 1e-12), 0.0)
    columns = {
        "answer": table["answer"],
        "cluster": pd.array(labels, dtype="Int64"),
        "closeness": closeness,
        "silhouette": silhouette,
        "weak": judged & (silhouette <= 0) & (k > 1),
    }
    return pd.DataFrame(columns, index=table.index)


def _describe_clusters(placement, stability, terms):
    """One row per cluster."""
    clusters = placement.sort_values("closeness", ascending=False, kind="stable").groupby("cluster")
    info = pd.DataFrame({"size": clusters.size()}).reset_index()
    info["terms"] = [", ".join(term for term, *_ in ranked) for ranked in terms]
    info["silhouette"] = placement.groupby("cluster")["silhouette"].mean().to_numpy()
    info["stability"] = stability
    info["exemplar"] = clusters["answer"].first().to_numpy()
    return info.astype({"size": "Int64", "terms": "string", "stability": "float64", "exemplar": "Int64"})


def _link_tree(similar):
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    if not 2 <= similar[0][1].shape[0] <= TREE_LIMIT:
        return None
    alike = sum(weight * cosine(rows) for weight, rows in similar)
    apart = np.clip(1 - (alike + alike.T) / 2, 0, 1)
    np.fill_diagonal(apart, 0)
    return linkage(squareform(apart, checks=False), method="average")


def _tabulate_curve(curve, best):
    table = pd.DataFrame({"k": list(curve), "modularity": list(curve.values())})
    top = table["modularity"].max()
    return table.assign(chosen=table["k"] == best, near=table["modularity"] >= top - (1 - NEARLY) * abs(top))


def _judge(n_clusters, curve, as_good, info, method, blank):
    """What was done and how much to believe, as facts and as one sentence."""
    n, k = int(info["size"].sum()), len(info)
    near = curve["k"][curve["near"]]
    k_range = (int(near.min()), int(near.max()))
    beaten_by, copies = as_good
    structure = copies > 0 and beaten_by == 0 and k > 1
    if n_clusters is not None:
        reason = f"{n_clusters} asked for" + (f", but the answers differ enough for {k} only" if k < n_clusters else "")
    elif len(curve) == 1:
        reason = "fewer than four different answers cannot show clusters"
    else:
        reason = f"highest modularity among 1 to {curve['k'].max()} clusters; {_span(k_range)} do nearly as well"
    facts = {
        "n": n,
        "k": k,
        "k_range": k_range,
        "method": method,
        "reason": reason,
        "p": (1 + beaten_by) / (1 + copies),
        "copies": copies,
        "structure": structure,
        "modularity": float(curve["modularity"][curve["chosen"]].max()),
        "without_words": blank,
    }
    return facts | {"sentence": _say(facts, info, n_clusters is None)}


def _say(facts, info, chosen):
    n, k, copies, (low, high) = facts["n"], facts["k"], facts["copies"], facts["k_range"]
    answers = count_things(n, "answer")
    if n == 0:
        return "No answers: nothing to cluster."
    if k == 1:
        return f"{answers}: one cluster" + (", too few different texts to show more" if chosen else "") + "."
    clusters = f"{answers} fall into {k} clusters by wording"
    if chosen and low < high:
        clusters += f" ({_span((low, high))} would do nearly as well)"
    shuffled = f"of {copies} copies with the words shuffled between answers"
    if not facts["structure"]:
        as_strong = round(facts["p"] * (copies + 1)) - 1
        return f"{clusters}, but {as_strong} {shuffled} cluster as strongly: no structure beyond chance."
    steady = (info["stability"] * info["size"]).sum() / n
    overlap = f"resampled, a cluster overlaps with itself by {steady:.0%} on average"
    return f"{clusters}, more strongly than any {shuffled}; {overlap}."


def _span(k_range):
    low, high = k_range
    return f"{low}" if low == high else f"{low} to {high}"
