"""What stands on a screen's path, at ten times the cases: how much longer the same question takes.

Asked in this process, of the two registers in turn. What grows no faster than log N takes 1.33 times
as long at 10,000 cases as at 1,000, 1.2 times at 1,000,000 as at 100,000.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from math import log

from benchmarks import registers
from benchmarks.lookup import p95
from benchmarks.lookup_lines import typed
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, in_turn, timed
from db.lookup.orders import ORDERS, Order
from db.storage.register import Register
from tests.support.at_once import (
    cases_by_id,
    find_repeats,
    open_register,
    overview,
    page_of_found,
    read_case,
    suggest_number,
)

STEPS, STEPS_QUICK = ((1_000, 10_000), (10_000, 100_000), (100_000, 1_000_000)), ((1_000, 10_000),)
PAGE, LINES, LINES_QUICK = 100, 200, 40
Asked = Callable[[Register], object]


def measure(quick: bool) -> Iterator[Line]:
    for few, many in STEPS_QUICK if quick else STEPS:
        paths = registers.of_cases(few), registers.of_cases(many)
        with open_register(str(paths[0])) as small, open_register(str(paths[1])) as great:
            at_most = round(log(many) / log(few), 2)
            for what, asked in PATHS.items():
                yield in_turn(
                    f"{what}, {many:,} cases",
                    partial(timed, asked, great),
                    f"at {few:,}",
                    partial(timed, asked, small),
                    at_most,
                    rounds=ROUNDS if quick else 3 * ROUNDS,
                )
            lines = typed(paths[0], LINES_QUICK if quick else LINES)
            yield in_turn(
                f"question of a lookup, p95, {many:,} cases",
                partial(_looked, great, lines),
                f"at {few:,}",
                partial(_looked, small, lines),
                at_most,
                rounds=ROUNDS_QUICK if quick else ROUNDS,
            )


def _orders(register: Register) -> None:
    for by in ORDERS:
        page_of_found(register, "", 0, PAGE, order=Order(by, falling=True))


def _deep(register: Register) -> None:
    cases_by_id(register, range(PAGE, 2 * PAGE))


def _case(register: Register) -> None:
    read_case(register, "2024-0001")


def _new(register: Register) -> None:
    with register.reading() as tx:
        today = tx.today
    suggest_number(register, today)
    find_repeats(register, registers.APPLICANT, registers.SOUGHT, today, None)


PATHS: dict[str, Asked] = {
    "今日": overview,
    "first page of 台账": lambda register: page_of_found(register, "", 0, PAGE),
    "first page in every order": _orders,
    "a page anywhere": _deep,
    "a case": _case,
    "what a new case asks": _new,
}


def _looked(register: Register, lines: list[str]) -> float:
    return p95([timed(page_of_found, register, line, 0, PAGE) for line in lines])
