"""What the cues of one answer add up to: a stance, how sure it is, and the clause that counted most."""

from math import prod
from typing import NamedTuple

from ..text import WORD, fold, is_common
from . import modifiers
from .clauses import BOTH, Clause, find_mentions, find_origin, group_sentences, mask_clause, read_clauses
from .grammar import compile_cues, list_candidates, load_factors

LEAST_EVIDENCE = 0.4
LEAST_MARGIN = 0.3
LEAST_BALANCE = 0.3
ENOUGH_WITHOUT_TOPIC = 2.5
ENOUGH_WITHOUT_MENTION = 1.0
ENOUGH_PRAISE = 0.7
ENOUGH_MENTIONS = 5
CHOICE = 1.0
MILD = 0.8
DAMPING = 0.8
MEDIUM_MARGIN, HIGH_MARGIN = 0.45, 0.6
MEDIUM_BALANCE, HIGH_BALANCE, CLEAR_BALANCE = 1.2, 2.0, 2.5
PLAIN = 1.2
SHORT = 330  # characters: some sixty words


class Hit(NamedTuple):
    """A cue found in an answer.

    `option` is its number or `BOTH`; `weight` includes what its clause does to
    it; `explicit` cues choose or compare in so many words; `compares` cues set
    one option against another; `settles` is a choice made in the end; `mild` cues
    only praise or blame.
    """

    cue: str
    option: int
    weight: float
    start: int
    end: int
    clause: Clause
    conditional: bool = False
    compares: bool = False
    explicit: bool = False
    settles: bool = False
    mild: bool = False


class Reading(NamedTuple):
    """What one answer says; `stance` is an option's number, "balanced" or "unaddressed"."""

    stance: object
    margin: float
    lean: float
    confidence: str
    doubtful: bool
    evidence: tuple
    hits: list


def is_on_topic(question, codebook, terms):
    """Say whether a question can be about the codebook's choice: it names an option or shares its words."""
    low = fold(question)
    if find_mentions(low, terms, question):
        return True
    words = _content_words(low)
    named = _content_words(fold(" ".join(word for option in codebook.options for word in option.terms)))
    return bool(words & named) or len(words & _content_words(fold(codebook.question))) > 1


def _content_words(low):
    return {word.rstrip("s") for word in WORD.findall(low) if not is_common(word)}


def read_stance(text, terms, teachable, *, on_topic=True):
    """Find the cues of one text and add them up.

    A text that answers another question (`on_topic` false), or names skills but
    neither option, takes a side only if it compares the options.
    """
    low, clauses = read_clauses(text, terms)
    mentions = [mention for clause in clauses for mention in clause.mentions]
    hits = [
        *_find_sides(low, clauses, terms.options, teachable),
        *_find_tags(low, clauses, terms),
        *_find_balance(low, clauses),
    ]
    if modifiers.ASIDE.match(low) and not any(hit.explicit and hit.weight > PLAIN for hit in hits):
        on_topic = False
    hits = _overrule(hits, _find_unnamed_choice(low, clauses, hits))
    sums = _add_up(hits, terms.options)
    if not mentions and modifiers.OTHER_COMPARISON.search(low):
        sums = sums._replace(balance=sums.balance * load_factors()["other comparison"])
    stance = _choose_stance(sums, mentions, on_topic, compares=any(hit.compares for hit in hits))
    if len(text) > SHORT and sums.first < ENOUGH_PRAISE and _merely_praises(stance, hits):
        stance = "unaddressed"
    lean = sums.share(sums.sides[0] - sums.sides[1]) if terms.options == 2 else float("nan")
    return Reading(
        stance,
        sums.margin,
        lean * (stance != "unaddressed"),
        *_rate_confidence(stance, sums, hits, on_topic, clauses),
        _choose_evidence(stance, hits, clauses),
        hits,
    )


