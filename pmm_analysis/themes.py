"""What clusters say: their terms, verbatim quotes, and answers placed under themes that a person names."""

import re

from .similarity import PAGES, WORD, clean_text

CANDIDATES, READ_PER_CLUSTER = 30, 200
QUESTION_GAP, ON_MOST_PAGES = 0.5, 0.5
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\s*\n\s*")
TOKEN = re.compile(WORD)


def rank_terms(wording, texts, labels, *, question="", n=5):
    """Words and phrases that set clusters apart.

    Class-based TF-IDF (Grootendorst 2022) over the share of a cluster's answers that use a word, less the
    share elsewhere, weighed by how unusual the word is in English. Words of the question count only if they
    separate; two terms that stand side by side become a phrase, which stands for both; names and words that most
    pages of English have are used only where there is nothing else.

    Returns
    -------
    list of list of (term, share, elsewhere, score), one list per cluster
    """
    import numpy as np

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
    asked = {wording.column[word] for word in TOKEN.findall(clean_text(question)) if word in wording.column}
    for column in asked:
        score[share[:, column] - elsewhere[:, column] < QUESTION_GAP, column] = 0
    ranked = []
    for c in range(k):
        best = [t for t in np.lexsort((np.arange(len(wording.terms)), -score[c]))[:CANDIDATES] if score[c, t] > 0]
        members = [texts[i] for i in np.flatnonzero(labels == c + 1)[:READ_PER_CLUSTER]]
        telling = {t for t in best if wording.shares[t] < ON_MOST_PAGES and len(wording.terms[t]) > 1}
        phrases, names = _read_phrases(members, telling, wording.column)
        best = [t for t in best if t in telling - names] or best
        ranked.append([
            (term, float(share[c, t]), float(elsewhere[c, t]), float(score[c, t]))
            for t, term in _join_phrases(best, phrases, wording.terms)
        ][:n])
    return ranked


def _read_phrases(texts, candidates, column):
    """Pairs of candidates that stand side by side, and candidates that are always written like a name."""
    from collections import Counter, defaultdict

    together, surface, seen, named, plain = Counter(), defaultdict(Counter), Counter(), set(), set()
    for text in texts:
        text = text.replace("’", "'")
        pairs, here, last = set(), set(), None
        for token in re.finditer(WORD, text):
            word = token.group()
            t = column.get(word.lower())
            if t in candidates:
                here.add(t)
                if word[0].islower() or word.isupper():
                    plain.add(t)
                elif re.search(r"[\w,;]\s*$", text[max(0, token.start() - 3):token.start()]):
                    named.add(t)
                if last and last[0] != t and text[last[1]:token.start()] in (" ", "-"):
                    pairs.add((last[0], t))
                    surface[last[0], t][f"{last[2]} {word}".lower()] += 1
                last = (t, token.end(), word)
            else:
                last = None
        seen.update(here)
        together.update(pairs)
    phrases = {
        pair: min(surface[pair], key=lambda words: (-surface[pair][words], words))
        for pair, n in together.items() if n >= 2 and n >= min(seen[pair[0]], seen[pair[1]]) / 2
    }
    return phrases, named - plain


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


def split_sentences(text):
    """The sentences of a text, verbatim and in order."""
    pieces, start = [], 0
    for gap in SENTENCE_END.finditer(text):
        end = gap.end() if not gap.group().strip() else gap.start() + len(gap.group().rstrip())
        pieces.append(text[start:end].strip())
        start = gap.end()
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]
