"""Charts of several threads on one question: their tallies side by side, and what each talks about."""

import pandas as pd

from ..codebook.style import style_stances
from ..stance.tallies import measure_leads
from ..text import capital, inflect, join_words, lower_label, spell, spell_things
from .canvas import (
    AXIS,
    CUT_OFF,
    GREY_INK,
    GRID,
    INK,
    WEAK,
    draw_box,
    draw_squares,
    fit_text,
    ink_on,
    measure_axes,
    shade_part,
    write,
    write_lines,
)
from .chart import design
from .stances import compare_options
from .words import explain_signs

MAX_THREADS, MAX_CLUSTERS = 8, 8


def compares(study):
    """Say whether a study is of several threads."""
    return study.n_threads > 1


@design(10, native="stacks", fits=compares)
def chart_thread_stances(study):
    """Compare threads: one square per answer, the two sides apart; past eight threads, the largest."""
    shown, left_out = _keep_largest(study.stances)
    tally = study.thread_tally[study.thread_tally["thread"].isin(shown["thread"])].reset_index(drop=True)
    said = (
        f"{thread}: " + ", ".join(f"{study.labels[row.stance]} {row.n}" for row in part.itertuples())
        for thread, part in tally.groupby("thread", sort=False)
    )
    return {
        "title": _state_threads(tally, study.codebook),
        "subtitle": "One square = one answer." + explain_signs(shown) + left_out,
        "table": tally,
        "alt": f"Squares by stance for each thread. {'; '.join(said)}.",
        "notes": f"Question: {study.codebook.question} Threads differ in who answered and in what the page cut off, so"
        " compare counts with their n.",
        "draw": lambda ax: _draw_threads(ax, tally, study),
    }


def _draw_threads(ax, tally, study):
    """Draw a row per thread: second option to the left, first to the right, the rest in a block of its own."""
    width, height = measure_axes(ax)
    keys, leftward = list(study.styles), None
    if len(study.codebook.options) == 2:
        leftward, both, first, rest = keys
        keys = [leftward, first, both, rest]
    rows = {(row.thread, row.stance): row for row in tally.itertuples()}
    threads = list(dict.fromkeys(tally["thread"]))
    most = {key: max(int(rows[thread, key].n) for thread in threads) for key in keys}
    gutter, head, room = 3.3, 0.55, 0.85
    step = min((height - head) / len(threads), 0.85)
    side = min(step * 0.6, (width - gutter - room * len(keys)) / max(sum(most.values()), 1))
    spans = {key: max(most[key] * side + room, 1.5) for key in keys}
    starts = _write_heads(ax, gutter, spans, leftward, study)
    for place, thread in enumerate(threads):
        y = head + (place + 0.5) * step
        _write_thread(ax, gutter - 0.2, y, thread, sum(int(rows[thread, key].n) for key in keys))
        for key in keys:
            _draw_side(ax, starts[key], y, side, rows[thread, key], study.styles[key], key == leftward)
    if leftward:
        ax.plot([starts[leftward]] * 2, [head, head + step * len(threads)], color=INK, linewidth=1.5)


def _write_heads(ax, x, spans, leftward, study):
    """Name the stances above their blocks; return where the squares of each begin."""
    starts = {}
    for key, span in spans.items():
        align, shift, start = ("right", -0.08, x + span) if key == leftward else ("left", 0.08, x)
        look = {"bold": True, "ha": align, "color": study.styles[key].ink, "gid": f"side:{key}"}
        write_lines(ax, start + shift, 0.34, study.labels[key], span - 0.15, 14, gap=0.22, anchor="bottom", **look)
        starts[key], x = start, x + span
    return starts


def _draw_side(ax, start, y, side, row, style, leftward):
    """Draw one thread's answers of one stance, from a line outwards, and their count."""
    n, gid = int(row.n), f"{row.thread}:{row.stance}"
    signs = WEAK * int(row.n - row.truncated - row.low) + CUT_OFF * int(row.truncated)
    left = start - n * side if leftward else start
    draw_squares(ax, left, y, side, n, signs, style, f"stance:{gid}")
    if n:
        x, align = (left - 0.1, "right") if leftward else (left + n * side + 0.1, "left")
        write(ax, x, y, str(n), 16, bold=True, ha=align, color=style.ink, gid=f"count:{gid}")


def _write_thread(ax, x, y, thread, n):
    text = f"{thread.replace('_', ' ')} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n})"
    write_lines(ax, x, y, text, x - 0.15, ha="right", gid="thread")


