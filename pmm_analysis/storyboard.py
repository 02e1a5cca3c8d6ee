"""Which charts a thread gets, in the order of the deck."""

from .expert_charts import chart_expert_profiles, chart_skill_dots
from .stance_charts import chart_expert_stances, chart_stance_range, chart_stance_tally
from .theme_charts import chart_theme_tree


def make_charts(answers, stances, clustering, experts, codebook):
    """Make every chart of a thread, in the order of the deck.

    Parameters
    ----------
    answers, stances, experts : DataFrame
        From `load_thread`, `classify_stances` and `profile_experts`.
    clustering : Clustering
        From `cluster_answers`.
    codebook : Codebook

    Returns
    -------
    list of Chart
    """
    return [
        chart_stance_tally(stances, codebook),
        chart_stance_range(stances, codebook),
        chart_expert_stances(stances, codebook),
        chart_theme_tree(answers, stances, clustering, codebook),
        chart_skill_dots(answers, experts, codebook),
        chart_expert_profiles(answers, experts, stances, codebook),
    ]
