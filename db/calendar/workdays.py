"""Working days: statutory holidays are off, make-up days (调休) at weekends are on.

The State Council publishes each year's days the autumn before; the `chinesecalendar` package
carries them. Past the last published year weekdays count, and whatever rests on such a year is
provisional (暂定).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import compress

from db.words.vocabulary import Labelled

FIRST_YEAR, LAST_YEAR = 1990, 2100
_WEEK = b"\1\1\1\1\1\0\0"
"""The first year begins on a Monday."""


class DayKind(Labelled):
    """What a day is in the working-day calendar."""

    WORKDAY = "workday", "工作日"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "放假"
    MAKE_UP = "make_up", "调休上班"


@dataclass(frozen=True, slots=True)
class DayException:
    """One day that is not what its weekday says: a holiday, or a make-up working day."""

    on: date
    working: bool
    name: str


class WorkCalendar:
    """Working days as a sorted list of ordinals; every question is one or two bisections."""

    def __init__(self, exceptions: Iterable[DayException], published: Iterable[int]) -> None:
        """`exceptions` overrule weekdays; `published` are the years whose notice is known."""
        self._exceptions: Mapping[date, DayException] = {e.on: e for e in exceptions}
        self.published = frozenset(published)

    @cached_property
    def _days(self) -> list[int]:
        first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
        days = range(first, last + 1)
        working = bytearray(_WEEK * (len(days) // 7 + 1))
        for exception in self._exceptions.values():
            day = exception.on.toordinal()
            if day in days:
                working[day - first] = exception.working
        return list(compress(days, working))

    def __reduce__(self) -> tuple[object, ...]:
        """To another process goes what differs from the weekdays, and no list of all days."""
        days = [(e.on, e.working, e.name) for e in self._exceptions.values()]
        return _sent, (days, self.published)

    def is_working(self, day: date) -> bool:
        ordinal = day.toordinal()
        place = bisect_right(self._days, ordinal)
        return place > 0 and self._days[place - 1] == ordinal

    def add(self, day: date, working_days: int) -> date:
        """The n-th working day after `day` (n ≥ 1); for n = 0, `day` itself.

        Past the calendar's last year (2100) the last day it holds is given.
        """
        if working_days <= 0:
            return day
        place = bisect_right(self._days, day.toordinal()) + working_days - 1
        return date.fromordinal(self._days[min(place, len(self._days) - 1)])

    def count(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]; 0 when `until` is not later."""
        if until <= after:
            return 0
        return bisect_right(self._days, until.toordinal()) - bisect_right(
            self._days, after.toordinal()
        )

    def distance(self, start: date, end: date) -> int:
        """Working days from `start` to `end`, negative when `end` is the earlier."""
        return self.count(start, end) if end >= start else -self.count(end, start)

    def is_provisional(self, start: date, end: date) -> bool:
        """Whether days from `start` to `end` touch a year whose notice is not known."""
        return any(year not in self.published for year in range(start.year, end.year + 1))

    def kind_of(self, day: date) -> DayKind:
        exception = self._exceptions.get(day)
        if exception is not None and not exception.working:
            return DayKind.HOLIDAY
        if day.weekday() < 5:
            return DayKind.WORKDAY
        return DayKind.MAKE_UP if exception is not None else DayKind.WEEKEND

    def name_of(self, day: date) -> str:
        """The festival a day belongs to (春节 …), or an empty string."""
        exception = self._exceptions.get(day)
        return exception.name if exception else ""

    def differs_from(self, other: WorkCalendar) -> date | None:
        """The first day on which two calendars answer differently, or None."""
        days = {
            day
            for day in self._exceptions.keys() | other._exceptions.keys()
            if self._exceptions.get(day) != other._exceptions.get(day)
        }
        days |= {date(year, 1, 1) for year in self.published ^ other.published}
        return min(days, default=None)

    def exceptions_of(self, year: int) -> tuple[DayException, ...]:
        """The year's holidays and make-up days, in order."""
        return tuple(
            sorted((e for e in self._exceptions.values() if e.on.year == year), key=lambda e: e.on)
        )


def _sent(days: Iterable[tuple[date, bool, str]], published: Iterable[int]) -> WorkCalendar:
    return WorkCalendar((DayException(*day) for day in days), published)


def package_exceptions() -> tuple[tuple[DayException, ...], frozenset[int]]:
    """The days of `chinesecalendar`, and the years it has data for."""
    from chinese_calendar import constants

    names = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    days = [
        DayException(day, working, names.get(name, name))
        for table, working in ((constants.holidays, False), (constants.workdays, True))
        for day, name in table.items()
    ]
    years = frozenset(e.on.year for e in days if not e.working)
    return tuple(days), frozenset(range(min(years), max(years) + 1))


@lru_cache(maxsize=1)
def work_calendar() -> WorkCalendar:
    """The package's calendar, before any notice of the office's own."""
    days, published = package_exceptions()
    return WorkCalendar(days, published)
