"""Write the page of one rule for ``keysweep explain``: what it is, what to do, where to do it."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scanner.models import Rule, Shape, System
from scanner.remediation import remediate
from scanner.remediation.stop import is_wallet, may_be_wallet, stopping
from scanner.reporters.escape import visible
from scanner.reporters.steps import is_command, pieces
from scanner.reporters.words import EXPOSURE, KIND

_WIDTH = 78
_TOLD_BY = {
    "structure": "The value alone is enough: its form is like no other.",
    "pair": "The value needs its partner close by: a key and a secret of the right forms.",
    "shape": "The form is unusual, but a name, a host or a partner must confirm it.",
    "context": "The form is common: a name, a host or a partner must tell what it is.",
}
_CHARSETS = {
    "hex": "hex digits",
    "hex_lower": "lower-case hex digits",
    "hex_upper": "upper-case hex digits",
    "alnum": "letters and digits",
    "alnum_lower": "lower-case letters and digits",
    "alnum_upper": "upper-case letters and digits",
    "user_chosen": "characters that a person chose",
    "uuid": "hex digits and dashes (a UUID)",
}


class Found(NamedTuple):
    """A finding, as far as its page needs it; the texts may come from anybody's report.

    Attributes:
        place: where it lies.   redacted, severity, exposure: as in the finding.
        steps: what to do about it, in order.
    """

    place: str
    redacted: str
    severity: str
    exposure: str
    steps: tuple[str, ...]


def explain(rule: Rule, system: System | None) -> str:
    """Return the page about ``rule`` as plain text: 78 columns, addresses and commands unbroken.

    Args:
        rule: the rule.   system: whose secret it finds, None for a generic rule.
    """
    remediation = remediate(rule, system, exposure="pushed", path="FILE", commit="COMMIT")
    worst = f"What to do ({EXPOSURE['pushed'].split(':')[0]}: the worst case)"
    parts = [
        _wrapped(f"{visible(rule.id)}: {_name(rule, system)}, {rule.severity}"),
        *_about(rule, system),
        _steps(worst, remediation.steps),
        *_addresses(system),
    ]
    return "\n\n".join(parts) + "\n"


def explain_finding(found: Found, rule: Rule, system: System | None) -> str:
    """Return the page about one finding: the place, what to do there, then what the rule says."""
    exposure = visible(EXPOSURE.get(found.exposure, found.exposure))
    name = _name(rule, system)
    name = name[:1].upper() + name[1:]
    parts = [
        f"{visible(found.place)}  {visible(found.redacted)}\n"
        + _wrapped(f"{name} ({visible(rule.id)}), {visible(found.severity)}, {exposure}"),
        _steps("What to do", found.steps),
        *_about(rule, system),
        *_addresses(system),
    ]
    return "\n\n".join(parts) + "\n"


def _name(rule: Rule, system: System | None) -> str:
    whose = f"{system.name} " if system and rule.kind != "mnemonic" else ""
    return visible(f"{whose}{KIND.get(rule.kind, rule.kind)}")


def _about(rule: Rule, system: System | None) -> tuple[str, ...]:
    return (
        _section("What it is", [visible(rule.about)]),
        _section("What a finder can do", [power(rule, system)]),
        _section("How keysweep knows it", _recognised(rule, system), bullet="- "),
    )


def _addresses(system: System | None) -> Iterator[str]:
    if system and system.advice.page:
        yield _section("Page", [visible(system.advice.page)])
    if system and system.references:
        yield _section("References", [visible(item) for item in system.references])


def steps_for(rule: Rule, system: System | None) -> tuple[str, ...]:
    """Return the steps that hold wherever the secret lies, for the help text of a rule."""
    last = "Then take the value out of the file and its history: each finding says how."
    return (*stopping(rule, system, rule.severity), last)


def power(rule: Rule, system: System | None) -> str:
    """Return in a sentence or two what someone who finds the value can do with it."""
    if is_wallet(rule, system):
        return (
            "Take everything the wallet owns, at once and for good. Programs watch public"
            " repositories and empty such wallets within seconds. Nobody can revoke it."
        )
    money = system is not None and system.category in ("exchange", "broker")
    if rule.kind == "api_key" and rule.severity == "low":
        return "Little: it is the public half of a key. With its secret, whatever the key allows."
    if rule.kind == "passphrase" and money:
        return "Nothing alone; with the key and its secret, whatever the key allows."
    if money and may_be_wallet(rule):
        return (
            "Trade in your name. If it is the key of a wallet itself: take everything, for good,"
            " and nobody can revoke it."
        )
    if money:
        return (
            "With its other half: read balances, trade, and withdraw if the key allows it. Even a"
            " key that only trades can lose everything, in trades against the thief's own orders."
        )
    if rule.kind == "webhook":
        return "Send messages in your name to the channel behind it."
    if rule.kind in ("password", "connection_string"):
        return "Log in as you, and read or change whatever that account may."
    if rule.kind == "private_key":
        return "Pose as you or as your server: log in, decrypt, sign."
    return "Act in your name at the service, within the rights of this credential, at your cost."


def _recognised(rule: Rule, system: System | None) -> list[str]:
    """Return the facts that the rule goes by, one a line."""
    lines = [_shape(shape) for shape in rule.shapes]
    if rule.prefix:
        lines.append(f"It begins with {rule.prefix}")
    if rule.check:
        lines.append(f"Its checksum must be right ({rule.check}).")
    if rule.entropy:
        lines.append(f"It must look random: at least {rule.entropy:g} bits a character.")
    lines.append(_TOLD_BY.get(rule.told_by, rule.told_by))
    if rule.pairs_with:
        lines.append(f"It goes with {', '.join(rule.pairs_with)}.")
    names = (*rule.names, *(system.words if system else ()))
    if names:
        lines.append(f"Names: {', '.join(names[:8])}")
    if system and system.hosts:
        lines.append(f"Hosts: {', '.join(system.hosts[:6])}")
    return [visible(line) for line in lines]


def _shape(shape: Shape) -> str:
    """Return a shape in words: ``64 letters and digits``."""
    letters = _CHARSETS.get(shape.charset, f"{shape.charset} characters")
    if shape.minimum == shape.maximum:
        return f"{shape.minimum} {letters}"
    return f"{shape.minimum} to {shape.maximum} {letters}"


def _section(heading: str, lines: Iterable[str], bullet: str = "") -> str:
    """Return a heading with its wrapped, indented paragraphs under it."""
    return "\n".join([heading, *(_wrapped(line, "  " + bullet) for line in lines)])


def _steps(heading: str, steps: Iterable[str]) -> str:
    """Return a heading with numbered steps under it; commands have lines of their own."""
    text = [heading]
    for number, step in enumerate(steps, 1):
        lead, prose = f"  {number:2}. ", ""
        for part, is_code in pieces(step):
            if is_code and is_command(part):
                text.append(_wrapped(prose.strip(), lead))
                text.append(" " * 8 + visible(part))
                lead, prose = " " * 6, ""
            else:
                prose += visible(part)
        text.append(_wrapped(prose.strip(), lead))
    return "\n".join(line for line in text if line)


def _wrapped(text: str, lead: str = "") -> str:
    """Wrap a paragraph; commands and addresses are never broken."""
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
