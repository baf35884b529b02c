"""Today and now, as the office's clock shows them.

`TAIZHANG_TODAY` sets the date (tests, screenshots); the time of day is still the machine's.
Moments are stored in UTC and shown in the local zone.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time

from db.errors import BadValue


def _clock() -> datetime:
    """What the machine's clock shows, with its local offset."""
    return datetime.now().astimezone()


def today() -> date:
    """The local date, or the one `TAIZHANG_TODAY` gives (YYYY-MM-DD).

    Raises:
        BadValue: `TAIZHANG_TODAY` is not a date.
    """
    fixed = os.environ.get("TAIZHANG_TODAY", "").strip()
    if not fixed:
        return _clock().date()
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        raise BadValue(
            f"环境变量 TAIZHANG_TODAY 应写成 2024-03-05 的样子，不能是“{fixed}”。"
        ) from None


def now() -> datetime:
    """This moment with its local offset, on the date that `today` gives."""
    clock = _clock()
    day = today() if os.environ.get("TAIZHANG_TODAY", "").strip() else clock.date()
    return clock.replace(year=day.year, month=day.month, day=day.day)


def stamp(moment: datetime) -> str:
    """A moment as it is stored: UTC, fixed width, so that texts sort as moments do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")


def local(stored: str) -> datetime:
    """A stored moment in the local zone."""
    return datetime.fromisoformat(stored).astimezone()


def end_of_day(day: date) -> datetime:
    """The last moment of a local day."""
    import pendulum

    noon = datetime.combine(day, time(12)).astimezone()  # pendulum knows no POSIX zone (`CST-8`)
    return pendulum.instance(noon).end_of("day")
