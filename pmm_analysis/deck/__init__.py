"""Charts become slides."""

from .slides import build_deck
