"""How firm a split of answers is: which k fits, what chance would do, what resampling finds again."""

import numpy as np

from .. import wording as similarity
from . import partition

PAIRS_LIMIT = 1_000
MOST_CLUSTERS = 30
TRIALS, TRIAL_ANSWERS, TRIAL_CLUSTERS = (99, 39), (60, 120), 6
CHOICE_ANSWERS = 3_000
RESAMPLES, RESAMPLED_ANSWERS, KEPT = (20, 4), 1_000, 0.8


def link_answers(words, letters, meanings=None):
    """The graph that is cut: links by word count double, each kind over its mean; vectors as much as both."""
    by_word, by_letter = similarity.cosine(words), similarity.cosine(letters)
    links = 2 * partition.scale_links(by_word) + partition.scale_links(by_letter)
    return links if meanings is None else links + 3 * partition.scale_links((meanings @ meanings.T).clip(min=0))


def split_answers(wording, ks, counts=None):
    """Labels and modularity for every k: ``{k: (array of 0 … k - 1, float)}``.

    Threads whose letters were counted are cut as a graph of all pairs, longer ones by their rows.
    """
    tfidf = wording.weigh_words(counts)
    if wording.letters is None:
        splits = partition.split_texts(tfidf, wording.play_down(counts), ks)
        return {k: (labels, partition.modularity_of_texts(tfidf, labels)) for k, labels in splits.items()}
    links = link_answers(tfidf, wording.weigh_letters(counts), wording.weigh_meanings(counts))
    return {k: (labels, partition.modularity(links, labels)) for k, labels in partition.split_graph(links, ks).items()}


def choose_split(wording, distinct, n_clusters, rng):
    """The split asked for, or the one of highest modularity.

    Returns
    -------
    labels : array of 0 … k - 1
    curve : dict, k -> modularity of every k tried
    """
    n = wording.counts.shape[0]
    k_max = min(distinct // 2, max(6, round(n**0.5)), MOST_CLUSTERS)
    asked = [min(n_clusters, max(distinct, 1))] if n_clusters else []
    if wording.letters is not None:
        tried = split_answers(wording, sorted({*range(1, max(k_max, 1) + 1), *asked}))
    elif asked:
        tried = split_answers(wording, asked)
    else:
        ks = [k for k in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30) if k <= max(k_max, 1)]
        sample = rng.choice(n, min(n, CHOICE_ANSWERS), replace=False)
        curve = {k: score for k, (_, score) in split_answers(wording, ks, wording.counts[sample]).items()}
        asked = [max(curve, key=curve.get)]
        tried = {k: (None, score) for k, score in curve.items()} | split_answers(wording, asked)
    curve = {k: score for k, (_, score) in tried.items()}
    return tried[asked[0] if asked else max(curve, key=curve.get)][0], curve


def compare_with_shuffled(wording, rng):
    """How many copies of the thread fall into groups at least as strongly as the thread, and of how many.

    In the copies words have changed places between answers. How strongly answers fall into groups is judged by
    how near the nearest neighbours are and by the best modularity of up to six groups, over plain TF-IDF.
    Of a long thread, some answers drawn at random are judged: more of them, in fewer copies, where there are
    no letters to help.
    """
    counts = wording.counts
    copies, most = TRIALS[wording.letters is None], TRIAL_ANSWERS[wording.letters is None]
    n = min(counts.shape[0], most)
    if n < counts.shape[0]:
        counts = counts[np.sort(rng.choice(counts.shape[0], n, replace=False))]
    trials = similarity.shuffle_words(counts, copies, rng)
    links = 0
    for rows in (wording.weigh_stems(trials, copies + 1), wording.weigh_letters(trials, copies + 1)):
        if rows is not None:
            pairs = [similarity.cosine(rows[i * n : (i + 1) * n]) for i in range(copies + 1)]
            links = links + partition.scale_links(np.stack(pairs))
    tendency = partition.clustering_tendency(links, min(n // 2, TRIAL_CLUSTERS))
    spread = tendency.std(0)
    score = ((tendency - tendency.mean(0)) / np.where(spread > 0, spread, 1)).sum(1)
    return int((score[1:] >= score[0] - 1e-9).sum()), copies


def resample(wording, labels, rng):
    """Stability of each cluster: mean best Jaccard overlap over resampled answers and words (Hennig 2007)."""
    n, k = wording.counts.shape[0], int(labels.max(initial=0))
    if k < 2:
        return [1.0] * k
    size = max(k, round(min(n, RESAMPLED_ANSWERS) * KEPT))
    overlaps = [[] for _ in range(k)]
    for _ in range(RESAMPLES[wording.letters is None]):
        rows = np.sort(rng.choice(n, size, replace=False))
        counts = similarity.drop_words(wording.counts[rows], 1 - KEPT, rng)
        found, _ = split_answers(wording, [k], counts)[k]
        table = np.bincount((labels[rows] - 1) * k + found, minlength=k * k).reshape(k, k)
        jaccard = table / np.maximum(table.sum(0) + table.sum(1, keepdims=True) - table, 1)
        for cluster in np.flatnonzero(table.sum(1)):
            overlaps[cluster].append(jaccard[cluster].max())
    return [float(np.mean(values)) if values else 0.0 for values in overlaps]
