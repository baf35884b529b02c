"""Files as the desk names them, and as others hand them over."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit


def from_home(path: Path) -> str:
    """A path as people write it: what is in the home folder from `~` on."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def place_from_home(place: str) -> str:
    """The same of a register's place, which may be a server's address."""
    return place if "://" in place else from_home(Path(place))


_ANEW = re.compile(r"""^.*[\\/'"](?=/|~/|[A-Za-z]:\\)""")


def as_meant(line: str) -> str:
    """A path as it was typed, dropped or pasted behind another: `/here//there` is `/there`."""
    return _ANEW.sub("", line.strip().strip("\"'"))


_WINDOWS = re.compile(r"""(?:^|[\s"'])[A-Za-z]:\\""")
_NO_PATHS = ("copy", "cut", "x-special/gnome-copied-files")
"""Lines that a file manager puts before the paths."""


def pasted_paths(text: str, there: Callable[[str], bool] = lambda path: True) -> list[Path]:
    """The files that a paste names, a line or several, as file managers and terminals drop them:
    in quotation marks, with blanks behind strokes, as `file://`; `there` says what is a file.
    """
    found: list[Path] = []
    for line in re.split(r"[\r\n\0]+", text):
        line = line.strip().strip("\u200e\u200f\u202a\u202c\ufeff")  # noqa: PLW2901
        if line and line not in _NO_PATHS and not line.startswith("#"):
            found += [Path(each).expanduser() for each in _paths_of(line, there)]
    return list(dict.fromkeys(found))


def _paths_of(line: str, there: Callable[[str], bool]) -> list[str]:
    if line.startswith("file:"):
        return [_of_url(each) for each in re.split(r"\s+(?=file:)", line)]
    if there(line):
        return [line]
    try:
        told = shlex.split(line, posix=_WINDOWS.search(line) is None)
    except ValueError:  # a mark that does not end
        told = []
    told = [_of_url(each.strip("\"'")) for each in told]
    return told if told and all(map(there, told)) else [line.strip("\"'“”")]


def _of_url(said: str) -> str:
    """The path of a `file://` address; anything else as it is."""
    if not said.startswith("file:"):
        return said
    parts = urlsplit(said)
    path = unquote_to_bytes(parts.path).decode("utf-8", "surrogateescape")
    if re.match(r"/[A-Za-z]:/", path):  # a disk of Windows
        return path[1:]
    host = "" if parts.netloc in ("", "localhost") else f"//{unquote(parts.netloc)}"
    return host + path
