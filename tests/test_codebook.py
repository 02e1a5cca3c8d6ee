"""The codebook: what it may hold, and which words of a text it finds."""

import pandas as pd
import pytest
from pptx import Presentation

from pmm_analysis import (
    Study,
    apply_coding,
    build_deck,
    classify_stances,
    cluster_answers,
    coding_sheet,
    load_codebook,
    make_charts,
)
from pmm_analysis.codebook.load import SHIPPED, Codebook, Option
from pmm_analysis.codebook.mentions import compile_codebook, doubt_codebook, find_mentions
from pmm_analysis.errors import CodebookError
from pmm_analysis.tables import name_column
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


def find_words(text, *terms):
    """The words of a text that name an option with these terms, read as written."""
    options = option("left", *terms), option("right", "y")
    found = find_mentions(fold(text), compile_codebook(Codebook("made", "Which?", options)), text)
    return [text[mention.start : mention.end] for mention in found]


@pytest.mark.parametrize(
    "term, text, found",
    [
        ("IT", "I prefer it. IT is better, IT's fine. It depends on its team.", ["IT", "IT"]),
        ("Go", "I would go for it. Go for it! Go is better, I like Go.", ["Go", "Go"]),
        ("PM", "At 5 pm two PMs and a PM's boss met.", ["PMs", "PM"]),
        ("HR team", "The HR teams, not the hr team.", ["HR teams"]),
        ("US", "Tell us about the US.", ["US"]),
        ("R", "R, not R&D, nor plan r.", ["R"]),
        (".NET", "On the net I read of .NET and behance.net.", ["NET"]),
        ("C", "C, not C++, C# or the C-level.", ["C"]),
        ("C++", "C, C#, C++ and c++.", ["C++", "c++"]),
        ("C#", "C# and C.", ["C#"]),
        ("R&D", "R&D, R & D, R and D; the r d, R. D.", ["R&D", "R & D", "R and D"]),
        ("B2B/B2C", "B2B, B2C, B2B/B2C and b2b / b2c, B2B B2C.", ["B2B/B2C", "b2b / b2c"]),
        ("A/B test", "An A/B test, A/B-tests, a b test.", ["A/B test", "A/B-tests"]),
        ("24/7", "24/7, not 24 7 or 24.7.", ["24/7"]),
        ("Product Marketing", "Product marketing.", ["Product marketing"]),
    ],
)
def test_a_term_that_could_be_another_word_is_read_only_as_it_is_written(term, text, found):
    assert find_words(text, term) == found


def test_who_writes_no_capitals_may_write_an_acronym_small_but_not_a_common_word():
    assert find_words("mvp all day. it wins", "MVP", "IT") == ["mvp"]
    assert find_words("Our mvp wins.", "MVP") == []
    assert find_words("Our mvp wins.", "MVP", "mvp") == ["mvp"]


def test_a_label_that_is_a_common_word_with_a_capital_is_no_term():
    assert compile_codebook(
        Codebook("made", "Which?", (Option("it", "It", ("desk",)), Option("b", "B", ("b",))))
    ).phrases.keys() == {"desk", "desks", "b"}


def test_it_is_not_the_department():
    codebook = Codebook(
        "made", "Should onboarding sit with IT or HR?", (Option("it", "IT", ("IT",)), Option("hr", "HR", ("HR",)))
    )
    texts = ["I prefer it.", "It is better that way.", "I would choose HR over IT.", "I would do it again."]
    stances = classify_stances(pd.DataFrame({"text": texts}), codebook)
    assert stances["stance"].tolist() == ["unaddressed", "unaddressed", "hr", "unaddressed"]


def test_terms_to_look_at_are_said():
    options = option("left", "IT", "no", "desk"), option("right", "desk", "agency")
    assert doubt_codebook(Codebook("made", "Which?", options)) == [
        'codebook made: the term "desk" stands under left and right, so it names neither',
        'codebook made: the term "IT" of left is also a common English word: it counts only where it is written so',
        'codebook made: the term "no" of left is also a common English word: it counts wherever it stands',
    ]
    assert all(doubt_codebook(load_codebook(path.stem)) == [] for path in SHIPPED.glob("*.toml"))


@pytest.mark.parametrize(
    "tables, message",
    [
        ('[options.soft]\nterms = ["a"]\n[options.Soft]\nterms = ["b"]', 'key "Soft".*option "soft"'),
        ('[options.in-house]\nterms = ["a"]\n[options.in_house]\nterms = ["b"]', 'key "in_house".*option "in-house"'),
        (
            '[options.a]\nlabel = "X"\nterms = ["a"]\n[options.b]\nlabel = "x"\nterms = ["b"]',
            'label "x" of the option "b"',
        ),
        (
            '[options.a]\nlabel = " "\nterms = ["a"]\n[options.b]\nterms = ["b"]',
            '"options.a.label" must be a line of text',
        ),
        ('[options.a]\nlabel = "Mixed"\nterms = ["a"]\n[options.b]\nterms = ["b"]', "a stance that every codebook has"),
        ('[options.Balanced]\nterms = ["a"]\n[options.b]\nterms = ["b"]', "a stance that every codebook has"),
        ('[options."!"]\nterms = ["a"]\n[options.b]\nterms = ["b"]', "no letter or figure"),
        ('[options.a]\nterms = ["??"]\n[options.b]\nterms = ["b"]', "no letter or figure"),
    ],
)
def test_names_that_a_coding_sheet_could_not_tell_apart_are_refused(tables, message, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(f'question = "A or B?"\n{tables}\n', encoding="utf-8")
    with pytest.raises(CodebookError, match=rf"mine\.toml.*{message}"):
        load_codebook(path)


KEYS = (
    "in-house",
    "2024",
    "class",
    "terms",
    "group",
    "a b",
    "_soft",
    "stance",
    "n",
    "thread",
    "cluster",
    "size",
    "é",
    "=1",
)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_toml_allows_is_a_key(key, tmp_path):
    path = tmp_path / "mine.toml"
    terms = 'label = "left"\nterms = ["left"]\n[options.agency]\nterms = ["agency"]\n'
    path.write_text(f'question = "Left or agency?"\n[options."{key}"]\n{terms}', encoding="utf-8")
    answers = pd.DataFrame(
        {"thread": "t", "expert": ["Ada", "Bo"], "text": ["I would go with left.", "Agency, hands down."]}
    )
    study = Study(answers, path, clustering=cluster_answers(answers, n_clusters=1))
    assert study.stances["stance"].tolist() == [key, "agency"]
    sheet = coding_sheet(answers, path).assign(label=[key, "agency"])
    assert apply_coding(study.stances, sheet)["stance"].tolist() == [key, "agency"]
    charts = make_charts(study)
    counts = next(chart for chart in charts if chart.key == "cluster_stances").table.iloc[0]
    assert counts[name_column(key)] == counts["agency"] == 1 and counts["n"] == 2
    build_deck(charts, tmp_path / "deck.pptx")
    shapes = [shape for slide in Presentation(tmp_path / "deck.pptx").slides for shape in slide.shapes]
    graph = next(shape.chart for shape in shapes if shape.name == "Chart: cluster stances")
    assert {series.name: list(series.values) for series in graph.plots[0].series}["left"] == [1]
