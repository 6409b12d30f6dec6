"""Stop the harm: delete the key or move the funds, look for misuse, make a better key."""

from scanner.models import Advice, Rule, System

_LEAST = "Make the new key with the least rights it needs"
_EXCHANGE_CHECK = (
    "Look for orders, withdrawals and transfers that you did not make",
    "Look for new withdrawal addresses, API keys, sub-accounts, logins and devices",
)
_OWNS_FUNDS = (
    "If it is the key of a wallet itself, move the funds to a new wallet now, before anything else:"
    " such a key cannot be revoked."
)
_AHEAD = ("Move the funds first", _OWNS_FUNDS, "Stay calm")
_MONEY = ("exchange", "broker")


def stopping(
    rule: Rule, system: System | None, severity: str, *, is_paired: bool = False
) -> tuple[str, ...]:
    """Return the steps that stop the harm, first things first; never empty.

    Args:
        rule: what leaked.   system: whose it is, or None.   severity: of the finding.
        is_paired: other parts of the same credential were found beside it.
    """
    advice = system.advice if system else Advice()
    if is_wallet(rule, system):
        return _wallet(rule, advice)
    if rule.kind == "api_key" and severity == "low" and not is_paired:
        return _public_id(system, advice)
    if system and system.category in _MONEY and rule.kind == "password":
        return _login(system, advice)
    if system and system.category in _MONEY:
        return _exchange(system, advice, may_be_wallet=may_be_wallet(rule))
    if rule.kind == "private_key":
        return _key_pair(system, advice, may_be_wallet=may_be_wallet(rule))
    if system:
        return _service(rule, system, advice)
    return _generic(rule)


def unless_kept(steps: tuple[str, ...], condition: str) -> tuple[str, ...]:
    """Return the steps with a condition before the order that they begin with.

    It comes behind what moves funds, which saves everything, and what calms.
    """
    first = f"{steps[0]} {condition}" if steps[0].startswith(_AHEAD) else f"{condition} {steps[0]}"
    return (first, *steps[1:])


def is_wallet(rule: Rule, system: System | None) -> bool:
    """Tell whether the secret itself owns funds: no provider can take it back."""
    if rule.kind == "mnemonic":
        return True
    return bool(system and system.category == "wallet") and rule.kind != "api_key"


def may_be_wallet(rule: Rule) -> bool:
    """Tell whether a private key could be that of a wallet itself; PEM blocks are API or SSH keys.

    On many decentralised exchanges a wallet, an agent and an API key have one form.
    """
    return rule.kind == "private_key" and "-----BEGIN" not in f"{rule.prefix} {rule.pattern}"


def _exchange(system: System, advice: Advice, *, may_be_wallet: bool) -> tuple[str, ...]:
    """Return the steps for a key that can trade, and perhaps withdraw."""
    # The same words for every part of a credential, so that its parts can share their steps.
    delete = f"Delete the API key at {system.name} now; its secret and passphrase end with it."
    lock = _sentences((advice.freeze or "Use the emergency lock, or ask support to lock it",))
    new = _sentences(advice.new_key)
    if "withdraw" not in new.lower():
        new += " Leave withdrawals off."
    if "IP" not in new:
        new += " Allow only your own IP addresses."
    if may_be_wallet:
        delete = f"If it was made for an API, an agent or a signer, delete it at {system.name} now."
    return (
        *((_OWNS_FUNDS,) if may_be_wallet else ()),
        f"{delete}{_at(advice)}",
        f"If the key could withdraw, or you are not sure, stop withdrawals. {lock}",
        f"See what the key did since it leaked. {_sentences(advice.check or _EXCHANGE_CHECK)}",
        _joined(f"{_LEAST}.", new, _sentences((advice.limits or "",))),
    )


def _login(system: System, advice: Advice) -> tuple[str, ...]:
    """Return the steps for what a person signs in with where they trade."""
    lock = _sentences((advice.freeze or "Use the emergency lock, or ask support to lock it",))
    return (
        f"Change the password at {system.name} now, and wherever else it is used. Sign all devices out.",
        f"If somebody else has signed in, or you are not sure, stop withdrawals. {lock}",
        f"See what was done since it leaked. {_sentences(advice.check or _EXCHANGE_CHECK)}",
        "Choose a new password that is used nowhere else, and have a second factor asked for at each sign-in.",
    )


