"""Old formats (.doc, .wps, .rtf …) through LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from db.errors import Unreadable

_SECONDS, _BEATS = 90, 5
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)


@cache
def office() -> str | None:
    """The program, if it is there."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


Made = Mapping[Path, Path]
"""Files of old formats, and what was made of them."""
_WANTED = {
    "docx": "用 Word 或 WPS 打开，另存为 .docx",
    "xlsx": "用 Excel 或 WPS 打开，另存为 .xlsx",
}
_AT_ONCE = 20
"""Files: starting the program takes longer than converting one."""


@contextlib.contextmanager
def converting(path: Path, ending: str) -> Iterator[Path]:
    """The file in a format that is read, as long as the block lasts.

    Raises:
        Unreadable: the program is not there, or makes nothing of it.
    """
    if office() is None:
        raise Unreadable(
            f"{path} 是旧格式，这台电脑没有安装 LibreOffice，读不了；请{_WANTED[ending]}，再汇总。"
        )
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        made = _converted(Path(folder), [path], ending, lambda: None)
        if path not in made:
            raise Unreadable(
                f"{path} 转换不了，可能已经损坏或加了密码；请{_WANTED[ending]}，再汇总。"
            )
        yield made[path]


@contextlib.contextmanager
def converting_all(wanted: Mapping[Path, str], beat: Callable[[], None]) -> Iterator[Made]:
    """As many files at once as can be, each by the ending it is wanted in; those it makes nothing of
    are left out. `beat` is called all the while, and may raise."""
    made: dict[Path, Path] = {}
    with tempfile.TemporaryDirectory(prefix="taizhang-") as folder:
        for ending in sorted({*wanted.values()}) if office() else ():
            paths = [path for path, each in wanted.items() if each == ending]
            for start in range(0, len(paths), _AT_ONCE):
                some = paths[start : start + _AT_ONCE]
                home = Path(folder, f"{ending}{start}")
                home.mkdir()
                made |= _converted(home, some, ending, beat)
        yield made


def _converted(home: Path, paths: Sequence[Path], ending: str, beat: Callable[[], None]) -> Made:
    sources = {path: home / f"{n}{path.suffix.lower()}" for n, path in enumerate(paths)}
    for path, source in sources.items():
        shutil.copyfile(path, source)
    _run(
        [
            office() or "",
            f"-env:UserInstallation={(home / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", ending),
            *("--outdir", str(home / "made"), *map(str, sources.values())),
        ],
        beat,
    )
    made = {path: home / "made" / f"{source.stem}.{ending}" for path, source in sources.items()}
    return {path: each for path, each in made.items() if each.is_file()}


def _run(command: list[str], beat: Callable[[], None]) -> None:
    """Run it in a group of its own, so that what it started ends with it."""
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
    ) as running:
        try:
            _wait(running, beat)
        except BaseException as fault:
            if os.name == "posix":
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(running.pid, signal.SIGKILL)
            else:
                running.kill()
            if not isinstance(fault, subprocess.TimeoutExpired):
                raise


def _wait(running: subprocess.Popen[bytes], beat: Callable[[], None]) -> None:
    for _ in range(_SECONDS * _BEATS):
        beat()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(1 / _BEATS)
            return
    raise subprocess.TimeoutExpired(running.args, _SECONDS)
