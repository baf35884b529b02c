"""The same register in a file and on a server: keystroke to rows and count, and the year table.

    taizhang demo build/big.db --cases 100000
    python benchmarks/engines.py build/big.db postgresql+psycopg://postgres@/big?host=/tmp/pg

The server's database is filled by `taizhang move --copy` first, if it is empty. Each lookup and each
table is asked of both in turn; what counts are the ratios.
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


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def looked(register: Register, words: str) -> float:
    return min(
        timed(
            lambda: (page_of_found(register, words, 0, PAGE), count_found(register, words)),
        )
        for _ in range(ROUNDS)
    )


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def main(file: str, server: str) -> None:
    if not exists(server):
        subprocess.run(
            [sys.executable, "-m", "tui", "--db", file, "move", server, "--copy"], check=True
        )
    with open_register(file) as one, open_register(server) as other:
        words = [*WORDS, *WHOLE]
        pairs = [(word, looked(one, word), looked(other, word)) for word in words]
        for word, here, there in sorted(pairs, key=lambda pair: -pair[2])[:12]:
            print(f"{there:7.1f} ms on the server, {here:7.1f} in the file: {word}")
        here, there = ([pair[place] for pair in pairs] for place in (1, 2))
        print(
            f"lookups  p95 {p95(there):.1f} / {p95(here):.1f} ms = {p95(there) / p95(here):.2f} x,"
            f" median {median(there):.1f} / {median(here):.1f} ms"
        )
        tables = [
            (timed(lambda: year_table(one, 2025)), timed(lambda: year_table(other, 2025)))
            for _ in range(4 * ROUNDS)
        ]
        file_ms, server_ms = (median(times) for times in zip(*tables, strict=True))
        print(f"year table {server_ms:.1f} / {file_ms:.1f} ms = {server_ms / file_ms:.2f} x")


if __name__ == "__main__":
    main(*sys.argv[1:])
