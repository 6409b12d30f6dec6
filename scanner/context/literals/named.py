r"""Literals that telling names bind: passwords and tokens as people write them, weak ones too.

The engine's search for bound values cuts runs of characters that keys are made of, which is right for keys.
A password is what stands between the quotes, or up to the end of a setting, blanks and marks included. So every line
with a telling word is read once more, name by name, and the literal beside each name is taken whole.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scanner.context.literals.beside import LONGEST_LINE, beside
from scanner.context.literals.signs import BINDS
from scanner.context.names.languages import CHOSEN as FOREIGN
from scanner.context.names.roles import literal_kind
from scanner.context.values.customary import is_account
from scanner.context.values.passwords import CHOSEN, WEAK, of_literal
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_FOREIGN = f"(?:(?:{FOREIGN})(?:ь|я|ем|si|m|s)?)".encode()
_NAME = lazy_compile(
    _FOREIGN + rb"|(?i:"
    rb"(?<![\w$])(?=[a-z_$])(?:[\w$]|[.\-](?=[\w$])){0,80}?"
    rb"(?:s(?:ecret|alt|ess|enha|ifre|andi|alasana)|t(?:oken|icket)|p(?:asw|ass|word(?![a-z])|swd|sw(?![a-z])|wd|w(?![a-z])|epper|arol)|c(?:red|ontrase)|auth"
    rb"|k(?:ey|hau|ata sandi|ennwort)|verifier|bearer|h(?:asl[oa]|eslo)|wachtwoord|m(?:ot de pass|dp(?![a-z])))"
    rb"(?:[\w$]|[.\-](?=[\w$]))*)"
)
_TELLING = lazy_compile(  # in lower case: to ignore case costs seven times as much; each begins with its letter
    rb"s(?:ecret|alt|ess|enha|ifre|andi|alasana)|t(?:oken|icket)|p(?:asw|ass|word(?![a-z])|swd|sw(?![a-z])|wd|epper|arol|w(?![a-z]))|c(?:red|ontrase)|auth"
    rb"|k(?:ey|hau|ennwort)|verifier|bearer|h(?:asl[oa]|eslo)|wachtwoord|mdp(?![a-z])|"
    + FOREIGN.encode()
)
_LONGEST_NAME = 82
"""Bytes of a name before its telling word, at most, and one more."""
_OF_NAMES = b"abcdefghijklmnopqrstuvwxyz0123456789_$.-"
_OPEN_NAMES = (b"kata ", b"mot de ")
"""What belongs to a name although a blank follows it."""


class Literal(NamedTuple):
    """A value and the name that binds it.

    Attributes:
        start, end: half-open span of the value in bytes, without quotes.
        name: the identifier, as written.
        kind: what the name promises, one of ``roles.literal_kind``.
        how: ``quoted``, ``setting`` (no quotes, in text or configuration), ``open`` (no quotes; the whole
            text tells whether it is a setting, see ``settled``), or ``bytes`` (an array of numbers).
    """

    start: int
    end: int
    name: str
    kind: str
    how: str


def near(
    data: bytes, words: Iterable[int], bound: Iterable[int] = (), least: str | None = None
) -> Iterator[Literal]:
    r"""Yield the literals on the lines of telling words, in order, each once.

    Args:
        data: the bytes.
        words: where telling words end; their lines are read if something is bound to them.
        bound: where a telling word and what binds a value to it end.
        least: None gives all; ``weak`` what may be a secret, words as passwords too; ``chosen`` without those.

    >>> [(x.name, x.how) for x in near(b'db.password = "x y z"\n', [11])]
    [('db.password', 'quoted')]
    """
    done = taken = 0
    binding = set(bound)
    known = _LINES[least].get
    for end in sorted(binding.union(words)):
        if end <= done:
            continue
        start = data.rfind(b"\n", max(0, end - LONGEST_LINE), end) + 1
        stop = data.find(b"\n", end, end + LONGEST_LINE)
        high = stop if stop >= 0 else min(len(data), end + LONGEST_LINE)
        if high - start <= _SHORT_LINE and start >= taken and known(data[start:high]) == ():
            done = high  # read before, and nothing is in it whichever of its words binds
            continue
        if end not in binding and not BINDS.match(data, end):
            continue
        # What is cut here is read again.
        done = high if stop >= 0 or high == len(data) else max(end, high - 200)
        low = max(start, end - 300, taken)
        if low == start and high - low <= _SHORT_LINE:
            yield from _remembered(data, low, high, least)
            continue
        for one in _on_line(data, low, high):
            taken = one.end
            if _is_wanted(data, one, least):
                yield one


def _is_wanted(data: bytes, one: Literal, least: str | None) -> bool:
    if least is None:
        return True
    value = data[one.start : one.end]
    ways = ("bare", "setting") if one.how == "open" else (one.how,)
    worths = {of_literal(value, one.kind, how, one.name)[0] for how in ways}
    if least != WEAK and WEAK in worths and is_account(value):
        return True  # the judge looks at the others
    return not worths <= ({None} if least == WEAK else {None, WEAK})


def _remembered(data: bytes, low: int, high: int, least: str | None) -> Iterator[Literal]:
    """Yield the literals of a short line; one that decides alone what it binds is read but once."""
    line, lines = data[low:high], _LINES[least]
    known = lines.get(line)
    if known is None:
        known = tuple(
            Literal(one.start - low, one.end - low, *one[2:])
            for one in _on_line(data, low, high)
            if _is_wanted(data, one, least)
        )
        if _is_alone(line) and all(one.end <= high - low for one in known):
            if len(lines) > _MOST_LINES:
                lines.clear()
            lines[line] = known
    for one in known:
        yield Literal(one.start + low, one.end + low, *one[2:])


def _is_alone(line: bytes) -> bool:
    """Tell whether a line alone decides what its names bind, whatever stands above and below it.

    A name, an element or a block at its end may have its value on the next line; a comma may follow one above;
    the name of a cookie, or a password behind a blank, counts by what is above.

    >>> _is_alone(b'a.password = "x y"'), _is_alone(b'variable "password" {'), _is_alone(b"  password xyz")
    (True, False, False)
    """
    if b"," in line or _GOES_ON.search(line) or _BARE_KEY.search(line):
        return False
    last = 0
    for name in _names(line, 0, len(line)):
        last = name.end()
        is_first = not line[: name.start()].strip()
        if (is_first and _BLANK.match(line, last)) or _OPENS.match(line, last):
            return False
        if _SESSION.search(name.group().decode("latin-1")):
            return False
    return last < len(line.rstrip(b" \t\r\"'`\\>"))


_GOES_ON = lazy_compile(rb"(?:[|>][+\-]?|[{(\[:]|[\"']\){1,2})[ \t\r]{0,80}\Z")
_BLANK = lazy_compile(rb"[ \t]{1,40}(?![ \t]|[:=!?|,(<>]|->)")
"""What parts a password from its name in ``.netrc``, whose log-in stands above."""
_OPENS = lazy_compile(rb"[\"'`]?[ \t]{0,3}(?:(?::|=>?)[ \t]{0,3})?\{(?![^{}]{0,160}\})")
"""What opens the declaration of a variable in Terraform, or a member that its value is in."""
_SHORT_LINE = 200
_MOST_LINES = 20_000
_LINES: dict[str | None, dict[bytes, tuple[Literal, ...]]] = {None: {}, WEAK: {}, CHOSEN: {}}


def _on_line(data: bytes, low: int, high: int) -> Iterator[Literal]:
    taken = low
    for found in _names(data, low, high):
        if found.start() < taken:
            continue
        name = found.group().decode("utf-8", "replace")
        kind = _kind(name)
        if kind is None or _is_caption(data, found.start(), found.end()):
            continue
        if name.endswith("PWD") and _FOLDER.search(data, max(0, found.start() - 2), found.end()):
            continue
        if kind == "api_key" and _NO_KEY.search(data, max(low, found.start() - 12), found.start()):
            continue
        if (
            _SESSION.search(name)
            and b"ookie" not in data[max(low, found.start() - 300) : found.start()]
        ):
            continue
        if kind == "api_key" and name.lower() == "key":
            kind = "api_secret" if _OF_TOKENS.search(data, *_above(found.start())) else kind
        literal = beside(data, found.start(), found.end(), high)
        if literal is not None:
            taken = literal[1]
            yield Literal(literal[0], literal[1], name, kind, literal[2])


def _names(data: bytes, low: int, high: int) -> Iterator["re.Match[bytes]"]:
    """Yield the telling names in ``data[low:high]``; looked for from their telling words, which is faster.

    >>> [name.group() for name in _names(b"a = db.pass_1, no, key", 0, 22)]
    [b'db.pass_1', b'key']
    """
    at, line = low, data[low:high].lower()
    while (word := _TELLING.search(line, at - low)) is not None:
        start = max(at, low + word.start() - _LONGEST_NAME)
        before = line[start - low : word.start()]
        if not before.endswith(_OPEN_NAMES):
            start += len(before.rstrip(_OF_NAMES))  # no name goes on over anything else
        name = _NAME.search(data, start, high)
        if name is None:
            return
        yield name
        at = name.end()


def _above(at: int) -> tuple[int, int]:
    return max(0, at - 200), at


_BARE_KEY = lazy_compile(rb"(?i)(?<![\w.\-])(?:parameter)?key[\"']?[ \t]{0,3}[:=]")
_OF_TOKENS = lazy_compile(
    rb"(?i)\bjwt(?:_?(?:settings|config|options|bearer|auth))?[\"']?\s{0,3}(?:[:=]|=>)\s{0,3}(?:\{|\[|new)[^{}]{0,160}\Z"
    rb"|\bjwt(?:_?(?:settings|config|options))?:[ \t]*\r?\n(?:[ \t]+[^\n]{0,80}\n){0,4}[ \t]+\Z"
)
"""The section of the key that web tokens are signed with: ``"Jwt": {"Key": ...}``. A name above decides."""
_NO_KEY = lazy_compile(rb"(?i)(?:cache|sort|primary|foreign|partition)[ ]\Z")
"""Words before ``key`` in a text that say which sort of key it is."""
_FOLDER = lazy_compile(rb"\$\{?PWD\Z")
"""The folder that a shell is in."""
_SESSION = lazy_compile(r"(?i)sess(?:ion_?)?id$")
"""The id of a session is a secret while it lasts: only a cookie that was sent has one."""


def _is_caption(data: bytes, start: int, end: int) -> bool:
    """Tell whether a name is the last word of a quoted phrase (``"New password": ...``): a translation's key."""
    return data[end : end + 1] in (b'"', b"'") and data[start - 1 : start] == b" "


_OF_OWNER = frozenset(("value", "text", "default", "string", "key", "data", "raw", "plain"))


@remembered(1 << 14)
def _kind(name: str) -> str | None:
    """Return the kind that the last part of a name promises, of all of it where that says nothing."""
    if not name.isascii():
        return "password"
    last = name.rpartition(".")[2]
    kind = literal_kind(last)
    if last != name and last.lower() in _OF_OWNER:
        kind = literal_kind(name.rpartition(".")[0]) or kind
    return kind
