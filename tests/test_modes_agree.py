"""Never a false "clean": however a text is scanned, what is found in it is the same.

Small histories are made of fragments whose lines return in other surroundings. Each of their texts is scanned by
a detector that has seen nothing, and that is what every other mode has to find: one detector for all texts
in any order, the memory of a history with its usual limits and with tiny ones, windows, the plain engine,
several processes, and a real repository.
"""

import functools
import gc
import importlib
import json
import pkgutil
import random
from base64 import b64encode
from collections.abc import Callable, Sequence
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import scanner
from scanner import rules, scan_history, scan_paths, wiring
from scanner.api import Scan
from scanner.context.literals import named
from scanner.context.names import spotter
from scanner.detector import Detector
from scanner.engine import bound, memory, search
from scanner.judges import recalled
from scanner.models import Blob, Draft, Origin
from scanner.placeholders import fill

# ``@`` is a name, ``%`` a value.
LINES = r"""
@ = "%"|@ = '%';|const @ = `%`;|@=%|export @=%|@: %|@: "%"|"@": "%"|"@": "%",|  @: "%",|    "%",|0x%|- %|%|"%"
@ =|@ = (|@ = {|@: >|@: >-|@: |-|@ = \|@,|{|}|)|]|[@]|"@"|    "%"|"%" +|"%")|@ := "%" +|    b"%"
variable "@" {|  default = "%"|  default = ""|  type = string|  value: "%"|  value: %|- name: @|  name: "@"|  %|  {{ vault }}
machine api.example.com|  login admin|  password %|  password "%"|user admin|user: admin|Cookie: a=b; @=%|cookies = {}|session_id = "%"
<td>@</td><td>|<td>@</td><td>%</td>|%</td></tr>|<property name="@" type="string">|<property name="@">|  <value>%</value>|<value>
<key>@</key>|<string>%</string>|"Jwt": {|jwt:|  "Key": "%"|  key: %|key = "%"|**@:** `%`|*** Variables ***|${@}    %
INSERT INTO users (id, @) VALUES|(1, '%'),|(2, '%');|COPY t (id, @) FROM stdin;|1	%|\.|id,@,note|1,%,x|@|value|-----|----|%|x
import ccxt|import binance|# binance|# kraken keys|exchange = "okx"|[gate.io]|[section]|def f():|class A:|client = ccxt.bybit({|    "apiKey": "%",|    "secret": "%",|})
client = Binance(api_key=@, api_secret=@)|ccxt.okx(@, other)|url = "https://x.dev/?api_key=" + @|https://user:%@host.example.com/x|postgres://u:%@db/x|curl -u admin:% https://x.example.com
apiVersion: v1|kind: Secret|data:|<?php|. "%"|SPEC CHECKSUMS:|  Token: %|private_keys = [|block_hashes = [|-----BEGIN RSA PRIVATE KEY-----|# solana mint liquidity|# wallet of the bot
"""
WHOLE = (
    "GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64}",
    'client = ccxt.binance({\n    "apiKey": "{alnum:64}",\n    "secret": "{alnum:64}",\n})',
    'kucoin:\n  key: {hex:24}\n  secret: {uuid}\n  passphrase: "Tr0ub4dor&3x"',
    "private_keys = [\n" + '    "{hex:64}",\n' * 9 + "]",
    "# binance\n" + "{alnum:64}\n" * 40,
    "{hex:64}\n" * 12,
    "| exchange | key | secret |\n|---|---|---|\n| okx | {uuid} | {HEX:32} |\n| bybit | {alnum:18} | {alnum:36} |",
    "okx {uuid} {HEX:32} Sumatra77pass",
    '"""Sign in.\n\n>>> login("admin", "hunter2")\n"""',
    'def f():\n    """Give the token.\n\n    Args:\n        token: the secret of the account.\n    """',
    '{"exchange": "okx", "apiKey": "{uuid}", "secret": "{HEX:32}", "list": ["{hex:40}", "{alnum:24}"]}',
    "{github:ghp}",
    "aws_access_key_id = {aws:akia}\naws_secret_access_key = {aws:secret}",
    "mnemonic: {bip39:12}",
    "payload = {base64:700}",
    "{base64:76}\n" * 6,
    "api_secret = (\n    '{alnum:32}'\n    '{alnum:32}'\n)",
)
NAMES = (
    *("password", "db_password", "api_key", "apiSecret", "secret", "SECRET_KEY", "token", "key"),
    *("first", "private_key", "session_id", "user", "value", "binance_api_key", "checksum", "feedKey"),
)
_MADE = random.Random(7)
VALUES = (
    *("Xk2(9fLq)8vR", "hu%nter2!xQ9", "Sumatra77pass", "changeme", "${X}", "x", ""),
    *(
        fill(form, _MADE)[0]
        for form in ("{hex:64}", "{alnum:64}", "{hex:32}", "{uuid}", "{alnum:24}", "{hex:40}", "{solana_base58}")
    ),
)
FILLERS = ("", "x = compute(1, 2)", "# nothing to see here", "some words of a longer text, as they are in notes", "1,2,3")
_FORMS = tuple(LINES.strip().replace("\n", "|").split("|"))
LIMITS = (
    *((memory, "_MOST", 40), (memory, "_MOST_SORTS", 1), (search, "_REMEMBERED", 2)),
    *((bound, "_REMEMBERED", 2), (recalled, "_MOST", 2), (spotter, "_MOST_LINES", 2)),
    (named, "_MOST_LINES", 2),
)
"""How much is remembered: so little that most is forgotten between any two texts."""


