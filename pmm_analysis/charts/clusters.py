"""Charts of the themes: which answers share words, and what stances they take."""

from matplotlib.patches import Rectangle

from ..clusters.themes import tally_clusters, top_terms
from ..codebook.style import style_stances
from ..text import capital, count_things, join_words, spell
from .canvas import (
    AXIS,
    BAR,
    GREY_INK,
    INK,
    draw_mark,
    fit_text,
    measure_axes,
    measure_text,
    on_axes,
    sign_answer,
    write,
    write_legend,
    write_lines,
)
from .chart import Chart, name_source, tell_origin

MAX_TERM_GROUPS, MAX_STANCE_GROUPS = 4, 8
MAX_TREE_LEAVES = 20
WEAK_SILHOUETTE = 0.25  # Kaufman & Rousseeuw (1990), Finding Groups in Data: below it, no substantial structure


def chart_theme_tree(answers, stances, clustering, codebook):
    """Show which answers share words, with their stances: a tree of TF-IDF distances.

    Parameters
    ----------
    answers, stances : DataFrame
        From `load_thread` and `classify_stances`, same index.
    clustering : Clustering
        From `cluster_answers`.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    groups = len(clustering.info)
    table = (
        stances[["answer", "expert", "stance", "truncated"]]
        .assign(group=clustering.labels)
        .merge(clustering.info[["cluster", "terms"]].rename(columns={"cluster": "group"}), how="left")
    )
    return Chart(
        key="theme_tree",
        title=_state_themes(len(answers), clustering),
        subtitle="Tree of TF-IDF distances between answers. Mark = stance"
        + (". Right: group and its own words" if clustering.quality["structure"] else ""),
        source=name_source(stances, coded=True),
        table=table,
        alt=f"A tree of {len(answers)} answers by shared words, in {count_things(groups, 'group')}: "
        + "; ".join(
            f"group {row.cluster}, {count_things(row.size, 'answer')}: {row.terms}"
            for row in clustering.info.itertuples(index=False)
        )
        + ".",
        notes=clustering.quality["sentence"] + tell_origin(stances),
        draw=lambda ax: plot_theme_tree(answers, stances, clustering, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_theme_tree(answers, stances, clustering, codebook, *, ax=None):
    """Draw which answers share words: a tree of TF-IDF distances whose leaves carry their stance.

    Past 20 answers the tree is cut to its top 12 branches, each with its number of answers, its
    group and a bar of its stances.

    Parameters
    ----------
    answers, stances : DataFrame
        From `load_thread` and `classify_stances`, same index.
    clustering : Clustering
        From `cluster_answers`.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    from scipy.cluster.hierarchy import dendrogram

    width, height = measure_axes(ax)
    styles = style_stances(codebook)
    foot, tree_left, tree_right, names_right = 0.55, 0.25, width * 0.47, width * 0.72
    if clustering.linkage is None or len(answers) < 2:
        leaves, tree = [[i] for i in range(min(len(answers), MAX_TREE_LEAVES))], None
    else:
        cut = {"truncate_mode": "lastp", "p": 12} if len(answers) > MAX_TREE_LEAVES else {}
        tree = dendrogram(clustering.linkage, no_plot=True, **cut)
        leaves = [_list_members(clustering.linkage, leaf, len(answers)) for leaf in tree["leaves"]]
    step = min((height - foot) / max(len(leaves), 1), 0.5)
    bottom = step * len(leaves)
    if tree:
        top = max(float(clustering.linkage[:, 2].max()), 1e-9)
        scale = (tree_right - tree_left) / top
        for xs, heights in zip(tree["icoord"], tree["dcoord"]):
            ax.plot([tree_right - h * scale for h in heights], [x / 10 * step for x in xs], color=AXIS, linewidth=2)
        for tick in (0, 0.25, 0.5, 0.75, 1):
            if tick <= top:
                write(ax, tree_right - tick * scale, bottom + 0.16, f"{tick:.2f}", 14, ha="center", color=GREY_INK)
        write(
            ax,
            tree_right / 2,
            bottom + 0.4,
            "distance at which answers join (1 = nothing shared)",
            14,
            ha="center",
            color=GREY_INK,
        )
    largest = max((len(leaf) for leaf in leaves), default=1)
    shown, terms = set(), clustering.info.set_index("cluster")["terms"]
    for row, members in enumerate(leaves):
        y = (row + 0.5) * step
        if len(members) == 1 and largest == 1:
            answer = stances.iloc[members[0]]
            draw_mark(
                ax,
                tree_right + 0.2,
                y,
                min(17, step * 44),
                styles[answer["stance"]],
                sign_answer(answer),
                f"answer:{answer['answer']}",
            )
            name = answer["expert"] if isinstance(answer["expert"], str) else "no name"
            number = f" ({answer['answer']})"
            text = fit_text(name, names_right - tree_right - 0.55 - measure_text(number, 15), 15) + number
            write(ax, tree_right + 0.42, y, text, 15 if step > 0.26 else 14, gid="leaf")
        else:
            _draw_shares(
                ax,
                tree_right + 0.15,
                y,
                step * 0.6,
                (names_right - tree_right - 0.8) * len(members) / largest,
                stances.iloc[members],
                styles,
                len(members),
            )
        if clustering.quality["structure"]:
            group = int(clustering.labels.iloc[members].mode().iloc[0])
            text = f"{group}" if group in shown else f"{group}  {terms[group]}"
            colour = GREY_INK if group in shown else INK
            shown.add(group)
            room = width - names_right - 0.15
            write(ax, names_right + 0.1, y, fit_text(text, room, 14), 14, gid=f"group:{group}", color=colour)
    labels = {stance: codebook.labels[stance] for stance in styles}
    write_legend(ax, tree_right + 0.45, bottom + 0.16, width, labels, styles)


