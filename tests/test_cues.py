"""The language of cues: what it finds, that nothing in it is out of reach, what it says of a wrong block."""

import random
import re
from collections import Counter

import pandas as pd
import pytest

from pmm_analysis import classify_stances
from pmm_analysis.errors import InputError
from pmm_analysis.stance.grammar import (
    compile_cues,
    expand,
    find_needs,
    index_cues,
    list_candidates,
    load_cues,
    load_factors,
    load_words,
    sre,
)

SIDES, BALANCED = load_cues()
LEAST, MOST = 300, 3000
# "fail" is also a word of <loses>, before which this cue gives way.
NEVER_FOUND = {("better than", "likely to fail")}


def is_offered(cue, text):
    return any(cue in list_candidates(text, index) for index in compile_cues())


@pytest.mark.parametrize("cue", [*SIDES, *BALANCED], ids=lambda cue: cue.name)
def test_a_cue_is_tried_on_its_examples(cue):
    assert all(is_offered(cue, example) for example in cue.examples)


@pytest.mark.parametrize("cue", [*SIDES, *BALANCED], ids=lambda cue: cue.name)
def test_every_alternative_of_a_cue_is_found_and_no_text_that_it_finds_is_out_of_reach(cue):
    sampler, found = Sampler(cue), set()
    for number in range(MOST):
        if number > LEAST and sampler.known.keys() == found:
            break
        text, alternatives = sampler.write_text()
        for beside in (text, f"q{text}q", f"so it's {text}'s"):
            if cue.pattern.search(beside):
                assert is_offered(cue, beside), beside
                found |= alternatives
    assert {(cue.name, sampler.write(sampler.known[key])) for key in sampler.known.keys() - found} <= NEVER_FOUND


class Sampler:
    """Writes texts as a pattern says, each alternative as often as the others."""

    def __init__(self, cue):
        self.tree, self.random = sre.parse(cue.pattern.pattern), random.Random(cue.name)
        self.uses, self.known, self.used = Counter(), {}, set()

    def write_text(self):
        self.used = set()
        return self.write(self.tree), self.used

    def write(self, tree):
        return "".join(self.write_part(kind, value) for kind, value in tree)

    def write_part(self, kind, value):
        match kind:
            case sre.LITERAL:
                return chr(value)
            case sre.ANY:
                return self.random.choice(" w")
            case sre.IN if value[0][0] is sre.NEGATE:
                return "," if (sre.CATEGORY, sre.CATEGORY_WORD) in value else "w"
            case sre.IN:
                return self.random.choice([self.write_character(*item) for item in value])
            case sre.BRANCH:
                return self.write(self.choose(value[1]))
            case sre.SUBPATTERN:
                return self.write(value[-1])
            case sre.MAX_REPEAT:
                low, high, body = value
                return "".join(self.write(body) for _ in range(self.random.randint(low, min(high, low + 2))))
            case sre.AT | sre.ASSERT | sre.ASSERT_NOT:
                return ""

    def write_character(self, kind, value):
        if kind is sre.CATEGORY:
            return {sre.CATEGORY_NOT_WORD: ",", sre.CATEGORY_DIGIT: "7"}.get(value, "w")
        return chr(value if kind is sre.LITERAL else value[0])

    def choose(self, branches):
        keys = [(id(branches), number) for number in range(len(branches))]
        self.known |= dict(zip(keys, branches, strict=True))
        least = min(self.uses[key] for key in keys)
        key = self.random.choice([key for key in keys if self.uses[key] == least])
        self.uses[key] += 1
        self.used.add(key)
        return self.known[key]


@pytest.mark.parametrize(
    "pattern, anchors, needs",
    [
        (r"X (?:wins?|won)\b", {"win", "wins", "won"}, "X"),
        (r"X wins", {"wins*"}, "X"),
        (r"\blearn\w* X", {"learn", "learn*"}, "X"),
        (r"\bdon't X|\bX isn't", {"don", "isn"}, "X"),
        (r"X (?:'s )?where Y", {"where"}, "XY"),
        (r"X >+ Y", {">"}, "XY"),
        (r"\b(?:no|hard-)pressed X", {"nopressed", "pressed"}, "X"),
        (r"(?<!never )X (?!wins)\b(?:has|is) th[ae]n\b", {"than", "then"}, "X"),
        (r"\bpick X|X\b", {""}, "X"),
        (r"\bpick (?:\w+ )?both\b|^neither$", {"pick", "neither"}, ""),
    ],
)
def test_the_words_that_a_pattern_needs(pattern, anchors, needs):
    assert find_needs(pattern) == (anchors, needs)


def test_a_cue_of_which_no_word_is_certain_is_always_tried():
    cue = SIDES[0]._replace(anchors=frozenset([""]))
    assert list_candidates("nothing of the kind", index_cues([cue])) == [cue]


