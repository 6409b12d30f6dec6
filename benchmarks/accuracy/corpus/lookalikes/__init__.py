"""Values that look like secrets and are none, in files without any secret."""

from __future__ import annotations

from random import Random

from corpus.document import Tree
from corpus.lookalikes import chain, digests, placeholders, published, web
from corpus.lookalikes.base import Shelf

_BUILDERS = (
    digests.lock_files,
    digests.checksums,
    digests.project_ids,
    chain.transactions,
    chain.addresses,
    chain.exchange_data,
    placeholders.placeholders,
    placeholders.references,
    placeholders.encrypted,
    placeholders.hashes_of_passwords,
    placeholders.redacted,
    placeholders.detectors,
    published.documentation,
    published.public_by_design,
    published.word_lists,
    web.images,
    web.bundles,
    web.translations,
    web.documentation_tokens,
)


def build(tree: Tree, seed: int) -> None:
    """Add the look-alike files to `tree`."""
    for builder in _BUILDERS:
        rng = Random(f"{seed}:look:{builder.__name__}")
        builder(Shelf(rng, tree, f"n_{builder.__name__}"))
