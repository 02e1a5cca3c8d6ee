"""Static word vectors, where the optional package that ships them is installed; nothing is fetched."""

import functools
from pathlib import Path

import numpy as np

from ..errors import InputError

REMEDY = 'install the extra: pip install "pmm-analysis[vectors]"'


def look_up_vectors(words):
    """Look up what words mean: the mean vector of their tokens in WordLlama, less the mean of all these words.

    What all words share says nothing about their differences (Mu & Viswanath 2018, "All-but-the-top"). Only the files
    inside the package are read; its own loader would ask a hub for a file that is there already.
    """
    tokenizer, table = _load_tables()
    tokens = [encoded.ids for encoded in tokenizer.encode_batch(words, add_special_tokens=False)] if words else []
    rows = np.array([table[ids].mean(axis=0) if ids else np.zeros(table.shape[1]) for ids in tokens])
    return rows - rows.mean(axis=0) if len(rows) else rows


@functools.cache
def _load_tables():
    from importlib.util import find_spec

    spec = find_spec("wordllama")
    if spec is None:
        raise InputError("vectors=True needs the package wordllama, which is not installed", remedy=REMEDY)
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    home = Path(spec.submodule_search_locations[0])
    (tables,) = load_file(home / "weights" / "l2_supercat_256.safetensors").values()
    return Tokenizer.from_file(str(home / "tokenizers" / "l2_supercat_tokenizer_config.json")), tables.astype("float64")
