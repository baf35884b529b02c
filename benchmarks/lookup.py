"""From a key to painted rows in the lookup, in a pseudo-terminal; the question alone; the count.

The key goes in turn to our desk and to the bare one (`bare_desk`): the same index in the same file,
asked by plain `sqlite3`, its rows in the smallest list there can be. What a pseudo-terminal and the
framework cost both alike is in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

from benchmarks import bare_index, registers
from benchmarks.desks import ESCAPE, bare_at_the_list, ours_at_the_list
from benchmarks.lookup_lines import typed
from benchmarks.table import ROUNDS, Line, alone, grown, timed
from benchmarks.terminal import Seat, Shown
from db.lookup.query import terms_of
from db.storage.register import Register
from tests.support.at_once import count_found, open_register, page_of_found
from tui.widgets.listing import PAGE

KEYS, KEYS_QUICK = 1_000, 40
SIZES = {100_000: 16.0, 1_000_000: 50.0}
"""Cases, and milliseconds at the 95th percentile that a key may take to painted rows."""
SIZE_QUICK = 10_000
WORST = 100.0
LOOKED_AT = 8
QUIET = 0.03
"""Seconds without output after which what a key set off is painted."""
COUNTING = 0.12
"""Seconds within which our desk begins to count, once it has painted its rows."""
COUNTED = ("的", "2024", "状态:已办结")
COUNT_AT_MOST = 200.0


def measure(quick: bool) -> Iterator[Line]:
    taken: list[Line] = []
    for cases, at_most in ({SIZE_QUICK: 16.0} if quick else SIZES).items():
        path = registers.of_cases(cases)
        lines = typed(path, KEYS_QUICK if quick else KEYS)
        words, *absolute = _keys(path, cases, lines, at_most)
        taken.append(words)
        yield from (words, *absolute)
        with open_register(str(path)) as register:
            yield _question(register, path, cases, lines)
            for line in COUNTED:
                took = median(timed(count_found, register, line) for _ in range(ROUNDS))
                yield alone(f"count of “{line}”, {cases:,} cases", took, COUNT_AT_MOST)
    if len(taken) > 1:
        yield grown("key to rows of words, 1,000,000 cases beside 100,000", taken[1], taken[0])


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def is_bare(line: str) -> bool:
    """Whether there are no filters in it, which the bare index knows nothing of."""
    return len(terms_of(line)) == len(line.split())


# -- in a pseudo-terminal ---------------------------------------------------------------------


def _keys(path: Path, cases: int, lines: list[str], at_most: float) -> Iterator[Line]:
    with open_register(str(path)) as register:
        wanted = {line: _numbers(register, line) for line in dict.fromkeys(lines)}
    ours: list[float] = []
    pairs: list[tuple[float, float]] = []
    worst = ""
    with closing(bare_index.bare(path)) as db:
        floors = {
            line: [row[0] for row in bare_index.found(db, line, LOOKED_AT)] for line in wanted
        }
    with ours_at_the_list(path) as desk, bare_at_the_list(path) as bare:
        for seat in (desk, bare):
            seat.press("/")
            seat.at_rest(0.1)
        before = ""
        for line in lines:
            if before and not line.startswith(before):
                _empty(desk, bare)
            keys = line[len(before) :] if line.startswith(before) else line
            before = line
            took = _typed(desk, keys, 1, _rows(wanted[line]))
            if took > max(ours, default=0.0):
                worst = line
            ours.append(took)
            desk.idle(COUNTING)  # what it counts afterwards is no burden of the bare desk's
            floor = _typed(bare, keys, 0, _bare_rows(floors[line]))
            if is_bare(line) and wanted[line]:
                pairs.append((took, floor))
    where = f"{cases:,} cases"
    mine, theirs = (p95([pair[place] for pair in pairs]) for place in (0, 1))
    yield Line(
        f"key to rows of words, p95, {where}",
        mine,
        theirs,
        "bare desk",
        mine / theirs,
        "1.5 x",
        mine / theirs <= 1.5,
        note=f"{len(pairs):,} lines of words",
    )
    yield alone(
        f"key to rows of any line, p95, {where}",
        p95(ours),
        at_most,
        note=f"{len(ours):,} lines, with filters; median {median(ours):.0f}",
    )
    yield alone(f"key to rows of any line, worst, {where}", max(ours), WORST, note=worst)


def _numbers(register: Register, line: str) -> list[str]:
    """The cases that stand at the top once this has been looked for."""
    return [row.number for row in page_of_found(register, line, 0, LOOKED_AT) or ()]


def _typed(seat: Seat, keys: str, line: int, rows: Shown) -> float:
    """Milliseconds from a key until the line it goes into has changed, the rows asked for stand
    there, and none of them changes any more."""
    listed = range(line + 1, seat.size[1] - 1)
    seat.press(keys)
    before = seat.painted([line])
    took = seat.until(lambda seat: seat.painted([line]) != before and rows(seat))
    return max(took, seat.at_rest(QUIET, listed))


def _rows(wanted: list[str]) -> Shown:
    """Whether these cases stand at the top of our list, and no others where they are few."""

    def shown(seat: Seat) -> bool:
        if not wanted:
            return "没有找到" in seat.text
        headed = [n for n in range(5) if seat.line(n)[1:].startswith("编号")]
        listed = [seat.line(n + 1 + row)[1:10] for n in headed for row in range(LOOKED_AT)]
        return len(headed) == 1 and _stand_there(wanted, listed)

    return shown


def _bare_rows(wanted: list[str]) -> Shown:
    """The same in the bare list, right below its line."""
    return lambda seat: _stand_there(wanted, [seat.line(1 + n)[:9] for n in range(LOOKED_AT)])


def _stand_there(wanted: list[str], lines: list[str]) -> bool:
    few = wanted + [""] * (LOOKED_AT - len(wanted))
    return all(_is_shown(number, line.strip()) for number, line in zip(few, lines, strict=True))


def _is_shown(number: str, told: str) -> bool:
    """Whether a number stands there: a long one in part, at what matches."""
    return told.strip(".") in number if ".." in told else told == number[:9]


def _empty(*seats: Seat) -> None:
    """Esc takes away the words, and once more the filters."""
    for seat in seats:
        seat.press(ESCAPE)
        seat.at_rest(0.15)
        if "[" in seat.line(1):
            seat.press(ESCAPE)
            seat.at_rest(0.15)


# -- the question alone -----------------------------------------------------------------------


def _question(register: Register, path: Path, cases: int, lines: list[str]) -> Line:
    """In this process, without a desk: our answer beside the bare one, each line in turn."""
    words = [line for line in dict.fromkeys(lines) if is_bare(line)]
    db = bare_index.bare(path)
    for line in words[:: max(len(words) // 20, 1)]:  # files and readings are in memory from here on
        page_of_found(register, line, 0, PAGE)
    ours, floor = zip(
        *(
            (
                timed(page_of_found, register, line, 0, PAGE),
                timed(bare_index.found, db, line),
            )
            for line in words
        ),
        strict=True,
    )
    db.close()
    ratio = p95(ours) / p95(floor)
    what = f"a lookup's question, p95, {cases:,} cases"
    return Line(what, p95(ours), p95(floor), "bare index", ratio, note="50 rows each")
