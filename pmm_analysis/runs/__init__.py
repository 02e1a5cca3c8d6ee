"""Notebooks and threads become folders of results."""

from .rerun import Result, plan_run, rerun
