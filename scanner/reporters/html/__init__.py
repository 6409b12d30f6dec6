"""Write one page to look at: findings, what to do about them, and what was not read.

The file needs no network and no server. What came from a repository cannot act in it: the policy
in the page allows our own script and style by their hashes and nothing else, the findings lie in a
block of JSON without ``<``, ``>`` and ``&``, and the script writes text, never markup. Where no
script runs (mail, some CI servers) a plain table stands in its place. The secret is never written,
not even with ``--show-secrets``: pages are passed around.
"""

import base64
import hashlib
import os
from collections.abc import Mapping
from html import escape
from typing import TextIO

from scanner.lazy import lazy_compile
from scanner.models import Report
from scanner.reporters import Tally
from scanner.reporters.fields import collected, dump
from scanner.reporters.html import fixed
from scanner.reporters.html.rows import page_data, urgency

_SCRIPTS = (
    *("elements", "memory", "findings", "steps", "filters", "timeline", "breakdown", "table"),
    *("theme", "page"),
)
_MARK = lazy_compile(r"\{\{(\w+)\}\}")


class HtmlReporter:
    """One self-contained page.

    Attributes:
        version: of keysweep.   names: of systems by id.   show_allowed: list silenced findings too.
    """

    def __init__(
        self, version: str, *, names: Mapping[str, str] | None = None, show_allowed: bool = False
    ) -> None:
        self.version = version
        self.names: Mapping[str, str] = {} if names is None else names
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the page at the end, as its headline counts all; consumes ``report.items``."""
        tally = Tally()
        findings, skipped = collected(report, tally, show_allowed=self.show_allowed)
        findings.sort(key=urgency)
        style, script = _file("page.css"), _script()
        parts = {
            "policy": escape(_policy(style, script)),
            "title": fixed.page_title(tally),
            "style": style,
            "script": script,
            "scanned": fixed.scanned(report),
            "alarm": fixed.alarm(tally),
            "verdict": fixed.verdict(report, tally, findings),
            "notes": fixed.notes(report),
            "plain": fixed.plain(findings, self.names),
            "skipped": fixed.not_read(skipped),
            "coverage": fixed.coverage(report, tally),
            "footer": fixed.footer(self.version),
            "data": _inert(dump(page_data(findings, self.names))),
        }
        # One pass, so that what is put in is not searched for marks again.
        page = _MARK.sub(lambda mark: parts[mark[1]], _file("page.html"))
        out.write(page.encode("ascii", "xmlcharrefreplace").decode("ascii"))
        return tally


def _inert(json: str) -> str:
    """Return JSON that no HTML parser sees an end of the block in, the same for ``JSON.parse``."""
    return json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _policy(style: str, script: str) -> str:
    """Return the policy: our style and our script, no other source, no form, no markup sink."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
        " trusted-types 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _script() -> str:
    """Return the one script of the page: its parts in their order, in a scope of their own."""
    parts = "\n".join(_file(f"script/{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _file(name: str) -> str:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path, encoding="utf-8") as file:
        return file.read()
