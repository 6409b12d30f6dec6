"""What the look-alike files are built with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random

from corpus.document import Tree
from corpus.values import Draw


@dataclass
class Shelf:
    """Draws look-alike values and keeps the files they stand in."""

    rng: Random
    tree: Tree
    folder: str

    @property
    def draw(self) -> Draw:
        """Return a fresh source of random shapes."""
        return Draw(self.rng)

    def __call__(self, category: str, template: str) -> str:
        """Return a marked look-alike drawn from a template such as `{hex:64}`."""
        return self.tree.look(category, self.draw.fill(template))

    def mark(self, category: str, text: str) -> str:
        """Return a marked look-alike of given text."""
        return self.tree.look(category, text)

    def sha(self, category: str, bits: int = 256) -> str:
        """Return a marked digest in hex."""
        data = self.rng.randbytes(24)
        return self.tree.look(category, hashlib.new(f"sha{bits}", data).hexdigest())

    def add(self, path: str, text: str) -> None:
        """Keep a file of look-alikes."""
        self.tree.add(f"{self.folder}/{path}", text, context="lookalike", difficulty="lookalike")

    def rows(self, count: int, template: str) -> list[str]:
        """Return `count` draws of a template without marks."""
        return [self.draw.fill(template) for _ in range(count)]
