"""The tables of any days: equal to a slow count, and of a year to the year's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.disputes.dispute import Block, Result
from db.errors import BadValue
from db.law.event import Event
from db.law.history import effective, first_conclusion
from db.storage.register import Register
from db.words.outcomes import WITHDRAWN_CODE
from db.words.vocabulary import ApplicantKind, EventKind
from db.year_end.form import COLUMNS
from db.year_end.period_table import PeriodReport, period_cases, period_report
from tests.support.at_once import conclude_dispute, new_dispute, year_report
from tests.support.examples import examples
from tests.support.histories import histories
from tests.support.steps import receive, register_of


def counted(told: Sequence[list[Event]], first: date, last: date) -> dict[str, list[int]]:
    """Rows 1, 2, 3.7 and 4 in plain Python."""
    rows = {code: [0] * 7 for code in ("1", "2", "3.7", "4", "3.6.1")}
    for recorded in told:
        history = effective(recorded)
        if not history or any(event.kind is EventKind.CANCELLED for event in history):
            continue
        received, conclusion = history[0], first_conclusion(history)
        place = list(ApplicantKind).index(received.applicant_kind or ApplicantKind.NATURAL_PERSON)
        ended = conclusion.on if conclusion else date.max
        outcome = (conclusion.outcome or WITHDRAWN_CODE) if conclusion else ""
        for code, holds in (
            ("1", first <= received.on <= last),
            ("2", received.on < first <= ended),
            ("3.7", first <= ended <= last),
            ("4", received.on <= last < ended),
            ("3.6.1", first <= ended <= last and outcome == "3.6.1"),
        ):
            if holds:
                rows[code][place] += 1
                rows[code][6] += 1
    return rows


@examples(5)
@given(
    st.lists(histories(), min_size=1, max_size=6),
    st.dates(date(2023, 11, 1), date(2026, 3, 1)),
    st.integers(0, 400),
)
def test_it_is_what_a_slow_count_finds(
    empty_register_file: Path, told: list[list[Event]], first: date, days: int
) -> None:
    last = first + timedelta(days=days)
    with register_of(empty_register_file, told) as register, register.reading() as tx:
        found = period_report(tx, first, last)
        assert not found.wrong
        slow = counted(told, first, last)
        for row in found.table.rows:
            if row.code in slow:
                assert list(row.cells) == slow[row.code], row.code
            for kind, number in zip((*COLUMNS[:-1], None), row.cells, strict=True):
                assert len(period_cases(tx, found, row.code, kind)) == number
        year = period_report(tx, date(2024, 1, 1), date(2024, 12, 31))
        assert year.table.rows == year_report(register, 2024).table.rows


def period(register: Register, first: str, last: str) -> PeriodReport:
    with register.reading() as tx:
        return period_report(tx, date.fromisoformat(first), date.fromisoformat(last))


def test_disputes_count_by_the_days_too(register: Register) -> None:
    case = receive(register, "2025-01-06")
    told = new_dispute(register, Block.REVIEW, "市政府", date(2025, 2, 3), case=case.number)
    conclude_dispute(register, told.id, date(2025, 5, 6), Result.UPHELD)
    quarters = [("2025-01-01", "2025-03-31"), ("2025-04-01", "2025-06-30")]
    assert [period(register, *days).disputes[Block.REVIEW] for days in quarters] == [
        (0, 0, 0, 1, 1),
        (1, 0, 0, 0, 1),
    ]
    assert period(register, "2025-07-01", "2025-09-30").disputes[Block.REVIEW] == (0,) * 5
    assert period(register, "2020-01-01", "2020-12-31").table.form == "2019"
    with pytest.raises(BadValue, match="在终了日期"):
        period(register, "2025-07-01", "2025-06-30")
