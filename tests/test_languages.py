"""Languages: a thread that is not English is known as such, nobody claims to have read it, its words are its own."""

import io
from pathlib import Path

import pytest
from pptx import Presentation

from pmm_analysis import (
    Study,
    ThreadWarning,
    apply_coding,
    build_deck,
    check_thread,
    classify_stances,
    cluster_answers,
    coding_sheet,
    load_thread,
    load_threads,
    make_charts,
    profile_experts,
    stance_evidence,
    tally_stances,
)
from pmm_analysis.charts.words import explain_signs, tell_language
from pmm_analysis.codebook import Codebook, Option
from pmm_analysis.languages import detect_language, find_unread
from pmm_analysis.wording import read_wording

ROOT = Path(__file__).parents[1]
ENGLISH = sorted([*(ROOT / "tests" / "threads").glob("*.txt"), *(ROOT / "data" / "raw").glob("*.txt")])
THREADS = {
    "de": [
        "Soft Skills sind wichtiger als Hard Skills. Fachwissen kann man lernen.",
        "Ich würde immer Soft Skills bevorzugen, denn Fachwissen lernt man mit der Zeit.",
        "Fachwissen ist wichtiger als soziale Fähigkeiten, weil das Team sonst nicht arbeiten kann.",
        "Es kommt darauf an, in welcher Phase die Firma ist.",
        "Ich halte Soft Skills für wichtiger.",
        "Die sozialen Fähigkeiten kommen zuerst, dann das Fachwissen.",
    ],
    "es": [
        "Para mí las habilidades blandas son más importantes que las técnicas.",
        "Depende de la empresa y del equipo.",
        "Elegiría siempre a quien sabe escuchar; las herramientas se aprenden en unas semanas.",
        "Sin conocimientos técnicos el equipo no puede trabajar.",
    ],
    "fr": [
        "Les compétences techniques s’apprennent, l’empathie non.",
        "Ça dépend de l’équipe et du poste.",
        "Je choisirais toujours quelqu’un qui sait écouter les clients.",
        "D’abord la technique : sans elle, l’équipe n’avance pas.",
    ],
}
OPTIONS = (
    Option("soft", "Soft Skills", ("soft skills", "soziale Fähigkeiten")),
    Option("hard", "Fachwissen", ("Fachwissen",)),
)
CODEBOOK = Codebook("skills", "Soft Skills oder Fachwissen?", OPTIONS)


def load(language, name="thread"):
    rows = "".join(f'Person {n},"{text}"\n' for n, text in enumerate(THREADS[language], 1))
    file = io.StringIO("expert,text\n" + rows)
    file.name = f"{name}.csv"
    with pytest.warns(ThreadWarning):
        return load_thread(file)


@pytest.fixture(scope="module")
def german():
    return load("de")


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::pmm_analysis.ThreadWarning")
def test_an_english_thread_and_every_answer_in_it_pass_for_english(path):
    answers = load_thread(path)
    assert answers.attrs["language"] == "en"
    assert {detect_language([text]) for text in answers["text"].fillna("")} == {"en"}
    assert not find_unread(classify_stances(answers, "hard_vs_soft_skills")).any()


@pytest.mark.parametrize("language", THREADS)
def test_a_thread_in_another_language_is_known(language):
    answers = load(language)
    assert answers.attrs["language"] == language
    assert classify_stances(answers.reset_index()[["text"]], CODEBOOK).attrs["language"] == language


@pytest.mark.parametrize(
    "texts, language",
    [
        ([], "en"),
        (["", "Hard skills."], "en"),
        (["Kommt drauf an."], "en"),
        (["SQL, Excel, Tableau, Looker, Python, dbt"], "en"),
        (["https://www.example.org/ein/langer/pfad/der/kein/text/ist 12345"], "en"),
        (["ソフトスキルの方が大切だと思います。"], "ja"),
        (["Мягкие навыки важнее технических, им трудно научить."], "ru"),
    ],
)
def test_what_is_too_short_to_tell_passes_for_english(texts, language):
    assert detect_language(texts) == language


def test_english_is_known_without_the_detector(monkeypatch, answers):
    monkeypatch.setattr("pmm_analysis.languages._load_detector", None)
    assert detect_language(answers["text"]) == "en"


def test_check_says_that_rules_do_not_read_german():
    file = io.StringIO("expert,text\n" + "".join(f'P,"{text}"\n' for text in THREADS["de"]))
    file.name = "thread.csv"
    text, safe = check_thread(file)
    assert "look at all answers: they are in German; rules read English only, so no stance is claimed" in text
    assert not safe


