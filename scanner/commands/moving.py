"""Literals of the work tree into ``.env``: find them, plan, show, write."""

import argparse
import os
from collections.abc import Sequence
from typing import Any

from scanner import wiring
from scanner.commands.scanning import run_scan
from scanner.config import Config
from scanner.errors import ScannerError, SourceError, UsageError
from scanner.fix.files import EnvFile, check_env_file, is_ignored, read_text, write_text
from scanner.fix.plan import FilePlan, Literal, diff, hint, plan_file, variable
from scanner.fix.spans import cut, places_of, secret_at, span_of
from scanner.models import Finding, Report, Skipped
from scanner.reporters.escape import visible
from scanner.repository import NoRepository, ObjectReader, Repository
from scanner.sources import Source

_TELLING = 16  # characters: a value of this length is no word that stands elsewhere by chance
_LOAD = """\
Load {env} where the program starts: compose files do it by themselves; else
  set -a; . {sourced}; set +a        (shell)
  node --env-file={env} app.js       (Node 20.6 and later)
  python-dotenv's load_dotenv()      (Python)"""


class Moving:
    """One run of ``keysweep fix`` over the work tree.

    Attributes:
        plans: what is done to each file.
        left: findings that stay, and why.
    """

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        try:
            self._repository: Repository | None = Repository.discover()
        except NoRepository:
            self._repository = None
        self._top = self._repository.top if self._repository else None
        self._env = EnvFile(args.env)
        check_env_file(args.env, self._repository)
        self._source: Source | None = None
        self._skipped: list[Skipped] = []
        self._names: dict[str, str] = {}
        self.plans: list[FilePlan] = []
        self.left: list[tuple[Finding, str]] = []
        self._moved: list[Finding] = []
        self._masks: list[Literal] = []  # every secret that was found: none is shown

    @property
    def is_anything(self) -> bool:
        """Whether there is something to write."""
        return bool(self._env.new) or any(plan.before != plan.after for plan in self.plans)

    def look(self) -> None:
        """Scan, and plan what is done to each file."""
        report, items = self._scan()
        self._skipped = [item for item in items if isinstance(item, Skipped)]
        by_path: dict[str, list[Finding]] = {}
        for item in items:
            if isinstance(item, Finding):
                by_path.setdefault(item.path or "", []).append(item)
        for path, findings in by_path.items():
            self._plan(os.path.join(report.root or "", *path.split("/")), path, findings)

    def _scan(self) -> tuple[Report, list[Finding | Skipped]]:
        kept: list[Any] = []

        def keep(config: Config, patterns: wiring.Patterns, report: Report) -> int:
            del config, patterns
            kept.extend((report, list(report.items)))
            return 0

        run_scan(self._args, self._make, top=self._top, command="fix", write=keep)
        return kept[0], kept[1]

    def _make(self, config: Config) -> Source:
        if self._args.staged:
            if self._repository is None:
                raise UsageError("--staged needs a git repository")
            from scanner.sources.staged import StagedSource  # noqa: PLC0415

            self._source = StagedSource(self._repository, self._args.paths)
        else:
            from scanner.sources.files import FilesSource  # noqa: PLC0415

            self._source = FilesSource(
                self._args.paths or ["."], config.include_ignored, config.max_blob_size
            )
        return self._source

    def _plan(self, full: str, path: str, findings: Sequence[Finding]) -> None:
        why_not = _beyond(path)
        try:
            text = None if why_not else read_text(full)
        except UsageError as error:
            text, why_not = None, str(error)
        masks = [
            Literal(value, 0, 0, "", finding.redacted)
            for finding in findings
            for place in finding.occurrences
            if (value := cut(text or "", place))
        ]
        findings = [finding for finding in findings if finding.allowed_by is None]
        if text is None:
            why_not = why_not or "the file is not in the work tree"
            self.left += [(finding, why_not) for finding in findings]
            return
        literals: list[Literal] = []
        for finding in findings:
            reason = self._add(finding, path, text, literals)
            if reason:
                self.left.append((finding, reason))
        plan = plan_file(full, text, _outermost(literals), wiring.editor(path, text))
        self.plans.append(plan._replace(path=path))
        self._masks.extend(masks)
        names = {item.name for item, _ in plan.left}
        reasons = {item.name: why for item, why in plan.left}
        for finding in findings:
            name = self._names.get(finding.fingerprint)
            if name in names:
                self.left.append((finding, f"{reasons[name]}; write {hint(path, name)} there"))
            elif name is not None:
                self._moved.append(finding)

    def _add(self, finding: Finding, path: str, text: str, literals: list[Literal]) -> str | None:
        """Add the places of a finding's secret; return why it cannot be moved, or None."""
        if finding.kind == "mnemonic":
            return "a seed phrase belongs on paper or into a hardware wallet, not into .env"
        if finding.decoded:
            return f"it is inside of {visible(', '.join(finding.decoded))}"
        place = getattr(self._source, "repository_path", str)(path)
        where = self._index_text(finding) if self._args.staged else text
        value = None if where is None else secret_at(where, finding.occurrences[0], finding, place)
        if value is None or where is None:
            return "it does not stand in the file as it is"
        starts = _starts(value, where, text, finding)
        if not starts:
            return "the work tree has it at another place than the index, if at all"
        line = text[text.rfind("\n", 0, starts[0]) + 1 : starts[0]]
        wished = variable(finding.rule, finding.system, line, len(line))
        try:
            name = self._env.name_for(value, wished)
        except UsageError as error:
            return str(error)
        self._names[finding.fingerprint] = name
        literals += [Literal(value, at, at + len(value), name, finding.redacted) for at in starts]
        return None

    def _index_text(self, finding: Finding) -> str | None:
        if self._repository is None or finding.blob is None:
            return None
        with ObjectReader(self._repository) as reader:
            _, content = reader.read(finding.blob)
        return content.decode("utf-8", "surrogateescape")

    def show(self) -> None:
        """Print the changes as a diff without secrets, and what is left."""
        known = [Literal(v, 0, 0, n, f"${n}") for n, v in self._env.new.items()]
        for plan in self.plans:
            literals = [*plan.moved, *(item for item, _ in plan.left), *known, *self._masks]
            for line in diff(plan, literals).splitlines():
                print(visible(line))
        if self._env.new:
            print(f"{visible(self._env.path)}: {', '.join(self._env.new)}")
        for finding, why in self.left:
            place = f"{finding.path}:{finding.line}"
            print(
                f"left: {visible(place)}: {finding.rule} {visible(finding.redacted)}: {visible(why)}"
            )
        for item in self._skipped:
            print(f"NOT READ: {visible(item.path or '')}: {visible(item.detail)}")
        if not self.plans and not self.left and not self._skipped:
            print("keysweep: nothing to fix")

    def apply(self) -> None:
        """Write: first what keeps .env out of git, then the secrets, the code last: none is lost."""
        self._hide_env()
        self._env.save()
        self._write_example()
        changed = [plan for plan in self.plans if plan.before != plan.after]
        for plan in changed:
            full = os.path.join(getattr(self._source, "root", None) or "", *plan.path.split("/"))
            if read_text(full) != plan.before:
                raise SourceError(f"{plan.path} has changed meanwhile; run keysweep fix again")
            write_text(full, plan.after)
        print()
        for plan in changed:
            print(f"changed: {visible(plan.path)}")
        env = visible(self._env.path)
        print(_LOAD.format(env=env, sourced=env if "/" in env else f"./{env}"))
        rules = sorted({finding.rule for finding in (*self._moved, *(f for f, _ in self.left))})
        print(
            "What was committed or pushed stays known, and must still be revoked. Look with:"
            " keysweep history; then:"
        )
        for rule in rules:
            print(f"  keysweep explain {rule}")
        if self._args.staged and changed:
            print(f"Stage the changes: git add -- {' '.join(visible(p.path) for p in changed)}")

    def _hide_env(self) -> None:
        """Keep the file out of git."""
        repository, path = self._repository, self._env.path
        if repository is None or repository.top is None or is_ignored(path, repository):
            return
        below = os.path.relpath(os.path.abspath(path), repository.top).replace(os.sep, "/")
        ignore = os.path.join(repository.top, ".gitignore")
        text = read_text(ignore) or ""
        text += "\n" if text and not text.endswith("\n") else ""
        line = "/" + "".join(f"\\{char}" if char in "*?[\\ " else char for char in below)
        write_text(ignore, f"{text}{line}\n")
        if not is_ignored(path, repository):
            raise ScannerError(f"git does not ignore {path}, in spite of .gitignore: look there")
        print(f"added to .gitignore: {visible(line)}")

    def _write_example(self) -> None:
        """Tell the names, without values, beside the file."""
        path = f"{self._env.path}.example"
        text = read_text(path) or ""
        there = {line.partition("=")[0].strip() for line in text.splitlines()}
        new = "".join(f"{name}=\n" for name in self._env.new if name not in there)
        if new:
            text += "\n" if text and not text.endswith("\n") else ""
            write_text(path, text + new)

    def status(self, *, done: bool) -> int:
        """Return the exit status: 2 if something was not read, 1 if a secret stays, else 0."""
        if self._skipped:
            return 2
        return 1 if self.left or (not done and self.is_anything) else 0


def _starts(value: str, where: str, text: str, finding: Finding) -> list[int]:
    """Return where to replace a secret in ``text``; it was found in ``where``.

    A short one may stand elsewhere as an ordinary word, so only the places that were found count.
    """
    if where != text:
        return places_of(value, text) if len(value) >= _TELLING else []
    spans = (span_of(text, place) for place in finding.occurrences)
    return [span[0] for span in spans if span and text[span[0] : span[1]] == value]


def _beyond(path: str) -> str | None:
    """Return why a file is not for moving, None if it is."""
    name = path.rpartition("/")[2]
    if name == ".env" or name.startswith(".env.") or name.endswith(".env"):
        return f"it is a file for secrets: keep it out of git (git rm --cached -- {path})"
    return None


def _outermost(literals: Sequence[Literal]) -> list[Literal]:
    """Return the literals that lie in no other (a password inside a connection string)."""
    kept: list[Literal] = []
    for item in sorted(literals, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept
