"""Regular expressions of Go and Rust in the form that our pattern files need.

The syntax differs in little: flags in the middle reach to the end of their group, ``\\z``, ``\\Q..\\E``,
``[[:alpha:]]``, ``\\x{..}``, ``\\p{L}``. A pattern of ours also names its secret, and comes with literals
one of which is in every match, as nothing is searched that has none.
"""

import re
import re._parser as parser  # type: ignore[import-not-found,unused-ignore]
from typing import NamedTuple

from scanner.foreign.parsed import firsts_in, literals
from scanner.lazy import lazy_compile

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
    keywords = literals(list(tree))
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
    firsts = frozenset(firsts_in(parser.parse(_translated(text, frozenset(), "(")[0])))
    named = _translated(text, firsts)[1]
    parts = ["".join(part) for part in named.alternatives]
    return "|".join(
        part if firsts.intersection(groups) else f"(?P<secret>{part})"
        for part, groups in zip(parts, named.groups, strict=True)
    )
