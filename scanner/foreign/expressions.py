"""Regular expressions of Go and Rust in the form that our pattern files need.

The syntax differs in little: flags in the middle reach to the end of their group, ``\\z``, ``\\Q..\\E``,
``[[:alpha:]]``, ``\\x{..}``, ``\\p{L}``. A pattern of ours also names its secret, and comes with literals
one of which is in every match, as nothing is searched that has none.
"""

import re
import re._constants as ops  # type: ignore[import-not-found,unused-ignore]
import re._parser as parser  # type: ignore[import-not-found,unused-ignore]
from collections.abc import Iterator
from typing import Any, NamedTuple

from scanner.lazy import lazy_compile

_LEAST_LITERAL = 3
_MOST_LITERALS = 60
_WIDEST = 1 << 14
_POSIX = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "word": "a-zA-Z0-9_",
    "space": r"\s",
    "blank": r" \t",
    "xdigit": "0-9a-fA-F",
    "punct": r"!-/:-@\[-`{-~",
    "print": " -~",
    "graph": "!-~",
    "cntrl": r"\x00-\x1f\x7f",
}
_CLASSES = {"L": "a-zA-Z", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "Nd": "0-9"}
_FLAGS = lazy_compile(r"\(\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])")
_NAMED = lazy_compile(r"\(\?P?<([A-Za-z_]\w*)>")


class LostError(Exception):
    """An expression cannot be carried over; the message says why, in a few words."""


class Pattern(NamedTuple):
    """An expression for a pattern file: ``trigger`` only where there are no ``keywords``."""

    pattern: str
    keywords: tuple[str, ...]
    trigger: str | None
    width: int


class _Group:
    """An open group: what closes it, flag groups inside it, and whether blanks count."""

    def __init__(self, verbose: bool) -> None:
        self.flags: list[str] = []
        self.verbose = verbose


