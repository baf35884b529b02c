"""The grid of periods: where every kind of case stands in the tables of the years around it."""

from __future__ import annotations

from datetime import date

import pytest

from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import add_organ, correct_event, year_table
from tests.support.steps import log, receive

K = EventKind
YEAR = 2024
RECEIVED = {
    "before": "2023-12-20",
    "first day": "2024-01-01",
    "inside": "2024-06-03",
    "last day": "2024-12-31",
    "after": "2025-01-01",
}
CONCLUDED = {"same day": 0, "within": 10, "next year": None, "never": "never"}
CHANGES = ("plain", "redecided", "corrected outcome", "corrected date", "cancelled")


def expected(received: date, concluded: date | None, outcome: str, year: int) -> dict[str, int]:
    """DOMAIN section 5, word for word."""
    last = date(year, 12, 31)
    return {
        "1": int(received.year == year),
        "2": int(received < date(year, 1, 1) and not (concluded and concluded < date(year, 1, 1))),
        outcome: int(concluded is not None and concluded.year == year),
        "3.7": int(concluded is not None and concluded.year == year),
        "4": int(received <= last and not (concluded and concluded <= last)),
    }


@pytest.mark.parametrize("concluded", CONCLUDED)
@pytest.mark.parametrize("received", RECEIVED)
def test_a_case_stands_where_the_law_puts_it(
    register: Register, received: str, concluded: str
) -> None:
    for change in CHANGES:
        add_organ(register, change)  # each has one case
        put(register, date.fromisoformat(RECEIVED[received]), concluded, change)


def put(register: Register, received_on: date, concluded: str, change: str) -> None:
    """Record a case and hold every year's figures against the law."""
    case = receive(register, received_on.isoformat(), organ=change)
    ended: date | None = None
    outcome = "3.1"
    if concluded != "never":
        ended = {
            "same day": received_on,
            "within": date.fromordinal(received_on.toordinal() + 10),
            "next year": date(received_on.year + 1, 2, 3),
        }[concluded]
        case = log(register, case, K.DECIDED, ended.isoformat(), outcome="3.1")
    answer = case.history[-1]
    if change == "cancelled":
        log(register, case, K.CANCELLED, "2026-03-01", note="重复登记")
    elif ended is not None and change == "redecided":
        log(register, case, K.REDECIDED, "2026-03-02", outcome="3.2")
    elif ended is not None and change == "corrected outcome":
        outcome = "3.4.1"
        correct_event(register, case.number, answer.id, "记错", changes={"outcome": outcome})
    elif ended is not None and change == "corrected date":
        ended = date(ended.year + (ended.year < 2026), 1, 2)  # over 31 December
        correct_event(register, case.number, answer.id, "记错", changes={"on": ended})
    for year in (2022, 2023, 2024, 2025, 2026):
        table = year_table(register, year, change, "2021")
        counts = {row.code: row.cells[0] for row in table.rows if row.cells[0]}
        wanted = expected(received_on, ended, outcome, year)
        if change == "cancelled":
            wanted = {}
        assert counts == {code: n for code, n in wanted.items() if n}
