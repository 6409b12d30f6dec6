"""The call that a value is an argument of."""

from scanner.lazy import lazy_compile

_CALL = lazy_compile(r"""(?P<name>[\w.:$>\-]{1,100})\s*(?:<[^<>]{0,40}>)?\s*$""")
_MARKS = lazy_compile(r"[(){}\[\],;]")
_WRAPPERS = frozenset(("Some", "Just", "String::from", "Secret::new", "SecretString::from"))
"""Calls that only wrap an argument of the call around them."""


def open_call(window: str) -> tuple[str, int]:
    """Return the call whose argument list is open at the end of ``window``, and the index."""
    depth = commas = 0
    for found in reversed(list(_MARKS.finditer(window))):
        char = found.group()
        if char in ")]}":
            depth += 1
        elif char in "([{":
            if depth == 0:
                if char != "(":
                    return "", -1
                before = window[max(0, found.start() - 140) : found.start()]
                call = _CALL.search(before)
                is_call = call is not None and any(map(str.isalnum, call["name"]))
                if call is not None and call["name"] in _WRAPPERS:
                    commas = 0
                    continue
                return (call["name"], commas) if call is not None and is_call else ("", -1)
            depth -= 1
        elif depth == 0:
            if char == ";":
                return "", -1
            commas += 1
    return "", -1