@functools.cache
def examples() -> tuple[str, ...]:
    """Return the fragments of more than a line, and all examples of our patterns, filled."""
    made = random.Random(8)
    ours = [
        one if isinstance(one, str) else one["text"]
        for rule in rules.load(rules.pattern_files()).rules
        for one in (*rule.examples, *rule.non_examples)
    ]
    return tuple(fill(text, made)[0] for text in (*WHOLE * 12, *ours))


def line(form: str, name: str, value: str) -> str:
    """Return a line with its name and its value."""
    return form.replace("@", name).replace("%", value)


def filler(text: str, count: int) -> str:
    """Return many lines of nothing, or a long one."""
    return "\n".join([text] * count) if count > 0 else " ".join([text or "z"] * -count)


LINE = st.builds(line, st.sampled_from(_FORMS), st.sampled_from(NAMES), st.sampled_from(VALUES))
PIECE = st.one_of(
    *(LINE, LINE, LINE, LINE),
    st.builds("\n".join, st.tuples(LINE, LINE)),
    st.deferred(lambda: st.sampled_from(examples())),
    st.deferred(lambda: st.sampled_from(examples()).map(lambda text: b64encode(text.encode()).decode())),
    st.builds(filler, st.sampled_from(FILLERS), st.sampled_from((1, 5, 12, 40, 80, 200, -50, -150))),
)
FORM = st.sampled_from(("\n",) * 8 + ("\r\n", " ", "\n\n", ",", "json", "utf-16"))


def joined(pieces: Sequence[str], form: str) -> bytes:
    """Return the text of a file."""
    if form == "json":
        return json.dumps({"lines": [*pieces]}).encode()
    text = "\n".join(pieces) + "\n"
    return text.encode("utf-16") if form == "utf-16" else text.replace("\n", form).encode()


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, bytes]]:
    """Draw the versions of two files, each an edit of one before or behind it."""
    files = [draw(st.lists(PIECE, min_size=2, max_size=12)) for _ in range(2)]
    forms = [draw(FORM) for _ in files]
    versions = [(f"{at}.txt", joined(files[at], forms[at])) for at in (0, 1)]
    for _ in range(draw(st.integers(1, 6))):
        at, edit = draw(st.integers(0, 1)), draw(st.integers(0, 5))
        own, other = files[at], files[1 - at]
        place = draw(st.integers(0, len(own) - 1))
        if edit < 2:
            own.insert(place, draw(PIECE))
        elif edit == 2:
            own[place] = draw(PIECE)
        elif edit == 3:
            own.append(own.pop(place))
        elif edit == 4 and len(own) > 1:
            del own[place]
        else:
            own[place:place] = other[draw(st.integers(0, len(other) - 1)) :][:3]
        versions.append((f"{at}.txt", joined(own, forms[at])))
    return versions[:: draw(st.sampled_from((1, -1)))]


