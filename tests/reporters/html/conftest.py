"""A real Chromium without a window, driven by its DevTools protocol over a pipe: no driver needed."""

import base64
import io
import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scanner.reporters.html import HtmlReporter

# Chromium reads commands from file descriptor 3 and answers on 4, which no Popen option can name.
_START = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4);"
    " os.execvp(sys.argv[3], sys.argv[3:])"
)
# What was scrolled or changed is in place: on a busy machine that takes a while.
_PAINTED = "for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);"
_PATIENCE = 60  # seconds


class Browser:
    """One tab of one Chromium, and all that it said.

    Attributes:
        complaints: console messages, exceptions and refusals by the policy.   requests: addresses.
    """

    def __init__(self, program: str, profile: Path) -> None:
        """Start the program with an empty profile."""
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._numbers = itertools.count(1)
        self._buffer = b""
        their_in, self._in = os.pipe()
        self._out, their_out = os.pipe()
        options = ["--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}",
                   "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--mute-audio",
                   "--disable-background-networking", "--disable-component-update"]  # fmt: skip
        if os.geteuid() == 0:
            options.append("--no-sandbox")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(their_in), str(their_out), program, *options],
            pass_fds=(their_in, their_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_in)
        os.close(their_out)
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> Any:
        """Send a command and return its result."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._in, data) :]
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]

    def _receive(self) -> dict[str, Any]:
        """Return the next message, noting what it complains of."""
        until = time.monotonic() + _PATIENCE
        while b"\0" not in self._buffer:
            left = until - time.monotonic()
            assert left > 0, "Chromium does not answer"
            if select.select([self._out], [], [], left)[0]:
                piece = os.read(self._out, 1 << 20)
                assert piece, "Chromium has ended"
                self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        method, params = message.get("method"), message.get("params", {})
        if method in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"):
            self.complaints.append(json.dumps(params)[:500])
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        return message

    def wait(self, condition: str) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + _PATIENCE
        while not self.js(condition):
            assert time.monotonic() < until, f"never true: {condition}"
            time.sleep(0.05)

    def open(self, page: Path) -> None:
        """Open a page and wait until it has loaded."""
        self.complaints.clear()
        self.requests.clear()
        self.call("Page.navigate", url=page.as_uri())
        self.wait("document.readyState === 'complete' && location.protocol === 'file:'")

    def reload(self) -> None:
        """Load the page again; what it stored goes to the next one by another process, which may be busy."""
        self.js("window.old = true; new Promise((done) => setTimeout(done, 500))")
        self.call("Page.reload")
        self.wait("!window.old && document.readyState === 'complete'")

    def js(self, expression: str) -> Any:
        """Return the value of an expression."""
        result = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def texts(self, selector: str) -> list[str]:
        """Return the text of every element that a selector finds."""
        found: list[str] = self.js(
            f"[...document.querySelectorAll({json.dumps(selector)})].map(e => e.textContent)"
        )
        return found

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of the first such element, where a person sees it."""
        self.wait(f"document.querySelector({json.dumps(selector)})?.checkVisibility()")
        spot = self.js(
            "(async () => { document.documentElement.style.scrollBehavior = 'auto';"
            f" const e = document.querySelector({json.dumps(selector)});"
            f" e.scrollIntoView({{block: 'center'}}); {_PAINTED} const r = e.getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=spot[0], y=spot[1],
                      button="left", clickCount=1)  # fmt: skip
        self.js(f"(async () => {{ {_PAINTED} }})()")

    def press(self, key: str, code: int) -> None:
        """Press a key that has a name, such as Enter (13) or Tab (9)."""
        text = {"text": "\r"} if key == "Enter" else {"text": " "} if key == " " else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode=code, **(text if kind == "keyDown" else {}))  # fmt: skip

    def type(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.js(f"document.querySelector({json.dumps(selector)}).focus()")
        self.call("Input.insertText", text=text)

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a list, as the list itself would say it."""
        self.js(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            f" e.value = {json.dumps(value)}; e.dispatchEvent(new Event('change')); }})()"
        )

    def look(self, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
        """Set the size of the window, and whether the system is light or dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)  # fmt: skip
        self.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )

    def pdf(self) -> bytes:
        """Return the page as it is printed."""
        return base64.b64decode(self.call("Page.printToPDF")["data"])

    def close(self) -> None:
        """End the program."""
        try:
            self._session = None
            self.call("Browser.close")
        except (AssertionError, OSError):
            self._process.kill()
        self._process.wait(30)
        os.close(self._in)
        os.close(self._out)


@pytest.fixture(scope="module")
def _chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None or os.name == "nt":
        pytest.skip("needs chromium (Debian package chromium)")
    browser = Browser(program, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


@pytest.fixture
def browser(_chromium: Browser) -> Browser:
    """Return the browser, wide, light and remembering nothing of the test before."""
    _chromium.look()
    _chromium.call("Emulation.setScriptExecutionDisabled", value=False)
    _chromium.call("Storage.clearDataForOrigin", origin="file://", storageTypes="all")
    return _chromium


@pytest.fixture
def page(tmp_path: Path, sample: ModuleType) -> Callable[..., Path]:
    """Return a function that writes a page of these items and gives its path."""

    def write(*items: Any, name: str = "report.html", **options: Any) -> Path:
        out = io.StringIO()
        report = sample.make_report(items, **options)
        HtmlReporter("1.2.3", names=sample.NAMES, show_allowed=True).write(report, out)
        path = tmp_path / name
        path.write_text(out.getvalue(), encoding="ascii", newline="\n")
        return path

    return write
