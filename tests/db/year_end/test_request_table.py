"""The year table: the identity, a slow count, and two published reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import NotFound
from db.law.event import Event
from db.law.history import effective
from db.moment import end_of_day
from db.storage.register import Register
from db.words.outcomes import WITHDRAWN_CODE
from db.words.vocabulary import ApplicantKind, Channel, EventKind
from db.year_end.form import COLUMNS, TOTAL, form_of, row_labels
from tests.support.at_once import (
    add_organ,
    cases_behind,
    ids_behind,
    log_event,
    new_case,
    verify,
    year_report,
    year_table,
    years_with_cases,
)
from tests.support.examples import examples
from tests.support.histories import histories
from tests.support.paths import DATA
from tests.support.steps import TODAY, register_of

ENGINES = ("sqlite", "postgresql")

YEARS = (2022, 2023, 2024, 2025, 2026, 2027)


def slow_rows(told: Sequence[list[Event]], year: int, form: str) -> dict[str, list[int]]:
    """The table counted in plain Python from the histories, rule by rule of DOMAIN section 5."""
    rows = {label.code: [0] * 7 for label in row_labels(form)}  # type: ignore[arg-type]

    def count(code: str, kind: ApplicantKind) -> None:
        rows[code][list(ApplicantKind).index(kind)] += 1
        rows[code][6] += 1

    for recorded in told:
        history = effective(recorded)
        if any(event.kind is EventKind.CANCELLED for event in history):
            continue
        received, kind = history[0], history[0].applicant_kind
        assert kind is not None
        ends = [e for e in history if e.kind in (EventKind.DECIDED, EventKind.WITHDRAWN)]
        ended = ends[0].on if ends else None
        if received.on.year == year:
            count("1", kind)
        if received.on < date(year, 1, 1) and (ended is None or ended >= date(year, 1, 1)):
            count("2", kind)
        if ended is not None and ended.year == year:
            code = ends[0].outcome or WITHDRAWN_CODE
            count("3.6" if form == "2019" and code.startswith("3.6") else code, kind)
            count("3.7", kind)
        if received.on <= date(year, 12, 31) and (ended is None or ended > date(year, 12, 31)):
            count("4", kind)
    return rows


@examples(8)
@given(st.lists(histories(), min_size=1, max_size=25))
def test_every_year_agrees_with_a_slow_count(
    empty_register_file: Path, told: list[list[Event]]
) -> None:
    with register_of(empty_register_file, told) as register:
        assert verify(register).problems == ()
        for year in YEARS:
            for form in ("2019", "2021"):
                table = year_table(register, year, form=form)
                assert {r.code: list(r.cells) for r in table.rows} == slow_rows(told, year, form)
                new, carried = table.row("1").cells, table.row("2").cells
                ended, out = table.row("3.7").cells, table.row("4").cells
                assert [a + b for a, b in zip(new, carried, strict=True)] == [
                    a + b for a, b in zip(ended, out, strict=True)
                ]
                assert year_report(register, year, form=form).wrong == ()


@examples(5)
@given(st.lists(histories(), min_size=1, max_size=15))
def test_every_cell_opens_as_many_cases_as_it_says(
    empty_register_file: Path, told: list[list[Event]]
) -> None:
    with register_of(empty_register_file, told) as register:
        for year in (2024, 2025):
            table = year_table(register, year)
            then = year_report(register, year, as_of=end_of_day(date.fromisoformat(TODAY)))
            for row in table.rows:
                for column, n in zip(COLUMNS, row.cells, strict=True):
                    if column != TOTAL and not row.cells[-1]:
                        assert n == 0  # what the total does not open, no kind of it can
                        continue
                    cell = (register, year, None, row.code, column)
                    total, found = cases_behind(*cell, 0, 100)
                    assert total == len(found) == n
                    if n:
                        ids = [case.id for case in found]
                        assert ids_behind(register, then, row.code, column) == ids
                    if n > 1:
                        assert cases_behind(*cell, 1, 2) == (n, found[1:3])


def test_rows_come_in_the_forms_order() -> None:
    assert [len(row_labels(form)) for form in ("2019", "2021")] == [23, 25]
    assert (form_of(2020), form_of(2021)) == ("2019", "2021")
    codes = [label.code for label in row_labels("2021")]
    assert codes[:5] == ["1", "2", "3.1", "3.2", "3.3.1"]
    assert codes[-5:] == ["3.6.1", "3.6.2", "3.6.3", "3.7", "4"]


def published(name: str) -> list[list[int]]:
    """The 23 rows of seven figures of a published report's request table, as printed there."""
    text = (DATA / "published" / name).read_text(encoding="utf-8")
    return [[int(cell) for cell in line.split()] for line in text.splitlines()]


def test_a_published_report_of_a_year_without_requests(register: Register) -> None:
    """株洲市扶贫办 2020: no request was received, so the register only knows its organ."""
    add_organ(register, "株洲市扶贫开发办公室")
    table = year_table(register, 2020)
    assert table.form == "2019"
    assert [list(row.cells) for row in table.rows] == published("zhuzhou-2020.txt")
    assert year_report(register, table.year, table.organ).wrong == ()


def test_a_published_report_of_five_requests_all_granted(register: Register) -> None:
    """广西扶贫办 2020: five natural persons asked on the web, all granted within the year."""
    for n in range(5):
        case = new_case(
            register,
            Event(
                EventKind.RECEIVED,
                date(2020, 3 + n, 9),
                organ="广西壮族自治区扶贫开发办公室",
                applicant=f"申请人{n}",
                applicant_kind=ApplicantKind.NATURAL_PERSON,
                channel=Channel.INTERNET,
                subject="扶贫资金安排",
            ),
        )
        log_event(
            register, case.number, Event(EventKind.DECIDED, date(2020, 3 + n, 20), outcome="3.1")
        )
    table = year_table(register, 2020, "广西壮族自治区扶贫开发办公室")
    assert [list(row.cells) for row in table.rows] == published("guangxi-2020.txt")
    assert year_report(register, table.year, table.organ).wrong == ()


def test_each_organ_has_its_own_table(register: Register) -> None:
    for organ in ("甲局", "乙局", "乙局"):
        new_case(
            register,
            Event(
                EventKind.RECEIVED,
                date(2025, 5, 6),
                organ=organ,
                applicant="某人",
                applicant_kind=ApplicantKind.BUSINESS,
                subject="某事",
            ),
        )
    assert year_table(register, 2025, "乙局").row("1").cells == (0, 2, 0, 0, 0, 0, 2)
    with pytest.raises(NotFound, match="甲局、乙局"):
        year_table(register, 2025)
    with pytest.raises(NotFound, match="没有受理机关“丙局”"):
        year_table(register, 2025, "丙局")
    assert years_with_cases(register) == [2025]


def test_a_wrong_figure_is_found(register: Register) -> None:
    """The checks can fail: a projection tampered with no longer reconciles."""
    new_case(
        register,
        Event(
            EventKind.RECEIVED,
            date(2025, 5, 6),
            applicant="某人",
            applicant_kind=ApplicantKind.BUSINESS,
            subject="某事",
        ),
    )
    with register.writing() as tx:
        tx.connection.exec_driver_sql("UPDATE cases SET received_year = 2024")
    assert {finding.rule for finding in year_report(register, 2024).wrong} == {"Q"}
    assert any("收到年份" in problem for problem in verify(register).problems)
