"""Charts: words and numbers computed from tables, one design in one place."""

from .chart import FORMATS, Chart, check_formats, export_charts, render_chart
from .clusters import chart_theme_stances, chart_theme_terms, chart_theme_tree
from .expert_page import chart_expert_page
from .experts import chart_expert_profiles, chart_skill_dots
from .highlight import highlight
from .stances import chart_expert_stances, chart_stance_range, chart_stance_tally
from .storyboard import make_charts
from .threads import chart_theme_threads, chart_thread_leads, chart_thread_stances, measure_leads, tally_threads
