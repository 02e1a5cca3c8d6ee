"""Charts of the experts: which skills they name, a row for each, and one expert in their own words."""

import difflib

import pandas as pd

from ..errors import InputError
from ..study import Study
from ..text import capital, count_things, inflect, join_words, lower_label, spell, spell_things
from .canvas import (
    AXIS,
    BAR,
    CUT_OFF,
    GREY_INK,
    GRID,
    INK,
    draw_box,
    draw_mark,
    fit_text,
    measure_axes,
    measure_text,
    sign_answer,
    wraps_whole,
    write,
    write_legend,
    write_lines,
)
from .chart import design
from .stances import name_unit, state_tally
from .words import quote_strongest, say_quote

MAX_PROFILE_ROWS, MAX_SKILL_ROWS, MAX_SKILL_EXPERTS = 12, 14, 10
MAX_PAGE_SKILLS, MAX_PAGE_QUOTES = 8, 3


@design(7, coded=False, fits=lambda study: bool(study.codebook.skills))
def chart_skill_dots(study):
    """Show which expert names which skill; past 14 skills or 10 experts, those named or naming most."""
    skills, experts, codebook = study.skills, study.experts, study.codebook
    counts, order = skills.groupby("skill")["expert"].nunique(), list(codebook.skills)
    ranked = sorted(counts.index, key=lambda skill: (-counts[skill], order.index(skill)))
    drawn = skills[skills["skill"].isin(ranked[:MAX_SKILL_ROWS])]
    columns = _choose_columns(experts, drawn)
    parts = ["Mark = names the skill at least once; number = experts naming it."]
    if len(experts) > len(columns):
        parts.append(f"{len(columns)} of {len(experts)} experts drawn.")
    elif len(codebook.options) == 2:
        right, left = (lower_label(option.label) for option in codebook.options)
        parts.append(f"Experts run from {left} (left) to {right}")
    left_out = f" Not drawn: {', '.join(ranked[MAX_SKILL_ROWS:])}." if len(ranked) > MAX_SKILL_ROWS else ""
    return {
        "title": _state_skills(counts, ranked, len(experts), codebook),
        "subtitle": " ".join(parts),
        "table": drawn[["skill", "option", "expert", "answer", "quote"]].reset_index(drop=True),
        "alt": "Skills by number of experts naming them: "
        + ("; ".join(f"{skill} {counts[skill]}" for skill in ranked) or "none")
        + ".",
        "notes": "A skill counts as named when one of its words in the codebook stands in the answer; what is said"
        f" about it is not read.{left_out}",
        "draw": lambda ax: _draw_dots(ax, drawn, columns, study),
    }


def _choose_columns(experts, skills):
    """Choose the experts who name most skills, from one side of the question to the other."""
    naming = skills.groupby("expert")["skill"].nunique()
    named = experts["expert"].map(naming).fillna(0).sort_values(ascending=False, kind="stable")
    chosen = experts.loc[named.index[:MAX_SKILL_EXPERTS]]
    return chosen.sort_values("lean", kind="stable", na_position="last")["expert"].tolist()


def _draw_dots(ax, skills, columns, study):
    width, height = measure_axes(ax)
    counts, option_of = skills.groupby("skill")["expert"].nunique(), study.codebook.skills
    order = {option.key: place for place, option in enumerate(study.codebook.options)}
    rows = sorted(counts.index, key=lambda skill: (order[option_of[skill]], -counts[skill], skill))
    left, right, head = 3.2, width - 0.55, 0.62
    if not rows:
        said = "No word of a skill stands in the answers"
        write(ax, width / 2, height / 2, said, 18, ha="center", color=GREY_INK)
        return
    step, gap = min((height - head) / len(rows), 0.42), (right - left) / max(len(columns), 1)
    xs = {expert: left + (i + 0.5) * gap for i, expert in enumerate(columns)}
    for expert, x in xs.items():
        write_lines(ax, x, head - 0.24, expert, gap - 0.08, 14, gap=0.22, anchor="bottom", ha="center", gid="expert")
    named, size = set(zip(skills["skill"], skills["expert"], strict=True)), 16 if step > 0.3 else 14
    for row, skill in enumerate(rows):
        y, style = head + (row + 0.5) * step, study.styles[option_of[skill]]
        ax.plot([left, right], [y, y], color=GRID, linewidth=1, zorder=0)
        write(ax, left - 0.15, y, fit_text(skill, left - 0.2, 16), size, ha="right", gid="skill")
        for expert, x in xs.items():
            if (skill, expert) in named:
                draw_mark(ax, x, y, min(15, step * 40), style, "", f"names:{skill}:{expert}")
        look = {"bold": True, "ha": "center", "color": style.ink, "gid": f"count:{skill}"}
        write(ax, right + 0.3, y, str(counts[skill]), size, **look)
        if row and option_of[skill] != option_of[rows[row - 1]]:
            ax.plot([left, right], [y - step / 2] * 2, color=INK, linewidth=1.5)