class _Translator:
    """Reads an expression once, from left to right.

    Attributes:
        out: what was written, by alternative of the outermost level.
        groups: numbers of capturing groups, by alternative.
    """

    def __init__(self, text: str, wanted: frozenset[int], other: str) -> None:
        self.text = text
        self.at = 0
        self.wanted = wanted
        self.other = other  # how a group that is not wanted begins
        self.alternatives: list[list[str]] = [[]]
        self.groups: list[list[int]] = [[]]
        self.names: dict[str, int] = {}
        self.count = 0
        self.stack = [_Group(verbose=False)]

    def run(self) -> None:
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\":
                self.write(self.escape(inside=False))
            elif char == "[":
                self.write(self.bracket())
            elif char == "(":
                self.open()
            elif char == ")":
                self.close()
            elif char == "|":
                self.bar()
            elif self.stack[-1].verbose and (char.isspace() or char == "#"):
                end = self.text.find("\n", self.at) if char == "#" else self.at
                self.at = len(self.text) if end < 0 else end + 1
            else:
                self.write(char)
                self.at += 1
        if len(self.stack) != 1:
            raise LostError("an expression that is not closed")
        self.write(")" * len(self.stack[0].flags))

    def write(self, text: str) -> None:
        self.alternatives[-1].append(text)

    def bar(self) -> None:
        flags = self.stack[-1].flags
        self.write(")" * len(flags))
        if len(self.stack) == 1:
            self.alternatives.append([])
            self.groups.append([])
        else:
            self.write("|")
        self.write("".join(flags))
        self.at += 1

    def open(self) -> None:
        rest = self.text[self.at : self.at + 80]
        flags, named = _FLAGS.match(rest), _NAMED.match(rest)
        verbose = self.stack[-1].verbose
        if flags and set((flags[1] or "") + (flags[2] or "")) - set("imsxu"):
            raise LostError(f"the flags {flags[0]}")
        if flags:
            on, off = (set(flags[n] or "") for n in (1, 2))
            verbose = (verbose or "x" in on) and "x" not in off
            plain = "".join(sorted(on - set("xu")))
            less = "".join(sorted(off - set("xu")))
            opening = f"(?{plain}-{less}:" if less else f"(?{plain}:"
            self.at += flags.end()
            if flags[3] == ")":  # to the end of the group
                self.stack[-1].verbose = verbose
                if plain or less:
                    self.stack[-1].flags.append(opening)
                    self.write(opening)
                return
            self.write(opening)
        elif rest.startswith(("(?=", "(?!", "(?<=", "(?<!", "(?>")):
            size = 4 if rest.startswith("(?<") else 3
            self.write(rest[:size])
            self.at += size
        elif rest.startswith("(?#"):
            end = self.text.find(")", self.at)
            self.at = end + 1 if end >= 0 else len(self.text)
            return
        elif rest.startswith("(?") and not named:
            raise LostError("a group that is not known")
        else:
            self.count += 1
            self.groups[-1].append(self.count)
            if named:
                self.names[named[1].upper()] = self.count
            self.write("(?P<secret>" if self.count in self.wanted else self.other)
            self.at += named.end() if named else 1
        self.stack.append(_Group(verbose))

    def close(self) -> None:
        if len(self.stack) == 1:
            raise LostError("an expression that is not closed")
        self.write(")" * len(self.stack.pop().flags) + ")")
        self.at += 1

    def escape(self, *, inside: bool) -> str:
        """Return the escape at this place, in our syntax."""
        rest = self.text[self.at + 1 :]
        if not rest:
            raise LostError("an expression that ends with a backslash")
        if rest[0] == "Q" and not inside:
            literal, found, _ = rest[1:].partition(r"\E")
            self.at += 2 + len(literal) + (2 if found else 0)
            return re.escape(literal)
        if rest[0] in "pP":
            name = re.match(r"[pP](?:\{(\w+)\}|(\w))", rest)
            letters = _CLASSES.get((name[1] or name[2]) if name else "")
            if name is None or letters is None or (rest[0] == "P" and inside):
                raise LostError("a class of Unicode characters")
            self.at += 1 + name.end()
            return letters if inside else f"[{'^' if rest[0] == 'P' else ''}{letters}]"
        code = re.match(r"x\{([0-9A-Fa-f]{1,6})\}", rest)
        if code:
            self.at += 1 + code.end()
            number = int(code[1], 16)
            return f"\\x{number:02x}" if number < 0x80 else re.escape(chr(number))
        self.at += 2
        if rest[0].isdigit() and rest[0] != "0":
            raise LostError("a back reference")
        return {"z": r"\Z", "C": "(?s:.)"}.get(rest[0], "\\" + rest[0])

    def bracket(self) -> str:
        """Return the class of characters that begins here."""
        begin = re.match(r"\[\^?\]?", self.text[self.at :])
        out = begin[0].replace("]", r"\]") if begin else "["
        self.at += begin.end() if begin else 1
        while self.at < len(self.text):
            char = self.text[self.at]
            posix = re.match(r"\[:(\w+):\]", self.text[self.at : self.at + 12])
            if char == "]":
                self.at += 1
                return out + "]"
            if posix and posix[1] in _POSIX:
                out += _POSIX[posix[1]]
                self.at += posix.end()
            elif char == "\\":
                out += self.escape(inside=True)
            else:
                out += "\\" + char if char in "[&|~" else char
                self.at += 1
        raise LostError("a class of characters that is not closed")


def plain_of(text: str) -> str:
    """Return an expression of Go or Rust in our syntax, its groups nameless.

    Raises:
        LostError: it cannot be said in our syntax.

    >>> plain_of(r"a(?i)b|c\\z"), plain_of(r"[[:digit:]]+")
    ('a(?i:b)|(?i:c\\\\Z)', '[0-9]+')
    """
    return _translated(text, frozenset())[0]


def _translated(text: str, wanted: frozenset[int], other: str = "(?:") -> tuple[str, _Translator]:
    reader = _Translator(text, wanted, other)
    reader.run()
    return "|".join("".join(parts) for parts in reader.alternatives), reader


def patterns_of(text: str, group: int | str = 0) -> Pattern:
    """Return an expression as a pattern file has it.

    Args:
        text: of Go or Rust.
        group: number or name of the group that is the secret; 0 for the first of each alternative
            that may hold one, or all of one that has none.

    Raises:
        LostError: it cannot be carried over.
    """
    plain, reader = _translated(text, frozenset())
    try:
        tree = parser.parse(plain)
    except (re.error, OverflowError, RecursionError) as error:
        raise LostError("an expression that cannot be read") from error
    pattern = _with_secret(text, reader, group)
    least, most = tree.getwidth()
    if least == 0:
        raise LostError("an expression that matches nothing at all")
    width = min(max(512, int(most) + 64), _WIDEST)
    keywords = _literals(list(tree))
    if keywords:
        return Pattern(pattern, keywords, None, width)
    if most > 512 or least < 6:
        raise LostError("an expression without a fixed text of three letters")
    return Pattern(pattern, (), plain, width)


