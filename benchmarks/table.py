"""One table of everything measured: what, ours, the floor or peer beside it, the ratio, the goal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

ROUNDS = 7
"""Medians are of at least so many rounds, ours and the floor in turn."""
ROUNDS_QUICK = 3


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

    Both are run once before, so that the files are in memory; the median of the rounds' ratios
    holds whatever the machine's speed is.
    """
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
    return Line(what, ours, goal=f"{at_most:g} {unit}", met=ours <= at_most, unit=unit, note=note)


def growth(what: str, one: float, ten: float, *, most: float = 12) -> Line:
    """How many times as long ten times as much takes."""
    factor = ten / one
    return Line(
        f"{what}, ten times as much", factor, goal=f"{most:g} x", met=factor <= most, unit="x"
    )


def memory(what: str, ours: float, before: float) -> Line:
    """Memory that should not grow: both peaks in MB."""
    ratio = ours / before
    return Line(f"memory, {what}", ours, before, "", ratio, "1.2 x", ratio <= 1.2, "MB")


def printed(lines: Iterable[Line]) -> str:
    """The table in Markdown, as docs/performance.md keeps it."""
    rows = [("what", "ours", "floor or peer", "ratio", "goal", "")]
    rows += [
        (
            line.what + (f" ({line.note})" if line.note else ""),
            _figure(line.ours, line.unit),
            f"{_figure(line.floor, line.unit)} {line.beside}" if line.floor is not None else "–",
            f"{line.ratio:.2f} x" if line.ratio is not None else "–",
            line.goal or "–",
            {True: "met", False: "NOT met", None: ""}[line.met],
        )
        for line in lines
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    told = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    return "\n".join([told[0], "|" + "|".join("-" * (w + 2) for w in widths) + "|", *told[1:]])


def _figure(value: float, unit: str) -> str:
    if value >= 100:
        return f"{value:,.0f} {unit}"
    return f"{value:.1f} {unit}" if value >= 10 else f"{value:.2f} {unit}"
