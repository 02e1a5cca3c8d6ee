"""The chart of one expert: the skills they name and their own words on the question."""

import difflib

from matplotlib.patches import Rectangle

from ..codebook.style import style_stances
from ..errors import InputError
from ..experts import find_skills
from ..tables import name_experts
from ..text import capital, clean_text, count_things, join_words, lower_label, spell
from .canvas import CUT_OFF, GREY_INK, fit_text, measure_axes, on_axes, wrap_text, write
from .chart import Chart, name_source, tell_origin

MAX_PAGE_SKILLS, MAX_PAGE_QUOTES = 8, 3


def chart_expert_page(answers, experts, stances, codebook, *, expert=None):
    """Show one expert: the skills they name and their strongest words on the question, verbatim.

    Parameters
    ----------
    answers, experts, stances : DataFrame
        From `load_thread`, `profile_experts` and `classify_stances`.
    codebook : Codebook
    expert : str, optional
        Name as in ``experts``; by default the expert with most answers on the question.

    Returns
    -------
    Chart

    Raises
    ------
    InputError
        No expert of that name.
    """
    who = name_experts(answers)
    if expert is None:
        addressed = stances["stance"].ne("unaddressed").groupby(who, sort=False).sum()
        expert = addressed.sort_values(ascending=False, kind="stable").index[0]
    if expert not in set(experts["expert"]):
        near = difflib.get_close_matches(str(expert), list(experts["expert"]), n=1)
        raise InputError(
            f"no expert is called {expert!r}", remedy=f"did you mean {near[0]!r}" if near else "see experts['expert']"
        )
    row = experts.set_index("expert").loc[expert]
    own = stances[who == expert]
    mentions = find_skills(answers[who == expert], codebook).drop_duplicates(["thread", "answer", "skill"])
    counts = mentions.groupby(["skill", "option"], sort=False).size().rename("answers").reset_index()
    counts = counts.sort_values("answers", ascending=False, kind="stable").head(MAX_PAGE_SKILLS)
    quotes = own[own["evidence"].notna()].sort_values("stance", kind="stable")
    quotes = quotes[quotes["stance"] != "unaddressed"].head(MAX_PAGE_QUOTES)
    about = [part for part in (row["title"], row["company"]) if isinstance(part, str)]
    said = f"{count_things(row['answers'], 'answer')}, {row['words']} words"
    return Chart(
        key="expert_page",
        title=_state_expert(expert, row, own, codebook),
        subtitle=". ".join([", ".join(about), said] if about else [capital(said)])
        + (f"; {CUT_OFF} {row['truncated']} cut off in the page" if row["truncated"] else ""),
        source=name_source(stances, coded=True),
        table=own[["answer", "expert", "stance", "lean", "truncated", "evidence"]].reset_index(drop=True),
        alt=f"{expert}. Skills named: "
        + ("; ".join(f"{r.skill} in {r.answers} of {row['answers']}" for r in counts.itertuples()) or "none")
        + ". Quotes: "
        + (" ".join(f"“{r.evidence}” (answer {r.answer})" for r in quotes.itertuples()) or "none on the question."),
        notes="Quotes are verbatim: the strongest clause that the rules found in each answer on the question."
        + tell_origin(stances),
        draw=lambda ax: plot_expert_page(counts, quotes, int(row["answers"]), codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_expert_page(skills, quotes, n_answers, codebook, *, ax=None):
    """Draw one expert's skills as bars, left, and quotes with a bar in the colour of their stance, right.

    Parameters
    ----------
    skills : DataFrame
        ``skill``, ``option``, ``answers``.
    quotes : DataFrame
        Rows of `classify_stances`.
    n_answers : int
        Answers of this expert.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    styles = style_stances(codebook)
    head, gutter, half = 0.5, 2.4, 6.2
    write(ax, 0, 0.18, "Skills named (answers)", 18, fontweight="bold")
    if skills.empty:
        write(ax, 0, head + 0.3, "None of the codebook's skills", 16, color=GREY_INK)
    step = min((height - head) / max(len(skills), 1), 0.5)
    scale = (half - gutter - 1.2) / max(n_answers, 1)
    for row, skill in enumerate(skills.itertuples(index=False)):
        y = head + (row + 0.5) * step
        write(ax, gutter - 0.15, y, fit_text(skill.skill, gutter - 0.2, 16), 16, ha="right", gid="skill")
        bar = Rectangle((gutter, y - step * 0.3), skill.answers * scale, step * 0.6, linewidth=0)
        bar.set(facecolor=styles[skill.option].fill, gid=f"names:{skill.skill}")
        ax.add_patch(bar)
        write(
            ax,
            gutter + skill.answers * scale + 0.1,
            y,
            f"{skill.answers} of {n_answers}",
            15,
            gid=f"count:{skill.skill}",
        )
    left, y = half + 0.5, 0.18
    write(ax, left, y, "In their words", 18, fontweight="bold")
    y = head + 0.12
    if quotes.empty:
        write(ax, left, y + 0.18, "No answer on the question", 16, color=GREY_INK)
    room = (height - head) / max(len(quotes), 1)
    for quote in quotes.itertuples():
        style = styles[quote.stance]
        lines = wrap_text(
            f"“{clean_text(quote.evidence)}”", width - left - 0.25, 16, max_lines=max(int((room - 0.55) / 0.27), 1)
        )
        bar = Rectangle(
            (left, y), 0.07, len(lines) * 0.27, facecolor=style.fill, linewidth=0, gid=f"quote:{quote.answer}"
        )
        ax.add_patch(bar)
        for i, line in enumerate(lines):
            write(ax, left + 0.22, y + 0.14 + i * 0.27, line, 16, gid="line")
        cut = f" {CUT_OFF}" if quote.truncated else ""
        label = f"Answer {quote.answer}{cut}: {codebook.labels[quote.stance]}"
        write(
            ax,
            left + 0.22,
            y + len(lines) * 0.27 + 0.16,
            fit_text(label, width - left - 0.25, 14, bold=True),
            14,
            color=style.ink,
            fontweight="bold",
        )
        y += len(lines) * 0.27 + 0.55


def _state_expert(expert, row, own, codebook):
    labels = codebook.labels
    taken = int(own["stance"].ne("unaddressed").sum())
    share = f"in {spell(taken)} of {spell(int(row['answers']))} answers" if row["answers"] > 1 else "in one answer"
    if not taken:
        return f"{expert} does not address the question"
    if row["stance"] == "mixed":
        sides = join_words(lower_label(labels[s]) for s in dict.fromkeys(own["stance"]) if s != "unaddressed")
        return f"{expert} is of two minds: {sides}, {share}"
    if row["stance"] == "balanced":
        return f"{expert} says both or it depends, {share}"
    return f"{expert} favours {lower_label(labels[row['stance']])} {share}"
