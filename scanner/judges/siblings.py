"""What stands beside a value and says whose it is: a member such as ``"name": "gate"``, a cell of its row."""

from collections.abc import Iterator

from scanner.context.layout.block import Block
from scanner.context.names import roles
from scanner.context.names.spotter import Spot, Spotter
from scanner.lazy import lazy_compile
from scanner.models import Match

_SIBLING = lazy_compile(
    r"""(?i)\b(?:name|exchange|exchange_?id|ex(?:ch)?|id|provider|platform|broker|connector|venue|service|market|site|type|chain|network|blockchain)\\{0,2}["']?"""
    r"""\s{0,40}[:=]>?\s{0,40}\\{0,2}["']?([A-Za-z][\w .\-]{0,40})"""
)
_EXCHANGE = lazy_compile(
    r"""(?i)(?:\b(?:exchange(?:_?id|_?name)?|ex(?:ch)?|venue|broker|name)\\{0,2}["']?"""
    r"""\s{0,40}[:=]>?\s{0,40}\\{0,2}["']"""
    r"""|--(?:exchange|venue)(?:[ =]|["'],\s{0,3}default\s{0,2}=\s{0,2}["']))([a-z][\w .\-]{0,30})"""
)
_OF_EXCHANGE = (b"ex", b"name", b"broker", b"venue")
"""One of these is in all that ``_EXCHANGE`` finds, in lower case."""
_FOREIGN_SIBLING = lazy_compile(
    "(?:"
    + "交易所|平台|取引所|거래소|биржа|Биржа|منصة|صرافی|sàn|ตลาด".encode().decode("latin-1")
    + r"|\b(?:borsa|bursa|bolsa|corretora|boerse|gielda))"
    r"""[\"']{0,2}\s{0,8}[:=]>?\s{0,8}["']?([A-Za-z][\w .\-]{0,40})"""
)
"""``"交易所": "gate"``: words for an exchange in other languages, in a text read as Latin-1."""
_CELL = lazy_compile(
    r"""(?:^|[,;|\t(>])\s{0,3}["']?([A-Za-z][A-Za-z0-9_. ]{1,30})["']?(?=\s{0,3}[,;|\t<])"""
)


def siblings(spotter: Spotter, data: bytes, match: Match, block: Block) -> Iterator[Spot]:
    """Yield the systems that a member such as ``"name": "gate"`` or a cell of the row names."""
    text = data[block.start : match.start] + b"\n" + data[match.end : block.end]
    if b":" in text or b"=" in text:  # rows of data have neither
        written = text.decode("latin-1")
        for found in (*_SIBLING.finditer(written), *_FOREIGN_SIBLING.finditer(written)):
            if roles.kind_of(found[1]):
                continue  # the name of another secret, not of a system
            for spot in spotter.in_name(found[1]):
                yield spot._replace(what="sibling")
    low = max(0, match.start - 200)
    line = data[data.rfind(b"\n", low, match.start) + 1 or low : match.start]
    for cell in _CELL.findall(line.decode("latin-1")):
        for spot in spotter.in_name(cell):
            yield spot._replace(what="sibling")


def set_before(spotter: Spotter, data: bytes, at: int) -> Iterator[Spot]:
    """Yield the system that the nearest ``exchange = "woo"`` above names, common words too."""
    window = data[max(0, at - 1000) : at]
    lower = window.lower()
    if not any(word in lower for word in _OF_EXCHANGE):
        return
    names = _EXCHANGE.findall(window.decode("latin-1"))
    if names:
        yield from spotter.in_name(names[-1])
