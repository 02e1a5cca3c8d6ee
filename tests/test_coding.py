import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from pmm_analysis.codebook import Codebook, Option, load_codebook
from pmm_analysis.codebook.style import style_stances
from pmm_analysis.coding import (
    agreement,
    agreement_by_label,
    apply_coding,
    coding_sheet,
    confusion_table,
    export_codebook,
    export_project,
)
from pmm_analysis.errors import InputError
from pmm_analysis.stance.classify import classify_stances, hash_text

ANSWERS = pd.DataFrame(
    {
        "thread": "skills",
        "answer": [1, 2],
        "expert": ["Ana", "Ben"],
        "text": ["Soft skills, hands down.", "=1+1 or\n\nso they say"],
    }
)


def test_a_hand_label_wins_and_says_whose_it_is(tmp_path):
    sheet = coding_sheet(ANSWERS, "hard_vs_soft_skills")
    sheet.loc[1, ["label", "coder"]] = ["Balanced", "Cem"]
    sheet.to_csv(tmp_path / "sheet.csv", index=False, encoding="utf-8-sig")
    coded = apply_coding(classify_stances(ANSWERS, "hard_vs_soft_skills"), tmp_path / "sheet.csv")
    assert coded["stance"].tolist() == ["soft", "balanced"]
    assert coded["coded_by"].tolist() == ["rules", "Cem"]
    assert not coded["review"].iloc[1]


def test_labels_may_be_given_by_key_or_by_name():
    answers = pd.DataFrame({"text": [f"Text {n}." for n in range(6)]})
    sheet = coding_sheet(answers, "hard_vs_soft_skills")
    sheet["label"] = ["Soft skills", "hard", "soft  SKILLS", "", "Both / it depends", "Not addressed"]
    coded = apply_coding(classify_stances(answers, "hard_vs_soft_skills"), sheet)
    assert coded["stance"].tolist() == ["soft", "hard", "soft", "unaddressed", "balanced", "unaddressed"]
    assert coded["coded_by"].tolist() == ["hand", "hand", "hand", "rules", "hand", "hand"]


def test_a_label_that_overrules_the_rules_leaves_their_quote_and_evidence_out():
    stances = classify_stances(ANSWERS, "hard_vs_soft_skills")
    sheet = coding_sheet(ANSWERS, "hard_vs_soft_skills")
    agreed, overruled = (apply_coding(stances, sheet.assign(label=[label, ""])).iloc[0] for label in ("soft", "hard"))
    assert agreed["evidence"] == "Soft skills, hands down" and agreed["lean"] > 0
    assert agreed["quote"] == "Soft skills, hands down." and pd.isna(overruled["quote"])
    assert pd.isna(overruled["evidence"]) and pd.isna(overruled["lean"]) and overruled["confidence"] == "high"


def test_two_labels_for_one_answer_are_an_error_with_both_lines():
    sheet = coding_sheet(ANSWERS, "hard_vs_soft_skills").assign(label=["soft", ""])
    both = pd.concat([sheet, sheet.assign(label=["hard", ""])])
    with pytest.raises(InputError, match='line 4: answer 1 is coded "hard" here and "soft" in line 2'):
        apply_coding(classify_stances(ANSWERS, "hard_vs_soft_skills"), both)


def test_the_sheet_is_blind_and_safe_to_open_in_a_spreadsheet():
    sheet = coding_sheet(ANSWERS, "hard_vs_soft_skills")
    assert "expert" not in sheet and "rules" not in sheet
    assert sheet["text"].iloc[1] == "'=1+1 or ¶ so they say"


@pytest.mark.parametrize(
    "change, message",
    [
        ({"label": "sfot"}, "line 2: .*choose one of soft, hard, balanced, unaddressed"),
        ({"label": "soft", "answer": "9"}, "line 2: there is no answer 9"),
        ({"label": "soft", "text_hash": "0"}, "line 2: the text of answer 1 is not the one"),
    ],
)
def test_a_wrong_row_is_an_error_with_its_line(change, message):
    sheet = coding_sheet(ANSWERS, "hard_vs_soft_skills").astype(object)
    for column, value in change.items():
        sheet.loc[0, column] = value
    with pytest.raises(InputError, match=message):
        apply_coding(classify_stances(ANSWERS, "hard_vs_soft_skills"), sheet)


@pytest.mark.parametrize("n", [5, 30, 200])
def test_agreement_equals_scikit_learn_and_the_krippendorff_package(n):
    krippendorff = pytest.importorskip("krippendorff", reason="the reference for alpha is not installed")
    from sklearn.metrics import cohen_kappa_score

    rng = np.random.default_rng(n)
    a = rng.choice(list("abcd"), n)
    b = np.where(rng.random(n) < 0.6, a, rng.choice(list("abcd"), n))
    found = agreement(a, b).set_index("measure")["value"]
    assert found["percent"] == pytest.approx((a == b).mean())
    assert found["kappa"] == pytest.approx(cohen_kappa_score(a, b), abs=1e-12)
    alpha = krippendorff.alpha(reliability_data=np.array([a, b]), level_of_measurement="nominal")
    assert found["alpha"] == pytest.approx(alpha, abs=1e-12)


