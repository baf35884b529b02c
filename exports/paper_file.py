"""Putting a paper on disk: whole or not at all, and readable by its owner only.

A paper is drafted in a folder of its own beside its place, `.taizhang-….tmp` (0700), and so are the
drafts of its sheets: nothing of it lies anywhere else. A file in that folder is locked as long as
the program lives. A folder that nobody holds is what a killed program left, and `sweep` removes it;
a note beside the register says where such a folder stands that is elsewhere.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from db.errors import RegisterError, plain_fault
from exports.older_drafts import sweep_older

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_OURS = re.compile(r"\.taizhang-[0-9a-f]{16}\.(tmp|note)")
_HELD = "held"
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_ELSEWHERE = 24 * 3600
"""Seconds after which a folder that another machine made is given up: its locks are not seen."""


@contextlib.contextmanager
def replacing(
    path: Path, register: Path | None, last: Callable[[], None] = lambda: None
) -> Iterator[Path]:
    """A draft that takes the place of `path` when the block ends well; its folder is the block's.

    `register` is the register's own file, if it is one. `last` is called once the draft is safe on the disk; what it raises leaves the older file. Of a
    link, the file it points at is replaced.

    Raises:
        RegisterError: `path` is the register itself; the folder or the file cannot be written. An
            older file is left as it was.
    """
    try:
        place = _place(path, register)
        with contextlib.suppress(OSError):
            sweep(place.parent)
        with drafting(place.parent, notes_folder(register, place)) as folder:
            draft = folder / f"paper{path.suffix}"
            os.close(_make(draft))
            yield draft
            _to_disk(draft)
            last()
            os.replace(draft, place)
            with contextlib.suppress(OSError):  # not every system lets a folder be opened
                _to_disk(place.parent, os.O_RDONLY)
    except OSError as fault:
        raise RegisterError(_sentence(path, fault)) from None


def sweep(folder: Path) -> None:
    """Remove what killed programs, also older ones, left of papers in a folder, and where its notes say.

    In a register's folder this is done at every start. What a living program still writes is left
    alone.

    Raises:
        OSError: the folder cannot be read.
    """
    sweep_older(folder)
    for name in os.listdir(folder):
        if not _OURS.fullmatch(name):
            continue
        with contextlib.suppress(OSError):
            if name.endswith(".tmp"):
                _remove_if_left(folder / name)
            else:
                _follow(folder / name)


def lock(handle: int) -> bool:
    """Lock an open file until it is closed; False when another has it locked.

    Where a file system knows no locks, nobody is told from anybody: True.
    """
    try:
        _lock(handle)
    except OSError as fault:
        return fault.errno not in _TAKEN
    return True


def _place(path: Path, register: Path | None) -> Path:
    """The file that is to be replaced, links followed."""
    if register is not None and path.exists() and path.samefile(register):
        raise RegisterError(f"{path} 是登记簿本身；请换一个文件名。")
    place = Path(os.path.realpath(path))
    if place.is_symlink():
        raise OSError(errno.ELOOP, "a link to itself")
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder")
    if place.exists() and not place.is_file():
        raise RegisterError(f"{path} 不是普通文件，不能写成台账或年报；请换一个文件名。")
    return place


def notes_folder(register: Path | None, paper: Path) -> Path:
    """Where it is noted where drafts are: beside the register, or if that is no file, beside the
    paper itself."""
    return (register.resolve() if register is not None else paper).parent


@contextlib.contextmanager
def drafting(beside: Path, register: Path) -> Iterator[Path]:
    """A folder for drafts, held as long as the block lasts and gone with it."""
    handle = None
    while handle is None:
        folder = beside / f".taizhang-{os.urandom(8).hex()}.tmp"
        note = register / f"{folder.stem}.note"
        try:
            if beside != register:
                # First, or there could be a folder without it: that is found by the next paper there.
                with contextlib.suppress(OSError), open(_make(note), "wb") as file:
                    file.write(os.fsencode(folder))
            handle = _hold(folder)
            if handle is not None:
                yield folder
        finally:
            if handle is not None:
                _empty(folder)
                os.close(handle)
                _take_away(folder)
            if not os.path.lexists(folder):  # else it tells the next start where that is
                with contextlib.suppress(OSError):
                    note.unlink(missing_ok=True)


def _hold(folder: Path) -> int | None:
    """Make the folder; the open file that holds it, or None if another program took it away."""
    folder.mkdir(mode=0o700)
    try:
        handle = _make(folder / _HELD)
    except FileNotFoundError:
        return None  # while it was empty, it was taken for one that was left
    except OSError:
        folder.rmdir()
        raise
    if lock(handle) and (folder / _HELD).exists():
        with contextlib.suppress(OSError):  # a full disk is told of where it is in the way
            os.write(handle, os.fsencode(_machine()))
        return handle
    os.close(handle)
    return None


def _make(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)


def _to_disk(path: Path, how: int = os.O_RDWR) -> None:
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _follow(note: Path) -> None:
    """Remove what a note tells of, and the note with it. A medium that is away may come back."""
    told = note.read_bytes()
    folder = Path(os.fsdecode(told))
    if _OURS.fullmatch(folder.name):
        if not folder.parent.is_dir():
            return
        if os.path.lexists(folder):
            _remove_if_left(folder)
    if not told or not os.path.lexists(folder):
        note.unlink()


def _remove_if_left(folder: Path) -> None:
    if not stat.S_ISDIR(folder.lstat().st_mode):
        return
    try:
        handle = os.open(folder / _HELD, os.O_RDWR)
    except FileNotFoundError:  # just made, all but gone, or its program could not empty it
        inside = os.listdir(folder)
        if not os.path.lexists(folder / _HELD):  # which is made before anything else in it
            _remove(folder, inside)
            folder.rmdir()
        return
    try:
        by = os.fsdecode(os.read(handle, 1000))
        if by not in ("", _machine()) and time.time() - folder.stat().st_mtime < _ELSEWHERE:
            return
        try:
            _lock(handle)
        except OSError:
            return
        _empty(folder)
    finally:
        os.close(handle)
    _take_away(folder)


def _empty(folder: Path) -> None:
    """Remove what a folder holds; what holds it goes last, and while it still does."""
    with contextlib.suppress(OSError):
        _remove(folder, sorted(os.listdir(folder), key=lambda name: name == _HELD))


def _remove(folder: Path, names: list[str]) -> None:
    for name in names:
        inside = folder / name
        if inside.is_dir() and not inside.is_symlink():
            shutil.rmtree(inside, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                inside.unlink()


def _take_away(folder: Path) -> None:
    _empty(folder)  # again, if it took one more open file than there was
    with contextlib.suppress(OSError):
        (folder / _HELD).unlink(missing_ok=True)  # a system that keeps open files has it still
        folder.rmdir()


def _machine() -> str:
    import platform

    return platform.node()


def _sentence(path: Path, fault: OSError) -> str:
    if isinstance(fault, PermissionError):
        return f"{path} 无法写入：没有权限，或正被别的程序打开；请关闭后再试，或换一个位置。"
    if isinstance(fault, (FileNotFoundError, NotADirectoryError)):
        return f"{path} 无法写入：文件夹不存在；请先建立文件夹，或换一个位置。"
    if isinstance(fault, IsADirectoryError):
        return f"{path} 是一个文件夹；请写明文件名。"
    return f"{path} 无法写入：{plain_fault(fault)}。"
