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
from scanner.commands.scanning import run_scan
from scanner.config import Config
from scanner.errors import ScannerError, SourceError, UsageError
from scanner.fix.expressions import lines_for, write_private
from scanner.fix.forms import LEAST_ENCODED, secrets_of
from scanner.models import Finding, Report, Skipped
from scanner.remediation.clean import quoted
from scanner.reporters.escape import visible
from scanner.reporters.words import place, plural
from scanner.repository import LOCAL_VARIABLES, Repository
from scanner.sources import Source

_LISTED = 40


def rewrite(args: argparse.Namespace) -> int:
    """Write the file, print the commands, and with --rewrite run them; return the exit status."""
    repository = Repository.discover(args.paths[0] if args.paths else None)
    if args.settings_from is None:
        return _rewrite(args, repository, repository.top)
    from scanner.ci.trusted import settings_of  # noqa: PLC0415  (only where it is asked for)

    with settings_of(repository, args.settings_from) as top:
        return _rewrite(args, repository, top)


def _rewrite(args: argparse.Namespace, repository: Repository, top: str | None) -> int:
    target = os.path.abspath(args.rewrite) if args.rewrite else None
    if target and os.path.lexists(target):
        raise UsageError(f"--rewrite: {args.rewrite} is there already; name a new folder")
    findings, skipped = _scan(args, repository, top)
    secrets, left = secrets_of(repository, findings)
    _list(findings, left, skipped)
    if not secrets:
        print("keysweep: nothing to take out of the history")
        return 2 if skipped else 1 if left else 0
    home = repository.top or repository.git_dir
    file = _write(home, secrets)
    commands = _commands(home, file, target)
    print(
        f"{plural(len(secrets), 'secret')} to take out: {visible(file)}"
        " (only you can read it; delete its folder when you are done)"
    )
    short = sum(len(secret) < LEAST_ENCODED for secret in secrets)
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
    status = _prove(args, target, secrets, bool(skipped or left), caution, top)
    print(f"Delete {visible(os.path.dirname(file))}: it holds the secrets.")
    return status


def _list(findings: list[Finding], left: list[Finding], skipped: list[Skipped]) -> None:
    """Write what is replaced, so that a false alarm is seen before, and what is not."""
    replaced = [finding for finding in findings if finding not in left]
    for finding in replaced[:_LISTED]:
        print(f"{place(finding)}: {finding.rule} {visible(finding.redacted)}")
    if len(replaced) > _LISTED:
        print(f"and {len(replaced) - _LISTED:,} more: `keysweep history` lists them")
    for finding in left:
        file = quoted(finding.path) if finding.path else ""
        way = f"take the whole file out: git filter-repo --invert-paths --path {file}"
        print(
            f"left: {place(finding)}: {finding.rule} {visible(finding.redacted)}: not as plain text; "
            + (way if file else "write this message anew")
        )
    for item in skipped:
        print(f"NOT READ: {place(item)}: {visible(item.detail)}")


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
        "  keysweep fix --history --rewrite rewritten.git fresh.git\n"
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


def _write(home: str, secrets: set[bytes]) -> str:
    """Write the replacements into a new folder beside the repository (mode 0700)."""
    parent, name = os.path.split(os.path.abspath(home))
    try:
        folder = tempfile.mkdtemp(prefix=f"{name}-secrets-", dir=parent)
    except OSError as error:
        raise SourceError(f"{parent}: {error.strerror}") from error
    return write_private(folder, "replace.txt", lines_for(secrets))


def _commands(home: str, file: str, target: str | None) -> list[list[str]]:
    clone = target or os.path.join(os.path.dirname(file), "rewritten.git")
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
    target: str,
    secrets: set[bytes],
    was_left: bool,
    caution: str,
    top: str | None,
) -> int:
    """Scan the new clone, and say whether something is left in it."""
    clone = Repository.discover(target)
    findings, skipped = _scan(args, clone, top)
    there, _ = secrets_of(clone, findings)
    for finding in findings:
        print(f"LEFT: {place(finding)}: {finding.rule} {visible(finding.redacted)}")
    for item in skipped:
        print(f"NOT READ: {place(item)}: {visible(item.detail)}")
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
