"""The same register in a file and on a server: keystroke to rows, the count, and the year table.

    taizhang demo build/big.db --cases 100000
    python benchmarks/engines.py build/big.db postgresql+psycopg://postgres@/big?host=/tmp/pg

The server's database is filled by `taizhang move --copy` first, if it is empty. Every line that stands
while one of the words is typed is asked of both in turn, and so is each table; what counts are the
ratios.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median, quantiles

from benchmarks.lookup import WHOLE, WORDS
from db.storage.location import exists
from db.storage.register import Register
from tests.support.at_once import count_found, open_register, page_of_found, year_table

ROUNDS, PAGE = 5, 100
Work = Callable[[Register, str], object]
LOOKUPS: dict[str, Work] = {
    "rows": lambda register, line: page_of_found(register, line, 0, PAGE),
    "count": count_found,
}


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def lines() -> list[str]:
    typed = (word[: n + 1] for word in WORDS for n in range(len(word)))
    return list(dict.fromkeys((*typed, *WHOLE)))


def looked(work: Work, line: str, *registers: Register) -> tuple[float, ...]:
    """The best of some rounds with each register."""

    def once(register: Register) -> float:
        return timed(lambda: work(register, line))

    rounds = [[once(register) for register in registers] for _ in range(ROUNDS)]
    return tuple(map(min, zip(*rounds, strict=True)))


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def main(file: str, server: str) -> None:
    if not exists(server):
        subprocess.run(
            [sys.executable, "-m", "tui", "--db", file, "move", server, "--copy"], check=True
        )
    with open_register(file) as one, open_register(server) as other:
        for name, work in LOOKUPS.items():
            pairs = [(*looked(work, line, one, other), line) for line in lines()]
            for here, there, line in sorted(pairs, key=lambda pair: -pair[1])[:6]:
                print(f"{name} {there:7.1f} ms on the server, {here:7.1f} in the file: {line}")
            for said, part in (("p95", p95), ("median", median)):
                here, there = (part([pair[place] for pair in pairs]) for place in (0, 1))
                print(f"{name} {said} {there:.1f} / {here:.1f} ms = {there / here:.2f} x")
        tables = [
            (timed(lambda: year_table(one, 2025)), timed(lambda: year_table(other, 2025)))
            for _ in range(4 * ROUNDS)
        ]
        file_ms, server_ms = (median(times) for times in zip(*tables, strict=True))
        print(f"year table {server_ms:.1f} / {file_ms:.1f} ms = {server_ms / file_ms:.2f} x")


if __name__ == "__main__":
    main(*sys.argv[1:])