@design(11, native="leads", fits=lambda study: compares(study) and len(study.codebook.options) == 2)
def chart_thread_leads(study):
    """Say in which threads one option leads for certain: the lead with its range, grey where it crosses zero."""
    shown, left_out = _keep_largest(study.stances)
    leads = measure_leads(shown, study.codebook)
    first, second = (option.label for option in study.codebook.options[:2])
    said = (f"{row.thread} {row.lead:+d}, range {row.low:+d} to {row.high:+d}" for row in leads.itertuples())
    return {
        "title": _state_leads(leads, study.codebook),
        "subtitle": f"{first} minus {lower_label(second)}. Line = range if all uncertain answers went one way;"
        f" grey = open{left_out}",
        "table": leads,
        "alt": f"{first} minus {lower_label(second)} by thread: {'; '.join(said)}.",
        "notes": "Uncertain are answers cut off in the page and answers flagged for review. Grey means that the range"
        " crosses zero. It is exact for these pages, and no confidence interval.",
        "draw": lambda ax: _draw_leads(ax, leads, study),
    }


def _draw_leads(ax, leads, study):
    """Draw each thread's lead as a dot on its range."""
    width, height = measure_axes(ax)
    first, second = study.codebook.options[:2]
    gutter, right, foot = 3.5, 2.4, 0.6
    reach = max(int(leads[["low", "high"]].abs().to_numpy().max()), 1)
    middle, scale = gutter + (width - gutter - right) / 2, (width - gutter - right) / 2 / reach
    step = min((height - foot) / max(len(leads), 1), 0.85)
    bottom = step * len(leads)
    ax.plot([middle, middle], [0, bottom], color=INK, linewidth=1.5)
    for row in leads.itertuples():
        y = (row.Index + 0.5) * step
        colour = colour_lead(row, study.codebook)
        ax.plot([gutter, width - right], [y, y], color=GRID, linewidth=1, zorder=0)
        ends = [middle + row.low * scale, middle + row.high * scale]
        ax.plot(ends, [y, y], color=colour, linewidth=4, gid=f"range:{row.thread}")
        ax.plot([middle + row.lead * scale], [y], "o", markersize=15, color=colour, gid=f"lead:{row.thread}")
        _write_thread(ax, gutter - 0.2, y, row.thread, row.n)
        words = f"{_sign(row.lead)}  (range {_sign(row.low)} to {_sign(row.high)})"
        write(ax, width - right + 0.2, y, words, 15, gid=f"words:{row.thread}")
    ends = ((second, gutter, "left", f"◀ {second.label}"), (first, width - right, "right", f"{first.label} ▶"))
    for option, x, align, text in ends:
        text = fit_text(text, (width - gutter - right) / 2 - 0.5, 16, bold=True)
        write(ax, x, bottom + 0.28, text, 16, bold=True, ha=align, color=study.styles[option.key].ink)
    write(ax, middle, bottom + 0.28, "even", 14, ha="center", color=GREY_INK)


def colour_lead(row, codebook):
    """Give a lead the colour of its side, grey where its range crosses zero."""
    first, second = (style_stances(codebook)[option.key].fill for option in codebook.options[:2])
    return first if row.low > 0 else second if row.high < 0 else AXIS


@design(12, native="table", coded=False, fits=compares)
def chart_cluster_threads(study):
    """Count each thread's answers by cluster."""
    clustering, answers = study.clustering, study.answers
    counts = pd.crosstab(answers["thread"], clustering.labels).reindex(index=answers["thread"].unique())
    terms, shown = clustering.info.set_index("cluster")["terms"], counts.iloc[:MAX_THREADS, :MAX_CLUSTERS]
    tidy = counts.rename_axis(columns="cluster").stack().rename("n").reset_index()
    tidy.insert(2, "terms", tidy["cluster"].map(terms))
    said = (
        f"{thread}: " + ", ".join(f"cluster {cluster} {n}" for cluster, n in row.items() if n)
        for thread, row in shown.iterrows()
    )
    left_out = f". {shown.shape[1]} of {counts.shape[1]} clusters" if counts.shape[1] > shown.shape[1] else ""
    return {
        "title": _state_cluster_threads(counts, clustering.quality),
        "subtitle": "Answers per cluster of shared words and thread. Darker = larger part of its thread" + left_out,
        "table": tidy,
        "alt": f"Answers by thread and cluster. {'; '.join(said)}.",
        "notes": clustering.quality["sentence"],
        "draw": lambda ax: _draw_counts(ax, shown, terms),
    }


