"""Charts of the experts: which skills they name, and a row for each."""

from matplotlib.patches import Rectangle

from ..codebook.style import style_stances
from ..experts import find_skills
from ..stance.tallies import tally_stances
from ..tables import name_experts
from ..text import capital, count_things, join_words, lower_label, spell, spell_things
from .canvas import (
    AXIS,
    BAR,
    CUT_OFF,
    GREY_INK,
    GRID,
    INK,
    draw_mark,
    fit_text,
    measure_axes,
    measure_text,
    on_axes,
    sign_answer,
    wrap_text,
    write,
    write_legend,
)
from .chart import Chart, name_source, quote_strongest, tell_origin
from .stances import state_tally

MAX_PROFILE_ROWS, MAX_SKILL_ROWS, MAX_SKILL_EXPERTS = 12, 14, 10


def chart_skill_dots(answers, experts, codebook):
    """Show which expert names which skill; past 14 skills or 10 experts, those named or naming most.

    Parameters
    ----------
    answers, experts : DataFrame
        From `load_thread` and `profile_experts`.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    mentions = find_skills(answers, codebook)
    mentions["expert"] = name_experts(mentions)
    counts = mentions.groupby("skill")["expert"].nunique()
    ranked = sorted(counts.index, key=lambda skill: (-counts[skill], list(codebook.skills).index(skill)))
    drawn = mentions[mentions["skill"].isin(ranked[:MAX_SKILL_ROWS])]
    naming = drawn.groupby("expert")["skill"].nunique()
    columns = experts.assign(named=experts["expert"].map(naming).fillna(0)).sort_values(
        "named", ascending=False, kind="stable"
    )
    columns = columns.head(MAX_SKILL_EXPERTS).sort_values("lean", kind="stable", na_position="last")
    ends = [codebook.options[i].label for i in (1, 0)] if len(codebook.options) == 2 else None
    parts = ["Mark = names the skill at least once; number = experts naming it."]
    if len(experts) > len(columns):
        parts.append(f"{len(columns)} of {len(experts)} experts drawn.")
    elif ends:
        parts.append(f"Experts run from {ends[0].lower()} (left) to {ends[1].lower()}")
    return Chart(
        key="skill_dots",
        title=_state_skills(counts, ranked, len(experts), codebook),
        subtitle=" ".join(parts),
        source=name_source(answers),
        table=drawn[["skill", "option", "expert", "answer", "quote"]].reset_index(drop=True),
        alt="Skills by number of experts naming them: "
        + ("; ".join(f"{skill} {counts[skill]}" for skill in ranked) or "none")
        + ".",
        notes="A skill counts as named when one of its words in the codebook stands in the answer; what is said about"
        " it is not read."
        + (f" Not drawn: {', '.join(ranked[MAX_SKILL_ROWS:])}." if len(ranked) > MAX_SKILL_ROWS else "")
        + tell_origin(answers),
        draw=lambda ax: plot_skill_dots(drawn, columns, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_skill_dots(skills, experts, codebook, *, ax=None):
    """Draw which expert names which skill: a row per skill, a column per expert.

    Parameters
    ----------
    skills : DataFrame
        From `find_skills`.
    experts : DataFrame
        From `profile_experts`, in the order the columns should have.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    styles = style_stances(codebook)
    counts = skills.groupby("skill")["expert"].nunique()
    rows = [
        skill
        for option in codebook.options
        for skill in sorted(set(option.skills) & set(counts.index), key=lambda skill: (-counts[skill], skill))
    ]
    left, right, head = 3.2, width - 0.55, 0.62
    step = min((height - head) / max(len(rows), 1), 0.42)
    columns = list(experts["expert"])
    gap = (right - left) / max(len(columns), 1)
    xs = {expert: left + (i + 0.5) * gap for i, expert in enumerate(columns)}
    if not rows:
        write(ax, width / 2, height / 2, "No word of a skill stands in the answers", 18, ha="center", color=GREY_INK)
        return
    for expert, x in xs.items():
        lines = wrap_text(expert, gap - 0.08, 14, max_lines=2)
        for i, line in enumerate(lines):
            write(ax, x, head - 0.36 - (len(lines) - 1 - i) * 0.22 + 0.12, line, 14, ha="center", gid="expert")
    named = set(zip(skills["skill"], skills["expert"]))
    for row, skill in enumerate(rows):
        y, style = head + (row + 0.5) * step, styles[codebook.skills[skill]]
        ax.plot([left, right], [y, y], color=GRID, linewidth=1, zorder=0)
        write(ax, left - 0.15, y, fit_text(skill, left - 0.2, 16), 16 if step > 0.3 else 14, ha="right", gid="skill")
        for expert, x in xs.items():
            if (skill, expert) in named:
                draw_mark(ax, x, y, min(15, step * 40), style, "", f"names:{skill}:{expert}")
        write(
            ax,
            right + 0.3,
            y,
            str(counts[skill]),
            16 if step > 0.3 else 14,
            ha="center",
            color=style.ink,
            fontweight="bold",
            gid=f"count:{skill}",
        )
        if row and codebook.skills[skill] != codebook.skills[rows[row - 1]]:
            ax.plot([left, right], [y - step / 2] * 2, color=INK, linewidth=1.5)


