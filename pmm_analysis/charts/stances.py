"""Charts of the tally: how many answers and experts take which side, and how far that could move."""

import pandas as pd
from matplotlib.ticker import MaxNLocator

from ..codebook.style import MIXED_STYLE, style_stances
from ..stance.tallies import tally_stances
from ..tables import name_experts
from ..text import capital, join_words, lower_label, spell
from .canvas import (
    AXIS,
    CUT_OFF,
    GREY_INK,
    GRID,
    INK,
    WEAK,
    draw_bar,
    draw_mark,
    draw_squares,
    fit_text,
    measure_axes,
    on_axes,
    sign_answer,
    wrap_text,
    write,
)
from .chart import Chart, explain_signs, name_source, quote_strongest, tell_origin

MAX_SQUARES, MAX_STRIP_ROWS = 60, 20


def chart_stance_tally(stances, codebook):
    """Count answers by stance: one square per answer.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    tally = tally_stances(stances, by="answers")
    squares = len(stances) <= MAX_SQUARES
    return Chart(
        key="stance_tally",
        title=state_tally(tally, codebook, "answers"),
        subtitle=("One square = one answer." if squares else "Bar = answers; hatched = cut off.")
        + explain_signs(stances),
        source=name_source(stances, coded=True),
        table=_label_rows(tally, codebook),
        alt=f"{'Squares' if squares else 'Bars'} by stance. {list_counts(tally, codebook)}",
        notes=tell_tally(tally, codebook, "answers") + quote_strongest(stances, codebook) + tell_origin(stances),
        draw=lambda ax: plot_stance_tally(tally, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_stance_tally(tally, codebook, *, ax=None):
    """Draw one square per answer, grouped by stance; past 60 answers, bars with a hatched cut-off part.

    Parameters
    ----------
    tally : DataFrame
        From `tally_stances`.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    total = int(tally["n"].sum())
    rows = tally.set_index(tally["stance"].astype(str))
    styles = style_stances(codebook) | {"mixed": MIXED_STYLE}
    stances = [stance for stance in styles if stance in rows.index]
    gutter, label_width = 3.1, 1.9
    step = min(height / len(stances), 1.16)
    longest = max(int(tally["n"].max()), 1)
    side = min(step * 0.86, (width - gutter - label_width) / longest)
    for row, stance in enumerate(stances):
        style, n, cut = styles[stance], int(rows.at[stance, "n"]), int(rows.at[stance, "truncated"])
        y = (row + 0.5) * step
        write(ax, gutter - 0.2, y, fit_text(codebook.labels[stance], gutter - 0.3, 18), 18, ha="right")
        if total <= MAX_SQUARES:
            weak = n - cut - int(rows.at[stance, "low"])
            draw_squares(ax, gutter, y, side, n, WEAK * weak + CUT_OFF * cut, style, f"stance:{stance}")
            end = gutter + n * side
        else:
            scale = (width - gutter - label_width) / longest
            draw_bar(ax, gutter, y, step * 0.62, (n - cut) * scale, cut * scale, style, stance)
            end = gutter + n * scale
        write(ax, end + 0.15, y, f"{n} of {total}", 20, color=style.ink, fontweight="bold", gid=f"count:{stance}")


