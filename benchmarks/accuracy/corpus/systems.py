"""Read the tables in `data/` and draw whole credentials (key, secret, passphrase) from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from corpus.values import Draw

KINDS = {
    "k": "api_key",
    "s": "api_secret",
    "p": "passphrase",
    "pk": "private_key",
    "m": "mnemonic",
    "t": "token",
    "pw": "password",
    "w": "webhook",
    "c": "connection_string",
}


@dataclass(frozen=True)
class Field:
    """One value of a credential: how it is called, what it is, how it looks."""

    name: str
    suffixes: tuple[str, ...]
    kind: str
    template: str
    header: str
    is_optional: bool
    tells_system: bool


@dataclass(frozen=True)
class System:
    """One exchange, provider or wallet and the sets of values it hands out."""

    id: str
    product: str
    brand: str
    prefixes: tuple[str, ...]
    ccxt: tuple[str, ...]
    host: str
    sets: tuple[tuple[Field, ...], ...]
    group: str

    @property
    def slug(self) -> str:
        """Return the word under which a configuration file would list it."""
        return self.ccxt[0] if self.ccxt else (self.product or self.id).split("_")[0]


@dataclass(frozen=True)
class Part:
    """One drawn value."""

    system: System
    field: Field
    value: str

    @property
    def is_multiline(self) -> bool:
        """Tell whether the value itself spans lines (PEM, armour, pretty JSON)."""
        return "\n" in self.value.rstrip("\n")


@dataclass(frozen=True)
class Credential:
    """The values of one set, drawn together, and the name prefix its owner uses."""

    system: System
    parts: tuple[Part, ...]
    prefix: str
    name_index: int

    def env(self, part: Part) -> str:
        """Return the environment variable name of a part, such as `OKX_SECRET_KEY`."""
        suffix = part.field.suffixes[min(self.name_index, len(part.field.suffixes) - 1)]
        return suffix[1:] if suffix.startswith("=") else f"{self.prefix}_{suffix}"

    def generic(self, part: Part) -> str:
        """Return a name without the provider: `api_key`, `api_secret`, `passphrase`."""
        suffix = part.field.suffixes[0].lstrip("=").lower()
        return suffix.removeprefix(self.prefix.lower() + "_")

    @property
    def is_simple(self) -> bool:
        """Tell whether all values fit one short line without quotes or blanks in them."""
        return all(
            len(p.value) < 400 and not set(p.value) & set("\n\"' {}[]\u3000") for p in self.parts
        )

    @property
    def is_pair(self) -> bool:
        """Tell whether there is a key with at least one secret."""
        kinds = [part.field.kind for part in self.parts]
        return "api_key" in kinds and "api_secret" in kinds and self.is_simple


def _field(line: str) -> Field:
    name, suffixes, kind, template, *header = line.split()
    flags = kind.lstrip("abcdefghijklmnopqrstuvwxyz")
    return Field(
        name=name,
        suffixes=tuple(suffixes.split(",")),
        kind=KINDS[kind.rstrip("?!")],
        template=template,
        header=header[0] if header else "",
        is_optional="?" in flags,
        tells_system="!" in flags,
    )


def _block(block: str, group: str) -> System:
    title, *lines = [line for line in block.splitlines() if line and not line.startswith("#")]
    head, _, rest = title.partition("]")
    brand, prefixes, ccxt, host = (cell.strip() for cell in rest.split("|"))
    sets: list[list[Field]] = [[]]
    for line in lines:
        if line == "-":
            sets.append([])
        else:
            sets[-1].append(_field(line))
    system, _, product = head.partition("/")
    return System(
        id=system,
        product=product,
        brand=brand,
        prefixes=tuple(prefixes.split()),
        ccxt=() if ccxt == "-" else tuple(ccxt.split()),
        host="" if host == "-" else host,
        sets=tuple(tuple(fields) for fields in sets),
        group=group,
    )


@cache
def systems() -> tuple[System, ...]:
    """Return every system of the three tables."""
    found = []
    for group in ("exchanges", "providers", "wallets"):
        path = Path(__file__).parent / "data" / f"{group}.txt"
        blocks = ("\n" + path.read_text(encoding="utf-8")).split("\n[")[1:]
        found += [_block(block, group) for block in blocks]
    return tuple(found)


def draw(system: System, which: int, rng: Random) -> Credential:
    """Draw set number `which` of a system."""
    source = Draw(rng)
    parts = tuple(Part(system, field, source.fill(field.template)) for field in system.sets[which])
    return Credential(system, parts, rng.choice(system.prefixes), rng.randrange(2))
