"""Splitting a graph of similar answers into groups, and telling whether chance would split it as well."""

SWEEPS = 20


def scale_links(similarity):
    """Off-diagonal similarities over their mean, diagonal zero, for one or a stack of matrices."""
    import numpy as np

    n = similarity.shape[-1]
    links = np.array(similarity, dtype=float)
    links[..., np.arange(n), np.arange(n)] = 0
    mean = links.sum((-2, -1), keepdims=True) / max(n * (n - 1), 1)
    return links / np.where(mean > 0, mean, 1)


def find_axes(links, k):
    """The k leading eigenvectors of the normalised graph, for one or a stack of graphs."""
    import numpy as np

    root = 1 / np.sqrt(np.maximum(links.sum(-1), 1e-9))
    _, vectors = np.linalg.eigh(links * root[..., :, None] * root[..., None, :])
    return vectors[..., ::-1][..., :k]


def read_axes(axes):
    """Give each answer the axis it lies nearest to, after turning the axes by pivoted QR.

    Needs no random starts: the pivots are the k answers that differ most (Damle, Minden & Ying,
    *Simple, direct and efficient multi-way spectral clustering*, 2019).
    """
    import numpy as np
    from scipy.linalg import qr, svd

    k = axes.shape[1]
    pivots = qr(axes.T, mode="r", pivoting=True)[-1][:k]
    left, _, right = svd(axes[pivots].T)
    return np.abs(axes @ (left @ right)).argmax(axis=1)


def modularity(links, labels):
    """Share of the links inside groups, minus the share expected by chance (Newman & Girvan 2004)."""
    import numpy as np

    total = links.sum()
    if total <= 0:
        return 0.0
    inside = links[labels[:, None] == labels].sum()
    return float(inside / total - ((np.bincount(labels, links.sum(1)) / total) ** 2).sum())


def move_answers(links, labels, k):
    """Move single answers to another group while that raises modularity; no group is emptied."""
    import numpy as np

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
    import numpy as np

    axes = find_axes(links, max(ks))
    return {
        k: move_answers(links, read_axes(axes[:, :k]), k) if k > 1 else np.zeros(len(links), dtype=int) for k in ks
    }


def clustering_tendency(links, k_max):
    """How strongly each graph of a stack falls into groups: nearness of neighbours, best modularity."""
    import numpy as np

    axes = find_axes(links, k_max)
    nearest = links.max(-1).mean(-1)
    best = [
        max(modularity(graph, read_axes(vectors[:, :k])) for k in range(2, k_max + 1))
        for graph, vectors in zip(links, axes)
    ]
    return np.column_stack([nearest, best])


def compare_with_shuffled(tendency):
    """p-value of the first row of `tendency` among all rows, by the sum of the standardised columns."""
    import numpy as np

    spread = tendency.std(0)
    score = ((tendency - tendency.mean(0)) / np.where(spread > 0, spread, 1)).sum(1)
    return float((score >= score[0] - 1e-9).mean())
