"""Filed years, restatements, rule L, and tables as of past moments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.disputes.dispute import Block, Result
from db.errors import Impossible, NotFound
from db.moment import end_of_day
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from db.year_end import report as report_module
from db.year_end.request_table import YearTable
from tests.support.at_once import (
    conclude_dispute,
    correct_event,
    file_year,
    new_dispute,
    open_again,
    read_filing,
    restatements,
    verify,
    year_report,
)
from tests.support.steps import log, receive, set_day

ENGINES = ("sqlite", "postgresql")

K = EventKind


def test_a_filed_year_and_what_moved_since(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, "2024-12-31")
    slow = receive(register, "2024-12-02")
    quick = receive(register, "2024-12-03")
    quick = log(register, quick, K.DECIDED, "2024-12-30", outcome="3.1")
    set_day(monkeypatch, "2025-01-10")
    log(register, slow, K.DECIDED, "2025-01-10", outcome="3.2")
    filed = file_year(register, 2024)
    set_day(monkeypatch, "2025-02-15")
    assert restatements(register, 2024) == ()
    correct_event(
        register, quick.number, quick.history[-1].id, "寄出日记错", changes={"on": date(2025, 1, 2)}
    )
    set_day(monkeypatch, "2025-03-01")
    late = receive(register, "2024-11-11", applicant_kind=ApplicantKind.BUSINESS)
    set_day(monkeypatch, "2025-03-02")
    log(register, slow, K.CANCELLED, "2025-03-02", note="重复登记")

    moved = [
        (m.number, [(c.code, c.kind) for c in m.old], [(c.code, c.kind) for c in m.new])
        for m in restatements(register, 2024)
    ]
    person, firm = "natural_person", "business"
    assert moved == [
        (quick.number, [("3.1", person)], [("4", person)]),
        (late.number, [], [("1", firm), ("4", firm)]),
        (slow.number, [("1", person), ("4", person)], []),
    ]
    report = year_report(register, 2024, filed=True)
    assert report.table.rows == filed.table.rows
    assert report.table.row("3.1").cells[0] == 1
    assert year_report(register, 2024).table.row("3.1").cells[0] == 0
    wrong = {(f.where, f.left, f.right) for f in year_report(register, 2025).wrong}
    assert wrong == {("商业企业", 1, 0), ("总计", 2, 1)}
    assert verify(register).ok

    before, then = end_of_day(date(2025, 1, 9)), end_of_day(date(2025, 2, 28))
    unfiled = year_report(register, 2024, as_of=before)
    assert (unfiled.filing, unfiled.restatements) == (None, ())
    known = year_report(register, 2024, as_of=then)
    assert known.filing is not None
    assert [one.number for one in known.restatements] == [quick.number]
    rules = [
        {f.rule for f in year_report(register, 2025, as_of=day).findings} for day in (before, then)
    ]
    assert ["L" in found for found in rules] == [False, True]


def test_a_year_is_filed_once_and_after_its_end(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(register, "2025-05-06")
    with pytest.raises(Impossible, match="还没有结束"):
        file_year(register, 2026)
    with pytest.raises(NotFound, match="还没有封账"):
        restatements(register, 2025)
    first = file_year(register, 2025)
    assert (first.filed_by, len(first.digest)) == ("测试员", 64)
    with pytest.raises(Impossible, match="已于2026-03-10由测试员封账"):
        file_year(register, 2025)


@pytest.mark.of_files
def test_a_filing_tampered_with_is_found(register: Register) -> None:
    receive(register, "2025-05-06")
    file_year(register, 2025)
    with register.writing() as tx:
        tx.connection.exec_driver_sql("DROP TRIGGER filings_no_update")
        tx.connection.exec_driver_sql("UPDATE filings SET figures = replace(figures, '1', '2')")
    assert any("校验码不符" in problem for problem in verify(register).problems)


def test_tables_as_of_any_day(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, "2025-02-03")
    case = receive(register, "2025-02-03")
    set_day(monkeypatch, "2025-02-20")
    case = log(register, case, K.DECIDED, "2025-02-18", outcome="3.1")
    set_day(monkeypatch, "2025-03-20")
    correct_event(register, case.number, case.history[-1].id, "写错", changes={"outcome": "3.4.1"})
    dispute = new_dispute(register, Block.REVIEW, "市政府", date(2025, 3, 1), case=case.number)
    set_day(monkeypatch, "2025-05-01")
    conclude_dispute(register, dispute.id, date(2025, 4, 30), Result.UPHELD)

    def at(day: str) -> tuple[dict[str, int], tuple[int, ...]]:
        report = year_report(register, 2025, as_of=end_of_day(date.fromisoformat(day)))
        counts = {row.code: row.cells[6] for row in report.table.rows if row.cells[6]}
        return counts, report.disputes[Block.REVIEW]

    none = (0, 0, 0, 0, 0)
    assert at("2025-02-02") == ({}, none)
    assert at("2025-02-03") == ({"1": 1, "4": 1}, none)
    assert at("2025-02-19") == ({"1": 1, "4": 1}, none)
    assert at("2025-02-20") == ({"1": 1, "3.1": 1, "3.7": 1}, none)
    assert at("2025-03-20") == ({"1": 1, "3.4.1": 1, "3.7": 1}, (0, 0, 0, 1, 1))
    assert at("2025-05-01") == ({"1": 1, "3.4.1": 1, "3.7": 1}, (1, 0, 0, 0, 1))


def test_a_filed_years_disputes_are_restated(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(register, "2025-05-06", organ="甲局")
    dispute = new_dispute(register, Block.DIRECT_SUIT, "法院", date(2025, 8, 1), organ="甲局")
    file_year(register, 2025, "甲局")
    conclude_dispute(register, dispute.id, date(2025, 12, 20), Result.OTHER)
    (moved,) = restatements(register, 2025, "甲局")
    assert [(c.code, c.kind) for c in moved.old] == [("direct_suit", "pending")]
    assert [(c.code, c.kind) for c in moved.new] == [("direct_suit", "other")]
    filing = read_filing(register, 2025, "甲局")
    assert filing is not None
    assert filing.disputes[Block.DIRECT_SUIT] == (0, 0, 0, 1, 1)


def test_a_dispute_goes_with_its_case_to_another_organ(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Table 4 of both organs follows the correction: live, as of a moment, and as a restatement."""
    set_day(monkeypatch, "2025-12-31")
    case = receive(register, "2025-05-06", organ="甲局")
    receive(register, "2025-05-07", organ="乙局")
    linked = new_dispute(register, Block.DIRECT_SUIT, "法院", date(2025, 8, 1), case=case.number)
    new_dispute(register, Block.REVIEW, "市政府", date(2025, 8, 1), organ="甲局")
    set_day(monkeypatch, "2026-01-10")
    for organ in ("甲局", "乙局"):
        file_year(register, 2025, organ)
    set_day(monkeypatch, "2026-01-20")
    receipt = case.history[0].id
    correct_event(register, case.number, receipt, "登错机关", changes={"organ": "乙局"})

    def suits(organ: str, day: str | None = None) -> int:
        at = end_of_day(date.fromisoformat(day)) if day else None
        return year_report(register, 2025, organ, as_of=at).disputes[Block.DIRECT_SUIT][-1]

    assert (suits("甲局"), suits("乙局")) == (0, 1)
    assert (suits("甲局", "2026-01-19"), suits("乙局", "2026-01-19")) == (1, 0)
    assert (suits("甲局", "2026-01-20"), suits("乙局", "2026-01-20")) == (0, 1)
    assert year_report(register, 2025, "甲局").disputes[Block.REVIEW][-1] == 1
    for organ, old, new in (("甲局", ["pending"], []), ("乙局", [], ["pending"])):
        (moved,) = (m for m in restatements(register, 2025, organ) if m.what.startswith("第"))
        assert ([c.kind for c in moved.old], [c.kind for c in moved.new]) == (old, new)
        assert (moved.number, moved.what.partition("：")[2]) == (case.number, "登错机关")
    conclude_dispute(register, linked.id, date(2025, 12, 20), Result.UPHELD)
    moved = restatements(register, 2025, "乙局")[-1]
    assert ([c.kind for c in moved.old], [c.kind for c in moved.new]) == (["pending"], ["upheld"])
    assert [m for m in restatements(register, 2025, "甲局") if "审结" in m.what] == []
    assert verify(register).ok


def test_one_report_is_one_moment(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever another program records between the table and its checks."""
    receive(register, "2026-02-02")
    counts = report_module.year_table

    def disturbed(*asked: Any) -> YearTable:
        table = counts(*asked)
        with open_again(register) as other:
            receive(other, "2026-02-03")
        return table

    monkeypatch.setattr(report_module, "year_table", disturbed)
    report = year_report(register, 2026)
    assert report.table.row("4").cells[-1] == 1
    assert report.wrong == ()
