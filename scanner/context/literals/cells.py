"""Secrets in the cells of all tables that a text holds: of text, drawn with bars, of SQL and of HTML."""

from collections.abc import Iterable, Iterator

from scanner.context.literals import pages, statements, tables
from scanner.context.literals.named import Literal


def opens(data: bytes, end: int) -> bool:
    """Tell whether a word that the first pass looks for, and that ends here, belongs to a table."""
    return _is_page(data, end) or statements.opens(data, end)


def secret(data: bytes, ends: Iterable[int]) -> Iterator[Literal]:
    """Yield the cells that the headings of their tables call secret.

    ``ends``: where the words end that ``opens`` takes; tables of text are looked for without them.
    """
    told = list(ends)
    yield from tables.cells(data)
    yield from statements.stored(data, (end for end in told if not _is_page(data, end)))
    yield from pages.tabled(data, (end for end in told if _is_page(data, end)))


def _is_page(data: bytes, end: int) -> bool:
    return data[end - 1 : end] == b">"
