"""By keyboard: a ledger's second sheet read, taught, marked, stored; and written."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.support.at_once import list_disputes
from tests.support.ledgers import ledger, with_disputes
from tests.support.seat import NARROW, WIDE, SeatMaker
from tests.tui.screens.test_importing import choose, teach


@pytest.fixture
def folder(tmp_path: Path, empty_register_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty register, in which the desk begins."""
    for name in ("register.db", "empty.db"):
        shutil.copy(empty_register_file, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_a_second_sheet_from_the_desk(take_seat: SeatMaker, folder: Path) -> None:
    path = with_disputes(
        ledger(folder / "台账.xlsx", {"编号": "甲1"}),
        {"申请编号": "甲1", "类别": "走复议", "主审": "王"},
        {"申请编号": "乙9", "审结日期": "2025-05-01", "结果": "结果维持"},
        {"序号": "1件", "所涉旧件": "合计", "类别": None, "提起日期": None},
    )
    book = openpyxl.load_workbook(path)
    book.create_sheet("填写说明")["A1"] = "带星的必填"
    book.save(path)
    async with take_seat(folder / "register.db") as seat:
        await choose(seat, "台账")
        assert "有 2 处无法识别，归为 2 种" in seat.text
        await seat.golden_at("importing-disputes-faults", NARROW, WIDE)
        await seat.press("enter")
        assert '复议诉讼 第2行 "类别"列 "走复议"：不认识' in seat.text.replace("\n", "")
        await seat.press("escape")
        await teach(seat, "行政复议")
        assert "登记簿和表里都没有这个编号的申请" in seat.text
        await seat.press("E", "f10", "escape")
        marked = openpyxl.load_workbook(folder / "台账-标注.xlsx")
        assert marked.sheetnames == ["Sheet", "复议诉讼"]
        column = [cell.value for cell in marked["复议诉讼"][1]].index("申请编号")
        assert marked["复议诉讼"][3][column].comment is not None
        assert marked["Sheet"]["A2"].comment is None

        book = openpyxl.load_workbook(path)
        book["复议诉讼"].cell(3, column + 1).value = "甲1"
        book.save(path)
        await seat.press("f5")
        await seat.golden_at("importing-disputes-ready", NARROW, WIDE)
        assert "2件  将导入复议诉讼  其中尚未审结 1 件" in seat.text
        for said in ("合计", "填写说明", "主审"):
            assert said in seat.text
        await seat.press("f10")
        assert "已导入 1 件，复议诉讼 2 件" in seat.text
        assert [one.case for one in list_disputes(seat.app.register)] == ["甲1", "甲1"]


async def test_only_the_new_disputes(take_seat: SeatMaker, folder: Path) -> None:
    ended = {"序号": "1", "审结日期": "2025-05-01", "结果": "结果维持"}
    suit = {"序号": "2", "类别": "复议后起诉", "提起日期": "2025-06-01", "前置复议": "1"}
    with_disputes(ledger(folder / "一.xlsx", {}), ended)
    with_disputes(ledger(folder / "二.xlsx", {"申请人": "李四"}), ended, suit)
    async with take_seat(folder / "register.db") as seat:
        await choose(seat, "一")
        await seat.press("f10", "escape")
        await choose(seat, "二", "I")
        assert "行复议诉讼已经登记过，或重复填写" in seat.text
        assert "表中的复议诉讼" in seat.text
        await seat.press("down", "down", "enter")
        assert "已经登记为第1号" in seat.text
        await seat.press("escape", "N")
        assert "1件  将导入复议诉讼" in seat.text
        await seat.press("f10")
        assert "已导入 1 件，复议诉讼 1 件" in seat.text
        assert [one.after for one in list_disputes(seat.app.register)] == [None, 1]


async def test_a_missing_column_of_the_second_sheet_is_chosen(
    take_seat: SeatMaker, folder: Path
) -> None:
    path = with_disputes(ledger(folder / "台账.xlsx", {}), {"何时": "2025-04-01"})
    book = openpyxl.load_workbook(path)
    sheet = book["复议诉讼"]
    sheet.delete_cols([cell.value for cell in sheet[1]].index("提起日期") + 1)
    book.save(path)
    async with take_seat(folder / "register.db") as seat:
        await choose(seat, "台账")
        assert "复议诉讼  提起日期  缺少这一列" in seat.text
        await seat.press("J", "enter")
        assert "已记住：何时 = 提起日期" in seat.text
        await seat.press("f10")
        assert "复议诉讼 1 件" in seat.text


async def test_disputes_of_a_csv_stand_in_another_file(take_seat: SeatMaker, folder: Path) -> None:
    with_disputes(ledger(folder / "一.xlsx", {"编号": "甲1"}), {"申请编号": "甲1"})
    async with take_seat(folder / "register.db") as seat:
        await choose(seat, "一")
        await seat.press("f10", "escape", "o", "ctrl+u")
        await seat.fill("出.csv")
        assert "这样导出不含复议诉讼" in seat.text
        for _ in range(3):
            await seat.press("enter")
        await seat.write("诉讼.csv")
        assert "这样导出不含复议诉讼" not in seat.text
        await seat.press("f10")
        assert "已导出" in seat.text
        assert "甲1" in (folder / "诉讼.csv").read_text(encoding="utf-8-sig")
        await seat.press("escape", "o", "ctrl+u")
        await seat.fill("出.xlsx", "", "", "", "")
        await seat.write("诉讼.csv")
        assert ".xlsx 写在第二张工作表里" in seat.text
        await seat.press("escape", "escape")
    async with take_seat(folder / "empty.db") as seat:
        await choose(seat, "出.csv")
        assert "复议诉讼另有文件的，按 v 选" in seat.text
        assert "1件  将导入" in seat.text
        await choose(seat, "诉讼", "v")
        assert "1件  将导入复议诉讼" in seat.text
        assert "诉讼.csv" in seat.text
        await seat.press("f10")
        assert "已导入 1 件，复议诉讼 1 件" in seat.text
