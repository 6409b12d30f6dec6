"""From instructions to expressions: a stack of them is kept as Python keeps values.

What an instruction does that is of no use here (jumps, loops, exceptions) ends the line: all expressions on the stack
that have texts in them are written as they are. So no text is lost, whatever the instructions are.
"""

from collections.abc import Callable, Iterator
from functools import cache

from scanner.decoders.bytecode.layout import Layout
from scanner.decoders.bytecode.lines import Expr, Lines
from scanner.decoders.bytecode.marshalled import Code, Literal, Value

_MAX_DEPTH = 30
_MAX_ARGUMENT = 1 << 20


def write_code(code: Code, layout: Layout, lines: Lines) -> None:
    """Write the lines of a module's code, then those of the classes and functions in it."""
    waiting, constants = [code], _Constants()
    seen: set[int] = (
        set()
    )  # a hostile file refers to the same code from a thousand places, and so on inwards
    while waiting and not lines.is_cut:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            _Block(one, layout, lines, constants).run()
            waiting.extend(inner for inner in reversed(one.constants) if isinstance(inner, Code))


def _name(names: "tuple[Value, ...]", index: int) -> str:
    value = names[index] if index < len(names) else None
    return value.text if isinstance(value, Literal) else "_"


class _Constants:
    """Makes expressions of constants, of one that is referred to often only once."""

    def __init__(self) -> None:
        self._made: dict[int, Expr] = {}

    def make(self, value: Value) -> Expr:
        """Return a constant as an expression; ``value`` must live as long as this."""
        if isinstance(value, Literal):
            return Expr((value,), is_telling=bool(value.text))
        if isinstance(value, str):
            return Expr((value,))
        if isinstance(value, Code):
            return Expr(("_",))
        made = self._made.get(id(value))
        if made is None:
            entries = tuple(self.make(entry) for entry in value)
            names = tuple(entry.text for entry in value if isinstance(entry, Literal))
            names = names if len(names) == len(entries) else ()
            made = self._made[id(value)] = _built("(", entries)._replace(names=names)
        return made


def _built(opener: str, entries: tuple[Expr, ...], *before: "str | Expr") -> Expr:
    parts = (*entries, *(one for one in before if isinstance(one, Expr)))
    depth = 1 + max((one.depth for one in parts), default=0)
    return Expr(before, entries, opener, depth, any(one.is_telling for one in parts))


def _joined(*pieces: "str | Literal | Expr") -> Expr:
    parts = [one for one in pieces if isinstance(one, Expr)]
    depth = 1 + max((one.depth for one in parts), default=0)
    return Expr(pieces, depth=depth, is_telling=any(one.is_telling for one in parts))