class Sums(NamedTuple):
    """The weights for each option, the first and second of them, and the weight for balance."""

    sides: list
    first: float
    second: float
    balance: float

    @property
    def total(self):
        return self.first + self.second

    @property
    def margin(self):
        return self.share(self.first - self.second)

    def share(self, weight):
        return weight / (self.total + DAMPING + self.balance)


def _add_up(hits, n_options):
    """Sum the weights for each option and for balance; different conditions for different options are balance."""
    sides, conditional, balance = [0.0] * n_options, [0.0] * n_options, 0.0
    for hit in hits:
        if hit.option == BOTH:
            balance += hit.weight
        else:
            sides[hit.option] += hit.weight
            conditional[hit.option] += hit.weight * hit.conditional
    if sum(weight > 0.3 for weight in conditional) > 1:
        balance += load_factors()["both conditional"]
    second, first = sorted(sides)[-2:]
    return Sums(sides, first, second, balance)


def _choose_stance(sums, mentions, on_topic, *, compares):
    named = [mention.option for mention in mentions if mention.direct]
    if not compares and _misses_choice(sums, mentions, named, on_topic):
        return "unaddressed"
    if sums.total >= LEAST_EVIDENCE:
        return sums.sides.index(sums.first) if sums.margin > LEAST_MARGIN else "balanced"
    discussed = len(named) >= ENOUGH_MENTIONS and len(set(named)) > 1
    enough = LEAST_BALANCE if mentions else ENOUGH_WITHOUT_MENTION
    return "balanced" if discussed or sums.balance >= enough else "unaddressed"


def _merely_praises(stance, hits):
    return isinstance(stance, int) and all(hit.mild for hit in hits if hit.option == stance)


def _misses_choice(sums, mentions, named, on_topic):
    """Say whether a text that compares nothing is about something else: skills alone, or another question."""
    only_skills = mentions and not named and sums.balance < MEDIUM_BALANCE
    return only_skills or not on_topic and sums.total < ENOUGH_WITHOUT_TOPIC


def _rate_confidence(stance, sums, hits, on_topic, clauses):
    """Give the confidence in a stance, and whether a person should read the answer."""
    if stance == "unaddressed":
        return ("low", True) if on_topic else ("medium", False)
    last = clauses[-1].sentence
    return (_rate_balance if stance == "balanced" else _rate_side)(stance, sums, hits, clauses, last)


def _rate_balance(_, sums, hits, clauses, last):
    """Trust balance that is said in the last sentence, or in the first of a short answer."""
    said = {hit.clause.sentence for hit in hits if hit.option == BOTH}
    placed = last in said or 0 in said and clauses[-1].end - clauses[0].start <= SHORT
    if not placed or sums.balance < max(MEDIUM_BALANCE, sums.first * CLEAR_BALANCE):
        return "low", True
    return "high" if sums.balance >= HIGH_BALANCE else "medium", False


def _rate_side(stance, sums, hits, _, last):
    """Trust a side that is said in so many words, or plainly in the end, if the last sentence names no other."""
    against = any(hit.clause.sentence == last and hit.option not in (stance, BOTH) for hit in hits)
    own = [hit for hit in hits if hit.option == stance]
    if sums.margin > HIGH_MARGIN and any(hit.explicit for hit in own) and not against:
        return "high", False
    fair = sums.margin > MEDIUM_MARGIN
    plain = any(hit.weight >= PLAIN and (hit.settles or hit.clause.sentence == last) for hit in own)
    return "medium" if fair else "low", against or not (fair and plain)


class Match(NamedTuple):
    """A cue found in a clause, before what the clause does to it."""

    weight: float
    cue: str
    start: int
    end: int
    compares: bool
    explicit: bool
    praises: bool = False
    mild: bool = False


