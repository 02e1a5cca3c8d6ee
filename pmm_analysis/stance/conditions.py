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
from ..tables import check_table, name_experts, read_answers
from ..text import WORD, find_sentences, fold, stem_word
from . import modifiers
from .circumstances import ASKS, FLIPS, find_circumstances, is_reported
from .clauses import read_clauses
from .grammar import load_cues
from .reading import is_on_topic, read_stance

GROUPS = Path(__file__).with_suffix(".toml")
TAUGHT = "what can be taught"
CONDITIONS = dict.fromkeys(("thread", "answer", "expert", "condition", "about", "option", "quote"), "string")
CONDITIONS["answer"] = "Int64"
CONTRADICTIONS = ("about", "expert", "option", "quote", "other_expert", "other_option", "other_quote")

URGES = re.compile(
    r"\b(?:need|needs|have to|has to|must|should|want|look for|looks for|value|prioriti[sz]e|hire|pick|choose|go with"
    r"|go for|take|prefer|lean|strong|matters?|important|makes? sense|works?|better|best|wins?|start|case for|the job"
    r"|expected|essential|crucial|critical|vital|key|bring|favou?r|use|get)\b"
)
EVEN = re.compile(r"\bboth\b|\bequal|\bbalance\b|\bmix\b|\bblend\b|hand in hand")
ABLE = re.compile(
    r"(?:\b(?:can|can't|cannot|could|couldn't|never|hard|harder|difficult|easy|easier|easily|impossible|tough|tougher"
    r"|not|will|won't)\b[^,.;:]*?)?$"
)
BARE = re.compile(
    r"(?:(?:if|when|once|whenever|unless|for|in|at|with|on|under|within|among|as|of|the|an?|your|their|how|what"
    r"|who|whether|which|you're|you are|you have|you've|you|they're|they are|they|there is|there are|it's|it is|is|are"
    r"|really|very|more|most|type|kind|sort|size|nature|amount) )+"
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
    """Say what "it depends" on: each condition an answer names, in its words, and the option it pushes to.

    Only answers that speak to the question are read, and of these only what the author claims: no question, no
    reported or former view, no anecdote ("when I was …"). A circumstance counts if the answer says that it depends
    on it, if a group of words names what it is about, or if another one beside it pushes to another option.

    A wrong row is worse than a missing one. On the real thread, which the rules were made on, they find the 11 rows of
    a person and no other; on three threads that were first read to measure, 5 of 15, and one of 7 rows was wrong (8 and
    none of 9 once the kinds they showed were mended).

    Parameters
    ----------
    answers : DataFrame
        As for `classify_stances`.
    codebook : Codebook, str or Path
        As for `classify_stances`; its ``[conditions]`` name what conditions are about, before the general groups.

    Returns
    -------
    DataFrame
        One row per condition, in reading order:

        ============= =====================================================================
        ``thread``, ``answer``, ``expert``  as in answers
        ``condition`` what is named, in few words, verbatim
        ``about``     the group it belongs to (seniority, kind of role, …), else its own head words
        ``option``    key of the option it pushes to, ``both``, or ``<NA>``: it depends on that, either way
        ``quote``     the whole sentence, verbatim
        ============= =====================================================================

        An answer has one row for what pushes to the same option for the same reason.

    Raises
    ------
    InputError
        As for `classify_stances`.

    Examples
    --------
    >>> import pandas as pd
    >>> text = "It depends on the team. If you're junior, go for soft skills; for senior roles, hard skills win."
    >>> find_conditions(pd.DataFrame({"text": [text]}), "hard_vs_soft_skills")[["condition", "about", "option"]]
              condition      about option
    0          the team   the team   <NA>
    1  If you're junior  seniority   soft
    2  for senior roles  seniority   hard
    """
    codebook, table = read_codebook(codebook), read_answers(answers)
    terms, groups = compile_codebook(codebook), _compile_groups(codebook)
    keys = [*(option.key for option in codebook.options), "both"]  # the last one is BOTH, that is -1
    rows = []
    for row in table.itertuples(index=False):
        text, on_topic = row.text, pd.isna(row.question) or is_on_topic(row.question, codebook, terms)
        reading, sentences = read_stance(text, terms, codebook.teachable, on_topic=on_topic), find_sentences(text)
        if reading.stance == "unaddressed" or not on_topic and not find_mentions(fold(text), terms):
            continue
        for found in _read_conditions(text, terms, reading, groups):
            option = None if found.option is None else keys[found.option]
            begins = max(sentence.start for sentence in sentences if sentence.start <= found.start)
            quote = text[begins : sentences[found.sentence].close].strip().lstrip("•◦▪·*- ")
            named = text[found.start : found.end].strip(" ,")
            rows.append((row.thread, row.answer, row.expert, named, found.about, option, quote))
    conditions = pd.DataFrame(rows, columns=list(CONDITIONS)).astype(CONDITIONS)
    conditions.attrs = {"codebook": codebook.name, "question": codebook.question}
    return conditions


def find_contradictions(conditions: pd.DataFrame) -> pd.DataFrame:
    """Pair experts who claim the opposite of the same thing: that soft skills can be taught, that hard skills can.

    Two conditions are the same if both say what can be taught, or if one has no word that the other lacks ("if you are
    junior", "for a junior hire"); they are opposite if they push to two options.

    Parameters
    ----------
    conditions : DataFrame
        As `find_conditions` returns it.

    Returns
    -------
    DataFrame
        One row per pair: ``about``; ``expert``, ``option`` and ``quote``; ``other_expert``, ``other_option`` and
        ``other_quote``.

    Raises
    ------
    InputError
        It is no table, or a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = ["Hard skills can be taught.", "Soft skills can be coached."]
    >>> answers = pd.DataFrame({"expert": ["Ada", "Bo"], "text": texts})
    >>> pairs = find_contradictions(find_conditions(answers, "hard_vs_soft_skills"))
    >>> pairs[["about", "expert", "option", "other_expert", "other_option"]].values.tolist()
    [['what can be taught', 'Ada', 'soft', 'Bo', 'hard']]
    """
    check_table(conditions, "conditions", CONDITIONS)
    pushed = conditions.assign(expert=name_experts(conditions))
    pushed = pushed[pushed["option"].notna() & pushed["option"].ne("both")]
    rows = []
    for about, same in pushed.groupby("about", sort=False):
        for one, other in combinations(same.itertuples(), 2):
            if one.expert != other.expert and one.option != other.option and _is_same(one.condition, other.condition):
                rows.append((about, one.expert, one.option, one.quote, other.expert, other.option, other.quote))
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
    low, clauses = read_clauses(text, terms)
    found = [
        Condition(*where[:4], option, groups.name(low[where.start : where.end], presumes=where.kind == "named"))
        for where in find_circumstances(low, clauses)
        if (option := _find_push(low, where, clauses, reading, terms.options)) is not None or where.kind == "named"
    ]
    kept = [condition for one in found if (condition := _settle(one, found, text))]
    kept += _find_taught(low, clauses, reading, groups, {condition.sentence for condition in kept})
    pushed = {condition.about for condition in kept if condition.option is not None}
    once = {}
    for condition in kept:
        if condition.option is not None:
            once.setdefault((condition.about, condition.option), condition)
        elif condition.about not in pushed:
            once.setdefault(low[condition.start : condition.end], condition)
    return sorted(once.values(), key=lambda condition: condition.start)


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
    if option is None or not low.startswith("unless ", where.start):
        return option
    return 1 - option if n_options == 2 else None


def _choose_side(low, start, end, sides, mentions):
    """Choose the option that cues speak for by far, else the only one named where the author urges something."""
    ranked = sorted(sides, key=lambda option: -sides[option])
    if ranked:
        return ranked[0] if len(ranked) == 1 or sides[ranked[0]] > 2 * sides[ranked[1]] else None
    named = {mention.option for mention in mentions if mention.end > mention.start}
    if len(named) != 1 or BOTH in named or re.search(modifiers.NEGATORS, low[start:end]):
        return None
    alone = len(low[start:end].split()) - sum(len(low[m.start : m.end].split()) for m in mentions) < 3
    return named.pop() if alone or URGES.search(low, start, end) else None


def _settle(one, found, text):
    """Say what a circumstance is about, or None if it is no condition: neither of a group nor set against another."""
    near = [other for other in found if other is not one and abs(other.sentence - one.sentence) <= NEAR]
    if one.kind == "named":
        told = (o.about for o in near if o.start > one.start and o.kind in ("opening", "heading") and o.about)
        return one._replace(about=one.about or next(told, None) or _name_head(text, one))
    facing = [other for other in near if other.option not in (None, one.option) and _is_alike(one, other, text)]
    if one.about and (one.kind in ("opening", "following") or facing):
        return one
    if one.kind in ("opening", "heading"):
        named = [o.about or _name_head(text, o) for o in near if o.kind == "named" and o.start < one.start]
        if named or facing or FLIPS.search(fold(text), one.end, one.end + 60):
            about = one.about or next(iter(named), None) or next((o.about for o in facing if o.about), None)
            return one._replace(about=about or _name_head(text, one))
    return None


def _is_alike(one, other, text):
    """Say whether two circumstances are of the same thing, or named alike ("for a shop", "for a mill")."""
    if one.about and other.about:
        return one.about == other.about
    first, second = (fold(text[x.start : x.end]).split()[:1] for x in (one, other))
    return one.kind == other.kind and (one.kind == "heading" or first == second)


def _name_head(text, one):
    """Name a condition by its own head words, if no group names it."""
    low, start, end = fold(text), one.start, one.end
    if not re.match(ASKS, low[start:end]):
        start = bare.end() if (bare := BARE.match(low, start, end)) else start
        end = owned.start() if (owned := OWNED.search(low, start, end)) else end
    return " ".join(text[start:end].split()[:7])


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
            named = (mention.end for mention in hit.clause.mentions if mention.end <= start)
            start = ABLE.search(low, max([hit.start, *named]), start).start()
            about = groups.name(low[start:end], taught=True) or TAUGHT
            yield Condition(start, end, hit.clause.sentence, "taught", hit.option, about)