def _state_skills(counts, ranked, n_experts, codebook):
    if not ranked:
        return "No expert names a skill of the codebook" if codebook.skills else "The codebook names no skills"
    best, top = [skill for skill in ranked if counts[skill] == counts[ranked[0]]], int(counts[ranked[0]])
    if len(best) > 3:
        by = f"{spell(top)} of {spell_things(n_experts, 'expert')}"
        return capital(f"{spell(len(best))} skills are each named by {by}; none by more")
    names = join_words([best[0], *map(lower_label, best[1:])])
    are = inflect(len(best), "is", "are each")
    return f"{names} {are} named by {spell(top)} of {spell_things(n_experts, 'expert')}, more than any other skill"


@design(8, native="profiles")
def chart_expert_profiles(study):
    """Show each expert in a row: stances, words, skills; past 12 experts, those who take a stance and answer most."""
    experts, labels, skilled = study.experts, study.labels, bool(study.codebook.skills)
    silent = experts["stance"].eq("unaddressed")
    ranked = experts.assign(silent=silent).sort_values(
        ["silent", "answers", "words"], ascending=[True, False, False], kind="stable"
    )
    kept = experts[experts.index.isin(ranked.index[:MAX_PROFILE_ROWS])]
    shown = kept.sort_values("lean", kind="stable", na_position="last").reset_index(drop=True)
    said = (
        f"{row.expert}: {count_things(row.answers, 'answer')}, {labels[row.stance]}, {row.words} words"
        for row in shown.itertuples()
    )
    counted = state_tally(study.expert_tally, study.codebook, name_unit(study.stances))
    return {
        "title": (_state_profiles(study) if skilled else "") or counted,
        "subtitle": "Marks: stance of each answer. Words: hatched and + where one is cut off."
        + (" Skills: most answers first." if skilled else " Own words: by TF-IDF.")
        + (f" {len(shown)} of {len(experts)} experts" if len(shown) < len(experts) else ""),
        "table": shown,
        "alt": f"A row per expert. {'; '.join(said)}.",
        "notes": "Words are counted in the text the page shows, so a cut-off answer counts for less than was written."
        + quote_strongest(study.stances, labels),
        "draw": lambda ax: _draw_profiles(ax, shown, study),
    }


def _draw_profiles(ax, experts, study):
    width, height = measure_axes(ax)
    head, foot, skilled = 0.42, 0.4, bool(study.codebook.skills)
    step = min((height - head - foot) / max(len(experts), 1), 0.6)
    columns = {"Expert": 0, "Stance": 3.05, "Words": 5.0, "Skills named" if skilled else "Own words": 7.45}
    for text, x in columns.items():
        write(ax, x, head / 2 - 0.02, text, 14, bold=True, color=GREY_INK)
    _, stance_x, words_x, skills_x = columns.values()
    scale = 1.35 / max(int(experts["words"].max()), 1) if len(experts) else 1
    for row, expert in enumerate(experts.itertuples()):
        y = head + (row + 0.5) * step
        write(ax, 0, y, fit_text(expert.expert, stance_x - 0.2, 16, bold=True), 16, bold=True, gid="expert")
        own = list(study.stances[study.names == expert.expert].itertuples())
        shown = own if len(own) <= 5 else own[:4]
        for i, answer in enumerate(shown):
            style, gid = study.styles[answer.stance], f"answer:{answer.answer}"
            draw_mark(ax, stance_x + 0.17 + i * 0.37, y, 17, style, sign_answer(answer), gid)
        if len(own) > len(shown):
            write(ax, stance_x + 0.05 + len(shown) * 0.37, y, f"+{len(own) - len(shown)}", 14)
        _draw_words(ax, words_x, y, int(expert.words) * scale, step * 0.44, expert)
        said = _list_what_fits(expert.skills if skilled else expert.terms, width - skills_x, 15)
        write(ax, skills_x, y, said, 15, gid="skills")
        if row:
            ax.plot([0, width], [y - step / 2] * 2, color=GRID, linewidth=1)
    write_legend(ax, 0, height - 0.12, width, study.labels, study.styles)


