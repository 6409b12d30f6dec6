"""Rules and allow-lists of other scanners, in our words; what has no counterpart is told, never dropped.

gitleaks and betterleaks (TOML), kingfisher and noseyparker (YAML). Only their rules' own regular
expressions are read: nothing here judges, and nothing is ever sent or run.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from scanner.foreign.expressions import LostError, patterns_of


class Imported(NamedTuple):
    """One file of another scanner.

    Attributes:
        rules: entries of a pattern file of ours, in order.
        allow: allow-lists as our settings have them.
        files: other files that it extends, absolute paths.
        lost: (what cannot be carried over, of which rule or None), in order.
    """

    rules: tuple[Mapping[str, Any], ...]
    allow: tuple[Mapping[str, Any], ...] = ()
    files: tuple[str, ...] = ()
    lost: tuple[tuple[str, str | None], ...] = ()

    def told(self) -> tuple[str, ...]:
        """Return the losses in lines for people, one for each kind of loss."""
        kinds: dict[str, list[str]] = {}
        for what, rule in self.lost:
            kinds.setdefault(what, []).extend([rule] if rule else [])
        return tuple(f"{what}{_some(of)}" for what, of in kinds.items())


def _some(names: list[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return f": {', '.join(names[:4])}{more}"


def id_of(text: str, prefix: str = "") -> str:
    """Return a rule id of letters, digits and hyphens.

    >>> id_of("My Org_token.v2"), id_of("--")
    ('my-org-token-v2', 'rule')
    """
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower())
    return prefix + ("-".join(part for part in plain.split("-") if part) or "rule")


_KINDS = (
    ("private key", "private_key"),
    ("mnemonic", "mnemonic"),
    ("passphrase", "passphrase"),
    ("password", "password"),
    ("webhook", "webhook"),
    ("connection", "connection_string"),
    ("secret", "api_secret"),
    ("api key", "api_key"),
)


def rule_of(
    name: str, about: str, regex: str, group: int | str, facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the entry of a rule.

    Args:
        name: its id.   about: one sentence.
        regex: its expression.   group: number or name of the group that is the secret, 0 for the
            first one, or all without any.
        facts: more fields, such as ``entropy``.

    Raises:
        LostError: the expression cannot be carried over; the message says why.
    """
    found = patterns_of(regex, group)
    words = f"{name} {about}".lower().replace("-", " ").replace("_", " ")
    entry: dict[str, Any] = {
        "id": name,
        "kind": next((kind for word, kind in _KINDS if word in words), "token"),
        "severity": "high",
        "about": " ".join(about.split()) or f"A secret of the rule {name}.",
        "told_by": "structure",
        "pattern": found.pattern,
    }
    if found.keywords:
        entry["keywords"] = list(found.keywords)
    else:
        entry["trigger"] = found.trigger
    return {**entry, "width": found.width, **facts}


__all__ = ["Imported", "LostError", "id_of", "rule_of"]
