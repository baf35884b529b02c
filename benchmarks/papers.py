"""The whole report in three papers, and the proof of the whole register: processes from outside."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import registers
from benchmarks.processes import both, by_itself, floor, taizhang
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, growth

YEAR = 2025


def measure(quick: bool) -> Iterator[Line]:
    rounds = ROUNDS_QUICK if quick else ROUNDS
    yield from report((1_000,) if quick else (1_000, 10_000, 15_000), rounds)
    yield from proof((1_000,) if quick else (2_000, 20_000), rounds)


def report(sizes: tuple[int, ...], rounds: int) -> Iterator[Line]:
    taken: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        papers = [Path(folder) / f"report.{kind}" for kind in ("xlsx", "docx", "html")]
        told = [word for paper in papers for word in (f"--{paper.suffix[1:]}", paper)]
        for cases in sizes:
            command = taizhang("--db", registers.of_cases(cases), "report", YEAR, *told)
            what = f"the report in three papers, {cases:,} cases"
            line = by_itself(what, command, 2_000, *papers, rounds=rounds)
            taken[cases] = line.ours
            yield line
    if len(taken) > 1:
        yield growth("the report in three papers", taken[1_000], taken[10_000])


def proof(sizes: tuple[int, ...], rounds: int) -> Iterator[Line]:
    taken = []
    for cases in sizes:
        register = registers.invented(cases)
        line, ours = both(
            f"verify, {cases:,} cases",
            taizhang("--db", register, "verify"),
            "reading all events",
            floor("events", register),
            3,
            rounds=rounds,
        )
        taken.append(ours.ms)
        yield line
    if len(taken) > 1:
        yield growth("verify", taken[0], taken[1])
