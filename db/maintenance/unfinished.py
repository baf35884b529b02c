"""Files put in place whole or not at all, and what a killed program leaves of them.

A file is written under a temporary name in its own folder, brought to the disk, and renamed. The
temporary name says which machine and process writes it: once that process has gone, whoever comes
next removes it. Where nobody comes by, a note says where it is; another kind of note says what is to
be done to the end.
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

from db.storage.on_disk import sync_folder

_NAME = re.compile(
    r"\.taizhang-([0-9a-f]{6})-([0-9]{1,9})-[0-9a-f]{8}\.tmp\.db(-journal|-wal|-shm)?"
)
_NOTE = re.compile(r"\.taizhang-([0-9a-f]{6})-([0-9]{1,9})-[0-9a-f]{8}\.note")
SIDES = ("-journal", "-wal", "-shm")
"""What SQLite may keep beside a database, added to its name."""
OLD_SECONDS = 24 * 60 * 60
"""After this, nobody is still writing, on whichever machine."""


@contextlib.contextmanager
def unfinished(folder: Path, noted_in: Path | None = None) -> Iterator[Path]:
    """An empty file of our own in a folder, 0600; gone at the end unless it was put in place.

    If nobody sweeps that folder at every start, `noted_in` is one where somebody does.
    """
    name = f".taizhang-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
    path = folder / f"{name}.tmp.db"
    note = noted_in / f"{name}.note" if noted_in not in (None, folder) else None
    try:
        if note is not None:
            with contextlib.suppress(OSError):  # without it, the next copy there removes the file
                note.touch(0o600)
                note.write_bytes(os.fsencode(path.absolute()))
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield path
    finally:
        for side in ("", *SIDES):
            with contextlib.suppress(OSError):
                beside(path, side).unlink(missing_ok=True)
        if note is not None:
            with contextlib.suppress(OSError):
                note.unlink(missing_ok=True)


def beside(path: Path, side: str) -> Path:
    return path.with_name(path.name + side)


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name: on the disk before, and the name on the disk after."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def sweep(folder: Path) -> int:
    """Remove what programs that have gone left unfinished; answers how many files that were.

    Here, and where the notes in this folder say.
    """
    gone = 0
    with contextlib.suppress(OSError):  # a folder that is not there, or not ours
        for entry in os.scandir(folder):
            found = _NAME.fullmatch(entry.name) or _NOTE.fullmatch(entry.name)
            if found and _abandoned(entry, found[1], int(found[2])):
                with contextlib.suppress(OSError):
                    if entry.name.endswith(".note"):
                        gone += _follow(Path(entry.path))
                    else:
                        os.unlink(entry.path)
                        gone += 1
    return gone


def _follow(note: Path) -> int:
    """Remove what a note tells of, and then the note. A medium that is away may come back."""
    told = Path(os.fsdecode(note.read_bytes()))
    gone = 0
    if told.name == f"{note.stem}.tmp.db":
        if not told.parent.is_dir():
            return 0
        for path in (beside(told, side) for side in ("", *SIDES)):
            if path.is_file() and not path.is_symlink():
                path.unlink()
                gone += 1
    note.unlink()
    return gone


def begin_work(note: Path, told: str) -> None:
    """Note what must be done to the end, should this process be killed over it."""
    with unfinished(note.parent) as temporary:
        temporary.write_text(f"{_machine()} {os.getpid()} {told}", encoding="utf-8")
        put_in_place(temporary, note)


def work_left(note: Path) -> str | None:
    """What was told of a work that is not done, and whose process has gone; else None."""
    try:
        machine, process, told = note.read_text(encoding="utf-8").split(" ", 2)
        gone = _has_gone(machine, int(process), note.stat().st_mtime)
    except (OSError, ValueError):
        return None
    return told if gone else None


def _abandoned(entry: os.DirEntry[str], machine: str, process: int) -> bool:
    with contextlib.suppress(OSError):
        return _has_gone(machine, process, entry.stat(follow_symlinks=False).st_mtime)
    return False


def _has_gone(machine: str, process: int, touched: float) -> bool:
    if machine == _machine() and not _runs(process):
        return True
    return time() - touched > OLD_SECONDS


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
