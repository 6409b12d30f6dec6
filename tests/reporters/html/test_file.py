"""The file itself: pure ASCII, inert data, a policy that fits, and honest headlines."""

import base64
import hashlib
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scanner.models import Skipped
from scanner.reporters.html import HtmlReporter

Page = Callable[..., Path]
GAP = Skipped("big.zip", None, None, "limit", "The archive holds more than 1 GB.")


class Reader(HTMLParser):
    """Collects the tags with their attributes, the headline, and what scripts and styles hold."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        self.inside.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            self.inside[tag][-1] += data


def test_policy_fits_style_and_script(page: Page, sample: ModuleType) -> None:
    """The policy allows nothing but the one style and the one script that are there."""
    reader = Reader(page(*sample.mixed()).read_text())
    (policy,) = [
        attributes["content"] or ""
        for tag, attributes in reader.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    assert "unsafe" not in policy
    for name, text in (
        ("style-src", reader.inside["style"][0]),
        ("script-src", reader.inside["script"][1]),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert allowed[name] == f"'sha256-{digest}'"
    # It stands before whatever it is to guard.
    order = [tag for tag, _ in reader.tags]
    assert order.index("meta") < order.index("style") < order.index("script")


def test_nothing_is_loaded_and_nothing_is_inline(page: Page, sample: ModuleType) -> None:
    """No address of another file, no handler, no style in an attribute."""
    for tag, attributes in Reader(page(*sample.mixed()).read_text()).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form")
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in ("src", "style")
            assert name != "href" or (value or "").startswith("#")


def test_data_is_inert_ascii(page: Page, sample: ModuleType) -> None:
    """The block of data has no character that could end it; it is what the script reads."""
    text = page(*sample.mixed()).read_text(encoding="ascii")
    (block,) = re.findall(r'<script type="application/json" id="report-data">(.*?)</script>', text)
    assert not set("<>&") & set(block)
    value = json.loads(block)
    assert len(value["findings"]) == 8
    assert len(value["findings"][0]) == len(value["columns"])
    assert all(shown is None or shown.isprintable() for shown in value["texts"])
    assert len({member for group in value["groups"] for member in group["members"]}) == 7


@pytest.mark.parametrize(
    ("items", "head"),
    [
        (lambda make: [], "Nothing found"),
        (lambda make: [GAP], "Nothing found in what could be read"),
        (lambda make: [make()], "1 secret found"),
        (lambda make: [make(exposure="pushed")], "1 secret found, it is public"),
        (lambda make: [make(), make(exposure="pushed")], "2 secrets found, 1 is public"),
        (lambda make: [make(allowed_by="inline")], "Nothing new found"),
    ],
)
def test_headline(page: Page, sample: ModuleType, items: Callable[..., Any], head: str) -> None:
    """It counts what is not silenced, and says what is public."""
    found = items(sample.make_finding)
    reader = Reader(page(*found).read_text())
    assert reader.inside["h1"] == [head]
    is_incomplete = GAP in found
    assert reader.inside["title"][0].startswith("keysweep: incomplete: ") is is_incomplete
    assert any(attributes.get("class") == "alarm" for _, attributes in reader.tags) is is_incomplete


def test_nothing_read_is_not_nothing_found(page: Page) -> None:
    reader = Reader(page(files=0, bytes=0).read_text())
    assert reader.inside["h1"] == ["Nothing to scan"]


def test_notes_and_silenced_are_told(page: Page, sample: ModuleType) -> None:
    text = page(
        sample.make_finding(allowed_by="inline"), notes=("vendor <is> left out",)
    ).read_text()
    assert "vendor &lt;is&gt; left out" in text
    assert "1 silenced finding not counted" in text


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ({"exposure": "local"}, "Do not push"),
        ({"exposure": "staged"}, "Do not commit it"),
        ({"exposure": "pushed"}, "counts as stolen"),
    ],
)
def test_first_words(page: Page, sample: ModuleType, finding: dict[str, str], said: str) -> None:
    """What to do at once depends on how far it went."""
    assert said in page(sample.make_finding(**finding)).read_text()
    assert "move its funds first" in page(sample.make_finding("bip39-mnemonic")).read_text()


def test_plain_tables_are_cut_aloud(page: Page, sample: ModuleType) -> None:
    """What does not fit into the plain tables is counted."""
    text = page(*[sample.make_finding()] * 501, *[GAP] * 502).read_text()
    assert "And 1 more, in the JSON report." in text
    assert "And 2 more, in the JSON report." in text


def test_marks_in_texts_stay(page: Page, sample: ModuleType) -> None:
    """A path like one of the page's own marks is a path."""
    text = page(sample.make_finding(path="{{data}}"), notes=("{{script}}",)).read_text()
    assert "{{data}}" in text
    assert "{{script}}" in text


def test_secret_is_never_in_it(sample: ModuleType) -> None:
    out = io.StringIO()
    report = sample.make_report([sample.make_finding(secret="open sesame")])
    HtmlReporter("1.2.3").write(report, out)
    assert "open sesame" not in out.getvalue()
