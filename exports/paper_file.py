"""Putting a paper on disk: whole or not at all, and readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from db.errors import RegisterError, plain_fault


@contextlib.contextmanager
def replacing(path: Path, register: Path) -> Iterator[Path]:
    """A temporary file beside `path`, put in its place when the block ends well.

    Raises:
        RegisterError: `path` is the register itself; the folder or the file cannot be written. An
            older file is left as it was.
    """
    try:
        if path.exists() and path.samefile(register):
            raise RegisterError(f"{path} 是登记簿本身；请换一个文件名。")
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix
        )
        os.close(handle)  # made 0600: papers name people
    except OSError as fault:
        raise RegisterError(_sentence(path, fault)) from None
    temporary = Path(name)
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as fault:
        raise RegisterError(_sentence(path, fault)) from None
    finally:
        temporary.unlink(missing_ok=True)


def _sentence(path: Path, fault: OSError) -> str:
    if isinstance(fault, PermissionError):
        return f"{path} 无法写入：没有权限，或正被别的程序打开；请关闭后再试，或换一个位置。"
    if isinstance(fault, (FileNotFoundError, NotADirectoryError)):
        return f"{path} 无法写入：文件夹不存在；请先建立文件夹，或换一个位置。"
    if isinstance(fault, IsADirectoryError):
        return f"{path} 是一个文件夹；请写明文件名。"
    return f"{path} 无法写入：{plain_fault(fault)}。"
