"""Charts say what their tables say, on every surface, and fit the slide."""

import hashlib
import io
import struct
import warnings
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from drawing import artists, draw, find_faults, texts

from conftest import TESTS, code_by_hand, make_thread
from pmm_analysis import (
    InputError,
    chart_cluster_stances,
    chart_cluster_terms,
    chart_cluster_threads,
    chart_cluster_tree,
    chart_expert_page,
    chart_expert_profiles,
    chart_expert_stances,
    chart_skill_dots,
    chart_stance_range,
    chart_stance_tally,
    chart_thread_leads,
    chart_thread_stances,
    classify_stances,
    cluster_answers,
    export_charts,
    find_skills,
    load_codebook,
    load_thread,
    make_charts,
    profile_experts,
    tally_stances,
)
from pmm_analysis.charts.canvas import fit_text, measure_text, wrap_text
from pmm_analysis.charts.chart import render_chart
from pmm_analysis.codebook.load import Codebook, Option
from pmm_analysis.codebook.style import BALANCED_STYLE, OPTION_STYLES, UNADDRESSED_STYLE, style_stances

THREE = Codebook(
    name="three",
    question="Which one?",
    options=tuple(Option(key, key.title(), (key,), {}) for key in ("email", "events", "search")),
)


@pytest.fixture(autouse=True)
def missing_glyphs_are_errors():
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        yield


# The real thread


def test_tally_draws_one_square_per_answer(stances, codebook):
    figure = draw(chart_stance_tally(stances, codebook))
    drawn = {stance: len(artists(figure, f"stance:{stance}")) for stance in codebook.stances}
    assert drawn == {"soft": 4, "hard": 1, "balanced": 1, "unaddressed": 6}
    assert texts(figure, "count:soft") == ["4 of 12"]
    assert [text.get_text() for text in figure.axes[0].texts].count("†") == 5


def test_weakly_read_answers_carry_a_sign_so_that_the_uncertain_can_be_counted(stances, codebook):
    weak = stances.copy()
    weak.loc[[0, 7, 9], "review"] = True
    chart = chart_stance_tally(weak, codebook)
    figure = draw(chart)
    assert (len(artists(figure, r"sign:†")), len(artists(figure, r"sign:\?"))) == (5, 2)
    assert "seven are open" in chart.title
    assert "† = cut off in the page, ? = weakly read" in chart.subtitle and "? 2 weakly read" in chart.source


def test_a_drafts_title_names_no_side_that_a_reading_could_reverse(stances, codebook):
    chart = chart_stance_tally(stances, codebook)
    assert chart.title == ("Rules find a pick in five of 12 answers; five are open until a person has read them")
    assert "n = 12 answers by 7 experts; † 5 cut off in the page" in chart.source
    assert "Stances by rules, not reviewed" in chart.source


def test_range_line_runs_from_low_to_high(stances, codebook):
    figure = draw(chart_stance_range(stances, codebook))
    assert texts(figure, "count:soft") == ["4 (range 1–6)"]
    assert texts(figure, "count:hard") == ["1 (range 1–6)"]
    line = artists(figure, "range:soft")[0].get_xdata()
    bars = artists(figure, "stance:soft|cut:soft")
    assert line[0] == pytest.approx(bars[1].get_x())
    scale = bars[1].get_width() / 3
    assert (line[1] - line[0]) / scale == pytest.approx(5)


def test_strip_has_a_row_per_expert_and_a_mark_per_answer(stances, codebook):
    chart = chart_expert_stances(stances, codebook)
    figure = draw(chart)
    assert len(texts(figure, "expert")) == 7
    assert len(artists(figure, r"answer:\d+")) == 12
    assert chart.title == "Rules find a pick for five of seven experts; three are open until a person has read them"


def test_strip_puts_the_first_option_right_and_the_unaddressed_apart(stances, codebook):
    figure = draw(chart_expert_stances(stances, codebook))
    place = {int(mark.get_gid().split(":")[1]): mark.get_xdata()[0] for mark in artists(figure, r"answer:\d+")}
    assert place[5] < place[4] < place[8] < place[12]


