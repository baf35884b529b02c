"""One table of everything measured: what, ours, the floor or peer beside it, the ratio, the goal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from rich.cells import cell_len

ROUNDS = 7
"""Medians are of at least so many rounds, ours and the floor in turn."""
ROUNDS_QUICK = 3
"""In a few minutes no more can be had of what takes seconds; ratios then scatter by a tenth and more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured. `ours` and `floor` in `unit` (medians); ratios are of single rounds."""

    what: str
    ours: float
    floor: float | None = None
    beside: str = ""
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None
    unit: str = "ms"
    note: str = ""
    fault: str = ""
    """Why it could not be measured to the end."""


def tell(doing: str) -> None:
    """What is being done, for who waits."""
    print(doing, file=sys.stderr, flush=True)


def timed(work: Callable[..., object], *told: object) -> float:
    """Milliseconds by the wall."""
    begun = time.perf_counter()
    work(*told)
    return (time.perf_counter() - begun) * 1000


def worked(work: Callable[[], object]) -> float:
    """Milliseconds of the processor, for what waits for nothing: others at work do not count."""
    begun = time.thread_time()
    work()
    return (time.thread_time() - begun) * 1000


def in_turn(
    what: str,
    ours: Callable[[], float],
    beside: str,
    floor: Callable[[], float],
    at_most: float,
    *,
    rounds: int = ROUNDS,
    unit: str = "ms",
    note: str = "",
) -> Line:
    """Ours and the floor in turn, each giving its own figure; the goal is a ratio of at most that.

    Both are run once before, so that the files are in memory; of a few rounds the median leaves a
    first one out that had to read them. The median of the rounds' ratios holds whatever the machine's
    speed is.
    """
    if rounds > ROUNDS_QUICK:
        ours(), floor()
    mine, theirs = zip(*((ours(), floor()) for _ in range(rounds)), strict=True)
    return paired(what, mine, beside, theirs, at_most, unit=unit, note=note)


def paired(
    what: str,
    ours: Sequence[float],
    beside: str,
    floor: Sequence[float],
    at_most: float,
    *,
    unit: str = "ms",
    note: str = "",
) -> Line:
    """What was measured in turn already, round by round."""
    ratio = median(one / other for one, other in zip(ours, floor, strict=True))
    goal = f"{at_most:g} x"
    return Line(
        what, median(ours), median(floor), beside, ratio, goal, ratio <= at_most, unit, note
    )


def alone(what: str, ours: float, at_most: float, *, unit: str = "ms", note: str = "") -> Line:
    """What has no floor beside it: held to a figure."""
    goal = f"{at_most:,} {unit}" if at_most >= 1_000 else f"{at_most:g} {unit}"
    return Line(what, ours, goal=goal, met=ours <= at_most, unit=unit, note=note)


def growth(
    what: str, few: float, many: float, *, times: str = "ten times", most: float = 12
) -> Line:
    """How many times as long so many times as much takes."""
    factor = many / few
    return Line(
        f"{what}, {times} as much", factor, goal=f"{most:g} x", met=factor <= most, unit="x"
    )


def grown(what: str, many: Line, few: Line, *, most: float = 1.2) -> Line:
    """How much further from its floor the same is with many cases than with few."""
    assert many.ratio is not None
    assert few.ratio is not None
    factor = many.ratio / few.ratio
    goal = f"{most:g} x"
    return Line(what, many.ratio, few.ratio, "", factor, goal, factor <= most, unit="x bare")


def memory(what: str, ours: float, before: float, few: int) -> Line:
    """Memory that should not grow: both peaks in MB."""
    ratio = ours / before
    met = ratio <= 1.2
    return Line(f"memory, {what}", ours, before, f"at {few:,}", ratio, "1.2 x", met, "MB")


def printed(lines: Iterable[Line]) -> str:
    """The table in Markdown, as docs/performance.md keeps it; what is to be said of lines, below it."""
    rows = [("what", "ours", "floor or peer", "ratio", "goal", "")]
    notes: list[str] = []
    for line in lines:
        mark = ""
        if note := line.fault or line.note:
            notes.append(note)
            mark = f" [{len(notes)}]"
        rows.append((line.what + mark, *_told(line)))
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    told = [
        "| "
        + " | ".join(cell + " " * (w - cell_len(cell)) for cell, w in zip(row, widths, strict=True))
        + " |"
        for row in rows
    ]
    told.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join([*told, "", *(f"[{place}] {note}  " for place, note in enumerate(notes, 1))])


def _told(line: Line) -> tuple[str, str, str, str, str]:
    if line.fault:
        return "–", "–", "–", "–", "FAILED"
    floor = f"{_figure(line.floor, line.unit)} {line.beside}" if line.floor is not None else "–"
    return (
        _figure(line.ours, line.unit),
        floor.rstrip(),
        f"{line.ratio:.2f} x" if line.ratio is not None else "–",
        line.goal or "–",
        {True: "met", False: "NOT met", None: ""}[line.met],
    )


def _figure(value: float, unit: str) -> str:
    if value >= 100:
        return f"{value:,.0f} {unit}"
    return f"{value:.1f} {unit}" if value >= 10 else f"{value:.2f} {unit}"
