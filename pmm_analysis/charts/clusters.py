"""Charts of the clusters: which answers share words, which words, and what stances they take."""

from scipy.cluster.hierarchy import dendrogram

from ..clusters import tally_clusters, top_terms
from ..tables import name_column
from ..text import capital, count_things, inflect, join_words, spell
from .canvas import (
    AXIS,
    BAR,
    GREY_INK,
    INK,
    draw_box,
    draw_mark,
    fit_text,
    measure_axes,
    measure_text,
    sign_answer,
    write,
    write_legend,
    write_lines,
)
from .chart import design

MAX_TERM_CLUSTERS, MAX_STANCE_CLUSTERS = 4, 8
MAX_TREE_LEAVES, BRANCHES = 20, 12
WEAK_SILHOUETTE = 0.25  # Kaufman & Rousseeuw (1990), Finding Groups in Data: below it, no substantial structure


@design(4, claims=False)
def chart_cluster_tree(study):
    """Show which answers share words, with their stances: a tree of TF-IDF distances.

    Past 20 answers the tree is cut to its top 12 branches, each with its number of answers, its
    cluster and a bar of its stances.
    """
    stances, clustering = study.stances, study.clustering
    table = stances[["answer", "expert", "stance", "truncated"]].assign(cluster=clustering.labels)
    said = (
        f"cluster {row.cluster}, {count_things(row.size, 'answer')}: {row.terms}"
        for row in clustering.info.itertuples(index=False)
    )
    return {
        "title": _state_clusters(len(stances), clustering),
        "subtitle": "Tree of TF-IDF distances between answers. Mark = stance"
        + (". Right: cluster and its own words" if clustering.quality["structure"] else ""),
        "table": table.merge(clustering.info[["cluster", "terms"]], how="left"),
        "alt": f"A tree of {len(stances)} answers by shared words, in {count_things(len(clustering.info), 'cluster')}: "
        + "; ".join(said)
        + ".",
        "notes": clustering.quality["sentence"],
        "draw": lambda ax: _draw_tree(ax, study),
    }


def _draw_tree(ax, study):
    width, height = measure_axes(ax)
    clustering, n = study.clustering, len(study.stances)
    foot, right, names = 0.55, width * 0.47, width * 0.72
    if clustering.linkage is None or n < 2:
        leaves, tree = [[i] for i in range(min(n, MAX_TREE_LEAVES))], None
    else:
        cut = {"truncate_mode": "lastp", "p": BRANCHES} if n > MAX_TREE_LEAVES else {}
        tree = dendrogram(clustering.linkage, no_plot=True, **cut)
        leaves = [_list_members(clustering.linkage, leaf, n) for leaf in tree["leaves"]]
    step = min((height - foot) / max(len(leaves), 1), 0.5)
    if tree:
        _draw_branches(ax, tree, float(clustering.linkage[:, 2].max()), right, step, len(leaves))
    largest, shown = max((len(leaf) for leaf in leaves), default=1), set()
    for row, members in enumerate(leaves):
        y = (row + 0.5) * step
        if largest == 1:
            _draw_leaf(ax, right, names, y, step, study.stances.iloc[members[0]], study)
        else:
            room = (names - right - 0.8) * len(members) / largest
            _draw_shares(ax, right + 0.15, y, step * 0.6, room, study.stances.iloc[members], study)
        if clustering.quality["structure"]:
            _write_cluster(ax, names + 0.1, y, width - names - 0.15, clustering, members, shown)
    write_legend(ax, right + 0.45, step * len(leaves) + 0.16, width, study.labels, study.styles)


def _draw_branches(ax, tree, top, right, step, n_leaves):
    left, bottom, top = 0.25, step * n_leaves, max(top, 1e-9)
    scale = (right - left) / top
    for xs, heights in zip(tree["icoord"], tree["dcoord"], strict=True):
        ax.plot([right - h * scale for h in heights], [x / 10 * step for x in xs], color=AXIS, linewidth=2)
    for tick in (0, 0.25, 0.5, 0.75, 1):
        if tick <= top:
            write(ax, right - tick * scale, bottom + 0.16, f"{tick:.2f}", 14, ha="center", color=GREY_INK)
    said = "distance at which answers join (1 = nothing shared)"
    write(ax, right / 2, bottom + 0.4, said, 14, ha="center", color=GREY_INK)


def _list_members(linkage, leaf, n):
    """Return the answers (by position) under a node of the tree."""
    members, nodes = [], [leaf]
    while nodes:
        node = nodes.pop()
        if node < n:
            members.append(node)
        else:
            nodes += [int(child) for child in linkage[node - n, 1::-1]]
    return members


