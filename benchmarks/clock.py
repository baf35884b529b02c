"""The clock: of one case after another, and of all open cases once a holiday notice is entered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from statistics import median

from benchmarks import registers
from benchmarks.table import ROUNDS, Line, alone, growth, in_turn, timed, worked
from db.calendar.workdays import WorkCalendar
from db.cases.event_log import histories
from db.cases.holidays import enter_notice
from db.law.clock import stand
from db.law.event import Event
from db.law.history import effective
from tests.support.at_once import open_register
from tests.support.notices import NEXT_YEAR


def measure(quick: bool) -> Iterator[Line]:
    yield from recomputed(1_000 if quick else 10_000)
    taken = []
    for cases in (1_000,) if quick else (10_000, 100_000):
        line = all_open(cases)
        taken.append(line.ours)
        yield line
    if len(taken) > 1:
        yield growth("a holiday notice entered", taken[0], taken[1])


def recomputed(cases: int) -> Iterator[Line]:
    with open_register(str(registers.of_cases(cases))) as register, register.reading() as tx:
        told = [effective(history) for _, history in histories(tx.connection)]
        calendar = tx.calendar

    def ours() -> float:
        return worked(lambda: [stand(history, calendar) for history in told]) / len(told) * 1000

    def bisected() -> float:
        return worked(lambda: _due(told, calendar)) / len(told) * 1000

    line = in_turn("a case's clock", ours, "a bisect", bisected, 1, unit="us")
    yield alone(line.what, line.ours, 50, unit="us", note=f"a bisect alone {line.floor:.1f} us")


def _due(told: list[tuple[Event, ...]], calendar: WorkCalendar) -> list[date]:
    return [calendar.add(history[0].on, 20) for history in told]


def all_open(cases: int) -> Line:
    with open_register(str(registers.of_cases(cases))) as register:

        def entered() -> None:
            with register.writing() as tx:
                tx.connection.exec_driver_sql("SAVEPOINT unentered")
                enter_notice(tx, NEXT_YEAR, "粘贴", 2027)
                tx.connection.exec_driver_sql("ROLLBACK TO unentered")

        entered()
        taken = median(timed(entered) for _ in range(ROUNDS))
        with register.reading() as tx:
            query = "SELECT count(*) FROM cases WHERE state NOT IN ('concluded', 'cancelled')"
            touched = tx.connection.exec_driver_sql(query).scalar_one()
    what = f"a holiday notice entered, {cases:,} cases"
    return alone(what, taken, 5_000, note=f"{touched:,} open")
