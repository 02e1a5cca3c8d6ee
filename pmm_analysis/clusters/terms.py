"""What clusters say: their terms, verbatim quotes, and how they stand to the question and to stances."""

import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..codebook.load import Codebook, read_codebook
from ..errors import InputError
from ..tables import check_pair, check_table, list_texts, name_column, read_answers
from ..text import WORD, split_sentences
from ..wording import PAGES, list_words, part_elided, read_wording
from .clustering import Clustering

CANDIDATES, READ_PER_CLUSTER = 30, 100
CAPITAL_NOUNS = ("de",)
QUESTION_GAP = 0.5


class Scores(NamedTuple):
    """How many answers of each cluster use each term, the share of them and of all others, and what that is worth."""

    inside: np.ndarray
    share: np.ndarray
    elsewhere: np.ndarray
    score: np.ndarray


def read_question(answers):
    """The words of every question that the thread states."""
    stated = [answers.attrs.get("question")]
    if "question" in answers:
        stated += answers["question"].dropna().unique().tolist()
    return " ".join(str(question) for question in stated if question)


def rank_terms(wording, texts, labels, *, question="", n=5):
    """Words and phrases that set clusters apart.

    Class-based TF-IDF (Grootendorst 2022) over the share of a cluster's answers that use a word, less the
    share elsewhere, weighed by how unusual the word is in English; words of one answer come after shared ones.
    Words of the question count only if they separate; two terms that stand side by side become a phrase, which
    stands for both; names and words that say little are used only where there is nothing else. Each cluster gets a
    list of (term, share, elsewhere, score).
    """
    scores, ranked = _score_terms(wording, labels, question), []
    for c, size in enumerate(np.bincount(labels)[1:]):
        told_once = (scores.inside[c] < 2) & (size > 1)
        order = np.lexsort((-scores.score[c], told_once)).tolist()
        best = [t for t in order if scores.score[c, t] > 0][:CANDIDATES]
        members = [texts[i] for i in np.flatnonzero(labels == c + 1)[:READ_PER_CLUSTER]]
        named = _name_terms(wording, members, best)[:n]
        ranked.append([(term, *(float(table[c, t]) for table in scores[1:])) for t, term in named])
    return ranked


def _score_terms(wording, labels, question):
    used = (wording.counts @ wording.joins).tocsr()
    used.data = np.ones_like(used.data)
    k = int(labels.max(initial=0))
    member = np.eye(k)[labels - 1]
    size, inside = member.sum(0), (used.T @ member).T
    share = inside / size[:, None]
    elsewhere = (inside.sum(0) - inside) / np.maximum(len(labels) - size, 1)[:, None]
    rarity = np.log(1 + share.sum() / max(k, 1) / np.maximum(share.sum(0), 1e-12))
    unusual = np.maximum(np.log((PAGES + 1) / (PAGES * wording.shares + 0.5)), 0)
    score = (share - elsewhere) * rarity * unusual / (2 + unusual)
    for column in {wording.column[word] for word in list_words(question, wording.language) if word in wording.column}:
        score[share[:, column] - elsewhere[:, column] < QUESTION_GAP, column] = 0
    return Scores(inside, share, elsewhere, score)


def _name_terms(wording, texts, best):
    """Give the best terms of some texts in words: as acronyms, in phrases, names and little words last of all."""
    telling = set(best) - wording.little
    parted = [part_elided(text.replace("’", "'"), wording.language) for text in texts]
    spoken = [_find_terms(text, telling, wording.column) for text in parted]
    names, acronyms = _read_case(spoken)
    shown = {t: wording.terms[t].upper() if t in acronyms else wording.terms[t] for t in best}
    if nouns := wording.language in CAPITAL_NOUNS:
        shown |= {t: shown[t].capitalize() for t in names - acronyms}
        names = set()
    phrases = _find_phrases(spoken, str if nouns else str.lower)
    return _join_phrases([t for t in best if t in telling - names] or best, phrases, shown)


def _find_terms(text, terms, column):
    """List where a text uses some terms: the term, what stands before it, what since the last one, and its word."""
    found, after = [], 0
    for token in WORD.finditer(text):
        t, (start, end) = column.get(token.group().lower()), token.span()
        if t in terms:
            found.append((t, text[max(0, start - 3) : start], text[after:start], token.group()))
            after = end
    return found


