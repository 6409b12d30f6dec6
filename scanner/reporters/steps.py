"""Take steps apart into words and commands, and make one list of steps for several findings."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scanner.models import Finding

_COMMANDS = ("git ", "cd ", "pip ", "keysweep ")
_MAX_PATHS = 6


def pieces(step: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a step and whether each stood in backticks.

    The word between two commands (``then``) is left out: each command has a line of its own.

    Example:
        >>> list(pieces("Run: `git a` then `git b`"))
        [('Run:', False), ('git a', True), ('git b', True)]
    """
    parts = step.split("`")
    after_command = False
    for index, part in enumerate(parts):
        if index % 2:
            after_command = is_command(part)
            yield part, True
            continue
        before_command = index + 1 < len(parts) and is_command(parts[index + 1])
        text = part.lstrip() if after_command else part
        text = text.rstrip() if before_command else text
        if text and not (after_command and text.strip() in ("then", ".")):
            yield text, False


def is_command(text: str) -> bool:
    """Tell whether a text in backticks is a command to run rather than a word."""
    return text.startswith(_COMMANDS)


class Section(NamedTuple):
    """Steps for some of the findings.

    Attributes:
        members: indexes of the findings, ascending.   steps: in order.
        is_shared: the steps end several other sections, so they come once, after all of those.
    """

    members: tuple[int, ...]
    steps: tuple[str, ...]
    is_shared: bool = False


def sections(findings: Sequence[Finding]) -> list[Section]:
    """Return what to do about all findings that nothing silences.

    Those of one provider at one exposure have a section; what several of them end with, such as the rewriting of a
    history, comes once for all, behind them.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, finding in enumerate(findings):
        if finding.allowed_by is None:
            groups.setdefault(_form(finding), []).append(index)
    own: list[Section] = []
    shared: list[Section] = []
    endings = _endings([findings[members[0]] for members in groups.values()])
    tails: dict[tuple[object, ...], list[int]] = {}
    for members, ending in zip(groups.values(), endings, strict=True):
        steps = merged([findings[index] for index in members])
        steps = steps[: len(steps) - len(ending) + 1] if ending else steps
        if steps:
            own.append(Section(tuple(members), steps))
        if ending:
            tails.setdefault(ending, []).extend(members)
    for ending, members in tails.items():
        steps = merged([findings[index] for index in sorted(members)], len(ending) - 1)
        shared.append(Section(tuple(sorted(members)), steps, is_shared=True))
    return own + shared


def _endings(findings: Sequence[Finding]) -> list[tuple[object, ...]]:
    """Return what each finding's steps share with others: its exposure and the words; ``()`` if it is below two steps.

    The longest one counts that another has too, so what ends all lists does not shorten what most of them share.
    """
    possible = [
        [
            (finding.exposure, *words[start:])
            for words in [[_words(step) for step in finding.steps]]
            for start in range(len(words) - 1)
        ]
        for finding in findings
    ]
    counts = Counter(ending for endings in possible for ending in endings)
    longest = [next((one for one in endings if counts[one] > 1), ()) for endings in possible]
    chosen = Counter(longest)
    return [ending if chosen[ending] > 1 else () for ending in longest]


def _form(finding: Finding) -> tuple[object, ...]:
    """Return what findings have in common whose steps differ only inside backticks."""
    return finding.system or finding.kind, finding.exposure, tuple(map(_words, finding.steps))


def _words(step: str) -> tuple[object, ...]:
    # The count too: a report from elsewhere may hold a backtick that nothing closes.
    return (step.count("`"), *step.split("`")[::2])


def merged(findings: Sequence[Finding], last: int | None = None) -> tuple[str, ...]:
    """Return the steps for all of ``findings``, or their last ones, which differ only inside backticks.

    The steps are those of the finding with the oldest commit (a rebase from there passes the other
    commits too); a command on one path gets the paths of all.
    """
    first = min(findings, key=lambda finding: finding.date or "")
    count = len(first.steps) if last is None else last
    return tuple(
        _merged_step(first.steps[-index], [item.steps[-index] for item in findings])
        for index in range(count, 0, -1)
    )


def _merged_step(step: str, others: Sequence[str]) -> str:
    """Return ``step`` with the paths of the same step of other findings in its commands."""
    parts = step.split("`")
    for index in range(1, len(parts), 2):
        command, option, path = _split(parts[index])
        if not option and not parts[index].startswith("/"):  # a line for .gitignore does
            continue
        values = [path if option else parts[index]]
        for other in others:
            their_command, _, their_path = _split(other.split("`")[index])
            if their_path not in values and (not option or their_command == command):
                values.append(their_path)
                if len(values) > _MAX_PATHS:
                    break
        if len(values) > _MAX_PATHS:
            values = [f"{'FILE...' if option == _DASHES else 'FILE'}"] if option else values[:1]
        between = option if option == _PATH else " "
        parts[index] = (
            f"{command}{option}{between.join(values)}" if option else "` and `".join(values)
        )
    return "`".join(parts)


def _split(command: str) -> tuple[str, str, str]:
    """Return a command, the option that its paths stand behind, and the path; else all of it last."""
    for option in (_PATH, _DASHES):
        before, found, path = command.partition(option)
        if found:
            return before, option, path
    return "", "", command


_DASHES, _PATH = " -- ", " --path "
