"""What a cell of figures says: a number, nothing, or what nobody can be sure of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db.year_end.proactive_form import Measure
from exports.consolidation.paper import LOWERED, RAISED, STRUCK, Cell
from exports.consolidation.values import said_of

NUMBERS: tuple[tuple[Measure, str, str], ...] = (
    ("count", "12", "12"),
    ("count", "１２ 件", "12"),
    ("count", "0件", "0"),
    ("count", "1,234", "1234"),
    ("count", "1，234件", "1234"),
    ("count", "\u3000305\xa0", "305"),
    ("count", "5①", "5"),
    ("count", "5¹", "5"),
    ("count", f"5{RAISED}1{LOWERED}", "5"),
    ("count", "5（注1）", "5"),
    ("count", "5[1]", "5"),
    ("count", "*5", "5"),
    ("count", "5.0", "5"),
    ("change", "-3", "-3"),
    ("change", "−3", "-3"),
    ("change", "+2", "2"),
    ("change", "减少2", "-2"),
    ("amount", "113.5631万元", "113.5631"),
    ("amount", "1135631元", "113.5631"),
    ("amount", "1.2亿元", "12000"),
    ("amount", "1,234.5", "1234.5"),
)
BLANKS = ("", " ", "/", "／", "-", "—", "——", "－", "无", "件")
UNSURE = ("待核", "1.5", "-3", "1 2", "1\n2", "十二", "①", "¹", "3?", "12,34", "012", "5(1)", "一")


@pytest.mark.parametrize(("measure", "text", "value"), NUMBERS)
def test_numbers_as_offices_write_them(measure: Measure, text: str, value: str) -> None:
    assert said_of(Cell(text), measure).value == Decimal(value)


@pytest.mark.parametrize("text", BLANKS)
def test_blanks_and_strokes_count_as_0_and_are_blank(text: str) -> None:
    said = said_of(Cell(text))
    assert (said.value, said.blank) == (0, True)


@pytest.mark.parametrize("text", UNSURE)
def test_what_is_not_sure_is_unread(text: str) -> None:
    said = said_of(Cell(text))
    assert said.value is None
    assert said.reason


def test_what_is_struck_through_or_a_fault_is_unread() -> None:
    assert said_of(Cell(f"{STRUCK}5")).value is None
    assert said_of(Cell("5", "是公式，没有算出的值")).value is None
