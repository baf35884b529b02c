"""Process start to the first frame, to a filled 今日 and to a lookup's rows, in a pseudo-terminal.

In turn with the smallest Textual app, so that the ratios hold whatever the machine's speed is.
The register of a million is made once, which takes minutes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import registers
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, grown, paired
from benchmarks.terminal import reached

SIZES = ((80, 24), (120, 40))
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("台账")

Bare().run()
"""


def measure(quick: bool) -> Iterator[Line]:
    taken: dict[str, list[Line]] = {}
    for cases in (1_000,) if quick else (1_000, 1_000_000):
        for size in SIZES[:1] if quick else SIZES:
            for line in started(registers.of_cases(cases), cases, size, quick):
                taken.setdefault(line.what.split(",")[0], []).append(line)
                yield line
    if not quick:
        for what, lines in taken.items():
            yield grown(f"{what}, 1,000,000 cases beside 1,000", lines[-1], lines[-len(SIZES) - 1])


def started(register: Path, cases: int, size: tuple[int, int], quick: bool) -> Iterator[Line]:
    """From process start: the first frame; 今日 filled; the rows of a lookup typed at the first frame."""
    bare = [sys.executable, "-c", BARE]
    ours = [sys.executable, "-m", "tui", "--db", str(register)]
    typed = f"/{registers.SOUGHT}"
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({"HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home})

        def round_() -> tuple[float, float, float, float]:
            (smallest,) = reached(bare, size, ["台账"])
            frame, filled = reached(ours, size, ["今日", "已超期"])
            _, rows = reached(ours, size, ["今日", registers.APPLICANT], typed)
            return smallest, frame, filled, rows

        if not quick:
            round_()  # the files are in memory from here on
        taken = [round_() for _ in range(ROUNDS_QUICK if quick else ROUNDS)]
    where = f"{cases:,} cases, {size[0]}x{size[1]}"
    smallest = [each[0] for each in taken]
    for place, what, at_most in (
        (1, "first frame", 1.15),
        (2, "今日 filled", 2),
        (3, "a lookup's rows", 2),
    ):
        yield paired(
            f"start to {what}, {where}",
            [each[place] for each in taken],
            "smallest app",
            smallest,
            at_most,
        )
