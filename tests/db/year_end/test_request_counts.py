"""How the year table is counted: along covering indexes, totals apart from cells, at one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, event

from db.storage.port import port_of
from db.storage.question import Question, Rows
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.words.vocabulary import ApplicantKind, EventKind
from db.year_end.report import year_report
from db.year_end.request_table import year_table
from tests.support.at_once import open_again
from tests.support.steps import log, receive

ENGINES = ("sqlite", "postgresql")

K = EventKind


@dataclass(frozen=True)
class Asked:
    """A statement as SQLite was given it."""

    sql: str
    parameters: tuple[Any, ...]

    def plan(self, tx: Transaction) -> list[str]:
        """What SQLite does for it, step by step."""
        steps = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {self.sql}", self.parameters)
        return [step.detail for step in steps]


def asked_by(register: Register, use: Callable[[Transaction], object]) -> list[Asked]:
    """Every statement of a use case; those that go to the engine together are one."""
    asked: list[Asked] = []

    def note(_: Any, __: Any, sql: str, parameters: Any, *more: Any) -> None:
        asked.append(Asked(sql, parameters))

    def answers(connection: Connection, *together: Question) -> list[Rows]:
        asked.append(Asked("; ".join(query for query, _ in together), ()))
        return answered(connection, *together)

    event.listen(register.engine, "before_cursor_execute", note)
    with register.reading() as tx:
        port = port_of(tx.connection)
        answered = port.answers
        with patch.object(port, "answers", answers):
            use(tx)
    event.remove(register.engine, "before_cursor_execute", note)
    return asked


@pytest.fixture
def answered(register: Register) -> Register:
    """One case of 2025, received and answered in it, by a business; and one still open since 2024."""
    case = receive(register, "2025-03-03", applicant_kind=ApplicantKind.BUSINESS)
    log(register, case, K.DECIDED, "2025-03-10", outcome="3.1")
    receive(register, "2024-03-04")
    return register


@pytest.mark.of_files
def test_every_count_reads_covering_indexes_alone(answered: Register) -> None:
    """Of `cases`, which is wide, nothing is read but what an index holds; nor is one walked whole."""
    asked = asked_by(answered, lambda tx: year_report(tx, 2025))
    counts = [one for one in asked if "count(" in one.sql and "cases" in one.sql]
    with answered.reading() as tx:
        steps = [step for one in counts for step in one.plan(tx) if " cases" in step]
    assert {step.split(" (")[0] for step in steps} == {
        f"SEARCH cases USING COVERING INDEX {index}"
        for index in (
            "cases_received",
            "cases_concluded",
            "cases_crossing",
            "cases_crossing_by_year",
            "cases_crossing_by_day",
        )
    }
    assert all("organ_id=?" in step for step in steps)


def test_the_table_takes_two_questions_whatever_the_register_holds(answered: Register) -> None:
    """Which organ, and every figure at once."""
    asked = asked_by(answered, lambda tx: year_table(tx, 2025))
    assert len([one for one in asked if one.sql != "BEGIN"]) == 2


@pytest.mark.parametrize(
    ("tampered", "failing"),
    [
        ("outcome = '3.9'", {("A", "商业企业"), ("A", "总计")}),  # a result that no row has
        ("outcome = '3.1.1'", {("A", "商业企业"), ("A", "总计")}),  # between two that have one
        (
            "kind = 'alien'",  # an applicant that no column has
            {
                ("C", "一、本年新收政府信息公开申请数量"),
                ("C", "（一）予以公开"),
                ("C", "（七）总计"),
            },
        ),
        ("concluded_year = 2024", {("B", "商业企业"), ("B", "总计")}),  # answered before it came
    ],
)
def test_totals_are_no_sums_of_their_cells(
    answered: Register, tampered: str, failing: set[tuple[str, str]]
) -> None:
    with answered.reading() as tx:
        assert year_report(tx, 2025).wrong == ()
    with answered.writing() as tx:
        tx.connection.exec_driver_sql(f"UPDATE cases SET {tampered} WHERE received_year = 2025")
    with answered.reading() as tx:
        wrong = year_report(tx, 2025).wrong
    assert {(finding.rule, finding.where) for finding in wrong} == failing


def test_a_report_is_of_one_moment_whatever_is_recorded_meanwhile(answered: Register) -> None:
    """Another desk records a case after every single statement of the report."""
    with open_again(answered) as other:

        def record(*_: Any) -> None:
            receive(other, "2024-12-30")

        event.listen(answered.engine, "after_cursor_execute", record)
        for year in (2024, 2025, 2026):
            with answered.reading() as tx:
                report = year_report(tx, year)
            assert "Q" in {finding.rule for finding in report.findings}
            assert report.wrong == ()
        event.remove(answered.engine, "after_cursor_execute", record)
    with answered.reading() as tx:
        assert year_report(tx, 2024).table.row("4").cells[-1] > 10
