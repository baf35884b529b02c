"""Money: typed in yuan, kept in fen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import BadValue
from db.words.money import LARGEST, fen_of, yuan

AMOUNTS = st.integers(min_value=0, max_value=LARGEST - 1)


@given(AMOUNTS)
def test_what_is_written_is_read_back(fen: int) -> None:
    assert fen_of(yuan(fen)) == fen_of(f"{yuan(fen, ',')} 元") == fen
    assert Decimal(yuan(fen)) * 100 == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [("100", 10_000), (" 1,300.5 元", 130_050), ("１００元", 10_000), ("0", 0), ("0.10000", 10)],
)
def test_as_people_write_it(text: str, fen: int) -> None:
    assert fen_of(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "-1",
        "1.005",
        "1e3",
        "NaN",
        "Infinity",
        "一百",
        "1 0",
        ".5",
        "10000000000",
        "9" * 5000,
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="例如 100"):
        fen_of(text)