def _read_case(spoken):
    """Tell terms that are always written like a name inside a sentence, and those mostly written as acronyms."""
    named, plain, acronyms = set(), set(), Counter()
    for t, before, _, word in (term for terms in spoken for term in terms):
        acronyms[t] += 1 if word.isupper() else -1
        if word.isupper() or word.islower():
            plain.add(t)
        elif re.search(r"[\w,;]\s*$", before):
            named.add(t)
    return named - plain, {t for t, n in acronyms.items() if n > 0}


def _find_phrases(spoken, write):
    """Give pairs of terms that stand side by side about as often as apart, as they are mostly written."""
    together, seen, written = Counter(), Counter(), defaultdict(Counter)
    for terms in spoken:
        side_by_side = set()
        for (one, *_, first), (other, _, between, second) in pairwise(terms):
            if one != other and between in (" ", "-"):
                side_by_side.add((one, other))
                words = [word if word.isupper() else write(word) for word in (first, second)]
                written[one, other][" ".join(words)] += 1
        seen.update({term[0] for term in terms})
        together.update(side_by_side)
    return {
        pair: min(written[pair], key=lambda words: (-written[pair][words], words))
        for pair, n in together.items()
        if n >= 2 and n >= min(seen[pair[0]], seen[pair[1]]) / 2
    }


def _join_phrases(best, phrases, terms):
    """Terms in order of rank, where a word inside a phrase gives way to the phrase."""
    joined, spent = [], set()
    for t in best:
        if t in spent:
            continue
        pair = next((pair for pair in phrases if t in pair and set(pair) <= set(best)), None)
        joined.append((t, phrases[pair] if pair else terms[t]))
        spent |= set(pair) if pair else {t}
    return joined


def top_terms(answers: pd.DataFrame, clustering: Clustering, *, n: int = 10) -> pd.DataFrame:
    """Rank up to n words and phrases that set each cluster apart, with the figures behind their order.

    These are `share` (of the cluster's answers that use the word; for a phrase, its rarer word), `elsewhere` (share of
    all other answers) and `score` (class-based TF-IDF).

    >>> from pmm_analysis.clusters import cluster_answers
    >>> answers = pd.DataFrame({"text": ["Cats purr.", "Ship the invoice.", "A cat purrs.", "Invoices ship late."]})
    >>> top_terms(answers, cluster_answers(answers), n=2)["term"].tolist()
    ['cat purrs', 'invoice', 'ship']
    """
    table = _read_clustered(answers, clustering)
    labels = clustering.labels.to_numpy(dtype=int)
    ranked = rank_terms(clustering.wording, list_texts(table), labels, question=read_question(answers), n=n)
    rows = [(c, r, *term) for c, terms in enumerate(ranked, 1) for r, term in enumerate(terms, 1)]
    frame = pd.DataFrame(rows, columns=["cluster", "rank", "term", "share", "elsewhere", "score"])
    return frame.astype({"cluster": "Int64", "rank": "Int64", "term": "string"})


def cluster_quotes(answers: pd.DataFrame, clustering: Clustering, *, n: int = 3) -> pd.DataFrame:
    """Quote the sentences that say best what each cluster says, verbatim, one per answer.

    Parameters
    ----------
    answers : DataFrame
        The thread that was clustered.
    clustering : Clustering
        From `cluster_answers`.
    n : int
        At most so many quotes per cluster.

    Returns
    -------
    DataFrame
        `cluster`, `rank` (1 is the exemplar), `answer`, `expert`, `quote` (a sentence as it stands in `text`).
        Answers stand in order of how near they are to the rest of their cluster; those without a word are left out.

    Raises
    ------
    InputError
        The clustering is not of these answers.

    Examples
    --------
    >>> from pmm_analysis.clusters import cluster_answers
    >>> texts = ["Hello. Cats purr.", "Ship the invoice.", "A cat purrs.", "Invoices ship late."]
    >>> answers = pd.DataFrame({"text": texts})
    >>> cluster_quotes(answers, cluster_answers(answers), n=1)["quote"].tolist()
    ['Cats purr.', 'Ship the invoice.']
    """
    table, column, rows = _read_clustered(answers, clustering), clustering.wording.column, []
    language = clustering.wording.language
    for cluster, members in clustering.placement.reset_index(drop=True).groupby("cluster"):
        centre = np.asarray(clustering.tfidf[members.index.to_numpy()].mean(axis=0)).ravel()
        nearest = members.sort_values("closeness", ascending=False, kind="stable").index
        told = [answer for answer in table.iloc[nearest].itertuples() if WORD.search(answer.text)]
        for rank, answer in enumerate(told[:n], 1):
            sentences = [sentence for sentence in split_sentences(answer.text) if WORD.search(sentence)]
            quote = max(sentences, key=lambda sentence: _weigh_sentence(list_words(sentence, language), centre, column))
            rows.append((cluster, rank, answer.answer, answer.expert, quote))
    frame = pd.DataFrame(rows, columns=["cluster", "rank", "answer", "expert", "quote"])
    return frame.astype({"cluster": "Int64", "rank": "Int64", "answer": "Int64", "expert": "string", "quote": "string"})


