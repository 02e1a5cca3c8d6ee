"""Which charts a thread gets, in the order of the deck."""

from .clusters import chart_theme_stances, chart_theme_terms, chart_theme_tree
from .expert_page import chart_expert_page
from .experts import chart_expert_profiles, chart_skill_dots
from .stances import chart_expert_stances, chart_stance_range, chart_stance_tally
from .threads import chart_theme_threads, chart_thread_leads, chart_thread_stances


def make_charts(answers, stances, clustering, experts, codebook):
    """Make every chart that a table of answers has numbers for, in the order of the deck.

    Parameters
    ----------
    answers, stances, experts : DataFrame
        From `load_thread`, `classify_stances` and `profile_experts`; of one thread, or of several
        from `load_threads`.
    clustering : Clustering
        From `cluster_answers`.
    codebook : Codebook

    Returns
    -------
    list of Chart
        The chart of skills only if the codebook names skills; the page is that of the expert with
        most answers on the question; charts that compare threads only if there are several.
    """
    charts = [
        chart_stance_tally(stances, codebook),
        chart_stance_range(stances, codebook),
        chart_expert_stances(stances, codebook),
        chart_theme_tree(answers, stances, clustering, codebook),
        chart_theme_terms(answers, clustering, codebook),
        chart_theme_stances(stances, clustering, codebook),
    ]
    if codebook.skills:
        charts.append(chart_skill_dots(answers, experts, codebook))
    charts.append(chart_expert_profiles(answers, experts, stances, codebook))
    charts.append(chart_expert_page(answers, experts, stances, codebook))
    if answers["thread"].nunique() > 1:
        charts.append(chart_thread_stances(stances, codebook))
        if len(codebook.options) == 2:
            charts.append(chart_thread_leads(stances, codebook))
        charts.append(chart_theme_threads(answers, clustering, codebook))
    return charts
