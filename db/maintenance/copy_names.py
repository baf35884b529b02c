"""The name of a copy: of which register it is, when and why it was made, and how much it holds.

`register-20261124-093000-0001073-3f9a61c2d4e5-4f9a1c-daily.db`: the moment, how many records are in
the chain, the digest of the last one, the register's mark, the reason; a copy of a register that does not verify ends
in `-有误.db`. What is listed, thinned and held against the register is read from names alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from db.errors import Unreadable, plain_fault
from db.moment import local
from db.storage.chain import head
from db.storage.location import copies_folder
from db.storage.sqlite import TABLE_NAMES

LONGEST = 170
"""Bytes of a name that the register's own may take: file systems allow 255 in all."""
FAULTY = "-有误"
NO_DIGEST = "000000000000"
EMPTY = "000000"
"""The mark of a register without any record of a case."""
_RECORDS = (
    "events",
    "dispute_events",
    "filings",
    "calendar_notices",
    "organ_facts",
    "report_figures",
    "report_texts",
    "explanations",
)

REASONS = {
    "daily": "每日",
    "closing": "退出时",
    "before-import": "导入前",
    "before-move": "迁移前",
    "before-restore": "恢复前",
    "after-erasure": "清除后",
    "asked": "手动",
}


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a register holds, and which register it is."""

    records: int
    digest: str
    """Twelve hexadecimal digits of the chain's last digest; zeros in a schema without a chain."""
    mark: str
    """Six hexadecimal digits of its first record: the same in all its copies, another in another
    register that has come to stand under the same name."""


@dataclass(frozen=True, slots=True)
class CopyName:
    """What a copy's name says; `extent` is None in names of before it was said."""

    register: str
    at: datetime
    """Local, to the second, without a zone."""
    extent: Extent | None
    reason: str
    faulty: bool = False

    def __str__(self) -> str:
        held = "000000"
        if self.extent:
            held = f"{self.extent.records:07d}-{self.extent.digest}-{self.extent.mark}"
        end = FAULTY if self.faulty else ""
        return f"{self.register}-{self.at:%Y%m%d-%H%M%S}-{held}-{self.reason}{end}.db"

    @property
    def why(self) -> str:
        """The reason in words."""
        if self.reason.startswith("before-") and self.reason not in REASONS:
            return "升级前"
        return REASONS.get(self.reason, self.reason)


def register_name(path: Path) -> str:
    """What copies of a register are called by; a long name is cut, and told apart by a digest."""
    name = path.stem if path.suffix == ".db" else path.name
    if len(name.encode()) <= LONGEST:
        return name
    digest = sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    cut = name.encode("utf-8", "surrogateescape")[: LONGEST - 9].decode(errors="ignore")
    return f"{cut}~{digest}"


def erasing_note(register: Path) -> Path:
    """Where it is noted that an erasure has begun (`db.maintenance.retiring`)."""
    return copies_folder(register) / f"{register_name(register)}.erasing"


def read_name(name: str, register: str) -> CopyName | None:
    """What a file's name says; None when it is not that of a copy of this register."""
    found = re.fullmatch(
        rf"{re.escape(register)}-(\d{{8}}-\d{{6}})-(?:\d{{6}}|(\d{{7,12}})-([0-9a-f]{{12}})-([0-9a-f]{{6}}))"
        rf"-(.+?)({FAULTY})?\.db",
        name,
        re.ASCII,
    )
    if found is None:
        return None
    moment, records, digest, mark, reason, faulty = found.groups()
    try:
        at = datetime.strptime(moment, "%Y%m%d-%H%M%S")  # noqa: DTZ007 names have no zone
    except ValueError:
        return None
    extent = Extent(int(records), digest, mark) if records else None
    return CopyName(register, at, extent, reason, faulty is not None)


def copies_in(folder: Path, register: str) -> dict[CopyName, Path]:
    """The copies of a register in a folder, newest first; none when that is no folder.

    Raises:
        Unreadable: the folder cannot be read.
    """
    try:
        paths = list(folder.iterdir()) if folder.is_dir() else []
    except OSError as fault:
        raise Unreadable(f"备份文件夹 {folder} 无法读取：{plain_fault(fault)}。") from None
    found = {name: path for path in paths if (name := read_name(path.name, register))}
    return dict(sorted(found.items(), key=lambda one: (one[0].at, one[1].name), reverse=True))


def extent_of(connection: Connection) -> Extent:
    """How many records a register holds, whatever its schema, and its mark."""
    if _is_chained(connection):
        end = head(connection)
        records, digest = end.records, end.digest[:12]
    else:
        digest = NO_DIGEST
        records = sum(
            int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
            for table in record_tables(connection)
        )
    first = connection.exec_driver_sql(
        "SELECT recorded_at, recorded_by FROM events ORDER BY id LIMIT 1"
    ).first()
    mark = sha256("\0".join(map(str, first)).encode()).hexdigest()[:6] if first else EMPTY
    return Extent(records, digest, mark)


def _is_chained(connection: Connection) -> bool:
    return "chain" in connection.exec_driver_sql(TABLE_NAMES).scalars().all()


def last_recorded(connection: Connection) -> date | None:
    """The local day on which something was last recorded of a case."""
    stored = connection.exec_driver_sql(
        "SELECT recorded_at FROM events ORDER BY id DESC LIMIT 1"
    ).scalar()
    return local(str(stored)).date() if stored else None


def record_tables(connection: Connection, schema: str = "main") -> list[str]:
    """The tables of a register that only ever grow; older schemas have fewer."""
    listed = TABLE_NAMES.replace("sqlite_master", f"{schema}.sqlite_master")
    names = set(connection.exec_driver_sql(listed).scalars())
    return [table for table in _RECORDS if table in names]
