"""The question, its options, and the words that name them."""

from .load import Codebook, Option, find_codebook, load_codebook, read_codebook

__all__ = ["Codebook", "Option", "find_codebook", "load_codebook", "read_codebook"]