def chart_stance_range(stances, codebook):
    """Show how far each count could move if every uncertain answer went one way.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    tally = tally_stances(stances, by="answers")
    return Chart(
        key="stance_range",
        title=_state_range(tally, codebook),
        subtitle="Bar = answers; hatched = cut off in the page. Line = range if every uncertain answer went one way"
        if (tally["low"] < tally["high"]).any()
        else "Bar = answers. None is cut off in the page or weakly read",
        source=name_source(stances, coded=True),
        table=_label_rows(tally, codebook),
        alt="Bars by stance with ranges. "
        + "; ".join(
            f"{codebook.labels[row.stance]} {row.n}, range {row.low} to {row.high}" for row in tally.itertuples()
        )
        + ".",
        notes=tell_tally(tally, codebook, "answers")
        + " Uncertain are answers cut off in the page and answers flagged for review; the range is not a confidence"
        " interval, because these experts are no random sample." + tell_origin(stances),
        draw=lambda ax: plot_stance_range(tally, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_stance_range(tally, codebook, *, ax=None):
    """Draw each stance as a bar, hatched where cut off, with the line it could reach or shrink to.

    Parameters
    ----------
    tally : DataFrame
        From `tally_stances`; ``low`` and ``high`` are drawn as the line.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    rows = tally.set_index(tally["stance"].astype(str))
    styles = style_stances(codebook) | {"mixed": MIXED_STYLE}
    stances = [stance for stance in styles if stance in rows.index]
    gutter, label_width, foot = 3.1, 2.2, 0.45
    step = min((height - foot) / len(stances), 1.2)
    top = max(int(tally["high"].max()), 1)
    scale = (width - gutter - label_width) / top
    bottom = step * len(stances)
    for tick in MaxNLocator(7, integer=True).tick_values(0, top):
        if tick > top:
            break
        ax.plot([gutter + tick * scale] * 2, [0, bottom], color=GRID, linewidth=1, zorder=0)
        write(ax, gutter + tick * scale, bottom + 0.2, f"{tick:.0f}", 14, ha="center", color=GREY_INK)
    for row, stance in enumerate(stances):
        style, y = styles[stance], (row + 0.5) * step
        n, low, high, cut = (int(rows.at[stance, column]) for column in ("n", "low", "high", "truncated"))
        write(ax, gutter - 0.2, y, fit_text(codebook.labels[stance], gutter - 0.3, 18), 18, ha="right")
        draw_bar(ax, gutter, y, step * 0.56, (n - cut) * scale, cut * scale, style, stance)
        for x0, x1, shift in ((low, high, 0), (low, low, 1), (high, high, 1)):
            ax.plot(
                [gutter + x0 * scale, gutter + x1 * scale],
                [y - shift * step * 0.14, y + shift * step * 0.14],
                color=INK,
                linewidth=3,
                zorder=3,
                gid=f"range:{stance}",
            )
        words = f"{n}" if low == high else f"{n}  (range {low}–{high})"
        write(
            ax,
            gutter + max(high, n) * scale + 0.18,
            y,
            words,
            18,
            color=style.ink,
            fontweight="bold",
            gid=f"count:{stance}",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
        )


