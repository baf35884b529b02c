"""Where a register is."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from db.errors import BadValue, Unreadable, plain_fault


def sqlite_path(location: str) -> Path:
    """The file a location names.

    Raises:
        BadValue: the location is a URL of another database, or not a URL at all.
    """
    if "://" not in location:
        return Path(location).expanduser()
    try:
        url = make_url(location)
    except ArgumentError:
        raise BadValue(f"数据库地址“{location}”看不懂；请写文件路径，或 sqlite:///路径。") from None
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise BadValue("目前只支持 SQLite 登记簿文件；请写文件路径，或 sqlite:///路径。")
    return Path(url.database)


def exists(location: str) -> bool:
    """Whether a register stands at the location."""
    path = sqlite_path(location)
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError as fault:
        raise Unreadable(f"登记簿 {path} 无法读取：{plain_fault(fault)}。") from None


def make_private(path: Path) -> None:
    """The file 0600 in a folder 0700: it holds personal data. (Windows keeps its own rights.)"""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    if path.is_file():  # there already, but empty
        path.chmod(0o600)
    elif not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
