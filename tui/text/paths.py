"""Files as the desk names them."""

from __future__ import annotations

import re
from pathlib import Path


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
