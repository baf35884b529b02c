"""The papers of cases as files beside a register that is a file.

Each is named by the SHA-256 of its content, readable by its owner only, and on the disk before a
record names it. Nothing of it is ever run.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection

from db.errors import Unreadable, plain_fault
from db.storage.location import private_folders
from db.storage.on_disk import sync_folder
from db.storage.paper_store import LARGEST

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DRAFT = re.compile(r"\.[0-9a-f]{64}-[0-9a-f]{8}\.tmp")


class PaperFolder:
    """A folder, as a `PaperStore`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, connection: Connection | None, digest: str, content: bytes) -> None:
        with _sentences(self.folder):
            private_folders(self.folder)
            _close(self.folder)
            place = self.folder / digest
            if _content(place) == content:
                return
            draft = self.folder / f".{digest}-{secrets.token_hex(4)}.tmp"
            try:
                handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
                with open(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(draft, place)
            finally:
                draft.unlink(missing_ok=True)
            sync_folder(self.folder)
            sync_folder(self.folder.parent)

    def read(self, connection: Connection | None, digest: str) -> bytes | None:
        with _sentences(self.folder):
            return _content(self.folder / digest)

    def digests(self, connection: Connection | None = None) -> set[str]:
        with _sentences(self.folder):
            return {name for name in _names(self.folder) if _DIGEST.fullmatch(name)}

    def remove(self, connection: Connection | None, digests: Iterable[str]) -> None:
        with _sentences(self.folder):
            for digest in digests:
                (self.folder / digest).unlink(missing_ok=True)
            for name in _names(self.folder):
                if _DRAFT.fullmatch(name):  # of a program that was killed over it
                    (self.folder / name).unlink(missing_ok=True)
            if self.folder.is_dir():
                sync_folder(self.folder)

    def age(self, digest: str, now: float) -> float:
        """Seconds since a paper was put there; 0 if that is not known."""
        with contextlib.suppress(OSError):
            return now - (self.folder / digest).stat().st_mtime
        return 0.0


def _names(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []


def _content(path: Path) -> bytes | None:
    """What a file holds, no more of it than a paper may; None if there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | _BINARY)
    except FileNotFoundError:
        return None
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return None
        return file.read(LARGEST + 1)


_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def _close(folder: Path) -> None:
    if os.name != "nt" and stat.S_IMODE(folder.stat().st_mode) != 0o700:
        folder.chmod(0o700)


@contextlib.contextmanager
def _sentences(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Unreadable(f"附卷材料的文件夹 {folder} 无法使用：{plain_fault(fault)}。") from fault
