"""The page in a real browser: clicking, typing, printing, and strangers' names that try to act."""

import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Page = Callable[..., Path]
COMMIT = "c0ffee" + "0" * 34


def some(sample: ModuleType) -> list[Any]:
    """Return findings of two providers, two people and three days, each with a fingerprint."""
    make = sample.make_finding
    pushed = {"exposure": "pushed", "source": "blob", "commit": COMMIT}
    return [
        make(path="b.py", fingerprint="1" * 32, **pushed, date="2024-05-01T12:00:00+02:00"),
        make(
            path="c.py",
            fingerprint="2" * 32,
            **pushed,
            date="2024-07-02T12:00:00+02:00",
            author="Bob",
        ),
        make("chat-webhook", path="a.py", fingerprint="3" * 32),
        make("bip39-mnemonic", path="d.txt", fingerprint="4" * 32, **pushed),
        make("generic-password", path="e.py", fingerprint="5" * 32, allowed_by="inline"),
    ]


def places(browser: Any) -> list[str]:
    """Return where the shown findings are, in the order of the table."""
    found: list[str] = browser.texts(".findings .where")
    return [text.partition(":")[0] for text in found]


def test_nothing_is_asked_of_a_network_and_nothing_complains(
    browser: Any, page: Page, sample: ModuleType
) -> None:
    path = page(*some(sample))
    browser.open(path)
    assert browser.js("!document.getElementById('app').hidden")
    assert browser.js("document.getElementById('plain')") is None
    assert browser.requests == [path.as_uri()]
    assert browser.complaints == []


def test_worst_first_then_as_clicked(browser: Any, page: Page, sample: ModuleType) -> None:
    """A seed phrase comes before all else; a head sorts, turns round, and lets go."""
    browser.open(page(*some(sample)))
    assert places(browser) == ["d.txt", "b.py", "c.py", "a.py", "e.py"]
    head = ".findings thead th.c-place"
    seen = []
    for _ in range(3):
        browser.click(f"{head} button")
        sort = browser.js(f"document.querySelector('{head}').getAttribute('aria-sort')")
        seen.append((sort, places(browser)[0]))
    assert seen == [("ascending", "a.py"), ("descending", "e.py"), (None, "d.txt")]
    browser.click(".findings thead th.c-date button")
    assert places(browser)[:3] == ["d.txt", "b.py", "c.py"]


def test_filters(browser: Any, page: Page, sample: ModuleType) -> None:
    """Search, lists, bars and months narrow the table; each leaves a chip that takes it back."""
    browser.open(page(*some(sample)))
    browser.type("#filter-text", "c.PY Acme")
    assert places(browser) == ["c.py"]
    assert browser.texts("#shown") == ["1 of 1 finding shown, 4 filtered out"]
    browser.click(".chip")
    assert len(places(browser)) == 5
    browser.choose("#filter-provider", "Acme Exchange")
    assert places(browser) == ["b.py", "c.py"]
    browser.click("section[aria-labelledby=by-person] .row")  # Ada, who has most
    assert places(browser) == ["b.py"]
    assert browser.texts(".chip") == ["Acme Exchange \u00d7", "Ada Example \u00d7"]
    pressed = "section[aria-labelledby=by-person] .row[aria-pressed=true] .name"
    assert browser.texts(pressed) == ["Ada Example"]
    browser.click(".chips .quiet")
    browser.click(".columns li:last-child .column")
    assert places(browser) == ["c.py"]
    assert browser.texts(".chip") == ["Jul 2024 \u00d7"]
    browser.choose("#filter-state", "allowed")
    assert places(browser) == []


def test_ticks_are_remembered(browser: Any, page: Page, sample: ModuleType) -> None:
    """A tick in the list is one in the finding; both are there after the page was loaded again."""
    path = page(*some(sample))
    browser.open(path)
    browser.click(".task:nth-child(2) summary")
    browser.click(".task:nth-child(2) input")
    assert browser.texts(".task:nth-child(2) .count") == ["1 of 5 steps"]
    assert browser.texts("[data-progress='1'], [data-progress='2']") == ["1 of 12", "1 of 12"]
    browser.reload()
    assert browser.texts(".task:nth-child(2) .count") == ["1 of 5 steps"]
    assert "1 of" in browser.texts("#all-done")[0]
    browser.click(".findings tbody tr:nth-child(2) .expand")
    assert browser.js("document.querySelector('.detail input').checked")
    browser.click(".detail input")  # one of the two places is not done after all
    browser.click(".task:nth-child(2) summary")
    browser.wait("document.querySelector('.task:nth-child(2) input')?.indeterminate")
    assert browser.texts("[data-progress='1'], [data-progress='2']") == ["0 of 12", "1 of 12"]
    keys = browser.js("Object.keys(localStorage)")
    assert keys == ["keysweep:ticks:" + "2" * 32]


