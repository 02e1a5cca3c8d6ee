"""What answers say it depends on: the condition, in whose words, and the option it pushes to."""

import re
import tomllib
from collections import Counter
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
BEGINS = ("opening", "heading")


class Condition(NamedTuple):
    """A condition in a text, that is `said` there; `option` is a number, `BOTH`, or None where it is left open."""

    start: int
    end: int
    sentence: int
    kind: str
    option: int | None
    about: str | None
    said: str


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
        One row per condition, in reading order; one for what pushes to the same option for the same reason:

        ============= =====================================================================
        ``thread``, ``answer``, ``expert``  as in answers
        ``condition`` what is named, in few words, verbatim
        ``about``     the group it belongs to (seniority, kind of role, …), else its own head words
        ``option``    key of the option it pushes to, ``both``, or ``<NA>``: it depends on that, either way
        ``quote``     the whole sentence, verbatim
        ============= =====================================================================

        An answer on another question has none.

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
    codebook = read_codebook(codebook)
    conditions = pd.DataFrame(_list_rows(read_answers(answers), codebook), columns=list(CONDITIONS)).astype(CONDITIONS)
    conditions.attrs = {"codebook": codebook.name, "question": codebook.question}
    return conditions


def _list_rows(answers, codebook):
    terms, groups = compile_codebook(codebook), _compile_groups(codebook)
    keys = {None: None, BOTH: "both"} | {number: option.key for number, option in enumerate(codebook.options)}
    for row in answers.itertuples(index=False):
        text, on_topic = row.text, pd.isna(row.question) or is_on_topic(row.question, codebook, terms)
        reading, sentences = read_stance(text, terms, codebook.teachable, on_topic=on_topic), find_sentences(text)
        if reading.stance == "unaddressed" or not on_topic and not find_mentions(fold(text), terms):
            continue
        for found in _read_conditions(text, terms, reading, groups):
            begins = max(sentence.start for sentence in sentences if sentence.start <= found.start)
            quote = text[begins : sentences[found.sentence].close].strip().lstrip("•◦▪·*- ")
            yield row.thread, row.answer, row.expert, found.said.strip(" ,"), found.about, keys[found.option], quote


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
    both, taught = (fold(one), fold(other)), _compile(load_groups()[TAUGHT])
    if all(find_mentions(said, taught) for said in both):
        return True
    one, other = ({stem_word(word) for word in WORD.findall(BARE.sub("", said + " "))} for said in both)
    alike = bool(one and other) and (one <= other or other <= one)
    return alike and len({bool(WEAK.search(said)) for said in both}) == 1


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
    found = []
    for where in find_circumstances(low, clauses):
        option, named = _find_push(low, where, clauses, reading, terms.options), where.kind == "named"
        if named or option is not None:
            about = groups.name(low[where.start : where.end], presumes=named)
            found.append(Condition(*where[:4], option, about, text[where.start : where.end]))
    kept = [condition for one in found if (condition := _settle(one, found, low))]
    kept += _find_taught(text, low, reading, groups, {condition.sentence for condition in kept})
    pushed, once = {condition.about for condition in kept if condition.option is not None}, {}
    for condition in kept:
        if condition.option is not None:
            once.setdefault((condition.about, condition.option), condition)
        elif condition.about not in pushed:
            once.setdefault(fold(condition.said), condition)
    return sorted(once.values(), key=lambda condition: condition.start)


def _find_push(low, where, clauses, reading, n_options):
    """Give the option that an answer's claim about a circumstance speaks for; None if it is open."""
    if where.claim is None:
        return None
    turned = {BOTH: BOTH, 0: 1, 1: 0} if n_options == 2 else {BOTH: BOTH}
    if FLIPS.search(low, *where.claim):
        return turned.get(reading.stance)
    option = _choose_side(low, *where.claim, clauses, reading.hits)
    return turned.get(option) if low.startswith("unless ", where.start) else option


