"""A key down and a page down in the list, beside the smallest list there can be, in a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks import registers
from benchmarks.desks import DOWN, PAGE_DOWN, SIZE, bare_at_the_list, ours_at_the_list
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, grown, paired
from benchmarks.terminal import Seat

CASES, CASES_QUICK = (1_000, 100_000, 1_000_000), (1_000, 10_000)
KEYS = {"down": DOWN, "page down": PAGE_DOWN}
TIMES, TIMES_QUICK = 30, 8
PAGES = 4
"""So many pages down a round: the shortest list has no more."""
QUIET = 0.03


def measure(quick: bool) -> Iterator[Line]:
    taken: dict[tuple[str, int], Line] = {}
    times = {"down": TIMES_QUICK if quick else TIMES, "page down": PAGES}
    for cases in CASES_QUICK if quick else CASES:
        path = registers.of_cases(cases)
        with ours_at_the_list(path) as ours, bare_at_the_list(path) as bare:
            for name, key in KEYS.items():
                rounds = [
                    [median(_pressed(seat, key, times[name])) for seat in (ours, bare)]
                    for _ in range(ROUNDS_QUICK if quick else ROUNDS)
                ]
                mine, theirs = zip(*rounds, strict=True)
                line = paired(
                    f"{name} in the list, {cases:,} cases", mine, "bare list", theirs, 1.5
                )
                taken[name, cases] = line
                yield line
    least, *_, most = CASES_QUICK if quick else CASES
    for name in KEYS:
        what = f"{name}, {most:,} cases beside {least:,}"
        yield grown(what, taken[name, most], taken[name, least])


def _pressed(seat: Seat, key: str, times: int) -> list[float]:
    """Milliseconds from each key until the rows have changed and stay so."""
    rows = range(1, SIZE[1] - 1)
    taken = []
    for _ in range(times):
        before = seat.painted(rows)
        seat.press(key)
        took = seat.until(lambda seat, before=before: seat.painted(rows) != before)
        taken.append(max(took, seat.at_rest(QUIET, rows)))
    return taken
