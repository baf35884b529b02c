"""The desk's own copies of the register: the day's first, and one at leaving."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.moment import Clock
    from tui.desk.stopping import Stop

LONG = 20_000_000
"""Bytes of a register whose copy takes long enough to say so."""


def copy_of_the_day(register: Path, clock: Clock, stop: Stop) -> str:
    """Make the day's copy if it is due (in a worker thread); answers what must be told."""
    from db.maintenance.backups import copy_of_the_day

    made = copy_of_the_day(register, clock.now(), stop.check)
    return made.warning if made is not None else ""


def copy_at_leaving(register: Path, clock: Clock) -> None:
    """Copy what has been recorded since the last copy; the desk is closed by then."""
    from db.errors import RegisterError
    from db.maintenance.backups import copy_at_closing

    try:
        if register.stat().st_size > LONG:
            _say("正在备份今天的改动，请稍候；按 Ctrl+C 可以跳过。")
        made = copy_at_closing(register, clock.now())
    except KeyboardInterrupt:
        _say("跳过了备份；下次打开时会补上。")
    except (RegisterError, OSError) as fault:
        _say(f"退出时的备份没有完成：{fault}")
    else:
        if made is not None and made.warning:
            _say(made.warning)


def absent_second_folder(register: Path, clock: Clock) -> str:
    """The second folder if it has been out of step too long (in a worker thread); else empty."""
    from db.maintenance.second_folder import second_folder
    from db.storage.location import copies_folder

    second = second_folder(copies_folder(register), register)
    return str(second.path) if second and second.long_absent(clock.now()) else ""


def _say(sentence: str) -> None:
    from db.words.text import shown

    print(shown(sentence), file=sys.stderr, flush=True)  # noqa: T201
