"""Charts become slides."""

from .slides import build_deck

__all__ = ["build_deck"]
