"""重新答复: the 20 working days of an order to answer anew, beside the case's first clock.

They run from the day the order of a review or a judgment took effect, if it names no period of its
own (法释〔2025〕8号第十一条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.calendar.workdays import WorkCalendar
from db.law.periods import ANSWER_DAYS

ANEW_ARTICLE = "法释〔2025〕8号第十一条"
IN_FORCE = date(2025, 6, 1)
"""Orders of before are shown and watched alike, and never held to have been broken."""


@dataclass(frozen=True, slots=True)
class Anew:
    """When an order took effect, and by when the new answer is due."""

    ordered_on: date
    due_on: date
    provisional: bool


def anew(ordered_on: date, calendar: WorkCalendar) -> Anew:
    """The period of an order."""
    due = calendar.add(ordered_on, ANSWER_DAYS)
    return Anew(ordered_on, due, calendar.is_provisional(ordered_on, due))
