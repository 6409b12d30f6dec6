"""What one run leaves for the next: the state of a scanned history, and the baseline."""

import os
from typing import TYPE_CHECKING

from scanner import rules
from scanner.wiring.patterns import engine_name

if TYPE_CHECKING:
    from scanner.baseline import Baseline
    from scanner.config import Config
    from scanner.repository import Repository


def baseline(path: str, top: str | None, repository: str | None = None) -> "Baseline":
    """Return the baseline of a file.

    Args:
        path: the file.   top: folder that paths of the work tree start at.
        repository: path of the repository that is scanned, None for the one around.

    Raises:
        ConfigError: the file cannot be read or is no baseline.
    """
    from scanner.baseline import Baseline
    from scanner.baseline.content import StandingContent
    from scanner.baseline.entries import read

    entries, history = read(path)
    return Baseline(entries, StandingContent(top, repository), history=history)


class HistoryStore:
    """Keeps what a scan of a whole history leaves for the next, in the user's cache folder."""

    def __init__(self, key: str) -> None:
        self._key = key

    def load(self) -> list[bytes] | None:
        """Return the sections as they were saved; None if there are none to be trusted."""
        from scanner.engine import cache

        file = cache.open_cached(self._key, ".history")
        if file is None:
            return None
        sections = [file.section(number) for number in range(len(file))]
        file.close()
        whole = [section for section in sections if section is not None]
        return whole if len(whole) == len(sections) else None

    def save(self, sections: list[bytes]) -> None:
        """Replace what is kept, at once or not at all; nothing at all for no sections."""
        from scanner.engine import cache

        cache.store(self._key, sections, ".history")


def history_store(config: "Config", repository: "Repository") -> HistoryStore | None:
    """Return where the state of a repository is kept, for these rules and this code; None for nowhere."""
    if config.no_cache:
        return None
    from scanner.engine import cache

    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(top)
        for name in names
        if not name.endswith(".pyc")
    ]
    patterns = rules.pattern_files(config.patterns)
    files = sorted({*patterns, *rules.extended(patterns), *code})
    about = "|".join(
        (
            repository.common_dir,
            repository.object_format,
            str(config.max_blob_size),
            engine_name(),
            str(config.min_confidence == "low"),  # weak words are not looked for otherwise
        )
    )
    return HistoryStore(cache.key_of(files, about))
