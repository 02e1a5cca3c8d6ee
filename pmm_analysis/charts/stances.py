"""Charts of the tally: how many answers and experts take which side, and how far that could move."""

import pandas as pd
from matplotlib.ticker import MaxNLocator

from ..codebook.style import MIXED_STYLE
from ..text import capital, inflect, join_words, lower_label, spell
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
    sign_answer,
    wrap_text,
    write,
    write_lines,
)
from .chart import design
from .words import explain_signs, quote_strongest

MAX_SQUARES, MAX_STRIP_ROWS = 60, 20
GUTTER = 3.1


@design(1, native="tally")
def chart_stance_tally(study):
    """Count answers by stance: one square per answer; past 60 answers, bars with a hatched cut-off part."""
    tally, squares = study.tally, len(study.stances) <= MAX_SQUARES
    meaning = "One square = one answer." if squares else "Bar = answers; hatched = cut off."
    return {
        "title": state_tally(tally, study.codebook, "answers"),
        "subtitle": meaning + explain_signs(study.stances),
        "table": _label_rows(tally, study.labels),
        "alt": f"{'Squares' if squares else 'Bars'} by stance. {list_counts(tally, study.labels)}",
        "notes": tell_tally(tally, study.codebook, "answers") + quote_strongest(study.stances, study.labels),
        "draw": lambda ax: _draw_tally(ax, tally, study),
    }


def _draw_tally(ax, tally, study):
    width, height = measure_axes(ax)
    total, longest, label_width = int(tally["n"].sum()), max(int(tally["n"].max()), 1), 1.9
    rows, step = _list_rows(tally, study, height, 1.16)
    scale = (width - GUTTER - label_width) / longest
    side = min(step * 0.86, scale)
    for row, style, y in rows:
        _write_stance(ax, y, study.labels[row.stance])
        if total <= MAX_SQUARES:
            signs = WEAK * (row.n - row.truncated - row.low) + CUT_OFF * row.truncated
            draw_squares(ax, GUTTER, y, side, row.n, signs, style, f"stance:{row.stance}")
            end = GUTTER + row.n * side
        else:
            whole, cut = (row.n - row.truncated) * scale, row.truncated * scale
            draw_bar(ax, GUTTER, y, step * 0.62, whole, cut, style, row.stance)
            end = GUTTER + row.n * scale
        count = f"{row.n:,} of {total:,}"
        write(ax, end + 0.15, y, count, 20, bold=True, color=style.ink, gid=f"count:{row.stance}")


def _list_rows(tally, study, height, most):
    """List the rows of a tally in the order charts show them, each with its style and place; and how far apart."""
    styles, rows = study.styles | {"mixed": MIXED_STYLE}, {row.stance: row for row in tally.itertuples()}
    shown = [stance for stance in styles if stance in rows]
    step = min(height / len(shown), most)
    return [(rows[stance], styles[stance], (place + 0.5) * step) for place, stance in enumerate(shown)], step


def _write_stance(ax, y, label):
    write(ax, GUTTER - 0.2, y, fit_text(label, GUTTER - 0.3, 18), 18, ha="right")


@design(2, native="range")
def chart_stance_range(study):
    """Show how far each count could move if every uncertain answer went one way."""
    tally, moves = study.tally, (study.tally["low"] < study.tally["high"]).any()
    ranges = (f"{study.labels[row.stance]} {row.n}, range {row.low} to {row.high}" for row in tally.itertuples())
    return {
        "title": _state_range(tally, study.codebook),
        "subtitle": "Bar = answers; hatched = cut off in the page. Line = range if every uncertain answer went one way"
        if moves
        else "Bar = answers. None is cut off in the page or weakly read",
        "table": _label_rows(tally, study.labels),
        "alt": f"Bars by stance with ranges. {'; '.join(ranges)}.",
        "notes": tell_tally(tally, study.codebook, "answers")
        + " Uncertain are answers cut off in the page and answers flagged for review; the range is not a confidence"
        " interval, because these experts are no random sample.",
        "draw": lambda ax: _draw_range(ax, tally, study),
    }


