"""Answers under the themes that a person names."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import scipy.sparse as sp

from ..errors import InputError
from ..languages import find_language
from ..tables import list_texts, read_answers
from ..text import WORD
from ..wording import link_rows

ROUNDS, NEAR_ENOUGH = 10, 0.5


def assign_themes(answers: pd.DataFrame, themes: Mapping) -> pd.DataFrame:
    """Place every answer under the nearest of the themes a person names, or under none.

    One sentence per theme is worth as much as the best clustering without a person. The same call places the
    answers of a later capture into clusters found before: pass each cluster's texts as its examples.

    Parameters
    ----------
    answers : DataFrame
        A thread as `load_thread` gives it; only `text` is needed.
    themes : mapping
        Name -> a sentence, or a list of sentences or example answers; `Codebook.themes` is one.

    Returns
    -------
    DataFrame
        One row per answer:

        ==========  =======  =======================================================================
        column      dtype    meaning
        ==========  =======  =======================================================================
        answer      Int64    number
        expert      string
        theme       string   nearest theme; missing if the answer is not half as near to any as two answers
                             are to each other on average
        similarity  float    to the theme's own words, 0 … 1
        margin      float    lead over the next theme, 0 (none) … 1
        runner_up   string   the next theme; missing if there is one theme only
        ==========  =======  =======================================================================

        Its index is that of `answers`.

    Raises
    ------
    InputError
        There is no column `text`, no theme, or a theme without words.

    Notes
    -----
    An answer goes where its mean similarity to the theme's own words and to the answers already placed there is
    greatest, each against its average; this is repeated until no answer moves.

    Examples
    --------
    >>> answers = pd.DataFrame({"text": ["Prices fell again.", "We hire two people.", "Pricing is hard."]})
    >>> assign_themes(answers, {"Money": "prices and pricing", "People": "hiring people"})["theme"].tolist()
    ['Money', 'People', 'Money']
    """
    from threadpoolctl import threadpool_limits

    table, examples = read_answers(answers), _read_themes(themes)
    names, n = list(examples), len(table)
    owner = np.repeat(np.arange(len(names)), [len(texts) for texts in examples.values()])
    with threadpool_limits(limits=1):
        known = [text for texts in examples.values() for text in texts]
        rows, scale = link_rows([*list_texts(table), *known], find_language(table))
        mine, theirs = rows[:n], rows[n:]
        given = sp.csr_array((1 / np.bincount(owner)[owner], (np.arange(len(owner)), owner)))
        named = mine @ (theirs.T @ given).toarray()
        itself = mine.multiply(mine).sum(axis=1)
        usual = (np.square(mine.sum(axis=0)).sum() - itself.sum()) / max(n * (n - 1), 1)
        fit, labels = named, named.argmax(axis=1)
        for _ in range(ROUNDS if n > 1 else 0):
            placed = sp.csr_array((np.ones(n), labels, np.arange(n + 1)), shape=(n, len(names)))
            pull = mine @ (mine.T @ placed).toarray() - placed.toarray() * itself[:, None]
            size = np.maximum(placed.sum(axis=0) - placed.toarray(), 1)
            fit = named / max(named.mean(), 1e-12) + pull / size / max(usual, 1e-12)
            before, labels = labels, fit.argmax(axis=1)
            if (before == labels).all():
                break
    order = np.argsort(-fit, axis=1, kind="stable")
    best, rows_of = np.take_along_axis(fit, order, axis=1), np.arange(n)
    name = np.array([*names, pd.NA], dtype=object)
    none = named.max(axis=1) <= (NEAR_ENOUGH * usual if n > 1 else 0)
    columns = {
        "answer": table["answer"],
        "expert": table["expert"],
        "theme": pd.array(name[np.where(none, -1, labels)], dtype="string"),
        "similarity": named[rows_of, labels] / scale,
        "margin": (best[:, 0] - best[:, 1]) / np.maximum(best[:, 0], 1e-12) if len(names) > 1 else 1.0,
        "runner_up": pd.array(name[order[:, 1]] if len(names) > 1 else [pd.NA] * n, dtype="string"),
    }
    return pd.DataFrame(columns, index=table.index)


def _read_themes(themes):
    """Name -> list of texts."""
    examples = {}
    for name, texts in themes.items() if hasattr(themes, "items") else ():
        texts = list(texts) if hasattr(texts, "__iter__") and not isinstance(texts, str) else [texts]
        if not all(isinstance(text, str) for text in texts) or not WORD.search(" ".join(texts)):
            raise InputError(f"the theme {name!r} has no words", remedy="give it a sentence or a list of sentences")
        examples[str(name)] = texts
    if not examples:
        raise InputError("there are no themes", remedy='pass {"Name": "one sentence", …}')
    return examples
