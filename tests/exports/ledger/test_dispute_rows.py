"""复议诉讼 of a ledger: what an import reads of it, what it refuses, and what it names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from db.disputes.dispute import Block, Dispute, Result
from db.disputes.proceedings import Proceedings
from db.errors import NotAllowed, Unreadable
from db.storage.register import Register
from db.words.vocabulary import Role
from exports.ledger.importing import LedgerRefused, ToldAlready, import_ledger
from exports.ledger.understanding import understand_ledger
from tests.support.at_once import (
    file_year,
    find_cases,
    list_disputes,
    new_dispute,
    organ_names,
    verify,
    void_dispute,
)
from tests.support.histories import TODAY
from tests.support.ledgers import ledger, with_disputes, write_sheet
from tests.support.roles import held_by


def brought(register: Register, path: Path) -> list[Dispute]:
    import_ledger(register, path)
    assert verify(register).ok
    found: list[Dispute] = list_disputes(register)
    return found


def refused(register: Register, path: Path, again: bool = False) -> list[tuple[str, int, str, str]]:
    with pytest.raises(LedgerRefused) as caught:
        import_ledger(register, path, again=again)
    assert find_cases(register, "").total == 0
    assert list_disputes(register) == []
    assert all(fault.reason.endswith("。") for fault in caught.value.faults)
    return [(fault.sheet, fault.row, fault.column, fault.value) for fault in caught.value.faults]


def test_a_row_is_a_dispute(register: Register, tmp_path: Path) -> None:
    path = with_disputes(
        ledger(tmp_path / "a.xlsx", {"编号": "甲1"}),
        {
            "序号": 3,
            "申请编号": "甲1",
            "类别": "复议后起诉",
            "复议机关或法院": "某区法院",
            "提起日期": date(2025, 9, 1),
            "审结日期": "2025年12月1日",
            "结果": "纠正",
            "仅为共同被告": "是",
            "前置复议": "第1号",
            "备注": "要上诉\n【办理】案号=行初3号；开庭日期=2025-10-01",
            "代理律师": "王",
        },
        {"序号": 1, "申请编号": "甲１", "审结日期": "2025.8.1", "结果": "结果维持"},
        {"序号": 2, "所涉旧件": "2019年的申请", "结果": "尚未审结"},
    )
    suit, review, older = brought(register, path)
    assert (suit.block, suit.result) == (Block.SUIT_AFTER_REVIEW, Result.CORRECTED)
    assert (suit.case, suit.body, suit.filed_on) == ("甲1", "某区法院", date(2025, 9, 1))
    assert (suit.concluded_on, suit.co_defendant) == (date(2025, 12, 1), True)
    assert suit.after == review.id
    assert suit.proceedings == Proceedings(docket_no="行初3号", hearing_on=date(2025, 10, 1))
    assert suit.events[0].reason == "要上诉\n代理律师：王"
    assert (review.case, review.body, review.result) == ("甲1", "未写明", Result.UPHELD)
    assert (older.case, older.older_case, older.result) == (None, "2019年的申请", Result.PENDING)


def test_a_dispute_names_a_case_of_the_register(register: Register, tmp_path: Path) -> None:
    import_ledger(register, ledger(tmp_path / "a.xlsx", {}))
    path = with_disputes(ledger(tmp_path / "b.xlsx", {"申请人": "李四"}), {"申请编号": "2025-0001"})
    assert [one.source for one in brought(register, path)] == ["2025-0001 张三"]


def test_every_fault_of_both_sheets_is_listed(register: Register, tmp_path: Path) -> None:
    path = with_disputes(
        ledger(tmp_path / "a.xlsx", {"编号": "甲1"}, {"申请人类型": "外星人"}),
        {"类别": "行政诉讼"},
        {"提起日期": None},
        {"提起日期": "2025-02-30"},
        {"提起日期": TODAY.replace(year=TODAY.year + 1)},
        {"审结日期": "2025-05-01"},
        {"结果": "结果维持"},
        {"审结日期": "2025-03-01", "结果": "其他结果"},
        {"审结日期": "2025-05-01", "结果": "尚未审结"},
        {"仅为共同被告": "也许"},
        {"所涉旧件": None},
        {"前置复议": "7"},
        {"类别": "复议后起诉", "前置复议": "7"},
        {"申请编号": "乙9"},
        {"申请编号": "甲1", "提起日期": "2025-03-01"},
        {"申请编号": "甲1", "受理机关": "乙局"},
        {"备注": "【办理】答复应诉期限=2025-03-01"},
    )
    assert refused(register, path) == [
        ("Sheet", 3, "申请人类型", "外星人"),
        ("复议诉讼", 2, "类别", "行政诉讼"),
        ("复议诉讼", 3, "提起日期", ""),
        ("复议诉讼", 4, "提起日期", "2025-02-30"),
        ("复议诉讼", 5, "提起日期", str(TODAY.replace(year=TODAY.year + 1))),
        ("复议诉讼", 6, "结果", ""),
        ("复议诉讼", 7, "审结日期", ""),
        ("复议诉讼", 8, "审结日期", "2025-03-01"),
        ("复议诉讼", 9, "结果", "尚未审结"),
        ("复议诉讼", 10, "仅为共同被告", "也许"),
        ("复议诉讼", 11, "申请编号", ""),
        ("复议诉讼", 12, "前置复议", "7"),
        ("复议诉讼", 13, "前置复议", "7"),
        ("复议诉讼", 14, "申请编号", "乙9"),
        ("复议诉讼", 15, "提起日期", "2025-03-01"),
        ("复议诉讼", 16, "受理机关", "乙局"),
        ("复议诉讼", 17, "备注", "【办理】答复应诉期限=2025-03-01"),
    ]


def test_a_suit_follows_a_review_that_ended_before(register: Register, tmp_path: Path) -> None:
    suit = {"类别": "复议后起诉", "提起日期": "2025-09-01", "前置复议": "1"}
    for review, said in (
        ({"序号": "1"}, "尚未审结"),
        ({"序号": "1", "审结日期": "2025-10-01", "结果": "结果维持"}, "尚未审结"),
        ({"序号": "1", "类别": "未经复议直接起诉"}, "不是行政复议"),
    ):
        path = with_disputes(ledger(tmp_path / "a.xlsx", {}), suit, review)
        with pytest.raises(LedgerRefused) as caught:
            import_ledger(register, path)
        assert said in caught.value.faults[0].reason
    ended = {"审结日期": "2025-08-01", "结果": "结果维持"}
    path = with_disputes(
        ledger(tmp_path / "b.xlsx", {}), suit, {"序号": "1", **ended}, {"序号": "1", **ended}
    )
    with pytest.raises(LedgerRefused, match="1处") as caught:
        import_ledger(register, path)
    assert "不止一行" in caught.value.faults[0].reason


def test_a_case_that_is_not_understood_is_no_fault_of_its_dispute(
    register: Register, tmp_path: Path
) -> None:
    path = with_disputes(
        ledger(tmp_path / "a.xlsx", {"编号": "甲1", "收到日期": None}), {"申请编号": "甲1"}
    )
    assert [row[:3] for row in refused(register, path)] == [("Sheet", 2, "收到日期")]


def test_what_is_recorded_already_stops(register: Register, tmp_path: Path) -> None:
    rows = ({"序号": "1"}, {"序号": "2"}, {"提起日期": "2025-05-01"})
    path = with_disputes(ledger(tmp_path / "a.xlsx", {"编号": "甲1"}), *rows)
    assert len(brought(register, path)) == 3  # numbered apart, the first two are two
    other = with_disputes(ledger(tmp_path / "b.xlsx", {"申请人": "李四"}), *rows, {"类别": "复议"})
    with pytest.raises(ToldAlready) as caught:
        import_ledger(register, other)
    listed = [(fault.sheet, fault.row, fault.reason) for fault in caught.value.faults]
    assert [row for _, row, _ in listed] == [2, 3, 4, 5]
    assert listed[0][0] == "复议诉讼"
    assert "已经登记为第1号" in listed[0][2]
    assert import_ledger(register, other, again=True).disputes == 4
    assert len(list_disputes(register)) == 7


def test_rows_that_say_the_same_stop(register: Register, tmp_path: Path) -> None:
    path = with_disputes(ledger(tmp_path / "a.xlsx", {}), {}, {}, {"备注": "另一件"})
    with pytest.raises(ToldAlready) as caught:
        import_ledger(register, path)
    assert [(fault.row, fault.reason) for fault in caught.value.faults] == [
        (3, "与第2行完全相同。")
    ]
    assert import_ledger(register, path, again=True).disputes == 3


def test_disputes_without_cases(register: Register, tmp_path: Path) -> None:
    """An empty first sheet, one of headings alone, or none at all."""
    empty = with_disputes(write_sheet(tmp_path / "a.xlsx", []), {"受理机关": "甲局"})
    done = import_ledger(register, empty)
    assert (done.cases, done.disputes) == (0, 1)
    assert "甲局" in organ_names(register)
    headed = with_disputes(ledger(tmp_path / "b.xlsx"), {"提起日期": "2025-05-01"})
    assert import_ledger(register, headed).disputes == 1
    alone = tmp_path / "c.xlsx"
    with_disputes(write_sheet(alone, []), {"提起日期": "2025-06-01"})
    book = openpyxl.load_workbook(alone)
    book.remove(book.worksheets[0])
    book.save(alone)
    assert import_ledger(register, alone).disputes == 1
    with pytest.raises(ToldAlready, match="导入过（1件）"):
        import_ledger(register, alone)


def test_a_file_of_disputes_beside_a_csv(register: Register, tmp_path: Path) -> None:
    cases = tmp_path / "台账.csv"
    cases.write_text("编号,收到日期,申请人,申请人类型,申请内容\n甲1,2025-03-05,张三,自然人,事\n")
    apart = tmp_path / "复议.csv"
    apart.write_text("申请编号,类别,提起日期\n甲1,行政复议,2025-04-01\n,行政复议,2025-04-01\n")
    with pytest.raises(LedgerRefused) as caught:
        import_ledger(register, cases, disputes=apart)
    assert [(f.sheet, f.row, f.column) for f in caught.value.faults] == [("复议", 3, "申请编号")]
    apart.write_text("申请编号,类别,提起日期\n甲1,行政复议,2025-04-01\n", encoding="gb18030")
    assert import_ledger(register, cases, disputes=apart).disputes == 1
    assert [one.case for one in list_disputes(register)] == ["甲1"]


def test_disputes_stand_in_one_place(register: Register, tmp_path: Path) -> None:
    both = with_disputes(ledger(tmp_path / "a.xlsx", {}), {})
    apart = with_disputes(write_sheet(tmp_path / "b.xlsx", []), {})
    with pytest.raises(Unreadable, match="只留其中一处"):
        import_ledger(register, both, disputes=apart)
    cases = ledger(tmp_path / "c.xlsx", {})
    assert import_ledger(register, cases, disputes=apart).disputes == 1


def test_other_sheets_are_named_and_empty_ones_are_not(tmp_path: Path) -> None:
    path = with_disputes(ledger(tmp_path / "a.xlsx", {}), {}, title="行政复议诉讼")
    book = openpyxl.load_workbook(path)
    book.create_sheet("空的")
    book.create_sheet("空格")["C3"] = "  "
    book.create_sheet("说明")["C3"] = "怎么填"
    book.create_sheet("数")["A1"] = 0
    book.create_sheet("复议诉讼")["A1"] = "本年没有"
    book.save(path)
    seen = understand_ledger(path, TODAY)
    assert seen.unread == ("说明", "数", "复议诉讼")
    assert seen.disputes is not None
    assert (seen.disputes.sheet, len(seen.disputes.told)) == ("行政复议诉讼", 1)


def test_a_sheet_that_says_there_were_none(tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", {})
    book = openpyxl.load_workbook(path)
    book.create_sheet("复议诉讼")["A1"] = "本年没有复议诉讼"
    book.save(path)
    seen = understand_ledger(path, TODAY)
    assert (seen.disputes, seen.unread) == (None, ("复议诉讼",))


def test_totals_under_the_disputes_are_passed_over(tmp_path: Path) -> None:
    path = with_disputes(
        ledger(tmp_path / "a.xlsx", {}),
        {"序号": 1},
        {"序号": "1件", "所涉旧件": "合计", "类别": None, "提起日期": None},
    )
    seen = understand_ledger(path, TODAY).disputes
    assert seen is not None
    assert [(row.row, row.begins) for row in seen.passed] == [(3, "合计")]
    assert (len(seen.told), len(seen.faults)) == (1, 0)


def test_a_voided_dispute_is_not_there_already(register: Register, tmp_path: Path) -> None:
    new_dispute(register, Block.REVIEW, "未写明", date(2025, 4, 1), older_case="旧件", organ="某局")
    void_dispute(register, 1, "登记错了")
    path = with_disputes(ledger(tmp_path / "a.xlsx", {}), {})
    assert import_ledger(register, path).disputes == 1


def test_a_filed_year_is_kept_from_who_may_not_change_it(
    register: Register, tmp_path: Path
) -> None:
    import_ledger(register, ledger(tmp_path / "a.xlsx", {}))
    file_year(register, 2025)
    filed, later, alone = (
        with_disputes(ledger(tmp_path / f"{name}.xlsx"), row)
        for name, row in (
            ("b", {"审结日期": "2025-05-01", "结果": "结果维持"}),
            ("c", {"提起日期": "2026-01-05"}),
            ("d", {"仅为共同被告": "是"}),
        )
    )
    with held_by(register, Role.CLERK) as clerk:
        with pytest.raises(NotAllowed, match="2025年已经封账"):
            import_ledger(clerk, filed)
        assert list_disputes(clerk) == []
        for path in (later, alone):
            assert import_ledger(clerk, path).disputes == 1
