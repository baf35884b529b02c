"""What the environment says: where the register is, what day it is, who records. Read only here."""

from __future__ import annotations

import os
from datetime import date

from db.errors import BadValue
from db.moment import Clock


def location(given: str | None) -> str:
    """Where the register is: what was given, else `TAIZHANG_DB`, else the user's own file."""
    return given or os.environ.get("TAIZHANG_DB") or beside_the_usual("register.db")


def beside_the_usual(name: str) -> str:
    """A file in the platform's user-data folder."""
    from platformdirs import user_data_path

    return str(user_data_path("taizhang", appauthor=False) / name)


def clock() -> Clock:
    """The machine's clock, on the day that `TAIZHANG_TODAY` gives (YYYY-MM-DD).

    Raises:
        BadValue: that is not a date, or of another age than registers are.
    """
    fixed = os.environ.get("TAIZHANG_TODAY", "").strip()
    if not fixed:
        return Clock()
    try:
        day = date.fromisoformat(fixed)
    except ValueError:
        day = date.min
    if not 1990 <= day.year <= 2100 or day.isoformat() != fixed:
        raise BadValue(f"环境变量 TAIZHANG_TODAY 应写成 2024-03-05 的样子，不能是“{fixed}”。")
    return Clock(day)


def clerk() -> str:
    """Who records: `TAIZHANG_CLERK`, else the name that was set, else the system user."""
    return clerk_and_source()[0]


def clerk_and_source() -> tuple[str, str]:
    """The same, and where it is from: `environment`, `setting` or `system`."""
    named = os.environ.get("TAIZHANG_CLERK", "").strip()
    if named:
        return named, "environment"
    from tui.desk.clerk import kept_clerk

    if kept := kept_clerk():
        return kept, "setting"
    import getpass

    try:
        return getpass.getuser(), "system"
    except (OSError, KeyError, ImportError):
        return "?", "system"
