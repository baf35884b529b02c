"""A second folder for copies, on another disk or a share: kept in step with the first.

It is known again by a small file left in it, so that an empty mount point is not taken for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from db.errors import BadValue, Unreadable, plain_fault
from db.maintenance.copy_names import copies_in, register_name
from db.maintenance.paper_copies import bring, papers_beside
from db.maintenance.thinning import superfluous
from db.maintenance.unfinished import put_in_place, sweep, unfinished

SIGN = ".taizhang-backups"
PATIENCE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class SecondFolder:
    """Where it is, and when it was last in step."""

    path: Path
    reached: datetime

    def long_absent(self, now: datetime) -> bool:
        return now - self.reached >= PATIENCE


def second_folder(copies: Path, register: Path) -> SecondFolder | None:
    """The second folder of a register whose own copies are in `copies`; None when it has none."""
    try:
        content = json.loads(_settings(copies, register).read_text(encoding="utf-8"))
        return SecondFolder(Path(content["folder"]), datetime.fromisoformat(content["reached"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def choose_second_folder(
    copies: Path, register: Path, folder: Path | None, now: datetime
) -> SecondFolder | None:
    """From now on keep this folder in step, or none.

    Raises:
        BadValue: it is no folder, or the register's own.
        Unreadable: it cannot be written.
    """
    try:
        if folder is None:
            _settings(copies, register).unlink(missing_ok=True)
            return None
        if not folder.is_dir():
            raise BadValue(f"没有文件夹 {folder}；请先建好，或接上共享盘再试。")
        copies.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.samefile(copies) or folder.samefile(copies.parent):
            raise BadValue(f"{folder} 就是登记簿所在的地方；第二份请放到别的磁盘或共享盘。")
        (folder / SIGN).write_text("taizhang\n", encoding="utf-8")
        chosen = SecondFolder(folder.absolute(), now)
        _note(copies, register, chosen)
    except OSError as fault:
        raise Unreadable(f"{folder} 不能用作第二份备份：{plain_fault(fault)}。") from None
    keep_in_step(register, copies, now)
    return chosen


def keep_in_step(register: Path, copies: Path, now: datetime) -> None:
    """Bring over what the second folder lacks and thin it. If it is absent, that waits."""
    second = second_folder(copies, register)
    if second is None or not (second.path / SIGN).is_file():
        return
    with contextlib.suppress(OSError, Unreadable):
        sweep(second.path)
        here = copies_in(copies, register_name(register))
        there = copies_in(second.path, register_name(register))
        dropped = superfluous({**there, **here})
        for name in here.keys() - there.keys() - dropped:
            _bring_over(here[name], second.path)
        papers = papers_beside(register, copies)
        bring(papers.digests(), [papers], papers_beside(register, second.path))
        for name in there.keys() & dropped - here.keys():
            there[name].unlink()
        _note(copies, register, SecondFolder(second.path, now))


def _bring_over(copy: Path, folder: Path) -> None:
    """One copy, byte for byte; what has arrived is read again."""
    with unfinished(folder, copy.parent) as temporary:
        shutil.copyfile(copy, temporary)
        if _digest(temporary) != _digest(copy):
            raise OSError("what was written cannot be read again")
        put_in_place(temporary, folder / copy.name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settings(copies: Path, register: Path) -> Path:
    return copies / f"{register_name(register)}.second.json"


def _note(copies: Path, register: Path, second: SecondFolder) -> None:
    content = {"folder": str(second.path), "reached": second.reached.isoformat()}
    with unfinished(copies) as temporary:
        temporary.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        put_in_place(temporary, _settings(copies, register))
