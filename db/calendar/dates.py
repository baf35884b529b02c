"""Dates as people type them and as spreadsheets hold them. A date is never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from db.errors import BadValue

if TYPE_CHECKING:
    from db.calendar.workdays import WorkCalendar

WEEKDAYS = "一二三四五六日"
_FULL = (
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?",
    r"(\d{4})(\d{2})(\d{2})",
)
_MIDNIGHT = r"[ T]0{1,2}:00(:00(\.0+)?)?$"
_MONTH_DAY = r"(\d{1,2})[-/.月](\d{1,2})日?"
_DAY = r"(\d{1,2})日?"
_SHIFT = r"([+-])(\d{1,3})"
_WORDS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1}


class NoDate(BadValue):
    """A text that is written like no date at all, unlike a day that is in no calendar."""


_LONGEST = 100
"""Characters of a date, blanks and all: longer texts are not looked at."""


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip() if len(text) <= _LONGEST else ""


def _quoted(text: str) -> str:
    return f"“{text}”" if len(text) <= 40 else f"“{text[:40]}……”"


def parse_full_date(text: str) -> date:
    """A date with its year: `2024-03-05`, `2024/3/5`, `2024.3.5`, `2024年3月5日`, `20240305`.

    Full-width digits, stray blanks and a time of midnight are tolerated.

    Raises:
        BadValue: it is none of these, or no such day exists.
    """
    folded = re.sub(r"\s+", "", re.sub(_MIDNIGHT, "", _folded(text)))
    for pattern in _FULL:
        match = re.fullmatch(pattern, folded)
        if match:
            year, month, day = (int(part) for part in match.groups())
            return _date(year, month, day, text)
    raise NoDate(f"{_quoted(text)}不是日期；请写成 2024-03-05 的样子。")


def parse_date(text: str, today: date, calendar: WorkCalendar | None = None) -> date:
    """A date as a clerk types it: full, or short against `today`.

    Short forms: `3-5` and `3月5日` (of this year), `7` (of this month), `今天` `昨天` `前天`,
    `+20` (the 20th working day from today, needs the calendar), `-3` (three days ago).

    Raises:
        BadValue: it is none of these, or no such day exists.
    """
    folded = re.sub(r"\s+", "", _folded(text))
    if folded in _WORDS:
        return today + timedelta(days=_WORDS[folded])
    shift = re.fullmatch(_SHIFT, folded)
    if shift:
        sign, number = shift.groups()
        if sign == "-":
            return today - timedelta(days=int(number))
        if calendar is not None:
            return calendar.add(today, int(number))
    month_day = re.fullmatch(_MONTH_DAY, folded)
    if month_day:
        month, day = (int(part) for part in month_day.groups())
        return _date(today.year, month, day, text)
    only_day = re.fullmatch(_DAY, folded)
    if only_day:
        return _date(today.year, today.month, int(only_day[1]), text)
    try:
        return parse_full_date(text)
    except NoDate:
        raise NoDate(
            f"{_quoted(text)}不是日期；可写 2024-03-05、3-5、昨天、+20（第20个工作日）。"
        ) from None


def from_cell(value: object) -> date:
    """A date from a spreadsheet cell: a true date, or a text `parse_full_date` understands.

    Raises:
        BadValue: the cell holds anything else.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadValue("不是日期；请写成 2024-03-05 的样子。")
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    return parse_full_date(str(value))


def dated(day: date) -> str:
    """`2024-03-05 星期二`."""
    return f"{day.isoformat()} 星期{WEEKDAYS[day.weekday()]}"


def in_full(day: date) -> str:
    """`2024年3月5日 星期二`."""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def _date(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue(f"{_quoted(text)}不是真实的日期；请核对年月日。") from None
