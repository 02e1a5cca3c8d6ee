"""Files and pages become answers.

Loaded in Jupyter or IPython, this room switches the pandas option ``display.html.use_mathjax`` off: between two dollar
signs of an answer, a notebook would set a formula in place of what somebody wrote.
"""

import sys

import pandas as pd

from .load import check_thread, load_thread, load_threads, thread_slug

__all__ = ["check_thread", "load_thread", "load_threads", "thread_slug"]

if "IPython" in sys.modules and sys.modules["IPython"].get_ipython():
    pd.options.display.html.use_mathjax = False
