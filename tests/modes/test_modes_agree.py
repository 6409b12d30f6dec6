"""Never a false "clean": however a text is scanned, what is found in it is the same.

The texts of small histories are scanned by a detector that has seen nothing, and that is what every other mode has to
find: one detector for all texts in any order, the memory of a history with its usual limits and with tiny ones,
windows, the plain engine, several processes, and a real repository.
"""

from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scanner import scan_history, scan_paths, wiring
from scanner.api import Scan
from scanner.context.literals import named
from scanner.context.names import spotter
from scanner.engine import bound, memory, search
from scanner.judges import recalled
from tests.modes.forgetting import Memories, found
from tests.modes.histories import Versions, histories, short_histories

LIMITS = (
    *((memory, "_MOST", 10), (memory, "_MOST_SORTS", 1), (search, "_REMEMBERED", 2)),
    *((bound, "_REMEMBERED", 2), (recalled, "_MOST", 2), (spotter, "_MOST_LINES", 2)),
    (named, "_MOST_LINES", 2),
)
"""How much is remembered: so little that most is forgotten between any two texts."""
WINDOW = 2500
SHORT, LONG = ("scan", "tiny", "plain"), ("history", "tiny", "windows", "plain")
"""Modes that short texts are scanned in, and all but one for those that a memory keeps."""


class Modes:
    """Detectors for all modes, which forget what they have seen before each comparison."""

    def __init__(self, engines: dict[str, wiring.Patterns]) -> None:
        """Build them; each of them twice: without weak words as passwords, too, as usual."""
        self._detectors = {
            (engine, repeats, drops): wiring.detector_maker(patterns, repeats, drops)()
            for engine, patterns in engines.items()
            for repeats in (False, True)
            for drops in (False, True)
            if repeats or engine == "hyperscan"
        }
        self._memories = Memories(*self._detectors.values())

    def assert_agree(self, mode: str, drops: bool, texts: list[bytes]) -> None:
        """Compare what a detector finds in texts, one after the other, with what one finds that knows none."""
        alone, alone_in = {}, self._detectors["hyperscan", False, drops]
        for text in dict.fromkeys(texts):
            self._memories.forget()
            alone[text] = found(alone_in, text)
        self._memories.forget()
        engine = "plain" if mode == "plain" else "hyperscan"
        detector = self._detectors[engine, mode != "scan", drops]
        with pytest.MonkeyPatch.context() as patch:
            for module, name, value in LIMITS if mode in ("tiny", "windows") else ():
                patch.setattr(module, name, value)
            if mode == "windows":
                patch.setattr(memory, "_LARGEST_TEXT", WINDOW)
            for number, text in enumerate(texts):
                assert found(detector, text) == alone[text], (mode, number)


@pytest.fixture(scope="module")
def modes(engines: dict[str, wiring.Patterns]) -> Modes:
    """Return the detectors for all modes."""
    return Modes(engines)


@pytest.mark.no_cover  # much of the same
@settings(max_examples=150, deadline=None, derandomize=True)
@given(mode=st.sampled_from(SHORT), drops=st.booleans(), versions=short_histories())
def test_short_texts(modes: Modes, mode: str, drops: bool, versions: Versions) -> None:
    modes.assert_agree(mode, drops, [*(text for _, text in versions), versions[0][1]])


@pytest.mark.no_cover  # much of the same
@settings(max_examples=40, deadline=None, derandomize=True)
@given(mode=st.sampled_from(LONG), drops=st.booleans(), versions=histories())
def test_texts(modes: Modes, mode: str, drops: bool, versions: Versions) -> None:
    modes.assert_agree(mode, drops, [*(text for _, text in versions), versions[0][1]])


Told = set[tuple[Any, ...]]


def told(scan: Scan) -> Told:
    """Return what a scan tells of its findings, but for the commit."""
    result = scan.result()
    assert result.complete
    return {
        (one.path, one.secret, one.rule, one.confidence, one.line, one.column, one.paired_with)
        for one in result.findings
    }


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(several=st.lists(histories(), min_size=2, max_size=2))
def test_repositories(git_repo: Callable[..., Any], several: list[list[tuple[str, bytes]]]) -> None:
    """A tree or a history is scanned alike in one process and in two; the history has what each tree had."""
    with TemporaryDirectory() as folder:
        repo = git_repo(folder)
        trees: Told = set()
        for place, versions in enumerate(several):
            for name, text in versions:
                repo.write(f"{place}{name}", text)
                repo.git("add", "--all")
                repo.commit()
                trees |= told(scan_paths(repo.path, reveal=True))
        for scan in (scan_paths, scan_history):
            one, two = (told(scan(repo.path, jobs=jobs, reveal=True)) for jobs in (1, 2))
            assert one == two
        assert {row[:2] for row in trees} <= {row[:2] for row in one}