def chart_expert_profiles(answers, experts, stances, codebook):
    """Show each expert in a row: stances, words, skills; past 12 experts, those who take a stance most often.

    Parameters
    ----------
    answers, experts, stances : DataFrame
        From `load_thread`, `profile_experts` and `classify_stances`.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    ranked = experts.sort_values(["answers", "words"], ascending=False, kind="stable")
    ranked = (
        ranked[ranked["stance"] != "unaddressed"]
        .index.union(ranked.index[:0], sort=False)
        .append(ranked.index[ranked["stance"] == "unaddressed"])
    )
    kept = set(ranked[:MAX_PROFILE_ROWS])
    shown = experts[experts.index.isin(kept)].sort_values("lean", kind="stable", na_position="last")
    left_out = len(experts) - len(shown)
    return Chart(
        key="expert_profiles",
        title=_state_profiles(answers, experts, stances, codebook)
        if codebook.skills
        else state_tally(tally_stances(stances, by="experts"), codebook, "experts"),
        subtitle="Marks: stance of each answer. Words: hatched and + where one is cut off."
        + (" Skills: most answers first." if codebook.skills else " Own words: by TF-IDF.")
        + (f" {len(shown)} of {len(experts)} experts" if left_out else ""),
        source=name_source(stances, coded=True),
        table=shown.reset_index(drop=True),
        alt="A row per expert. "
        + "; ".join(
            f"{row.expert}: {count_things(row.answers, 'answer')}, {codebook.labels[row.stance]}, {row.words} words"
            for row in shown.itertuples()
        )
        + ".",
        notes="Words are counted in the text the page shows, so a cut-off answer counts for less than was written."
        + quote_strongest(stances, codebook)
        + tell_origin(stances),
        draw=lambda ax: plot_expert_profiles(shown, stances, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_expert_profiles(experts, stances, codebook, *, ax=None):
    """Draw a table: expert, a mark per answer, words written, skills named.

    Parameters
    ----------
    experts : DataFrame
        From `profile_experts`; at most 12 rows fit.
    stances : DataFrame
        From `classify_stances`.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    styles = style_stances(codebook)
    who = name_experts(stances)
    head, foot = 0.42, 0.4
    step = min((height - head - foot) / max(len(experts), 1), 0.6)
    name_x, stance_x, words_x, skills_x = 0, 3.05, 5.0, 7.45
    said = "Skills named" if codebook.skills else "Own words"
    for x, text in ((name_x, "Expert"), (stance_x, "Stance"), (words_x, "Words"), (skills_x, said)):
        write(ax, x, head / 2 - 0.02, text, 14, color=GREY_INK, fontweight="bold")
    most = max(int(experts["words"].max()), 1) if len(experts) else 1
    for row, expert in enumerate(experts.itertuples()):
        y = head + (row + 0.5) * step
        write(
            ax, name_x, y, fit_text(expert.expert, stance_x - 0.2, 16, bold=True), 16, fontweight="bold", gid="expert"
        )
        own = list(stances[who == expert.expert].itertuples())
        shown = own if len(own) <= 5 else own[:4]
        for i, answer in enumerate(shown):
            draw_mark(
                ax,
                stance_x + 0.17 + i * 0.37,
                y,
                17,
                styles[answer.stance],
                sign_answer(answer),
                f"answer:{answer.answer}",
            )
        if len(own) > len(shown):
            write(ax, stance_x + 0.05 + len(shown) * 0.37, y, f"+{len(own) - len(shown)}", 14)
        bar = 1.35 * int(expert.words) / most
        ax.add_patch(
            Rectangle(
                (words_x, y - step * 0.22),
                bar,
                step * 0.44,
                facecolor=BAR if not expert.truncated else "white",
                edgecolor=BAR if not expert.truncated else AXIS,
                hatch="//" if expert.truncated else None,
                linewidth=1,
                gid=f"words:{expert.expert}",
            )
        )
        write(
            ax,
            words_x + bar + 0.1,
            y,
            f"{int(expert.words)}{'+ ' + CUT_OFF if expert.truncated else ''}",
            15,
            gid="words",
        )
        write(
            ax,
            skills_x,
            y,
            _list_what_fits(expert.skills if codebook.skills else expert.terms, width - skills_x, 15),
            15,
            gid="skills",
        )
        if row:
            ax.plot([0, width], [y - step / 2] * 2, color=GRID, linewidth=1)
    labels = {stance: codebook.labels[stance] for stance in styles}
    write_legend(ax, 0, height - 0.12, width, labels, styles)


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


def _state_skills(counts, ranked, n_experts, codebook):
    if not ranked:
        return "No expert names a skill of the codebook" if codebook.skills else "The codebook names no skills"
    best = [skill for skill in ranked if counts[skill] == counts[ranked[0]]]
    top = int(counts[ranked[0]])
    if len(best) > 3:
        return capital(
            f"{spell(len(best))} skills are each named by {spell(top)} of {spell(n_experts)} experts; none by more"
        )
    names = join_words([best[0], *map(lower_label, best[1:])])
    share = f"named by {spell(top)} of {spell(n_experts)} {'expert' if n_experts == 1 else 'experts'}"
    return (
        f"{names} is {share}, more than any other skill"
        if len(best) == 1
        else f"{names} are each {share}, more than any other skill"
    )


def _state_profiles(answers, experts, stances, codebook):
    """Say what the experts of each side name most often."""
    mentions = find_skills(answers, codebook)
    mentions["expert"] = name_experts(mentions)
    parts = []
    for option in codebook.options:
        side = set(experts.loc[experts["stance"] == option.key, "expert"])
        if side:
            counts = mentions[mentions["expert"].isin(side)].groupby("skill", sort=False)["expert"].nunique()
            parts.append(_say_what_they_name(counts, len(side), lower_label(option.label)))
    if not parts:
        return state_tally(tally_stances(stances, by="experts"), codebook, "experts")
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