def test_tree_has_a_leaf_per_answer_with_its_stance(answers, stances, clustering, codebook):
    figure = draw(chart_cluster_tree(answers, stances, clustering, codebook))
    assert len(texts(figure, "leaf")) == 12
    marks = {int(m.get_gid().split(":")[1]): m.get_markerfacecolor() for m in artists(figure, r"answer:\d+")}
    styles = style_stances(codebook)
    assert marks == {row.answer: styles[row.stance].fill for row in stances.itertuples()}


def test_skill_dots_count_experts(answers, experts, codebook):
    chart = chart_skill_dots(answers, experts, codebook)
    figure = draw(chart)
    counts = find_skills(answers, codebook).groupby("skill")["expert"].nunique()
    left_out = counts.drop(texts(figure, "skill"))
    assert len(left_out) == len(counts) - 14 and left_out.max() <= counts[texts(figure, "skill")].min()
    for skill, n in counts[texts(figure, "skill")].items():
        assert len(artists(figure, f"names:{skill}:.*")) == n
        assert texts(figure, f"count:{skill}") == [str(n)]


def test_profiles_show_words_and_mark_lower_bounds(answers, experts, stances, codebook):
    figure = draw(chart_expert_profiles(answers, experts, stances, codebook))
    shown = dict(zip(texts(figure, "expert"), texts(figure, "words")))
    assert shown["Ryane Bohm"] == str(experts.set_index("expert").at["Ryane Bohm", "words"])
    assert shown["Marcus Andrews"].endswith("+ †")


def test_terms_are_drawn_by_how_many_answers_use_them(answers, clustering, codebook):
    chart = chart_cluster_terms(answers, clustering, codebook)
    figure = draw(chart)
    for row in chart.table.itertuples():
        (bar,) = artists(figure, f"use:{row.cluster}:{row.term}")
        members = answers.loc[clustering.labels == row.cluster, "text"]
        assert texts(figure, f"count:{row.cluster}:{row.term}") == [f"{row.answers} of {len(members)}"]
        assert 0 < row.answers <= len(members) and bar.get_width() > 0


def test_groups_are_split_by_stance_and_add_up(stances, clustering, codebook):
    chart = chart_cluster_stances(stances, clustering, codebook)
    figure = draw(chart)
    drawn = sum(int(text) for text in texts(figure, "count:.*"))
    assert drawn == 12 and texts(figure, "n:.*") == [f"n = {n}" for n in clustering.info["size"]]


def test_an_experts_page_quotes_them_verbatim(answers, stances, experts, codebook):
    chart = chart_expert_page(answers, experts, stances, codebook, expert="Abdul Rastagar")
    assert chart.title == "Abdul Rastagar favours soft skills in one of two answers"
    quoted = " ".join(texts(draw(chart), "line"))
    assert quoted.strip("“”") in answers.set_index("answer").at[8, "text"]


def test_an_unknown_expert_is_an_error_that_names_the_nearest(answers, stances, experts, codebook):
    with pytest.raises(InputError, match="'Abdul Rastigar'.*did you mean 'Abdul Rastagar'"):
        chart_expert_page(answers, experts, stances, codebook, expert="Abdul Rastigar")


def test_every_word_on_every_chart_is_inside_and_apart(answers, stances, clustering, experts, codebook):
    for chart in make_charts(answers, stances, clustering, experts, codebook):
        assert find_faults(draw(chart)) == [], chart.key


def test_a_label_of_two_lines_stays_inside_the_body_that_a_deck_crops_to(codebook):
    options = tuple(
        replace(o, label=f"Report to {name}") for o, name in zip(codebook.options, ("marketing", "product"))
    )
    answers, stances = make_thread(12)
    figure = draw(chart_expert_stances(answers, stances, replace(codebook, options=options)))
    body, lanes = figure.axes[0].get_window_extent(), artists(figure, "lane:.*")
    assert len(lanes) == 6
    assert all(lane.get_window_extent().y0 >= body.y0 for lane in lanes)


# Several threads


@pytest.fixture(scope="module")
def several(codebook):
    parts = [make_thread(n, seed=n, truncated=n == 5) for n in (5, 12, 21)]
    for (answers, stances), name in zip(parts, ("launch", "hiring", "promotion")):
        answers["thread"] = stances["thread"] = name
    answers, stances = (pd.concat(tables, ignore_index=True) for tables in zip(*parts))
    answers.attrs = stances.attrs = {}
    return answers, stances


