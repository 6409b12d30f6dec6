"""Values that are called by nothing but the name of their service: ``INFURA = "..."``, ``{"helius": "..."}``.

Such a name says neither key nor secret, so the value must have just the form that the service documents for its
key. Services that hand out data alone are meant, nodes of chains among them: what is called by the name of an
exchange may be an id there, unless ``_API`` ends the name.
"""

from scanner.context.around.binding import Binding
from scanner.context.layout.block import Block
from scanner.context.names import roles
from scanner.judges.fitting import Role
from scanner.judges.forms import has_shape
from scanner.judges.telling import Told, clip
from scanner.models import Evidence, Rule
from scanner.rules import Catalog

_NEITHER = -2
"""Points of a name that says whose a value is and not what: the form has to say the rest."""


def service_of(name: str) -> tuple[str, bool]:
    """Return the word that a name is made of, and whether it says that it is of the interface.

    >>> service_of("const val COINAPI"), service_of("BITPANDA_API"), service_of("self.whale_alert")
    (('coinapi', False), ('bitpanda', True), ('whalealert', False))
    """
    parts = roles.words(name.rpartition(" ")[2].rpartition(".")[2])
    says_api = parts[-1:] == ("api",) and len(parts) > 1
    return "".join(parts[:-1] if says_api else parts), says_api


class Brands:
    """Knows the names of services; built once from the catalog."""

    def __init__(self, catalog: Catalog, rules: dict[str, list[Rule]]) -> None:
        self._rules = rules
        self._named: dict[str, list[tuple[str, bool]]] = {}
        for system in catalog.systems.values():
            for word in (*system.words, *system.weak_words):
                of_data = system.category == "data"
                if of_data or word in system.words:
                    key = "".join(roles.words(word))
                    self._named.setdefault(key, []).append((system.id, of_data))

    def role(
        self, value: bytes, binding: Binding, block: Block, told: dict[str, Told]
    ) -> Role | None:
        """Return the role of a value that its service's name alone binds; None for what may be something else."""
        word, says_api = service_of(binding.name)
        named = self._named.get(word)
        if named is None or binding.how not in ("assignment", "pair"):
            return None
        if any(map(_lists_public, block.openers)):
            return None
        for system, of_data in named:
            if system in told and (of_data or says_api) and self._has_key(system, value):
                what = f"called by the name of its service: {clip(binding.name)}"
                return Role("api_key", _NEITHER, Evidence("name", what))
        return None

    def _has_key(self, system: str, value: bytes) -> bool:
        """Tell whether a value has just the form of a system's key; what people choose has none."""
        return any(
            rule.kind in ("api_key", "token")
            and not rule.pattern
            and all(shape.charset != "user_chosen" for shape in rule.shapes[:1])
            and has_shape(rule, value)
            for rule in self._rules.get(system, ())
        )


def _lists_public(opener: str) -> bool:
    """Tell whether what is opened holds digests, ids or versions of services: ``"checksums": {``."""
    parts = roles.words(opener)
    return bool(parts) and parts[-1].removesuffix("s") in _PUBLIC


_PUBLIC = frozenset(
    (
        *("checksum", "commit", "id", "digest", "version", "revision", "uuid", "etag", "hash"),
        *("hashe", "md5", "sha1", "sha256", "addresse", "address", "contract", "slug", "url"),
    )
)
"""Last words of what is opened, without the ``s`` of several."""
