"""Facts as a table: in HTML where a notebook shows it, in columns where a terminal does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from mem0g.model import Fact
from mem0g.period import show

_HEADERS = ("fact", "valid from", "valid to", "known from", "known to", "said by")


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows of text below headers. The last expression of a notebook's cell shows it; `print` shows it in columns."""

    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def __repr__(self) -> str:
        widths = [max(map(len, column)) for column in zip(self.headers, *self.rows, strict=True)]
        lines = [self.headers, tuple("─" * width for width in widths), *self.rows]
        return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)

    def _repr_html_(self) -> str:
        lines = [_html_row("th", self.headers), *(_html_row("td", row) for row in self.rows)]
        return "<table>\n" + "\n".join(lines) + "\n</table>"


def table(facts: Iterable[Fact]) -> Table:
    """A row for each fact, in the order given: its sentence, both times, and who says so. "–" is an open end or an unknown start."""
    return Table(_HEADERS, [_row(fact) for fact in facts])


def _row(fact: Fact) -> tuple[str, ...]:
    times = (fact.valid_at, fact.invalid_at, fact.created_at, fact.expired_at)
    return (fact.text, *map(show, times), ", ".join(fact.holders))


def _html_row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f'<{tag} style="text-align: left">{escape(cell)}</{tag}>' for cell in cells) + "</tr>"
