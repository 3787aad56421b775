"""A headless Chromium over the pipe of its DevTools protocol: pages opened, looked at, pressed, and what they tried to do."""

import base64
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, Queue
from typing import Any

PROGRAM = (
    None if os.name == "nt" else next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
)
SET_UP = "sh scripts/setup browser"
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--remote-debugging-pipe",
)

_ON_3_AND_4 = """
import fcntl, os, sys
to_read, to_write = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3])
os.dup2(to_read, 3)
os.dup2(to_write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads its commands from descriptor 3 and answers on 4."""


def axe_source() -> str | None:
    """The program text of axe-core, or None where it is not installed. The package that carries it is not imported."""
    spec = find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        return None
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


def lacking() -> str | None:
    """What the browser tests lack on this machine, with the command that brings it."""
    missing = [name for name, found in (("Chromium", PROGRAM), ("axe-core", find_spec("axe_playwright_python"))) if not found]
    return f"{' and '.join(missing)}: {SET_UP}" if missing else None


class Browser:
    """One running Chromium. A message is one JSON text that ends with a nought byte."""

    def __init__(self, profile: Path) -> None:
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _ON_3_AND_4,
                str(to_read),
                str(to_write),
                str(PROGRAM),
                *_FLAGS,
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._number = 0
        self._heard: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        waiting = b""
        with suppress(OSError):
            while part := os.read(self._read, 1 << 20):
                *whole, waiting = (waiting + part).split(b"\0")
                for message in whole:
                    self._heard.put(json.loads(message))

    def call(self, method: str, session: str | None = None, events: list[dict[str, Any]] | None = None, **parameters: Any) -> Any:
        """The answer to a command; events that come before it are added to the list. Raises TimeoutError after a minute of silence."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            heard = self.next(events)
            if heard.get("id") == self._number:
                if "error" in heard:
                    raise RuntimeError(f"{method}: {heard['error']['message']}")
                return heard["result"]

    def next(self, events: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        try:
            heard = self._heard.get(timeout=60)
        except Empty:
            raise TimeoutError("Chromium says nothing") from None
        if "id" not in heard and events is not None:
            events.append(heard)
        return heard

    def close(self) -> None:
        with suppress(OSError, RuntimeError, TimeoutError):
            self.call("Browser.close")
        os.close(self._write)
        self.process.wait(timeout=30)


class Tab:
    """A page that was opened. `events` are the console, the requests and the dialogs since then."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        self.events: list[dict[str, Any]] = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        return self.browser.call(method, self.session, self.events, **parameters)

    def size(self, wide: int, tall: int = 900) -> None:
        """The window, in CSS pixels; below 500 wide as a phone's."""
        self.call("Emulation.setDeviceMetricsOverride", width=wide, height=tall, deviceScaleFactor=1, mobile=wide < 500)

    def open(self, address: str) -> None:
        """Goes there and waits until it has loaded."""
        self.events.clear()
        is_another_page = "loaderId" in self.call("Page.navigate", url=address)
        while is_another_page and not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.browser.next(self.events)
        self.call("Runtime.evaluate", expression="document.fonts.ready.then(() => 1)", awaitPromise=True)

    def run(self, expression: str) -> Any:
        """The value of an expression, which may be a promise. What a tester runs is not held back by the page's policy."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def press(self, key: str, code: int, modifiers: int = 0) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, modifiers=modifiers)

    def picture(self, file: Path, **clip: float) -> None:
        """A PNG of the window, or of a part of the page (x, y, width, height, scale)."""
        part = {"clip": {"scale": 1, **clip}, "captureBeyondViewport": True} if clip else {}
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png", **part)["data"]))

    def printed(self) -> bytes:
        """The PDF that the browser's own print command makes."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])

    def ran(self) -> list[str]:
        """Everything the page wrote to the console, asked for or wanted to ask a reader."""
        told = []
        for event in self.events:
            method, what = event["method"], event["params"]
            if method in ("Runtime.consoleAPICalled", "Page.javascriptDialogOpening", "Runtime.exceptionThrown"):
                told.append(method)
            elif method == "Network.requestWillBeSent" and not what["request"]["url"].startswith(("data:", what["documentURL"])):
                told.append(f"asked for {what['request']['url'][:100]}")
        return told

    def close(self) -> None:
        self.browser.call("Target.closeTarget", targetId=self.target)


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    browser = Browser(profile)
    try:
        yield browser
    finally:
        browser.close()