def _draw_range(ax, tally, study):
    width, height = measure_axes(ax)
    label_width, foot, top = 2.2, 0.45, max(int(tally["high"].max()), 1)
    rows, step = _list_rows(tally, study, height - foot, 1.2)
    scale, bottom = (width - GUTTER - label_width) / top, step * len(rows)
    for tick in MaxNLocator(7, integer=True).tick_values(0, top):
        if tick <= top:
            ax.plot([GUTTER + tick * scale] * 2, [0, bottom], color=GRID, linewidth=1, zorder=0)
            write(ax, GUTTER + tick * scale, bottom + 0.2, f"{tick:,.0f}", 14, ha="center", color=GREY_INK)
    for row, style, y in rows:
        _write_stance(ax, y, study.labels[row.stance])
        whole, cut = (row.n - row.truncated) * scale, row.truncated * scale
        draw_bar(ax, GUTTER, y, step * 0.56, whole, cut, style, row.stance)
        for x0, x1, tall in ((row.low, row.high, 0), (row.low, row.low, 0.14), (row.high, row.high, 0.14)):
            xs, ys = [GUTTER + x0 * scale, GUTTER + x1 * scale], [y - tall * step, y + tall * step]
            ax.plot(xs, ys, color=INK, linewidth=3, zorder=3, gid=f"range:{row.stance}")
        words = f"{row.n:,}" if row.low == row.high else f"{row.n:,}  (range {row.low:,}–{row.high:,})"
        behind = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        end = GUTTER + max(row.high, row.n) * scale + 0.18
        write(ax, end, y, words, 18, bold=True, color=style.ink, gid=f"count:{row.stance}", bbox=behind)


@design(3)
def chart_expert_stances(study):
    """Show every answer's stance in its expert's row; past 20 experts, those who take a stance most often."""
    stances, tally, who = study.stances, study.expert_tally, study.names
    experts = _order_experts(stances, who)
    most = experts.sort_values(["addressed", "answers"], ascending=False, kind="stable").head(MAX_STRIP_ROWS)
    rows = experts[experts.index.isin(most.index)].sort_values("lean", kind="stable").index
    shown = pd.concat([stances[who == expert] for expert in rows]) if len(rows) else stances
    spread = "left–right = strength of the lean" if len(study.codebook.options) == 2 else "a column per stance"
    left_out = f" {len(rows)} of {len(experts)} experts: most answers on the question."
    return {
        "title": state_tally(tally, study.codebook, name_unit(stances)),
        "subtitle": f"Mark = one answer; {spread}."
        + (left_out if len(rows) < len(experts) else explain_signs(stances)),
        "table": shown[["answer", "expert", "stance", "lean", "confidence", "truncated", "quote"]].reset_index(
            drop=True
        ),
        "alt": f"A row per expert with a mark per answer. Experts: {list_counts(tally, study.labels)}",
        "notes": tell_tally(tally, study.codebook, name_unit(stances))
        + " An expert counts once; answers without a pick do not change an expert's stance."
        + quote_strongest(stances, study.labels),
        "draw": lambda ax: _draw_strip(ax, shown, who, study),
    }


def name_unit(stances):
    """Name what counts as one: experts, where an answer without a name counts by itself."""
    named = stances["expert"].notna()
    return "experts" if named.all() else "experts and nameless answers" if named.any() else "answers"


def _order_experts(stances, who):
    """Give each expert's mean lean, answers on the question and answers, in order of first appearance."""
    addressed = stances["stance"].ne("unaddressed")
    columns = {"lean": stances["lean"].where(addressed), "addressed": addressed, "answers": 1}
    how = {"lean": "mean", "addressed": "sum", "answers": "sum"}
    return pd.DataFrame(columns, index=stances.index).groupby(who, sort=False).agg(how)