def _with_secret(text: str, reader: _Translator, group: int | str) -> str:
    if isinstance(group, str):
        group = reader.names.get(group.upper(), 0)
    if group:
        if group > reader.count:
            raise LostError("a group that is not there")
        return _translated(text, frozenset({group}))[0]
    firsts = frozenset(_firsts(parser.parse(_translated(text, frozenset(), "(")[0])))
    named = _translated(text, firsts)[1]
    parts = ["".join(part) for part in named.alternatives]
    return "|".join(
        part if firsts.intersection(groups) else f"(?P<secret>{part})"
        for part, groups in zip(parts, named.groups, strict=True)
    )


def _firsts(tree: Any) -> set[int]:
    """Return the groups one of which is the first in any match of a sequence.

    A group of fixed words (``(key|token)``) names the value, it is not the value: not counted.
    """
    found: set[int] = set()
    for op, value in tree:
        if op is ops.SUBPATTERN and value[0] is not None and _holds_value(value[3]):
            return found | {value[0]}
        sides: list[set[int]] = []
        if op is ops.SUBPATTERN:
            sides = [_firsts(value[3])]
        elif op is ops.BRANCH:
            sides = [_firsts(side) for side in value[1]]
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] > 0:
            sides = [_firsts(value[2])]
        found = found.union(*sides)
        if sides and all(sides):
            return found
    return found


def _holds_value(tree: Any) -> bool:
    """Tell whether a group may hold a secret: eight characters or more, most of them not fixed."""
    return bool(tree.getwidth()[1] >= 8 and _varies(tree))


def _varies(tree: Any) -> bool:
    """Tell whether a part repeats a class of characters, four times or more."""
    for op, value in tree:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            has_class = any(inner not in (ops.LITERAL, ops.AT) for inner, _ in value[2])
            if (value[1] >= 4 and has_class) or _varies(value[2]):
                return True
        elif (op is ops.SUBPATTERN and _varies(value[3])) or (
            op is ops.BRANCH and any(_varies(side) for side in value[1])
        ):
            return True
    return False


def _literals(tree: list[Any]) -> tuple[str, ...]:
    """Return literals, one of which is in every match; none if there is no good one."""
    best: tuple[str, ...] = ()
    for found in _candidates(tree):
        good = len(found) <= _MOST_LITERALS and min(map(len, found)) >= _LEAST_LITERAL
        if good and (not best or _value(found) > _value(best)):
            best = found
    return tuple(sorted(set(best)))


def _value(literals: tuple[str, ...]) -> tuple[int, int]:
    return min(*map(len, literals), 8), -len(literals)


def _candidates(tree: list[Any]) -> Iterator[tuple[str, ...]]:
    """Yield sets of literals, one of each of which must be in a match of a sequence."""
    run = ""
    for piece in _flat(tree):
        if isinstance(piece, str):
            run += piece
            continue
        if run.strip():
            yield (run.strip(),)
        run = ""
        op, value = piece
        if op is ops.BRANCH:
            sides = [_literals(list(side)) for side in value[1]]
            if all(sides):
                yield tuple(word for side in sides for word in side)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT) and value[0] > 0:
            inner = _literals(list(value[2]))
            if inner:
                yield inner
    if run.strip():
        yield (run.strip(),)


def _flat(tree: list[Any]) -> Iterator[Any]:
    """Yield the items of a sequence: letters as text, groups opened, the rest as it is."""
    for op, value in tree:
        if op is ops.LITERAL and 0x20 <= value < 0x7F:
            yield chr(value).lower()
        elif op is ops.SUBPATTERN:
            yield from _flat(list(value[3]))
        elif op is ops.IN and _one_letter(value):
            yield _one_letter(value)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] == value[1] == 1:
            yield from _flat(list(value[2]))
        elif op is not ops.AT:
            yield op, value


def _one_letter(items: list[Any]) -> str:
    """Return the letter of a class that holds both its cases, else nothing."""
    letters = {chr(value).lower() for op, value in items if op is ops.LITERAL and value < 0x7F}
    alone = len(letters) == 1 and all(op is ops.LITERAL for op, _ in items)
    return letters.pop() if alone else ""
