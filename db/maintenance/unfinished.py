"""Files put in place whole or not at all, and what a killed program leaves of them.

A file is written under a temporary name in its own folder, brought to the disk, and renamed. The
temporary name says which machine and process writes it: once that process has gone, whoever comes
next removes it.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import secrets
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from time import time

_NAME = re.compile(
    r"\.taizhang-([0-9a-f]{6})-([0-9]{1,9})-[0-9a-f]{8}\.tmp\.db(-journal|-wal|-shm)?"
)
SIDES = ("-journal", "-wal", "-shm")
"""What SQLite may keep beside a database, added to its name."""
OLD_SECONDS = 24 * 60 * 60
"""After this, nobody is still writing, on whichever machine."""


@contextlib.contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """An empty file of our own in a folder, 0600; gone at the end unless it was put in place."""
    name = f".taizhang-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.tmp.db"
    path = folder / name
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield path
    finally:
        for side in ("", *SIDES):
            with contextlib.suppress(OSError):
                beside(path, side).unlink(missing_ok=True)


def beside(path: Path, side: str) -> Path:
    return path.with_name(path.name + side)


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name: on the disk before, and the name on the disk after."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk. (Windows does that by itself.)"""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network shares cannot
            os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> int:
    """Remove what programs that have gone left unfinished; answers how many files that were."""
    gone = 0
    with contextlib.suppress(OSError):  # a folder that is not there, or not ours
        for entry in os.scandir(folder):
            found = _NAME.fullmatch(entry.name)
            if found and _abandoned(entry, found[1], int(found[2])):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)
                    gone += 1
    return gone


def _abandoned(entry: os.DirEntry[str], machine: str, process: int) -> bool:
    if machine == _machine() and not _runs(process):
        return True
    with contextlib.suppress(OSError):
        return time() - entry.stat(follow_symlinks=False).st_mtime > OLD_SECONDS
    return False


def _runs(process: int) -> bool:
    if sys.platform == "win32":  # asking there would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _machine() -> str:
    return sha256(platform.node().encode()).hexdigest()[:6]
