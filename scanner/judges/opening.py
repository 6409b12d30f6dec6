"""What words are a password or a key for: what stands beside them that they open or sign."""

from scanner.context.around import signing
from scanner.context.around.connections import connects, is_at_host
from scanner.context.names.roles import words
from scanner.context.values.customary import OF_SECRETS, PARTS
from scanner.context.values.passwords import OWN, PHRASE
from scanner.context.values.phrases import has_long_number
from scanner.context.values.signers import may_be_place, names_signer
from scanner.models import Match


def signs(data: bytes, match: Match, how: str, name: str) -> bool:
    """Tell whether words sign tokens or sessions: by their name or section, and not by that of where a key lies."""
    if how == "setting" and may_be_place(data[match.start : match.end]):
        return data[match.start - 1 : match.start] == b"=" and names_signer(name)
    return names_signer(name) or signing.signs_tokens(data, match.start)


def opens(data: bytes, match: Match, worth: str, name: str) -> bool:
    """Tell whether what a password of words opens stands beside it; what calls itself one may need a host."""
    if worth == OWN and not has_long_number(data[match.start : match.end]):
        return is_at_host(data, match.start, match.end)
    if worth == PHRASE and not _PARTS_OF_PROGRAMS.isdisjoint(words(name)[-1:]):
        return False
    if name in _READ_BY_PROGRAMS or connects(data, match.start, match.end):
        return True
    return worth == PHRASE and _tells_what(data, match, name)


def _tells_what(data: bytes, match: Match, name: str) -> bool:
    """Tell whether a name says what its password opens (``db_password``), and the value is no name of its own.

    Without quotes it is read only where a variable of the environment is set: elsewhere a type may stand there.
    """
    before = data[max(0, match.start - 2) : match.start]
    is_bound = before[-1:] in (b'"', b"'", b"`") or (before[-1:] == b"=" and before[:1] != b" ")
    value = data[match.start : match.end]
    if value.isalpha() and value.islower():
        return False  # one run of letters is often the name of a program: ``DB_PASSWORD=keycloak``
    parts = {part.lower() for part in PARTS.findall(value)}
    own = {part.encode() for part in words(name)}
    return (
        is_bound
        and not _OPENED.isdisjoint(words(name))
        and (words(name) or ("",))[-1].rstrip("0123456789") in _PASSWORDS
        and parts.isdisjoint(own | OF_SECRETS | _KINDS)
        and _OPENED.isdisjoint(part.decode() for part in parts)
    )


_PASSWORDS = frozenset(("password", "passwd", "pass", "pwd", "pw", "passwort", "psw"))
_OPENED = frozenset(
    (
        *("db", "database", "datasource", "jdbc", "sql", "mysql", "mariadb", "postgres", "pg"),
        *("postgresql", "mssql", "oracle", "mongo", "mongodb", "redis", "rabbitmq", "amqp", "ftp"),
        *("sftp", "smtp", "imap", "mail", "ldap", "ssh", "vpn", "wifi", "wlan", "keystore", "jks"),
        *("elasticsearch", "elastic", "clickhouse", "cassandra", "neo4j", "kafka", "mqtt", "snmp"),
    )
)
"""What is logged in to with a password that is kept: forms of a site ask for none of them."""
_KINDS = frozenset(
    b"db database sql mail email server config configuration settings setting store storage provider manager reader "
    b"loader resolver binding property variable environment env vault credential credentials connection factory".split()
)
"""Words of what gives a password out, and of what it opens: those name it."""


_PARTS_OF_PROGRAMS = frozenset(
    (
        *("encoder", "encoding", "hasher", "provider", "service", "manager", "validator", "store"),
        *(
            "strategy",
            "plugin",
            "handler",
            "factory",
            "generator",
            "authenticator",
            "authentication",
        ),
        *("mode", "source", "filter", "bean", "scheme", "command", "callback", "action", "event"),
    )
)
"""Last words of names whose value is what does something with a password: ``passwordEncoder``."""


_READ_BY_PROGRAMS = frozenset(
    (
        *("PGPASSWORD", "MYSQL_PWD", "SSHPASS", "RSYNC_PASSWORD", "LFTP_PASSWORD"),
        *("RESTIC_PASSWORD", "POSTGRES_PASSWORD", "MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD"),
        *("MARIADB_ROOT_PASSWORD", "MARIADB_PASSWORD", "MONGO_INITDB_ROOT_PASSWORD"),
        *("SA_PASSWORD", "MSSQL_SA_PASSWORD"),
    )
)
"""Variables that tell a program or an image itself how to log in: no form has a field of such a name."""
