"""The codebook: what it may hold, and which words of a text it finds."""

import pytest

from pmm_analysis.codebook.load import SHIPPED, Codebook, Option, load_codebook
from pmm_analysis.codebook.mentions import compile_codebook, find_mentions
from pmm_analysis.errors import CodebookError
from pmm_analysis.text import fold


def find(text, *options):
    """What a text mentions: (the words, the option's key, the skill)."""
    found = find_mentions(fold(text), compile_codebook(Codebook("made", "Which?", options)))
    return [(text[mention.start : mention.end], options[mention.option].key, mention.skill) for mention in found]


def option(key, *terms, **skills):
    return Option(key, key.upper(), terms, skills)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_codebook_loads_and_no_word_names_two_options(path):
    codebook = load_codebook(path.stem)
    words = [word.casefold() for option in codebook.options for word in set(map(str.casefold, option.words))]
    assert len(words) == len(set(words))
    assert codebook.stances[-2:] == ("balanced", "unaddressed")


def test_a_wrong_key_names_the_file_the_line_and_the_right_key(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('question = "A or B?"\n[options.a]\nterm = ["a"]\n[options.b]\nterms = ["b"]\n')
    with pytest.raises(CodebookError, match=r'mine\.toml, line 3: unknown key "options\.a\.term".*terms'):
        load_codebook(path)


def test_one_option_is_no_choice(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('question = "A?"\n[options.a]\nterms = ["a"]\n')
    with pytest.raises(CodebookError, match="two or more options"):
        load_codebook(path)


@pytest.mark.parametrize(
    "text, found",
    [
        ("In-house, in house, or inhouse.", ["In-house", "in house", "inhouse"]),
        ("The agencies, an agency's fee.", ["agencies", "agency"]),
        ("A smaller team, small teams.", ["smaller team", "small teams"]),
        ("Keep it in. House rules.", []),
        ("A small, team-like thing.", []),
        ("He communicates; communication!", ["communicates", "communication"]),
    ],
)
def test_a_term_is_found_in_its_forms_but_not_across_a_pause(text, found):
    mentions = find(text, option("left", "in-house", "small team"), option("right", "agency", "communicat*"))
    assert [words for words, *_ in mentions] == found


def test_a_phrase_says_which_skill_it_belongs_to_and_the_longest_wins():
    options = (
        option("left", "mindset", Curiosity=("growth mindset",)),
        option("right", "tools", Data=("data", "data tools")),
    )
    assert find("A growth mindset, mindsets, data tools, tool.", *options) == [
        ("growth mindset", "left", "Curiosity"),
        ("mindsets", "left", None),
        ("data tools", "right", "Data"),
        ("tool", "right", None),
    ]


def test_a_form_belongs_to_the_skill_that_is_written_so():
    options = option("left", "x", Analysis=("analyse",), Doing=("analysing",)), option("right", "y")
    assert find("Analysing what we analysed.", *options) == [
        ("Analysing", "left", "Doing"),
        ("analysed", "left", "Analysis"),
    ]


def test_a_word_that_is_a_term_and_a_skill_is_both():
    options = option("left", "product knowledge", Product=("product knowledge",)), option("right", "y")
    (mention,) = find_mentions("product knowledge", compile_codebook(Codebook("made", "Which?", options)))
    assert mention.direct and mention.skill == "Product"


def test_a_phrase_that_two_options_share_names_neither():
    assert find("Trust and tools.", option("left", "trust"), option("right", "tools", Relations=("trust",))) == [
        ("tools", "right", None)
    ]


@pytest.mark.parametrize(
    "written", ['conditions = "seniority"', "[conditions]\nSeniority = 3", "[conditions]\nSeniority = []"]
)
def test_conditions_that_are_no_lists_of_words_are_one_clear_error(written, tmp_path):
    options = '[options.a]\nterms = ["a"]\n[options.b]\nterms = ["b"]\n'
    (tmp_path / "made.toml").write_text(f'question = "Which?"\n{written}\n{options}', encoding="utf-8")
    with pytest.raises(CodebookError, match=r"made\.toml: \"conditions.*To fix it: write"):
        load_codebook(tmp_path / "made.toml")