@pytest.mark.parametrize(
    "a, b, reason",
    [
        (["soft", "soft"], ["soft", "soft"], "all labels are the same"),
        (["soft", ""], ["", "hard"], "no answer has two labels"),
    ],
)
def test_undefined_agreement_is_undefined_with_a_reason(a, b, reason):
    found = agreement(a, b).set_index("measure")
    assert np.isnan(found.loc["kappa", "value"]) and reason in found.loc["kappa", "reason"]


def test_series_are_matched_by_their_index_and_empty_labels_are_left_out():
    a = pd.Series(["soft", "hard", ""], index=[1, 2, 3])
    b = pd.Series(["hard", "soft", "soft"], index=[2, 1, 3])
    assert agreement(a, b)[["value", "n"]].iloc[0].tolist() == [1.0, 2]
    assert agreement_by_label(a, b)["both"].tolist() == [1, 1]
    assert confusion_table(a, b).to_numpy().tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("labels", [pd.DataFrame({"stance": ["soft"]}), "my_codes.csv", Path("my_codes.csv")])
def test_a_table_or_a_file_is_no_column_of_labels(labels):
    with pytest.raises(InputError, match="labels are one column"):
        agreement(labels, labels)


def test_no_fingerprint_of_a_text_looks_like_a_number():
    hashes = [hash_text(str(number)) for number in range(1000)]
    assert len(set(hashes)) == 1000 and not any(text[0].isdigit() for text in hashes)


def test_the_bootstrap_interval_holds_the_value_and_repeats():
    a, b = list("ababababab"), list("ababababba")
    one, other = agreement(a, b), agreement(a, b)
    assert one.equals(other)
    assert ((one["low"] <= one["value"]) & (one["value"] <= one["high"])).all()


def test_a_project_holds_every_text_and_its_quotes_in_place(tmp_path):
    answers = pd.concat(
        [
            ANSWERS,
            pd.DataFrame(
                {
                    "thread": ["skills"],
                    "answer": [3],
                    "expert": ["A & B\x07"],
                    "text": ["I'd hire for empathy 🙂\r\nevery time <b>."],
                }
            ),
        ],
        ignore_index=True,
    )
    stances = classify_stances(answers, "hard_vs_soft_skills")
    path = export_project(answers, stances, "hard_vs_soft_skills", tmp_path / "thread.qdpx")
    again = export_project(answers, stances, "hard_vs_soft_skills", tmp_path / "again.qdpx")
    assert path.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
        names = {"q": "urn:QDA-XML:project:1.0"}
        codes = {code.get("guid") for code in root.iterfind(".//q:Code", names)}
        sources = root.findall(".//q:TextSource", names)
        assert len(sources) == 3
        evidence = []
        for source, original in zip(sources, answers["text"]):
            text = archive.read(f"Sources/{source.get('guid')}.txt").decode("utf-8")
            assert len(text) == len(original) and "\r" not in text
            for selection in source.iterfind("q:PlainTextSelection", names):
                assert selection.get("creationDateTime").endswith("Z")
                assert selection.find("q:Coding/q:CodeRef", names).get("targetGUID") in codes
                evidence.append(text[int(selection.get("startPosition")) : int(selection.get("endPosition"))])
    assert "I'd hire for empathy" in " ".join(evidence)
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))


def read_codes(path):
    """Name -> code of a codebook export."""
    names = {"q": "urn:QDA-XML:codebook:1.0"}
    return {
        code.get("name"): code for code in ElementTree.parse(path).getroot().iterfind("q:Codes/q:Code/q:Code", names)
    }


def test_a_codebook_export_holds_every_stance_with_its_meaning(tmp_path):
    codes = read_codes(export_codebook("hard_vs_soft_skills", tmp_path / "skills.qdc"))
    assert list(codes)[:4] == ["Soft skills", "Hard skills", "Both / it depends", "Not addressed"]
    assert all(code[0].tag.endswith("Description") and code[0].text for code in codes.values())


def test_a_stance_has_the_same_colour_in_other_programs_as_on_slides(tmp_path):
    codebook = load_codebook("hard_vs_soft_skills")
    codes = read_codes(export_codebook(codebook, tmp_path / "skills.qdc"))
    for key, style in style_stances(codebook).items():
        assert codes[codebook.labels[key]].get("color") == style.fill


def test_more_options_than_colours_are_exported_all_the_same(tmp_path):
    codebook = Codebook("many", "Which?", tuple(Option(letter, letter.upper(), (letter,)) for letter in "abcde"))
    codes = read_codes(export_codebook(codebook, tmp_path / "many.qdc"))
    assert codes["D"].get("color") and codes["E"].get("color") is None