def test_threads_are_compared_by_squares_and_counts(several, codebook):
    _, stances = several
    figure = draw(chart_thread_stances(stances, codebook))
    counts = stances.groupby(["thread", stances["stance"].astype(str)]).size()
    for (thread, stance), n in counts.items():
        assert len(artists(figure, f"stance:{thread}:{stance}")) == n
        assert texts(figure, f"count:{thread}:{stance}") == [str(n)]
    assert figure.axes[0].texts and [t.get_text() for t in figure.axes[0].texts].count("†") == 5


def test_a_lead_is_a_claim_only_if_its_range_stays_on_one_side(codebook):
    parts = []
    for name, keys, cut in (("a", ["soft"] * 4, False), ("b", ["hard"] * 3, True), ("c", ["hard"] * 2, False)):
        answers, _ = make_thread(len(keys), truncated=cut)
        parts.append(code_by_hand(answers, codebook, keys).assign(thread=name))
    chart = chart_thread_leads(pd.concat(parts, ignore_index=True), codebook)
    assert chart.table[["lead", "low", "high"]].values.tolist() == [[4, 4, 4], [-3, -3, 3], [-2, -2, -2]]
    assert chart.title == (
        "One thread leans to soft skills, one thread leans to hard skills and one could still go either way"
    )
    colours = {thread: artists(draw(chart), f"lead:{thread}")[0].get_color() for thread in "abc"}
    styles = style_stances(codebook)
    assert colours == {"a": styles["soft"].fill, "b": "#767676", "c": styles["hard"].fill}


def test_a_thread_that_no_uncertain_answer_could_move_is_level(codebook):
    parts = []
    for name, keys in (("a", ["soft", "hard"]), ("b", ["balanced"])):
        answers, _ = make_thread(len(keys))
        parts.append(code_by_hand(answers, codebook, keys).assign(thread=name))
    assert chart_thread_leads(pd.concat(parts, ignore_index=True), codebook).title == "Two threads are level"


def test_groups_by_thread_count_every_answer(several, codebook):
    answers, _ = several
    chart = chart_cluster_threads(answers, cluster_answers(answers), codebook)
    assert chart.table["n"].sum() == len(answers)
    shown = [int(text) for text in texts(draw(chart), "count:.*") if text != "–"]
    assert sum(shown) == len(answers)


def test_charts_of_several_threads_fit_and_name_their_sources(several, codebook):
    answers, stances = several
    experts = profile_experts(answers, stances, codebook)
    charts = make_charts(answers, stances, cluster_answers(answers), experts, codebook)
    assert [chart.number for chart in charts] == list(range(1, 13))
    for chart in charts:
        assert find_faults(draw(chart)) == [], chart.key
        assert "3 threads" in chart.source and "n = 38 answers" in chart.source


def test_a_comparison_carries_the_fingerprint_of_its_pages(several, codebook):
    _, stances = several
    stances.attrs = {"threads": [{"sha256": "1"}, {"sha256": "2"}, {"sha256": "3"}]}
    digest = hashlib.sha256(b"123").hexdigest()[:8]
    assert f"3 threads (sha256 of all {digest}). n = 38" in chart_thread_stances(stances, codebook).source


# Mutation: one stance changes, every surface changes


def test_a_changed_stance_changes_every_surface(answers, stances, codebook):
    answers = answers.assign(truncated=False)
    keys = stances["stance"].astype(str).tolist()
    stances = code_by_hand(answers, codebook, keys)
    keys[7] = "hard"
    changed = code_by_hand(answers, codebook, keys)
    for make in (chart_stance_tally, chart_stance_range, chart_expert_stances):
        before, after = make(stances, codebook), make(changed, codebook)
        assert before.title != after.title, make.__name__
        assert before.alt != after.alt
        assert before.notes != after.notes
        assert not before.table.equals(after.table)
        assert render_chart(before) != render_chart(after)


# What titles may claim


