"""What the file shapes have in common: the registry, and the kit a shape builds its files with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from corpus.document import Tree
from corpus.noise import settings
from corpus.systems import Credential, Part


@dataclass
class Kit:
    """Randomness, the tree, and short ways to put values into text."""

    rng: Random
    tree: Tree
    shape: Shape

    def s(self, part: Part, *, text: str | None = None) -> str:
        """Return the marked value (or `text`, another form of it)."""
        return self.tree.secret(part, text=text, told=self.shape.told)

    def one(self, part: Part) -> str:
        """Return the marked value on one line: newlines as backslash-n."""
        return self.s(part, text=part.value.strip().replace("\n", "\\n"))

    def q(self, part: Part) -> str:
        """Return the marked value as a double-quoted string of most languages."""
        return quote(self.s(part, text=part.value.strip("\n") if part.is_multiline else None))

    def noise(self, count: int = 3) -> list[tuple[str, str]]:
        """Return NAME, value pairs of unrelated settings, look-alikes among them (marked)."""
        return settings(self.rng, self.tree, count)

    def add(
        self, path: str, text: str, *, data: bytes | None = None, encoding: str = "utf-8"
    ) -> None:
        """Keep the file."""
        self.tree.add(
            path,
            text,
            context=self.shape.id,
            difficulty=self.shape.difficulty,
            data=data,
            encoding=encoding,
        )

    def pick(self, *choices: str) -> str:
        """Return one of the texts."""
        return self.rng.choice(choices)


Build = Callable[[Kit, list[Credential]], None]
Fits = Callable[[Credential], bool]


@dataclass(frozen=True)
class Shape:
    """One way in which files hold keys."""

    id: str
    difficulty: str
    fits: Fits
    told: bool
    batch: int
    weight: int
    build: Build = field(repr=False)


SHAPES: list[Shape] = []


def anything(credential: Credential) -> bool:
    """Take every credential."""
    return True


def simple(credential: Credential) -> bool:
    """Take values without blanks, quotes and newlines."""
    return credential.is_simple


def pair(credential: Credential) -> bool:
    """Take a key with its secret."""
    return credential.is_pair


def ccxt_pair(credential: Credential) -> bool:
    """Take a key with its secret of an exchange that ccxt knows."""
    return credential.is_pair and bool(credential.system.ccxt)


def shape(
    name: str,
    difficulty: str,
    fits: Fits = anything,
    *,
    told: bool = True,
    batch: int = 1,
    weight: int = 2,
) -> Callable[[Build], Build]:
    """Register a builder; it gets up to `batch` credentials for one file."""

    def register(build: Build) -> Build:
        SHAPES.append(Shape(name, difficulty, fits, told, batch, weight, build))
        return build

    return register


def quote(text: str) -> str:
    """Return a double-quoted string literal; non-ASCII letters stay.

    >>> quote('a"b')
    '"a\\\\"b"'
    """
    return json.dumps(text, ensure_ascii=False)


def camel(name: str) -> str:
    """Return `api_key` or `API_KEY` as `apiKey`."""
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def pascal(name: str) -> str:
    """Return `api_key` as `ApiKey`."""
    return "".join(word.capitalize() for word in name.lower().split("_"))


def roles(credential: Credential) -> tuple[Part, Part, Part | None]:
    """Return key, secret and passphrase of a pair."""
    by_kind = {part.field.kind: part for part in reversed(credential.parts)}
    return by_kind["api_key"], by_kind["api_secret"], by_kind.get("passphrase")


def required(credential: Credential) -> list[Part]:
    """Return the parts that are judged."""
    return [part for part in credential.parts if not part.field.is_optional]
