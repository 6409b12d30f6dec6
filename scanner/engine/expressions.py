"""All expressions of the one pass, made from the catalog: numbers, texts, and what they mean.

First pass: keywords and triggers of the pattern rules, the words that tell systems (gates), and the
places where a name may bind a secret. Second pass, only over bytes that a gate opened: shapes.
"""

import re
from typing import NamedTuple

from scanner.models import Rule, Shape, System
from scanner.shapes import SHORTEST_BARE, expression

GATE, BOUND = "gate", "bound"

_NAMES = (
    r"secret|token|passw|pass_?phrase|api[_\-. ]?key|apikey|api[_\-. ]?id|access[_\-. ]?(?:key|id)|priv[a-z]*[_\-. ]?key"
    r"|credential|auth[_\-]?key|sign[a-z]*[_\-]?key|wallet[_\-]?key|deployer|client[_\-]?key|consumer[_\-]?key|app[_\-]?key"
    r"|mnemonic|pwd|webhook"
)
_FOREIGN = (
    "密钥|密鑰|秘钥|私钥|私鑰|密码|密碼|口令|公钥|令牌|シークレット|秘密|パスワード|パスフレーズ|アクセスキー|トークン|"
    "시크릿|비밀|암호|액세스|토큰|секрет|пароль|ключ|токен|clave|contrase|clé|schlüssel|senha"
)
_SEPARATOR = r"""[:=>,( "'`\[{|\t\r\n]"""
BOUND_TRIGGER = (
    rf"(?:{_NAMES}|{_FOREIGN})[^\n]{{0,40}}{_SEPARATOR}[\s\"'`(\[{{\\]{{0,6}}[A-Za-z0-9+/_=.\-]{{8}}"
)
"""A name, up to 40 bytes, a separator, and eight characters of something: report these ends."""
BOUND_NAME = re.compile(rf"(?i:{_NAMES})|{_FOREIGN}".encode())
"""The same names, exactly; the search around a hit uses these whichever prefilter found it."""

_KEY_NAME = (
    r"(?:^|[^a-z])(?:key|pass|sk|pk|seed|memo|pw|phrase)[\"'\]]{0,2}[ \t]{0,3}[:=][ \t]{0,3}[\"']?[!-~]{6}"
)
KEY_TRIGGER = _KEY_NAME
"""Short names count only when they are assigned to directly."""
KEY_NAME = re.compile(rb"(?i)(?<![a-z])(?:key|pass|sk|pk|seed|memo|pw|phrase)(?=[\"'\]]{0,2}[ \t]{0,3}[:=])")


class Expression(NamedTuple):
    """One expression: its text, whether it is a literal, and what a hit means.

    ``role`` is ``gate``, ``bound`` or the index of a rule as text; ``once``: one hit a blob is enough.
    """

    text: str
    literal: bool
    role: str
    once: bool = False


def first_pass(rules: tuple[Rule, ...], systems: dict[str, System]) -> list[Expression]:
    """Return the expressions of the first pass, in a fixed order."""
    made: list[Expression] = [
        Expression(BOUND_TRIGGER, False, BOUND),
        Expression(KEY_TRIGGER, False, BOUND),
    ]
    for index, rule in enumerate(rules):
        if rule.trigger:
            made.append(Expression(rule.trigger, False, str(index)))
        else:
            made += (Expression(word, True, str(index)) for word in rule.keywords)
    made += (Expression(text, False, GATE, once=True) for text in sorted(_gates(systems)))
    return made


def _gates(systems: dict[str, System]) -> set[str]:
    texts: set[str] = set()
    for system in systems.values():
        for word in (*system.words, *system.hosts, *system.headers):
            if len(word) < 4 and not word.isascii():
                texts.add(re.escape(word))
            elif len(word) < 5:
                texts.add(rf"(?:^|[^a-z]){_escape(word)}(?:$|[^a-z])")
            else:
                texts.add(_escape(word))
    return texts


def _escape(word: str) -> str:
    """Escape a word; blanks, ``_`` and ``-`` stand for each other or nothing, as in identifiers."""
    return re.sub(r"(?:\\?[ _\-])+", r"[ _-]?", re.escape(word))


def second_pass(rules: tuple[Rule, ...]) -> list[Shape]:
    """Return the different shapes worth a search where no name binds the value, in a fixed order."""
    shapes: list[Shape] = []
    for rule in rules:
        for shape in rule.shapes:
            if (
                shape.minimum >= SHORTEST_BARE
                and shape.charset != "user_chosen"
                and rule.system is not None
                and shape not in shapes
            ):
                shapes.append(shape)
    return shapes


def shape_expressions(shapes: list[Shape]) -> list[str]:
    """Return the prefilter expressions of the second pass."""
    return [expression(shape) for shape in shapes]
