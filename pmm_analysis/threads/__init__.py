"""Files and pages become answers."""

from .load import check_thread, load_thread, load_threads, thread_slug

__all__ = ["check_thread", "load_thread", "load_threads", "thread_slug"]
