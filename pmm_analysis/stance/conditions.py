"""What answers say it depends on: the condition, in whose words, and the option it pushes to."""

import re
import tomllib
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..codebook.load import Codebook, read_codebook
from ..codebook.mentions import BOTH, compile_codebook, compile_terms, find_mentions
from ..tables import read_answers
from ..text import WORD, find_sentences, fold, stem_word
from . import modifiers
from .circumstances import ASKS, find_circumstances, is_reported
from .clauses import read_clauses
from .grammar import load_cues
from .reading import is_on_topic, read_stance

GROUPS = Path(__file__).with_suffix(".toml")
TAUGHT = "what can be taught"
CONDITIONS = dict.fromkeys(("thread", "answer", "expert", "condition", "about", "option", "quote"), "string")
CONDITIONS["answer"] = "Int64"
CONTRADICTIONS = ("about", "expert", "quote", "other", "other_quote")

FLIPS = re.compile(
    r"\b(?:flip(?:s|ped|ping)?|revers(?:e|es|ed|ing)|invert(?:s|ed)?|the (?:opposite|reverse)|other way (?:a)?round|vice versa)\b"
)
URGES = re.compile(
    r"\b(?:need|needs|have to|has to|must|should|want|look for|looks for|value|prioriti[sz]e|hire|pick|choose|go with|go for"
    r"|take|prefer|lean|strong|matters?|important|makes? sense|works?|better|best|wins?|start|case for|the job|expected|essential|crucial|critical|vital|key|bring|favou?r|use|get)\b"
)
EVEN = re.compile(r"\bboth\b|\bequal|\bbalance\b|\bmix\b|\bblend\b|hand in hand")
ABLE = re.compile(
    r"(?:\b(?:can|can't|cannot|could|couldn't|never|hard|harder|difficult|easy|easier|easily|impossible|tough|tougher"
    r"|not|will|won't)\b[^,.;:]*?)?$"
)
BARE = re.compile(
    r"(?:(?:if|when|once|whenever|unless|for|in|at|with|on|under|within|among|as|of|the|an?|your|their|how|what"
    r"|who|whether|which|you're|you are|you have|you've|you|they're|they are|they|there is|there are|it's|it is|is|are|really"
    r"|very|more|most|type|kind|sort|size|nature|amount) )+"
)
OWNED = re.compile(r"(?<! of)(?<! in)(?<! for) (?:your|our|their|you|we|they|it)\b")
WEAK = re.compile(r"(?:not|non|less|isn't|aren't|without)")
NEAR = 3


class Condition(NamedTuple):
    """A condition in a text; `option` is a number, `BOTH`, or None where the answer leaves it open."""

    start: int
    end: int
    sentence: int
    kind: str
    option: int | None
    about: str | None


class Groups(NamedTuple):
    """What conditions can be about: (names, terms), tried one after the other; `presumed` are words of the question."""

    tables: tuple
    presumed: frozenset

    def name(self, words, *, presumes=True, taught=False):
        """Name what words are about, if any group does; what the question presumes tells nothing of a circumstance."""
        for names, terms in self.tables:
            for start, end, option, *_ in find_mentions(words, terms):
                if (presumes or words[start:end] not in self.presumed) and (names[option] == TAUGHT) <= taught:
                    return names[option]
        return None


def find_conditions(answers: pd.DataFrame, codebook: Codebook | str | Path) -> pd.DataFrame:
    """Say what "it depends" on."""
    codebook, table = read_codebook(codebook), read_answers(answers)
    terms, groups = compile_codebook(codebook), _compile_groups(codebook)
    keys = [*(option.key for option in codebook.options), "both"]  # the last one is BOTH, that is -1
    rows = []
    for row in table.itertuples(index=False):
        text, on_topic = row.text, pd.isna(row.question) or is_on_topic(row.question, codebook, terms)
        reading, sentences = read_stance(text, terms, codebook.teachable, on_topic=on_topic), find_sentences(text)
        for found in _read_conditions(text, terms, reading, groups):
            option = None if found.option is None else keys[found.option]
            begins = max(sentence.start for sentence in sentences if sentence.start <= found.start)
            quote = text[begins : sentences[found.sentence].close].strip().lstrip("•◦▪·*- ")
            rows.append((row.thread, row.answer, row.expert, text[found.start : found.end], found.about, option, quote))
    conditions = pd.DataFrame(rows, columns=list(CONDITIONS)).astype(CONDITIONS)
    conditions.attrs = {"codebook": codebook.name, "question": codebook.question}
    return conditions


def find_contradictions(conditions):
    """Pair experts who claim the opposite of the same thing."""
    pushed = conditions[conditions["option"].notna() & conditions["option"].ne("both")]
    rows = []
    for about, same in pushed.groupby("about", sort=False):
        for one, other in combinations(same.itertuples(), 2):
            if one.expert != other.expert and one.option != other.option and _is_same(one.condition, other.condition):
                rows.append((about, one.expert, one.quote, other.expert, other.quote))
    return pd.DataFrame(rows, columns=list(CONTRADICTIONS), dtype="string")


def _is_same(one, other):
    """Say whether two conditions are the same circumstance: both of teaching, or one in the words of the other."""
    one, other = fold(one), fold(other)
    taught = _compile(load_groups()[TAUGHT])
    if find_mentions(one, taught) and find_mentions(other, taught):
        return True
    told = [{stem_word(word) for word in WORD.findall(BARE.sub("", words + " "))} for words in (one, other)]
    denied = [bool(WEAK.search(words)) for words in (one, other)]
    return denied[0] == denied[1] and bool(told[0] and told[1]) and (told[0] <= told[1] or told[1] <= told[0])