@pytest.mark.parametrize(
    ("keys", "cut", "title"),
    [
        (["soft"] * 3, False, "Three of three answers favour soft skills, none hard skills"),
        (["soft", "hard"], False, "Soft skills and hard skills are level: one of two answers each"),
        (["unaddressed"] * 2, False, "Neither of the two answers takes a side"),
        (["unaddressed"], False, "The only answer takes no side"),
        (["balanced", "unaddressed"], False, "One of two answers says both or it depends; none takes a side"),
        (
            ["balanced", "unaddressed"],
            True,
            "Rules find no plain pick in the two answers; both are open until a person has read them",
        ),
        (["hard"], False, "The only answer favours hard skills"),
        (
            ["soft", "soft", "hard"],
            True,
            "Rules find a pick in three answers; all are open until a person has read them",
        ),
    ],
)
def test_titles_of_tallies(codebook, keys, cut, title):
    answers, _ = make_thread(len(keys), truncated=cut)
    assert chart_stance_tally(code_by_hand(answers, codebook, keys), codebook).title == title


def test_a_lead_beyond_every_uncertain_answer_is_stated_without_reserve(codebook):
    answers, _ = make_thread(6)
    answers.loc[5, "truncated"] = True
    stances = code_by_hand(answers, codebook, ["soft"] * 4 + ["hard", "unaddressed"])
    assert chart_stance_tally(stances, codebook).title == "Four of six answers favour soft skills, one hard skills"
    assert chart_stance_range(stances, codebook).title == (
        "4 to 1 for soft skills over hard skills, even if the one uncertain answer went the other way"
    )


# Awkward threads

