"""What 今日 shows at once: its sections, what waits and is no case, and all of it in numbers.

Only what it is made of: who asks for it is in `agenda`, and knows the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.calendar.workdays import WorkCalendar
from db.storage.head import Head
from db.words.vocabulary import Labelled

SOON, NEAR = 3, 7
_AFTER = SOON + 1


class Section(Labelled):
    """The sections of 今日, in their order; no case is counted in two of those by due date."""

    OVERDUE = "overdue", "已超期"
    SOON = "soon", f"{SOON}个工作日内到期"
    NEAR = "near", f"{_AFTER}至{NEAR}个工作日到期"
    APPLICANT = "applicant", "申请人逾期未补正"
    PARTY = "party", "第三方逾期未回复"
    UNPAID = "unpaid", "逾期未缴费"
    RECEIPT = "receipt", "待送达回证"
    DISPUTES = "disputes", "复议诉讼待办"
    YEAR_END = "year_end", "年报事项"
    NOTICE = "notice", "放假通知未录入"

    @property
    def waits(self) -> bool:
        """Whether its cases wait for somebody, and not for the office's answer."""
        return self in (Section.APPLICANT, Section.PARTY, Section.UNPAID)


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do; the case, or the organ and year, it is done at, or in the settings."""

    what: str
    why: str
    case: str | None = None
    organ: str | None = None
    year: int | None = None
    settings: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """今日 in numbers: how many in each section, and how many answers are due on each day.

    `todos` are the sections that hold no cases; `first` is the earliest due date of a section;
    `head` is where the chain of records ends.
    """

    today: date
    calendar: WorkCalendar
    counts: Mapping[Section, int]
    first: Mapping[Section, date]
    due: Mapping[date, int]
    todos: Mapping[Section, tuple[Todo, ...]]
    cases: bool
    head: Head

    @property
    def quiet(self) -> bool:
        return not any(self.counts.values())