def _draw_words(ax, x, y, length, thick, expert):
    cut = bool(expert.truncated)
    look = {"edge": AXIS, "hatch": "//"} if cut else {"edge": BAR}
    draw_box(ax, x, y, length, thick, "white" if cut else BAR, line=1, gid=f"words:{expert.expert}", **look)
    write(ax, x + length + 0.1, y, f"{int(expert.words)}{'+ ' + CUT_OFF if cut else ''}", 15, gid="words")


def _list_what_fits(joined, width, size):
    """Shorten "a, b, c" to what fits a width, as "a, b +1"."""
    if not isinstance(joined, str):
        return "–"
    items = joined.split(", ")
    for shown in range(len(items), 0, -1):
        text = ", ".join(items[:shown]) + (f" +{len(items) - shown}" if shown < len(items) else "")
        if measure_text(text, size) <= width:
            return text
    return fit_text(joined, width, size)


def _state_profiles(study):
    """Say what the experts of each side name most often; nothing where no expert takes one."""
    parts = []
    for option in study.codebook.options:
        side = set(study.experts.loc[study.experts["stance"] == option.key, "expert"])
        if side:
            own = study.skills[study.skills["expert"].isin(side)]
            counts = own.groupby("skill", sort=False)["expert"].nunique()
            parts.append(_say_what_they_name(counts, len(side), lower_label(option.label)))
    return capital("; ".join(parts))


def _say_what_they_name(counts, n, label):
    best = [lower_label(skill) for skill in counts.index if counts[skill] == counts.max()]
    if n == 1:
        named = join_words(best) if 0 < len(best) <= 2 else spell_things(len(best), "skill")
        return f"the one expert for {label} names {named}"
    who = f"the {spell(n)} experts for {label}"
    if not best:
        return f"{who} name no skill"
    if counts.max() == 1:
        return f"{who} name no skill in common"
    if len(best) > 2:
        return f"at most {spell(counts.max())} of {who} name the same skill"
    return f"{who} most often name {join_words(best)} ({spell(counts.max())} of {spell(n)})"


@design(9)
def chart_expert_page(study: Study, *, expert: str | None = None):
    """Show one expert: the skills they name and their strongest words on the question, verbatim.

    Parameters
    ----------
    study : Study
        Or its tables and its codebook, in any order.
    expert : str, optional
        Name as in ``experts``; by default the expert with most answers on the question.

    Returns
    -------
    Chart
        Ready for a slide; in JupyterLab it shows as the picture that is exported.

    Raises
    ------
    InputError
        No expert of that name; or a table that the chart needs is missing, or lacks a column.

    Examples
    --------
    >>> from pmm_analysis import Study, load_thread
    >>> study = Study(load_thread("hard_vs_soft_skills.txt"), "hard_vs_soft_skills")
    >>> chart_expert_page(study, expert="Abdul Rastagar").title
    'Abdul Rastagar favours soft skills in one of two answers'
    """
    row = _find_expert(study, expert)
    own, n = study.stances[study.names == row.expert], int(row.answers)
    named = study.skills[study.skills["expert"] == row.expert].drop_duplicates(["thread", "answer", "skill"])
    counts = named.groupby(["skill", "option"], sort=False).size().rename("answers").reset_index()
    counts = counts.sort_values("answers", ascending=False, kind="stable").head(MAX_PAGE_SKILLS)
    taken = own[own["stance"].ne("unaddressed")].sort_values("stance", kind="stable")
    quotes = taken.sort_values("quote", key=lambda quote: quote.isna(), kind="stable").head(MAX_PAGE_QUOTES)
    about = ", ".join(part for part in (row.title, row.company) if isinstance(part, str))
    said = f"{count_things(n, 'answer')}, {row.words} words"
    skills = "; ".join(f"{r.skill} in {r.answers} of {n}" for r in counts.itertuples())
    quoted = "; ".join(f"{say_quote(r)} (answer {r.answer}, {study.labels[r.stance]})" for r in quotes.itertuples())
    return {
        "title": _state_expert(row, own, study.labels),
        "subtitle": (f"{about}. {said}" if about else capital(said))
        + (f"; {CUT_OFF} {row.truncated} cut off in the page" if row.truncated else ""),
        "table": own[["answer", "expert", "stance", "lean", "truncated", "quote"]].reset_index(drop=True),
        "alt": f"{row.expert}. Skills named: {skills or 'none'}. Quotes: {quoted or 'none on the question.'}",
        "notes": "Quotes are verbatim: whole sentences that speak for the stance, … where others are left out.",
        "draw": lambda ax: _draw_page(ax, counts, quotes, n, study),
    }