def _draw_strip(ax, stances, who, study):
    width, height = measure_axes(ax)
    own = stances.groupby(who.loc[stances.index], sort=False)
    lanes, room = _place_lanes(study, 3.9, width - 0.9), (width - 3.9) / len(study.styles) - 0.1
    names = _name_lanes(lanes, study)
    foot = 0.25 + 0.25 * max(len(wrap_text(name, room, 16, bold=True)) for name in names.values())
    step = min((height - foot) / max(own.ngroups, 1), 0.62)
    bottom, size = step * own.ngroups, min(20, step * 48)
    for stance, x in lanes.items():
        if stance in ("balanced", "unaddressed") or len(study.codebook.options) > 2:
            ax.plot([x, x], [0, bottom], color=AXIS if stance == "balanced" else GRID, linewidth=1.2, zorder=0)
    for row, (expert, answers) in enumerate(own):
        y = (row + 0.5) * step
        write(ax, 3.3, y, fit_text(expert, 3.25, 16), 16 if step >= 0.3 else 14, ha="right", gid="expert")
        ax.plot([3.45, width], [y, y], color=GRID, linewidth=1, zorder=0)
        places = sorted(((_place_mark(a, lanes), a) for a in answers.itertuples()), key=lambda place: place[0])
        for x, answer in _spread_marks(places, size / 72 * 1.12, 3.7, width - 0.15):
            draw_mark(ax, x, y, size, study.styles[answer.stance], sign_answer(answer), f"answer:{answer.answer}")
    for place, (stance, x) in enumerate(lanes.items()):
        x, align = (3.45, "left") if len(study.codebook.options) == 2 and place == 0 else (x, "center")
        look = {"bold": True, "ha": align, "color": study.styles[stance].ink, "gid": f"lane:{stance}"}
        write_lines(ax, x, bottom + 0.22, names[stance], room, gap=0.25, anchor="top", **look)


def _name_lanes(lanes, study):
    arrows = {}
    if len(study.codebook.options) == 2:
        first, second = (option.key for option in study.codebook.options)
        arrows = {first: "{}\u00a0▶", second: "◀\u00a0{}"}
    return {stance: arrows.get(stance, "{}").format(study.labels[stance]) for stance in lanes}


def _place_lanes(study, left, right):
    """Give each stance its place: a scale for two options, equal lanes for more; the unaddressed apart, right."""
    keys = list(study.styles)
    if len(study.codebook.options) == 2:
        scale_end = right - 2.4
        return dict(zip(keys, (left, (left + scale_end) / 2, scale_end, right), strict=True))
    return {key: left + i * (right - left) / (len(keys) - 1) for i, key in enumerate(keys)}


def _place_mark(answer, lanes):
    if len(lanes) > 4 or answer.stance == "unaddressed" or pd.isna(answer.lean):
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
    return [(min(max(x, left), right), answer) for x, (_, answer) in zip(xs, places, strict=True)]


# What the tally says


def state_tally(tally, codebook, unit):
    """Say who leads if no uncertain answer can turn it; else what is found and how much is open."""
    ranked, uncertain, safe = compare_options(tally, codebook)
    total = int(tally["n"].sum())
    if not total:
        return f"There are no {unit} to count"
    if uncertain and not safe:
        return _state_open(tally, uncertain, sum(row.n for row in ranked), unit)
    return _state_lead(tally, ranked, codebook, unit) if ranked[0].n else _state_no_side(tally, unit)


def _state_lead(tally, ranked, codebook, unit):
    """Say which stance most take, what the others take, and how many are of two minds."""
    n, best = {row.stance: int(row.n) for row in tally.itertuples()}, ranked[0].n
    label = {option.key: lower_label(option.label) for option in codebook.options}
    level = [label[row.stance] for row in ranked if row.n == best]
    whole = f"{spell(sum(n.values()))} {unit}"
    if sum(n.values()) == 1:
        return f"The only {unit.removesuffix('s')} favours {level[0]}"
    if n["balanced"] > best:
        sides = join_words(f"{spell(row.n)} {label[row.stance]}" for row in ranked if row.n)
        return f"{capital(spell(n['balanced']))} of {whole} say both or it depends; {sides}"
    mixed = f"; {spell(n['mixed'])} {inflect(n['mixed'], 'is', 'are')} of two minds" if n.get("mixed") else ""
    if len(level) > 1:
        return f"{capital(join_words(level))} are level: {spell(best)} of {whole} each{mixed}"
    others = join_words(f"{spell(row.n) if row.n else 'none'} {label[row.stance]}" for row in ranked[1:])
    return f"{capital(spell(best))} of {whole} {inflect(best, 'favours', 'favour')} {level[0]}, {others}{mixed}"


