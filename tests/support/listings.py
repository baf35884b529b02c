"""Listings of invented rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from db.words.vocabulary import ApplicantKind, State
from tui.widgets.listing import Listing


def row(index: int, **more: Any) -> Any:
    facts = {
        "id": index,
        "number": f"N{index}",
        "applicant": f"申请人{index}",
        "kind": ApplicantKind.NATURAL_PERSON,
        "subject": "内容",
        "unit": "科室",
        "received_on": date(2026, 1, 1) + timedelta(days=index % 60),
        "state": State.OPEN,
        "due_on": date(2026, 4, 1),
        "provisional": False,
        "days_left": 5,
        "overdue": False,
    }
    return SimpleNamespace(**(facts | more))


class Source:
    """A register of any length, that notes what was read."""

    def __init__(self, total: int, first: int = 0) -> None:
        self.total, self.first = total, first
        self.read: list[int] = []

    def __call__(self, start: int, length: int) -> tuple[int, Sequence[Any]]:
        self.read.append(start)
        stop = min(start + length, self.total)
        return self.total, [row(self.first + n) for n in range(start, stop)]

    def listing(self) -> Listing:
        return Listing(self)
