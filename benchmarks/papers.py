"""The whole report in three papers, and the proof of the whole register: processes from outside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import registers
from benchmarks.processes import both, by_itself, floor, taizhang
from benchmarks.table import Line, growth

YEAR = 2025


def measure(quick: bool) -> Iterator[Line]:
    yield from report(1_000 if quick else 15_000)
    yield from proof(*((1_000,) if quick else (2_000, 20_000)))


def report(cases: int) -> Iterator[Line]:
    register = registers.of_cases(cases)
    with tempfile.TemporaryDirectory() as folder:
        papers = [Path(folder) / f"report.{kind}" for kind in ("xlsx", "docx", "html")]
        told = [word for paper in papers for word in (f"--{paper.suffix[1:]}", paper)]
        command = taizhang("--db", register, "report", YEAR, *told)
        yield by_itself(f"the report in three papers, {cases:,} cases", command, 2_000, *papers)


def proof(*sizes: int) -> Iterator[Line]:
    taken = []
    for cases in sizes:
        register = registers.invented(cases)
        line, ours = both(
            f"verify, {cases:,} cases",
            taizhang("--db", register, "verify"),
            "every event read once",
            floor("events", register),
            3,
        )
        taken.append(ours.ms)
        yield line
    if len(taken) > 1:
        yield growth("verify", taken[0], taken[1])
