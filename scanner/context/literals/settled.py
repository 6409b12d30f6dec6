"""Whether a value without quotes is a setting or a word of code: the whole text decides."""

from bisect import bisect_left
from itertools import islice

from scanner.context.literals import alone
from scanner.lazy import lazy_compile
from scanner.models import Match

_CODE = lazy_compile(
    rb"(?m)^[ \t]{0,8}(?:import[ \t({\"']|from[ \t]+[\w.]+[ \t]+import|package[ \t]+[\w.]|using[ \t]+\w|#include|require[ (]|"
    rb"func[ \t(]|def[ \t]|class[ \t]|module[ \t]|var[ \t]|const[ \t]|let[ \t]|public[ \t]|private[ \t]|export[ \t]+(?:default|const|class|function|\{)|"
    rb"namespace[ \t]|fn[ \t]|use[ \t]+\w|\}[ \t]*else|function[ \t(]|@\w+\(|<\?php|proc[ \t]|return[ \t;])"
    rb"|(?<=[=(,:!;])function\("
)
_CONNECTION = lazy_compile(
    rb"[\"'](?i:(?:[\w ]{1,30}=[^\s;\"'={}]{1,80}[; ][ ]?){0,6}(?:server|host|data source|uid|user(?:[ _]?(?:id|name))?)"
    rb"=[^\s;\"'={}]{1,80}[; ][ ]?(?:[\w ]{1,30}=[^\s;\"'={}]{0,80}[; ][ ]?){0,6})(?i:pwd|password)=\Z"
)
"""``"Server=db;Uid=app;Pwd=`` and ``"host=db user=app password=``, as drivers of databases take them."""
_MARKS_OF_CODE = b".,:;()[]{}<>|\\"
_FENCE = lazy_compile(rb'`|"""|\'\'\'')


class Text:
    """Whether places of a blob are program text or text inside it; worked out once, when asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._is_code: bool | None = None
        self._fences: list[int] | None = None

    def is_connection_at(self, at: int) -> bool:
        """Tell whether an offset is in a quoted list of settings that names a host or an account."""
        return _CONNECTION.search(self._data, max(0, at - 300), at) is not None

    def end_of(self, start: int, end: int, how: str) -> int:
        """Return where a value without quotes ends: in code before a mark, in a setting where no other line has it."""
        if how == "bare":
            while end > start + 1 and self._data[end - 1] in _MARKS_OF_CODE:
                end -= 1
            return end
        return alone.end_among(self._data, end)

    def is_code_at(self, at: int) -> bool:
        """Tell whether an offset is in program text, outside its long strings and comments."""
        if self._is_code is None:
            self._is_code = len(list(islice(_CODE.finditer(self._data, 0, 20_000), 2))) == 2
        if not self._is_code:
            return False
        if self._fences is None:
            self._fences = [found.start() for found in _FENCE.finditer(self._data)]
        return bisect_left(self._fences, at) % 2 == 0


def how_of(text: Text, how: str, start: int) -> str:
    """Return how a literal at an offset is bound: ``open`` is ``bare`` in code, else a ``setting``."""
    if how != "open":
        return how
    if text.is_code_at(start) and not text.is_connection_at(start):
        return "bare"
    return "setting"


def settled(text: Text, match: Match) -> Match:
    """Return a literal with what was ``open`` settled, and without a mark of the code around it at its end."""
    told = match.evidence[0]
    kind, how = told.what.split(":")
    how = how_of(text, how, match.start)
    end = text.end_of(match.start, match.end, how) if how in ("setting", "bare") else match.end
    evidence = (told._replace(what=f"{kind}:{how}"), *match.evidence[1:])
    return match._replace(end=end, evidence=evidence)
