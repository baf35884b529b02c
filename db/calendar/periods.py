"""Periods as people write them: a day, a week, a month, a quarter, a year, or from one to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from db.calendar.dates import parse_full_date
from db.errors import BadValue
from db.words.text import nfkc

LONGEST = 40
"""Characters of a period: longer texts are not looked at."""

EXAMPLES = "2026-10、2026-10-08、上月、本周、2026年第一季度、2026-10..2026-11"


@dataclass(frozen=True, slots=True)
class Period:
    """From a day up to, and without, another."""

    first: date
    after: date

    def __str__(self) -> str:
        """As short as it can be said: 2026年, 2026年第一季度, 2026-10, 2026-10-08, or both ends."""
        first, after = self.first, self.after
        if (first.day, after.day) != (1, 1):
            return self._ends
        months = (after.year - first.year) * 12 + after.month - first.month
        if months == 1:
            return first.isoformat()[:7]
        if months == 3 and first.month % 3 == 1:
            return f"{first.year}年第{_NUMERALS[first.month // 3]}季度"
        if months == 6 and first.month % 6 == 1:
            return f"{first.year}年{'下' if first.month > 1 else '上'}半年"
        if months == 12 and first.month == 1:
            return f"{first.year}年"
        return self._ends

    def beside(self, by: int) -> Period:
        """The one before (-1) or after (1): of whole months as many, of days as many days."""
        if (self.first.day, self.after.day) == (1, 1):
            length = (self.after.year - self.first.year) * 12 + self.after.month - self.first.month
            return _months(self.first.year, self.first.month + by * length, length)
        days = (self.after - self.first) * by
        return Period(self.first + days, self.after + days)

    @property
    def _ends(self) -> str:
        last = self.after - timedelta(1)
        if self.first == last:
            return self.first.isoformat()
        if self.first == date.min:
            return f"至{last}"
        return f"{self.first}起" if self.after == date.max else f"{self.first}至{last}"


_NUMERALS = "一二三四"
_RANGE = re.compile(r"\.{2,3}|~|至|到|—+")
_YEAR = r"(?:(\d{4})[-/.年]?)?"


def parse_period(text: str, today: date) -> Period:
    """A period, told against today where it names no year or none at all.

    `2026`, `2026年`, `2026年上半年`, `2026年第一季度`, `一季度`, `2026-10`, `2026年10月`, `10月`,
    `2026-10-08`, `10-8`, `10月8日`, `今天`, `上周`, `本月`, `下季度`, `去年`, `近30天`; `A..B`, `A至B`,
    `A..`, `..B`.

    Raises:
        BadValue: it is none of these, there is no such day, or it ends before it begins.
    """
    said = "".join(nfkc(text[: LONGEST + 1]).split()).upper()
    found = None if len(said) > LONGEST else _one(said, today, today.year)
    if found is None and len(said) <= LONGEST:
        found = _range(said, today)
    if found is None:
        raise BadValue(f"“{text[:20]}”不是日期或时段；可写 {EXAMPLES}。")
    if found.first >= found.after:
        raise BadValue(f"“{text[:20]}”前后颠倒了；请把早的写在前面。")
    return found


def named_period(text: str, today: date) -> Period | None:
    """A period that is one without being asked for: `上月`, `2026年`, `2026年10月`, `2026年第一季度`.

    Not what may as well be a number, or any word: `2026-10`, `2026`, `10月`.
    """
    said = nfkc(text[: LONGEST + 1])
    if said in _relative_days(today) or _SHIFTED.fullmatch(said) or _DATED.fullmatch(said):
        return _one(said, today, today.year)
    return None


_SHIFTED = re.compile(r"(本|这个?|上个?|下个?)(周|星期|月|季度?)|[今去]年|本年度?")
_DATED = re.compile(r"\d{4}年(度?[上下]半年|第?[一二三四1-4]季度|\d{1,2}月(\d{1,2}日)?)?")
_DAYS = {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}
_STEPS = {"上": -1, "下": 1}
_LATELY = re.compile(r"最?近(\d{1,3})[天日]")
_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


def _one(said: str, today: date, year: int) -> Period | None:
    """A period without a range; `year` is that of one that names none."""
    try:
        return _relative(said, today) or _absolute(said, year)
    except (ValueError, OverflowError, BadValue):
        return None  # no such day, or none that a calendar knows


def _relative_days(today: date) -> dict[str, date]:
    return {f"{word}{unit}": today + timedelta(by) for word, by in _DAYS.items() for unit in "天日"}


def _relative(said: str, today: date) -> Period | None:
    day = _relative_days(today).get(said)
    if day is not None:
        return _day(day)
    if said in _YEARS:
        return _months(today.year + _YEARS[said], 1, 12)
    if lately := _LATELY.fullmatch(said):
        return Period(today - timedelta(int(lately[1]) - 1), today + timedelta(1))
    if not (shifted := _SHIFTED.fullmatch(said)):
        return None
    step, unit = _STEPS.get(said[0], 0), shifted[2][0]
    if unit in "周星":
        monday = today - timedelta(today.weekday() - 7 * step)
        return Period(monday, monday + timedelta(7))
    if unit == "月":
        return _months(today.year, today.month + step, 1)
    return _months(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * step, 3)


def _absolute(said: str, year: int) -> Period | None:
    if whole := re.fullmatch(r"(\d{4})(年度?)?", said):
        return _months(int(whole[1]), 1, 12)
    if half := re.fullmatch(rf"{_YEAR}度?([上下])半年", said):
        return _months(int(half[1] or year), 7 if half[2] == "下" else 1, 6)
    if quarter := re.fullmatch(rf"{_YEAR}(?:第?([一二三四1-4])季度?|Q([1-4]))", said):
        number = quarter[2] or quarter[3]
        place = int(number) if number.isdigit() else _NUMERALS.index(number) + 1
        return _months(int(quarter[1] or year), 3 * place - 2, 3)
    if month := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?|(\d{4})(\d{2})|(\d{1,2})月份?", said):
        of, number = month[1] or month[3] or year, month[2] or month[4] or month[5]
        return _months(int(of), date(2000, int(number), 1).month, 1)
    if day := re.fullmatch(r"(\d{1,2})[-/.月](\d{1,2})日?", said):
        return _day(date(year, int(day[1]), int(day[2])))
    return _day(parse_full_date(said))


def _range(said: str, today: date) -> Period | None:
    """`A..B`; a B that names no year is of A's."""
    ends = _RANGE.split(said)
    if len(ends) != 2 or not any(ends):
        return None
    first = _one(ends[0], today, today.year) if ends[0] else Period(date.min, date.min)
    if first is None:
        return None
    year = first.first.year if ends[0] else today.year
    last = _one(ends[1], today, year) if ends[1] else Period(date.max, date.max)
    return None if last is None else Period(first.first, last.after)


def _day(day: date) -> Period:
    return Period(day, day + timedelta(1))


def _months(year: int, month: int, length: int) -> Period:
    """So many months from one on; a month 0 or 13 is of the year beside it."""
    first, after = (12 * year + month - 1 + by for by in (0, length))
    return Period(date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1))