def _draw_counts(ax, counts, terms):
    """Draw a table of counts, shaded by their part of the row."""
    width, height = measure_axes(ax)
    gutter, head = 3.3, 0.95
    cell = min((width - gutter) / max(counts.shape[1], 1), 2.2)
    step = min((height - head) / max(len(counts), 1), 0.75)
    middles = [gutter + (column + 0.5) * cell for column in range(counts.shape[1])]
    for x, cluster in zip(middles, counts.columns, strict=True):
        look = {"max_lines": 4 if cell < 1.6 else 3, "gap": 0.22, "anchor": "bottom", "ha": "center", "gid": "cluster"}
        write_lines(ax, x, head - 0.16, f"{cluster}: {terms[cluster]}", cell - 0.1, 14, **look)
    for row, (thread, values) in enumerate(counts.iterrows()):
        y, n = head + (row + 0.5) * step, int(values.sum())
        _write_thread(ax, gutter - 0.2, y, thread, n)
        for x, (cluster, count) in zip(middles, values.items(), strict=True):
            shade, gid = shade_part(int(count), n) or "#F4F4F4", f"{thread}:{cluster}"
            draw_box(ax, x - cell / 2 + 0.03, y, cell - 0.06, step - 0.06, shade, gid=f"cell:{gid}")
            text = str(int(count)) if count else "–"
            write(ax, x, y, text, 16, ha="center", color=ink_on(shade), gid=f"count:{gid}")


def _sign(n):
    return f"{n:+d}".replace("-", "−") if n else "0"


def _keep_largest(stances):
    """Keep the largest threads, and say how many of all these are."""
    sizes = stances.groupby("thread", sort=False).size().sort_values(ascending=False, kind="stable")
    kept = sizes.index[:MAX_THREADS]
    left_out = f". {len(kept)} of {len(sizes)} threads" if len(kept) < len(sizes) else ""
    return stances[stances["thread"].isin(kept)], left_out


def _state_threads(tally, codebook):
    """Say to which option each thread leans, or only how much is open; `_state_leads` says which leads are certain."""
    parts = [part for _, part in tally.groupby("thread", sort=False)]
    compared, threads = [compare_options(part, codebook) for part in parts], spell_things(len(parts), "thread")
    if any(uncertain and not safe for _, uncertain, safe in compared):
        picks, n_open = sum(row.n for ranked, *_ in compared for row in ranked), sum(n for _, n, _ in compared)
        found = f"A pick is found in {spell(picks)} of {spell(int(tally['n'].sum()))} answers in {threads}"
        return f"{found}; {spell(n_open)} {inflect(n_open, 'is', 'are')} open"
    return _state_leans([_find_lean(part, codebook) for part in parts], codebook, threads)


def _state_leans(leans, codebook, threads):
    level, sides = leans.count(None), [option for option in codebook.options if option.key in leans]
    if not sides:
        return f"By count, {'neither' if level == 2 else 'none'} of {threads} leans to a side"
    counts = [(leans.count(option.key), lower_label(option.label)) for option in sides]
    (n, label), *others = counts
    said = f"By count, {spell(n)} of {threads} {inflect(n, 'leans', 'lean')} to {label}"
    said += "".join(f", {spell(n)} to {label}" for n, label in others)
    return f"{said}; {spell(level)} {inflect(level, 'is', 'are')} level" if level else said


def _find_lean(tally, codebook):
    """Give the option that most answers of one thread take; None if there are several."""
    n = {row.stance: row.n for row in tally.itertuples()}
    most = max(n[option.key] for option in codebook.options)
    best = [option.key for option in codebook.options if n[option.key] == most]
    return best[0] if len(best) == 1 else None


def _state_leads(leads, codebook):
    first, second = (lower_label(option.label) for option in codebook.options[:2])
    certain = [(int((leads["low"] > 0).sum()), first), (int((leads["high"] < 0).sum()), second)]
    said = [f"{spell_things(n, 'thread')} {inflect(n, 'leans', 'lean')} to {side}" for n, side in certain if n]
    level = int(((leads["low"] == 0) & (leads["high"] == 0)).sum())
    undecided = len(leads) - level - sum(n for n, _ in certain)
    for n, what in ((level, f"{inflect(level, 'is', 'are')} level"), (undecided, "could still go either way")):
        if n:
            said.append(f"{spell(n) if said else spell_things(n, 'thread')} {what}")
    return capital(join_words(said))


def _state_cluster_threads(counts, quality):
    if not quality["structure"]:
        return "The threads share too few words to form clusters beyond chance"
    spread = (counts > 0).sum()
    common, own = int((spread == len(counts)).sum()), int((spread == 1).sum())
    if common == len(spread) > 1:
        every = "Both" if common == 2 else f"All {spell(common)}"
        threads = "both threads" if len(counts) == 2 else f"all {spell_things(len(counts), 'thread')}"
        return f"{every} clusters run through {threads}"
    through = f"{spell(common) if common else 'none'} {inflect(max(common, 1), 'runs', 'run')} through all"
    alone = f"{spell(own) if own else 'none'} {inflect(max(own, 1), 'belongs', 'belong')} to one alone"
    return f"Of {spell_things(len(spread), 'cluster')}, {through} {spell_things(len(counts), 'thread')} and {alone}"
