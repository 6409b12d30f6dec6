"""Build files whose values know their lines.

A value is put into text between private-use characters that carry its number; encoders that
keep them (JSON, XML, string escapes) can be applied afterwards. `Tree.add` strips them and notes
line and column.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from corpus.systems import Part

_MARK = re.compile("\ue000(\\d+)\ue001|\ue002(\\d+)\ue003")


@dataclass
class Note:
    """What is known of a value before its line is: a label, or the category of a look-alike."""

    entry: dict[str, Any]
    is_label: bool
    text: str


@dataclass
class Tree:
    """The files made so far, their labels and look-alikes."""

    files: dict[str, bytes] = field(default_factory=dict)
    labels: list[dict[str, Any]] = field(default_factory=list)
    lookalikes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def _mark(self, note: Note) -> str:
        self.notes.append(note)
        number = len(self.notes) - 1
        return f"\ue000{number}\ue001{note.text}\ue002{number}\ue003"

    def secret(self, part: Part, *, text: str | None = None, told: bool | None = True) -> str:
        """Return the marked `text` (the value itself if not given) of a planted value.

        `told` says whether the surrounding file tells the provider; a value that tells by itself
        always does.
        """
        system = part.system
        accept = [word for word in (system.product, *system.ccxt) if word]
        if "{bip39" in part.field.template:
            accept.append("bip39_mnemonic")
        entry = {
            "system": system.id,
            "kind": part.field.kind,
            "field": part.field.name,
            "provider_told": bool(told) or part.field.tells_system,
            "optional": part.field.is_optional,
            "accept": accept,
            "value_sha256": hashlib.sha256(part.value.encode()).hexdigest(),
        }
        return self._mark(Note(entry, True, part.value if text is None else text))

    def look(self, category: str, text: str) -> str:
        """Return the marked `text` of a look-alike."""
        return self._mark(Note({"category": category}, False, text))

    def lift(self, text: str) -> tuple[str, str]:
        """Return `text` without marks, and the marks alone."""
        return _MARK.sub("", text), "".join(m[0] for m in _MARK.finditer(text))

    def wrap(self, text: str, encoded: str) -> str:
        """Return `encoded`, which stands for all of `text`, inside all marks of `text`."""
        marks = [m[0] for m in _MARK.finditer(text)]
        return (
            "".join(m for m in marks if m[0] == "\ue000")
            + encoded
            + "".join(m for m in marks if m[0] == "\ue002")
        )

    def add(
        self,
        path: str,
        text: str,
        *,
        context: str,
        difficulty: str,
        data: bytes | None = None,
        encoding: str = "utf-8",
    ) -> None:
        """Keep a file; `data` is what is really written (an archive) and then no lines are told."""
        while path in self.files:
            stem, dot, suffix = path.rpartition(".")
            path = (
                f"{stem or path}_{len(self.files)}{dot}{suffix}"
                if stem
                else f"{path}.{len(self.files)}"
            )
        clean: list[str] = []
        spans: dict[int, list[int]] = {}
        size = last = 0
        for mark in _MARK.finditer(text):
            piece = text[last : mark.start()]
            clean.append(piece)
            size += len(piece)
            last = mark.end()
            spans.setdefault(int(mark[1] or mark[2]), []).append(size)
        clean.append(text[last:])
        body = "".join(clean)
        starts = [0, *(m.end() for m in re.finditer("\n", body))]
        self.files[path] = body.encode(encoding) if data is None else data
        for number, (begin, *rest) in sorted(spans.items(), key=lambda item: (item[1], item[0])):
            end = max(begin, (rest[0] if rest else begin) - 1)
            row, end_row = (bisect.bisect_right(starts, place) for place in (begin, end))
            line = None if data is not None else row
            note = self.notes[number]
            if note.is_label:
                self.labels.append(
                    {
                        "path": path,
                        "line": line,
                        "column": None if line is None else begin - starts[row - 1] + 1,
                        "end_line": None if line is None else end_row,
                        **note.entry,
                        "difficulty": difficulty,
                        "context": context,
                    }
                )
            else:
                self.lookalikes.append({"path": path, "line": line, **note.entry})
