"""The form of a value: whether a rule's, how telling, and whether its neighbour has that of the other part."""

from collections.abc import Sequence

from scanner.checksums import CHECKS
from scanner.lazy import lazy_compile
from scanner.models import Evidence, Rule, Shape
from scanner.shapes import fits, is_mixed

_LONG, _VERY_LONG = 32, 56
_HEX_64 = lazy_compile(rb"(?:0[xX])?[0-9a-fA-F]{64}")
PARTS = ("api_key", "api_secret")
"""The kinds of a credential's parts, in the order in which people write them."""


def in_pair(rules: Sequence[Rule], value: bytes, others: Sequence[bytes]) -> bool:
    """Tell whether a value and one in a row with it have the forms of a key and its secret."""
    return any(
        other.id in rule.pairs_with and any(_has_form(other, one) for one in others)
        for rule in rules
        if rule.kind in PARTS and not rule.pattern and _has_form(rule, value)
        for other in rules
        if other.kind in PARTS
    )


def has_exact_length(rule: Rule, value: bytes) -> bool:
    """Tell whether a value has the one length of a rule."""
    return any(has_one_length(shape) and fits(value, shape) for shape in rule.shapes)


def is_all_kinds(value: bytes) -> bool:
    """Tell whether a value has letters of both cases and digits."""
    return is_mixed(value) and any(48 <= byte <= 57 for byte in value)


def is_hex_64(value: bytes) -> bool:
    """Tell whether a value is 64 hexadecimal digits, as keys of addresses and hashes are, with or without ``0x``."""
    return _HEX_64.fullmatch(value) is not None


def is_long_mixed(value: bytes) -> bool:
    """Tell whether a value has letters of both cases and digits, and is longer than ids are.

    >>> is_long_mixed(b"aB3" * 13), is_long_mixed(b"0b54cf4e-0d5e-4f5e-9d2a-3c1f6a0c7d11")
    (True, False)
    """
    return len(value) >= _LONG and is_all_kinds(value)


def has_one_length(shape: Shape) -> bool:
    """Tell whether a shape is of letters of both cases and digits, in just one number of 18 or more, or very many."""
    if shape.charset == "base64":
        return shape.minimum == shape.maximum >= _VERY_LONG
    is_one = shape.minimum == shape.maximum >= 18 or shape.minimum > _VERY_LONG
    return is_one and shape.charset == "alnum"


def _has_form(rule: Rule, value: bytes) -> bool:
    """Tell whether a value has a form that a rule has of its own: what people chose has none."""
    if rule.pattern:
        return bool(rule.prefix) and value.startswith(rule.prefix.encode())
    chosen = any(shape.charset == "user_chosen" for shape in rule.shapes)
    return not chosen and has_shape(rule, value)


def has_shape(rule: Rule, value: bytes) -> bool:
    """Tell whether a value has the form of a rule, its checksum included."""
    if rule.pattern:
        return True
    if not any(fits(value, shape) for shape in rule.shapes):
        return False
    return rule.check is None or CHECKS[rule.check](value)


def body_of(value: bytes, rule: Rule) -> bytes:
    """Return a value without its public prefix, which would make hexadecimal digits look like less."""
    return value.removeprefix(rule.prefix.encode())


def form_of(rule: Rule) -> Evidence:
    """Return the evidence of a value that has a rule's form."""
    return Evidence("format", f"has the form of {rule.id.replace('-', ' ')}")


def strength(rule: Rule, value: bytes) -> int:
    """Return the points of a shape: how rarely public values have it.

    Digests and ids share the shapes of hexadecimal and UUID keys; a mixed alphabet of exactly the
    right length hardly occurs otherwise.
    """
    if rule.prefix and value.startswith(rule.prefix.encode()):
        return 3
    if value in (value.lower(), value.upper()) and len(value) <= 64:
        return 1
    return 3 if len(value) >= 18 else 1