@cache
def load_groups():
    """Load the general groups of conditions: name -> the words that tell them."""
    tables = tomllib.loads(GROUPS.read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in tables.items()}


def _compile(*words):
    return compile_terms(tuple(words))


def _compile_groups(codebook):
    tables = tuple(
        (tuple(groups), _compile(*groups.values())) for groups in (codebook.conditions, load_groups()) if groups
    )
    question = fold(codebook.question)
    presumed = {question[start:end] for _, terms in tables for start, end, *_ in find_mentions(question, terms)}
    return Groups(tables, frozenset(presumed))


def _read_conditions(text, terms, reading, groups):
    """Find the conditions of one text, each once, in reading order."""
    if reading.stance == "unaddressed":
        return []
    low, clauses = read_clauses(text, terms)
    found = [
        Condition(*where[:4], option, groups.name(low[where.start : where.end], presumes=where.kind == "named"))
        for where in find_circumstances(low, clauses)
        if (option := _find_push(low, where, clauses, reading, terms.options)) is not None or where.kind == "named"
    ]
    kept = [condition for one in found if (condition := _settle(one, found, low))]
    kept += _find_taught(low, clauses, reading, groups, {condition.sentence for condition in kept})
    pushed = {condition.about for condition in kept if condition.option is not None}
    once = {}
    for condition in kept:
        if condition.option is not None or condition.about not in pushed:
            once.setdefault((condition.about, condition.option), condition)
    return sorted(once.values())


def _find_push(low, where, clauses, reading, n_options):
    """Give the option that an answer's claim about a circumstance speaks for; None if it is open."""
    if where.claim is None:
        return None
    start, end = where.claim
    if FLIPS.search(low, start, end):
        return 1 - reading.stance if n_options == 2 and isinstance(reading.stance, int) else None
    inside = [hit for hit in reading.hits if start <= (hit.start + hit.end) // 2 < end]
    sides = {}
    for hit in inside:
        if hit.option != BOTH:
            sides[hit.option] = sides.get(hit.option, 0) + hit.weight
    mentions = [m for clause in clauses for m in clause.mentions if start <= m.start < end]
    option = _choose_side(low, start, end, sides, mentions)
    if option is None and any(h.option == BOTH and EVEN.search(low, h.start, h.end) for h in inside):
        return BOTH
    turns = low.startswith("unless ", where.start)
    return 1 - option if turns and n_options == 2 and option is not None else None if turns else option


def _choose_side(low, start, end, sides, mentions):
    """Choose the option that cues speak for by far, else the only one that is named where the author urges something."""
    ranked = sorted(sides, key=lambda option: -sides[option])
    if ranked:
        return ranked[0] if len(ranked) == 1 or sides[ranked[0]] > 2 * sides[ranked[1]] else None
    named = {mention.option for mention in mentions if mention.end > mention.start}
    if len(named) != 1 or BOTH in named or re.search(modifiers.NEGATORS, low[start:end]):
        return None
    alone = len(low[start:end].split()) - sum(len(low[m.start : m.end].split()) for m in mentions) < 3
    return named.pop() if alone or URGES.search(low, start, end) else None


def _settle(one, found, low):
    """Decide whether a circumstance is a condition, and what it is about; None if it is neither grouped nor contrasted."""
    near = [other for other in found if other is not one and abs(other.sentence - one.sentence) <= NEAR]
    if one.kind == "named":
        told = (o.about for o in near if o.start > one.start and o.kind in ("opening", "heading") and o.about)
        return one._replace(about=one.about or next(told, None) or _name_head(low, one))
    facing = [o for o in near if o.kind == one.kind and o.option not in (None, one.option) and _is_alike(o, one, low)]
    if one.about and (one.kind in ("opening", "following") or facing):
        return one
    if one.kind in ("opening", "heading"):
        named = [o.about or _name_head(low, o) for o in near if o.kind == "named" and o.start < one.start]
        if named or facing or FLIPS.search(low, one.end, one.end + 60):
            about = one.about or next(iter(named), None) or next((o.about for o in facing if o.about), None)
            return one._replace(about=about or _name_head(low, one))
    return None


def _is_alike(one, other, low):
    """Say whether two circumstances are named alike: the same thing, or by the same word ("for a shop", "for a mill")."""
    words = [low[x.start : x.end].split()[0] for x in (one, other)]
    return one.about == other.about if one.about and other.about else one.kind == "heading" or words[0] == words[1]


def _name_head(low, one):
    """Name a condition by its own head words, if no group names it."""
    words = low[one.start : one.end]
    if not re.match(ASKS, words):
        words = OWNED.split(BARE.sub("", words, count=1))[0]
    return " ".join(words.split()[:7])


def _find_taught(low, clauses, reading, groups, taken):
    """Find what an answer says can be taught, or cannot; first in sentences that tell no other condition."""
    teaching, terms = {cue.name for cue in load_cues()[0] if cue.teachable}, _compile(load_groups()[TAUGHT])
    hits = [hit for hit in reading.hits if hit.cue.removeprefix("not: ") in teaching and hit.option != BOTH]
    for hit in sorted(hits, key=lambda hit: (hit.clause.sentence in taken, hit.start)):
        piece = low[hit.start : hit.clause.end]
        said = hit.clause.ends != "?" and not hit.clause.before_but and not is_reported(low[slice(*hit.clause.whole)])
        words = next(iter(find_mentions(piece, terms)), None)
        if said and words:
            start, end = hit.start + words.start, hit.start + words.end
            start = ABLE.search(low, hit.start, start).start()
            about = groups.name(low[start:end], taught=True) or TAUGHT
            yield Condition(start, end, hit.clause.sentence, "taught", hit.option, about)
