"""Secrets out of the history: the files for ``git filter-repo``, and, if asked, the rewriting itself.

The repository that is looked at is never changed, and nothing is ever pushed.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

from scanner import wiring
from scanner.binary import is_binary
from scanner.commands.scanning import run_scan
from scanner.config import Config
from scanner.errors import ScannerError, SourceError, UsageError
from scanner.fix.expressions import lines_for, write_private
from scanner.fix.spans import cut, secret_at
from scanner.models import Finding, Report, Skipped
from scanner.reporters.escape import visible
from scanner.repository import LOCAL_VARIABLES, ObjectReader, Repository
from scanner.sources import Source

_LEAST_ENCODED = 16  # characters: less could stand anywhere by chance


def rewrite(args: argparse.Namespace) -> int:
    """Write the file, print the commands, and with --rewrite run them; return the exit status."""
    repository = Repository.discover(args.paths[0] if args.paths else None)
    target = os.path.abspath(args.rewrite) if args.rewrite else None
    if target and os.path.lexists(target):
        raise UsageError(f"--rewrite: {args.rewrite} is there already; name a new folder")
    findings, skipped = _scan(args, repository, repository.top)
    secrets, left = _secrets(repository, findings)
    for finding in left:
        place = finding.path or f"message of {finding.commit}"
        print(
            f"left: {visible(place)}: {finding.rule} {visible(finding.redacted)}: not as plain text;"
            f" take the whole file out: git filter-repo --invert-paths --path FILE"
        )
    for item in skipped:
        print(
            f"NOT READ: {visible(item.path or item.commit or item.blob or '')}: {visible(item.detail)}"
        )
    if not secrets:
        print("keysweep: nothing to take out of the history")
        return 2 if skipped else 1 if left else 0
    home = repository.top or repository.git_dir
    file = _write(home, secrets)
    commands = _commands(home, file, target)
    print(
        f"{len(secrets)} secrets to take out: {visible(file)} (only you can read it; delete it later)"
    )
    short = sum(len(secret) < _LEAST_ENCODED for secret in secrets)
    if short:
        print(
            f"{short} of them are short: each is replaced wherever it stands, as a part of words too"
        )
    print("First revoke them: what was pushed stays known. Then, on a new clone:")
    for command in commands:
        print(f"  {visible(shlex.join(command))}")
    caution = _caution(repository)
    if target is None:
        print(caution, end="")
        return 2 if skipped else 1
    _run(commands, target)
    return _prove(args, repository, target, secrets, bool(skipped or left), caution)


def _caution(repository: Repository) -> str:
    """Return what a forced push would do to commits of others that no branch here has; empty if there are none."""
    missing = ("rev-list", "--count", "--remotes", "--not", "--branches")
    count = int(repository.run(*missing))
    if not count:
        return ""
    commits = "1 commit" if count == 1 else f"{count:,} commits"
    return (
        f"CAUTION: no branch here has {commits} of the remote's branches. Pushed by force, a clone of this repository\n"
        "would delete that, or leave it as it is. Start from a clone that has everything:\n"
        "  git clone --mirror URL fresh.git\n"
        "  keysweep fix --history --rewrite cleaned.git fresh.git\n"
    )


def _scan(
    args: argparse.Namespace, repository: Repository, top: str | None
) -> tuple[list[Finding], list[Skipped]]:
    """Return the findings of a whole history that nothing silences, and what was not read."""
    kept: list[Finding | Skipped] = []

    def make(config: Config) -> Source:
        from scanner.sources.history import HistorySource  # noqa: PLC0415

        return HistorySource(repository, max_blob_bytes=config.max_blob_size, unreachable=True)

    def keep(config: Config, patterns: wiring.Patterns, report: Report) -> int:
        del config, patterns
        kept.extend(report.items)
        return 0

    run_scan(args, make, top=top, command="history", write=keep)
    findings = [item for item in kept if isinstance(item, Finding) and item.allowed_by is None]
    return findings, [item for item in kept if isinstance(item, Skipped)]


def _secrets(repository: Repository, findings: list[Finding]) -> tuple[set[bytes], list[Finding]]:
    """Return the secrets as they stand in files and messages, and findings that have no such form."""
    secrets: set[bytes] = set()
    left: list[Finding] = []
    with ObjectReader(repository) as reader:
        for finding in findings:
            found = _forms(reader, finding)
            secrets |= found
            if not found:
                left.append(finding)
    return secrets, left


def _forms(reader: ObjectReader, finding: Finding) -> set[bytes]:
    forms: set[bytes] = set()
    for place in finding.occurrences:
        oid = place.blob or finding.blob or place.commit or finding.commit
        if oid is None or finding.source == "archive-member":
            continue
        kind, content = reader.read(oid)
        if kind in ("commit", "tag"):
            content = content.partition(b"\n\n")[2]
        elif is_binary(content):
            continue  # filter-repo replaces nothing in such a file
        text = content.decode("utf-8", "surrogateescape")
        secret = secret_at(text, place, finding, finding.path or "")
        if secret is None and finding.decoded:
            written = cut(text, place)
            secret = written if written and len(written) >= _LEAST_ENCODED else None
        if secret is not None:
            forms.add(secret.encode("utf-8", "surrogateescape"))
    return forms


def _write(home: str, secrets: set[bytes]) -> str:
    """Write the replacements into a new folder beside the repository (mode 0700)."""
    parent, name = os.path.split(os.path.abspath(home))
    try:
        folder = tempfile.mkdtemp(prefix=f"{name}-secrets-", dir=parent)
    except OSError as error:
        raise SourceError(f"{parent}: {error.strerror}") from error
    return write_private(folder, "replace.txt", lines_for(secrets))


def _commands(home: str, file: str, target: str | None) -> list[list[str]]:
    clone = target or os.path.join(os.path.dirname(file), "cleaned.git")
    return [
        ["git", "clone", "--mirror", "--no-local", "--template=", home, clone],
        # It takes a clone with a stash in it for one that somebody works in.
        [
            "git",
            "-C",
            clone,
            "filter-repo",
            "--force",
            "--replace-text",
            file,
            "--replace-message",
            file,
        ],
    ]


def _run(commands: list[list[str]], target: str) -> None:
    """Run the commands; no hook, no other transport than files."""
    tool = shutil.which("git-filter-repo") or os.path.join(
        os.path.dirname(sys.executable), "git-filter-repo"
    )
    if not os.path.exists(tool):
        raise UsageError("git filter-repo is not there: pip install git-filter-repo")
    environment = {k: v for k, v in os.environ.items() if k not in LOCAL_VARIABLES}
    environment |= {"GIT_ALLOW_PROTOCOL": "file", "GIT_TERMINAL_PROMPT": "0"}
    environment["PATH"] = os.pathsep.join([os.path.dirname(tool), environment.get("PATH", "")])
    for command in commands:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            lines = done.stdout.decode("utf-8", "replace").strip().splitlines() or [""]
            # git names files and refs here, never content.
            raise ScannerError(f"{command[0]} {command[3]} failed: {lines[-1]}; remove {target}")


def _prove(
    args: argparse.Namespace,
    original: Repository,
    target: str,
    secrets: set[bytes],
    was_left: bool,
    caution: str,
) -> int:
    """Scan the new clone, and say whether something is left in it."""
    clone = Repository.discover(target)
    findings, skipped = _scan(args, clone, original.top)
    there, _ = _secrets(clone, findings)
    for finding in findings:
        place = finding.path or f"message of {finding.commit}"
        print(f"LEFT: {visible(place)}: {finding.rule} {visible(finding.redacted)}")
    for item in skipped:
        print(f"NOT READ: {visible(item.detail)}")
    if findings or skipped or there & secrets:
        print(f"{visible(target)}: rewritten, but something is left (see above)")
        return 2 if skipped else 1
    print(f"{visible(target)}: rewritten, and a scan of all of it finds nothing.")
    if caution:
        print(caution, end="")
        return 1
    print(
        "Look at it. Nothing was pushed. Fetch once more: what others pushed since, the next commands delete."
    )
    print("When everybody is ready:")
    for what in ("--all", "--tags"):
        print(f"  git -C {visible(shlex.quote(target))} push --force {what} URL")
    return 1 if was_left else 0
