"""keysweep: find leaked exchange API keys, wallet keys and other secrets, and say what to do.

The house, from the door to the back:

- ``cli`` parses the command line, ``commands`` run one command each, ``wiring`` builds the parts;
- ``pipeline`` lets blobs flow from ``sources`` through ``decoders``, ``engine`` and ``judges``;
- ``reporters`` write the findings; ``remediation`` says what to do; ``redaction`` hides secrets;
- ``rules`` reads the pattern files; ``context`` and ``checksums`` hold what judges know;
- ``repository`` is every word we speak to git; ``models`` and ``errors`` are used by all;
- ``api`` is the back door, for other programs: ``from scanner import scan_text``, see docs/library.md.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.api import scan_history, scan_paths, scan_text

__version__ = "0.1.0"
__all__ = ("__version__", "scan_history", "scan_paths", "scan_text")

if not TYPE_CHECKING:  # or every name would be one that type checkers believe in

    def __getattr__(name):
        """Load the library's functions when they are asked for: the hook needs none of them."""
        if name in __all__:
            from scanner import api  # noqa: PLC0415

            return getattr(api, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