def test_nobody_claims_to_have_read_german(german):
    stances = classify_stances(german, CODEBOOK)
    assert set(stances["stance"]) == {"unaddressed"} and set(stances["confidence"]) == {"low"}
    assert stances["review"].all() and stances["evidence"].isna().all() and stance_evidence(german, CODEBOOK).empty
    assert stances.attrs["languages"] == {"thread": "de"} and find_unread(stances).all()
    tally = tally_stances(stances).set_index("stance")
    assert tally.loc["soft", ["low", "high"]].tolist() == [0, 6]


def test_charts_and_deck_say_so(german, tmp_path):
    charts = make_charts(Study(german, CODEBOOK))
    said = "Answers in German: rules read English only, so no stance is claimed."
    assert {chart.key for chart in charts if not chart.source.endswith(said)} == {"cluster_terms"}
    titles = {chart.key: chart.title for chart in charts}
    assert titles["stance_tally"] == titles["expert_page"] == said.rstrip(".")
    assert titles["cluster_tree"] == "Six answers fall loosely into two clusters by shared words"
    assert charts[0].table.set_index("stance").at["unaddressed", "label"] == "Not read"
    assert "not reviewed" not in charts[0].source and "weakly read" not in charts[0].source
    assert explain_signs(classify_stances(german, CODEBOOK)) == " ? = not read: its stance may change"
    build_deck(charts, tmp_path / "deck.pptx")
    method = Presentation(tmp_path / "deck.pptx").slides[-1]
    assert "Rules read answers in English only" in " ".join(
        s.text_frame.text for s in method.shapes if s.has_text_frame
    )


def test_once_a_person_has_coded_them_they_count(german):
    labels = ["soft", "soft", "hard", "balanced", "soft", "soft"]
    stances = classify_stances(german, CODEBOOK)
    some = apply_coding(stances, coding_sheet(german, CODEBOOK).assign(label=[*labels[:4], "", ""], coder="Ana"))
    assert tell_language(some) == "2 answers in German: rules read English only, so no stance is claimed"
    coded = apply_coding(stances, coding_sheet(german, CODEBOOK).assign(label=labels, coder="Ana"))
    chart = make_charts(Study(german, CODEBOOK, stances=coded))[0]
    assert tally_stances(coded)["n"].tolist() == [4, 1, 1, 0]
    assert chart.source.endswith("6 of 6 stances set by a person.") and tell_language(coded) == ""


def test_each_thread_is_read_in_its_own_language(answers):
    with pytest.warns(ThreadWarning):
        both = load_threads([ROOT / "data" / "raw" / "hard_vs_soft_skills.txt", write_page(THREADS["de"])])
    stances = classify_stances(both, "hard_vs_soft_skills")
    assert stances.attrs["language"] == "en" and find_unread(stances).sum() == 6
    alone = classify_stances(answers, "hard_vs_soft_skills")["stance"]
    assert stances["stance"].head(12).tolist() == alone.tolist()
    assert tell_language(stances).startswith("6 answers in German")


def write_page(texts):
    page = "All related (6)\n" + "".join(
        f"Person {n}\nAnalyst at Engine Co\n\n{text}\n" for n, text in enumerate(texts)
    )
    return io.StringIO(page)


def test_a_person_who_knows_better_sets_the_language(german):
    answers = german.copy()
    answers.attrs["language"] = "en"
    assert not find_unread(classify_stances(answers, CODEBOOK)).any()


@pytest.mark.parametrize(
    "language, text, stems, little",
    [
        (
            "de",
            "Die Fähigkeit ist wichtig; Fähigkeiten, nicht wichtige Dinge.",
            ["fahig", "wichtig"],
            ["die", "ist", "nicht"],
        ),
        ("es", "La habilidad es técnica; habilidades y técnicas.", ["habil", "tecnic"], ["la", "es", "y"]),
        ("fr", "L’équipe et les équipes ; d’abord l’écoute.", ["équip", "écout"], ["et", "les"]),
    ],
)
def test_forms_are_joined_and_common_words_known_in_each_language(language, text, stems, little):
    wording = read_wording([text], language=language)
    assert set(stems) <= set(wording.stems)
    assert {wording.terms[t] for t in wording.little} >= set(little)
    assert wording.shares[wording.terms.index(little[0])] == 1


@pytest.mark.parametrize("language", THREADS)
def test_no_cluster_or_expert_is_named_after_articles_and_pronouns(language):
    answers = load(language)
    clustering = cluster_answers(answers, n_clusters=2)
    stances = classify_stances(answers, CODEBOOK)
    named = [*clustering.info["terms"], *profile_experts(answers, stances, CODEBOOK)["terms"].dropna()]
    words = {word.lower() for terms in named for word in terms.replace(",", " ").split()}
    assert words and not words & {"ist", "ich", "die", "das", "las", "que", "más", "les", "qui", "l", "d", "la", "de"}


def test_german_nouns_keep_their_capital_and_are_no_names(german):
    terms = ", ".join(cluster_answers(german).info["terms"])
    assert "Fähigkeiten" in terms and "Soft Skills" in terms and "wichtiger" in terms
