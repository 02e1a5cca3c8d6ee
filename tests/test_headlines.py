"""Who an expert is, and what a headline says about title and company."""

import pytest

from pmm_analysis.errors import InputError
from pmm_analysis.text import load_words
from pmm_analysis.threads.headlines import LISTS, WORDS, match_experts, split_headline, split_pronouns
from pmm_analysis.threads.lines import weigh_headline

FIRST, COMMA = "company title", "title, company"


@pytest.mark.parametrize(
    "headline, order, parts",
    [
        ("Director, Product Marketing at 1Password", None, ("Director, Product Marketing", "1Password", None)),
        ("Product Marketing Lead at Plaid | Formerly Google", None, ("Product Marketing Lead", "Plaid", "Google")),
        (
            "Senior PMM, Pricing & Packaging at Quillon, fmr Marrowby",
            None,
            ("Senior PMM, Pricing & Packaging", "Quillon", "Marrowby"),
        ),
        ("Head of Growth (fmr Ochre) at Larkspur", None, ("Head of Growth", "Larkspur", "Ochre")),
        (
            "GTM Leader | Marketing Author | Career Coach",
            None,
            ("GTM Leader | Marketing Author | Career Coach", None, None),
        ),
        ("Larkspur Director of Product Marketing", FIRST, ("Director of Product Marketing", "Larkspur", None)),
        (
            "Northgate Group Product Manager - Payments | Formerly Quill, Mistral Foods",
            FIRST,
            ("Group Product Manager - Payments", "Northgate", "Quill, Mistral Foods"),
        ),
        (
            "Harrowgate Health Senior Director of Product, Clinical",
            FIRST,
            ("Senior Director of Product, Clinical", "Harrowgate Health", None),
        ),
        ("Tallow & Finch VP Product (Consumer)", FIRST, ("VP Product (Consumer)", "Tallow & Finch", None)),
        ("Thistledown.io Content Lead", FIRST, ("Content Lead", "Thistledown.io", None)),
        ("Fennel Head of Product, Enterprise @Fennel", FIRST, ("Head of Product, Enterprise", "Fennel", None)),
        (
            "VP, Product & Operations (Retail), Brightwell.io",
            COMMA,
            ("VP, Product & Operations (Retail)", "Brightwell.io", None),
        ),
        ("Director, Product Marketing", COMMA, ("Director, Product Marketing", None, None)),
        ("Larkspur Journalist", FIRST, ("Journalist", "Larkspur", None)),
        ("Larkspur Editor", FIRST, ("Editor", "Larkspur", None)),
        ("Larkspur Sr. Analytics Engineer", FIRST, ("Sr. Analytics Engineer", "Larkspur", None)),
        ("Larkspur Global Head of Sales", FIRST, ("Global Head of Sales", "Larkspur", None)),
        ("Design Studio Head of Design", FIRST, ("Head of Design", "Design Studio", None)),
        ("Growth Head of Design", FIRST, (None, None, None)),
        ("Fennel He", FIRST, (None, None, None)),
    ],
)
def test_headline_is_split_where_it_is_clear_and_left_where_it_is_not(headline, order, parts):
    assert split_headline(headline, order) == parts


@pytest.mark.parametrize(
    "name, parts",
    [
        ("Liz Tassey (she/her)", ("Liz Tassey", "she/her")),
        ("Sam Roe (they / them)", ("Sam Roe", "they/them")),
        ("Rui Bell, MBA (he/him/his)", ("Rui Bell, MBA", "he/him/his")),
        ("Nikhil (Nik) Rao", ("Nikhil (Nik) Rao", None)),
        ("(she/her)", ("(she/her)", "she/her")),
    ],
)
def test_pronouns_are_taken_out_of_a_name(name, parts):
    assert split_pronouns(name) == parts


@pytest.mark.parametrize(
    "names",
    [
        ("Marisol Quintero-Vance, MBA", "Marisol Quintero-Vance"),
        ("Dana Okafor", "DANA OKAFOR"),
        ("José Díaz", "Jose Diaz"),
        ('Fitzgerald "Fitz" Amponsah', "Fitz Amponsah"),
        ("Fitz Amponsah", "Fitzgerald “Fitz” Amponsah"),
        ("Elizabeth (Liz) Tassey", "Liz Tassey"),
        ("Cuthbert M. Zhao-Ellery", "Cuthbert Zhao-Ellery"),
        ("Max Power, Ph.D.", "Max Power"),
        ("Ada  Cole", "Ada Cole"),
    ],
)
def test_one_expert_has_one_name_the_first(names):
    assert match_experts(names) == [names[0]] * 2


@pytest.mark.parametrize(
    "names",
    [
        ("Bob Smith", "Robert Smith"),
        ("Ada B. Cole", "Ada C. Cole"),
        ("Priyanka", "Priyanka Rao"),
        ("Wren", "Wren Lee"),
        ("John Smith Jr.", "John Smith"),
        ("Li Wei", "Wei Li"),
    ],
)
def test_two_experts_keep_their_names(names):
    assert match_experts(names) == list(names)


@pytest.mark.parametrize("role", sorted(WORDS["roles"] | WORDS["heads"]))
def test_every_role_tells_a_headline_and_splits_it(role):
    assert weigh_headline(f"Larkspur {role.title()}")[0]
    assert split_headline(f"Larkspur {role.title()}", FIRST) == (role.title(), "Larkspur", None)


@pytest.mark.parametrize(
    "text, line, reason",
    [
        ("roles = 'editor'\nheads = 'vp'\n", None, '"levels" is missing'),
        ("roles = 'editor, Curator'", 1, "must be words in lower case"),
        ("# roles\n\nroles = 'editor,, curator'", 3, "must be words"),
        ("roles = 'editor'\nrolls = 'curator'", 2, "is no list known here"),
        ("roles = ['editor']", 1, "must be words"),
        ("heads = 'vp'\nroles =\n", 2, "cannot be read"),
    ],
)
def test_a_fault_in_a_list_of_words_names_file_and_line(tmp_path, text, line, reason):
    file = tmp_path / "roles.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=f"roles.toml.*{reason}.*To fix it") as caught:
        load_words(file, LISTS)
    assert caught.value.line == line
