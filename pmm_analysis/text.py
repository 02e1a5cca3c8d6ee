"""Words and sentences: how a text is folded, cut and cleaned, which words are common, and how a count reads aloud."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

import snowballstemmer

from .errors import InputError

HERE = Path(__file__).parent
WORDS_PER_PAGE = 300
ON_MANY_PAGES = 0.5
ENGLISH = "en"
# Snowball's stemmers and the lists of common words go by the same names, in lower case.
LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nb": "Norwegian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*[+#]*")
SAME_LENGTH = str.maketrans("\u2018\u2019`\u201c\u201d\u2013\u2026\u00a0\u202f\u2009\t\r*_", "'''\"\"\u2014.       ")

# Points that end no sentence: of these words never, of those only before a capital or a figure. The latter may also
# shorten a name or title.
ABBREVIATED = re.compile(r"(?<![^\W_])(?:vs|sr|jr|dr|mrs?|ms|prof|cf|approx|e\.g|i\.e|viz)$", re.I)
IN_NAMES = r"inc|co|corp|ltd|st|dept|assoc|asst|mgr|dir|intl|ph\.d|[a-z]\.[a-z]"
PERHAPS = re.compile(rf"(?<![^\W_])(?:etc|no|fig|{IN_NAMES})$", re.I)
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\s*\n\s*|(?<=\S)\s{2,}|[•◦▪]")
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Sentence(NamedTuple):
    """From `start` to `end` stands a sentence, up to `close` with its closing marks; `mark` is the first of these."""

    start: int
    end: int
    close: int
    mark: str


def fold(text):
    """Lower-case a text and plain its quotes, dashes and blanks, character for character.

    >>> fold("It’s “C++” – *really*…")
    'it\\'s "c++" —  really .'
    """
    text = plain_marks(text)
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def plain_marks(text):
    """Plain a text's quotes, dashes and blanks, character for character, but keep its capitals."""
    return text.translate(SAME_LENGTH)


def fold_label(label):
    """Fold a label to what a person may type for it: without capitals, blanks and strokes told apart.

    >>> fold_label(" In-house "), fold_label("C++")
    ('in house', 'c++')
    """
    return " ".join(re.split(r"(?:[^\w+#]|_)+", label.casefold())).strip()


def fold_name(name):
    """Lower-case a name without its accents, as people type it.

    >>> fold_name("Zoë O’Hara")
    "zoe o'hara"
    """
    plain = unicodedata.normalize("NFKD", name).casefold().replace("’", "'")
    return "".join(c for c in plain if not unicodedata.combining(c)).strip()


def clean_text(text):
    """Return text that every exporter can hold: no control characters, no direction overrides, one line.

    >>> clean_text("Zoë\\x07\\n=SUM(A1) $5")
    'Zoë =SUM(A1) $5'
    """
    text = unicodedata.normalize("NFC", UNPRINTABLE.sub("", str(text)))
    return " ".join(part for part in re.split(r"[ \t\r\n\x85\u2028\u2029]+", text) if part)


def find_sentences(text):
    """Find the sentences of a text: they end at a mark, a line break, a wide gap or a bullet, not at "e.g.".

    >>> [sentence.mark for sentence in find_sentences("Use tools, e.g. maps. Why? Dr. Who knows")]
    ['.', '?', '']
    """
    found, start = [], 0
    for match in SENTENCE_END.finditer(text):
        if match[0] == "." and goes_on(text, match.start()):
            continue
        mark = match[0].strip()[:1]
        if text[start : match.start()].strip():
            found.append(Sentence(start, match.start(), match.end() if mark in ".!?…" else match.start(), mark))
        start = match.end()
    if text[start:].strip():
        found.append(Sentence(start, len(text), len(text), ""))
    return found


def goes_on(text, point):
    """Say whether a sentence goes on after the point of an abbreviation.

    >>> goes_on("See Dr. Who", 6), goes_on("Use maps etc. Then", 12), goes_on("Use maps etc. or", 12)
    (True, False, True)
    """
    word = text[max(0, point - 8) : point]
    if ABBREVIATED.search(word):
        return True
    following = text[point + 1 : point + 3].strip()
    numbered = word.lower().endswith("no") and following[:1].isdigit()
    return bool(PERHAPS.search(word)) and (following[:1].islower() or numbered)


def split_sentences(text):
    """Split a text into its sentences, verbatim and in order.

    >>> split_sentences("Use tools, e.g. maps. (Why?) Dr. Who knows")
    ['Use tools, e.g. maps.', '(Why?)', 'Dr. Who knows']
    """
    return [text[sentence.start : sentence.close].strip() for sentence in find_sentences(text)]


