"""How alike answers are: TF-IDF of words and of letters, weighed against ordinary English."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import scipy.sparse as sp

from .text import ENGLISH, WORD, fold, is_common, load_shares, stem_word

PAGES = 100
FEW = 30
ELIDED = {
    language: re.compile(rf"(?<![^\W_])(?:{words})'(?=[^\W_])", re.I)
    for language, words in {
        "ca": "[dlmnst]",
        "fr": "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu",
        "it": "[cdlmnstv]|un|all|dall|dell|nell|sull|quest|quell",
    }.items()
}
WEB_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+\.\S+")


@dataclass(frozen=True, eq=False)
class Wording:
    """The words of n texts: what every TF-IDF here is computed from. Made by `read_wording`."""

    counts: sp.csr_array
    words: list[str]
    joins: sp.csr_array
    letters: sp.csr_array | None
    stems: list[str]
    terms: list[str]
    shares: np.ndarray
    meanings: np.ndarray | None = None
    language: str = ENGLISH

    @cached_property
    def column(self):
        """Word -> column of its stem."""
        return dict(zip(self.words, self.joins.indices.tolist()))

    @cached_property
    def little(self):
        """Columns of words that say little of a topic: common ones, contractions, single letters."""
        return {
            t for t, term in enumerate(self.terms) if len(term) < 2 or "'" in term or is_common(term, self.language)
        }

    def weigh_words(self, counts=None, copies=1):
        """TF-IDF of stems against ordinary pages, one row per text."""
        return weigh(self._join(counts, self.joins), self.shares, copies)

    def weigh_stems(self, counts=None, copies=1):
        """TF-IDF of stems by these texts alone."""
        return weigh(self._join(counts, self.joins), None, copies)

    def weigh_letters(self, counts=None, copies=1):
        """TF-IDF of letter sequences by these texts alone; None where letters were not counted."""
        return None if self.letters is None else weigh(self._join(counts, self.letters), None, copies)

    def weigh_meanings(self, counts=None):
        """Mean vector of the words of each text, weighed by TF-IDF, of unit length; None without vectors."""
        if self.meanings is None:
            return None
        rows = self.weigh_words(counts) @ self.meanings
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)

    def play_down(self, counts=None):
        """Counts of stems, each times how unusual it is in English (0 … 1)."""
        stems = self._join(counts, self.joins)
        unusual = np.log((PAGES + 1) / (PAGES * self.shares + 0.5)) / np.log((PAGES + 1) / 0.5)
        values = stems.data * np.maximum(unusual, 0)[stems.indices]
        return sp.csr_array((values, stems.indices, stems.indptr), shape=stems.shape)

    def _join(self, counts, columns):
        return ((self.counts if counts is None else counts) @ columns).tocsr()


def read_wording(texts, *, without=(), letters=True, least=1, language=ENGLISH):
    """Count the words of texts, join their forms and look up how common they are in their language.

    Left out are the lower-case words of `without`, such as the experts' names, and those that fewer than `least` texts
    use. With `letters`, letter sequences are counted too.
    """
    counts, words = count_words(texts, language)
    if without or least > 1:
        spread = np.bincount(counts.indices, minlength=len(words))
        kept = [i for i, word in enumerate(words) if spread[i] >= least and word not in without]
        counts, words = counts[:, kept], [words[i] for i in kept]
    joins, stems, terms = group_by_stem(words, counts.sum(0), language)
    shares = np.array([load_shares(language).get(stem, 0.0) for stem in stems])
    sequences = split_letters(words) if letters else None
    return Wording(counts, words, joins, sequences, stems, terms, shares, language=language)


def link_rows(texts, language=ENGLISH):
    """Rows whose inner products are links: similarity by word double, by letter single, each over its mean.

    Return the rows, texts × (stems and letter sequences), and what a text's link to itself would be.
    """
    wording, parts, scale = read_wording(texts, language=language), [], 0.0
    for weight, rows in ((2, wording.weigh_words()), (1, wording.weigh_letters())):
        mean = np.square(rows.sum(axis=0)).sum() - rows.multiply(rows).sum()
        weight /= max(mean / max(len(texts) * (len(texts) - 1), 1), 1e-9)
        parts.append(rows * weight**0.5)
        scale += weight
    return sp.hstack(parts, format="csr"), scale


def cosine(rows):
    """Similarities of all pairs of rows that have unit length."""
    if rows.shape[0] <= FEW:
        rows = rows.toarray()
        return rows @ rows.T
    return (rows @ rows.T).toarray()


def list_words(text, language=ENGLISH):
    """List the words of a text that TF-IDF weighs: those that begin with a letter, but no web or mail addresses.

    >>> list_words("See www.example.org: 5 PMs don’t use C++"), list_words("L’équipe d’abord", "fr")
    (['see', 'pms', "don't", 'use', 'c++'], ['équipe', 'abord'])
    """
    text = part_elided(fold(WEB_ADDRESS.sub(" ", text)), language)
    return [word for word in WORD.findall(text) if not word[0].isdigit()]


def part_elided(text, language):
    """Blank out the articles and pronouns that a language writes into the next word, as in "l'équipe"."""
    return ELIDED[language].sub(lambda match: " " * len(match[0]), text) if language in ELIDED else text


def count_words(texts, language=ENGLISH):
    """Count every word of every text: a sparse array of texts × words, and the words in alphabetical order."""
    column = {}
    listed = [[column.setdefault(word, len(column)) for word in list_words(text, language)] for text in texts]
    words = sorted(column)
    rank = np.argsort([column[word] for word in words])
    columns = rank[np.fromiter(chain.from_iterable(listed), dtype=np.int64)]
    ends = np.cumsum([0, *map(len, listed)])
    counts = sp.csr_array((np.ones(len(columns), dtype=np.int32), columns, ends), shape=(len(texts), len(words)))
    counts.sum_duplicates()
    return counts, words


def find_names(answers, texts):
    """Find the words of the experts' and companies' names that the texts never write in lower case.

    >>> import pandas as pd
    >>> sorted(find_names(pd.DataFrame({"expert": ["Will Bo", "Ana Ray"]}), ["Ana will say so."]))
    ['ana', 'bo', 'ray']
    """
    parts = set()
    for column in ("expert", "company", "formerly"):
        if column in answers:
            parts |= set(re.findall(r"[^\W\d_]\w+", " ".join(answers[column].astype("string").dropna())))
    if not parts:
        return frozenset()
    lower = set(re.findall(r"\b[^\W\d_A-Z]\w+", " ".join(texts)))
    return frozenset(part.lower() for part in parts if part.lower() not in lower)


def group_by_stem(words, uses, language=ENGLISH):
    """Join the forms of one word, by how often each word occurs.

    Return the joins, words × stems, the stems, and each stem's most used full form (ties: the shorter, then the
    alphabet).
    """
    stem_of = [stem_word(word, language) for word in words]
    best = {}
    for word, stem, n in zip(words, stem_of, np.asarray(uses).tolist()):
        best[stem] = min(best.get(stem, (0, 0, "")), (-n, len(word), word))
    stems = sorted(best)
    column = {stem: i for i, stem in enumerate(stems)}
    columns = np.fromiter((column[stem] for stem in stem_of), dtype=np.int64, count=len(words))
    joins = sp.csr_array((np.ones(len(words)), (np.arange(len(words)), columns)), shape=(len(words), len(stems)))
    return joins, stems, [best[stem][2] for stem in stems]


def split_letters(words, low=3, high=4):
    """Letter sequences of each word, its edges marked by a blank: words × sequences, as counts."""
    column, rows, columns = {}, [], []
    for row, word in enumerate(words):
        padded = f" {word} "
        for size in range(low, high + 1):
            for start in range(max(1, len(padded) - size + 1)):
                rows.append(row)
                columns.append(column.setdefault(padded[start : start + size], len(column)))
    return sp.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(words), len(column)))


def weigh(counts, shares=None, copies=1):
    r"""TF-IDF with rows of unit length: :math:`(1 + \ln tf) \cdot idf`.

    With `shares` of ordinary pages that contain each term, the document frequency is that of these texts and of 100
    pages of ordinary English together, :math:`idf = \ln\frac{n + 101}{df + 100\,share + 0.5}`: twelve texts cannot tell
    a rare word from a common one, and no stop list is needed. Without it, the smoothed idf of scikit-learn. The rows
    are so many `copies` of a thread, of equal length, each weighed by itself.
    """
    rows, terms = counts.shape
    n = rows // copies
    row_of = np.repeat(np.arange(rows), np.diff(counts.indptr))
    cell = (row_of // max(n, 1)) * terms + counts.indices
    df = np.bincount(cell, minlength=copies * terms)[cell]
    if shares is None:
        idf = np.log((1 + n) / (1 + df)) + 1
    else:
        idf = np.log((n + PAGES + 1) / (df + PAGES * np.asarray(shares)[counts.indices] + 0.5))
    values = (1 + np.log(counts.data)) * np.maximum(idf, 0)
    length = np.sqrt(np.bincount(row_of, values**2, minlength=rows))
    values = values / np.where(length > 0, length, 1)[row_of]
    return sp.csr_array((values, counts.indices, counts.indptr), shape=counts.shape)


def shuffle_words(counts, trials, rng):
    """The texts, and under them so many copies in which words have changed places between texts.

    Every word stays in as many texts, and every text keeps as many different words: two texts at a time pool the words
    that only one of them has and deal them out again (the curveball trade of Strona et al. 2014).
    """
    n = counts.shape[0]
    table, copies = counts.toarray(), [counts]
    for _ in range(trials):
        firsts, gaps = rng.integers(n, size=n), rng.integers(1, n, size=n)
        for first, second in zip(firsts, (firsts + gaps) % n):
            one, other = table[first], table[second]
            pool = rng.permutation(np.flatnonzero((one > 0) != (other > 0)))
            dealt, share = one[pool] + other[pool], np.count_nonzero(one[pool])
            one[pool[:share]], one[pool[share:]] = dealt[:share], 0
            other[pool[:share]], other[pool[share:]] = 0, dealt[share:]
        copies.append(sp.csr_array(table))
    return sp.vstack(copies, format="csr")


def drop_words(counts, share, rng):
    """The same counts with a random share of the words struck out everywhere."""
    kept = counts.copy()
    kept.data = np.where((rng.random(counts.shape[1]) >= share)[kept.indices], kept.data, 0)
    kept.eliminate_zeros()
    return kept
