"""Names of what has an id or a digest and is no part of a credential: runs, snapshots, files, signatures."""

from scanner.context.names.roles import words
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_THINGS = frozenset(
    (
        *("run", "job", "task", "session", "request", "correlation", "event", "snapshot", "state"),
        *("checkpoint", "model", "build", "image", "release", "batch", "worker", "instance"),
        *(
            "node",
            "tx",
            "txn",
            "block",
            "swap",
            "broadcast",
            "digest",
            "layer",
            "artifact",
            "weights",
        ),
    )
)
_FILE = lazy_compile(
    r"(?i)[^\s\"']{1,160}\.(?:sql|py|pyi|jsx?|tsx?|mjs|cjs|go|rs|java|kt|php|rb|cs|c|h|cpp|hpp|sh|sol|vue|css|html?"
    r"|md|rst|txt|lock|toml|whl|gz|tgz|zip|jar|so|dll|exe|wasm|bin|png|jpg|svg)"
)
NO_BRANDS = frozenset(
    ("linear", word)
    for word in ["gradient", "layout", "regression", "interpolation", "algebra", "search", "scale"]
) | {("sql", "alchemy"), *(("base", size) for size in ["16", "32", "36", "58", "62", "64", "85"])}
"""Words of brands that mean something else with the word beside them: ``linearGradient``, ``SQL_ALCHEMY_CONN``."""
_SIGNATURE = lazy_compile(
    r"(?i)(?:^|[^\w])(?:api[-_ ]?sign|sign(?:ature)?|firma|signatur|assinatura|podpis|imza|handtekening|firm[aă] digital\w?"
    r"|tanda tangan|подпись|підпис|签名|簽名|簽章|署名|서명)\W{0,6}$"
)
_IDS = lazy_compile(
    r"(?:(?:\b|_)(?:ids|uids|users|orders|trades|hashes|txs|mints|addresses|categories|tags|groups|roles)|[a-z_](?:Ids|_ids|IDs))[\"']?\s{0,4}(?:=>|:=|[:=])?\s{0,4}(?:new\s)?[\w<>\[\]]{0,24}[\[({]?\s{0,4}$"
)


@remembered(4096)
def is_thing(name: str) -> bool:
    """Tell whether a name is of something that has an id or a digest of its own.

    >>> is_thing("kSession"), is_thing("model_snapshot"), is_thing("session_key"), is_thing("account")
    (True, True, False, False)
    """
    return words(name)[-1:] != () and words(name)[-1] in _THINGS


@remembered(4096)
def is_file(name: str) -> bool:
    """Tell whether a name is that of a file, as lists of checksums have them.

    >>> is_file("0024_api_key.sql"), is_file("src/api_key.py"), is_file("db.password")
    (True, True, False)
    """
    return _FILE.fullmatch(name) is not None


def names_signature(label: str) -> bool:
    """Tell whether the words before a value end in one for a signature, in the languages that people write.

    >>> names_signature("Firma: `"), names_signature("签名："), names_signature("API key:")
    (True, True, False)
    """
    return _SIGNATURE.search(label) is not None


def lists_ids(opener: str) -> bool:
    """Tell whether what is opened around a value is a list of ids.

    >>> lists_ids("ids = ["), lists_ids("accountIds:"), lists_ids("keys = [")
    (True, True, False)
    """
    return _IDS.search(opener) is not None
