"""The table of tasks and keystrokes in docs: every row is pressed as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.examples import often
from tests.support.paths import DOCS
from tests.support.seat import SeatMaker

TABLE = DOCS / "tasks.md"
ROW = re.compile(r"^\| (?P<task>[^|]+) \| (?P<keys>.*`.*) \| (?P<count>\d+) \| (?P<seen>[^|]+) \|$")
STEP = re.compile(r"`([^`]+)`|「([^」]+)」")
NAMES = {
    "Z": "Z",
    "/": "slash",
    ";": "semicolon",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "-": "minus",
}

TASKS = [
    found for line in TABLE.read_text(encoding="utf-8").splitlines() if (found := ROW.match(line))
]


def test_the_table_is_read() -> None:
    assert len(TASKS) >= 8


@pytest.mark.parametrize("row", often(TASKS, 9), ids=lambda row: row["task"])
async def test_a_task_takes_these_keys(
    take_seat: SeatMaker, filled: Path, row: re.Match[str]
) -> None:
    pressed = 0
    async with take_seat(filled, page="today") as seat:
        for key, text in STEP.findall(row["keys"]):
            if text:
                await seat.write(text)
                pressed += len(text)
            else:
                await seat.press(NAMES.get(key, key.lower()))
                pressed += 1
        assert row["seen"] in seat.text
    assert pressed == int(row["count"])
