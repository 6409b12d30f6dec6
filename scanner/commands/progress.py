"""One line on a terminal's standard error while a scan lasts; nothing for short scans and logs."""

import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from scanner.models import Finding, Skipped
from scanner.sources import Source

DELAY_S = 1.0
"""A scan that is over by then shows nothing."""
_EVERY_S = 0.2


class Progress:
    """Draws what has been read so far, and wipes it before anything else is written."""

    def __init__(self, source: Source) -> None:
        """Prepare to draw what ``source`` counts.

        Some sources know more than their coverage: ``total_bytes`` there are to read (None until it
        is known), ``candidates`` that are no findings yet, and that all ``is_read``.
        """
        self._source: Any = source
        self._findings = 0
        self._started = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def watch(self, items: Iterator[Finding | Skipped]) -> Iterator[Finding | Skipped]:
        """Pass items on while the line is drawn; the line is gone once they are exhausted."""
        self._thread.start()
        try:
            for item in items:
                self._findings += isinstance(item, Finding)
                yield item
        finally:
            self._stop.set()
            self._thread.join()

    def _run(self) -> None:
        if self._stop.wait(DELAY_S):
            return
        while True:
            sys.stderr.write(f"\r\x1b[2K{self.line()}")
            sys.stderr.flush()
            if self._stop.wait(_EVERY_S):
                break
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()

    def line(self) -> str:
        """Return the line: what was read, the rate, the time left if the total is known, findings."""
        seen, total = self._source.coverage, getattr(self._source, "total_bytes", None)
        candidates = getattr(self._source, "candidates", 0)
        if getattr(self._source, "is_read", False) and not self._findings:
            return f"keysweep: {seen.blobs:,} blobs read, placing {candidates:,} candidates"
        seconds = max(0.001, time.monotonic() - self._started)
        rate = seen.bytes / seconds
        parts = [f"{seen.blobs:,} blobs", f"{seen.bytes / 1e6:,.1f} MB", f"{rate / 1e6:,.0f} MB/s"]
        if total and rate:
            left = max(0.0, (total - seen.bytes) / rate)
            share = min(99, 100 * seen.bytes // total)
            parts = [f"{share} %", *parts, f"{left:,.0f} s left"]
        if candidates and not self._findings:
            parts.append(f"{candidates:,} candidates")
        else:
            parts.append(f"{self._findings:,} found")
        return "keysweep: " + ", ".join(parts)
