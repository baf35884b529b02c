"""What killed programs of before left of papers, outside the folder that drafts have now.

They drafted a paper beside its place, as `.台账-x1y2z3a4.xlsx`, and its sheets as `openpyxl.x1y2z3a4`
in the folder for temporary files; nothing told whose these were. They are removed when everything
says that they are ours and abandoned: name, owner, rights, how they begin, an hour's rest, and that
no program has them open. A file of which one of these is not so stays, whoever's it is.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from pathlib import Path

_RANDOM = "[a-z0-9_]{8}"
"""What Python makes the names of temporary files end in."""
_PAPER = re.compile(rf"\.(.+)-({_RANDOM})\.((?i:xlsx|csv))")
_SHEET = re.compile(rf"openpyxl\.{_RANDOM}")
_CALLED = re.compile("台账|年报")
_MIXED = re.compile("(?=.*[a-z_])(?=.*[0-9])")
"""What chance makes has letters and digits; what people write is a day or a word."""

_BEGINNINGS = {
    "xlsx": re.compile(rb"(PK\x03\x04.{26}docProps/app\.xml)?", re.DOTALL),
    "csv": re.compile("(\ufeff编号,)?".encode()),
}
"""How such a paper begins, unless it is empty still."""
_OF_A_SHEET = re.compile(rb"<worksheet xmlns=")
_WORDS = tuple(word.encode() for word in ("申请人", "政府信息公开"))
_LOOKED_AT = 64 * 1024

HOUR, DAY = 3600, 24 * 3600


def sweep_older(folder: Path) -> None:
    """Remove such drafts of papers from a folder.

    Raises:
        OSError: the folder cannot be read.
    """
    for name in os.listdir(folder):
        found = _PAPER.fullmatch(name)
        if found is None:
            continue
        stem, random, ending = found.groups()
        if not (_CALLED.match(stem) or _MIXED.match(random)):
            continue
        with contextlib.suppress(OSError):
            path = folder / name
            if _is_left(path) and _begins(path, _BEGINNINGS[ending.lower()]):
                path.unlink()


def sweep_older_sheets(folder: Path) -> None:
    """Remove such drafts of sheets from the folder for temporary files.

    Raises:
        OSError: the folder cannot be read.
    """
    for name in os.listdir(folder):
        if not _SHEET.fullmatch(name):
            continue
        with contextlib.suppress(OSError):
            path = folder / name
            if _is_left(path) and _is_sheet_of_ours(path):
                path.unlink()


def _is_left(path: Path) -> bool:
    """Whether it is an own plain file for nobody else, and nobody has been at it for an hour.

    Where it cannot be seen who has a file open, a day.
    """
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        return False
    if os.name != "nt" and (found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) != 0o600):
        return False
    rested = time.time() - found.st_mtime
    return rested > HOUR and not _is_open(found, unknown=rested <= DAY)


def _is_open(file: os.stat_result, *, unknown: bool) -> bool:
    """Whether an own program has it open; `unknown` where the system does not tell."""
    if not os.path.isdir("/proc/self/fd"):
        return unknown
    for process in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):  # another's, or gone meanwhile
            for handle in os.listdir(f"/proc/{process}/fd"):
                with contextlib.suppress(OSError):
                    if os.path.samestat(os.stat(f"/proc/{process}/fd/{handle}"), file):
                        return True
    return False


def _begins(path: Path, pattern: re.Pattern[bytes]) -> bool:
    with path.open("rb") as file:
        beginning = file.read(100)
    found = pattern.match(beginning)
    return found is not None and (bool(found[0]) or not beginning)


def _is_sheet_of_ours(path: Path) -> bool:
    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT)
    return bool(_OF_A_SHEET.match(beginning)) and any(word in beginning for word in _WORDS)
