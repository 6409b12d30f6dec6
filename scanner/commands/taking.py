"""Take over what people have accepted with another tool, as entries of our own."""

import argparse

from scanner.baseline.entries import Entry
from scanner.baseline.foreign import Verdict, read_foreign
from scanner.commands.baseline import entry_of, said_of_settings, unread, write
from scanner.commands.collecting import collect
from scanner.config import Config
from scanner.models import Draft
from scanner.reporters.escape import visible
from scanner.reporters.words import plural


def take_over(args: argparse.Namespace, config: Config, path: str) -> int:
    """Write a baseline of the findings that the files of ``--from`` know; tell what has no match."""
    files = {name: read_foreign(name) for name in args.sources}
    history = args.history or any(file.has_commits for file in files.values())
    said: dict[str, tuple[str, Verdict]] = {}

    def watch(draft: Draft, fingerprint: str, place: str) -> None:
        for name, file in files.items():
            verdict = file.verdict(draft, place)
            if verdict is not None:
                said.setdefault(fingerprint, (name, verdict))

    collected = collect(args, config, history=history, watch=watch)
    if collected.skipped:
        return unread(collected, "nothing was written")
    entries: list[Entry] = []
    for one in collected.found:
        if one.finding.fingerprint in said:
            name, verdict = said[one.finding.fingerprint]
            reason = args.reason or f"from {name}"
            entries.append(entry_of(one, reason, accepted=verdict.accepted))
    write(path, entries, history=history)
    met = {(name, verdict.entry) for name, verdict in said.values()}
    for name, file in files.items():
        for entry in file.entries:
            if (name, entry) not in met:
                print(f"no such finding  {visible(f'{name}: {entry}')}")
    accepted = sum(entry.accepted for entry in entries)
    print(f"{visible(path)}: {plural(accepted, 'finding')} accepted")
    if accepted < len(entries):
        count = plural(len(entries) - accepted, "entry", "entries")
        print(f"{count} marked as real secrets there: rejected, so still reported")
    if others := len(collected.found) - len(entries):
        print(f"{plural(others, 'other finding')} not accepted: keysweep baseline audit asks")
    said_of_settings(config, path)
    return 0
