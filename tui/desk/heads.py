"""Where each register's chain ended, noted outside the register itself.

A file that was cut off at its end, or replaced by an older copy of itself, agrees with itself; only
what was noted elsewhere tells. The notes stand in the desk's folder, one for each place where a
register stands.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk.state import read_whole, state_folder, write_whole

if TYPE_CHECKING:
    from db.maintenance.chain_check import Noted
    from db.storage.head import Head
    from db.storage.register import Register


def watch(register: Register, *, fresh: bool = False) -> str:
    """Hold the register against what was noted at its place, and note its end from now on.

    Answers how it differs, as one sentence; empty when it does not, or nothing was noted. One just
    made (`fresh`) is noted in any case, and it is told once if another stood there.
    """
    from db.maintenance.chain_check import Noted, note_of, shortened

    place, noted = _place(register.place), noted_of(register.place)
    with register.reading() as tx:
        now = note_of(tx.connection)
        said = shortened(tx.connection, noted) if noted else None
    if said and not fresh:
        return f"{said}。若是有意更换，请把要用的文件移到别处，再用 taizhang restore 正式恢复。"
    if noted != now:
        write_whole(place, asdict(now))

    def note(end: Head) -> None:
        write_whole(place, asdict(Noted(now.first or end.digest, end.records, end.digest)))

    register.sealed = note
    if fresh and noted and noted.records:
        return (
            f"{register.place} 原有一本登记簿（{noted.records}条记录），已经不见，现在这本是新建的；"
            "若不是有意移走，请用 taizhang restore 从备份恢复。"
        )
    return ""


def noted_of(place: Path | str) -> Noted | None:
    """What was noted of the register at a place, or None."""
    from db.maintenance.chain_check import Noted

    match read_whole(_place(place)):
        case {"first": str(first), "records": int(records), "digest": str(digest)}:
            return Noted(first, records, digest)
    return None


def forget(place: Path | str) -> None:
    """Forget what was noted of the register at a place: it is being made another on purpose.

    Before that happens: if it is killed over it, whichever stands there then is not called another.
    """
    with contextlib.suppress(OSError):
        _place(place).unlink(missing_ok=True)


def _place(place: Path | str) -> Path:
    """Where it is noted of a register's file, or of its server's address."""
    told = str(place) if str(place).startswith("postgresql://") else str(Path(place).resolve())
    named = hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()
    return state_folder() / f"head-{named[:32]}.json"
