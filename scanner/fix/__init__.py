"""Move secrets out of files: into ``.env``, with code in their place that reads them from there.

Words: a *literal* is a secret as it stands in a file; an *editor* knows one language: it puts reading
code in a literal's place, or returns None where that is not safe, and then a person must.
"""

from typing import Protocol


class Editor(Protocol):
    """What is done in one language; texts are whole files, spans half-open, in characters."""

    def replace(self, text: str, start: int, end: int, name: str) -> str | None:
        """Return the text with code that reads the variable ``name`` in place of the span."""
        ...

    def finish(self, text: str) -> str | None:
        """Return the text with what the code needs (an import), once all literals are replaced."""
        ...

    def complaint(self, before: str, after: str, path: str) -> str | None:
        """Return why ``after`` is not to be written (it cannot be parsed), None if it is."""
        ...
