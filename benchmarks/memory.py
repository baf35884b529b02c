"""Memory of the desk with 今日 and 台账 opened, at few and at many cases: what is its own alone (PSS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks import registers
from benchmarks.desks import PAGE_DOWN, ours_at_the_list
from benchmarks.table import Line, paired

CASES, CASES_QUICK = (1_000, 1_000_000), (1_000, 10_000)
ROUNDS, ROUNDS_QUICK = 3, 1
PAGES_DOWN, PAGES_DOWN_QUICK = 40, 20


def measure(quick: bool) -> Iterator[Line]:
    few, many = CASES_QUICK if quick else CASES
    rounds = ROUNDS_QUICK if quick else ROUNDS
    pages = PAGES_DOWN_QUICK if quick else PAGES_DOWN
    taken = [(_used(many, pages), _used(few, pages)) for _ in range(rounds)]
    mine, floor = zip(*taken, strict=True)
    yield paired(
        f"memory of the desk, {many:,} cases", mine, f"at {few:,}", floor, 1.2, unit="MB",
        note="the mapped file left out",
    )  # fmt: skip


def _used(cases: int, pages: int) -> float:
    with ours_at_the_list(registers.of_cases(cases)) as desk:
        for _ in range(pages):
            desk.press(PAGE_DOWN)
            desk.at_rest(0.03)
        desk.idle()
        told = Path(f"/proc/{desk.process.pid}/smaps_rollup").read_text(encoding="ascii")
    held = {name: int(size) for name, size in re.findall(r"^(Pss_\w+):\s+(\d+) kB", told, re.M)}
    return (held["Pss_Anon"] + held["Pss_Shmem"]) / 1024 if held else _resident(told)


def _resident(told: str) -> float:
    found = re.search(r"^Rss:\s+(\d+)", told, re.M)
    return int(found[1]) / 1024 if found else 0.0
