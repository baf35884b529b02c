"""Where the desk can go. Pages name a place; only `tui.app` knows which page stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.disputes.dispute import Block, Result
    from db.storage.cutoff import Cutoff


class Today:
    """今日."""


class Register:
    """台账, as it was left."""


@dataclass(frozen=True)
class Lookup:
    """台账 with a lookup begun anew; what has been typed of it already."""

    typed: str = ""


@dataclass(frozen=True)
class Case:
    """One case."""

    number: str


class Intake:
    """新申请."""


@dataclass(frozen=True)
class Year:
    """年报: of a year and an organ, else of those that are due."""

    year: int | None = None
    organ: str | None = None


class Calendar:
    """日历."""


@dataclass(frozen=True)
class DisputeFigure:
    """One figure of table 4, and how it reads; `result` None is the block's total.

    `then` is what the figure knows, if it is filed or past.
    """

    year: int
    organ: str
    block: Block
    result: Result | None
    said: str
    then: Cutoff | None = None


@dataclass(frozen=True)
class Disputes:
    """复议诉讼: of a case, behind a figure, or all of them."""

    case: str | None = None
    figure: DisputeFigure | None = None


class Fees:
    """收费: the calculator."""


class Backups:
    """备份."""


class Importing:
    """导入台账: a file is chosen there."""


class Welcome:
    """The first start: there is no register yet."""


class Tour:
    """五个键."""


class LockSettings:
    """锁定设置: the passphrase of the desk."""


Home = Today | Register
Page = (
    Case
    | Intake
    | Year
    | Calendar
    | Disputes
    | Fees
    | Backups
    | Importing
    | Welcome
    | Tour
    | LockSettings
)
Place = Home | Lookup | Page
