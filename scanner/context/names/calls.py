"""The call that a value is an argument of, and what its name says of its arguments."""

from scanner.context.names.roles import words
from scanner.lazy import lazy_compile

_CALL = lazy_compile(
    r"""(?P<name>[\w.:$>\\\-]{1,100}(?:(?<=hex)!|(?<=256)!)?)\s*(?:<[^<>]{0,40}>)?\s*$"""
)
_MARKS = lazy_compile(r"[(){}\[\],;]")
_WRAPPERS = frozenset(("Some", "Just", "String::from", "Secret::new", "SecretString::from"))
"""Calls that only wrap an argument of the call around them."""
_DECODER = lazy_compile(
    r"(?:^|[.:])(?:unhexlify|a2b_hex|HexBytes|decode_hex|Buffer\.from|Hex\.decode|decodeHex|hex::decode|hex!|b256!"
    r"|hexToBytes|hexToU8a|arrayify|DecodeString|Hex2Bytes|MustDecode|RemoveZeroHex|hexStringToByteArray"
    r"|toBigInt|BigInteger|fromHexString|FromHexString|StringToByteArray|HexToByteArray|HexString|GetBytes)$"
    r"|^(?:(?:bytes|bytearray|base)\.)?from_?[hH]ex$|^(?:common\.|util\.)?FromHex$|^(?:byte|hex2bin|Data)$"
)
"""Calls that decode an argument of the call around them: ``PrivateKey(bytes.fromhex("..."))``."""


def open_call(window: str) -> tuple[str, int]:
    """Return the call whose argument list is open at the end of ``window``, and the index.

    The call around one that only decodes its argument goes first, if there is one.

    >>> open_call("sign(msg, bytes.fromhex('"), open_call("key = bytes.fromhex('")
    (('sign', 1), ('bytes.fromhex', 0))
    """
    decoder = "", -1
    depth = commas = 0
    for found in reversed(list(_MARKS.finditer(window))):
        char = found.group()
        if char in ")]}":
            depth += 1
        elif char in "([{":
            if depth == 0:
                if char != "(":
                    return decoder
                before = window[max(0, found.start() - 140) : found.start()]
                call = _CALL.search(before)  # PHP has ``Binance\API``
                is_call = call is not None and any(map(str.isalnum, call["name"]))
                if call is not None and call["name"] in _WRAPPERS:
                    commas = 0
                    continue
                if call is None or not is_call:
                    return decoder
                if commas == 0 and decoder[1] < 0 and _DECODER.search(call["name"]):
                    decoder = call["name"], 0
                    continue
                return call["name"], commas
            depth -= 1
        elif depth == 0:
            if char == ";":
                return decoder
            commas += 1
    return decoder


_ASKS = frozenset(
    (
        *("get", "fetch", "query", "find", "describe", "check", "list", "retrieve", "lookup"),
        *("cancel", "close", "delete", "update", "amend", "modify", "edit", "replace", "track"),
    )
)
"""First words of calls that ask for a thing by its id, or change it."""
_ACTS = frozenset(
    (
        *("cancel", "amend", "transfer", "withdraw", "deposit", "trade", "status", "position"),
        *("refund", "redeem", "repay", "settle", "track", "subscribe", "unsubscribe"),
    )
)
"""Words that say so alone, as a method: ``client.cancel("...")``; ``text.replace("...")`` does not."""
_NOUNS = frozenset(("trade", "status", "position", "deposit"))
"""Those of them that name a class where they begin with a capital: ``kucoin.Trade(key, secret)``."""
_THINGS = frozenset(
    (
        *("trade", "trades", "position", "positions", "deposit", "deposits", "transfer"),
        *("transfers", "withdraw", "withdrawal", "withdrawals", "fill", "fills", "status"),
        *("transaction", "transactions", "receipt"),
    )
)
"""What has an id, beside orders."""
_ORDERS = ("order", "orders", "ord", "ords", "oid", "cloid")
_OF_IT = ("detail", "details", "info", "history", "result", "state")
"""Last words for what is asked about a thing: ``order_info``."""
_SENDS = frozenset(("async", "sync", "send", "request", "call", "execute", "by", "id", "ids"))
"""Last words that say how something is called, not what."""
_MAKES = lazy_compile(r"(?i)(?:client|exchange|api|session|instance|connection|service|adapter)$")
"""What a call would give back if it took keys."""
_MEMBER = lazy_compile(r"->|[.:>\\]+")


