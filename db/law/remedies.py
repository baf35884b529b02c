"""What an answer must tell of remedies, by its outcome and its day (DOMAIN, section 5: Remedies).

Notices (of a clarification, an extension, a consultation, a fee) carry none: this is of answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

REVIEW_DAYS = 60
SUIT_MONTHS = 6
SUIT_AFTER_REVIEW_DAYS = 15

REVIEW_LAW = date(2024, 1, 1)
"""From that day on 行政复议法 as revised is in force."""
INTERPRETATION = date(2025, 6, 1)
"""From that day on 法释〔2025〕8号 is."""

_HEARD_BY_NO_COURT = frozenset(("3.3.8", "3.4.2", "3.5.1", "3.5.2", "3.5.3"))
"""As a rule (Interpretation 10)."""


class Course(Enum):
    """Which way may be gone against an answer, or a part of it."""

    EITHER = "either"
    REVIEW_FIRST = "review_first"
    REVIEW_ONLY = "review_only"


@dataclass(frozen=True, slots=True)
class Remedies:
    """What is to be told: how one goes against the answer.

    `withheld` is how one goes against what an answer of 3.2 holds back, where that is another way
    than against the rest. `review_law` and `suit_law` are the articles that give the days.
    """

    course: Course
    withheld: Course | None
    review_law: tuple[str, ...]
    suit_law: tuple[str, ...]

    @property
    def names_court(self) -> bool:
        return self.course is not Course.REVIEW_ONLY


def remedies(outcome: str, on: date) -> Remedies:
    """The remedies against an answer of that outcome, given on that day."""
    course = _course(outcome, on)
    withheld = Course.REVIEW_FIRST if outcome == "3.2" and on >= REVIEW_LAW else None
    review = ["第二十条" if on >= REVIEW_LAW else "第九条"]
    if Course.REVIEW_FIRST in (course, withheld):
        review.append("第二十三条第一款第四项")
    return Remedies(course, withheld, tuple(review), _suit_law((course, withheld)))


def _course(outcome: str, on: date) -> Course:
    if on < REVIEW_LAW:
        return Course.EITHER
    refused = outcome.startswith("3.3.")
    if on < INTERPRETATION:
        return Course.REVIEW_FIRST if refused else Course.EITHER
    if outcome in _HEARD_BY_NO_COURT:
        return Course.REVIEW_ONLY
    return Course.REVIEW_FIRST if refused else Course.EITHER


def _suit_law(courses: Sequence[Course | None]) -> tuple[str, ...]:
    articles = {Course.REVIEW_FIRST: "第四十五条", Course.EITHER: "第四十六条第一款"}
    return tuple(article for course, article in articles.items() if course in courses)
