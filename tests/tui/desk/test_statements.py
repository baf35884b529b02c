"""How many statements a page asks of the register: as many at three times the cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Engine
from sqlalchemy import event as sql_event

from db.storage import sqlite
from db.storage.question import Question, Rows
from tests.support.at_once import make_demo, open_register
from tests.support.seat import SeatMaker

PAGES = {
    "台账": (("tab",), 8),
    "申请": (("enter",), 12),
    "期限说明": (("e",), 0),
    "登记答复": (("escape", "d"), 8),
    "新申请": (("escape", "escape", "n"), 13),
    "年报": (("escape", "f8"), 40),
    "复议诉讼": (("g", "f"), 7),
    "统计": (("g", "k"), 9),
    "日历": (("g", "r"), 2),
    "设置": (("g", "s"), 3),
    "备份": (("g", "b"), 0),
    "汇总": (("g", "h"), 0),
    "收费计算": (("g", "c"), 0),
}
"""The keys to each page from the one before, 今日 the first, and how many statements that may take.

今日 itself is held in `test_agenda`; what is looked after behind it depends on what the years lack.
"""


async def test_no_page_asks_more_of_a_greater_register(
    take_seat: SeatMaker, tmp_path: Path
) -> None:
    """What is asked case by case would show here."""
    few, many = [await _asked(take_seat, tmp_path / f"{cases}.db", cases) for cases in (120, 360)]
    assert few == many
    assert [page for page, asked in many.items() if asked > PAGES[page][1]] == [], str(many)


async def _asked(take_seat: SeatMaker, path: Path, cases: int) -> dict[str, int]:
    with open_register(str(path), create=True) as register:
        make_demo(register, cases)
    asked: dict[str, int] = {}
    with _statements() as statements:
        async with take_seat(path, page="today") as seat:
            statements.clear()
            for page, (keys, _) in PAGES.items():
                await seat.press(*keys)
                assert page in seat.text, seat.text
                asked[page] = len(statements)
                statements.clear()
    return asked


@contextmanager
def _statements() -> Iterator[list[str]]:
    """Every question put to a register meanwhile."""
    seen: list[str] = []

    def note(*told: Any) -> None:
        if told[2].startswith("SELECT"):
            seen.append(told[2])

    def answers(connection: Connection, *asked: Question) -> list[Rows]:
        seen.extend(query for query, _ in asked)
        return answered(connection, *asked)

    answered = sqlite.answers
    sql_event.listen(Engine, "before_cursor_execute", note)
    with patch.object(sqlite, "answers", answers):
        try:
            yield seen
        finally:
            sql_event.remove(Engine, "before_cursor_execute", note)
