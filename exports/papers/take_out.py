"""Bringing the papers of a case out of the register, each under its own name.

A name is anybody's: what a file system or a shell would take for more than a name is replaced. No
file that is there is written over, and none can be run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from db.cases.papers import NAMELESS, Paper, content_of
from db.errors import RegisterError, Unreadable, plain_fault
from db.storage.transaction import Transaction

_LONGEST = 200
"""Bytes of a file's name: file systems allow 255."""
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def take_out(tx: Transaction, papers: Sequence[Paper], folder: Path) -> tuple[Path, ...]:
    """Write these papers into a folder, made if there is none; answers where each is.

    All of them have been found unchanged before the first is written.

    Raises:
        NotFound, Unreadable: one is missing or has been changed; nothing is written.
        RegisterError: the folder cannot be written.
    """
    contents = [content_of(tx, paper) for paper in papers]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return tuple(
            _write(folder, file_name(paper.name or paper.called or NAMELESS), content)
            for paper, content in zip(papers, contents, strict=True)
        )
    except OSError as fault:
        raise RegisterError(f"{folder} 无法写入：{plain_fault(fault)}。") from None


def file_name(name: str) -> str:
    """A name that is a file's on every system, and nothing more."""
    told = _UNFIT.sub("_", name).strip().rstrip(". ")
    if told[:1] in (".", "-", "~"):
        told = f"_{told[1:]}"
    if _DEVICES.fullmatch(told):
        told = f"_{told}"
    stem, ending = _parted(told)
    while len((stem + ending).encode()) > _LONGEST:
        stem = stem[:-1]
    return (stem + ending) or NAMELESS


def _parted(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if dot and stem and len(ending) <= 10 else (name, "")


def _write(folder: Path, name: str, content: bytes) -> Path:
    stem, ending = _parted(name)
    for again in range(1, 10_000):
        path = folder / (name if again == 1 else f"{stem} ({again}){ending}")
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
        except FileExistsError:
            continue
        try:
            with open(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path
    raise Unreadable(f"{folder} 里同名的文件太多；请换一个文件夹。")


_BINARY = getattr(os, "O_BINARY", 0)
