"""Turn a pasted thread of expert answers into stance tallies, TF-IDF clusters and slide-ready charts.

A page becomes a table of answers (`load_thread`), tables become tables (`classify_stances`,
`tally_stances`, `cluster_answers`, `profile_experts`), tables become charts (`make_charts`,
`export_charts`), and notebooks tell the story (`rerun`).
"""

import importlib

__version__ = "0.1.0"

# Each public name, by the room it lives in; a room is imported when a name of it is first used.
_ROOMS = {
    "errors": "CodebookError InputError ThreadError ThreadWarning",
    "threads": "check_thread load_thread load_threads",
    "codebook": "load_codebook",
    "stance": "classify_stances find_conditions find_contradictions stance_evidence suggest_terms tally_stances",
    "coding": "agreement apply_coding coding_sheet export_project",
    "clusters": "assign_themes cluster_answers cluster_quotes compare_question",
    "experts": "find_skills profile_experts",
    "study": "Study",
    "charts": "Chart chart_cluster_stances chart_cluster_terms chart_cluster_threads chart_cluster_tree "
    "chart_expert_page chart_expert_profiles chart_expert_stances chart_skill_dots chart_stance_range "
    "chart_stance_tally chart_thread_leads chart_thread_stances export_charts highlight make_charts",
    "files": "export_tables results_folder",
    "deck": "build_deck",
    "runs": "rerun",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}
__all__ = sorted(_HOMES)


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)


def __dir__():
    return [*__all__, "__version__"]
