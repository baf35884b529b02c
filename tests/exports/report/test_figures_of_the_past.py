"""A paper shows what its report shows: the figures of now, of the filing, or of a past moment."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.disputes.dispute import Block, Result
from db.moment import end_of_day
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from db.year_end.form import CARRIED_IN, CARRIED_OUT, NEW, TOTAL
from db.year_end.report import YearReport
from exports.report.papers import write_papers
from tests.support.at_once import (
    conclude_dispute,
    correct_event,
    enter_notice,
    file_year,
    new_by_month,
    new_dispute,
    year_cases,
    year_report,
)
from tests.support.commands import Taizhang
from tests.support.spreadsheets import load_workbook
from tests.support.steps import log, receive, set_day
from tests.support.workbooks import FIRST_ROW

K = EventKind


@pytest.fixture
def moved(register: Register, monkeypatch: pytest.MonkeyPatch) -> Register:
    """2024, filed on 10 January; afterwards an answer, a late receipt, a cancellation, a result."""
    set_day(monkeypatch, "2024-12-31")
    slow = receive(register, "2024-12-02")
    quick = log(register, receive(register, "2024-12-03"), K.DECIDED, "2024-12-30", outcome="3.1")
    sued = new_dispute(register, Block.REVIEW, "某市政府", date(2024, 12, 31), case=quick.number)
    set_day(monkeypatch, "2025-01-10")
    file_year(register, 2024)
    set_day(monkeypatch, "2025-02-15")
    conclusion = quick.history[-1].id
    correct_event(register, quick.number, conclusion, "寄出日", changes={"on": date(2025, 1, 2)})
    receive(register, "2024-11-11", applicant_kind=ApplicantKind.BUSINESS)
    set_day(monkeypatch, "2025-03-02")
    log(register, slow, K.CANCELLED, "2025-03-02", note="重复登记")
    conclude_dispute(register, sued.id, date(2025, 3, 1), Result.UPHELD)
    set_day(monkeypatch, "2026-03-10")
    return register


def shown(register: Register, which: str) -> YearReport:
    if which == "filed":
        return year_report(register, 2024, filed=True)
    moment = end_of_day(date(2025, 2, 28)) if which == "past" else None
    return year_report(register, 2024, as_of=moment)


@pytest.mark.parametrize("which", ["live", "filed", "past"])
def test_every_figure_on_the_paper_is_the_report_s(
    moved: Register, tmp_path: Path, which: str
) -> None:
    report = shown(moved, which)
    assert report.figures == which
    write_papers(moved, report, [tmp_path / "report.xlsx"])
    book = load_workbook(tmp_path / "report.xlsx")
    rows = range(FIRST_ROW, FIRST_ROW + len(report.table.rows))
    requests = book["申请办理"]
    written = [tuple(requests.cell(row, place).value for place in range(4, 11)) for row in rows]
    assert written == [row.cells for row in report.table.rows]
    figures = list(book["复议诉讼"].iter_rows(values_only=True))
    assert any(
        tuple(v for v in row if isinstance(v, int))[:5] == report.disputes[Block.REVIEW]
        for row in figures
    )
    heading = "".join(str(cell) for cell in next(requests.iter_rows(2, 2, values_only=True)))
    assert "封账" not in heading
    assert ("2025-02-28 23:59的历史时点数据" in heading) is (which == "past")
    note = book["勾稽校验"]["A3"].value
    assert ("2025-01-10封账的数据" in note) is (which == "filed")


@pytest.mark.parametrize("which", ["live", "filed", "past"])
def test_every_figure_is_defended_by_its_cases(moved: Register, which: str) -> None:
    report = shown(moved, which)
    counted: Counter[tuple[str, str]] = Counter()
    months: Counter[int] = Counter()
    for case in year_cases(moved, report):
        codes = {NEW: case.new, CARRIED_IN: case.carried_in, CARRIED_OUT: case.carried_out}
        named = [code for code, there in codes.items() if there]
        if case.counted_outcome:
            named += [case.counted_outcome, "3.7"]
        months.update([case.received_on.month] * case.new)
        counted.update((code, column) for code in named for column in (case.kind.value, TOTAL))
    for row in report.table.rows:
        assert row.cells[-1] == counted[row.code, TOTAL], row.code
    assert new_by_month(moved, report) == tuple(months[month] for month in range(1, 13))
    assert sum(months.values()) > 0


def test_due_dates_of_the_past_know_the_notices_entered_by_then(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2025-01-10")
    receive(register, "2024-12-20")
    file_year(register, 2024)
    set_day(monkeypatch, "2025-01-12")
    enter_notice(register, "一、元旦：1月14日（周二）放假，共1天。", "", 2025)
    for which, due in (("filed", "2025-01-20"), ("live", "2025-01-21")):
        (case,) = year_cases(register, shown(register, which))
        assert case.due_on == date.fromisoformat(due)


def test_a_live_report_is_written_as_it_was_shown(
    moved: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when something has been recorded between the showing and the writing."""
    report = shown(moved, "live")
    before = [case.number for case in year_cases(moved, report)]
    receive(moved, "2024-10-10")
    assert [case.number for case in year_cases(moved, report)] == before
    assert len(list(year_cases(moved, shown(moved, "live")))) == len(before) + 1


def test_the_command_writes_what_it_prints(
    moved: Register, taizhang: Taizhang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_DB", str(moved.path))
    path = tmp_path / "filed.xlsx"
    told = taizhang("report", 2024, "--filed", "--xlsx", path, "--json").document
    rows: list[dict[str, Any]] = told["requests"]["rows"]
    sheet = load_workbook(path)["申请办理"]
    written = [
        [sheet.cell(FIRST_ROW + place, column).value for column in range(4, 11)]
        for place in range(len(rows))
    ]
    assert written == [row["cells"] for row in rows]
    assert taizhang("report", 2024, "--as-of", "2025-02-28", "--xlsx", path).status == 0
