"""A province at work: 50 clerks of 200 organs at once on one server, beside one clerk alone.

    python benchmarks/province.py postgresql+psycopg://postgres@/big?host=/tmp/pg

The register there is a copy that may be written to, with the cases of a year or more
(`benchmarks/engines.py` says how it is filled). Each clerk does something every few seconds: looks a
case up, opens it, records on it, registers another, counts a year. The times are those of one clerk
alone in the same run, and of all.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from statistics import median, quantiles

from db.cases.organ_facts import add_organ
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import (
    count_found,
    log_event,
    new_case,
    open_register,
    organ_names,
    page_of_found,
    read_case,
    year_table,
)

ORGANS, CLERKS, PROCESSES = 200, 50, 5
ALONE_SECONDS, SECONDS = 20, 60
THINKS = 4.0
"""Seconds between two doings of a clerk, on an average."""
WORDS = ("征地", "2025-01", "王", "预算 答复", "规划 2024", "期限:本周", "不予公开")

Times = dict[str, list[float]]


def doings(
    register: Register, by: random.Random, organ: str
) -> Sequence[tuple[int, str, Callable[[], object]]]:
    """What a clerk does: how often, what it is called, and how."""
    today, newest = register.clock.today(), min(2000, count_found(register, ""))

    def look() -> object:
        words = by.choice(WORDS)
        return page_of_found(register, words, 0, 100), count_found(register, words)

    def some() -> str:
        return str(by.choice(page_of_found(register, "", by.randrange(newest), 1)).number)

    def opened() -> object:
        return read_case(register, some())

    def noted() -> object:
        return log_event(register, some(), Event(EventKind.NOTE, today, note="电话联系"))

    def registered() -> object:
        kind = ApplicantKind.NATURAL_PERSON
        told = Event(
            EventKind.RECEIVED,
            date(today.year, today.month, today.day),
            applicant="王某",
            applicant_kind=kind,
            subject="征地补偿标准",
            organ=organ,
        )
        return new_case(register, told)

    return (
        (55, "a lookup", look),
        (28, "a case", opened),
        (12, "a record", noted),
        (4, "a new case", registered),
        (1, "the year table", lambda: year_table(register, today.year, organ)),
    )


def clerk(location: str, place: int, seconds: float) -> Times:
    """What one clerk has waited for, in milliseconds."""
    by, times = random.Random(place), defaultdict(list)
    with open_register(location) as register:
        organs = organ_names(register)
        told = doings(register, by, organs[place % len(organs)])
        weights = [often for often, _, _ in told]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(by.expovariate(1 / THINKS))
            _, name, do = by.choices(told, weights)[0]
            begun = time.perf_counter()
            do()
            times[name].append((time.perf_counter() - begun) * 1000)
    return dict(times)


def some_clerks(location: str, places: Sequence[int], seconds: float) -> list[Times]:
    with ThreadPoolExecutor(len(places)) as at_once:
        return list(at_once.map(lambda place: clerk(location, place, seconds), places))


def together(found: Sequence[Times]) -> Times:
    told: Times = defaultdict(list)
    for times in found:
        for name, values in times.items():
            told[name] += values
    return told


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def main(location: str) -> None:
    with open_register(location) as register:
        for number in range(len(organ_names(register)), ORGANS):
            with register.writing() as tx:
                add_organ(tx, f"第{number + 1}局")
    alone = together([clerk(location, 0, ALONE_SECONDS)])
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = [range(n, CLERKS, PROCESSES) for n in range(PROCESSES)]
        answers = [pool.submit(some_clerks, location, part, SECONDS) for part in parts]
        all_of_them = together([times for answer in answers for times in answer.result()])
    for name, values in sorted(all_of_them.items()):
        one = alone.get(name)
        beside = f", one clerk alone {median(one):.0f} ms" if one else ""
        print(
            f"{name}: {len(values)} in {SECONDS} s, median {median(values):.0f} ms,"
            f" p95 {p95(values):.0f} ms, worst {max(values):.0f} ms{beside}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
