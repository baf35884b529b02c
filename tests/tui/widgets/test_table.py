"""The list of cases at any length: it reads what is in sight and keeps its place."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment

from db.words.vocabulary import State
from tests.support.listings import Source, row
from tests.support.seat import SeatMaker
from tests.support.walk import to_register
from tui.look.theme import THEMES
from tui.widgets.case_columns import columns_for, due_word, left_word
from tui.widgets.case_paint import CasePaint
from tui.widgets.case_table import CaseTable
from tui.widgets.listing import PAGE
from tui.widgets.reading import PAGES_KEPT


@pytest.mark.parametrize("total", [1_000, 1_000_000])
async def test_only_what_is_in_sight_is_read(
    take_seat: SeatMaker, empty_register_file: Path, total: int
) -> None:
    async with take_seat(empty_register_file) as seat:
        table = seat.app.screen.query_one(CaseTable)
        table.display = True
        source = Source(total)
        table.show(source.listing)
        table.focus()
        await seat.settle()
        await seat.press("ctrl+end")
        assert f"N{total - 1} " in seat.text
        await seat.press("home", "pagedown", "j", "down", "k")
        assert table.cursor == 20
        assert source.read == [0, (total - 1) // PAGE * PAGE]
        assert table._view is not None
        assert len(table._view.pages) <= PAGES_KEPT


async def test_the_cursor_keeps_its_case(take_seat: SeatMaker, empty_register_file: Path) -> None:
    async with take_seat(empty_register_file) as seat:
        table = seat.app.screen.query_one(CaseTable)
        table.display = True
        table.show(Source(500, first=10).listing)
        table.focus()
        await seat.settle()
        await seat.press("pagedown")
        kept = table.row_at_cursor
        assert kept is not None
        table.show(Source(500, first=3).listing, keep=kept.id)
        await seat.settle()
        assert table.row_at_cursor is not None
        assert table.row_at_cursor.id == kept.id
        table.show(Source(2).listing)
        await seat.settle()
        assert table.cursor == 0


def painted(table: CaseTable) -> list[list[Segment]]:
    return [list(line.simplify()) for line in table.render_lines(table.size.region)]


def painted_by_the_framework(table: CaseTable) -> list[list[Segment]]:
    """Line by line, as if nothing were remembered."""
    kept, table._paint = table._paint, CasePaint(table.get_component_rich_style)
    table._styles_cache.clear()
    table._paint.laid(None, table.columns, table.scrollable_content_region.width)
    try:
        lines = table._styles_cache.render_widget(table, table.size.region)
        return [list(line.simplify()) for line in lines]
    finally:
        table._paint = kept


async def test_what_is_remembered_is_what_would_be_painted(
    take_seat: SeatMaker, filled: Path
) -> None:
    """Whatever has changed since: rows, cursor, marks, focus, order, size, colours."""
    async with take_seat(filled) as seat:
        await to_register(seat)
        table = seat.app.screen.query_one(CaseTable)
        seen = []
        for key in ("j", "space", "slash", "=2026", "=-0", "down", "Z", "j", "120"):
            if key.isdigit():
                await seat.resize((int(key), 40))
            elif key.startswith("="):
                await seat.write(key[1:])
            else:
                await seat.press(key)
            seen.append(painted(table))
            assert seen[-1] == painted_by_the_framework(table), key
        seat.app.theme = next(name for name in THEMES if name != seat.app.theme)
        await seat.settle()
        assert painted(table) == painted_by_the_framework(table)
        seen.append(painted(table))
        same = [n for n, (before, after) in enumerate(pairwise(seen)) if before == after]
        assert not same  # it did change each time


@pytest.mark.parametrize("width", [20, 78, 80, 99, 100, 120, 139, 140, 200])
def test_columns_fill_the_width(width: int) -> None:
    columns = columns_for(width)
    if width >= 78:
        assert sum(c.width for c in columns) + len(columns) + 1 == width
    assert [c.title for c in columns if c.title in ("编号", "剩余")] == ["编号", "剩余"]


@pytest.mark.parametrize(
    ("facts", "left", "due"),
    [
        ({}, "5", "2026-04-01"),
        ({"provisional": True}, "5", "2026-04-01暂"),
        ({"overdue": True, "days_left": -3}, "超期3", "2026-04-01"),
        ({"overdue": True, "days_left": -159}, "超期159", "2026-04-01"),
        ({"overdue": True, "days_left": -1234}, "超1234", "2026-04-01"),
        ({"state": State.AWAITING_CLARIFICATION, "due_on": None, "days_left": None}, "-", "-"),
        ({"state": State.CONCLUDED, "overdue": True, "days_left": None}, "超期", "2026-04-01"),
        ({"state": State.CANCELLED, "due_on": None, "days_left": None}, "", ""),
    ],
)
def test_state_is_said_in_words(facts: dict[str, Any], left: str, due: str) -> None:
    assert left_word(row(1, **facts)) == left
    assert due_word(row(1, **facts)) == due
