"""Answers that share words: clusters, their terms and quotes; and themes that a person names."""

from .cluster import cluster_answers
from .clustering import Clustering
from .terms import cluster_quotes, compare_question, tally_clusters, top_terms
from .themes import assign_themes
