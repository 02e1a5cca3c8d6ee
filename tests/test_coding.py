import pandas as pd
import pytest

from pmm_analysis.coding import apply_coding, coding_sheet
from pmm_analysis.errors import InputError
from pmm_analysis.stance import classify_stances

ANSWERS = pd.DataFrame({
    "thread": "skills", "answer": [1, 2], "expert": ["Ana", "Ben"], "text": ["Soft skills, hands down.", "=1+1 or\n\nso they say"],
})


def test_a_hand_label_wins_and_says_whose_it_is(tmp_path):
    sheet = coding_sheet(ANSWERS, "hard_vs_soft_skills")
    sheet.loc[1, ["label", "coder"]] = ["Balanced", "Cem"]
    sheet.to_csv(tmp_path / "sheet.csv", index=False, encoding="utf-8-sig")
    coded = apply_coding(classify_stances(ANSWERS, "hard_vs_soft_skills"), tmp_path / "sheet.csv")
    assert coded["stance"].tolist() == ["soft", "balanced"]
    assert coded["coded_by"].tolist() == ["rules", "Cem"]
    assert not coded["review"].iloc[1]


def test_the_sheet_is_blind_and_safe_to_open_in_a_spreadsheet():
    sheet = coding_sheet(ANSWERS, "hard_vs_soft_skills")
    assert "expert" not in sheet and "rules" not in sheet
    assert sheet["text"].iloc[1] == "'=1+1 or ¶ so they say"


@pytest.mark.parametrize("change, message", [
    ({"label": "sfot"}, "line 2: .*choose one of soft, hard, balanced, unaddressed"),
    ({"label": "soft", "answer": "9"}, "line 2: there is no answer 9"),
    ({"label": "soft", "text_hash": "0"}, "line 2: the text of answer 1 is not the one"),
])
def test_a_wrong_row_is_an_error_with_its_line(change, message):
    sheet = coding_sheet(ANSWERS, "hard_vs_soft_skills").astype(object)
    for column, value in change.items():
        sheet.loc[0, column] = value
    with pytest.raises(InputError, match=message):
        apply_coding(classify_stances(ANSWERS, "hard_vs_soft_skills"), sheet)