def test_words_behind_a_command_keep_their_spaces(
    browser: Any, page: Page, sample: ModuleType
) -> None:
    """A command has a line of its own; a name in the sentence after it stands between spaces."""
    steps = ("Run: `git rebase -i X` then `git log` On its line write `edit` for `pick`.",)
    browser.open(page(sample.make_finding()._replace(steps=steps)))
    assert browser.texts(".task .step .command code") == ["git rebase -i X", "git log"]
    shown = browser.js("document.querySelector('.task .step').innerText")
    assert shown.endswith("On its line write edit for pick.")
    assert "then" not in shown


def test_another_report_knows_the_ticks(browser: Any, page: Page, sample: ModuleType) -> None:
    """The next scan of the same secret has the same fingerprint, and so the same ticks."""
    browser.open(page(*some(sample)))
    browser.click(".task input")
    browser.open(page(some(sample)[3]._replace(line=99), name="next.html"))
    assert browser.texts("[data-progress]") == ["1 of 13"]


def test_all_done_is_no_all_clear(browser: Any, page: Page, sample: ModuleType) -> None:
    browser.open(page(some(sample)[2]))
    count = browser.js("document.querySelectorAll('.task input').length")
    for index in range(count):
        browser.click(f".task .steps li:nth-child({index + 1}) input")
    assert browser.texts("#all-done")[0].endswith("Scan again to see what is left.")
    assert browser.texts("[data-progress]") == ["\u2713 done"]
    browser.choose("#filter-state", "todo")
    assert places(browser) == []


REFUSE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"


def test_without_memory(browser: Any, page: Page, sample: ModuleType) -> None:
    """Where the browser keeps nothing the page works, and says so."""
    script = browser.call("Page.addScriptToEvaluateOnNewDocument", source=REFUSE)
    try:
        browser.open(page(*some(sample)))
        browser.click(".task input")
        assert browser.texts(".task .count")[0].startswith("1 of")
        assert "does not let the page remember" in browser.texts("#memory")[0]
        assert browser.complaints == []
    finally:
        browser.call("Page.removeScriptToEvaluateOnNewDocument", **script)


