"""Where a register is, and whose its files are."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from db.errors import BadValue, Unreadable, plain_fault
from db.storage.server_address import is_server, require_driver, server_address

LONGEST_NAME = 255 - len("-journal")
"""Bytes of a file's name, with what SQLite appends to it for the files it keeps beside."""

LONGEST_PATH = 512 - len("-journal")
"""Bytes of its whole path: SQLite takes no longer ones on POSIX systems."""


def sqlite_path(location: str) -> Path:
    """The file a location names; a link is followed, for SQLite keeps its files by the target.

    Raises:
        BadValue: the location is a URL of another database, names no file, or none SQLite takes.
        Unreadable: it cannot be looked at, or is a link to itself.
    """
    path = _named(location)
    if str(path) == ":memory:" or "\0" in str(path):
        raise BadValue(f"“{location}”不是文件；请写文件路径，或 sqlite:///路径。")
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise BadValue(
            f"登记簿的文件名太长；请不要超过{LONGEST_NAME}个字节（{LONGEST_NAME // 3}个汉字）。"
        )
    place = Path(os.path.realpath(path)) if os.path.islink(path) else path
    _refuse_unfit(place)
    if place.is_symlink():
        raise Unreadable(f"登记簿 {place} 是循环的链接；请核对路径。")
    return place


def _refuse_unfit(path: Path) -> None:
    """Refuse a path that SQLite does not take: nothing may be made on the way there."""
    try:
        told = str(path.absolute()).encode()
        path.lstat()
    except UnicodeEncodeError:
        raise BadValue("登记簿的路径里有无法识别的字符；请换一个名字。") from None
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as fault:
        raise Unreadable(f"登记簿 {path} 无法使用：{plain_fault(fault)}。") from None
    if os.name != "nt" and len(told) > LONGEST_PATH:
        raise BadValue(
            f"登记簿的路径太长（{len(told)}个字节）；请放到浅一些的文件夹里，"
            f"不要超过{LONGEST_PATH}个字节。"
        )


def _named(location: str) -> Path:
    if "://" not in location:
        try:
            return Path(location).expanduser()
        except RuntimeError:
            user = location.partition("/")[0]
            raise BadValue(f"本机没有用户 {user}；请核对路径“{location}”。") from None
    try:
        url = make_url(location)
    except ArgumentError:
        raise BadValue(
            f"数据库地址“{location}”无法识别；请写文件路径，或 sqlite:///路径。"
        ) from None
    if is_server(location):
        raise BadValue(
            f"登记簿 {server_address(location).place} 在数据库服务器上，由服务器备份和恢复"
            "（pg_dump、PITR，见 docs/scale.md）；没有做任何改动。"
        )
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BadValue(
            "登记簿可以是 SQLite 文件（写文件路径，或 sqlite:///路径），"
            "或在 PostgreSQL 上（写 postgresql+psycopg://用户@主机/数据库）。"
        )
    return Path(url.database)


def exists(location: str) -> bool:
    """Whether a register stands at the location."""
    if is_server(location):
        require_driver()
        from db.storage.register_server import stands_there

        return stands_there(location)
    path = sqlite_path(location)
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError as fault:
        raise Unreadable(f"登记簿 {path} 无法读取：{plain_fault(fault)}。") from None


def refuse_other_kinds(path: Path) -> None:
    """Refuse a folder, a device or a pipe in a register's place; OSError when nothing is there."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise Unreadable(f"{path} 是一个文件夹；请写明登记簿文件名。")
    if not stat.S_ISREG(mode):
        raise Unreadable(f"{path} 不是普通文件；请写明登记簿文件名。")


def make_private(path: Path) -> None:
    """An empty file 0600, its new folders 0700: personal data follow. (Windows keeps its rights.)"""
    private_folders(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    if os.name != "nt":
        path.chmod(0o600)  # also if it was there already, empty


def private_folders(folder: Path) -> None:
    """Make a folder and those above it that are missing, 0700 each."""
    for missing in (*reversed(folder.parents), folder):
        if not missing.exists():
            missing.mkdir(mode=0o700, exist_ok=True)


def log_of(path: Path) -> Path:
    """The log (WAL) that SQLite keeps beside a register."""
    return path.with_name(f"{path.name}-wal")


def index_of(path: Path) -> Path:
    """The log's index, shared by all who have the register open."""
    return path.with_name(f"{path.name}-shm")


def copies_folder(register: Path) -> Path:
    """Where a register's own copies are (`db.maintenance.backups`)."""
    return register.parent / "backups"


def papers_folder(register: Path) -> Path:
    """Where the papers of a register's cases are; those of its copies likewise beside them."""
    return register.with_name(f"{register.name}.papers")


def size_of(path: Path) -> int:
    """Its bytes; 0 if there is no such file."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def close_to_others(path: Path) -> tuple[str, ...]:
    """Take from others the right to read a register, its log, papers and copies; what to say of it.

    The names of copies begin with the register's own (`db.maintenance.backups`).
    """
    if os.name == "nt":
        return ()
    copies = copies_folder(path)
    files = [path, log_of(path), index_of(path)]
    if copies.is_dir():
        files += sorted(
            copy for copy in copies.glob("*.db") if copy.name.startswith(path.stem[:20])
        )
    papers = papers_folder(path)
    if papers.is_dir():  # who may not enter it reads none of them
        files.append(papers)
    open_to_others = [file for file in files if _mode(file) & 0o077]
    left = [file for file in open_to_others if not _make_own(file)]
    closed = [file for file in open_to_others if file not in left]
    said = []
    if closed:
        said.append(f"别人原来能读到 {_listed(closed)}；现已改为只有本人可读（0600）。")
    if left:
        said.append(f"别人能读到 {_listed(left)}，本程序又无权更改；请让文件的主人改为 0600。")
    return tuple(said)


def _listed(files: list[Path]) -> str:
    more = f"等{len(files)}个文件" if len(files) > 1 else ""
    return f"{files[0]} {more}".rstrip()


def _mode(file: Path) -> int:
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except OSError:
        return 0


def _make_own(file: Path) -> bool:
    try:
        file.chmod(0o700 if file.is_dir() else 0o600)
    except OSError:
        return False
    return True