def _draw_leaf(ax, x, right, y, step, answer, study):
    style, gid = study.styles[answer["stance"]], f"answer:{answer['answer']}"
    draw_mark(ax, x + 0.2, y, min(17, step * 44), style, sign_answer(answer), gid)
    name = answer["expert"] if isinstance(answer["expert"], str) else "no name"
    number = f" ({answer['answer']})"
    text = fit_text(name, right - x - 0.55 - measure_text(number, 15), 15) + number
    write(ax, x + 0.42, y, text, 15 if step > 0.26 else 14, gid="leaf")


def _draw_shares(ax, x, y, thick, length, stances, study):
    counts = stances["stance"].value_counts()
    for stance, style in study.styles.items():
        if part := length * counts.get(stance, 0) / len(stances):
            draw_box(ax, x, y, part, thick, style.fill, edge="white", line=1.5, gid=f"share:{stance}")
        x += part
    write(ax, x + 0.1, y, f"{len(stances):,}", 14, bold=True)


def _write_cluster(ax, x, y, room, clustering, members, shown):
    """Name a leaf's cluster; its words only where it is named first."""
    cluster = int(clustering.labels.iloc[members].mode().iloc[0])
    terms = clustering.info.set_index("cluster")["terms"]
    first = cluster not in shown
    shown.add(cluster)
    text, colour = (f"{cluster}  {terms[cluster]}", INK) if first else (f"{cluster}", GREY_INK)
    write(ax, x, y, fit_text(text, room, 14), 14, gid=f"cluster:{cluster}", color=colour)


def _state_clusters(n, clustering):
    clusters = len(clustering.info)
    if n < 2:
        return "One answer cannot be clustered" if n else "There are no answers to cluster"
    answers = f"{capital(spell(n))} answers"
    if not clustering.quality["structure"]:
        return f"{answers} share too few words to form clusters beyond chance"
    if clusters == 1:
        return f"{answers} form one cluster by shared words"
    mean = (clustering.info["silhouette"] * clustering.info["size"]).sum() / n
    loosely = " loosely" if mean < WEAK_SILHOUETTE else ""
    return f"{answers} fall{loosely} into {spell(clusters)} clusters by shared words"


@design(5, coded=False)
def chart_cluster_terms(study):
    """Show the words that set each cluster apart; past four clusters, those of the four largest."""
    clustering = study.clustering
    terms = top_terms(study.answers, clustering, n=6).merge(clustering.info[["cluster", "size"]], on="cluster")
    terms["answers"] = (terms["share"] * terms["size"]).round().astype("Int64")
    shown = terms[terms["cluster"] <= MAX_TERM_CLUSTERS]
    clusters, drawn = len(clustering.info), shown["cluster"].nunique()
    said = (
        f"cluster {cluster}: " + ", ".join(f"{row.term} {row.answers} of {row.size}" for row in part.itertuples())
        for cluster, part in shown.groupby("cluster")
    )
    return {
        "title": _state_terms(shown, clusters, clustering.quality),
        "subtitle": "Bar = answers of the cluster that use the word. Order: what sets the cluster apart, by TF-IDF"
        + (f". {drawn} of {clusters} clusters" if drawn < clusters else ""),
        "table": terms[["cluster", "rank", "term", "answers", "size", "share", "elsewhere", "score"]],
        "alt": f"Words that set each cluster apart, with the answers that use them. {'; '.join(said)}.",
        "notes": clustering.quality["sentence"],
        "draw": lambda ax: _draw_terms(ax, shown),
    }


