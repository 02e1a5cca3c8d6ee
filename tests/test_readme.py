"""What the README shows works as it stands there."""

import re
from pathlib import Path

import pytest

from pmm_analysis import coding_sheet, load_codebook

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.M | re.S)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory, answers):
    """The folder and the names after all Python blocks have run, one after the other, with two coded sheets at hand."""
    folder = tmp_path_factory.mktemp("readme")
    sheet = coding_sheet(answers, "hard_vs_soft_skills")
    for coder, label in (("ana", "soft"), ("ben", "hard")):
        labels = ["soft", "soft", label, *[""] * (len(sheet) - 3)]
        sheet.assign(label=labels, coder=coder).to_csv(folder / f"{coder}.csv", index=False, encoding="utf-8-sig")
    names = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for language, block in BLOCKS:
            if language == "python":
                exec(compile(block, "README.md", "exec"), names)
    return folder, names


def test_the_scratch_notebook_makes_charts_and_a_deck(scratch):
    folder, names = scratch
    assert len(names["charts"]) == 9 and (folder / "deck.pptx").stat().st_size > 50_000
    assert {path.suffix for path in (folder / "charts").iterdir()} == {".png", ".svg", ".pdf", ".csv"}


def test_hand_labels_win_and_the_project_opens_elsewhere(scratch):
    folder, names = scratch
    assert names["ana"].loc[2, ["stance", "coded_by"]].tolist() == ["soft", "ana"]
    assert names["ben"].loc[2, "stance"] == "hard" and (folder / "thread.qdpx").exists()
    assert (names["study"].stances["coded_by"] == "ana").sum() == 3


def test_the_codebook_of_the_readme_loads(tmp_path):
    (block,) = [block for language, block in BLOCKS if language == "toml"]
    (tmp_path / "mine.toml").write_text(block, encoding="utf-8")
    codebook = load_codebook(tmp_path / "mine.toml")
    assert codebook.stances == ("product", "marketing", "balanced", "unaddressed") and codebook.themes
