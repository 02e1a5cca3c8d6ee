import pytest

from pmm_analysis.codebook.load import SHIPPED, load_codebook
from pmm_analysis.errors import CodebookError


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
