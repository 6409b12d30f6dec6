"""What words are a password or a key for: what stands beside them that they open or sign."""

from scanner.context.around import signing
from scanner.context.around.connections import connects, is_at_host
from scanner.context.names.roles import words
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
    return name in _READ_BY_PROGRAMS or connects(data, match.start, match.end)


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
