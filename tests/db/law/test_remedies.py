"""What each answer tells of remedies, by its outcome and its day: the whole table."""

from __future__ import annotations

from datetime import date

import pytest

from db.law.remedies import Course, remedies
from db.words.outcomes import OUTCOMES

BEFORE, REVISED, INTERPRETED = date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 1)
REFUSED = {f"3.3.{n}" for n in range(1, 8)}
UNHEARD = {"3.3.8", "3.4.2", "3.5.1", "3.5.2", "3.5.3"}
CODES = [outcome.code for outcome in OUTCOMES]


@pytest.mark.parametrize("code", CODES)
def test_before_2024_either_way_may_be_gone(code: str) -> None:
    told = remedies(code, BEFORE)
    assert (told.course, told.withheld) == (Course.EITHER, None)
    assert (told.review_law, told.suit_law) == (("第九条",), ("第四十六条第一款",))


@pytest.mark.parametrize("on", [REVISED, date(2025, 5, 31)])
@pytest.mark.parametrize("code", CODES)
def test_from_2024_a_refusal_goes_to_review_first(code: str, on: date) -> None:
    told = remedies(code, on)
    first = code in REFUSED | {"3.3.8"}
    assert told.course is (Course.REVIEW_FIRST if first else Course.EITHER)
    assert told.withheld is (Course.REVIEW_FIRST if code == "3.2" else None)
    assert ("第二十三条第一款第四项" in told.review_law) is (first or code == "3.2")


@pytest.mark.parametrize("code", CODES)
def test_from_june_2025_some_answers_name_the_review_only(code: str) -> None:
    told = remedies(code, INTERPRETED)
    if code in UNHEARD:
        expected = Course.REVIEW_ONLY
    else:
        expected = Course.REVIEW_FIRST if code in REFUSED else Course.EITHER
    assert told.course is expected
    assert told.withheld is (Course.REVIEW_FIRST if code == "3.2" else None)
    assert told.names_court is (code not in UNHEARD)
    assert bool(told.suit_law) is told.names_court
