"""Keys typed ahead of a slow register do what the same keys do one after another."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Semaphore
from typing import Any

import pytest

from db.disputes.dispute import Block
from db.errors import Unreadable
from db.lookup import find
from db.words.vocabulary import EventKind, State
from tests.support.at_once import new_dispute, open_register, read_case
from tests.support.examples import TIMES
from tests.support.seat import AT_MOST, Holder, Seat, SeatMaker, stack_of
from tests.support.steps import log
from tui.desk import asking, typeahead
from tui.desk.lookups import KeptLookup, keep_lookup
from tui.widgets.case_table import CaseTable


@pytest.fixture
def busy(filled: Path) -> Path:
    """The cases of every kind, and two disputes."""
    with open_register(str(filled)) as register:
        for number, day in (("2025-0001", 6), ("2026-0002", 7)):
            new_dispute(register, Block.REVIEW, "某市人民政府", date(2026, 3, day), case=number)
    return filled


class Slow:
    """Every question to the register is answered only once the desk has nothing else to do."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._turns = Semaphore(0)
        real = asking._run

        def run(owner: Any, group: Any, question: Callable[[], Any], *more: Any) -> None:
            def answer_late() -> Any:
                self._turns.acquire(timeout=AT_MOST)
                return question()

            real(owner, group, answer_late, *more)

        monkeypatch.setattr(asking, "_run", run)
        monkeypatch.setattr(typeahead, "AT_MOST", AT_MOST)

    async def settle(self, seat: Seat) -> None:
        app = seat.app
        async with asyncio.timeout(AT_MOST):
            while app._waiting or app._postponed or any(not w.is_finished for w in app.workers):
                for _ in range(2):
                    await seat.pilot.pause()
                self._turns.release()
        for _ in range(100):  # nothing waits any more
            self._turns.release()
        await seat.settle()


NUMBER = tuple("2026-0004")
BURSTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    # the page, keys at leisure, keys in a burst
    "lookup": ("register", (), ("slash", *NUMBER, "enter", "enter")),
    "lookup-pasted": ("register", (), ("slash", "=2026-0004", "enter", "enter")),
    "lookup-from-today": ("today", (), ("slash", *NUMBER, "enter", "enter")),
    "lookup-again": ("register", ("slash", "x", "y", "enter"), ("slash", *NUMBER, "down", "enter")),
    "lookup-second-row": ("register", (), ("slash", *"2026", "enter", "j", "j", "enter")),
    "lookup-last-row": ("register", (), ("slash", *"2026", "enter", "end", "enter")),
    "lookup-undone": ("register", ("end",), ("slash", "x", "backspace", "enter", "enter")),
    "lookup-cleared": ("register", ("slash", *NUMBER, "enter"), ("escape", "enter")),
    "character": ("register", ("end",), ("陈", "静", "enter", "enter")),
    "chip": ("register", (), ("slash", *"2025 ", "=年:2025 ", "enter", "j", "enter")),
    "chip-dropped": ("register", ("slash", "=年:2025 ", "enter"), ("backspace", "enter")),
    "filter": ("register", (), ("F", "补", "正", "enter", "enter")),
    "filter-chosen": (
        "register",
        (),
        ("F", "补", "backspace", "缴", "down", "up", "enter", "enter"),
    ),
    "recalled": ("register", ("end",), ("1", "enter")),
    "sorted": ("register", (), ("s", "s", "enter")),
    "sorted-twice": ("register", (), ("s", "s", "s", "s", "j", "enter")),
    "reversed": ("register", (), ("R", "j", "enter")),
    "reloaded": ("register", ("j", "j"), ("f5", "enter")),
    "reloaded-then-down": ("register", ("j", "j"), ("f5", "j", "enter")),
    "opened-and-left": (
        "register",
        ("j",),
        ("enter", "escape", "j", "enter", "escape", "k", "enter"),
    ),
    "answered": ("register", (), ("slash", *NUMBER, "enter", "enter", "d", "3", "1", "f10")),
    "answered-and-on": (
        "register",
        (),
        (
            *("slash", *NUMBER, "enter", "enter", "d", "3", "1", "f10", "escape"),
            *("slash", *"2026-0002", "enter", "enter", "d", "3", "3", "4", "f10"),
        ),
    ),
    "registered": (
        "register",
        ("slash", *NUMBER, "enter"),
        ("n", "张", "三", "enter", "1", "enter", "4", "enter", "3", "-", "9", "f10", "enter"),
    ),
    "palette": ("register", (), ("ctrl+p", *NUMBER, "enter")),
    "palette-down": ("register", (), ("ctrl+p", *"2026", "down", "down", "enter")),
    "palette-pinyin": ("register", (), ("ctrl+p", *"xsq", "enter")),
    "section": ("today", (), ("enter", "j", "enter")),
    "section-second": ("today", (), ("j", "j", "j", "enter", "enter")),
    "disputes": ("register", (), ("g", "f", "j", "enter")),
    "dispute-concluded": ("register", (), ("g", "f", "j", "d")),
    "dispute-voided": ("register", ("g", "f"), ("f5", "j", "x")),
    "records": ("register", ("j",), ("enter", "C", "j", "enter")),
    "year": ("register", (), ("f8", "left_square_bracket", "enter", "home", "enter", "enter")),
    "year-before": (
        "register",
        ("f8",),
        ("left_square_bracket", "left_square_bracket", "enter", "enter"),
    ),
    "behind-a-figure": (
        "register",
        ("f8", "left_square_bracket", "enter", "home", "enter"),
        ("slash", *"2025-0002", "enter", "enter"),
    ),
    "earlier": ("register", (), ("n", "吴", "敏", "ctrl+o", "enter")),
    "earlier-changed": (
        "register",
        ("n", "吴", "敏"),
        ("backspace", "backspace", "=王芳", "ctrl+o", "enter"),
    ),
}


