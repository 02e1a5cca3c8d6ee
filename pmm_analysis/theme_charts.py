"""Charts of the themes: which answers share words, and what stances they take."""

from .charts import Chart, capital, count_things, name_source, spell
from .house import (
    AXIS,
    GREY_INK,
    INK,
    draw_mark,
    fit_text,
    measure_axes,
    measure_text,
    on_axes,
    style_stances,
    write,
    write_legend,
)

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
        notes=clustering.quality["sentence"],
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
                answer["truncated"],
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
    from matplotlib.patches import Rectangle

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
