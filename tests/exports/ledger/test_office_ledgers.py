"""Ledgers that share hardly a word with ours: other headings, merged cells, cases still open."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from db.storage.register import Register
from exports.ledger.importing import import_ledger, taught_in
from exports.ledger.taught import teach
from exports.ledger.understanding import Understood, understand_ledger
from tests.support.at_once import every_case
from tests.support.ledgers import ROW, ledger, write_sheet

HEADING = ["序号", "登记日期", "申请人姓名/名称", "申请人类别", "申请公开内容", "答复类型", "备注"]
ROWS = [
    [1, "2025.3.5", "张三", "自然人", "征地批复", "办理中", None],
    [2, "2025.3.6", None, None, "规划许可证", "办理中", None],
    [3, "2025.3.7", "李四", "自然人", "宗地图", "办理中", None],
]


def understood(register: Register, path: Path) -> Understood:
    return understand_ledger(path, register.clock.today(), taught=taught_in(register))


def test_a_heading_of_other_words_is_found_and_understood(
    register: Register, tmp_path: Path
) -> None:
    rows = [["某局台账"], ["基本信息", None, None, "办理情况"], HEADING, ROWS[0], ROWS[2]]
    path = write_sheet(tmp_path / "a.xlsx", rows)
    seen = understood(register, path)
    assert seen.heading.row == 3
    assert seen.heading.missing == ("收到日期",)
    assert [c.means for c in seen.heading.columns if c.taken] == [
        "申请人",
        "申请人类型",
        "申请内容",
        "办理结果",
    ]
    with register.writing() as tx:
        teach(tx, "列名", "登记日期", "收到日期")
        teach(tx, "列名", "答复类型", "不导入")  # what is taught goes before what is usual
    seen = understood(register, path)
    assert not seen.faults
    assert seen.heading.columns[5].means is None
    assert import_ledger(register, path).cases == 2


def test_a_column_named_by_its_own_name_goes_before_a_usual_one(
    register: Register, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "a.xlsx", {"地址": "东村", "通讯地址": "西镇"})
    assert import_ledger(register, path).cases == 1
    (case,) = every_case(register)
    assert case.received.address == "西镇"
    assert case.received.note == "地址：东村"


def test_a_file_without_a_heading_has_none_found(register: Register, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", [row[:6] for row in ROWS])
    assert understood(register, path).heading.row == 1


def test_cells_merged_downwards_tell_every_row_they_cover(
    register: Register, tmp_path: Path
) -> None:
    path = ledger(
        tmp_path / "a.xlsx",
        {"申请人": "张三"},
        {"申请人": None, "申请人类型": None, "申请内容": "规划许可证"},
        {"申请人": "李四"},
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("C2:C3")
    book.save(path)
    assert import_ledger(register, path).cases == 3
    told = [(case.received.applicant, case.received.subject) for case in every_case(register)]
    assert told == [("张三", "征地批复"), ("张三", "规划许可证"), ("李四", "征地批复")]


def test_a_heading_of_two_rows_is_read_where_its_cells_are_merged(
    register: Register, tmp_path: Path
) -> None:
    rows = [
        ["收到日期", "申请人信息", None, "申请内容"],
        [None, "申请人", "申请人类型", None],
        ["2025-03-05", "张三", "自然人", "征地批复"],
    ]
    path = write_sheet(tmp_path / "a.xlsx", rows)
    book = openpyxl.load_workbook(path)
    for block in ("A1:A2", "B1:C1", "D1:D2"):
        book.active.merge_cells(block)
    book.save(path)
    assert understood(register, path).heading.row == 2
    assert import_ledger(register, path).cases == 1


@pytest.mark.parametrize("said", ["办理中", "尚未办结"])
def test_a_case_that_is_still_open_says_so_in_words(
    register: Register, tmp_path: Path, said: str
) -> None:
    path = ledger(tmp_path / "a.xlsx", {"办理结果": said})
    assert import_ledger(register, path).cases == 1
    wrong = ledger(tmp_path / "b.xlsx", {"办理结果": said, "办结日期": "2025-03-20"})
    (fault,) = understood(register, wrong).faults
    assert fault.reason == f"填了办结日期，办理结果却是“{said}”。"


def test_a_total_in_the_column_of_days_is_no_case(register: Register, tmp_path: Path) -> None:
    rows = [["编号", *ROW], ["1", *ROW.values()], ["合计", "2件"]]
    path = write_sheet(tmp_path / "a.xlsx", rows)
    assert [(row.row, row.begins) for row in understood(register, path).passed] == [(3, "合计")]


@pytest.mark.parametrize(
    "beside",
    [
        {"申请人类型": "2026年1月5日"},
        {"收到日期": "2026-01-05"},
        {"申请人类型": "填表人：李四"},
        {"收到日期": "2026-01-05", "申请人类型": "填表：李四"},
    ],
)
def test_the_day_of_a_signature_makes_no_case_of_it(
    register: Register, tmp_path: Path, beside: dict[str, str]
) -> None:
    foot = ["审核人：王五", *(beside.get(name) for name in ROW)]
    path = write_sheet(tmp_path / "a.xlsx", [["编号", *ROW], ["1", *ROW.values()], foot])
    seen = understood(register, path)
    assert [row.row for row in seen.passed] == [3]
    assert not seen.faults


def test_a_row_that_differs_by_its_ordinal_alone_stands_there_twice(
    register: Register, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "a.xlsx", {"序号": "1"}, {"序号": "2"}, {"申请内容": "别的"})
    (fault,) = understood(register, path).twice
    assert (fault.row, fault.reason) == (3, "与第2行除备注以外完全相同。")
