"""复议诉讼: one review or suit, and its words (DOMAIN, section 5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from db.disputes.proceedings import Proceedings
from db.words.vocabulary import Labelled


class Block(Labelled):
    """The three blocks of table 4."""

    REVIEW = "review", "行政复议"
    DIRECT_SUIT = "direct_suit", "未经复议直接起诉"
    SUIT_AFTER_REVIEW = "suit_after_review", "复议后起诉"


class Result(Labelled):
    """How a dispute ended; `pending` while it has not."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"
    PENDING = "pending", "尚未审结"


class DisputeEventKind(Labelled):
    """What can happen to a dispute."""

    FILED = "filed", "提起"
    CONCLUDED = "concluded", "审结"
    NOTED = "noted", "补充"
    REOPENED = "reopened", "审结记录作废"
    VOIDED = "voided", "作废登记"


RESULTS = tuple(Result)


@dataclass(frozen=True, slots=True)
class DisputeEvent:
    """One thing recorded of a dispute."""

    id: int
    kind: DisputeEventKind
    on: date
    recorded_at: datetime
    recorded_by: str
    result: Result | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A review or a suit. `case` is the number of the case it comes from, if the register has it;
    `organ` is then that case's, also when it has been corrected since.

    `after` is the review a suit follows. `co_defendant`: the organ was sued only as the reviewing
    body, and the suit does not count (国办公开办函〔2016〕201号).
    """

    id: int
    organ: str
    case: str | None
    older_case: str | None
    block: Block
    body: str
    filed_on: date
    co_defendant: bool
    after: int | None
    result: Result
    concluded_on: date | None
    voided: bool
    events: tuple[DisputeEvent, ...]
    proceedings: Proceedings = field(default_factory=Proceedings)
    applicant: str | None = None
    """Who asked for that case, as it is called now."""

    @property
    def source(self) -> str:
        """The case it comes from, by number and applicant: `2025-0034 王丽`."""
        if self.case is None:
            return self.older_case or "登记簿以前的申请"
        return f"{self.case} {self.applicant}" if self.applicant else self.case

    @property
    def version(self) -> int:
        """Grows with every record of the dispute."""
        return self.events[-1].id

    def counts_in(self, year: int) -> Result | None:
        """Under which result table 4 of a year counts it, if it does."""
        return self.counts_between(date(year, 1, 1), date(year, 12, 31))

    def counts_between(self, first: date, last: date) -> Result | None:
        """The same of any days, both counted in."""
        if self.voided or self.co_defendant or self.filed_on > last:
            return None
        if self.concluded_on is None or self.concluded_on > last:
            return Result.PENDING
        return self.result if self.concluded_on >= first else None
