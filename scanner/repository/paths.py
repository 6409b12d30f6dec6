"""Paths and git's messages as text for people: lossless where UTF-8, escaped where not."""


def display_path(raw: bytes) -> str:
    r"""Return a path's bytes as text: UTF-8 as it is, every other byte as ``\xNN``.

    >>> display_path(b"caf\xc3\xa9/\xff.env")
    'café/\\xff.env'
    """
    return raw.decode("utf-8", "backslashreplace")


def printable(text: str) -> str:
    r"""Return text in which control characters are escaped, so that it can go to a terminal.

    >>> printable("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )


def display_name(name: str) -> str:
    r"""Return a file name as the operating system gives it, shown like ``display_path``.

    >>> display_name("\udcff.env")
    '\\xff.env'
    """
    return name if name.isascii() else display_path(name.encode("utf-8", "surrogateescape"))