def _list_members(linkage, leaf, n):
    """Return the answers (by position) under a node of the tree."""
    if leaf < n:
        return [leaf]
    left, right = (int(node) for node in linkage[leaf - n, :2])
    return _list_members(linkage, left, n) + _list_members(linkage, right, n)


def _draw_shares(ax, x, y, thick, length, stances, styles, n):
    counts = stances["stance"].value_counts()
    for stance, style in styles.items():
        part = length * counts.get(stance, 0) / n
        if part:
            ax.add_patch(
                Rectangle(
                    (x, y - thick / 2),
                    part,
                    thick,
                    facecolor=style.fill,
                    edgecolor="white",
                    linewidth=1.5,
                    gid=f"share:{stance}",
                )
            )
        x += part
    write(ax, x + 0.1, y, str(n), 14, fontweight="bold")


def _state_themes(n, clustering):
    groups = len(clustering.info)
    if n < 2:
        return "One answer cannot be grouped" if n else "There are no answers to group"
    if not clustering.quality["structure"]:
        return f"{capital(spell(n))} answers share too few words to form groups beyond chance"
    if groups == 1:
        return f"{capital(spell(n))} answers form one group by shared words"
    mean = (clustering.info["silhouette"] * clustering.info["size"]).sum() / n
    loosely = " loosely" if mean < WEAK_SILHOUETTE else ""
    return f"{capital(spell(n))} answers fall{loosely} into {spell(groups)} groups by shared words"


