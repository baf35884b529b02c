"""An invented register made, and what one takes on the disk."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import registers
from benchmarks.processes import by_itself, taizhang
from benchmarks.table import ROUNDS, Line, alone, growth

GOALS = {1_000: 1_500, 100_000: 26_000, 1_000_000: 300_000}
"""Milliseconds: a third of what it took when this was first measured."""
KEPT = 100_000
"""The one of them that other subjects read."""


def measure(quick: bool) -> Iterator[Line]:
    cases = 1_000 if quick else 20_000
    bytes_each = registers.invented(cases).stat().st_size / cases
    yield alone(f"size on disk of a case, {cases:,} cases", bytes_each / 1000, 1.2, unit="KB")
    if quick:
        return
    taken: list[float] = []
    out = registers.FOLDER / "made.db"
    for cases, goal in GOALS.items():
        command = taizhang("demo", "--cases", cases, out)
        rounds = ROUNDS if cases == 1_000 else 1
        line = by_itself(f"demo, {cases:,} cases", command, goal, out, rounds=rounds)
        taken.append(line.ours)
        yield line
        if cases == KEPT:
            registers.keep(out, cases)
    yield growth("demo", taken[-2], taken[-1])
    out.unlink()