@pytest.mark.parametrize(
    "pattern, text, found",
    [
        ("X ~2 wins", "X nearly always wins", True),
        ("X ~2 wins", "X once in a while wins", False),
        ("X ~2 wins", "X and Y wins", False),
        ("X ~4 good", "X more than others good", False),
        ("X ~2 <gives>", "X won", True),
        ("X ~2 <gives>", "X won't", False),
        ("X\n  wins|\n  X won", "X won", True),
    ],
)
def test_a_gap_counts_words_and_stops_at_options_and_than(pattern, text, found):
    assert bool(re.search(expand(pattern), text)) is found


@pytest.mark.parametrize(
    "text, right",
    [
        ("I regret hard skills.", {"soft"}),
        ("We regret hiring for hard skills.", {"soft", "balanced"}),
        ("First soft skills, then hard skills.", {"soft"}),
        ("Soft skills first, then hard skills.", {"soft"}),
    ],
)
def test_cue_gaps_the_blank_before_a_gap_stays_where_the_word_has_no_ending(text, right):
    stances = classify_stances(pd.DataFrame({"text": [text]}), "hard_vs_soft_skills")
    assert stances["stance"][0] in right


CUES = """[sources]
own = "measured"

[[side]]
name = "X wins"
weight = 1.5
examples = ["X nearly always wins"]
source = "own"
pattern = 'X ~2 wins'

[[balance]]
name = "both"
weight = 1
examples = ["you need both"]
source = "own"
pattern = 'need both'
"""


@pytest.mark.parametrize(
    "right, wrong, line, reason",
    [
        ("weight = 1.5", "weigth = 1.5", 6, 'unknown key "weigth"'),
        ("weight = 1.5\n", "", 4, '"weight" is missing'),
        ("weight = 1.5", "weight = 2.5", 6, "the weight 2.5 is not between 0 and 2"),
        ("weight = 1.5", "weight = 0", 6, "the weight 0 is not between 0 and 2"),
        ("weight = 1.5", "weight = true", 6, '"weight" is of the wrong kind'),
        ("weight = 1.5", "weight = 1.5\nteachable = 1", 7, '"teachable" is of the wrong kind'),
        ('["X nearly', '["Y nearly', 7, 'the pattern does not find "Y nearly always wins"'),
        ('["X nearly always wins"]', "[]", 7, "there is no example"),
        ('source = "own"', 'source = "mine"', 8, 'unknown source "mine"'),
        ("~2 wins", "~2 <victory>", 9, "there is no list <victory>"),
        ("~2 wins", "~2 (wins", 9, "the pattern is no regular expression (missing ), unterminated subpattern)"),
        ("~2 wins", "~2 Wins", 9, 'the capital "W" can never be found'),
        ("~2 wins", "~2 Y|X", 9, "the pattern names no word"),
        ('name = "both"', 'name = "X wins"', 12, 'another cue is called "X wins"'),
        ("[[balance]]", "[balance]", 11, "each cue must be a block"),
        ("[[balance]]", "[[ballance]]", 11, 'unknown table "ballance"'),
        ("'X ~2 wins'", "X ~2 wins", 9, "this cannot be read as TOML"),
    ],
)
def test_a_cue_that_is_wrong_is_named_with_its_line(tmp_path, right, wrong, line, reason):
    file = tmp_path / "mine.toml"
    file.write_text(CUES.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(InputError, match=rf"mine\.toml, line {line}: {re.escape(reason)}.*To fix it"):
        load_cues(file)


def test_the_cues_of_the_errors_above_are_right_but_for_what_is_wrong(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(CUES, encoding="utf-8")
    sides, balance = load_cues(file)
    assert [cue.name for cue in (*sides, *balance)] == ["X wins", "both"]


def test_a_list_of_words_and_a_factor_that_are_wrong_are_named_with_their_line(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("be = 'is, are'\nadv = 'far,, much'\n", encoding="utf-8")
    with pytest.raises(InputError, match='mine.toml, line 2: "adv" must be words with commas between'):
        load_words(file)
    rows = [f'"{role}" = {{ value = {value}, example = "x" }}' for role, value in load_factors().items()]
    for change, line, reason in (
        (rows[:2] + ['"ehco" = { value = 0.3, example = "x" }'] + rows[2:], 3, 'unknown role "ehco"'),
        (rows[:1] + ['"before but" = 0.5'] + rows[2:], 2, '"before but" needs a value and an example'),
        (rows[:-1], None, '"explicit" needs a value and an example'),
    ):
        load_factors.cache_clear()
        file.write_text("\n".join(change), encoding="utf-8")
        place = f"mine.toml, line {line}" if line else "mine.toml"
        with pytest.raises(InputError, match=f"^{place}: {reason}"):
            load_factors(file)


def test_exchanging_the_options_is_left_to_the_placeholders():
    assert all(set(cue.needs) & set("XY") for cue in SIDES)
