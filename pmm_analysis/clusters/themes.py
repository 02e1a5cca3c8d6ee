"""What clusters say: their terms, verbatim quotes, and answers placed under themes that a person names."""

import re
from collections import Counter, defaultdict

import numpy as np
import pandas as pd
import scipy.sparse as sp

from ..errors import InputError
from ..tables import read_answers
from ..text import WORD, split_sentences
from ..wording import PAGES, list_words

CANDIDATES, READ_PER_CLUSTER = 30, 100
ROUNDS, NEAR_ENOUGH = 10, 0.5
QUESTION_GAP = 0.5


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
    stands for both; names and words that say little are used only where there is nothing else.

    Returns
    -------
    list of list of (term, share, elsewhere, score), one list per cluster
    """
    k = int(labels.max(initial=0))
    used = (wording.counts @ wording.joins).tocsr()
    used.data = np.ones_like(used.data)
    member = np.eye(k)[labels - 1]
    size, inside = member.sum(0), (used.T @ member).T
    share = inside / size[:, None]
    elsewhere = (inside.sum(0) - inside) / np.maximum(len(labels) - size, 1)[:, None]
    rarity = np.log(1 + share.sum() / max(k, 1) / np.maximum(share.sum(0), 1e-12))
    unusual = np.maximum(np.log((PAGES + 1) / (PAGES * wording.shares + 0.5)), 0)
    score = (share - elsewhere) * rarity * unusual / (2 + unusual)
    asked = {wording.column[word] for word in list_words(question) if word in wording.column}
    for column in asked:
        score[share[:, column] - elsewhere[:, column] < QUESTION_GAP, column] = 0
    ranked = []
    for c in range(k):
        told_once = (inside[c] < 2) & (size[c] > 1)
        best = [t for t in np.lexsort((-score[c], told_once)).tolist() if score[c, t] > 0][:CANDIDATES]
        members = [texts[i] for i in np.flatnonzero(labels == c + 1)[:READ_PER_CLUSTER]]
        telling = set(best) - wording.little
        phrases, names, acronyms = _read_usage(members, telling, wording.column)
        shown = {t: wording.terms[t].upper() if t in acronyms else wording.terms[t] for t in best}
        best = [t for t in best if t in telling - names] or best
        ranked.append(
            [
                (term, float(share[c, t]), float(elsewhere[c, t]), float(score[c, t]))
                for t, term in _join_phrases(best, phrases, shown)
            ][:n]
        )
    return ranked


def _read_usage(texts, candidates, column):
    """Pairs of candidates that stand side by side, candidates always written like a name, and acronyms."""
    together, seen, acronyms = Counter(), Counter(), Counter()
    surface, named, plain = defaultdict(Counter), set(), set()
    for text in texts:
        text = text.replace("’", "'")
        pairs, here, last = set(), set(), None
        for token in WORD.finditer(text):
            word = token.group()
            t = column.get(word.lower())
            if t not in candidates:
                last = None
                continue
            here.add(t)
            acronyms[t] += 1 if word.isupper() else -1
            word = word if word.isupper() else word.lower()
            if token.group() == word:
                plain.add(t)
            elif re.search(r"[\w,;]\s*$", text[max(0, token.start() - 3) : token.start()]):
                named.add(t)
            if last and last[0] != t and text[last[1] : token.start()] in (" ", "-"):
                pairs.add((last[0], t))
                surface[last[0], t][f"{last[2]} {word}"] += 1
            last = (t, token.end(), word)
        seen.update(here)
        together.update(pairs)
    phrases = {
        pair: min(surface[pair], key=lambda words: (-surface[pair][words], words))
        for pair, n in together.items()
        if n >= 2 and n >= min(seen[pair[0]], seen[pair[1]]) / 2
    }
    return phrases, named - plain, {t for t, n in acronyms.items() if n > 0}


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


def top_terms(answers, clustering, *, n=10):
    """Words and phrases that set each cluster apart, with the figures behind their order.

    Parameters
    ----------
    answers : pandas.DataFrame
        The thread that was clustered.
    clustering : Clustering
    n : int
        At most so many terms per cluster.

    Returns
    -------
    pandas.DataFrame
        `cluster`, `rank`, `term`, `share` (of the cluster's answers that use the word; for a phrase, its rarer
        word), `elsewhere` (share of all other answers), `score` (class-based TF-IDF).

    Raises
    ------
    InputError
        The clustering is not of these answers.
    """
    table = _match(answers, clustering)
    labels = clustering.labels.to_numpy(dtype=int)
    ranked = rank_terms(clustering.wording, table["text"].tolist(), labels, question=read_question(answers), n=n)
    rows = [(c, r, *term) for c, terms in enumerate(ranked, 1) for r, term in enumerate(terms, 1)]
    frame = pd.DataFrame(rows, columns=["cluster", "rank", "term", "share", "elsewhere", "score"])
    return frame.astype({"cluster": "Int64", "rank": "Int64", "term": "string"})


def cluster_quotes(answers, clustering, *, n=3):
    """The sentences that say best what each cluster says, verbatim, one per answer.

    Parameters
    ----------
    answers : pandas.DataFrame
        The thread that was clustered.
    clustering : Clustering
    n : int
        At most so many quotes per cluster.

    Returns
    -------
    pandas.DataFrame
        `cluster`, `rank` (1 is the exemplar), `answer`, `expert`, `quote` (a sentence as it stands in `text`).
        Answers stand in order of how near they are to the rest of their cluster; those without a word are left out.

    Raises
    ------
    InputError
        The clustering is not of these answers.
    """
    table = _match(answers, clustering)
    column, rows = clustering.wording.column, []
    placed = clustering.placement.reset_index(drop=True)
    for cluster, members in placed.groupby("cluster"):
        centre = np.asarray(clustering.tfidf[members.index.to_numpy()].mean(axis=0)).ravel()
        nearest, quotes = members.sort_values("closeness", ascending=False, kind="stable").index, []
        for i in nearest:
            if len(quotes) == n:
                break
            sentences = [s for s in split_sentences(table["text"].iloc[i]) if WORD.search(s)]
            if sentences:
                quote = max(sentences, key=lambda sentence: _weigh_sentence(sentence, centre, column))
                quotes.append((cluster, len(quotes) + 1, table["answer"].iloc[i], table["expert"].iloc[i], quote))
        rows += quotes
    frame = pd.DataFrame(rows, columns=["cluster", "rank", "answer", "expert", "quote"])
    return frame.astype({"cluster": "Int64", "rank": "Int64", "answer": "Int64", "expert": "string", "quote": "string"})


def _weigh_sentence(sentence, centre, column):
    words = list_words(sentence)
    found = {column[word] for word in words if word in column}
    return sum(centre[i] for i in found) / max(len(words), 5) ** 0.5


def _match(answers, clustering):
    table = read_answers(answers)
    if not table.index.equals(clustering.labels.index):
        raise InputError("the clustering is of other answers", remedy="pass the table that cluster_answers was given")
    return table


def assign_themes(answers, themes):
    """Place every answer under the nearest of the themes a person names, or under none.

    One sentence per theme is worth as much as the best clustering without a person. The same call places the
    answers of a later capture into clusters found before: pass each cluster's texts as its examples.

    Parameters
    ----------
    answers : pandas.DataFrame
        A thread as `load_thread` gives it; only `text` is needed.
    themes : mapping
        Name -> a sentence, or a list of sentences or example answers; `Codebook.themes` is one.

    Returns
    -------
    pandas.DataFrame
        One row per answer, index as `answers`.

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
    >>> import pandas as pd
    >>> answers = pd.DataFrame({"text": ["Prices fell again.", "We hire two people.", "Pricing is hard."]})
    >>> assign_themes(answers, {"Money": "prices and pricing", "People": "hiring people"})["theme"].tolist()
    ['Money', 'People', 'Money']
    """
    from threadpoolctl import threadpool_limits

    from ..wording import link_rows

    table, examples = read_answers(answers), _read_themes(themes)
    names, n = list(examples), len(table)
    owner = np.repeat(np.arange(len(names)), [len(texts) for texts in examples.values()])
    with threadpool_limits(limits=1):
        rows, scale = link_rows([*table["text"], *(text for texts in examples.values() for text in texts)])
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
    return pd.DataFrame(
        {
            "answer": table["answer"],
            "expert": table["expert"],
            "theme": pd.array(name[np.where(none, -1, labels)], dtype="string"),
            "similarity": named[rows_of, labels] / scale,
            "margin": (best[:, 0] - best[:, 1]) / np.maximum(best[:, 0], 1e-12) if len(names) > 1 else 1.0,
            "runner_up": pd.array(name[order[:, 1]] if len(names) > 1 else [pd.NA] * n, dtype="string"),
        },
        index=table.index,
    )


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


def compare_question(answers, clustering, codebook):
    """Which clusters speak to a codebook's question.

    Parameters
    ----------
    answers : pandas.DataFrame
        The thread that was clustered.
    clustering : Clustering
    codebook : Codebook
        Its question and the words of its options are what answers are compared with.

    Returns
    -------
    pandas.DataFrame
        One row per cluster: `cluster`, `size`, `terms`, `similarity` (mean cosine of its answers with the
        question's words), `against_thread` (that mean over the mean of the whole thread), `speaks` (bool: above the
        thread's mean) and `shared` (the words that carry most of it).

    Raises
    ------
    InputError
        The clustering is not of these answers.
    """
    from ..wording import read_wording

    table = _match(answers, clustering)
    asked = " ".join([codebook.question, *(word for option in codebook.options for word in option.words)])
    wording = read_wording([*table["text"], asked])
    rows = wording.weigh_words()
    carried = rows[:-1].multiply(rows[[-1]]).tocsr()
    overall = carried.sum() / max(len(table), 1)
    info, shared = clustering.info[["cluster", "size", "terms"]].copy(), []
    for cluster in info["cluster"]:
        words = carried[(clustering.labels == cluster).to_numpy()].mean(axis=0)
        info.loc[info["cluster"] == cluster, "similarity"] = words.sum()
        shared.append(", ".join(wording.terms[t] for t in np.argsort(-words, kind="stable")[:5] if words[t] > 0))
    info["against_thread"] = info["similarity"] / max(overall, 1e-12)
    info["speaks"] = (info["against_thread"] > 1) | ((info["similarity"] > 0) & (len(info) == 1))
    info["shared"] = shared
    return info.astype({"shared": "string"})


def tally_clusters(clustering, stances):
    """Clusters beside stances: does a stance, or its absence, fall apart into topics of its own?

    Parameters
    ----------
    clustering : Clustering
    stances : pandas.DataFrame
        The table of `classify_stances`, or any with a column `stance` and the same index.

    Returns
    -------
    pandas.DataFrame
        One row per cluster: `cluster`, `size`, `terms`, then one column of counts per stance.

    Raises
    ------
    InputError
        The stances are of other answers.
    """
    if not stances.index.equals(clustering.labels.index):
        raise InputError("the stances are of other answers", remedy="classify the thread that was clustered")
    counts = pd.crosstab(clustering.labels, stances["stance"], dropna=False)
    return clustering.info[["cluster", "size", "terms"]].merge(counts, left_on="cluster", right_index=True)