HOSTILE = [
    "$5 to $10 $$",
    "=SUM(A1:A9)",
    "<b>Bold</b> & Co",
    "http://example.org/x",
    "Zoë\u202eOlé\x07",
    "田中 太郎 🎉",
    "Maximiliana-Featherstonehaugh-Cholmondeley-Marjoribanks-Wriothesley",
    "line\nbreak",
    "\ud800x",
    "a_b ^c{d}",
]
AWKWARD = {
    "one answer": lambda: make_thread(1),
    "two answers": lambda: make_thread(2),
    "all cut off": lambda: make_thread(9, truncated=True),
    "no stance at all": lambda: make_thread(9, stance="unaddressed"),
    "everyone agrees": lambda: make_thread(12, stance="soft"),
    "hostile names": lambda: make_thread(12, names=HOSTILE),
    "one expert, eight answers": lambda: make_thread(8, 1),
    "60 experts": lambda: make_thread(60),
    "61 answers": lambda: make_thread(61, 30),
    "300 answers": lambda: make_thread(300, 90),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_threads_make_right_pictures(case, codebook):
    answers, stances = AWKWARD[case]()
    clustering = cluster_answers(answers)
    experts = profile_experts(answers, stances, codebook)
    tally = tally_stances(stances).set_index("stance")["n"]
    for chart in make_charts(answers, stances, clustering, experts, codebook):
        figure = draw(chart)
        assert find_faults(figure) == [], chart.key
        assert case != "hostile names" or all(render_chart(chart, f, dpi=20) for f in ("png", "svg", "pdf"))
        if chart.key == "stance_tally":
            drawn = {stance: texts(figure, f"count:{stance}")[0] for stance in codebook.stances}
            assert drawn == {stance: f"{tally[stance]} of {len(answers)}" for stance in codebook.stances}
            squares = {s: len(artists(figure, f"stance:{s}")) for s in codebook.stances}
            assert len(answers) > 60 or squares == tally.to_dict()


@pytest.mark.parametrize(
    ("name", "book"),
    [
        ("softhard_pmm", "hard_vs_soft_skills"),
        ("pmm_reporting_all", "pmm_reporting"),
        ("career_start_page", "startup_or_big_company"),
    ],
)
@pytest.mark.filterwarnings("ignore::pmm_analysis.ThreadWarning")
def test_threads_read_by_rules_make_right_pictures(name, book):
    answers, codebook = load_thread(TESTS / "threads" / f"{name}.txt"), load_codebook(book)
    stances = classify_stances(answers, codebook)
    experts = profile_experts(answers, stances, codebook)
    for chart in make_charts(answers, stances, cluster_answers(answers), experts, codebook):
        assert find_faults(draw(chart)) == [], chart.key


def test_without_skills_in_the_codebook_experts_are_told_apart_by_their_words():
    answers, stances = make_thread(3, codebook=THREE)
    chart = chart_expert_profiles(answers, profile_experts(answers, stances, THREE), stances, THREE)
    shown = [text.get_text() for text in draw(chart).axes[0].texts]
    assert "Own words" in shown and "Skills named" not in shown
    assert len(texts(draw(chart), "skills")) == 3 and "–" not in texts(draw(chart), "skills")


def test_three_options_have_three_colours_and_no_scale():
    answers, stances = make_thread(12, codebook=THREE)
    styles = style_stances(THREE)
    assert len({style.fill for style in styles.values()}) == 5
    assert len({style.mark for style in styles.values()}) >= 4
    experts = profile_experts(answers, stances, THREE)
    for chart in make_charts(answers, stances, cluster_answers(answers), experts, THREE):
        assert find_faults(draw(chart)) == [], chart.key


# Text


def test_dollars_are_not_maths(codebook):
    answers, stances = make_thread(2, names=["$a_b$ costs $5", "$$"])
    assert "$a_b$ costs $5" in texts(draw(chart_expert_stances(stances, codebook)), "expert")


def test_text_is_shortened_by_measured_width():
    short = fit_text("W" * 60, 2.0, 16)
    assert short.endswith("…") and measure_text(short, 16) <= 2.0
    lines = wrap_text("one two three four five six seven", 1.0, 16, max_lines=2)
    assert len(lines) == 2 and lines[-1].endswith("…")
    assert all(measure_text(line, 16) <= 1.0 for line in lines)


# Colours: contrast is computed by WCAG 2.1, https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("style", style_stances(THREE).values(), ids=style_stances(THREE))
def test_colours_can_be_told_from_the_page_and_read(style):
    assert max(contrast(style.fill, "#FFFFFF"), contrast(style.edge, "#FFFFFF")) >= 3
    assert contrast(style.ink, "#FFFFFF") >= 4.5
    assert contrast(style.on_fill, style.fill) >= 4.5


# Colour vision: Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB; distances in CIELAB

VISION = {
    "typical": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]


def see(colour, vision):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    xyz = np.array(TO_XYZ) @ np.clip(np.array(VISION[vision]) @ light, 0, 1) / [0.95047, 1, 1.08883]
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", VISION)
def test_every_pair_of_stances_looks_different_to_everyone(vision):
    fills = [style.fill for style in (*OPTION_STYLES, BALANCED_STYLE, UNADDRESSED_STYLE)]
    seen = [see(fill, vision) for fill in fills]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 25


def test_a_codebook_with_more_options_than_colours_is_refused():
    options = tuple(Option(key, key, (key,), {}) for key in "abcde")
    with pytest.raises(InputError, match="at most 4 options"):
        style_stances(Codebook(name="five", question="Which?", options=options))


# Files


def test_export_writes_pictures_of_the_promised_size_and_the_numbers(tmp_path, stances, codebook):
    chart = chart_stance_tally(stances, codebook)
    files = export_charts(chart, tmp_path, formats=("png", "svg", "4k", "pdf"))
    assert [file.name for file in files] == [
        "01_stance_tally.png",
        "01_stance_tally.svg",
        "01_stance_tally_4k.png",
        "01_stance_tally.pdf",
        "01_stance_tally.csv",
    ]
    assert struct.unpack(">II", files[0].read_bytes()[16:24]) == (1920, 1080)
    assert struct.unpack(">II", files[2].read_bytes()[16:24]) == (3840, 2160)
    assert chart.alt.encode() in files[0].read_bytes()
    assert b"<text" not in files[1].read_bytes() and b"stance:" not in files[1].read_bytes()
    numbers = pd.read_csv(io.BytesIO(files[4].read_bytes()))
    assert dict(zip(numbers["label"], numbers["n"])) == {
        "Soft skills": 4,
        "Hard skills": 1,
        "Both / it depends": 1,
        "No pick found": 6,
    }


def test_the_same_chart_gives_the_same_bytes(stances, codebook):
    for format in ("png", "svg"):
        assert len({render_chart(chart_stance_tally(stances, codebook), format) for _ in range(2)}) == 1


def test_a_chart_shows_in_a_notebook_as_its_picture_with_words(stances, codebook):
    chart = chart_stance_tally(stances, codebook)
    data, metadata = chart._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert data["text/plain"].startswith(chart.title) and metadata["image/png"]["alt"] == chart.alt


def test_a_chart_can_be_drawn_on_axes_of_ones_own(stances, codebook):
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    assert chart_stance_tally(stances, codebook).draw(ax) is ax
    assert len([patch for patch in ax.patches if patch.get_gid()]) == 12