def _draw_terms(ax, terms):
    width, height = measure_axes(ax)
    clusters = list(terms.groupby("cluster"))
    columns = 2 if len(clusters) > 1 else 1
    lines = -(-max(len(clusters), 1) // columns)
    panel, tall = (width - 0.5 * (columns - 1)) / columns, (height - 0.25 * (lines - 1)) / lines
    for place, (cluster, own) in enumerate(clusters):
        left, top = (place % columns) * (panel + 0.5), (place // columns) * (tall + 0.25)
        _draw_panel(ax, left, top, panel, tall, cluster, own)


def _draw_panel(ax, left, top, width, height, cluster, terms):
    """Draw one cluster's words as bars."""
    head, gutter, size = 0.42, 2.05, int(terms["size"].iloc[0])
    heading = f"Cluster {cluster}: {count_things(size, 'answer')}"
    write(ax, left, top + 0.18, heading, 18, bold=True, gid=f"cluster:{cluster}")
    step = min((height - head) / len(terms), 0.6)
    for row, term in enumerate(terms.itertuples()):
        y, gid = top + head + (row + 0.5) * step, f"{cluster}:{term.term}"
        text = fit_text(term.term, gutter - 0.15, 15)
        write(ax, left + gutter - 0.1, y, text, 15 if step > 0.27 else 14, ha="right")
        length = (width - gutter - 1.0) * int(term.answers) / size
        draw_box(ax, left + gutter, y, length, step * 0.64, BAR, gid=f"use:{gid}")
        write(ax, left + gutter + length + 0.1, y, f"{term.answers} of {size}", 14, gid=f"count:{gid}")


def _state_terms(terms, clusters, quality):
    if terms.empty:
        return "The answers share no words to cluster them by"
    if clusters == 1:
        return "All answers stand in one cluster, so no words set clusters apart"
    if not quality["structure"]:
        return "Each cluster has its own words, but no more than chance would give it"
    first = [f"“{part['term'].iloc[0]}”" for _, part in terms.groupby("cluster")]
    return f"{capital(spell(clusters))} clusters are set apart by {join_words(first)}"


@design(6, native="stacks")
def chart_cluster_stances(study):
    """Split each cluster of answers by stance; past eight clusters, the eight largest."""
    clustering = study.clustering
    columns = {name_column(stance): stance for stance in study.styles}
    counts = tally_clusters(clustering, study.stances).set_index("cluster")[list(columns)].rename(columns=columns)
    shown, terms = counts.head(MAX_STANCE_CLUSTERS), clustering.info.set_index("cluster")["terms"]
    said = (
        f"cluster {cluster}: " + ", ".join(f"{study.labels[stance]} {n}" for stance, n in row.items() if n)
        for cluster, row in shown.iterrows()
    )
    return {
        "title": _state_cluster_stances(counts, study.codebook)
        if clustering.quality["structure"]
        else "Clusters are no clearer than chance: read nothing into their stances",
        "subtitle": "Answers per cluster of shared words, split by stance"
        + (f". {len(shown)} of {len(counts)} clusters" if len(shown) < len(counts) else ""),
        "table": counts.set_axis(list(columns), axis=1).assign(n=counts.sum(axis=1), terms=terms).reset_index(),
        "alt": f"Answers by cluster and stance. {'; '.join(said)}.",
        "notes": clustering.quality["sentence"],
        "draw": lambda ax: _draw_cluster_stances(ax, shown, terms, study),
    }


def _draw_cluster_stances(ax, counts, terms, study):
    width, height = measure_axes(ax)
    gutter, foot = 4.0, 0.5
    step = min((height - foot) / max(len(counts), 1), 0.9)
    scale = (width - gutter - 0.9) / max(int(counts.sum(axis=1).max()), 1) if len(counts) else 1
    for row, (cluster, values) in enumerate(counts.iterrows()):
        y, x = (row + 0.5) * step, gutter
        label, max_lines = f"{cluster}: {terms[cluster]}", 2 if step > 0.55 else 1
        write_lines(ax, gutter - 0.15, y, label, gutter - 0.2, max_lines=max_lines, ha="right", gid="cluster")
        for stance, style in study.styles.items():
            if n := int(values[stance]):
                _draw_share(ax, x, y, n * scale, step * 0.64, style, f"stance:{cluster}:{stance}")
                look = {"bold": True, "ha": "center", "color": style.on_fill, "gid": f"count:{cluster}:{stance}"}
                write(ax, x + n * scale / 2, y, str(n), 16 if n * scale > 0.35 else 14, **look)
                x += n * scale
        write(ax, x + 0.12, y, f"n = {int(values.sum())}", 15, gid=f"n:{cluster}")
    write_legend(ax, gutter, step * len(counts) + 0.3, width, study.labels, study.styles)


def _draw_share(ax, x, y, length, thick, style, gid):
    """Draw one part of a stacked bar, parted from the next by white; a pale one keeps its grey edge inside."""
    draw_box(ax, x, y, length, thick, style.fill, edge="white", line=2, gid=gid)
    if style.edge != "#FFFFFF":
        draw_box(ax, x + 0.03, y, length - 0.06, thick - 0.06, "none", edge=style.edge, line=1.5)


def _state_cluster_stances(counts, codebook):
    """Say where the answers that take a side are, and which clusters hold no pick."""
    if counts.empty:
        return "There are no answers to cluster"
    sides = counts[[option.key for option in codebook.options]].sum(axis=1)
    total, cluster = int(sides.sum()), sides.idxmax()
    if not total:
        return "No cluster holds an answer that takes a side"
    here, silent = int(sides[cluster]), int((counts["unaddressed"] == counts.sum(axis=1)).sum())
    are = inflect(here, "is", "are")
    lead = f"{capital(spell(here))} of the {spell(total)} answers that take a side {are} in cluster {cluster}"
    if total == 1:
        lead = f"The one answer that takes a side is in cluster {cluster}"
    if not silent:
        return lead
    return f"{lead}; {spell(silent)} {inflect(silent, 'cluster holds', 'clusters hold')} no pick at all"
