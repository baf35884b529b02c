"""A year's rest and make-up days, and a notice as it was read, in words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from db.calendar.dates import WEEKDAYS
from db.calendar.workdays import DayKind, WorkCalendar
from db.words.text import one_line
from tui.text.cells import fit, plain_quotes
from tui.widgets.plain import Part

if TYPE_CHECKING:
    from db.calendar.holiday_notice import Notice
    from db.cases.holidays import NoticeRecord
    from db.cases.projection import Moved

_LAYOUTS = ((4, 5, 4), (4, 4, 1), (3, 5, 4), (2, 5, 4))
"""Months abreast, the cells of a day and between two months: the first that there is room for."""
_SIGNS = {DayKind.HOLIDAY: "休", DayKind.MAKE_UP: "班"}
_LOOKS = {
    DayKind.HOLIDAY: "bold $accent",
    DayKind.MAKE_UP: "bold $warning",
    DayKind.WEEKEND: "$quiet",
    DayKind.WORKDAY: "",
}


def year_parts(year: int, calendar: WorkCalendar, today: date, width: int) -> list[Part]:
    """The festivals in a list, then the twelve months side by side."""
    parts = festival_parts(year, calendar)
    abreast, cell, gap = next((one for one in _LAYOUTS if _needs(*one) <= width), (1, 5, 0))
    for first in range(1, 13, abreast):
        months = [
            _month(year, month, calendar, today, cell) for month in range(first, first + abreast)
        ]
        parts.append("\n")
        for line in range(max(len(month) for month in months)):
            for place, month in enumerate(months):
                if place:
                    parts.append(" " * gap)
                parts += month[line] if line < len(month) else [" " * 7 * cell]
            parts.append("\n")
    return parts


def _needs(abreast: int, cell: int, gap: int) -> int:
    return abreast * (7 * cell + gap) - gap


def _month(
    year: int, month: int, calendar: WorkCalendar, today: date, cell: int
) -> list[list[Part]]:
    """The lines of one month, seven times `cell` wide."""
    lines: list[list[Part]] = [
        [(fit(f"{month}月", 7 * cell), "bold")],
        [("".join(fit(name, cell) for name in WEEKDAYS), "$quiet")],
    ]
    week: list[Part] = [" " * cell] * date(year, month, 1).weekday()
    for number in range(1, monthrange(year, month)[1] + 1):
        day = date(year, month, number)
        kind = calendar.kind_of(day)
        look = _LOOKS[kind] + (" reverse" if day == today else "")
        week += [(f"{number:>2}{_SIGNS.get(kind, '  ')}", look.strip()), " " * (cell - 4)]
        if day.weekday() == 6:
            lines.append(week)
            week = []
    if week:
        last = date(year, month, monthrange(year, month)[1]).weekday()
        lines.append([*week, " " * cell * (6 - last)])
    return lines


def festival_parts(year: int, calendar: WorkCalendar) -> list[Part]:
    """`春节  休 2月15日(周日)至2月23日(周一)  班 2月14日(周六)`, a line each."""
    days = calendar.exceptions_of(year)
    parts: list[Part] = []
    rest_first = sorted(days, key=lambda day: (day.working, day.on))
    for name in dict.fromkeys(day.name for day in rest_first):
        rest = [d.on for d in days if d.name == name and not d.working]
        work = [d.on for d in days if d.name == name and d.working]
        parts += _line(name, rest, work)
    return parts


def _line(name: str, rest: Sequence[date], work: Sequence[date]) -> list[Part]:
    parts: list[Part] = [fit(name, 10)]
    if rest:
        parts += [("休 ", "bold $accent"), f"{stretches(rest)}  "]
    if work:
        parts += [("班 ", "bold $warning"), stretches(work)]
    return [*parts, "\n"]


def stretches(days: Iterable[date]) -> str:
    """Days in runs: `1月1日(周四)至1月3日(周六)、1月8日(周四)`."""
    runs: list[str] = []
    ordinals = enumerate(sorted(days))
    for _, run in groupby(ordinals, key=lambda pair: pair[1] - timedelta(days=pair[0])):
        listed = [day for _, day in run]
        first = _day(listed[0])
        runs.append(first if len(listed) == 1 else f"{first}至{_day(listed[-1])}")
    return "、".join(runs)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日(周{WEEKDAYS[day.weekday()]})"


def notice_parts(notice: Notice) -> list[Part]:
    """A notice as it was read, clause by clause, under its year."""
    parts: list[Part] = [
        (f"{notice.year} 年", "bold $accent"),
        f"  放假 {len(notice.rest)} 天，调休上班 {len(notice.work)} 天\n\n",
    ]
    for clause in notice.clauses:
        parts.append((f"{clause.festival}\n", "bold"))
        if clause.rest:
            parts += [
                ("  休 ", "bold $accent"),
                f"{stretches(clause.rest)}，{len(clause.rest)}天\n",
            ]
        if clause.work:
            parts += [("  班 ", "bold $warning"), f"{stretches(clause.work)}\n"]
    return parts


def moved_parts(moved: Sequence[Moved]) -> list[Part]:
    """Open cases whose due date moved, old and new."""
    if not moved:
        return ["没有在办申请的答复期限因此变动。\n"]
    parts: list[Part] = [f"{len(moved)} 件在办申请的答复期限有变动：\n"]
    for one in moved:
        parts += [
            (f"  {fit(one_line(one.number), 16)}", "bold"),
            f"{one.old or '（暂停）'} 改为 {one.new or '（暂停）'}\n",
        ]
    return parts


def entered_parts(records: Sequence[NoticeRecord]) -> list[Part]:
    """The notices entered: which year, from where, when and by whom, what they moved."""
    parts: list[Part] = [("已录入的放假通知\n", "bold")]
    if not records:
        return [*parts, ("没有；以上是随程序所带的历年通知。\n", "$quiet")]
    for record in reversed(records):
        parts += [
            f"{record.year} 年  {plain_quotes(one_line(record.source))[:100]}",
            (
                f"  {record.recorded_at:%Y-%m-%d} {one_line(record.recorded_by)} 录入"
                f"  变动 {len(record.moved)} 件\n",
                "$quiet",
            ),
        ]
        for one in record.moved[:20]:
            parts.append(
                (
                    f"    {one_line(one.number)}  {one.old or '（暂停）'} 改为 {one.new or '（暂停）'}\n",
                    "$quiet",
                )
            )
    return parts
