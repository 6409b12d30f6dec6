"""The file shapes; importing this package registers them all in `base.SHAPES`."""

from corpus.contexts import (
    bots,
    code,
    constants,
    easy,
    layers,
    phrases,
    prose,
    records,
    requests,
    urls,
    wallets,
)
from corpus.contexts.base import SHAPES, Kit, Shape

__all__ = [
    "SHAPES",
    "Kit",
    "Shape",
    "bots",
    "code",
    "constants",
    "easy",
    "layers",
    "phrases",
    "prose",
    "records",
    "requests",
    "urls",
    "wallets",
]
