"""Until when a year's report is due: the organ's own, and what a government sums up.

Sources: Regulation 49; Form 2021, part 二.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.words.vocabulary import OrganLevel

_OWN = (1, 31)
_WHOLE = {
    OrganLevel.COUNTY: (2, 20),
    OrganLevel.PREFECTURE: (3, 10),
    OrganLevel.PROVINCE: (3, 31),
}
_LONG_AGO = 366
"""Days after which nobody counts them any more."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of the organ's own report, and of the aggregated one where it makes one."""

    own: date
    whole: date | None = None

    @property
    def last(self) -> date:
        return self.whole or self.own

    def said(self, today: date, *, done: bool = False) -> str:
        """`1月31日前报送并公布，还有62天；汇总报告2月20日前`: the days of the one that is next.

        The organ's own has none once it is `done`.
        """
        said = f"{_day(self.own)}前报送并公布{'' if done else _left(self.own, today)}"
        if self.whole is not None:
            over = done or today > self.own
            said += f"；汇总报告{_day(self.whole)}前{_left(self.whole, today) if over else ''}"
        return said


def deadline(year: int, level: OrganLevel | None) -> Deadline:
    """Of the report of a year, by the level of its organ."""
    whole = _WHOLE.get(level) if level is not None else None
    return Deadline(date(year + 1, *_OWN), date(year + 1, *whole) if whole else None)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _left(day: date, today: date) -> str:
    left = (day - today).days
    if left < -_LONG_AGO:
        return ""
    return f"，还有{left}天" if left > 0 else "，今天到期" if not left else f"，已过{-left}天"
