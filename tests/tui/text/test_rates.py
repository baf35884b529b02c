"""The rate on the page of statistics is the one that its workbook shows."""

from __future__ import annotations

import pytest

from tui.screens.today.statistics_text import rate_text


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
