"""Whose key a variable is by its own name, where that name is of nobody we know."""

from scanner.context.names.roles import words
from scanner.remembered import remembered

_FOR_ALL = frozenset(
    (
        *("my", "your", "our", "test", "tests", "testing", "testnet", "mainnet", "demo", "live"),
        *("prod", "production", "dev", "development", "stage", "staging", "paper", "sandbox"),
        *("real", "main", "sub", "master", "primary", "secondary", "backup", "default", "first"),
        *("second", "third", "spot", "futures", "future", "margin", "swap", "perp", "perpetual"),
        *(
            "linear",
            "inverse",
            "trade",
            "trader",
            "trading",
            "read",
            "readonly",
            "write",
            "withdraw",
        ),
        *(
            "bot",
            "exchange",
            "exch",
            "broker",
            "client",
            "server",
            "service",
            "rest",
            "http",
            "web",
        ),
        *(
            "websocket",
            "public",
            "private",
            "user",
            "users",
            "account",
            "accounts",
            "owner",
            "admin",
        ),
        *(
            "access",
            "auth",
            "vite",
            "next",
            "react",
            "expo",
            "nuxt",
            "gatsby",
            "config",
            "settings",
        ),
        *("setting", "options", "params", "const", "self", "this", "quant", "strategy", "algo"),
        *("arbitrage", "hedge", "grid", "signal", "market", "crypto", "wallet", "left", "right"),
        *("long", "short", "maker", "taker", "source", "target", "local", "global", "remote"),
    )
)
"""Words before ``api key`` that name nobody: the key may be of whoever is spoken of."""
_PARTS = (("api", "key"), ("api", "secret"), ("api", "token"), ("secret", "key"), ("access", "key"))


@remembered(4096)
def own_part(name: str) -> tuple[str, ...]:
    """Return the last words of a name that begins with the name of somebody: what of theirs it holds; else none.

    >>> own_part("OPENSEA_API_KEY"), own_part("TRADING_API_KEY"), own_part("API_KEY_2")
    (('api', 'key'), (), ())
    """
    parts = words(name)
    if parts[-2:] not in _PARTS or len(parts) < 3:
        return ()
    is_whose = any(len(part) > 3 and part not in _FOR_ALL for part in parts[:-2])
    return parts[-2:] if is_whose else ()


def is_of_sibling(word: str, part: tuple[str, ...]) -> bool:
    """Tell whether a word is the name of the same part of somebody's credential.

    >>> is_of_sibling("ALCHEMY_API_KEY", ("api", "key")), is_of_sibling("ALCHEMY_URL", ("api", "key"))
    (True, False)
    """
    said = words(word)
    return len(said) > len(part) and said[-len(part) :] == part
