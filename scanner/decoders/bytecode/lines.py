"""Lines of Python that are written piece by piece, and where in the compiled file each of their texts begins."""

from bisect import bisect_right
from typing import NamedTuple

from scanner.decoders.bytecode.marshalled import Literal

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_CLOSED = {"(": ")", "[": "]", "{": "}"}


class Expr(NamedTuple):
    """An expression, as values are on Python's stack.

    Attributes:
        pieces: words and texts in order, which other expressions may be among.
        entries: of a tuple, a list or a table (key, value, key, ...), else empty.   opener: its bracket, else empty.
        depth: how many expressions it holds inside each other.   is_telling: there is a text in it.
        names: the texts of a constant tuple of texts.
    """

    pieces: "tuple[str | Literal | Expr, ...]" = ()
    entries: "tuple[Expr, ...]" = ()
    opener: str = ""
    depth: int = 0
    is_telling: bool = False
    names: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The expression as a name; empty for anything else."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))


class Lines:
    """Lines in the making; at ``limit`` bytes they end, since a file may refer to one text a million times."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._starts: list[int] = []
        self._spans: list[
            tuple[int, int]
        ] = []  # where a text ends, and where in the file it begins

    @property
    def is_cut(self) -> bool:
        """Whether something was left out."""
        return self._size > self._limit

    def write(self, expr: Expr) -> None:
        """Write one line."""
        self._write(expr)
        self._put("\n")

    def text(self) -> bytes:
        """Return all lines."""
        return b"".join(self._parts)

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Map a span of the lines to the file: exact in a text without escapes, None outside of texts."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return None
        last, at = self._spans[index]
        if start >= last:
            return None
        moved = at - self._starts[index]
        return start + moved, min(end, last) + moved

    def _write(self, expr: Expr) -> None:
        if self.is_cut:
            return
        for piece in expr.pieces:
            if isinstance(piece, Literal):
                self._literal(piece)
            elif isinstance(piece, str):
                self._put(piece)
            else:
                self._write(piece)
        if expr.opener:
            self._put(expr.opener)
            for index, entry in enumerate(expr.entries):
                is_value = expr.opener == "{" and index % 2
                self._put((": " if is_value else ", ") if index else "")
                self._write(entry)
            self._put(_CLOSED[expr.opener])

    def _literal(self, literal: Literal) -> None:
        self._put('b"' if literal.is_bytes else '"')
        self._starts.append(self._size)
        self._put(literal.text.translate(_ESCAPED))
        self._spans.append((self._size, literal.at))
        self._put('"')

    def _put(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        self._parts.append(data)
        self._size += len(data)