ALIKE = [
    "lookup-undone",
    "filter",
    "sorted",
    "reversed",
    "reloaded",
    "palette-down",
    "section",
    "disputes",
    "dispute-voided",
    "year-before",
    "earlier",
    "recalled",
    "chip",
    "opened-and-left",
    "lookup",
    "lookup-pasted",
    "lookup-last-row",
    "answered",
    "palette",
    "earlier-changed",
    "section-second",
    "lookup-again",
    "lookup-cleared",
    "chip-dropped",
    "sorted-twice",
    "reloaded-then-down",
    "palette-pinyin",
    "records",
    "year",
]
"""Of which another of the bursts is much alike: when thorough."""


@pytest.mark.parametrize("name", [n for n in BURSTS if TIMES > 1 or n not in ALIKE])
async def test_a_burst_does_what_its_keys_do_one_by_one(
    take_seat: SeatMaker, busy: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    page, before, keys = BURSTS[name]
    keep_lookup("1", KeptLookup("2026-0003"))
    path = Path(shutil.copy(busy, busy.with_name("once-more.db")))
    shown = []
    for register in (busy, path):
        async with take_seat(register, page=page) as seat:
            for key in before:
                await (seat.write(key[1:]) if key[0] == "=" else seat.press(key))
            if register is busy:
                for key in keys:
                    await (seat.write(key[1:]) if key[0] == "=" else seat.press(key))
            else:
                slow = Slow(monkeypatch)
                seat.burst(*keys)
                await slow.settle(seat)
            shown.append((stack_of(seat.app), seat.text))
    assert shown[1] == shown[0]


async def test_an_answer_typed_in_one_burst_stands_on_the_case_that_was_looked_for(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    async with take_seat(filled) as seat:
        held = hold(find, "page_of_found")
        seat.burst("slash", *NUMBER, "enter", "enter", "d", "3", "3", "4", "f10")
        await seat.post()
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        held.let_go()
        await seat.settle()
        register = seat.app.register
        assert read_case(register, "2026-0004").standing.state is State.CONCLUDED
        assert read_case(register, "2026-0006").standing.state is State.OPEN  # on the first row


async def test_what_is_not_read_in_time_gets_no_key(
    take_seat: SeatMaker, filled: Path, hold: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        monkeypatch.setattr(typeahead, "AT_MOST", 0.1)
        keep_lookup("3", KeptLookup("吴敏"))
        held = hold(find, "page_of_found")
        seat.burst("slash", *NUMBER, "enter", "enter", "d", "3", "f10")
        while "没有采用" not in seat.text:
            await seat.pilot.pause()
        held.let_go()
        await seat.settle()
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        assert "2026-0004" in seat.text
        assert "吴敏" not in seat.text
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "CaseScreen"


async def test_a_key_waits_longer_for_a_register_that_is_being_opened(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with take_seat(filled) as seat:
        with monkeypatch.context() as patch:
            patch.setattr(typeahead, "AT_MOST", 0.0)
            patch.setattr(seat.app, "ahead", object())  # what was seen ahead is still shown
            seat.burst("n", "王")
            while seat.app._postponed is None:
                await asyncio.sleep(0)
            for _ in range(3):
                seat.app._try_again()
        await seat.settle()
        assert stack_of(seat.app)[-1] == "IntakeScreen"
        assert "没有采用" not in seat.text
        assert "王" in seat.text


async def test_a_lookup_that_fails_opens_nothing_of_what_was_shown_before(
    take_seat: SeatMaker, filled: Path, hold: Holder
) -> None:
    async with take_seat(filled) as seat:
        held = hold(find, "page_of_found")
        seat.burst("slash", *NUMBER, "enter", "enter", "d", "3")
        await seat.post()
        held.let_go(Unreadable("登记簿正被别的程序占用；请稍候再试。"))
        await seat.settle()
        assert stack_of(seat.app)[-1] == "ErrorWindow"
        held.refusal = None
        await seat.press("escape", "enter")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        assert "请刷新后重试" in seat.text
        await seat.press("f5", "enter")
        assert stack_of(seat.app)[-1] == "CaseScreen"
        assert "2026-0004" in seat.text


async def test_a_row_that_has_gone_is_not_taken_for_the_next_one(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("slash")
        await seat.write("状态:办理中 ")
        await seat.press("enter", "j")
        table = seat.app.screen.query_one(CaseTable)
        row = table.row_at_cursor
        assert row is not None
        with open_register(str(filled)) as other:
            log(other, read_case(other, row.number), EventKind.WITHDRAWN, "2026-03-10")
        seat.burst("f5", "enter")
        await seat.settle()
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        assert "已不在清单里" in seat.text
