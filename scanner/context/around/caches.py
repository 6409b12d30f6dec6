"""Keys of caches in the settings of a build: what is kept between runs is found by them, and they open nothing.

https://docs.gitlab.com/ci/yaml/#cachekey   https://github.com/actions/cache
https://circleci.com/docs/configuration-reference/#save_cache   https://learn.microsoft.com/azure/devops/pipelines/release/caching
"""

from scanner.lazy import lazy_compile

_REACH, _MOST_LINES = 800, 12
_NAMES = frozenset(("key", "restore-keys", "restorekeys"))
_OPENS = lazy_compile(
    rb"[ \t]*(?:-[ ]{1,3})?[\"']?(?:cache|save_cache|restore_cache)[\"']?:[ \t]*(?:&\w+[ \t]*)?\r?\Z"
)
_HANDED = lazy_compile(rb"[ \t]*(?:-[ ]{1,3})?(?:with|inputs):")
_USES = lazy_compile(
    rb"[ \t]*(?:-[ ]{1,3})?(?:uses|task):[ \t]*[\"']?[\w./-]{0,60}[cC]ache(?:/\w{1,12})?@"
)
_IN_BRACES = lazy_compile(
    rb"\b(?:cache|save_cache|restore_cache)[\"']?:[ \t]{0,4}\{[^{}\n]{0,200}\Z"
)


def why_cached(data: bytes, start: int, name: str) -> str | None:
    """Return why a key is that of a build's cache; None if it may open something.

    >>> why_cached(b"cache:\\n  key: 0f0f", 14, "key"), why_cached(b"vault:\\n  key: 0f0f", 14, "key")
    ('the key of a cache', None)
    """
    if name.lower() not in _NAMES:
        return None
    low = max(0, start - _REACH)
    lines = data[low:start].split(b"\n")
    line = lines.pop()
    if _IN_BRACES.search(line):
        return "the key of a cache"
    indent = _indent(line)
    is_handed = _HANDED.match(line) is not None
    for above in reversed(lines[-_MOST_LINES:]):
        if (
            not above.strip()
            or _indent(above) > indent
            or (_indent(above) == indent and not is_handed)
        ):
            continue
        if _OPENS.match(above) or _USES.match(above):
            return "the key of a cache"
        is_first = above.lstrip().startswith(b"-")  # of a step: what is above it is another
        if is_first or not (is_handed or _HANDED.match(above)):
            return None
        is_handed, indent = True, _indent(above)
    return None


def _indent(line: bytes) -> int:
    """Return how far a line is indented; the mark of a list counts as blanks."""
    return len(line) - len(line.lstrip(b" -"))
