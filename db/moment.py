"""Today and now, as the office's clock shows them.

Moments are stored in UTC and shown in the local zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import NamedTuple


class Clock(NamedTuple):
    """The machine's clock; `fixed` sets its date, and leaves the time of day."""

    fixed: date | None = None

    def today(self) -> date:
        """The local date."""
        return self.now().date()

    def now(self) -> datetime:
        """This moment with its local offset; the machine is looked at once, for midnight's sake."""
        moment = _machine()
        day = self.fixed or moment.date()
        return moment.replace(year=day.year, month=day.month, day=day.day)


def _machine() -> datetime:
    """What the machine's clock shows, with its local offset."""
    return datetime.now().astimezone()


def stamp(moment: datetime) -> str:
    """A moment as it is stored: UTC, fixed width, so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def local(stored: str) -> datetime:
    """A stored moment in the local zone."""
    return datetime.fromisoformat(stored).astimezone()


def end_of_day(day: date) -> datetime:
    """The last moment of a local day."""
    import pendulum

    noon = datetime.combine(day, time(12)).astimezone()  # pendulum knows no POSIX zone (`CST-8`)
    return pendulum.instance(noon).end_of("day")
