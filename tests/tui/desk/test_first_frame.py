"""What the real program has loaded when its first frame is painted, and what its loop loads later."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.examples import often

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of POSIX", allow_module_level=True)

from tests.support.paths import ROOT
from tests.support.terminal import terminal

HEAVY = (
    "sqlalchemy",
    "alembic",
    "argon2",
    "openpyxl",
    "pypinyin",
    "plotext",
    "pendulum",
    "chinese_calendar",
    "db.opening",
    "db.agenda.agenda",
    "db.lookup.find",
    "db.lookup.query",
    "db.lookup.filters",
)
NOT_SHOWN = (
    "argparse",
    "tui.cli.grammar",
    "tui.cli.cases",
    "tui.screens.register.register",
    "tui.screens.case.case",
    "tui.screens.everywhere.lock_page",
    "tui.screens.today.agenda_list",
    "tui.widgets.charts",
    "tui.widgets.month_view",
    "tui.widgets.plain_fields",
    "tui.desk.places",
)
"""What the first page does without, though it weighs less."""
WATCHED = ROOT / "tests" / "support" / "watched.py"


class Watched:
    """The program on a register, until it has been left; then what was noted."""

    def __init__(self, register: Path) -> None:
        self._report = register.with_name("watched.json")
        self.program: Sequence[str] = (
            str(WATCHED),
            str(self._report),
            "今日",
            ",".join(HEAVY + NOT_SHOWN),
        )

    def noted(self, what: str) -> list[str]:
        noted: list[str] = json.loads(self._report.read_text(encoding="utf-8"))[what]
        return noted


def test_nothing_heavy_is_loaded_before_the_first_frame(filled: Path) -> None:
    watched = Watched(filled)
    with terminal(filled, program=watched.program) as seat:
        seat.shows("已超期")
        seat.press("ctrl+q")
        assert seat.ended() == 0
    assert watched.noted("at_first_frame") == []


@pytest.mark.parametrize("early", often([True, False], 1))
def test_the_loop_loads_nothing_heavy(filled: Path, early: bool) -> None:
    """Not while 今日 fills, not in a lookup with filters (typed before it or after), not on a page."""
    watched = Watched(filled)
    with terminal(filled, 120, program=watched.program) as seat:
        seat.shows("今日" if early else "已超期")
        seat.press("/", "状态:待缴费 年:2026 ")
        seat.shows("[状态:待缴费] [年:2026]")
        seat.shows("找到 1 ")
        seat.press("enter", "enter")
        seat.shows("申请方式")
        seat.press("ctrl+q")
        assert seat.ended() == 0
    heavy = [name for name in watched.noted("on_the_loop") if name.startswith(HEAVY)]
    assert heavy == []
