"""Read what Python's ``marshal`` writes, as far as code needs it; nothing is built but texts, tuples and code.

The format: https://github.com/python/cpython/blob/main/Python/marshal.c
"""

from typing import NamedTuple, Union

from scanner.decoders.bytecode.layout import Layout

_REFERRED = 0x80
_MAX_DEPTH = 60
_PLAIN = {ord("N"): "None", ord("F"): "False", ord("T"): "True", ord("S"): "...", ord("."): "...",
          ord("0"): ""}  # fmt: skip
_NUMBERS = {ord("i"): 4, ord("I"): 8, ord("g"): 8, ord("y"): 16}
_LONG_TEXTS, _SHORT_TEXTS = b"stuaA", b"zZ"
_LONG_LISTS, _SHORT_LIST = b"([<>", ord(")")


class DamagedError(Exception):
    """The bytes are not what the format says."""


class Literal(NamedTuple):
    """A text or bytes of the source, and where in the file it begins."""

    text: str
    at: int
    is_bytes: bool


class Code(NamedTuple):
    """One code object: a module, a class or a function."""

    instructions: bytes
    constants: "tuple[Value, ...]"
    names: "tuple[Value, ...]"
    variables: "tuple[Value, ...]"
    cells: "tuple[Value, ...]"


Value = Union[Literal, str, Code, "tuple[Value, ...]"]
"""A constant: a text, a tuple, code, or as a string what stands for any other (``None``, a number)."""


class Reader:
    """Reads one value after another from a compiled file; nothing of it is trusted."""

    def __init__(self, data: bytes, layout: Layout) -> None:
        self._data = data
        self._layout = layout
        self._at = layout.header
        self._known: list[Value] = []

    def code(self) -> Code:
        """Return the module's code.

        Raises:
            DamagedError: the bytes end too early, or are of no known form.
        """
        value = self._value(0)
        if not isinstance(value, Code):
            raise DamagedError
        return value

    def _take(self, count: int) -> bytes:
        piece = self._data[self._at : self._at + count]
        if count < 0 or len(piece) < count:
            raise DamagedError
        self._at += count
        return piece

    def _number(self, size: int) -> int:
        return int.from_bytes(self._take(size), "little", signed=size > 1)

    def _value(self, depth: int) -> Value:
        if depth > _MAX_DEPTH:
            raise DamagedError
        mark = self._take(1)[0]
        kind = mark & ~_REFERRED
        if kind == ord("r"):
            index = self._number(4)
            if not 0 <= index < len(self._known):
                raise DamagedError
            return self._known[index]
        place = len(self._known)
        if mark & _REFERRED:
            self._known.append("")
        value = self._of(kind, depth)
        if mark & _REFERRED:
            self._known[place] = value
        return value

    def _of(self, kind: int, depth: int) -> Value:
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind in _NUMBERS:
            data = self._take(_NUMBERS[kind])
            return str(int.from_bytes(data, "little", signed=True)) if kind in b"iI" else "0.0"
        if kind in _LONG_TEXTS or kind in _SHORT_TEXTS:
            return self._text(kind, self._number(4 if kind in _LONG_TEXTS else 1))
        if kind in _LONG_LISTS or kind == _SHORT_LIST:
            count = self._number(1 if kind == _SHORT_LIST else 4)
            if count > len(self._data) - self._at:
                raise DamagedError
            return tuple(self._value(depth + 1) for _ in range(count))
        if kind == ord("l"):
            self._take(2 * abs(self._number(4)))
            return "0"
        if kind == ord("c"):
            return self._code(depth)
        if kind == ord(":"):
            for _ in range(3):
                self._value(depth + 1)
            return "slice"
        raise DamagedError

    def _text(self, kind: int, size: int) -> Literal:
        at = self._at
        data = self._take(size)
        is_bytes = kind == ord("s")
        encoding = "latin-1" if is_bytes else "utf-8"
        return Literal(data.decode(encoding, "surrogateescape"), at, is_bytes)

    def _code(self, depth: int) -> Code:
        self._take(4 * self._layout.counts)
        instructions = self._value(depth + 1)
        constants, names, variables = (self._tuple(depth) for _ in range(3))
        cells: tuple[Value, ...] = ()
        if self._layout.joins_locals:
            self._value(depth + 1)  # their kinds
            behind = 3  # the file's name, the name, the qualified one
        else:
            free, own = self._tuple(depth), self._tuple(depth)
            cells = own + free
            behind = 2
        for _ in range(behind):
            self._value(depth + 1)
        self._take(4)
        for _ in range(2 if self._layout.joins_locals else 1):
            self._value(depth + 1)
        if not isinstance(instructions, Literal):
            raise DamagedError
        return Code(instructions.text.encode("latin-1"), constants, names, variables, cells)

    def _tuple(self, depth: int) -> "tuple[Value, ...]":
        value = self._value(depth + 1)
        if not isinstance(value, tuple) or isinstance(value, (Literal, Code)):
            raise DamagedError
        return value
