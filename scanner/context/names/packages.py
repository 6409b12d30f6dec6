"""Packages of Go: what a file calls those by whose paths it imports."""

import re
from collections.abc import Iterator

from scanner.lazy import lazy_compile

_GO_IMPORT = lazy_compile(
    r"""^(?:import[ \t]+|[ \t]+)(?:(?P<alias>[a-z]\w{0,30})[ \t]+)?"(?P<path>[\w.\-]{4,40}/[\w.\-/]{3,100})"[ \t\r]*$""",
    re.MULTILINE,
)
"""A line of Go's ``import (...)``: its last part, or the name before it, is what the package is called by."""
_OF_EXCHANGES = lazy_compile(r"""(?<=[/.])exchanges?[/.](?P<what>[a-z][a-z0-9]{1,20})(?=["'\s;])""")
_GO_VERSION = lazy_compile(r"/v[0-9]{1,3}$")


def packages(text: str) -> Iterator[tuple[str, str]]:
    """Yield each package that a text imports by a path, with that path.

    >>> list(packages('import (\\n\\t"context"\\n\\tgb "github.com/u/go-binance/v2"\\n)'))
    [('gb', 'github.com/u/go-binance/v2')]
    """
    for found in _GO_IMPORT.finditer(text) if "import" in text else ():
        path = found["path"]
        yield found["alias"] or _GO_VERSION.sub("", path).rpartition("/")[2], path


def exchanges(text: str) -> Iterator[tuple[int, str]]:
    """Yield where a module of an exchange among others stands, and its name, which may be a common word.

    >>> list(exchanges('import (\\n\\t"github.com/c9s/bbgo/pkg/exchange/woo"\\n)'))
    [(35, 'woo')]
    """
    for found in _OF_EXCHANGES.finditer(text) if "import" in text else ():
        yield found.start(), found["what"]
