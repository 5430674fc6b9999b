"""What all pictures share: how a notebook gets to show one, and their colours."""

from io import BytesIO

from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Told apart by colour-blind readers too: Okabe and Ito, Color Universal Design (2008), https://jfly.uni-koeln.de/color/."""
PALE = 0.25
"""How opaque the fill of what is over is; it is hatched as well."""
HATCH = "///"


class Picture(Figure):
    """A matplotlib figure that a notebook shows when a cell ends with it; `savefig` writes it to a file.

    It is no figure of pyplot, so nothing has to be closed, and it may be drawn in any thread.
    """

    def __init__(self, width: float, height: float) -> None:
        super().__init__(figsize=(width, height), dpi=90, layout="constrained")

    def _repr_png_(self) -> bytes:
        file = BytesIO()
        self.savefig(file, format="png")
        return file.getvalue()


def colours(keys: list[str]) -> dict[str, str]:
    """A colour for each key, in the order of their first appearance; after six they repeat."""
    return {key: COLOURS[index % len(COLOURS)] for index, key in enumerate(dict.fromkeys(keys))}


def cut(text: str, letters: int) -> str:
    """`text`, with an ellipsis where it is longer than so many letters."""
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