def _wallet(rule: Rule, advice: Advice) -> tuple[str, ...]:
    """Return the steps for a seed or key that owns funds itself."""
    seed = rule.kind == "mnemonic"
    every = "on every chain and in every account of this seed" if seed else "on every chain"
    return (
        "Move the funds first, before anything else: a seed or a private key cannot be revoked."
        " Whoever has it can take everything, often within seconds.",
        "Make a new wallet with a new seed, best on a hardware wallet. Take no address from the"
        " old seed or key.",
        _joined(
            f"Send everything to the new wallet, the most valuable first, {every}: coins, tokens,"
            " NFTs, staked funds. Send the coin that pays the fees last.",
            _sentences(advice.revoke),
        ),
        _joined(
            "End what the old address allowed: token approvals, delegations, roles in contracts and"
            " multisigs.",
            _sentences(advice.check),
        ),
        _joined(
            "Never use an address of the old wallet again, and tell the people who pay to it.",
            _sentences(advice.new_key)
            or "Keep the new key in a hardware wallet or a signing service, not in a file.",
            _sentences((advice.limits or "",)),
        ),
    )


def _public_id(system: System | None, advice: Advice) -> tuple[str, ...]:
    """Return the steps for the public half of a key, found alone."""
    whose = f" {system.name}" if system else ""
    has_money = system is None or system.category in _MONEY
    deed = "to trade or to withdraw" if has_money else "to act for you"
    return (
        f"Stay calm: this is the public half of a{_n(whose)}{whose} API key. Alone it is not enough"
        f" {deed}.",
        "Check whether its secret leaked too: look beside this place, in other files and in the"
        " history: `keysweep history`",
        f"If the secret leaked, or you are not sure, delete the key.{_at(advice)}",
    )


def _service(rule: Rule, system: System, advice: Advice) -> tuple[str, ...]:
    """Return the steps for a credential of any other provider."""
    what = {
        "webhook": "webhook address",
        "password": "password",
        "connection_string": "password in this address",
        "passphrase": "passphrase",
        "token": "token",
    }.get(rule.kind, "key")
    verb = "Change" if "pass" in what else "Revoke"
    check = advice.check or ("Look for unknown logins, new users and keys, unexpected bills",)
    new = {
        "webhook": "Make a new webhook and keep its address out of the code",
        "password": "Choose a new password that is used nowhere else",
        "connection_string": "Choose a new password that is used nowhere else",
    }.get(rule.kind, _LEAST)
    lock = _sentences((advice.freeze or "",))
    return (
        f"{verb} the {what} at {system.name} now.{_at(advice)}",
        *((f"If it was misused, act fast. {lock}",) if lock else ()),
        f"See what was done with it since it leaked. {_sentences(check)}",
        _joined(f"{new}.", _sentences(advice.new_key), _sentences((advice.limits or "",))),
    )


def _key_pair(system: System | None, advice: Advice, *, may_be_wallet: bool) -> tuple[str, ...]:
    """Return the steps for a private key that opens doors: SSH, TLS, signing."""
    where = f" at {system.name}" if system else ""
    return (
        *((_OWNS_FUNDS,) if may_be_wallet else ()),
        f"Take this key out of use{where}: remove its public half wherever it is trusted"
        f" (authorized_keys, deploy keys, accounts) and revoke its certificates.{_at(advice)}",
        "Look for logins, signatures and deployments you did not make since the leak.",
        "Make a new key pair with a passphrase, and keep the private half out of every repository.",
    )


def _generic(rule: Rule) -> tuple[str, ...]:
    """Return the steps for a secret whose owner is not known."""
    what = "password" if rule.kind in ("password", "connection_string") else "secret"
    return (
        f"Change this {what} where it is used, so that the old one stops working. The name beside"
        " it usually tells which service it opens.",
        "Look for what you did not do since the leak: logins, changes, unexpected bills.",
        f"If the same {what} is used anywhere else, change it there too.",
    )


def _at(advice: Advice) -> str:
    """Return where to click, after a blank: the page, then what to do there."""
    page = f"Open {advice.page}" if advice.page else ""
    steps = _sentences(advice.revoke)
    # No full stop behind an address that ends the step: it would be clicked along with it.
    text = f"{page}. {steps}" if page and steps else page or steps
    return f" {text}" if text else ""


def _sentences(parts: tuple[str, ...]) -> str:
    """Return each part as a sentence: one line, a capital first, a full stop last.

    Example:
        >>> _sentences(("read only", "Bind it to your IP.", ""))
        'Read only. Bind it to your IP.'
    """
    lines = (" ".join(part.split()).rstrip(".;") for part in parts)
    return " ".join(f"{line[0].upper()}{line[1:]}." for line in lines if line)


def _joined(*texts: str) -> str:
    """Join texts with blanks, without the empty ones."""
    return " ".join(text.strip() for text in texts if text.strip())


def _n(name: str) -> str:
    """Return the ``n`` of ``an`` if the word begins with a vowel."""
    return "n" if (name.strip() or "API")[0].lower() in "aeiou" else ""
