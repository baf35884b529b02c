"""Where the desk can go. Pages name a place; only `tui.app` knows which page stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.disputes.dispute import Block, Result
    from db.storage.cutoff import Cutoff
    from db.words.vocabulary import EventKind


class Today:
    """今日."""


class Register:
    """台账, as it was left."""


@dataclass(frozen=True)
class Lookup:
    """台账 with a lookup begun anew; what has been typed of it already."""

    typed: str = ""


class Trail(Protocol):
    """The list a case was opened from, and where in it the case stands."""

    @property
    def said(self) -> str:
        """Which one of how many; empty when that is not known."""

    def beside(self, by: int) -> Callable[[], tuple[int, Any] | None]:
        """Finds the row before (-1) or after (1), in a thread."""

    def step_to(self, place: int, row: Any) -> None:
        """The case in sight is this one now."""


@dataclass(frozen=True)
class Found:
    """台账 with what a whole lookup line finds."""

    words: str


@dataclass(frozen=True)
class Case:
    """One case."""

    number: str
    trail: Trail | None = None


@dataclass(frozen=True)
class Step:
    """The form of one step on a case."""

    case: CaseFile
    calendar: WorkCalendar
    kind: EventKind


class Intake:
    """新申请."""


@dataclass(frozen=True)
class Year:
    """年报: of a year and an organ, else of those that are due."""

    year: int | None = None
    organ: str | None = None


@dataclass(frozen=True)
class Consolidating:
    """汇总: of a year, else of the one that is to be reported."""

    year: int | None = None


class Calendar:
    """日历."""


@dataclass(frozen=True)
class DisputeFigure:
    """One figure of table 4, and how it reads; `result` None is the block's total.

    `then` is what the figure knows, if it is filed or past; `days` are those it counts, both ends
    with them, if it is not of the whole year.
    """

    year: int
    organ: str
    block: Block
    result: Result | None
    said: str
    then: Cutoff | None = None
    days: tuple[date, date] | None = None


@dataclass(frozen=True)
class Disputes:
    """复议诉讼: of a case, behind a figure, or all of them."""

    case: str | None = None
    figure: DisputeFigure | None = None


class Statistics:
    """统计."""


class Fees:
    """收费: the calculator."""


class Backups:
    """备份."""


class Importing:
    """导入台账: a file is chosen there."""


class Welcome:
    """The first start: there is no register yet."""


class Tour:
    """快速入门."""


class Settings:
    """设置: organs, who records, folders, colours, keys."""


@dataclass(frozen=True)
class Retention:
    """保存期限, as it is set."""

    years: int | None


class LockSettings:
    """锁定设置: the passphrase of the desk."""


Home = Today | Register
Page = (
    Case
    | Step
    | Intake
    | Year
    | Consolidating
    | Calendar
    | Disputes
    | Statistics
    | Fees
    | Backups
    | Importing
    | Welcome
    | Tour
    | Settings
    | Retention
    | LockSettings
)
Place = Home | Lookup | Found | Page