def chart_theme_terms(answers, clustering, codebook):
    """Show the words that set each group apart; past four groups, those of the four largest.

    Parameters
    ----------
    answers : DataFrame
        From `load_thread`.
    clustering : Clustering
        From `cluster_answers`.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    terms = top_terms(answers, clustering, n=6)
    sizes = clustering.info.set_index("cluster")["size"]
    terms = terms.merge(sizes, on="cluster").astype({"size": "Int64"})
    terms["answers"] = (terms["share"] * terms["size"]).round().astype("Int64")
    shown = terms[terms["cluster"] <= MAX_TERM_GROUPS]
    groups, drawn = len(clustering.info), shown["cluster"].nunique()
    return Chart(
        key="theme_terms",
        title=_state_terms(shown, groups, clustering.quality),
        subtitle="Bar = answers of the group that use the word. Order: what sets the group apart, by TF-IDF"
        + (f". {drawn} of {groups} groups" if drawn < groups else ""),
        source=name_source(answers),
        table=terms[["cluster", "rank", "term", "answers", "size", "share", "elsewhere", "score"]],
        alt="Words that set each group apart, with the answers that use them. "
        + "; ".join(
            f"group {group}: " + ", ".join(f"{row.term} {row.answers} of {row.size}" for row in part.itertuples())
            for group, part in shown.groupby("cluster")
        )
        + ".",
        notes=clustering.quality["sentence"] + tell_origin(answers),
        draw=lambda ax: plot_theme_terms(shown, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_theme_terms(terms, *, ax=None):
    """Draw one small bar chart per group, side by side.

    Parameters
    ----------
    terms : DataFrame
        ``cluster``, ``term``, ``answers`` that use it and ``size`` of the cluster.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    groups = list(dict.fromkeys(terms["cluster"]))
    columns = 2 if len(groups) > 1 else 1
    lines = -(-max(len(groups), 1) // columns)
    panel, gap, head, gutter = (width - 0.5 * (columns - 1)) / columns, 0.25, 0.42, 2.05
    tall = (height - gap * (lines - 1)) / lines
    for place, group in enumerate(groups):
        left, top = (place % columns) * (panel + 0.5), (place // columns) * (tall + gap)
        own = terms[terms["cluster"] == group]
        size = int(own["size"].iloc[0])
        heading = f"Group {group}: {count_things(size, 'answer')}"
        write(ax, left, top + 0.18, heading, 18, fontweight="bold", gid=f"group:{group}")
        step = min((tall - head) / len(own), 0.6)
        for row, term in enumerate(own.itertuples()):
            y = top + head + (row + 0.5) * step
            write(
                ax,
                left + gutter - 0.1,
                y,
                fit_text(term.term, gutter - 0.15, 15),
                15 if step > 0.27 else 14,
                ha="right",
            )
            length = (panel - gutter - 1.0) * int(term.answers) / size
            bar = Rectangle((left + gutter, y - step * 0.32), length, step * 0.64, facecolor=BAR, linewidth=0)
            bar.set_gid(f"use:{group}:{term.term}")
            ax.add_patch(bar)
            write(
                ax, left + gutter + length + 0.1, y, f"{term.answers} of {size}", 14, gid=f"count:{group}:{term.term}"
            )


def _state_terms(terms, groups, quality):
    if terms.empty:
        return "The answers share no words to group them by"
    if groups == 1:
        return "All answers stand in one group, so no words set groups apart"
    if not quality["structure"]:
        return "Each group has its own words, but no more than chance would give it"
    first = [f"“{part['term'].iloc[0]}”" for _, part in terms.groupby("cluster")]
    return f"{capital(spell(groups))} groups are set apart by {join_words(first)}"


def chart_theme_stances(stances, clustering, codebook):
    """Split each group of answers by stance; past eight groups, the eight largest.

    Parameters
    ----------
    stances : DataFrame
        From `classify_stances`.
    clustering : Clustering
        From `cluster_answers`, same index.
    codebook : Codebook

    Returns
    -------
    Chart
    """
    counts = (
        tally_clusters(clustering, stances).set_index("cluster").rename_axis("group")[list(style_stances(codebook))]
    )
    shown = counts.head(MAX_STANCE_GROUPS)
    terms = clustering.info.set_index("cluster")["terms"]
    table = counts.assign(n=counts.sum(axis=1), terms=terms).rename_axis(columns=None).reset_index()
    return Chart(
        key="theme_stances",
        title=_state_theme_stances(counts, codebook)
        if clustering.quality["structure"]
        else "Groups are no clearer than chance: read nothing into their stances",
        subtitle="Answers per group of shared words, split by stance"
        + (f". {len(shown)} of {len(counts)} groups" if len(shown) < len(counts) else ""),
        source=name_source(stances, coded=True),
        table=table,
        alt="Answers by group and stance. "
        + "; ".join(
            f"group {group}: " + ", ".join(f"{codebook.labels[stance]} {n}" for stance, n in row.items() if n)
            for group, row in shown.iterrows()
        )
        + ".",
        notes=clustering.quality["sentence"] + tell_origin(stances),
        draw=lambda ax: plot_theme_stances(shown, terms, codebook, ax=ax),
        codebook=codebook,
    )


@on_axes
def plot_theme_stances(counts, terms, codebook, *, ax=None):
    """Draw a stacked bar per group with the counts in it.

    Parameters
    ----------
    counts : DataFrame
        A row per group, a column per stance.
    terms : Series
        Group -> its terms.
    codebook : Codebook
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    width, height = measure_axes(ax)
    styles = style_stances(codebook)
    gutter, foot = 4.0, 0.5
    step = min((height - foot) / max(len(counts), 1), 0.9)
    scale = (width - gutter - 0.9) / max(int(counts.sum(axis=1).max()), 1) if len(counts) else 1
    for row, (group, values) in enumerate(counts.iterrows()):
        y, x = (row + 0.5) * step, gutter
        label, max_lines = f"{group}: {terms[group]}", 2 if step > 0.55 else 1
        write_lines(ax, gutter - 0.15, y, label, gutter - 0.2, max_lines=max_lines, ha="right", gid="group")
        for stance, style in styles.items():
            n = int(values[stance])
            if not n:
                continue
            bar = Rectangle(
                (x, y - step * 0.32), n * scale, step * 0.64, facecolor=style.fill, edgecolor="white", linewidth=2
            )
            bar.set_gid(f"stance:{group}:{stance}")
            ax.add_patch(bar)
            if style.edge != "#FFFFFF":
                ax.add_patch(
                    Rectangle(
                        (x + 0.03, y - step * 0.32 + 0.03),
                        n * scale - 0.06,
                        step * 0.64 - 0.06,
                        facecolor="none",
                        edgecolor=style.edge,
                        linewidth=1.5,
                    )
                )
            write(
                ax,
                x + n * scale / 2,
                y,
                str(n),
                16 if n * scale > 0.35 else 14,
                ha="center",
                color=style.on_fill,
                fontweight="bold",
                gid=f"count:{group}:{stance}",
            )
            x += n * scale
        write(ax, x + 0.12, y, f"n = {int(values.sum())}", 15, gid=f"n:{group}")
    write_legend(ax, gutter, step * len(counts) + 0.3, width, {key: codebook.labels[key] for key in styles}, styles)


def _state_theme_stances(counts, codebook):
    """Say where the answers that take a side are, and where those that do not address the question are."""
    if counts.empty:
        return "There are no answers to group"
    options = [option.key for option in codebook.options]
    sides = counts[options].sum(axis=1)
    if not sides.sum():
        return "No group holds an answer that takes a side"
    group = sides.idxmax()
    silent = int((counts["unaddressed"] == counts.sum(axis=1)).sum())
    here, all_of = capital(spell(int(sides[group]))), spell(int(sides.sum()))
    are = "is" if sides[group] == 1 else "are"
    lead = f"{here} of the {all_of} answers that take a side {are} in group {group}"
    if sides.sum() == 1:
        lead = f"The one answer that takes a side is in group {group}"
    if silent:
        lead += f"; {spell(silent)} {'group does' if silent == 1 else 'groups do'} not address the question at all"
    return lead