def _weigh_sentence(words, centre, column):
    return sum(centre[t] for t in {column[word] for word in words if word in column}) / max(len(words), 5) ** 0.5


def check_clustering(clustering):
    """Raise InputError unless this is a clustering; return it."""
    if not isinstance(getattr(clustering, "labels", None), pd.Series):
        reason = f"the clustering is of type {type(clustering).__name__}"
        raise InputError(reason, remedy="pass what cluster_answers returns")
    return clustering


def _read_clustered(answers, clustering):
    """Give the answers' columns that are needed; raise InputError unless it was these that were clustered."""
    table = read_answers(answers)
    check_pair(table, check_clustering(clustering).labels, "the clusters")
    return table


def compare_question(answers: pd.DataFrame, clustering: Clustering, codebook: Codebook | str | Path) -> pd.DataFrame:
    """Tell which clusters speak to a codebook's question.

    Parameters
    ----------
    answers : DataFrame
        The thread that was clustered.
    clustering : Clustering
        From `cluster_answers`.
    codebook : Codebook, str or Path
        Its question and the words of its options are what answers are compared with.

    Returns
    -------
    DataFrame
        One row per cluster: `cluster`, `size`, `terms`, `similarity` (mean cosine of its answers with the
        question's words), `against_thread` (that mean over the mean of the whole thread), `speaks` (bool: above the
        thread's mean) and `shared` (the words that carry most of it).

    Raises
    ------
    InputError
        The clustering is not of these answers, or there is no such codebook.

    Examples
    --------
    >>> from pmm_analysis.clusters import cluster_answers
    >>> texts = ["Soft skills first.", "Invoices ship late.", "Hard skills, soft skills.", "Ship an invoice."]
    >>> answers = pd.DataFrame({"text": texts})
    >>> compare_question(answers, cluster_answers(answers), "hard_vs_soft_skills")[["speaks", "shared"]].values.tolist()
    [[True, 'skills, soft, hard'], [False, '']]
    """
    table, codebook = _read_clustered(answers, clustering), read_codebook(codebook)
    asked = " ".join([codebook.question, *(word for option in codebook.options for word in option.words)])
    wording = read_wording([*list_texts(table), asked], language=clustering.wording.language)
    rows = wording.weigh_words()
    carried = rows[:-1].multiply(rows[[-1]]).tocsr()
    info = clustering.info[["cluster", "size", "terms"]].copy()
    means = [carried[clustering.labels.eq(cluster).to_numpy()].mean(axis=0) for cluster in info["cluster"]]
    info["similarity"] = [words.sum() for words in means]
    info["against_thread"] = info["similarity"] / max(carried.sum() / max(len(table), 1), 1e-12)
    info["speaks"] = (info["against_thread"] > 1) | ((info["similarity"] > 0) & (len(info) == 1))
    best = [[t for t in np.argsort(-words, kind="stable")[:5] if words[t] > 0] for words in means]
    info["shared"] = [", ".join(wording.terms[t] for t in columns) for columns in best]
    return info.astype({"similarity": "float64", "shared": "string"})


def tally_clusters(clustering: Clustering, stances: pd.DataFrame) -> pd.DataFrame:
    """Count the stances in each cluster, a column for each, to see whether a stance falls apart into topics.

    >>> from pmm_analysis import classify_stances, cluster_answers
    >>> texts = ["Soft skills first.", "Invoices ship late.", "Soft skills, hands down.", "Ship an invoice."]
    >>> answers = pd.DataFrame({"text": texts})
    >>> tally = tally_clusters(cluster_answers(answers), classify_stances(answers, "hard_vs_soft_skills"))
    >>> tally[["cluster", "soft", "unaddressed"]].values.tolist()
    [[1, 2, 0], [2, 0, 2]]
    """
    check_table(stances, "stances", ["stance"])
    check_pair(stances, check_clustering(clustering).labels, "the stances")
    counts = pd.crosstab(clustering.labels, stances["stance"], dropna=False)
    counts.columns = [name_column(stance) for stance in counts.columns]
    return clustering.info[["cluster", "size", "terms"]].merge(counts, left_on="cluster", right_index=True)
