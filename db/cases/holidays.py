"""Entering holiday notices, and what a change of the calendar moves.

Every case a change can touch is recomputed in the same transaction; the due dates of open cases
that moved are kept with the notice, old and new.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from db import moment
from db.calendar.workdays import DayException, WorkCalendar
from db.cases.projection import Moved, recompute
from db.errors import BadValue, understood
from db.storage.chain import add_record
from db.storage.office_calendar import (
    compose,
    day_list,
    package_is_new,
    package_name,
    stored_notices,
    year_to_enter,
)
from db.storage.schema import calendar_notices, cases
from db.storage.transaction import Transaction
from db.words.text import clean
from db.words.vocabulary import Role

if TYPE_CHECKING:
    from db.calendar.holiday_notice import Notice


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One entered notice, and what it moved."""

    year: int
    source: str
    text: str
    moved: tuple[Moved, ...]
    recorded_at: datetime
    recorded_by: str


def read_notice(text: str, year: int | None = None) -> Notice:
    """Parse a pasted notice.

    Raises:
        BadValue: a clause is not understood; the sentence says which.
    """
    from db.calendar.holiday_notice import NoticeError, parse_notice

    try:
        return parse_notice(text, year)
    except NoticeError as fault:
        raise BadValue(str(fault)) from None


def enter_notice(
    tx: Transaction, text: str, source: str, year: int | None = None
) -> tuple[Notice, tuple[Moved, ...]]:
    """Store a notice the clerk has confirmed; answers it and the due dates it moved.

    Raises:
        BadValue: the text is not understood.
        NotAllowed: only a 负责人 enters notices.
    """
    tx.require(Role.SUPERVISOR, "录入放假通知")
    notice = read_notice(text, year)
    days = day_list(
        [
            *(DayException(day, False, _festival(notice, day)) for day in notice.rest),
            *(DayException(day, True, _festival(notice, day)) for day in notice.work),
        ]
    )
    before = tx.calendar
    moved = recompute(
        tx.connection, before, compose((*stored_notices(tx.connection), (notice.year, days)))
    )
    add_record(
        tx.connection,
        calendar_notices,
        year=notice.year,
        source=clean(source, "来源") or "粘贴",
        text=clean(text, "放假通知"),
        days=days,
        moved=_moved_list(moved),
        **tx.signed,
    )
    return notice, moved


def _festival(notice: Notice, day: date) -> str:
    return next(c.festival for c in notice.clauses if day in c.rest or day in c.work)


def _moved_list(moved: Sequence[Moved]) -> str:
    return json.dumps(
        [
            [m.number, m.old.isoformat() if m.old else None, m.new.isoformat() if m.new else None]
            for m in moved
        ],
        ensure_ascii=False,
    )


def adopt_package(tx: Transaction) -> None:
    """Recompute with the package's present days, and keep a record of it.

    Runs on opening; the first time it only notes which package the register started with.
    """
    if not package_is_new(tx.connection):
        return
    moved: tuple[Moved, ...] = ()
    if tx.connection.execute(select(cases.c.id).limit(1)).scalar() is not None:
        moved = recompute(tx.connection, WorkCalendar((), ()), tx.calendar)
    add_record(
        tx.connection,
        calendar_notices,
        year=None,
        source=package_name(),
        text="",
        days="[]",
        moved=_moved_list(moved),
        **tx.signed,
    )


def list_notices(tx: Transaction) -> list[NoticeRecord]:
    """The notices the office has entered, oldest first."""
    query = (
        select(calendar_notices)
        .where(calendar_notices.c.year.is_not(None))
        .order_by(calendar_notices.c.id)
    )
    records = tx.connection.execute(query).all()
    with understood("一份放假通知的记录"):
        return [
            NoticeRecord(
                record.year,
                record.source,
                record.text,
                tuple(
                    Moved(number, _day(old), _day(new))
                    for number, old, new in json.loads(record.moved)
                ),
                moment.local(record.recorded_at),
                record.recorded_by,
            )
            for record in records
        ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def missing_notice(tx: Transaction) -> int | None:
    """The year whose notice should be out but is not entered; None while there is none."""
    return year_to_enter(tx.calendar, tx.today)