def chart_expert_stances(stances, codebook):
    """Show every answer's stance in its expert's row; past 20 experts, those who take a stance most often.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    tally = tally_stances(stances, by="experts")
    who = name_experts(stances)
    order = pd.DataFrame(
        {
            "lean": stances["lean"].where(stances["stance"] != "unaddressed").groupby(who, sort=False).mean(),
            "addressed": stances["stance"].ne("unaddressed").groupby(who, sort=False).sum(),
            "answers": stances.groupby(who, sort=False).size(),
        }
    )
    most = order.sort_values(["addressed", "answers"], ascending=False, kind="stable").head(MAX_STRIP_ROWS)
    rows = order.loc[[expert for expert in order.index if expert in most.index]].sort_values("lean", kind="stable")
    shown = pd.concat([stances[who == expert] for expert in rows.index]) if len(rows) else stances
    left_out = len(order) - len(rows)
    spread = "left–right = strength of the lean" if len(codebook.options) == 2 else "a column per stance"
    return Chart(
        key="expert_stances",
        title=state_tally(tally, codebook, "experts"),
        subtitle=f"Mark = one answer; {spread}."
        + (
            f" {len(rows)} of {len(order)} experts: most answers on the question."
            if left_out
            else explain_signs(stances)
        ),
        source=name_source(stances, coded=True),
        table=shown[["answer", "expert", "stance", "lean", "confidence", "truncated", "evidence"]].reset_index(
            drop=True
        ),
        alt=f"A row per expert with a mark per answer. Experts: {list_counts(tally, codebook)}",
        notes=tell_tally(tally, codebook, "experts")
        + " An expert counts once; answers that do not address the question do not change an expert's stance."
        + quote_strongest(stances, codebook)
        + tell_origin(stances),
        draw=lambda ax: plot_expert_stances(shown, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_expert_stances(stances, codebook, *, ax=None):
    """Draw a row per expert and a mark per answer, placed by lean; answers that take no stance stand apart.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`; at most 20 experts fit, see `chart_expert_stances` for more.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    styles = style_stances(codebook)
    who = name_experts(stances)
    experts = list(dict.fromkeys(who))
    lanes = _place_lanes(codebook, 3.9, width - 0.9)
    foot = 0.5
    step = min((height - foot) / max(len(experts), 1), 0.62)
    bottom = step * len(experts)
    size = min(20, step * 48)
    for stance, x in lanes.items():
        if stance in ("balanced", "unaddressed") or len(codebook.options) > 2:
            ax.plot([x, x], [0, bottom], color=AXIS if stance == "balanced" else GRID, linewidth=1.2, zorder=0)
    for row, expert in enumerate(experts):
        y = (row + 0.5) * step
        write(ax, 3.3, y, fit_text(expert, 3.25, 16), 16 if step >= 0.3 else 14, ha="right", gid="expert")
        ax.plot([3.45, width], [y, y], color=GRID, linewidth=1, zorder=0)
        own = stances[who == expert]
        places = [(_place_mark(answer, lanes, codebook), answer) for answer in own.itertuples()]
        for x, answer in _spread_marks(sorted(places, key=lambda place: place[0]), size / 72 * 1.12, 3.7, width - 0.15):
            draw_mark(ax, x, y, size, styles[answer.stance], sign_answer(answer), f"answer:{answer.answer}")
    for stance, x in lanes.items():
        label = codebook.labels[stance]
        if len(codebook.options) == 2 and stance in (option.key for option in codebook.options):
            label = f"{label}\u00a0▶" if stance == codebook.options[0].key else f"◀\u00a0{label}"
        first = stance == list(lanes)[0] and len(codebook.options) == 2
        for i, line in enumerate(wrap_text(label, (width - 3.9) / len(lanes) - 0.1, 16, bold=True)):
            write(
                ax,
                3.45 if first else x,
                bottom + 0.22 + i * 0.25,
                line,
                16,
                ha="left" if first else "center",
                color=styles[stance].ink,
                fontweight="bold",
                gid=f"lane:{stance}",
            )


def _place_lanes(codebook, left, right):
    """Give each stance its place: a scale for two options, equal lanes for more; the unaddressed apart, right."""
    keys = list(style_stances(codebook))
    if len(codebook.options) == 2:
        scale_end = right - 2.4
        return dict(zip(keys, (left, (left + scale_end) / 2, scale_end, right)))
    return {key: left + i * (right - left) / (len(keys) - 1) for i, key in enumerate(keys)}


def _place_mark(answer, lanes, codebook):
    if len(codebook.options) > 2 or answer.stance == "unaddressed":
        return lanes[answer.stance]
    left, middle, right, _ = lanes.values()
    return middle + (right - left) / 2 * float(answer.lean)


def _spread_marks(places, gap, left, right):
    """Move marks of one row apart until none covers another, keeping their order and their middle."""
    xs = [x for x, _ in places]
    for _ in range(100):
        moved = False
        for i in range(len(xs) - 1):
            overlap = gap - (xs[i + 1] - xs[i])
            if overlap > 1e-6:
                xs[i], xs[i + 1], moved = xs[i] - overlap / 2, xs[i + 1] + overlap / 2, True
        if not moved:
            break
    return [(min(max(x, left), right), answer) for x, (_, answer) in zip(xs, places)]


def state_tally(tally, codebook, unit):
    """Say who leads, and say it could change unless the range rules that out."""
    total = int(tally["n"].sum())
    ranked, uncertain, safe = compare_options(tally, codebook)
    best = ranked[0].n
    if not total:
        return f"There are no {unit} to count"
    whole = f"{spell(total)} {unit}"
    label = {option.key: lower_label(option.label) for option in codebook.options}
    level = [label[row.stance] for row in ranked if row.n == best]
    if not best:
        doubt = f", but {spell(uncertain)} {'is' if uncertain == 1 else 'are'} uncertain" if uncertain else ""
        return _state_no_side(tally, unit) + doubt
    if total == 1:
        lead = f"The only {unit.removesuffix('s')} favours {level[0]}"
    elif len(level) > 1:
        lead = f"{capital(join_words(level))} are level: {spell(best)} of {whole} each"
    else:
        others = join_words(f"{spell(row.n) if row.n else 'none'} {label[row.stance]}" for row in ranked[1:])
        lead = f"{capital(spell(best))} of {whole} {'favours' if best == 1 else 'favour'} {level[0]}, {others}"
    return lead if not uncertain or safe else f"{lead}; with {spell(uncertain)} uncertain it could still go either way"


def _state_no_side(tally, unit):
    total = int(tally["n"].sum())
    both, mixed = (int(tally.loc[tally["stance"] == stance, "n"].sum()) for stance in ("balanced", "mixed"))
    whole = f"{spell(total)} {unit}"
    if total == 1:
        one = f"The only {unit.removesuffix('s')}"
        return f"{one} {'says both or it depends' if both else 'is of two minds' if mixed else 'takes no side'}"
    if mixed:
        return f"{capital(spell(mixed))} of {whole} {'is' if mixed == 1 else 'are'} of two minds; none takes one side"
    if both:
        say = "says" if both == 1 else "say"
        return f"{capital(spell(both))} of {whole} {say} both or it depends; none takes a side"
    return f"{'Neither' if total == 2 else 'None'} of the {whole} takes a side"


def _state_range(tally, codebook):
    ranked, uncertain, safe = compare_options(tally, codebook)
    first, second = ranked[:2]
    sides = [lower_label(codebook.labels[row.stance]) for row in (first, second)]
    ahead = f"{first.n} to {second.n} for {sides[0]} over {sides[1]}"
    if first.n == second.n:
        ahead = f"{first.n} to {second.n} between {sides[0]} and {sides[1]}"
    if not uncertain:
        return f"{ahead}; no answer is uncertain"
    if safe:
        return f"{ahead}, even if {_all_of(uncertain)} went the other way"
    return f"{ahead}, but {_all_of(uncertain)} could change that"


def compare_options(tally, codebook):
    """Return options by count, the number of uncertain units, and whether the lead is beyond them."""
    rows = {row.stance: row for row in tally.itertuples()}
    ranked = sorted((rows[option.key] for option in codebook.options), key=lambda row: -row.n)
    uncertain = max((row.high - row.low for row in rows.values()), default=0)
    return ranked, uncertain, ranked[0].low > max(row.high for row in ranked[1:])


def _all_of(uncertain):
    return "the one uncertain answer" if uncertain == 1 else f"the {spell(uncertain)} uncertain answers"


def _label_rows(tally, codebook):
    table = tally.copy()
    table.insert(1, "label", [codebook.labels[stance] for stance in tally["stance"]])
    return table


def list_counts(tally, codebook):
    total = int(tally["n"].sum())
    return "; ".join(f"{codebook.labels[row.stance]} {row.n} of {total}" for row in tally.itertuples()) + "."


def tell_tally(tally, codebook, unit):
    ranked, uncertain, safe = compare_options(tally, codebook)
    verdict = "cannot change who leads" if safe else "could change who leads"
    rest = (
        f" {capital(spell(uncertain))} of the {unit} {'is' if uncertain == 1 else 'are'} uncertain (cut off, or weakly"
        f" read): together they {verdict}."
        if uncertain
        else ""
    )
    return f"Question: {codebook.question} Counted in {unit}: {list_counts(tally, codebook)}{rest}"
