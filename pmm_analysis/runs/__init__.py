"""Notebooks and threads become folders of results."""

from .rerun import Result, plan_run, rerun

__all__ = ["Result", "plan_run", "rerun"]
