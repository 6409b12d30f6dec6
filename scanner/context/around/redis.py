"""Names under which Redis is told to keep a value: ``SET bot:api_key ...``, ``HSET bot api_key ... api_secret ...``.

https://redis.io/docs/latest/commands/set/ and the like: a command names its key first, one of hashes then each field.
"""

from scanner.lazy import lazy_compile

_COMMAND = lazy_compile(
    r"^[ \t]*(?:[^\n]{0,80}[ >])??(?i:"
    r"(?:set(?:nx)?|getset|p?setex)[ ]{1,2}[\"']?(?P<name>[\w:.\-]{2,80})[\"']?[ ]{1,2}(?:\d{1,9}[ ]{1,2})?"
    r"|h(?:m?set|setnx)[ ]{1,2}[\"']?[\w:.\-]{1,80}[\"']?[ ]{1,2}(?:[\"']?[\w.\-]{1,40}[\"']?[ ]{1,2}[\"']?[^\s\"']{1,200}[\"']?[ ]{1,2}){0,6}"
    r"[\"']?(?P<field>[\w.\-]{2,40})[\"']?[ ]{1,2})[\"']?$"
)


def name_of(left: str) -> str:
    """Return the key or field that a command keeps what follows under; ``""`` if what is left of it is none.

    >>> name_of("SET bot:api_key "), name_of('HMSET bot label x secret "'), name_of("set up the ")
    ('bot:api_key', 'secret', '')
    """
    found = _COMMAND.match(left) if left[-1:] in (" ", '"', "'") else None
    return (found["name"] or found["field"]) if found is not None else ""
