"""The same register in a file and on a server: a lookup's rows and count, the year table.

The server is that of the wheel the tests use; it is filled by `taizhang move --copy`. Every line that
stands while one of the words is typed is asked of both in turn; what counts are the ratios.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

from benchmarks import registers
from benchmarks.lookup import p95
from benchmarks.lookup_lines import typed
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, paired, timed
from benchmarks.terminal import fresh_home
from db.storage.register import Register
from tests.support.at_once import count_found, open_register, overview, page_of_found, year_table
from tests.support.servers import Server

CASES, CASES_QUICK = 100_000, 1_000
LINES, LINES_QUICK = 300, 20
PAGE = 100
AT_MOST = 2.0


def measure(quick: bool) -> Iterator[Line]:
    cases = CASES_QUICK if quick else CASES
    path = registers.invented(cases)  # sealed throughout: what is moved is proved
    lines = list(dict.fromkeys(typed(path, LINES_QUICK if quick else LINES)))
    with fresh_home():
        server = Server(lasting=True)
        try:
            address = server.new(empty=True)
            move = (sys.executable, "-m", "tui", "--db", str(path), "move", address, "--copy")
            subprocess.run(move, check=True, stdout=subprocess.DEVNULL)
            with open_register(str(path)) as file, open_register(address) as kept:
                yield from _beside(kept, file, lines, f"on a server, {cases:,} cases", quick)
        finally:
            server.stop()


def _beside(
    kept: Register, file: Register, lines: list[str], where: str, quick: bool
) -> Iterator[Line]:
    asked: dict[str, Callable[[Register], float]] = {
        "rows of a lookup, p95": lambda register: p95(
            [timed(page_of_found, register, line, 0, PAGE) for line in lines]
        ),
        "count of a lookup, p95": lambda register: p95(
            [timed(count_found, register, line) for line in lines]
        ),
        "今日": lambda register: timed(overview, register),
        "year table": lambda register: timed(year_table, register, 2025),
    }
    for what, work in asked.items():
        rounds = [(work(kept), work(file)) for _ in range((ROUNDS_QUICK if quick else ROUNDS) + 1)]
        mine, theirs = zip(*rounds[1:], strict=True)
        yield paired(f"{what} {where}", mine, "in a file", theirs, AT_MOST)
