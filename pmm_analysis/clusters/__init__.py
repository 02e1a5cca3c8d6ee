"""Answers that share words: clusters, their terms and quotes; and themes that a person names."""

from .cluster import Clustering, cluster_answers
from .themes import assign_themes, cluster_quotes, compare_question, tally_clusters, top_terms

__all__ = [
    "Clustering",
    "assign_themes",
    "cluster_answers",
    "cluster_quotes",
    "compare_question",
    "tally_clusters",
    "top_terms",
]
