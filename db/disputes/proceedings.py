"""How a review or suit is conducted: its number, who answers, by when, and when it is heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

LABELS: Mapping[str, str] = {
    "docket_no": "案号",
    "handler": "主办人",
    "answer_by": "答复应诉期限",
    "answered_on": "已答复日期",
    "hearing_on": "开庭日期",
    "ordered_on": "重新答复令生效日期",
}
CLEARED = "cleared"
"""Under which an event names the facts that it empties."""


@dataclass(frozen=True, slots=True)
class Proceedings:
    """The facts as they stand; `answered_on` is the day the office's answer was handed in.

    `ordered_on` is the day on which an order to answer the applicant anew took effect.
    """

    docket_no: str | None = None
    handler: str | None = None
    answer_by: date | None = None
    answered_on: date | None = None
    hearing_on: date | None = None
    ordered_on: date | None = None


def told(before: Proceedings, facts: Mapping[str, Any], personal: Mapping[str, Any]) -> Proceedings:
    """The facts after an event that was packed as `facts` and `personal`."""
    said: dict[str, Any] = dict.fromkeys(facts.get(CLEARED, ()))
    for field in fields(Proceedings):
        value = facts.get(field.name, personal.get(field.name))
        if value is not None:
            dated = field.name.endswith(("_by", "_on"))
            said[field.name] = date.fromisoformat(value) if dated else str(value)
    return replace(before, **said)
