"""Stop the harm: delete the key or move the funds, look for misuse, make a better key."""

from scanner.models import Advice, Rule, System

_LEAST = "Make the new key with the least rights it needs"
_EXCHANGE_CHECK = (
    "orders you did not place",
    "withdrawals and transfers",
    "new withdrawal addresses",
    "new API keys and sub-accounts",
    "logins and devices",
)
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
    if system and system.category in _MONEY:
        return _exchange(system, advice)
    if rule.kind == "private_key":
        return _key_pair(system, advice)
    if system:
        return _service(rule, system, advice)
    return _generic(rule)


def is_wallet(rule: Rule, system: System | None) -> bool:
    """Tell whether the secret itself owns funds: no provider can take it back."""
    if rule.kind == "mnemonic":
        return True
    return bool(system and system.category == "wallet") and rule.kind != "api_key"


def _exchange(system: System, advice: Advice) -> tuple[str, ...]:
    """Return the steps for a key that can trade, and perhaps withdraw."""
    # The same words for every part of a credential, so that its parts can share their steps.
    steps = [
        f"Delete the API key at {system.name} now; its secret and passphrase end with it."
        f"{_at(advice)}"
    ]
    freeze = advice.freeze or "use the account's emergency lock, or ask support to lock it"
    steps.append(
        f"If the key could withdraw, or you are not sure, stop withdrawals: {_phrase(freeze)}."
    )
    check = advice.check or _EXCHANGE_CHECK
    steps.append(f"Look for what you did not do since the leak: {_listed(check)}.")
    new = advice.new_key or ("read only, or trade",)
    steps.append(
        f"{_LEAST}: {_listed(new)}. Leave withdrawals off and allow only your own IP addresses."
        + (f" {_sentence(advice.limits)}" if advice.limits else "")
    )
    return tuple(steps)


def _wallet(rule: Rule, advice: Advice) -> tuple[str, ...]:
    """Return the steps for a seed or key that owns funds itself."""
    seed = rule.kind == "mnemonic"
    every = "on every chain and in every account of this seed" if seed else "on every chain"
    own = f" For this wallet: {_listed(advice.revoke)}." if advice.revoke else ""
    check = f" Also check: {_listed(advice.check)}." if advice.check else ""
    return (
        "Move the funds first, before anything else: a seed or a private key cannot be revoked."
        " Whoever has it can take everything, often within seconds.",
        "Make a new wallet with a new seed, best on a hardware wallet. Take no address from the"
        " old seed or key.",
        f"Send everything to the new wallet, the most valuable first, {every}: coins, tokens, NFTs,"
        f" staked funds. Send the coin that pays the fees last.{own}",
        "End what the old address allowed: token approvals, delegations, roles in contracts and"
        f" multisigs.{check}",
        "Never use an address of the old wallet again, and tell the people who pay to it."
        + (
            f" For the new key: {_listed(advice.new_key)}."
            if advice.new_key
            else " Keep the new key in a hardware wallet or a signing service, not in a file."
        ),
    )


def _public_id(system: System | None, advice: Advice) -> tuple[str, ...]:
    """Return the steps for the public half of a key, found alone."""
    whose = f" {system.name}" if system else ""
    return (
        f"Stay calm: this is the public half of a{_n(whose)}{whose} API key. Alone it is not enough"
        " to trade or to withdraw.",
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
    }.get(rule.kind, "key")
    verb = "Change" if "pass" in what else "Revoke"
    check = advice.check or ("access logs", "new users and keys", "unexpected bills")
    new = {
        "webhook": "Make a new webhook and keep its address out of the code",
        "password": "Choose a new password that is used nowhere else",
        "connection_string": "Choose a new password that is used nowhere else",
    }.get(rule.kind, _LEAST)
    new = f"{new}: {_listed(advice.new_key)}." if advice.new_key else f"{new}."
    return (
        f"{verb} the {what} at {system.name} now.{_at(advice)}",
        *((f"If it was misused: {_phrase(advice.freeze)}.",) if advice.freeze else ()),
        f"Look for what you did not do since the leak: {_listed(check)}.",
        f"{new}{f' {_sentence(advice.limits)}' if advice.limits else ''}",
    )


def _key_pair(system: System | None, advice: Advice) -> tuple[str, ...]:
    """Return the steps for a private key that opens doors: SSH, TLS, signing."""
    where = f" at {system.name}" if system else ""
    return (
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
    """Return where to click: `` Open PAGE. Then: a; b.``, or as much of it as is known."""
    page = f" Open {advice.page}" if advice.page else ""
    if not advice.revoke:
        return page
    return f"{page}{'.' if page else ''} Then: {_listed(advice.revoke)}."


def _listed(parts: tuple[str, ...]) -> str:
    """Join phrases with semicolons, without the full stops they may end in."""
    return "; ".join(_phrase(part) for part in parts)


def _phrase(text: str) -> str:
    """Return one line without a full stop at its end."""
    return " ".join(text.split()).rstrip(".;")


def _sentence(text: str) -> str:
    """Return one line with a full stop at its end."""
    return _phrase(text) + "."


def _n(name: str) -> str:
    """Return the ``n`` of ``an`` if the word begins with a vowel."""
    return "n" if (name.strip() or "API")[0].lower() in "aeiou" else ""
