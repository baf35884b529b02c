"""One line of the list: a match is marked, and brought into sight when the cell is too narrow."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from db.words.vocabulary import State
from tui.text.cells import CLIPPED, width_of
from tui.widgets.case_columns import ALL, Column, columns_for
from tui.widgets.case_lines import Looks, case_line, heading_line
from tui.widgets.listing import Listing

MATCH = Style(bold=True)
LOOKS = Looks(Style(), Style(), Style(), MATCH)


def drawn(text: str, words: str, width: int) -> tuple[str, list[str]]:
    """A cell of `width` showing `text`: what it reads, and its marked stretches."""

    def marks(line: str, _: str) -> Sequence[tuple[int, int]]:
        at = line.find(words) if words else -1
        return [(at, at + len(words))] if at >= 0 else []

    column = Column("subject", "申请内容", width, lambda row: row.subject, field=True)
    row: Any = SimpleNamespace(subject=text, state=State.OPEN, overdue=False)
    listing = Listing(lambda start, length: (0, ()), marks=marks)
    strip = case_line(row, [column], width + 2, LOOKS, listing)
    assert strip.cell_length == width + 2 == sum(width_of(part.text) for part in strip)
    return strip.text[1:-1], [part.text for part in strip if part.style == MATCH]


@pytest.mark.parametrize(
    ("text", "words", "width", "shown"),
    [
        ("征地补偿方案", "补偿", 12, "征地补偿方案"),
        ("征地补偿方案及批复", "征地", 12, "征地补偿方.."),
        ("大坪乡集体土地征收补偿安置方案及批复", "补偿", 20, "..地征收补偿安置方.."),
        ("大坪乡集体土地征收补偿明细", "补偿", 20, "..体土地征收补偿明细"),
        ("大坪乡集体土地征收补偿", "补偿", 21, "..乡集体土地征收补偿"),
    ],
)
def test_the_match_comes_into_sight(text: str, words: str, width: int, shown: str) -> None:
    assert drawn(text, words, width)[0].rstrip() == shown


@given(
    st.text("征地补偿方案及批复ab 1", max_size=60),
    st.text("征地补偿ab", min_size=1, max_size=4),
    st.integers(14, 40),
)
def test_a_match_is_always_seen(text: str, words: str, width: int) -> None:
    shown, marked = drawn(text, words, width)
    if words in text:
        assert marked == [words]
    else:
        assert not marked
        assert not shown.startswith(CLIPPED)


@pytest.mark.parametrize(
    ("chosen", "order", "told"),
    [
        ((), ("due", False), "申请内容             状态       期限 ^"),
        (("number", "subject"), ("due", True), "申请内容  按期限 v"),
        (("number", "subject"), None, " 申请内容   "),
        (tuple(ALL), ("left", False), " 按剩余 ^ "),
    ],
)
def test_the_order_is_told_where_its_column_is_not_shown(
    chosen: tuple[str, ...], order: tuple[str, bool] | None, told: str
) -> None:
    columns = columns_for(80, chosen=chosen)
    assert told in heading_line(columns, 80, Style(), Style(bold=True), order).text