def _find_expert(study, name):
    """Give an expert's row: the one of that name, or the one with most answers on the question."""
    if name is None:
        addressed = study.stances["stance"].ne("unaddressed").groupby(study.names, sort=False).sum()
        name = addressed.sort_values(ascending=False, kind="stable").index[0]
    found = study.experts[study.experts["expert"] == name]
    if found.empty:
        near = difflib.get_close_matches(str(name), list(study.experts["expert"]), n=1)
        remedy = f"did you mean {near[0]!r}" if near else "see experts['expert']"
        raise InputError(f"no expert is called {name!r}", remedy=remedy)
    return next(found.itertuples())


def _draw_page(ax, skills, quotes, n_answers, study):
    """Draw skills as bars, left, and quotes with a bar in the colour of their stance, right."""
    width, height = measure_axes(ax)
    head, half = 0.5, 6.2
    write(ax, 0, 0.18, "Skills named (answers)", 18, bold=True)
    if skills.empty:
        write(ax, 0, head + 0.3, "None of the codebook's skills", 16, color=GREY_INK)
    step, gutter = min((height - head) / max(len(skills), 1), 0.5), 2.4
    scale = (half - gutter - 1.2) / max(n_answers, 1)
    for row, skill in enumerate(skills.itertuples(index=False)):
        y, length = head + (row + 0.5) * step, skill.answers * scale
        write(ax, gutter - 0.15, y, fit_text(skill.skill, gutter - 0.2, 16), 16, ha="right", gid="skill")
        draw_box(ax, gutter, y, length, step * 0.6, study.styles[skill.option].fill, gid=f"names:{skill.skill}")
        count = f"{skill.answers} of {n_answers}"
        write(ax, gutter + length + 0.1, y, count, 15, gid=f"count:{skill.skill}")
    _draw_quotes(ax, half + 0.5, width, head, height, quotes, study)


def _draw_quotes(ax, left, right, head, height, quotes, study):
    write(ax, left, 0.18, "In their words", 18, bold=True)
    if quotes.empty:
        write(ax, left, head + 0.3, "No answer on the question", 16, color=GREY_INK)
        return
    y, wide = head + 0.12, right - left - 0.25
    for quote in quotes.itertuples():
        style, text = study.styles[quote.stance], say_quote(quote)
        most = int((height - y - 0.3) / 0.27)
        if not wraps_whole(text, wide, 16, max_lines=most):
            continue
        ink = INK if isinstance(quote.quote, str) else GREY_INK
        place = {"max_lines": most, "anchor": "top", "gid": "line", "color": ink}
        tall = write_lines(ax, left + 0.22, y + 0.14, text, wide, gap=0.27, **place) * 0.27
        draw_box(ax, left, y + tall / 2, 0.07, tall, style.fill, gid=f"quote:{quote.answer}")
        label = f"Answer {quote.answer}{' ' + CUT_OFF if quote.truncated else ''}: {study.labels[quote.stance]}"
        label = fit_text(label, wide, 14, bold=True)
        write(ax, left + 0.22, y + tall + 0.16, label, 14, bold=True, color=style.ink)
        y += tall + 0.55


def _state_expert(row, own, labels):
    taken = own[own["stance"].ne("unaddressed")]
    if taken.empty:
        by_rules = own["coded_by"].eq("rules").any()
        return f"No pick found in what {row.expert} says" if by_rules else f"{row.expert} answers another question"
    n, seems = len(taken), (taken["review"] & taken["coded_by"].eq("rules")).any()
    share = f"in {spell(n)} of {spell(int(row.answers))} answers" if row.answers > 1 else "in one answer"
    if row.stance == "mixed":
        sides = join_words(lower_label(labels[stance]) for stance in pd.unique(taken["stance"].astype(object)))
        return f"{row.expert} {'seems' if seems else 'is'} of two minds: {sides}, {share}"
    if row.stance == "balanced":
        return f"{row.expert} {'seems to say' if seems else 'says'} both or it depends, {share}"
    return f"{row.expert} {'seems to favour' if seems else 'favours'} {lower_label(labels[row.stance])} {share}"