def _find_sides(low, clauses, n_options, teachable):
    """Find what speaks for an option, sentence by sentence."""
    sentences = group_sentences(clauses)
    last = len(sentences) - 1
    for number, sentence in enumerate(sentences):
        mentions = tuple(mention for clause in sentence for mention in clause.mentions)
        if not mentions:
            continue
        found = _match_sentence(low, sentence, mentions, n_options, teachable)
        asked = number and sentences[number - 1][0].ends == "?"
        for at, match in _find_alone(low, sentence, mentions, first=not number, asked=asked, last=number == last):
            found.setdefault((at, mentions[0].option), []).append(match)
        after = sentences[number + 1][0].start if number < last else len(low)
        turned = modifiers.TURN.match(low, after)
        if modifiers.TAKEN_BACK.match(low, after):
            found = {key: [_weaken(match, "former view") for match in matches] for key, matches in found.items()}
        yield from _weigh_matches(low, sentence, mentions, found, last, turned, n_options)


def _weaken(hit, role):
    return hit._replace(weight=hit.weight * load_factors()[role])


def _name_several(mentions):
    return len({mention.option for mention in mentions} - {BOTH}) > 1


def _match_sentence(low, sentence, mentions, n_options, teachable):
    """Match comparisons in the whole sentence, all else clause by clause: (clause, option) -> matches."""
    single, double, _ = compile_cues()
    found = {}
    if _name_several(mentions):
        whole = sentence[0]._replace(start=sentence[0].whole[0], end=sentence[0].whole[1], mentions=mentions)
        for option, match in _match_cues(low, whole, double, n_options, teachable):
            at = next((i for i, clause in enumerate(sentence) if match.start < clause.end), 0)
            found.setdefault((at, option), []).append(match)
    for at, clause in enumerate(sentence):
        if clause.mentions:
            for option, match in _match_cues(low, clause, single, n_options, teachable):
                found.setdefault((at, option), []).append(match)
    return found


def _match_cues(low, clause, index, n_options, teachable):
    """Match the cues whose words a clause has, with each option in the place of X."""
    cues = [cue for cue in list_candidates(low[clause.start : clause.end], index) if teachable or not cue.teachable]
    for option in range(n_options if cues else 0):
        masked, origins = mask_clause(low, clause, option)
        for cue in cues:
            if all(letter in masked for letter in cue.needs):
                for match in cue.pattern.finditer(masked):
                    span = find_origin(clause, origins, *match.span())
                    yield from _read_match(cue, masked, match, span, option, n_options)


def _read_match(cue, masked, match, span, option, n_options):
    """Say whom a match speaks for: its option or, where it is negated, the others or nobody."""
    factors, mild = load_factors(), cue.praises or cue.weight < MILD
    if cue.compares and modifiers.COUNTED.search(match[0]):
        return
    negation = None if cue.keeps_not else _find_negation(masked, match, len(cue.needs) > 1)
    if not negation:
        explicit = cue.weight >= factors["explicit"]
        yield option, Match(cue.weight, cue.name, *span, cue.compares, explicit, cue.praises, mild)
    elif negation == "turns":
        weight = cue.weight * factors["negation"] / (n_options - 1)
        for other in range(n_options):
            if other != option:
                yield other, Match(weight, f"not: {cue.name}", *span, cue.compares, False, mild=mild)


def _find_negation(masked, match, compares):
    """Say whether a negation in a match or shortly before it turns the cue round or makes it void.

    "X is not better than Y" and "I don't think X is better than Y" speak for Y; "nobody asked whether X is better
    than Y" speaks for neither.
    """
    if modifiers.NEGATED_WITHIN.search(match[0]):
        return "turns"
    before = masked[max(0, match.start() - 30) : match.start()].rpartition(",")[2]
    if not modifiers.NEGATED_BEFORE.search(before):
        return None
    return "turns" if not compares or modifiers.DISBELIEF.search(before) else "voids"


