"""What a clustering is: the labels of answers, what each cluster says, and how far to believe it."""

from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd
import scipy.sparse as sp

from ..wording import Wording


@dataclass(frozen=True, eq=False, repr=False)
class Clustering:
    """Clusters of answers by wording, made by `cluster_answers`.

    Attributes
    ----------
    labels : pandas.Series
        Cluster of each answer, 1 … k by size (ties: the cluster of the earlier answer first); index as `answers`.
    info : pandas.DataFrame
        One row per cluster.

        ============  ======  =====================================================================
        column        dtype   meaning
        ============  ======  =====================================================================
        cluster       int     number, 1 is the largest
        size          int     answers in it
        terms         string  up to five words or phrases that set it apart, the strongest first
        silhouette    float   mean silhouette of its answers, −1 … 1
        stability     float   how much of it is found again when answers and words are resampled, 0 … 1
        exemplar      Int64   number of the answer nearest to all others of the cluster
        ============  ======  =====================================================================
    placement : pandas.DataFrame
        One row per answer, index as `answers`: `cluster`, `closeness` (mean similarity to the rest of its
        cluster), `silhouette` (−1 … 1) and `weak` (another cluster is as near).
    curve : pandas.DataFrame
        One row per number of clusters tried: `k`, `modularity`, `chosen` and `near` (nearly as good).
    linkage : numpy.ndarray or None
        Average linkage on 1 − similarity, for a dendrogram; None for one answer and above 300.
    quality : dict
        `n`, `k`, `k_range` (nearly as good), `method`, `reason`, `modularity`, `copies` (threads with the
        words shuffled between answers), `p` (share of them, the thread itself included, that cluster at least as
        strongly), `structure` (bool: none of the copies does), `without_words` (answers that have none) and
        `sentence`: how much to believe, in words.
    """

    labels: pd.Series
    info: pd.DataFrame
    placement: pd.DataFrame
    curve: pd.DataFrame
    linkage: np.ndarray | None
    quality: dict
    tfidf: sp.csr_array
    wording: Wording

    @property
    def weights(self):
        """TF-IDF weights, answers × terms in full words, rows of unit length (sparse columns above a million cells)."""
        if self.tfidf.shape[0] * self.tfidf.shape[1] <= 1_000_000:
            return pd.DataFrame(self.tfidf.toarray(), index=self.labels.index, columns=self.wording.terms)
        return pd.DataFrame.sparse.from_spmatrix(self.tfidf, index=self.labels.index, columns=self.wording.terms)

    def __repr__(self):
        return f"{self.quality['sentence']}\n\n{self.info.to_string(index=False, float_format='%.2f')}"

    def _repr_html_(self):
        with pd.option_context("display.max_colwidth", None):
            table = self.info.to_html(index=False, float_format="%.2f")
        return f"<p>{escape(self.quality['sentence'])}</p>{table}"
