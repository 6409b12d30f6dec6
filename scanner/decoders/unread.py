"""What could not be read inside one blob, told once for each kind: a bomb holds thousands of archives in archives."""

from collections.abc import Iterator

from scanner.models import CONTENT_REASONS, Skipped

_LISTED = 20
"""Notices of one reason that are told word for word; of the others, how many they are."""


class Unread:
    """Gathers the notices of one blob: the same one said again is counted, and so are those past a limit."""

    def __init__(self) -> None:
        self._counts: dict[Skipped, int] = {}
        self._listed: dict[str, int] = {}
        self._more: dict[str, tuple[Skipped, int]] = {}

    def take(self, notice: Skipped) -> Iterator[Skipped]:
        """Keep a notice for ``told``; yield it at once if it is of content that is only counted."""
        if notice.reason in CONTENT_REASONS:
            yield notice
        elif notice in self._counts:
            self._counts[notice] += 1
        elif self._listed.get(notice.reason, 0) < _LISTED:
            self._listed[notice.reason] = self._listed.get(notice.reason, 0) + 1
            self._counts[notice] = 1
        else:
            last, count = self._more.get(notice.reason, (notice, 0))
            self._more[notice.reason] = last, count + 1

    def told(self) -> Iterator[Skipped]:
        """Yield the notices, in order of their first time, with how often each was given; then what they are not all.

        >>> unread, one = Unread(), Skipped("a.gz", None, None, "limit", "not opened")
        >>> [*unread.take(one), *unread.take(one)], [notice.detail for notice in unread.told()]
        ([], ['not opened (2 times)'])
        """
        for notice, count in self._counts.items():
            times = f" ({count:,} times)" if count > 1 else ""
            yield notice._replace(detail=notice.detail + times)
        for first, count in self._more.values():
            more = f" (and {count - 1:,} more like it)" if count > 1 else ""
            yield first._replace(detail=first.detail + more)
