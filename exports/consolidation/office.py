"""Old formats (.doc, .wps, .rtf …) through LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from db.errors import Unreadable

_SECONDS = 90
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)


@cache
def office() -> str | None:
    """The program, if it is there."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


@contextlib.contextmanager
def converting(path: Path, ending: str) -> Iterator[Path]:
    """The file in a format that is read, as long as the block lasts.

    Raises:
        Unreadable: the program is not there, or makes nothing of it.
    """
    program = office()
    wanted = {
        "docx": "用 Word 或 WPS 打开，另存为 .docx",
        "xlsx": "用 Excel 或 WPS 打开，另存为 .xlsx",
    }
    if program is None:
        raise Unreadable(
            f"{path} 是旧格式，这台电脑没有安装 LibreOffice，读不了；请{wanted[ending]}，再汇总。"
        )
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        home = Path(folder)
        source = home / f"report{path.suffix.lower()}"
        shutil.copyfile(path, source)
        made = home / "made" / f"report.{ending}"
        _run(
            [
                program,
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                *("--headless", "--norestore", "--convert-to", ending),
                *("--outdir", str(made.parent), str(source)),
            ]
        )
        if not made.is_file():
            raise Unreadable(
                f"{path} 转换不了，可能已经损坏或加了密码；请{wanted[ending]}，再汇总。"
            )
        yield made


def _run(command: list[str]) -> None:
    """Run it in a group of its own, so that what it started ends with it."""
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
    ) as running:
        try:
            running.wait(_SECONDS)
        except BaseException as fault:
            if os.name == "posix":
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(running.pid, signal.SIGKILL)
            else:
                running.kill()
            if not isinstance(fault, subprocess.TimeoutExpired):
                raise
