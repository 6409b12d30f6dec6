"""Take steps apart into words and commands, and make one list of steps for several findings."""

from collections.abc import Iterator, Sequence

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


def form(finding: Finding) -> tuple[object, ...]:
    """Return what findings have in common whose steps differ only inside backticks."""
    # The count too: a report from elsewhere may hold a backtick that nothing closes.
    words = tuple((step.count("`"), *step.split("`")[::2]) for step in finding.steps)
    return finding.system or finding.kind, finding.exposure, words


def merged(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the steps for all of ``findings``, which are of the same ``form``.

    The steps are those of the finding with the oldest commit (a rebase from there passes the other
    commits too); a command on one path gets the paths of all.
    """
    first = min(findings, key=lambda finding: finding.date or "")
    return tuple(
        _merged_step(step, [item.steps[index] for item in findings])
        for index, step in enumerate(first.steps)
    )


def _merged_step(step: str, others: Sequence[str]) -> str:
    """Return ``step`` with the paths of the same step of other findings in its commands."""
    parts = step.split("`")
    for index in range(1, len(parts), 2):
        command, dashes, path = parts[index].partition(" -- ")
        is_ignore_line = parts[index].startswith("/")
        if not dashes and not is_ignore_line:
            continue
        values = [path if dashes else parts[index]]
        for other in others:
            theirs = other.split("`")
            their_command, _, their_path = theirs[index].partition(" -- ")
            value = their_path if dashes else theirs[index]
            if value not in values and (not dashes or their_command == command):
                values.append(value)
                if len(values) > _MAX_PATHS:
                    break
        if len(values) > _MAX_PATHS:
            values = ["FILE..."] if dashes else values[:1]
        parts[index] = f"{command} -- {' '.join(values)}" if dashes else "` and `".join(values)
    return "`".join(parts)
