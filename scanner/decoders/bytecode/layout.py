"""What differs between the versions of CPython: magic numbers, headers, code objects, numbers of instructions.

Facts: ``Lib/importlib/_bootstrap_external.py`` (magic numbers), ``Python/marshal.c`` (code objects), ``Lib/opcode.py``
and ``Include/opcode_ids.h`` (numbers) of https://github.com/python/cpython at the tags of each version.
"""

from collections.abc import Mapping
from typing import NamedTuple

from scanner.binary import is_binary


class Layout(NamedTuple):
    """How a version writes compiled files.

    Attributes:
        version: as in ``(3, 12)``.   first, last: its magic numbers, drafts of it too.   header: bytes before the code.
        numbers: names of instructions by number; what is not there is of no use here.
    """

    version: tuple[int, int]
    first: int
    last: int
    header: int
    numbers: Mapping[int, str]

    def __hash__(self) -> int:
        """Return the same for the same version."""
        return hash(self.version)

    @property
    def counts(self) -> int:
        """How many numbers of four bytes a code object begins with."""
        return 6 if (3, 8) <= self.version < (3, 11) else 5

    @property
    def joins_locals(self) -> bool:
        """Whether local, cell and free variables are one tuple."""
        return self.version >= (3, 11)


_ALL = """
POP_TOP 1, NOP 9, BINARY 23 25, COMPARE 107, STORE_SUBSCR 60, RETURN_VALUE 83, STORE_NAME 90 97, STORE_ATTR 95,
LOAD_CONST 100, LOAD_NAME 101, TUPLE 102, LIST 103 104, MAP 105, LOAD_ATTR 106, IMPORT_NAME 108, IMPORT_FROM 109,
LOAD_GLOBAL 116, LOAD_FAST 124, STORE_FAST 125, EXTENDED_ARG 144, MAP_ADD 147, FORMAT 155, CONST_KEY_MAP 156,
STRING 157, EXTEND 162, UPDATE 165, NOP 85"""
_TO_310 = "CALL 131 161, CALL_KW 141, LOAD_ATTR 160, LOAD_CELL 136, STORE_CELL 137, SWAP_TWO 2, COPY_TOP 4"
_SINCE_311 = """
NOP 0 2 75 135 149 151, BINARY 122, LOAD_FAST 137, STORE_FAST 138, CALL 171, KW_NAMES 172, SWAP 99, COPY 120"""
_ONLY_311 = "LOAD_ATTR 160, NOP 166"
_ONLY_312 = "RETURN_CONST 121, LOAD_FAST 127"
_313 = """
NOP 0 14 30 34 35 37 40 60 62 94 149, DROP 15, COPY 61, SWAP 115, LOAD_TWO 88, STORE_TWO 112,
BINARY 5 45, COMPARE 58, POP_TOP 32, RETURN_VALUE 36, STORE_SUBSCR 39, CONST_KEY_MAP 46,
LIST 47 49, MAP 48, STRING 51, TUPLE 52, CALL 53, CALL_KW 57, UPDATE 69, EXTENDED_ARG 71, IMPORT_FROM 74,
IMPORT_NAME 75, EXTEND 81, LOAD_ATTR 82, LOAD_CONST 83, LOAD_FAST 84 85 87, LOAD_GLOBAL 91, LOAD_NAME 92, MAP_ADD 95,
RETURN_CONST 103, STORE_ATTR 108, STORE_FAST 109 110, STORE_NAME 113 114"""
_314 = """
NOP 0 12 27 28 33 34 36 39 58 60 97 128, DROP 13, COPY 59, SWAP 117, LOAD_TWO 87 89, STORE_TWO 114,
POP_TOP 31, RETURN_VALUE 35, STORE_SUBSCR 38, BINARY 44, COMPARE 56, LIST 46 48, MAP 47,
STRING 50, TUPLE 51, CALL 52, CALL_KW 55, UPDATE 67, EXTENDED_ARG 69, IMPORT_FROM 72, IMPORT_NAME 73, EXTEND 79,
LOAD_ATTR 80, LOAD_CONST 82, LOAD_FAST 83 84 86 88, LOAD_GLOBAL 92, LOAD_NAME 93, LOAD_INT 94, MAP_ADD 98,
STORE_ATTR 110, STORE_FAST 111 112, STORE_NAME 115 116"""
"""What each instruction means here, and its numbers; several that do the same have one name."""


def _table(*parts: str) -> Mapping[int, str]:
    lines = (line.split() for part in parts for line in part.split(","))
    return {int(number): name for name, *numbers in lines for number in numbers}


LAYOUTS = (
    Layout((3, 6), 3360, 3379, 12, _table(_ALL, _TO_310)),
    Layout((3, 7), 3390, 3394, 16, _table(_ALL, _TO_310)),
    Layout((3, 8), 3400, 3413, 16, _table(_ALL, _TO_310)),
    Layout((3, 9), 3420, 3425, 16, _table(_ALL, _TO_310)),
    Layout((3, 10), 3430, 3439, 16, _table(_ALL, _TO_310)),
    Layout((3, 11), 3450, 3495, 16, _table(_ALL, _SINCE_311, _ONLY_311)),
    Layout((3, 12), 3500, 3531, 16, _table(_ALL, _SINCE_311, _ONLY_312)),
    Layout((3, 13), 3550, 3571, 16, _table(_313)),
    Layout((3, 14), 3600, 3627, 16, _table(_314)),
)


def layout_of(data: bytes) -> Layout | None:
    r"""Return how a compiled file is laid out, None if it is none that is known.

    >>> layout_of(b"\xcb\x0d\r\n" + bytes(12) + b"\xe3").version, layout_of(b"\x89PNG\r\n")
    ((3, 12), None)
    """
    if data[2:4] != b"\r\n" or not is_binary(data):
        return None
    magic = int.from_bytes(data[:2], "little")
    for layout in LAYOUTS:
        if layout.first <= magic <= layout.last:
            return layout if data[layout.header : layout.header + 1] in (b"c", b"\xe3") else None
    return None
