"""Charts of several threads on one question: their tallies side by side, and what each talks about."""

import pandas as pd
from matplotlib.patches import Rectangle

from ..codebook.style import style_stances
from ..stance.tallies import tally_stances
from ..text import capital, join_words, lower_label, spell, spell_things
from .canvas import (
    AXIS,
    CUT_OFF,
    GREY_INK,
    GRID,
    INK,
    WEAK,
    draw_squares,
    fit_text,
    ink_on,
    measure_axes,
    on_axes,
    shade_part,
    wrap_text,
    write,
    write_lines,
)
from .chart import Chart, explain_signs, name_threads

MAX_THREADS, MAX_THEMES = 8, 8


def tally_threads(stances):
    """Count answers by stance in each thread.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`, of one or more threads.

    Returns
    -------
    DataFrame
        `tally_stances` of each thread under the other, with a first column ``thread``.
    """
    tallies = []
    for thread, part in stances.groupby("thread", sort=False):
        tally = tally_stances(part)
        tally.insert(0, "thread", thread)
        tallies.append(tally)
    return pd.concat(tallies, ignore_index=True)


def measure_leads(stances, codebook):
    """Measure how far the first option leads the second in each thread, and how far that could move.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`, of one or more threads.
    codebook : Codebook
        With two options.

    Returns
    -------
    DataFrame
        One row per thread: ``thread``, ``n``, ``first``, ``second`` (answers for each option), ``lead``
        (first − second), ``low``, ``high`` (the lead if every uncertain answer went to one side). An answer
        that changes sides moves the lead by two.
    """
    first, second = (option.key for option in codebook.options[:2])
    rows = []
    for thread, part in stances.groupby("thread", sort=False):
        tally = tally_stances(part).set_index("stance")
        n, low, high = (tally[column].astype(int) for column in ("n", "low", "high"))
        rows.append(
            (
                thread,
                len(part),
                n[first],
                n[second],
                n[first] - n[second],
                low[first] - high[second],
                high[first] - low[second],
            )
        )
    return pd.DataFrame(rows, columns=["thread", "n", "first", "second", "lead", "low", "high"])


def chart_thread_stances(stances, codebook):
    """Compare threads: one square per answer, the two sides apart; past eight threads, the largest.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`, of several threads.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    shown = _keep_largest(stances)
    tally = tally_threads(shown)
    return Chart(
        key="thread_stances",
        title=_state_threads(tally, codebook),
        subtitle="One square = one answer." + explain_signs(shown) + _left_out(stances, shown),
        source=name_threads(stances, coded=True),
        table=tally,
        alt="Squares by stance for each thread. "
        + "; ".join(
            f"{thread}: " + ", ".join(f"{codebook.labels[row.stance]} {row.n}" for row in part.itertuples())
            for thread, part in tally.groupby("thread", sort=False)
        )
        + ".",
        notes=f"Question: {codebook.question} Threads differ in who answered and in what the page cut off, so compare"
        " counts with their n.",
        draw=lambda ax: plot_thread_stances(tally, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_thread_stances(tally, codebook, *, ax=None):
    """Draw a row per thread: second option to the left, first to the right, the rest in a block of its own.

    Parameters
    ----------
    tally : DataFrame
        From `tally_threads`.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    styles = style_stances(codebook)
    keys, leftward = list(styles), None
    if len(codebook.options) == 2:
        leftward, both, first, rest = keys
        keys = [leftward, first, both, rest]
    rows = {(row.thread, row.stance): row for row in tally.itertuples()}
    threads = list(dict.fromkeys(tally["thread"]))
    most = {key: max(int(rows[thread, key].n) for thread in threads) for key in keys}
    gutter, head, room = 3.3, 0.55, 0.85
    step = min((height - head) / len(threads), 0.85)
    side = min(step * 0.6, (width - gutter - room * len(keys)) / max(sum(most.values()), 1))
    x, starts = gutter, {}
    for key in keys:
        span = max(most[key] * side + room, 1.5)
        starts[key] = x + span if key == leftward else x
        x += span
        align, shift = ("right", -0.08) if key == leftward else ("left", 0.08)
        lines = wrap_text(codebook.labels[key], span - 0.15, 14, bold=True)
        for i, line in enumerate(lines):
            write(
                ax,
                starts[key] + shift,
                0.12 + (i + 2 - len(lines)) * 0.22,
                line,
                14,
                ha=align,
                color=styles[key].ink,
                fontweight="bold",
                gid=f"side:{key}",
            )
    for place, thread in enumerate(threads):
        y = head + (place + 0.5) * step
        _write_thread(ax, gutter - 0.2, y, thread, sum(int(rows[thread, key].n) for key in keys))
        for key in keys:
            n, cut = int(rows[thread, key].n), int(rows[thread, key].truncated)
            signs = WEAK * (n - cut - int(rows[thread, key].low)) + CUT_OFF * cut
            x = starts[key] - n * side if key == leftward else starts[key]
            draw_squares(ax, x, y, side, n, signs, styles[key], f"stance:{thread}:{key}")
            if n:
                align, x = ("right", x - 0.1) if key == leftward else ("left", x + n * side + 0.1)
                write(
                    ax,
                    x,
                    y,
                    str(n),
                    16,
                    ha=align,
                    color=styles[key].ink,
                    fontweight="bold",
                    gid=f"count:{thread}:{key}",
                )
    if leftward:
        ax.plot([starts[leftward]] * 2, [head, head + step * len(threads)], color=INK, linewidth=1.5)


