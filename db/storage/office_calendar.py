"""The working-day calendar of a register: the package's days with the office's notices over them."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection

from db import moment
from db.calendar.workdays import DayException, WorkCalendar, package_exceptions, work_calendar
from db.errors import Unreadable
from db.storage.port import port_of
from db.storage.question import Question, Rows

REMINDED_FROM = 11
"""The month in which next year's notice is usually out."""

WHOLE_YEAR = 5
"""A notice that names at least so many festivals is the year's own; fewer change an earlier one."""

_NEW_YEAR = "元旦"

StoredNotice = tuple[int, str]  # its year, and its days as stored (JSON)


NOTICES: Question = (
    "SELECT year, days FROM calendar_notices WHERE year IS NOT NULL ORDER BY id",
    {},
)
"""What asks for the notices entered, in order; the notes on the package itself left out."""
_PACKAGE: Question = (
    "SELECT source FROM calendar_notices WHERE year IS NULL ORDER BY id DESC LIMIT 1",
    {},
)


def calendar_of(connection: Connection, then: datetime | None = None) -> WorkCalendar:
    """The calendar in force for a register, or that of a moment: with the notices entered by then."""
    return compose(stored_notices(connection, then))


def stored_notices(
    connection: Connection, then: datetime | None = None
) -> tuple[StoredNotice, ...]:
    """The notices entered, in order, or those entered by a moment."""
    asked = NOTICES
    if then is not None:
        query, told = NOTICES
        query = query.replace(" ORDER", " AND recorded_at <= :then ORDER")
        asked = query, {**told, "then": moment.stamp(then)}
    (rows,) = port_of(connection).answers(connection, asked)
    return tuple(rows)


def calendar_in(rows: Rows) -> WorkCalendar:
    """The calendar in force, by what answers `NOTICES`."""
    return compose(tuple(rows))


@lru_cache(maxsize=8)
def compose(notices: tuple[StoredNotice, ...]) -> WorkCalendar:
    """Lay notices over the package's days, in the order entered.

    A whole year's notice replaces that year, but for the days at its end that belong to the next
    year's 元旦; a changing notice replaces only the days it names.
    """
    if not notices:
        return work_calendar()
    package, published = package_exceptions()
    days = {exception.on: exception for exception in package}
    for year, stored in notices:
        try:
            told = [
                DayException(date.fromisoformat(on), w, name) for on, w, name in json.loads(stored)
            ]
        except (ValueError, TypeError, RecursionError) as fault:  # somebody else's hand
            raise Unreadable(
                f"登记簿里{year}年的放假通知已经损坏；请运行 taizhang verify 查明，从备份恢复。"
            ) from fault
        if len({exception.name for exception in told}) >= WHOLE_YEAR:
            published |= {year}
            days = {
                on: exception
                for on, exception in days.items()
                if on.year != year or (on.month == 12 and exception.name == _NEW_YEAR)
            }
        days.update((exception.on, exception) for exception in told)
    return WorkCalendar(days.values(), published)


def day_list(days: list[DayException]) -> str:
    """Days as they are stored."""
    listed = sorted((e.on.isoformat(), e.working, e.name) for e in days)
    return json.dumps(listed, ensure_ascii=False)


def package_name() -> str:
    """The package and its version, as the register notes it."""
    from chinese_calendar import __version__

    return f"chinesecalendar {__version__}"


def package_is_new(connection: Connection) -> bool:
    """Whether the package's days may differ from those the register was last computed with."""
    (rows,) = port_of(connection).answers(connection, _PACKAGE)
    return rows != [(package_name(),)]


def year_to_enter(calendar: WorkCalendar, today: date) -> int | None:
    """The year whose notice should be out on a day but is not entered; None while there is none."""
    if today.year not in calendar.published:
        return today.year
    if today.month >= REMINDED_FROM and today.year + 1 not in calendar.published:
        return today.year + 1
    return None
