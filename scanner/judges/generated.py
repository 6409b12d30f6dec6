"""Whether a value is one that a system has made: random, and no word in the form of a key."""

from scanner.context.values import lookalikes
from scanner.context.values.captions import is_caption, is_example
from scanner.context.values.notations import is_constant
from scanner.context.values.randomness import is_random
from scanner.judges.fitting import CHOSEN
from scanner.judges.forms import body_of, has_shape
from scanner.models import Rule


def is_generated(value: bytes, rule: Rule, name: str) -> bool:
    """Tell whether a value is as random as what a rule's system hands out; one that people choose is no word alone.

    Args:
        value: the secret.   rule: that it would be of.   name: that it is bound to.
    """
    if rule.kind in CHOSEN:
        is_word = lookalikes.is_name_like(value) or is_example(value) or is_caption(value)
        return not is_word and value.lower() != name.lower().encode()
    if rule.check is not None:
        return True
    is_formed = has_shape(rule, value)
    if _is_word(value) and not (is_formed and _is_of_one_case(rule, value)):
        return False  # "Verbindungsanfrage" has the length of a key
    if is_constant(value) or (not is_formed and (is_example(value) or _are_words(value))):
        return False
    return is_random(body_of(value, rule), is_formed=is_formed)


def _is_word(value: bytes) -> bool:
    """Tell whether a value is one word of any language, capitalised or not; a key has digits or capitals inside."""
    return value.isalpha() and (value[1:].islower() or value.isupper())


def _is_of_one_case(rule: Rule, value: bytes) -> bool:
    """Tell whether letters of one case are what a rule's values may be made of alone."""
    cases = ("alnum_upper", "base32") if value.isupper() else ("alnum_lower",)
    return any(shape.charset in cases for shape in rule.shapes)


def _are_words(value: bytes) -> bool:
    """Tell whether a value is nothing but small letters in several parts: ``gitleaks/trufflehog``."""
    parts = value.replace(b"-", b"/").split(b"/")
    return len(parts) > 1 and all(part.isalpha() and part.islower() for part in parts)