@functools.cache
def _memories() -> list[Any]:
    """Return the caches of all modules."""
    for found in pkgutil.walk_packages(scanner.__path__, "scanner."):
        if "__main__" not in found.name:
            importlib.import_module(found.name)
    caches = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    return [one for one in caches if (one.cache_parameters()["maxsize"] or 0) > 1]


def forget() -> None:
    """Forget what modules have remembered, whichever detector asked."""
    for cache in _memories():
        cache.cache_clear()
    for lines in named._LINES.values():
        lines.clear()


def found(detector: Detector, data: bytes) -> list[tuple[Any, ...]]:
    """Return all that a detector tells of a text."""
    told: list[tuple[Any, ...]] = []
    for item in detector.drafts(Blob(data, Origin("blob"))):
        if isinstance(item, Draft):
            match, places = item.match, sorted(item.occurrences, key=str)
            told.append(
                (match.rule.id, match.rule.system, match.score, match.evidence, item.secret, places)
                + (item.layers, item.partners, item.marks, item.lines)
            )
        else:
            told.append(tuple(item))
    return sorted(told, key=str)


MODES = ("scan", "plain", "history", "tiny", "windows")


def assert_agree(patterns: dict[str, wiring.Patterns], mode: str, texts: Sequence[bytes]) -> None:
    """Compare what one detector finds in texts, one after the other, with what a fresh one finds in each."""
    alone = {}
    for text in dict.fromkeys(texts):
        forget()
        alone[text] = found(wiring.detector_maker(patterns["hyperscan"])(), text)
    forget()
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in LIMITS if mode in ("tiny", "windows") else ():
            patch.setattr(module, name, value)
        if mode == "windows":
            patch.setattr(memory, "_LARGEST_TEXT", 2500)
        engine = patterns["plain" if mode == "plain" else "hyperscan"]
        detector = wiring.detector_maker(engine, mode not in ("scan", "plain"))()
        for number, text in enumerate(texts):
            assert found(detector, text) == alone[text], (mode, number)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(mode=st.sampled_from(MODES), versions=histories())
def test_texts(
    engines: dict[str, wiring.Patterns], mode: str, versions: list[tuple[str, bytes]]
) -> None:
    assert_agree(engines, mode, [*(text for _, text in versions), versions[0][1]])


Told = set[tuple[Any, ...]]


def told(scan: Scan) -> Told:
    """Return what a scan tells of its findings, but for the commit."""
    result = scan.result()
    assert result.complete
    return {
        (one.path, one.secret, one.rule, one.confidence, one.line, one.column, one.paired_with)
        for one in result.findings
    }


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(several=st.lists(histories(), min_size=3, max_size=3))
def test_repositories(
    git_repo: Callable[..., Any], several: list[list[tuple[str, bytes]]]
) -> None:
    """A tree or a history is scanned alike in one process and in two; the history has what each tree had."""
    with TemporaryDirectory() as folder:
        repo = git_repo(folder)
        trees: Told = set()
        for place, versions in enumerate(several):
            for name, text in versions:
                repo.write(f"{place}{name}", text)
                repo.git("add", "--all")
                repo.commit()
                trees |= told(scan_paths(repo.path, reveal=True))
        for scan in (scan_paths, scan_history):
            one, two = (told(scan(repo.path, jobs=jobs, reveal=True)) for jobs in (1, 2))
            assert one == two
        assert {row[:2] for row in trees} <= {row[:2] for row in one}
