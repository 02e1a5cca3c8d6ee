"""Which language a thread is written in: the rules for stances read English only."""

from functools import cache

import pandas as pd

from .text import ENGLISH, LANGUAGES, WORD, fold, is_common

ENOUGH, READ_LETTERS = 40, 20_000  # enough in bytes, of which a Chinese letter has three
# Of the words of English answers, a third and more are common in English; of those in other languages, a seventh.
ENGLISH_SHARE = 0.25
LEAST_SURE = 0.5
UNREAD = "rules read English only, so no stance is claimed"
AS_ENGLISH = ("en", "pcm", "zxx")  # Nigerian Pidgin, and what is no language at all


def detect_language(texts):
    """Tell the language of texts as its code in ISO 639; those too short to tell pass for English.

    >>> detect_language(["Das Team ist wichtiger als das Gehalt.", "Es kommt darauf an, was man lernen will."])
    'de'
    >>> detect_language(["Hängt davon ab."])
    'en'
    """
    text = " ".join(texts)[:READ_LETTERS]
    words = [word for word in WORD.findall(fold(text)) if word[0].isalpha()]
    common = sum(is_common(word.partition("'")[0]) for word in words)
    if sum(len(word.encode()) for word in words) < ENOUGH or common >= ENGLISH_SHARE * len(words):
        return ENGLISH
    language, sure = _load_detector().classify(text)
    return language if sure > LEAST_SURE and language not in AS_ENGLISH else ENGLISH


@cache
def _load_detector():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def name_language(code):
    """Name a language in English.

    >>> name_language("de"), name_language("sw")
    ('German', 'the language “sw”')
    """
    return LANGUAGES.get(code, f"the language “{code}”")


def read_languages(answers):
    """Give the language of each answer: its thread's, as `load_thread` notes it, else told from the thread's texts.

    >>> read_languages(pd.DataFrame({"text": ["I would hire for attitude and train the rest of it."]})).tolist()
    ['en']
    """
    pages = [answers.attrs, *answers.attrs.get("threads", [])]
    noted = {page.get("thread"): page["language"] for page in pages if "language" in page}
    threads = name_threads(answers)
    texts = answers["text"].astype("string").fillna("").groupby(threads)
    languages = {thread: noted.get(thread) or detect_language(part) for thread, part in texts}
    return threads.map(languages).astype("string")


def name_threads(table):
    """Name the thread of each row, by nothing where it has none."""
    threads = table["thread"] if "thread" in table else pd.Series("", index=table.index)
    return threads.astype("string").fillna("")


def find_unread(stances):
    """Say of each answer whether nobody has read it: neither the rules, for its language, nor a person."""
    languages = stances.attrs.get("languages", {})
    foreign = [languages.get(thread, ENGLISH) != ENGLISH for thread in name_threads(stances)]
    by_rules = stances["coded_by"].eq("rules").fillna(False)
    return by_rules.astype(bool) & pd.Series(foreign, index=stances.index, dtype=bool)


def find_language(answers):
    """Give the language that most answers are written in.

    >>> find_language(pd.DataFrame({"text": []}))
    'en'
    """
    languages = read_languages(answers)
    return languages.mode()[0] if len(languages) else ENGLISH
