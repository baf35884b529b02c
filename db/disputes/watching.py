"""The days that reviews and suits wait for: an answer's last, a hearing's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.disputes.dispute import Block, Dispute


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day that a dispute waits for; `days` are calendar days, negative once it has passed."""

    dispute: Dispute
    what: str
    on: date
    days: int

    @property
    def words(self) -> str:
        left = f"还有 {self.days} 天" if self.days > 0 else "今天" if not self.days else ""
        return f"{self.what} {self.on} {left or f'已过 {-self.days} 天'}"


def days_ahead(disputes: Iterable[Dispute], today: date) -> list[Ahead]:
    """The days that disputes not yet decided wait for, the nearest first.

    An answer that has not been handed in stays, also when it is late; a hearing passes.
    """
    found: list[Ahead] = []
    for dispute in disputes:
        known = dispute.proceedings
        if dispute.voided or dispute.concluded_on is not None:
            continue
        if known.answer_by is not None and known.answered_on is None:
            what = "答复期限" if dispute.block is Block.REVIEW else "应诉期限"
            found.append(Ahead(dispute, what, known.answer_by, (known.answer_by - today).days))
        if known.hearing_on is not None and known.hearing_on >= today:
            days = (known.hearing_on - today).days
            found.append(Ahead(dispute, "开庭", known.hearing_on, days))
    return sorted(found, key=lambda ahead: (ahead.on, ahead.dispute.id))
