"""Decide which credential goes into which file shape, and build the files."""

from __future__ import annotations

from random import Random

from corpus.contexts import SHAPES, Kit, Shape
from corpus.document import Tree
from corpus.systems import Credential, System, draw, systems

_PER_SET = {"easy": 1, "medium": 1, "hard": 1}
_EXTRA = (
    "gate",
    "binance",
    "okx",
    "htx",
    "kucoin",
    "bybit",
    "bitget",
    "mexc",
    "kraken",
    "coinbase_cdp",
)
# Formats of which one shape says enough; each of their RSA keys takes a second to make.
_ONCE = "{rsapem}"


def _wanted(system: System, which: int) -> dict[str, int]:
    if any(field.template == _ONCE for field in system.sets[which]):
        return {"medium": 1}
    if system.id in _EXTRA and which == 0:
        return {"easy": 5, "medium": 8, "hard": 6}
    if system.group == "wallets":
        return {"easy": 1, "medium": 2, "hard": 2}
    if which == 0:
        return {"easy": 2, "medium": 2, "hard": 2}
    return _PER_SET


def _choose(
    rng: Random, credential: Credential, difficulty: str, used: dict[str, int]
) -> Shape | None:
    """Return a shape that takes the credential, rarely used ones first."""
    fitting = [s for s in SHAPES if s.difficulty == difficulty and s.fits(credential)]
    if not fitting:
        return None
    weights = [s.weight / (1 + used.get(s.id, 0)) for s in fitting]
    return rng.choices(fitting, weights)[0]


def assign(seed: int) -> list[tuple[Shape, list[Credential]]]:
    """Return shapes with the credentials that each file of theirs will hold."""
    rng = Random(f"{seed}:plan")
    used: dict[str, int] = {}
    waiting: dict[str, list[Credential]] = {}
    shapes = {shape.id: shape for shape in SHAPES}
    for system in systems():
        for which in range(len(system.sets)):
            number = 0
            for difficulty, count in _wanted(system, which).items():
                for _ in range(count):
                    own = Random(f"{seed}:{system.id}:{system.product}:{which}:{number}")
                    number += 1
                    credential = draw(system, which, own)
                    shape = _choose(rng, credential, difficulty, used)
                    if shape:
                        used[shape.id] = used.get(shape.id, 0) + 1
                        waiting.setdefault(shape.id, []).append(credential)
    jobs = []
    for name, credentials in waiting.items():
        rng.shuffle(credentials)
        size = shapes[name].batch
        while credentials:
            batch = _unique(credentials[: rng.randint(1, size)])
            jobs.append((shapes[name], batch))
            credentials = [c for c in credentials if c not in batch]
    rng.shuffle(jobs)
    return jobs


def build(seed: int) -> Tree:
    """Return the tree of planted files, each job in a project folder of its own."""
    tree = Tree()
    for number, (shape, credentials) in enumerate(assign(seed)):
        kit = Kit(Random(f"{seed}:file:{number}"), _Below(tree, f"p{number:03d}"), shape)
        shape.build(kit, credentials)
    return tree


def _unique(credentials: list[Credential]) -> list[Credential]:
    """Return the credentials without a second one of the same name prefix."""
    seen: dict[str, Credential] = {}
    for credential in credentials:
        seen.setdefault(credential.prefix + credential.system.slug, credential)
    return list(seen.values())


class _Below(Tree):
    """The same tree, below a project folder."""

    def __init__(self, tree: Tree, folder: str) -> None:
        super().__init__(tree.files, tree.labels, tree.lookalikes, tree.notes)
        self._folder = folder

    def add(self, path: str, text: str, **options: object) -> None:
        """Keep a file below the folder."""
        super().add(f"{self._folder}/{path}", text, **options)  # type: ignore[arg-type]
