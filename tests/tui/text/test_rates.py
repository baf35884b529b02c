"""The rate on the page of statistics is the one that its workbook shows."""

from __future__ import annotations

import pytest

from db.agenda.statistics import Bar
from tui.screens.today.statistics_text import points, rate_text


@pytest.mark.parametrize(
    ("late", "number", "said"),
    [
        (3, 80, "96.3%"),
        (1, 16, "93.8%"),
        (0, 5, "100%"),
        (1, 9_999, "99.9%"),
        (4, 4, "0.0%"),
        (0, 0, ""),
    ],
)
def test_half_a_tenth_goes_up(late: int, number: int, said: str) -> None:
    assert rate_text(late, number) == said


def test_points_are_those_between_the_rates_that_are_shown() -> None:
    bar = Bar("on_time", "按期", 80, 75, late=3, late_before=4)
    assert (rate_text(3, 80), rate_text(4, 75)) == ("96.3%", "94.7%")
    assert points(bar) == "增1.6"