def takes_ids(callee: str) -> bool:
    """Tell whether a call does something to an order or the like, so that its arguments are ids, not keys.

    >>> takes_ids("client.CancelOrderAsync"), takes_ids("client.transfer"), takes_ids("okx.get_client")
    (True, True, False)
    """
    members = [member for member in _MEMBER.split(callee) if member]
    said: tuple[str, ...] = ()
    while members and not said:
        last = members.pop()
        said = _without_manner(words(last))
    if not said or _MAKES.search(last):
        return False
    if said[-1] in _ORDERS:
        return True
    if not members:
        return said[0] == "cancel"  # another function of one's own may take the keys first
    if len(said) > 1 and said[-1] in _OF_IT and said[-2] in (*_ORDERS, *_THINGS):
        return True
    if len(said) == 1:
        if said[0] in _ACTS:
            return not (said[0] in _NOUNS and last[0].isupper())
        among = words(members[-1])[-1:]  # ``client.orders.get``
        return said[0] in _ASKS and not {*_ORDERS, *_THINGS}.isdisjoint(among)
    return said[0] in _ASKS or said[-1] in _THINGS


_CREDENTIALS = (("api", "credentials"), ("api", "credential"))


def takes_pair(callee: str) -> bool:
    """Tell whether a class takes a key and its secret, of whatever exchange.

    >>> takes_pair("new ApiCredentials"), takes_pair("Credentials")
    (True, False)
    """
    return words(_MEMBER.split(callee)[-1])[-2:] in _CREDENTIALS


_TAKES = frozenset(
    (
        *("key", "keys", "secret", "secrets", "token", "credential", "credentials", "creds"),
        *("pass", "password", "passphrase", "auth", "authenticate", "authorize", "authenticated"),
        *("login", "logon", "signin", "sign", "signer", "connect", "init", "initialize"),
        *("configure", "config", "setup", "set", "with", "use", "account", "user", "session"),
        *("start", "open", "register", "add", "create", "new", "make", "build", "load"),
        *("client", "api", "headers"),
    )
)
"""Words of methods that a made object may be given its keys by."""


def takes_keys(callee: str) -> bool:
    """Tell whether a method may be what an object is given its keys by, once it is made.

    >>> takes_keys("client.authenticate"), takes_keys("client.subscribe")
    (True, False)
    """
    members = [member for member in _MEMBER.split(callee) if member]
    return bool(members) and not _TAKES.isdisjoint(words(members[-1]))


def _without_manner(said: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a call without the last ones that only say how.

    >>> _without_manner(("get", "order", "by", "id", "async")), _without_manner(("send", "request"))
    (('get', 'order'), ())
    """
    end = len(said)
    while end and (said[end - 1] in _SENDS or said[end - 1].isdigit()):
        end -= 1
    return said[:end]


_PUBLIC = lazy_compile(r"(?i)(?:pub(?:lic)?_?|verify(?:ing)?_?)key|\bpub\b")
_PRIVATE = lazy_compile(r"(?i)priv|seed|secret")


def takes_public(callee: str) -> bool:
    """Tell whether a call makes a public key of its argument, which is none of a private one.

    >>> takes_public("PublicKey::from_slice"), takes_public("PublicKeyFromSeed")
    (True, False)
    """
    return _PUBLIC.search(callee) is not None and _PRIVATE.search(callee) is None


_SERVERS = frozenset(
    (
        *("smtp", "smtplib", "imap", "imaplib", "pop3", "mail", "mailer", "email", "yagmail"),
        *("ftp", "ftplib", "sftp", "ftps", "ldap", "ldap3", "ssh", "ssh2", "paramiko", "telnet"),
        *("mysql", "mysqli", "pymysql", "cymysql", "mariadb", "psycopg2", "pg", "pgsql", "epgsql"),
        *("postgres", "sql", "odbc", "oci", "oracle", "oracledb", "pymssql", "mssql", "sqlsrv"),
        *("ibase", "pdo", "sequelize", "db", "dbi", "database", "ldb", "eldap", "server"),
        *("mqtt", "mqttc", "amqp", "rabbitmq", "pika", "kafka", "redis"),
    )
)
"""Words of a call that say what is logged in to: a server of mail, of files or of messages, a directory, a database."""
_LOG_INS = frozenset(
    ("usernamepwset", "plainauth", "simplebind", "simplebinds", "jdbcconnection", "getconnection")
)


def logs_in_to_server(callee: str) -> bool:
    """Tell whether a call says by itself that it logs in to a server that anybody runs, whatever the file is about.

    >>> [logs_in_to_server(call) for call in ("server.login", "mqttc.username_pw_set", "mysqli_connect")]
    [True, True, True]
    >>> logs_in_to_server("api.login"), logs_in_to_server("exchange.connect")
    (False, False)
    """
    said = words(callee)
    return not _SERVERS.isdisjoint(said) or "".join(words(_MEMBER.split(callee)[-1])) in _LOG_INS