def test_full_memory(browser: Any, page: Page, sample: ModuleType) -> None:
    """A tick that cannot be stored stays for as long as the page is open, and the page says so."""
    browser.open(page(*some(sample)))
    browser.js("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    browser.click(".task input")
    assert browser.js("document.querySelector('.task input').checked")
    assert "does not let the page remember" in browser.texts("#memory")[0]


def background(browser: Any) -> str:
    found: str = browser.js("getComputedStyle(document.body).backgroundColor")
    return found


def test_theme(browser: Any, page: Page, sample: ModuleType) -> None:
    """It follows the system until someone chooses, and then keeps to the choice."""
    browser.open(page(*some(sample)))
    light = background(browser)
    browser.look(scheme="dark")
    dark = background(browser)
    assert light != dark
    browser.click("#theme")  # auto, light
    assert background(browser) == light
    browser.reload()
    assert background(browser) == light
    browser.click("#theme")  # dark
    browser.look(scheme="light")
    assert background(browser) == dark


CONTRAST = """
(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest("script,.sr")) continue;
    let back = node;
    while (back && rgba(getComputedStyle(back).backgroundColor)[3] < 255) back = back.parentElement;
    const [a, b] = [rgba(getComputedStyle(node).color), rgba(getComputedStyle(back || document.body).backgroundColor)]
      .map(light).sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) poor.push([ratio.toFixed(2), node.className, walker.currentNode.data.slice(0, 30)]);
  }
  return poor;
})()
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser: Any, page: Page, sample: ModuleType, scheme: str) -> None:
    """Every text stands out from its ground as WCAG AA asks: 4.5 to 1."""
    browser.look(scheme=scheme)
    browser.open(page(*sample.mixed()))
    browser.click(".expand")
    assert browser.js(CONTRAST) == []


def test_every_control_has_a_name(browser: Any, page: Page, sample: ModuleType) -> None:
    """What can be pressed or filled in says to a screen reader what it does."""
    browser.open(page(*sample.mixed()))
    browser.click(".expand")
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    seen = set()
    for node in nodes:
        role = node.get("role", {}).get("value")
        if role in ("button", "checkbox", "combobox", "searchbox", "link", "table", "region"):
            seen.add(role)
            assert node.get("name", {}).get("value"), node
    assert seen >= {"button", "checkbox", "combobox", "searchbox", "link", "table"}


def test_by_keyboard(browser: Any, page: Page, sample: ModuleType) -> None:
    """A finding opens and closes with Enter, a box is ticked with the space bar."""
    browser.open(page(*some(sample)))
    browser.js("document.querySelector('.expand').focus()")
    browser.press("Enter", 13)
    assert browser.js("document.activeElement.getAttribute('aria-expanded')") == "true"
    assert browser.js("document.querySelectorAll('.detail').length") == 1
    browser.press("Enter", 13)
    assert browser.js("document.querySelectorAll('.detail').length") == 0
    browser.js("document.querySelector('.steps input').focus()")
    browser.press(" ", 32)
    assert browser.texts(".task .count")[0].startswith("1 of")
    outline = browser.js("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize("width", [320, 390, 768, 1600])
def test_no_width_scrolls_sideways(
    browser: Any, page: Page, sample: ModuleType, width: int
) -> None:
    browser.look(width, 800)
    browser.open(page(*sample.mixed(), sample.make_finding(path="d/" * 200 + "x" * 200)))
    browser.click(".expand")
    assert browser.js("document.documentElement.scrollWidth") <= width


def test_incomplete_stands_at_the_top(browser: Any, page: Page, sample: ModuleType) -> None:
    """Whoever opens the page of an incomplete scan sees that first, findings or not."""
    for items in (sample.mixed(), sample.mixed()[-2:]):
        browser.open(page(*items))
        top = browser.js("document.querySelector('.alarm').getBoundingClientRect().bottom")
        assert 0 < top < 200
        assert "could not be read" in browser.texts(".alarm")[0]


def test_print(browser: Any, page: Page, sample: ModuleType) -> None:
    """Paper has every list open and every finding, however the screen was; then all is as before."""
    items = [
        sample.make_finding("chat-webhook", path=f"f{n}.py", fingerprint=f"{n:032x}")
        for n in range(120)
    ]
    browser.open(page(*some(sample), *items))
    assert browser.js("document.querySelectorAll('.findings tbody tr').length") == 50
    browser.js(
        "addEventListener('beforeprint', () => window.seen ="
        " [document.querySelectorAll('.findings tbody tr').length,"
        " document.querySelectorAll('.task:not([open])').length])"
    )
    assert browser.pdf().startswith(b"%PDF")
    assert browser.js("window.seen") == [125, 0]
    assert browser.js("document.querySelectorAll('.findings tbody tr').length") == 50
    assert browser.js("document.querySelectorAll('.task:not([open])').length") > 0


def test_without_script(browser: Any, page: Page, sample: ModuleType) -> None:
    """Mail and some servers run no script: headline, gaps and a plain table are there all the same."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page(*sample.mixed()))
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.js("document.querySelector('#plain').checkVisibility()")
    assert browser.js("document.querySelectorAll('#plain tbody tr').length") == 8
    assert browser.js("document.querySelectorAll('#not-read tbody tr').length") == 2


HOSTILE = [
    "</script><script>window.pwned=1</script>",
    "<!--<script>",
    "]]><img src=x onerror=window.pwned=2>",
    "<svg onload=window.pwned=3>",
    "\"><iframe srcdoc='<script>parent.pwned=4</script>'>",
    "' onmouseover='window.pwned=5",
    "javascript:window.pwned=6",
    "{{data}} ${window.pwned=7} `${window.pwned=8}`",
    "\u2028window.pwned=9\u2029",
    "\u202e\u2066gpj.exe\u2069",
    "__proto__",
    "constructor",
    "&lt;img src=x onerror=window.pwned=10&gt;",
    "\x00\x1b[31m\ud800",
    "data:text/html,<script>window.pwned=11</script>",
]


def test_hostile_texts_do_nothing(browser: Any, page: Page, sample: ModuleType) -> None:
    """Whatever a repository or a forged report holds, in whatever field, is only shown."""
    from scanner.models import Evidence, Skipped

    items: list[Any] = []
    for number, text in enumerate(HOSTILE):
        found = sample.make_finding(path="x", fingerprint=f"{number:032x}", commit=COMMIT)
        items.append(
            found._replace(
                **dict.fromkeys(("rule", "system", "kind", "path", "author", "email"), text),
                **dict.fromkeys(("date", "summary", "redacted", "revoke_url", "commit"), text),
                fingerprint=text,
                evidence=(Evidence("name", text),),
                decoded=(text,),
                steps=(f"Open {text} and `git {text}` then https://x.example/{text}", text),
                exposure="pushed",
            )
        )
        items.append(Skipped(text, text, text, text, text))
    path = page(*items, notes=tuple(HOSTILE), root="/home/" + HOSTILE[0], command=HOSTILE[2])
    browser.open(path)
    for index in range(1, len(HOSTILE) + 1):
        browser.js(f"document.querySelectorAll('.expand')[{index - 1}].click()")
    browser.js("document.querySelectorAll('details').forEach(e => { e.open = true })")
    browser.click(".steps input")
    browser.type("#filter-text", "<script>")
    browser.type("#filter-text", "constructor")
    browser.js("document.querySelectorAll('button').forEach(e => e.id !== 'print' && e.click())")
    time.sleep(0.2)
    assert browser.js("window.pwned") is None
    assert browser.complaints == []
    assert browser.requests == [path.as_uri()]
    count = "document.querySelectorAll('iframe, img, object, embed, form, base').length"
    assert browser.js(count) == 0
    assert browser.js("document.querySelectorAll('script').length") == 2
    targets = browser.js("[...document.querySelectorAll('a')].map(e => e.protocol)")
    assert set(targets) <= {"file:", "https:"}
    assert browser.js("document.body.textContent").isprintable() or "\u202e" not in browser.js(
        "document.body.textContent"
    )


def test_the_policy_holds(browser: Any, page: Page, sample: ModuleType) -> None:
    """Should markup ever get in, it cannot run: the policy refuses handlers, scripts, pictures."""
    path = page(*some(sample))
    text = path.read_text()
    path.write_text(
        text.replace(
            "<main class",
            "<script>window.pwned=1</script><img src=x onerror=window.pwned=2>"
            '<a href="javascript:window.pwned=3" id=bad>bad</a><main class',
        )
    )
    browser.open(path)
    browser.click("#bad")
    time.sleep(0.1)
    assert browser.js("window.pwned") is None
    assert any("Content Security Policy" in text for text in browser.complaints)
    sink = "(() => { try { document.body.innerHTML = '<b>x</b>'; return 'wrote' } catch { return 'refused' } })()"
    assert browser.js(sink) == "refused"


def test_twenty_thousand_findings(browser: Any, page: Page, sample: ModuleType) -> None:
    """A page of 20,000 opens, filters and sorts while one waits, with few elements in it."""
    make = sample.make_finding
    first = make(exposure="pushed", source="blob", commit=COMMIT)
    items = (
        first._replace(
            path=f"team-{n % 97}/app-{n}/settings.py",
            fingerprint=f"{n:032x}",
            author=f"Person {n % 300}",
            date=f"20{n % 25:02}-0{n % 9 + 1}-11T00:00:00Z",
        )
        for n in range(20_000)
    )
    path = page(*items)
    assert path.stat().st_size < 12_000_000
    started = time.monotonic()
    browser.open(path)
    browser.wait("document.querySelectorAll('.findings tbody tr').length === 50")
    assert time.monotonic() - started < 45  # a second or two on an idle machine
    assert browser.js("document.querySelectorAll('*').length") < 4_000
    spent = browser.js(
        "(() => { const start = performance.now();"
        " document.querySelector('.c-person button').click();"
        " const field = document.querySelector('#filter-text'); field.value = 'team-13/';"
        " field.dispatchEvent(new Event('input')); return performance.now() - start; })()"
    )
    assert spent < 5_000  # a tenth of a second on an idle machine
    assert browser.texts("#shown")[0].startswith("50 of 207 findings shown")
    browser.click("#more")
    assert browser.js("document.querySelectorAll('.findings tbody tr').length") == 207
