"""Splitting answers by how alike they are: which k fits, what chance would do, what resampling finds again."""

import numpy as np
import scipy.sparse as sp
from scipy.linalg import qr, svd

from ..wording import cosine, drop_words, shuffle_words

PAIRS_LIMIT = 1_000
MOST_CLUSTERS = 30
TRIALS, TRIAL_ANSWERS, TRIAL_CLUSTERS = (99, 39), (60, 120), 6
CHOICE_ANSWERS = 3_000
RESAMPLES, RESAMPLED_ANSWERS, KEPT = (20, 4), 1_000, 0.8
SWEEPS = 20
LOW_DEGREE = 0.1
PIVOT_ROWS = 4_000
PSEUDO_COUNT = 0.05
SETTLED = 0.001


def scale_links(similarity):
    """Off-diagonal similarities over their mean, diagonal zero, for one or a stack of matrices."""
    n = similarity.shape[-1]
    links = np.array(similarity, dtype=float)
    links[..., np.arange(n), np.arange(n)] = 0
    mean = links.sum((-2, -1), keepdims=True) / max(n * (n - 1), 1)
    return links / np.where(mean > 0, mean, 1)


def find_axes(links, k):
    """The k leading eigenvectors of the normalised graph, for one or a stack of graphs."""
    root = 1 / np.sqrt(np.maximum(links.sum(-1), 1e-9))
    _, vectors = np.linalg.eigh(links * root[..., :, None] * root[..., None, :])
    return vectors[..., ::-1][..., :k]