def _state_open(tally, uncertain, picks, unit):
    """Say how much is open, and name no side: those who read may find another in front."""
    total, read = int(tally["n"].sum()), tally.attrs.get("unreviewed", 1) == 0
    rest = "" if read else f" until a person has read {inflect(uncertain, 'it', 'them')}"
    if total == 1:
        return f"The only {unit.removesuffix('s')} is open{rest}"
    every = "both" if total == 2 else "all"
    n = every if uncertain == total else spell(uncertain)
    found = f"a pick {'in' if unit == 'answers' else 'for'} {spell(picks)} of {spell(total)} {unit}"
    if picks in (0, total):
        found = f"{'a' if picks else 'no plain'} pick in {'' if picks else 'the '}{spell(total)} {unit}"
    return f"{'People' if read else 'Rules'} find {found}; {n} {inflect(uncertain, 'is', 'are')} open{rest}"


def _state_no_side(tally, unit):
    total = int(tally["n"].sum())
    both, mixed = (int(tally.loc[tally["stance"] == stance, "n"].sum()) for stance in ("balanced", "mixed"))
    whole = f"{spell(total)} {unit}"
    if total == 1:
        one = f"The only {unit.removesuffix('s')}"
        return f"{one} {'says both or it depends' if both else 'is of two minds' if mixed else 'takes no side'}"
    if mixed:
        return f"{capital(spell(mixed))} of {whole} {inflect(mixed, 'is', 'are')} of two minds; none takes one side"
    if both:
        say = inflect(both, "says", "say")
        return f"{capital(spell(both))} of {whole} {say} both or it depends; none takes a side"
    return f"{'Neither' if total == 2 else 'None'} of the {whole} takes a side"


def _state_range(tally, codebook):
    ranked, uncertain, safe = compare_options(tally, codebook)
    first, second = ranked[:2]
    sides = [lower_label(codebook.labels[row.stance]) for row in (first, second)]
    those = "the one uncertain answer" if uncertain == 1 else f"the {spell(uncertain)} uncertain answers"
    if uncertain and not safe:
        return f"Each count could move as far as its line, if {those} went one way"
    ahead = f"{first.n} to {second.n} for {sides[0]} over {sides[1]}"
    if first.n == second.n:
        ahead = f"{first.n} to {second.n} between {sides[0]} and {sides[1]}"
    return f"{ahead}, even if {those} went the other way" if uncertain else f"{ahead}; no answer is uncertain"


def compare_options(tally, codebook):
    """Return options by count, the number of uncertain units, and whether the lead is beyond them."""
    rows = {row.stance: row for row in tally.itertuples()}
    ranked = sorted((rows[option.key] for option in codebook.options), key=lambda row: -row.n)
    return ranked, int((tally["high"] - tally["low"]).max()), ranked[0].low > max(row.high for row in ranked[1:])


def _label_rows(tally, labels):
    table = tally.copy()
    table.insert(1, "label", [labels[stance] for stance in tally["stance"]])
    return table


def list_counts(tally, labels):
    """List what each stance has: "Soft skills 4 of 12; …"."""
    total = int(tally["n"].sum())
    return "; ".join(f"{labels[row.stance]} {row.n:,} of {total:,}" for row in tally.itertuples()) + "."


def tell_tally(tally, codebook, unit):
    """Tell the question, every count and what the uncertain ones could do, for the speaker's notes."""
    _, uncertain, safe = compare_options(tally, codebook)
    said = f"Question: {codebook.question} Counted in {unit}: {list_counts(tally, codebook.labels)}"
    if not uncertain:
        return said
    verdict = "cannot change who leads" if safe else "could change who leads"
    are = inflect(uncertain, "is", "are")
    doubt = f"of the {unit} {are} uncertain (cut off, or weakly read): together they {verdict}"
    return f"{said} {capital(spell(uncertain))} {doubt}."
