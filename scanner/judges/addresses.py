"""Private keys of 64 hexadecimal digits: what is called one is most often that of an address."""

from scanner.context.around.binding import Binding
from scanner.context.names import roles
from scanner.judges.forms import is_hex_64
from scanner.models import Rule

SHARED = "evm_private_key"
HEX_64 = 64
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


def is_marked(data: bytes, start: int, name: str, value: bytes) -> bool:
    """Tell whether 64 hexadecimal digits are written as an address's key is, ``0x``, and called what such keys are.

    No service writes its keys so; slots of a storage, hashes and salts are written so, and called other things.

    >>> is_marked(b"OWNER_KEY=0x", 12, "OWNER_KEY", b"5e" * 32), is_marked(b"marketKey=0x", 12, "marketKey", b"5e" * 32)
    (True, False)
    """
    if not is_hex_64(value) or b"0x" not in (data[start - 2 : start].lower(), value[:2].lower()):
        return False
    words = roles.words(name)
    return words in _SECRETS or (words[-1:] == ("key",) and not _HOLDERS.isdisjoint(words))


_SECRETS = (("sk",), ("secret",), ("secret", "key"))
_HOLDERS = frozenset(
    (
        *(
            "owner",
            "account",
            "acc",
            "signer",
            "sender",
            "from",
            "user",
            "buyer",
            "seller",
            "agent",
        ),
        *(
            "operator",
            "admin",
            "deployer",
            "bot",
            "trader",
            "funder",
            "minter",
            "relayer",
            "keeper",
        ),
        *(
            "liquidator",
            "executor",
            "sniper",
            "attacker",
            "master",
            "treasury",
            "hot",
            "main",
            "eth",
        ),
        *(
            "ethereum",
            "evm",
            "bsc",
            "bnb",
            "polygon",
            "matic",
            "arb",
            "arbitrum",
            "optimism",
            "base",
        ),
        *("mainnet", "sepolia", "goerli", "testnet"),
    )
)
"""Whose key it is: an account that sends transactions, or its network."""


def is_other_hex(rule: Rule, value: bytes, kind: str | None) -> bool:
    """Tell whether 64 hexadecimal digits that are called a private key, or a password, are no such secret.

    They are the key of an address or a hash, whatever exchange is spoken of around them.
    """
    is_other = kind in ("private_key", "password") and rule.kind in ("api_key", "api_secret")
    return is_other and is_hex_64(value)
