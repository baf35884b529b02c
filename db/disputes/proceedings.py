"""How a review or suit is conducted: its number, who answers, by when, and when it is heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.disputes.dispute import Dispute

LABELS: Mapping[str, str] = {
    "docket_no": "案号",
    "handler": "主办人",
    "answer_by": "答复应诉期限",
    "answered_on": "已答复日期",
    "hearing_on": "开庭日期",
}
CLEARED = "cleared"
"""Under which an event names the facts that it empties."""


@dataclass(frozen=True, slots=True)
class Proceedings:
    """The facts as they stand; `answered_on` is the day the office's answer was handed in."""

    docket_no: str | None = None
    handler: str | None = None
    answer_by: date | None = None
    answered_on: date | None = None
    hearing_on: date | None = None


def told(before: Proceedings, facts: Mapping[str, Any], personal: Mapping[str, Any]) -> Proceedings:
    """The facts after an event that was packed as `facts` and `personal`."""
    said: dict[str, Any] = dict.fromkeys(facts.get(CLEARED, ()))
    for field in fields(Proceedings):
        value = facts.get(field.name, personal.get(field.name))
        if value is not None:
            dated = field.name.endswith(("_by", "_on"))
            said[field.name] = date.fromisoformat(value) if dated else str(value)
    return replace(before, **said)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day that a dispute waits for; `days` are calendar days, negative once it has passed."""

    dispute: Dispute
    what: str
    on: date
    days: int

    @property
    def words(self) -> str:
        left = f"还有 {self.days} 天" if self.days > 0 else "就是今天" if not self.days else ""
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
            what = "答复期限" if dispute.block.value == "review" else "应诉期限"
            found.append(Ahead(dispute, what, known.answer_by, (known.answer_by - today).days))
        if known.hearing_on is not None and known.hearing_on >= today:
            days = (known.hearing_on - today).days
            found.append(Ahead(dispute, "开庭", known.hearing_on, days))
    return sorted(found, key=lambda ahead: (ahead.on, ahead.dispute.id))
