"""Charts: words and numbers computed from a study, one design in one place."""

from .chart import (
    DESIGNS,
    FORMATS,
    Chart,
    check_charts,
    check_formats,
    design,
    export_charts,
    make_charts,
    render_chart,
)
from .clusters import chart_cluster_stances, chart_cluster_terms, chart_cluster_tree
from .experts import chart_expert_page, chart_expert_profiles, chart_skill_dots
from .highlight import highlight
from .stances import chart_expert_stances, chart_stance_range, chart_stance_tally
from .threads import chart_cluster_threads, chart_thread_leads, chart_thread_stances, colour_lead