class _Block:
    """The instructions of one code object."""

    def __init__(self, code: Code, layout: Layout, lines: Lines, constants: _Constants) -> None:
        self._code = code
        self._layout = layout
        self._lines = lines
        self._stack: list[Expr] = []
        self._keywords: tuple[str, ...] = ()
        self._constants = constants

    def run(self) -> None:
        """Go through all instructions once, in the order in which they stand."""
        acts, data, extended = _acts(self._layout), self._code.instructions, 0
        for at in range(0, len(data) - 1, 2):
            act = acts[data[at]]
            if act is _NOTHING:
                continue
            argument = extended << 8 | data[at + 1]
            extended = 0
            if act is _EXTENDED:
                extended = min(argument, _MAX_ARGUMENT)
            elif act is None or (self._stack and self._stack[-1].depth > _MAX_DEPTH):
                self._end()
            else:
                act(self, argument)
            if self._lines.is_cut:
                return
        self._end()

    def _end(self) -> None:
        """Write what is left as it is."""
        for expr in self._stack:
            if expr.is_telling:
                self._lines.write(expr)
        self._stack.clear()
        self._keywords = ()

    def _pop(self) -> Expr:
        return self._stack.pop() if self._stack else Expr(("_",))

    def _take(self, count: int) -> tuple[Expr, ...]:
        count = min(count, len(self._stack))
        taken = tuple(self._stack[len(self._stack) - count :])
        del self._stack[len(self._stack) - count :]
        return taken

    def _write(self, *pieces: "str | Expr") -> None:
        line = _joined(*pieces)
        if line.is_telling:
            self._lines.write(line)

    # What gets a value

    def _load_const(self, index: int) -> None:
        values = self._code.constants
        known = self._constants.make(values[index]) if index < len(values) else Expr(("_",))
        self._stack.append(known)

    def _load_int(self, number: int) -> None:
        self._stack.append(Expr((str(number),)))

    def _load_name(self, index: int) -> None:
        self._stack.append(Expr((_name(self._code.names, index),)))

    def _load_global(self, index: int) -> None:
        self._load_name(index >> 1 if self._layout.version >= (3, 11) else index)

    def _load_fast(self, index: int) -> None:
        self._stack.append(Expr((_name(self._code.variables, index),)))

    def _load_cell(self, index: int) -> None:
        self._stack.append(Expr((_name(self._code.cells, index),)))

    def _load_attr(self, index: int) -> None:
        index = index >> 1 if self._layout.version >= (3, 12) else index
        self._stack.append(_joined(self._pop(), f".{_name(self._code.names, index)}"))

    def _import_name(self, index: int) -> None:
        self._take(2)
        name = _name(self._code.names, index)
        self._lines.write(Expr((f"import {name}",)))
        self._stack.append(Expr((name,)))

    def _import_from(self, index: int) -> None:
        module = self._stack[-1].word if self._stack else "_"
        name = _name(self._code.names, index)
        self._lines.write(Expr((f"from {module} import {name}",)))
        self._stack.append(Expr((name,)))

    def _load_two(self, both: int) -> None:
        self._load_fast(both >> 4)
        self._load_fast(both & 15)

    # What moves values

    def _copy(self, depth: int) -> None:
        if 0 < depth <= len(self._stack):
            self._stack.append(self._stack[-depth])

    def _copy_top(self, _: int) -> None:
        self._copy(1)

    def _swap(self, depth: int) -> None:
        if 0 < depth <= len(self._stack):
            self._stack[-1], self._stack[-depth] = self._stack[-depth], self._stack[-1]

    def _swap_two(self, _: int) -> None:
        self._swap(2)

    def _drop(self, _: int) -> None:
        self._pop()

    # What makes one of several

    def _tuple(self, count: int) -> None:
        self._stack.append(_built("(", self._take(count)))

    def _list(self, count: int) -> None:
        self._stack.append(_built("[", self._take(count)))

    def _map(self, count: int) -> None:
        self._stack.append(_built("{", self._take(2 * count)))

    def _const_key_map(self, count: int) -> None:
        keys = self._pop().entries
        values = self._take(count)
        pairs = zip(keys, values, strict=False)
        self._stack.append(_built("{", tuple(one for pair in pairs for one in pair)))

    def _extend(self, _: int) -> None:
        more = self._pop()
        self._add(more.entries)

    def _update(self, _: int) -> None:
        more = self._pop()
        self._add(more.entries if more.opener == "{" else ())

    def _map_add(self, _: int) -> None:
        self._add(self._take(2))

    def _add(self, entries: tuple[Expr, ...]) -> None:
        old = self._pop()
        self._stack.append(_built(old.opener or "[", (*old.entries, *entries)))

    def _string(self, count: int) -> None:
        self._stack.append(_joined(*self._between(self._take(count), " + ")))

    def _format(self, flags: int) -> None:
        if flags & 4:
            self._pop()

    def _binary(self, _: int) -> None:
        self._between_two(" + ")

    def _compare(self, _: int) -> None:
        self._between_two(" == ")

    def _between_two(self, mark: str) -> None:
        right, left = self._pop(), self._pop()
        self._stack.append(_joined(left, mark, right))

    @staticmethod
    def _between(exprs: tuple[Expr, ...], mark: str) -> "Iterator[str | Expr]":
        for index, expr in enumerate(exprs):
            if index:
                yield mark
            yield expr

    # What uses it

    def _kw_names(self, index: int) -> None:
        self._load_const(index)
        self._keywords = self._pop().names

    def _call(self, count: int) -> None:
        self._called(count, self._keywords)
        self._keywords = ()

    def _call_kw(self, count: int) -> None:
        self._called(count, self._pop().names)

    def _called(self, count: int, keywords: tuple[str, ...]) -> None:
        given = self._take(count)
        plain = len(given) - len(keywords)
        arguments = (
            *given[: max(0, plain)],
            *(
                _joined(f"{word}=", expr)
                for word, expr in zip(keywords, given[plain:], strict=False)
            ),
        )
        self._stack.append(_built("(", arguments, self._pop()))

    def _store_name(self, index: int) -> None:
        self._write(f"{_name(self._code.names, index)} = ", self._pop())

    def _store_fast(self, index: int) -> None:
        self._write(f"{_name(self._code.variables, index)} = ", self._pop())

    def _store_two(self, both: int) -> None:
        self._store_fast(both >> 4)
        self._store_fast(both & 15)

    def _store_cell(self, index: int) -> None:
        self._write(f"{_name(self._code.cells, index)} = ", self._pop())

    def _store_attr(self, index: int) -> None:
        owner, value = self._pop(), self._pop()
        self._write(owner, f".{_name(self._code.names, index)} = ", value)

    def _store_subscr(self, _: int) -> None:
        key, owner, value = self._pop(), self._pop(), self._pop()
        self._write(owner, "[", key, "] = ", value)

    def _pop_top(self, _: int) -> None:
        self._write(self._pop())

    def _return_value(self, _: int) -> None:
        self._write("return ", self._pop())

    def _return_const(self, index: int) -> None:
        self._load_const(index)
        self._return_value(0)


_Act = Callable[[_Block, int], None]


def _nothing(block: _Block, argument: int) -> None:
    """Stand for what leaves the stack as it is."""


def _extended(block: _Block, argument: int) -> None:
    """Stand for what lengthens the argument of the next instruction."""


_NOTHING, _EXTENDED = _nothing, _extended
_OWN: dict[str, _Act] = {"NOP": _NOTHING, "EXTENDED_ARG": _EXTENDED}


@cache
def _acts(layout: Layout) -> "tuple[_Act | None, ...]":
    """Return what to do for each number of an instruction; None where its effect is not known."""
    names = (layout.numbers.get(number, "") for number in range(256))
    return tuple(_OWN.get(name) or getattr(_Block, f"_{name.lower()}", None) for name in names)