def _choose_side(low, start, end, clauses, hits):
    """Choose the option that cues speak for by far, or the only one that is urged; else both, if they are held even."""
    hits, sides = [hit for hit in hits if start <= (hit.start + hit.end) // 2 < end], Counter()
    for hit in hits:
        if hit.option != BOTH:
            sides[hit.option] += hit.weight
    (option, most), *others = sides.most_common() or [(_find_urged(low, start, end, clauses), 0)]
    if others and most <= 2 * others[0][1]:
        option = None
    even = any(hit.option == BOTH and EVEN.search(low, hit.start, hit.end) for hit in hits)
    return BOTH if option is None and even else option


def _find_urged(low, start, end, clauses):
    """Find the only option named in a claim, if its author urges something or says nothing else."""
    mentions = [mention for clause in clauses for mention in clause.mentions if start <= mention.start < end]
    named = {mention.option for mention in mentions if mention.end > mention.start}
    if len(named) != 1 or BOTH in named or re.search(modifiers.NEGATORS, low[start:end]):
        return None
    alone = len(low[start:end].split()) - sum(len(low[m.start : m.end].split()) for m in mentions) < 3
    return named.pop() if alone or URGES.search(low, start, end) else None


def _settle(one, found, low):
    """Say what a circumstance is about, or None if it is no condition: neither of a group nor set against another."""
    near = [other for other in found if abs(other.sentence - one.sentence) <= NEAR]
    if one.kind == "named":
        names = [other.about for other in near if other.kind in BEGINS and other.start > one.start]
    else:
        names = [_name(other) for other in near if other.kind == "named" and other.start < one.start]
        facing = [other for other in near if other.option not in (None, one.option) and _is_alike(one, other)]
        if not _holds(one, names, facing, low):
            return None
        names += [other.about for other in facing]
    return one._replace(about=next(filter(None, [one.about, *names]), _name(one)))


def _holds(one, named, facing, low):
    """Say whether a circumstance counts: by its group and place, or by what is named before it or faces it."""
    begins = one.kind in BEGINS
    if facing and (one.about or begins) or one.about and one.kind in ("opening", "following"):
        return True
    return begins and (named or FLIPS.search(low, one.end, one.end + 60))


def _is_alike(one, other):
    """Say whether two circumstances are of the same thing, or named alike ("for a shop", "for a mill")."""
    if one.about and other.about:
        return one.about == other.about
    first, second = (fold(condition.said).split()[:1] for condition in (one, other))
    return one.kind == other.kind and (one.kind == "heading" or first == second)


def _name(one):
    """Name a condition by its group, else by its own head words."""
    low, start, end = fold(one.said), 0, None
    if not re.match(ASKS, low):
        start = bare.end() if (bare := BARE.match(low)) else 0
        end = owned.start() if (owned := OWNED.search(low, start)) else None
    return one.about or " ".join(one.said[start:end].split()[:7])


def _find_taught(text, low, reading, groups, taken):
    """Find what an answer says can be taught, or cannot; first in sentences that tell no other condition."""
    teaching, terms = {cue.name for cue in load_cues()[0] if cue.teachable}, _compile(load_groups()[TAUGHT])
    hits = [hit for hit in reading.hits if hit.cue.removeprefix("not: ") in teaching and hit.option != BOTH]
    for hit in sorted(hits, key=lambda hit: (hit.clause.sentence in taken, hit.start)):
        clause = hit.clause
        words = next(iter(find_mentions(low[hit.start : clause.end], terms)), None)
        if words and clause.ends != "?" and not clause.before_but and not is_reported(low[slice(*clause.whole)]):
            start, end = hit.start + words.start, hit.start + words.end
            named = (mention.end for mention in clause.mentions if mention.end <= start)
            start = ABLE.search(low, max([hit.start, *named]), start).start()
            about = groups.name(low[start:end], taught=True) or TAUGHT
            yield Condition(start, end, clause.sentence, "taught", hit.option, about, text[start:end])
