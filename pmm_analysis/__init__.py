"""Turn a pasted thread of expert answers into stance tallies, TF-IDF clusters and slide-ready charts.

A page becomes a table of answers (`load_thread`), tables become tables (`classify_stances`,
`tally_stances`, `cluster_answers`, `profile_experts`), tables become charts (`make_charts`,
`export_charts`), and notebooks tell the story (`rerun`).
"""

from .charts import Chart
from .clusters import cluster_answers
from .codebook import load_codebook
from .coding import agreement, agreement_by_label, apply_coding, coding_sheet, confusion_table
from .errors import CodebookError, InputError, ThreadError, ThreadWarning
from .expert_charts import chart_expert_profiles, chart_skill_dots, plot_expert_profiles, plot_skill_dots
from .expert_page import chart_expert_page, plot_expert_page
from .experts import find_skills, profile_experts
from .export import export_charts, export_tables, results_folder
from .refi import export_codebook, export_project
from .rerun import rerun
from .slides import build_deck
from .stance import classify_stances, highlight, stance_evidence, suggest_terms
from .stance_charts import (
    chart_expert_stances,
    chart_stance_range,
    chart_stance_tally,
    plot_expert_stances,
    plot_stance_range,
    plot_stance_tally,
)
from .storyboard import make_charts
from .tallies import tally_sensitivity, tally_stances, wilson_interval
from .theme_charts import (
    chart_theme_stances,
    chart_theme_terms,
    chart_theme_tree,
    plot_theme_stances,
    plot_theme_terms,
    plot_theme_tree,
)
from .themes import assign_themes, cluster_quotes, compare_question, tally_clusters, top_terms
from .thread_charts import (
    chart_theme_threads,
    chart_thread_leads,
    chart_thread_stances,
    measure_leads,
    plot_theme_threads,
    plot_thread_leads,
    plot_thread_stances,
    tally_threads,
)
from .threads import check_thread, load_thread, load_threads

__version__ = "0.1.0"
__all__ = [
    "Chart",
    "CodebookError",
    "InputError",
    "ThreadError",
    "ThreadWarning",
    "agreement",
    "agreement_by_label",
    "apply_coding",
    "assign_themes",
    "build_deck",
    "chart_expert_page",
    "chart_expert_profiles",
    "chart_expert_stances",
    "chart_skill_dots",
    "chart_stance_range",
    "chart_stance_tally",
    "chart_theme_stances",
    "chart_theme_terms",
    "chart_theme_threads",
    "chart_theme_tree",
    "chart_thread_leads",
    "chart_thread_stances",
    "check_thread",
    "classify_stances",
    "cluster_answers",
    "cluster_quotes",
    "coding_sheet",
    "compare_question",
    "confusion_table",
    "export_charts",
    "export_codebook",
    "export_project",
    "export_tables",
    "find_skills",
    "highlight",
    "load_codebook",
    "load_thread",
    "load_threads",
    "make_charts",
    "measure_leads",
    "plot_expert_page",
    "plot_expert_profiles",
    "plot_expert_stances",
    "plot_skill_dots",
    "plot_stance_range",
    "plot_stance_tally",
    "plot_theme_stances",
    "plot_theme_terms",
    "plot_theme_threads",
    "plot_theme_tree",
    "plot_thread_leads",
    "plot_thread_stances",
    "profile_experts",
    "rerun",
    "results_folder",
    "stance_evidence",
    "suggest_terms",
    "tally_clusters",
    "tally_sensitivity",
    "tally_stances",
    "tally_threads",
    "top_terms",
    "wilson_interval",
]