def _write_thread(ax, x, y, thread, n):
    write_lines(
        ax,
        x,
        y,
        f"{thread.replace('_', ' ')} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n})",
        x - 0.15,
        ha="right",
        gid="thread",
    )


def chart_thread_leads(stances, codebook):
    """Say in which threads one option leads for certain: the lead with its range, grey where it crosses zero.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`, of several threads.
    codebook : Codebook
        With two options.

    Returns
    -------
    Chart
    """
    shown = _keep_largest(stances)
    leads = measure_leads(shown, codebook)
    first, second = (codebook.labels[option.key] for option in codebook.options[:2])
    return Chart(
        key="thread_leads",
        title=_state_leads(leads, codebook),
        subtitle=f"{first} minus {lower_label(second)}. Line = range if all uncertain answers went one way; grey = open"
        + _left_out(stances, shown),
        source=name_threads(stances, coded=True),
        table=leads,
        alt=f"{first} minus {lower_label(second)} by thread: "
        + "; ".join(f"{row.thread} {row.lead:+d}, range {row.low:+d} to {row.high:+d}" for row in leads.itertuples())
        + ".",
        notes="Uncertain are answers cut off in the page and answers flagged for review. Grey means that the range"
        " crosses zero. It is exact for these pages, and no confidence interval.",
        draw=lambda ax: plot_thread_leads(leads, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_thread_leads(leads, codebook, *, ax=None):
    """Draw each thread's lead as a dot on its range.

    Parameters
    ----------
    leads : DataFrame
        From `measure_leads`.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    first, second = codebook.options[:2]
    styles = style_stances(codebook)
    gutter, right, foot = 3.5, 2.4, 0.6
    reach = max(int(leads[["low", "high"]].abs().to_numpy().max()), 1)
    middle, scale = gutter + (width - gutter - right) / 2, (width - gutter - right) / 2 / reach
    step = min((height - foot) / max(len(leads), 1), 0.85)
    bottom = step * len(leads)
    ax.plot([middle, middle], [0, bottom], color=INK, linewidth=1.5)
    for row in leads.itertuples():
        y = (row.Index + 0.5) * step
        colour = styles[first.key].fill if row.low > 0 else styles[second.key].fill if row.high < 0 else AXIS
        ax.plot([gutter, width - right], [y, y], color=GRID, linewidth=1, zorder=0)
        ax.plot(
            [middle + row.low * scale, middle + row.high * scale],
            [y, y],
            color=colour,
            linewidth=4,
            gid=f"range:{row.thread}",
        )
        ax.plot([middle + row.lead * scale], [y], "o", markersize=15, color=colour, gid=f"lead:{row.thread}")
        _write_thread(ax, gutter - 0.2, y, row.thread, row.n)
        write(
            ax,
            width - right + 0.2,
            y,
            f"{_sign(row.lead)}  (range {_sign(row.low)} to {_sign(row.high)})",
            15,
            gid=f"words:{row.thread}",
        )
    for key, x, ha, text in (
        (second.key, gutter, "left", f"◀ {second.label}"),
        (first.key, width - right, "right", f"{first.label} ▶"),
    ):
        write(
            ax,
            x,
            bottom + 0.28,
            fit_text(text, (width - gutter - right) / 2 - 0.5, 16, bold=True),
            16,
            ha=ha,
            color=styles[key].ink,
            fontweight="bold",
        )
    write(ax, middle, bottom + 0.28, "even", 14, ha="center", color=GREY_INK)


def chart_theme_threads(answers, clustering, codebook):
    """Count each thread's answers by theme.

    Parameters
    ----------
    answers : DataFrame
        From `load_threads`.
    clustering : Clustering
        From `cluster_answers`, of all threads together.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    counts = pd.crosstab(answers["thread"], clustering.labels).reindex(index=answers["thread"].unique())
    themes = clustering.info.set_index("cluster")["terms"]
    shown = counts.iloc[:MAX_THREADS, :MAX_THEMES]
    tidy = counts.rename_axis(columns="group").stack().rename("n").reset_index()
    tidy.insert(2, "terms", tidy["group"].map(themes))
    return Chart(
        key="theme_threads",
        title=_state_theme_threads(counts, themes, clustering.quality),
        subtitle="Answers per group of shared words and thread. Darker = larger part of its thread"
        + (f". {shown.shape[1]} of {counts.shape[1]} groups" if counts.shape[1] > shown.shape[1] else ""),
        source=name_threads(answers),
        table=tidy,
        alt="Answers by thread and group. "
        + "; ".join(
            f"{thread}: " + ", ".join(f"group {group} {n}" for group, n in row.items() if n)
            for thread, row in shown.iterrows()
        )
        + ".",
        notes=clustering.quality["sentence"],
        draw=lambda ax: plot_theme_threads(shown, themes, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_theme_threads(counts, themes, *, ax=None):
    """Draw a table of counts, shaded by their part of the row.

    Parameters
    ----------
    counts : DataFrame
        A row per thread, a column per group.
    themes : Series
        Group -> its terms.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    gutter, head = 3.3, 0.95
    cell = min((width - gutter) / max(counts.shape[1], 1), 2.2)
    step = min((height - head) / max(len(counts), 1), 0.75)
    for column, group in enumerate(counts.columns):
        x = gutter + (column + 0.5) * cell
        lines = wrap_text(f"{group}: {themes[group]}", cell - 0.1, 14, max_lines=4 if cell < 1.6 else 3)
        for i, line in enumerate(lines):
            write(ax, x, head - 0.16 - (len(lines) - 1 - i) * 0.22, line, 14, ha="center", gid="group")
    for row, (thread, values) in enumerate(counts.iterrows()):
        y, n = head + (row + 0.5) * step, int(values.sum())
        _write_thread(ax, gutter - 0.2, y, thread, n)
        for column, count in enumerate(values):
            shade = shade_part(int(count), n) or "#F4F4F4"
            ax.add_patch(
                Rectangle(
                    (gutter + column * cell + 0.03, y - step / 2 + 0.03),
                    cell - 0.06,
                    step - 0.06,
                    facecolor=shade,
                    linewidth=0,
                    gid=f"cell:{thread}:{counts.columns[column]}",
                )
            )
            write(
                ax,
                gutter + (column + 0.5) * cell,
                y,
                str(int(count)) if count else "–",
                16,
                ha="center",
                color=ink_on(shade),
                gid=f"count:{thread}:{counts.columns[column]}",
            )


def _sign(n):
    return f"{n:+d}".replace("-", "−") if n else "0"


def _keep_largest(stances):
    sizes = stances.groupby("thread", sort=False).size().sort_values(ascending=False, kind="stable").index[:MAX_THREADS]
    return stances[stances["thread"].isin(sizes)]


def _left_out(all_of, shown):
    total, kept = all_of["thread"].nunique(), shown["thread"].nunique()
    return f". {kept} of {total} threads" if kept < total else ""


def _state_threads(tally, codebook):
    """Say to which option each thread leans by its count alone; `_state_leads` says what is certain."""
    leaning = dict.fromkeys([option.key for option in codebook.options], 0) | {None: 0}
    for _, part in tally.groupby("thread", sort=False):
        n = {row.stance: row.n for row in part.itertuples()}
        best = [option.key for option in codebook.options if n[option.key] == max(n[o.key] for o in codebook.options)]
        leaning[best[0] if len(best) == 1 else None] += 1
    total = tally["thread"].nunique()
    sides = [(option, leaning[option.key]) for option in codebook.options if leaning[option.key]]
    level = f"{spell(leaning[None])} {'is' if leaning[None] == 1 else 'are'} level" if leaning[None] else ""
    if not sides:
        return f"By count, {'neither' if total == 2 else 'none'} of {spell_things(total, 'thread')} leans to a side"
    (first, n), *others = sides
    lean = "leans" if n == 1 else "lean"
    said = f"By count, {spell(n)} of {spell_things(total, 'thread')} {lean} to {lower_label(first.label)}"
    said += "".join(f", {spell(n)} to {lower_label(option.label)}" for option, n in others)
    return f"{said}; {level}" if level else said


def _state_leads(leads, codebook):
    first, second = (lower_label(option.label) for option in codebook.options[:2])
    certain = [(int((leads["low"] > 0).sum()), first), (int((leads["high"] < 0).sum()), second)]
    said = [f"{spell_things(n, 'thread')} {'leans' if n == 1 else 'lean'} to {side}" for n, side in certain if n]
    level = int(((leads["low"] == 0) & (leads["high"] == 0)).sum())
    undecided = len(leads) - level - sum(n for n, _ in certain)
    for n, what in ((level, "is level" if level == 1 else "are level"), (undecided, "could still go either way")):
        if n:
            said.append(f"{spell(n) if said else spell_things(n, 'thread')} {what}")
    return capital(join_words(said))


def _state_theme_threads(counts, themes, quality):
    if not quality["structure"]:
        return "The threads share too few words to form groups beyond chance"
    spread = (counts > 0).sum()
    common = int((spread == len(counts)).sum())
    own = int((spread == 1).sum())
    if common == len(spread) > 1:
        every = "Both" if common == 2 else f"All {spell(common)}"
        threads = "both threads" if len(counts) == 2 else f"all {spell_things(len(counts), 'thread')}"
        return f"{every} groups run through {threads}"
    through = f"{spell(common) if common else 'none'} {'runs' if common <= 1 else 'run'} through all"
    alone = f"{spell(own) if own else 'none'} {'belongs' if own <= 1 else 'belong'} to one alone"
    return f"Of {spell_things(len(spread), 'group')}, {through} {spell_things(len(counts), 'thread')} and {alone}"