def _find_alone(low, sentence, mentions, *, first, asked, last):
    """Find an answer in one breath: a sentence that is no more than the name of an option."""
    at = next(i for i, clause in enumerate(sentence) if clause.mentions)
    clause, lead = sentence[at], low[sentence[0].start : sentence[at].start].rstrip()
    masked = mask_clause(low, clause, mentions[0].option)[0]
    announced = _is_led_in(lead, masked)
    alone = (first or (asked or last) and len(mentions) == 1) and _stands_alone(masked, sentence[at + 1 :], mentions)
    if at and not announced:
        alone = alone and _is_announced(low, sentence, at, masked, last)
    if mentions[0].direct and sentence[0].ends != "?" and (announced or alone):
        weight = load_factors()["alone after a question" if asked else "alone"]
        yield at, Match(weight, "X alone", clause.start, clause.end, True, True)


def _is_led_in(lead, masked):
    return lead.endswith(":") and modifiers.LEAD_IN.search(lead[:-1]) and modifiers.ANNOUNCED.match(masked)


def _stands_alone(masked, following, mentions):
    alone = modifiers.ALONE.match(masked)
    only = len(mentions) == 1 or following and following[0].opener in modifiers.EXCEPT
    return bool(alone and (alone[1] or only))


def _find_tags(low, clauses, terms):
    """Find options in hashtags: "#teamagency"."""
    tags = list(modifiers.TAG.finditer(low)) if "#" in low else []
    joined = {"".join(term.words): term.option for same in terms.phrases.values() for term in same} if tags else {}
    for tag in tags:
        option = joined.get(tag[1])
        clause = next((clause for clause in clauses if clause.start <= tag.start() < clause.end), None)
        if option is not None and clause:
            yield Hit("#X", option, load_factors()["explicit"], *tag.span(), clause, compares=True, explicit=True)


def _is_announced(low, sentence, at, masked, last):
    """Say whether a clause is what a colon announces: "My answer: X"."""
    before = sentence[at - 1].end
    short = len(low[sentence[0].start : sentence[at].start].split()) < 5
    return low[before : before + 1] == ":" and (short or last and masked.strip() == "X")


def _weigh_matches(low, sentence, mentions, found, last, turned, n_options):
    """Turn the cues of a sentence into hits; praise that is only granted speaks for the other option."""
    factors, beside = load_factors(), _name_several(mentions)
    for (at, option), matches in sorted(found.items()):
        clause = sentence[at]
        factor, conditional = _weigh_clause(low, clause, last)
        factor *= factors["before a turn"] if turned else 1
        granted = bool(turned or clause.before_but or _concedes(low, clause))
        matches.sort(key=lambda match: (-match.weight, match[1:]))
        opposed = n_options > 2 or (at, 1 - option) in found
        if granted and not opposed and all(match.praises for match in matches):
            best = matches[0]
            yield Hit(f"conceded: {best.cue}", 1 - option, factors["conceded"], best.start, best.end, clause, mild=True)
            continue
        for weight, match in _damp_echoes(matches, factor, beside):
            settles = not (conditional or granted) and _settles(low, clause, match, last)
            kind = conditional, match.compares, match.explicit and weight > 1, settles, match.mild
            yield Hit(match.cue, option, weight, match.start, match.end, clause, *kind)


def _damp_echoes(matches, factor, beside):
    """Let the strongest cue of a clause count in full, its echoes less, and less yet beside another option."""
    factors = load_factors()
    for rank, match in enumerate(matches):
        weight = match.weight * factor * (factors["echo"] if rank else 1)
        yield weight * (factors["beside the other"] if beside and not match.compares else 1), match


def _settles(low, clause, match, last):
    """Say whether a clause is where a choice is made in the end: forced, summed up, in spite of all, or said last."""
    if clause.ends == "?" or match.weight < CHOICE:
        return False
    return match.explicit and clause.sentence == last > 0 or _sums_up(low[slice(*clause.whole)])


def _find_unnamed_choice(low, clauses, hits):
    """Find the last sentence in which the writer chooses in the end, but in words that name no option."""
    busy = {hit.clause.sentence for hit in hits} | {clause.sentence for clause in clauses if clause.mentions}
    chosen = 0
    for number, (clause, *_) in enumerate(group_sentences(clauses)):
        if number and number not in busy and clause.ends != "?":
            sentence = low[slice(*clause.whole)]
            if modifiers.CHOOSES.search(sentence) or modifiers.OWN_CHOICE.search(sentence) and _sums_up(sentence):
                chosen = number
    return chosen