def read_axes(axes):
    """Give each answer the axis it lies nearest to, after turning the axes by pivoted QR.

    Needs no random starts: the pivots are the k answers that differ most (Damle, Minden & Ying,
    *Simple, direct and efficient multi-way spectral clustering*, 2019).
    """
    k = axes.shape[1]
    some = axes[:: -(-len(axes) // PIVOT_ROWS)]
    pivots = qr(some.T, mode="r", pivoting=True)[-1][:k]
    left, _, right = svd(some[pivots].T)
    return np.abs(axes @ (left @ right)).argmax(axis=1)


def modularity(links, labels):
    """Share of the links inside clusters, minus the share expected by chance (Newman & Girvan 2004)."""
    total = links.sum()
    if total <= 0:
        return 0.0
    inside = links[labels[:, None] == labels].sum()
    return float(inside / total - ((np.bincount(labels, links.sum(1)) / total) ** 2).sum())


def move_answers(links, labels, k):
    """Move single answers to another cluster while that raises modularity; none is emptied."""
    degree, labels = links.sum(1), labels.copy()
    gain = links - np.outer(degree, degree) / max(links.sum(), 1e-9)
    np.fill_diagonal(gain, 0)
    member = np.eye(k)[labels]
    pull, size = gain @ member, member.sum(0)
    for empty in np.flatnonzero(size == 0):
        mine = np.where(size[labels] > 1, pull[np.arange(len(labels)), labels], np.inf)
        _move(int(mine.argmin()), empty, labels, pull, size, gain)
    for _ in range(SWEEPS):
        moved = False
        for answer in range(len(labels)):
            here, there = labels[answer], pull[answer].argmax()
            if size[here] > 1 and pull[answer, there] > pull[answer, here] + 1e-9:
                _move(answer, there, labels, pull, size, gain)
                moved = True
        if not moved:
            break
    return labels


def _move(answer, there, labels, pull, size, gain):
    here = labels[answer]
    labels[answer] = there
    size[here] -= 1
    size[there] += 1
    pull[:, here] -= gain[:, answer]
    pull[:, there] += gain[:, answer]


def split_graph(links, ks):
    """Labels for every k asked for: ``{k: array of 0 … k - 1}``."""
    axes = find_axes(links, max(ks))
    return {k: move_answers(links, read_axes(axes[:, :k]), k) if k > 1 else np.zeros(len(links), dtype=int) for k in ks}


def split_texts(tfidf, counts, ks):
    """Labels for every k asked for, without a matrix of pairs: for thousands of answers.

    The same spectral cut as `split_graph`, by a truncated SVD of the TF-IDF rows over the roots of their degrees
    (low degrees raised, as Qin & Rohe 2013 advise), then spherical k-means, then a mixture of multinomials over
    the words, fitted by classification EM (Celeux & Govaert 1992), which lets clusters differ in size. In `counts`,
    also answers × terms, common English words are played down.
    """
    from sklearn.utils.extmath import randomized_svd

    most = min(max(ks), min(tfidf.shape) - 1)
    if most < 2:
        return {k: np.zeros(tfidf.shape[0], dtype=int) for k in ks}
    degree = tfidf @ tfidf.sum(axis=0)
    root = sp.diags_array(1 / np.sqrt(np.maximum(degree + LOW_DEGREE * degree.mean(), 1e-9)))
    axes, _, _ = randomized_svd(root @ tfidf, most, n_iter=4, random_state=0)
    splits = {}
    for k in ks:
        rows = axes[:, :k] / np.maximum(np.linalg.norm(axes[:, :k], axis=1, keepdims=True), 1e-12)
        labels = read_axes(rows) if k > 1 else np.zeros(len(axes), dtype=int)
        labels = _settle(labels, k, tfidf, lambda sums, labels: sums / np.maximum(np.linalg.norm(sums, axis=0), 1e-12))
        splits[k] = _settle(labels, k, counts, _log_odds)
    return splits


def modularity_of_texts(tfidf, labels):
    """`modularity` of the graph of cosines between the rows, without building it."""
    member = sp.csr_array((np.ones(len(labels)), labels, np.arange(len(labels) + 1)))
    sums = (tfidf.T @ member).toarray()
    itself = float(tfidf.multiply(tfidf).sum())
    linked = sums.T @ sums.sum(1) - member.T @ np.asarray(tfidf.multiply(tfidf).sum(axis=1)).ravel()
    total = linked.sum()
    return float(((sums**2).sum() - itself) / total - ((linked / total) ** 2).sum()) if total > 0 else 0.0


def _log_odds(sums, labels):
    """Log-probability of each term in each cluster."""
    sums = sums + PSEUDO_COUNT
    return np.log(sums / sums.sum(0))


def _settle(labels, k, rows, describe):
    """Give answers to the cluster that describes them best, describe the clusters anew, until few answers move."""
    columns, n = rows.T.tocsr(), len(labels)
    for _ in range(SWEEPS):
        member = sp.csr_array((np.ones(n), labels, np.arange(n + 1)), shape=(n, k))
        fit = rows @ describe((columns @ member).toarray(), labels)
        if describe is _log_odds:
            fit += np.log(np.maximum(np.bincount(labels, minlength=k), 0.5) / n)
        moved, labels = labels, fit.argmax(axis=1)
        if (moved != labels).mean() < SETTLED:
            break
    return labels


def clustering_tendency(links, k_max):
    """How strongly each graph of a stack falls into clusters: nearness of neighbours, best modularity."""
    axes = find_axes(links, k_max)
    nearest = links.max(-1).mean(-1)
    ks = range(2, k_max + 1)
    best = [max(modularity(graph, read_axes(rows[:, :k])) for k in ks) for graph, rows in zip(links, axes)]
    return np.column_stack([nearest, best])


def split_answers(wording, ks, counts=None):
    """Labels and modularity for every k: ``{k: (array of 0 … k - 1, float)}``.

    Threads whose letters were counted are cut as a graph of all pairs, in which links by word count double those
    by letter, and vectors as much as both; longer ones by their rows.
    """
    tfidf = wording.weigh_words(counts)
    if wording.letters is None:
        splits = split_texts(tfidf, wording.play_down(counts), ks)
        return {k: (labels, modularity_of_texts(tfidf, labels)) for k, labels in splits.items()}
    links = 2 * scale_links(cosine(tfidf)) + scale_links(cosine(wording.weigh_letters(counts)))
    if (meanings := wording.weigh_meanings(counts)) is not None:
        links = links + 3 * scale_links((meanings @ meanings.T).clip(min=0))
    return {k: (labels, modularity(links, labels)) for k, labels in split_graph(links, ks).items()}


def choose_split(wording, distinct, n_clusters, rng):
    """The split asked for, or the one of highest modularity: labels 0 … k - 1, and k -> modularity of every k tried."""
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
    """How many copies of the thread fall into clusters at least as strongly as the thread, and of how many.

    In the copies words have changed places between answers. How strongly answers fall into clusters is judged by how
    near the nearest neighbours are and by the best modularity of up to six clusters, over plain TF-IDF. Of a long
    thread, some answers drawn at random are judged: more of them, in fewer copies, where there are no letters to help.
    """
    counts = wording.counts
    copies, most = TRIALS[wording.letters is None], TRIAL_ANSWERS[wording.letters is None]
    n = min(counts.shape[0], most)
    if n < counts.shape[0]:
        counts = counts[np.sort(rng.choice(counts.shape[0], n, replace=False))]
    trials = shuffle_words(counts, copies, rng)
    links = 0
    for rows in (wording.weigh_stems(trials, copies + 1), wording.weigh_letters(trials, copies + 1)):
        if rows is not None:
            pairs = [cosine(rows[i * n : (i + 1) * n]) for i in range(copies + 1)]
            links = links + scale_links(np.stack(pairs))
    tendency = clustering_tendency(links, min(n // 2, TRIAL_CLUSTERS))
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
        counts = drop_words(wording.counts[rows], 1 - KEPT, rng)
        found, _ = split_answers(wording, [k], counts)[k]
        table = np.bincount((labels[rows] - 1) * k + found, minlength=k * k).reshape(k, k)
        jaccard = table / np.maximum(table.sum(0) + table.sum(1, keepdims=True) - table, 1)
        for cluster in np.flatnonzero(table.sum(1)):
            overlaps[cluster].append(jaccard[cluster].max())
    return [float(np.mean(values)) if values else 0.0 for values in overlaps]
