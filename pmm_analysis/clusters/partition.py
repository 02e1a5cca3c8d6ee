"""Splitting answers into groups by how alike they are, and telling whether chance would split them as well."""

import numpy as np
import scipy.sparse as sp
from scipy.linalg import qr, svd

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
    """Share of the links inside groups, minus the share expected by chance (Newman & Girvan 2004)."""
    total = links.sum()
    if total <= 0:
        return 0.0
    inside = links[labels[:, None] == labels].sum()
    return float(inside / total - ((np.bincount(labels, links.sum(1)) / total) ** 2).sum())


def move_answers(links, labels, k):
    """Move single answers to another group while that raises modularity; no group is emptied."""
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
    the words, fitted by classification EM (Celeux & Govaert 1992), which lets groups differ in size.

    Parameters
    ----------
    tfidf : scipy.sparse.csr_array, answers × terms, rows of unit length
    counts : scipy.sparse.csr_array, answers × terms, with common English words played down
    ks : collection of int
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
    """Log-probability of each term in each group."""
    sums = sums + PSEUDO_COUNT
    return np.log(sums / sums.sum(0))


def _settle(labels, k, rows, describe):
    """Give answers to the group that describes them best, describe the groups anew, until few answers move."""
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
    """How strongly each graph of a stack falls into groups: nearness of neighbours, best modularity."""
    axes = find_axes(links, k_max)
    nearest = links.max(-1).mean(-1)
    best = [
        max(modularity(graph, read_axes(vectors[:, :k])) for k in range(2, k_max + 1))
        for graph, vectors in zip(links, axes)
    ]
    return np.column_stack([nearest, best])