def _sums_up(sentence):
    """Say whether a sentence tells what counts in the end: a forced choice, a sum, a "still"."""
    return bool(
        modifiers.FORCED.search(sentence) or modifiers.STILL.search(sentence) or modifiers.CONCLUSION.match(sentence)
    )


def _overrule(hits, unnamed):
    """Let a choice that is made in the end outweigh what was weighed before it.

    `unnamed` is the number of a sentence that chooses without naming an option: it outweighs only balance.
    """
    settled = [hit for hit in hits if hit.settles]
    chosen = {hit.option for hit in settled}
    if len(chosen) > 1 or not (settled or unnamed):
        return hits
    before = settled[-1].clause.sentence if settled else unnamed
    overruled = [hit.clause.sentence < before and hit.option not in chosen for hit in hits]
    return [
        _weaken(hit, "overruled") if over and (settled or hit.option == BOTH) else hit
        for hit, over in zip(hits, overruled)
    ]


def _concedes(low, clause):
    return modifiers.CONCESSION.match(low, clause.start, clause.end) or modifiers.GRANTED.search(low, *clause.whole)


def _find_balance(low, clauses):
    """Find the strongest sign of "both" or "it depends" in each clause."""
    *_, index = compile_cues()
    last = clauses[-1].sentence if clauses else 0
    for clause in clauses:
        cues = list_candidates(low[clause.start : clause.end], index)
        if cues and (best := _find_strongest(low, clause, cues)):
            weight, name, start, end = best
            factor, conditional = _weigh_clause(low, clause, last)
            yield Hit(name, BOTH, weight * factor, start, end, clause, conditional)


def _find_strongest(low, clause, cues):
    """Give the first match of cues that come heaviest first."""
    masks = [mask_clause(low, clause, option) for option in ((0, 1) if clause.mentions else (0,))]
    for cue in cues:
        for masked, origins in masks:
            for match in cue.pattern.finditer(masked):
                before = masked[max(0, match.start() - 24) : match.start()]
                if cue.keeps_not or not modifiers.NEGATED_BEFORE.search(before):
                    return cue.weight, cue.name, *find_origin(clause, origins, *match.span())
    return None


def _weigh_clause(low, clause, last):
    """Multiply the factors of what a clause does in its sentence and answer."""
    piece, sentence, factors = low[clause.start : clause.end], low[slice(*clause.whole)], load_factors()
    forced = modifiers.FORCED.search(sentence)
    conditional = not forced and bool(modifiers.CONDITION.search(sentence))
    conceded = _concedes(low, clause)
    roles = {
        "concession": conceded,
        "before but": not conceded and clause.before_but,
        "after but": not conceded and not clause.before_but and clause.opener in ("but", "however", "yet"),
        "condition": conditional,
        "question": clause.ends == "?",
        "reported": modifiers.REPORTED.search(piece),
        "former view": modifiers.FORMER_VIEW.search(piece),
        "conclusion": forced or modifiers.CONCLUSION.match(piece) or modifiers.CONCLUSION.match(sentence),
        "first or last": last and clause.sentence in (0, last),
        "skill": clause.mentions and not any(mention.direct for mention in clause.mentions),
    }
    return prod(factors[role] for role, plays in roles.items() if plays), conditional


def _choose_evidence(stance, hits, clauses):
    """Give the span of the clause that counted most for a stance, else of the first to name an option."""
    if stance == "unaddressed":
        clause = next((clause for clause in clauses if clause.mentions), None)
    else:
        speaking = [hit for hit in hits if hit.option == (BOTH if stance == "balanced" else stance)]
        clause = max(speaking, key=lambda hit: hit.weight).clause if speaking else None
    return (clause.start, clause.end) if clause else None
