"""Chromium without a window, spoken to over a pipe: pages opened, measured, checked and drawn."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import DATA

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-headless-shell")


def needs_browser(test: Callable[..., None]) -> Callable[..., None]:
    """A test of `make test-papers`, which Chromium helps with."""
    there = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
    return pytest.mark.papers(there(test))


_AXE = DATA / "axe" / "axe.min.js"
_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-extensions",
    "--remote-debugging-pipe",
)


class Browser:
    """One page of a browser; messages are JSON with a null behind, in on 3 and out on 4."""

    def __init__(self, to_it: int, from_it: int) -> None:
        self._to, self._from = to_it, from_it
        self._sent, self._kept, self._session = 0, b"", ""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        told = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = told["sessionId"]
        self._ask("Page.enable")
        self._ask("Runtime.enable")
        self.faults: list[str] = []

    def open(self, path: Path, width: int, height: int = 900) -> None:
        """Show a page in a window; a narrow one as a phone does."""
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self._ask("Page.navigate", url=path.as_uri())
        while self._hear().get("method") != "Page.loadEventFired":
            pass

    def run(self, script: str) -> Any:
        """What an expression is, or promises."""
        told = self._ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def unfit(self) -> list[str]:
        """What axe finds at level AA: the rule, and the elements that break it."""
        self.run(_AXE.read_text(encoding="utf-8"))
        asked = json.dumps({"runOnly": _AA, "resultTypes": ["violations"]})
        found = self.run(f"axe.run(document, {asked}).then(told => told.violations)")
        return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]

    def draw(self, path: Path, *, whole: bool = False) -> None:
        """A picture of what is seen, or of the whole page."""
        told = self._ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(told["data"]))

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        self._sent += 1
        sent = {"id": self._sent, "method": method, "params": params}
        if self._session:
            sent["sessionId"] = self._session
        message = json.dumps(sent).encode() + b"\0"
        while message:
            message = message[os.write(self._to, message) :]
        while True:
            told = self._hear()
            if told.get("id") == self._sent:
                assert "error" not in told, told
                return dict(told["result"])

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._kept:
            more = os.read(self._from, 1 << 20)
            assert more, "the browser has ended"
            self._kept += more
        message, _, self._kept = self._kept.partition(b"\0")
        told: dict[str, Any] = json.loads(message)
        if told.get("method") == "Runtime.exceptionThrown":
            self.faults.append(str(told["params"]))
        return told


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser of its own, which ends with the block."""
    assert CHROMIUM is not None
    its_in, to_it = os.pipe()
    from_it, its_out = os.pipe()
    its_in, its_out = (_moved(one) for one in (its_in, its_out))  # not themselves 3 or 4
    with tempfile.TemporaryDirectory(prefix="tz-browser-", ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [
                "bash",
                "-c",
                f'exec "$@" 3<&{its_in} 4>&{its_out}',
                "",
                CHROMIUM,
                *_OPTIONS,
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            pass_fds=(its_in, its_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(its_in)
        os.close(its_out)
        try:
            yield Browser(to_it, from_it)
        finally:
            os.close(to_it)
            os.close(from_it)
            process.terminate()
            process.wait(timeout=20)


def _moved(descriptor: int) -> int:
    high = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return high
