"""Private keys of 64 hexadecimal digits: what is called one is most often that of an address."""

from scanner.context.around.binding import Binding
from scanner.context.names import roles
from scanner.judges.forms import is_hex_64
from scanner.models import Rule

SHARED = "evm_private_key"
_SIGNS = frozenset(("sign", "signing", "jwt", "encryption", "server", "node", "ssh", "tls", "ssl"))
"""Words of names whose private keys are no chain's."""
_PROCESSORS = frozenset(("coinpayments",))
"""Services that call the secret of their API a private key: https://www.coinpayments.net/apidoc-intro."""


def is_of_processor(name: str) -> bool:
    """Tell whether a private key is by its name that of the API of a service for payments.

    >>> is_of_processor("coinpayments_private_key"), is_of_processor("DEPLOYER_PRIVATE_KEY")
    (True, False)
    """
    return not _PROCESSORS.isdisjoint(roles.words(name))


def is_of_address(rule: Rule, binding: Binding, value: bytes) -> bool:
    """Tell whether a private key of 64 hexadecimal digits may be that of an address, whatever it is called."""
    return (
        rule.system == SHARED
        and is_hex_64(value)
        and not roles.is_elsewhere(binding.name)
        and _SIGNS.isdisjoint(roles.words(binding.name))
        and "signing" not in roles.words(binding.callee)  # of ecdsa and nacl: any curve
    )


def is_other_hex(rule: Rule, value: bytes, kind: str | None) -> bool:
    """Tell whether 64 hexadecimal digits that are called a private key, or a password, are no such secret.

    They are the key of an address or a hash, whatever exchange is spoken of around them.
    """
    is_other = kind in ("private_key", "password") and rule.kind in ("api_key", "api_secret")
    return is_other and is_hex_64(value)
