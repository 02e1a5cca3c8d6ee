"""How each stance looks, everywhere: on charts and slides, in reports, and in files for other programs."""

from dataclasses import dataclass

from ..errors import CodebookError


@dataclass(frozen=True)
class StanceStyle:
    """How one stance looks everywhere: fill, text on the fill, ink for labels, edge, mark."""

    fill: str
    on_fill: str
    ink: str
    edge: str
    mark: str

    @property
    def outline(self):
        """Edge of a square or bar: the fill itself, so that all are of one size, or the grey that a pale fill needs."""
        return self.fill if self.edge == "#FFFFFF" and self.fill != "#FFFFFF" else self.edge


OPTION_STYLES = (
    StanceStyle("#C8500F", "#FFFFFF", "#B0440B", "#FFFFFF", "o"),
    StanceStyle("#0E487D", "#FFFFFF", "#0E487D", "#FFFFFF", "s"),
    StanceStyle("#A53CF0", "#FFFFFF", "#8A1FD6", "#FFFFFF", "^"),
    StanceStyle("#874B3C", "#FFFFFF", "#874B3C", "#FFFFFF", "P"),
)
BALANCED_STYLE = StanceStyle("#12A19F", "#1A1A1A", "#0B6E6D", "#FFFFFF", "D")
UNADDRESSED_STYLE = StanceStyle("#E6E6E6", "#1A1A1A", "#595959", "#767676", "o")
MIXED_STYLE = StanceStyle("#FFFFFF", "#1A1A1A", "#4A4A4A", "#4A4A4A", "X")


def find_styles(codebook):
    """Give every stance its style; options beyond the fourth have none."""
    styles = dict(zip((option.key for option in codebook.options), OPTION_STYLES))
    return styles | {"balanced": BALANCED_STYLE, "unaddressed": UNADDRESSED_STYLE}


def style_stances(codebook):
    """Return the style of every stance of a codebook, in the order charts show them.

    With two options the order is the scale: second option, balanced, first option; so that the
    positive end of ``lean`` is the right-hand side of every chart. With more options there is no
    scale and the codebook's order stands.
    """
    keys = [option.key for option in codebook.options]
    if len(keys) > len(OPTION_STYLES):
        raise CodebookError(
            f"charts tell at most {len(OPTION_STYLES)} options apart, this codebook has {len(keys)}",
            file=codebook.name,
            remedy="merge options that argue for the same thing",
        )
    styles = find_styles(codebook)
    order = [keys[1], "balanced", keys[0]] if len(keys) == 2 else [*keys, "balanced"]
    return {key: styles[key] for key in [*order, "unaddressed"]}
