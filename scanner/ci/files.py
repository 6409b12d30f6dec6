"""The files through which a step tells GitHub something: outputs and the job summary."""

import os
import secrets
from collections.abc import Mapping

from scanner.errors import UsageError


def write_outputs(path: str, values: Mapping[str, str]) -> None:
    """Append outputs to the file of GITHUB_OUTPUT.

    Each value stands between lines with a random word, so that no value can end itself and set
    another output.

    Raises:
        UsageError: the file cannot be written.
    """
    word = f"keysweep-{secrets.token_hex(16)}"
    text = "".join(f"{name}<<{word}\n{value}\n{word}\n" for name, value in values.items())
    _append(path, text)


def write_summary(path: str, text: str) -> None:
    """Append Markdown to the file of GITHUB_STEP_SUMMARY.

    Raises:
        UsageError: the file cannot be written.
    """
    _append(path, text)


def _append(path: str, text: str) -> None:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