@cache
def load_shares(language=ENGLISH):
    """Load stem -> share of ordinary pages that contain it: see ``english.txt``; in other languages, common words."""
    if language != ENGLISH:
        return {stem_word(word, language): 1.0 for word in _load_common_words(language)}
    shares = {}
    for line in _read_lines("english.txt"):
        zipf, *stems = line.split()
        shares |= dict.fromkeys(stems, 1 - (1 - 10 ** (float(zipf) - 9)) ** WORDS_PER_PAGE)
    return shares


@cache
def _load_common_words(language=ENGLISH):
    """Load the words that name no topic: of English, the function words; of other languages, those of stop-words."""
    if language == ENGLISH:
        return frozenset(" ".join(_read_lines("function_words.txt")).split())
    from stop_words import safe_get_stop_words

    return frozenset(fold(word) for word in safe_get_stop_words(LANGUAGES.get(language, language).lower()))


def _read_lines(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def load_words(path, names):
    """Load lists of words, all in lower case, from a TOML file: name -> words; commas part them.

    Raises
    ------
    InputError
        The first list that is missing, unknown or no words, with its line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        lists = tomllib.loads(text)
    except (OSError, ValueError) as error:
        line = re.search(r"at line (\d+)", str(error))
        remedy = 'write each list as name = "one, two words"'
        raise InputError(
            f"cannot be read ({error})", file=path.name, line=line and int(line[1]), remedy=remedy
        ) from None
    words = {}
    for name in [*lists, *names]:
        listed = lists.get(name)
        words[name] = [" ".join(word.split()) for word in listed.split(",")] if isinstance(listed, str) else [""]
        if name in names and all(word and word == word.lower() for word in words[name]):
            continue
        reason = "must be words in lower case with commas between them" if name in names else "is no list known here"
        line = next((n for n, line in enumerate(text.splitlines(), 1) if line.split("=")[0].strip() == name), None)
        remedy = f"the lists are {', '.join(names)}"
        raise InputError(f'"{name}" {reason if listed else "is missing"}', file=path.name, line=line, remedy=remedy)
    return words


@cache
def is_common(word, language=ENGLISH):
    """Say whether a word, in lower case, names no topic: a function word, or one on many ordinary pages.

    >>> is_common("whereas"), is_common("time"), is_common("skills"), is_common("nicht", "de")
    (True, True, False, True)
    """
    on_pages = language == ENGLISH and load_shares().get(stem_word(word, language), 0) > ON_MANY_PAGES
    return word in _load_common_words(language) or on_pages


@cache
def stem_word(word, language=ENGLISH):
    """Cut a word, in lower case, down to the stem that its forms share; in a language without a stemmer, leave it.

    >>> stem_word("launching"), stem_word("launches"), stem_word("wichtigsten", "de")
    ('launch', 'launch', 'wichtig')
    """
    stemmer = _load_stemmer(language)
    return stemmer.stemWord(word) if stemmer else word


@cache
def _load_stemmer(language):
    name = LANGUAGES.get(language, language).lower()
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


# How counts, labels and lists read in a sentence


def count_things(n, noun):
    """Write a count in figures.

    >>> count_things(1, "answer"), count_things(1200, "answer")
    ('1 answer', '1,200 answers')
    """
    return f"{n:,} {inflect(n, noun)}"


def spell_things(n, noun):
    """Write a count in words: "three answers"."""
    return f"{spell(n)} {inflect(n, noun)}"


def inflect(n, noun, plural=None):
    """Give a noun or verb the form that goes with a count.

    >>> inflect(1, "answer"), inflect(2, "answer"), inflect(2, "is", "are")
    ('answer', 'answers', 'are')
    """
    return noun if n == 1 else plural or noun + "s"


def spell(n):
    """Write small numbers as words.

    >>> spell(0), spell(9), spell(1200)
    ('no', 'nine', '1,200')
    """
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[n] if n < len(words) else f"{n:,}"


def capital(text):
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def lower_label(label):
    """Write a label inside a sentence: "Soft skills" loses its capital, "SQL" and "NoSQL" know better.

    >>> [lower_label(label) for label in ("Soft skills", "SQL", "NoSQL", "In-house", "A mix", "C++", "Soft Skills")]
    ['soft skills', 'SQL', 'NoSQL', 'in-house', 'a mix', 'C++', 'Soft Skills']
    """
    if " " in label and label.istitle():
        return label
    rest = re.split(r"[\s-]", label, maxsplit=1)[0][1:]
    plain = re.fullmatch(r"[^\W\d_]+(?:['’][^\W\d_]+)?", rest) and rest.islower() or label[1:2] == " "
    return label[:1].lower() + label[1:] if plain else label


def join_words(items):
    """List words in a sentence.

    >>> join_words(["one"]), join_words(["one", "two", "three"])
    ('one', 'one, two and three')
    """
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last
