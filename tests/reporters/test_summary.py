"""The summary of a CI job: Markdown that says all, obeys nobody, and is never too large."""

import io
import time
from typing import Any

import pytest
from markdown_it import MarkdownIt

from scanner.models import Coverage, Finding, Occurrence, Report, Skipped
from scanner.reporters.summary import SummaryReporter


def finding(path: str | None, **more: Any) -> Finding:
    values: dict[str, Any] = dict.fromkeys(Finding._fields)
    values |= {
        "rule": "acme-api-secret",
        "system": "acme",
        "kind": "api_secret",
        "severity": "critical",
        "confidence": "high",
        "path": path,
        "line": 3,
        "column": 1,
        "source": "blob",
        "commit": "c" * 40,
        "exposure": "pushed",
        "fingerprint": "f" * 32,
        "redacted": "abcd****wxyz",
        "evidence": (),
        "paired_with": (),
        "decoded": (),
        "steps": ("Delete the key.", "Run: `git gc` then `keysweep history`"),
        "revoke_url": "https://acme.example/keys?a=1&b=2",
        "occurrences": (Occurrence(3, 1, 3, 9),),
    }
    return Finding(**values | more)


def write(*items: Finding | Skipped, **options: Any) -> str:
    out = io.StringIO()
    report = Report(None, items, Coverage(), "history", time.monotonic())
    SummaryReporter(names={"acme": "Acme"}, **options).write(report, out)
    return out.getvalue()


def render(text: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def test_table_and_steps() -> None:
    """What, where (with a link), since when, and the steps in their order."""
    page = render(write(finding("src/bot.py"), address="https://github.com/acme/bot"))
    assert "<td>CRITICAL</td>" in page
    assert f'href="https://github.com/acme/bot/blob/{"c" * 40}/src/bot.py#L3"' in page
    assert "Acme API secret <code>abcd****wxyz</code>" in page
    assert page.index("Delete the key.") < page.index("<code>keysweep history</code>")
    assert 'href="https://acme.example/keys?a=1&amp;b=2"' in page.replace("&#38;", "&amp;").replace(
        "&#58;", ":"
    ).replace("&#47;", "/").replace("&#46;", ".").replace("&#63;", "?").replace("&#61;", "=")


@pytest.mark.parametrize(
    "name",
    [
        "a|b",
        "`c`",
        "<b>x</b>",
        "a\n# b",
        "**a**",
        "[a](http://b)",
        "<!-- a",
        "&lt;",
        "a\\",
        "\u202e",
        "</details><script>",
        "https://evil.example",
        "@someone",
    ],
)
def test_names_are_shown_and_not_obeyed(name: str) -> None:
    """A path of any kind adds no element and no row."""
    strange, ordinary = (render(write(finding(path))) for path in (name, "abc"))
    for tag in ("<tr", "<td", "<a ", "<code", "<h", "<strong", "<em", "<script", "<li", "<!--"):
        assert strange.count(tag) == ordinary.count(tag)


def test_silenced_and_unread_are_told() -> None:
    page = write(
        finding("a.py", allowed_by="inline"),
        Skipped("b", None, None, "missing", "gone"),
        help="Look.",
    )
    assert "### Silenced" in page
    assert "NOT READ" in page
    assert "### Found" not in page
    assert "Look" in page


def test_stays_below_githubs_limit() -> None:
    """However much is found, the summary is below 1 MiB, and says how much it leaves out."""
    items = [
        finding(f"{'<|>' * 200}{number}", system=None, rule=f"r{number}") for number in range(900)
    ]
    items += [item._replace(allowed_by="inline") for item in items]
    unread = [Skipped("<" * 400, None, None, "missing", "|" * 400) for _ in range(900)]
    page = write(*items, *unread)
    assert len(page.encode()) < 1 << 20
    assert "they are in the SARIF file" in page
    assert "more" in page
