"""What the desk writes for others: by a choice, nobody is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.papers import Page, document_tables
from tests.support.seat import SeatMaker
from tests.support.spreadsheets import load_workbook


def told(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8-sig")
    return str([[*s.iter_rows(values_only=True)] for s in load_workbook(path).worksheets])


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
async def test_the_ledger_is_exported_as_it_is_or_masked(
    take_seat: SeatMaker, filled: Path, ending: str
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("o")
        for said in ("导出台账", "台账-20260310.xlsx", "照写", "含个人信息，只供本机关使用"):
            assert said in seat.text
        await seat.press("escape")
        for choice, name in (("1", "全部"), ("2", "对外")):
            await seat.press("o", "ctrl+u")
            await seat.fill(name + ending, "", choice)
            await seat.press("f10")
            assert "已导出" in seat.text
            await seat.press("escape")
        plain, masked = (told(Path(name + ending)) for name in ("全部", "对外"))
        for secret in ("吴敏", "13900000001", "青川化工有限公司"):
            assert secret in plain
            assert secret not in masked
        assert "正衡律师事务所" in masked
        assert "139******01" in masked


async def test_a_year_of_the_ledger_and_a_wrong_one(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("o", "ctrl+u")
        await seat.fill("一年.csv", "三年")
        await seat.press("f10")
        assert "年份写成 2024 的样子" in seat.text
        await seat.press("ctrl+u")
        await seat.fill("2024年")
        assert "2024年新收和上年结转的申请" in seat.text
        await seat.press("f10")
        assert "已导出" in seat.text
        text = told(Path("一年.csv"))
        assert "2024-0001" in text
        assert "2026-" not in text.replace("2026-03-10", "")


async def test_a_list_to_be_printed(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("o", "ctrl+u")
        await seat.fill("名单.xlsx", "", "1", "2")
        await seat.press("f10")
        assert "已导出" in seat.text
        assert load_workbook("名单.xlsx").sheetnames == ["清单"]
        await seat.press("escape", "o", "ctrl+u")
        await seat.fill("名单.csv", "", "1", "2")
        await seat.press("f10")
        assert "应以 .xlsx 结尾" in seat.text


async def test_the_year_s_workbook_is_masked_by_a_choice(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("f8", "o")
        assert "含个人信息，只供本机关使用" in seat.text
        await seat.press("enter", "2", "enter")
        assert "供对外提供" in seat.text
        await seat.press("f10")
        assert "已导出" in seat.text
        masked = told(Path("年报-2026.xlsx"))
        assert "吴*" in masked
        assert "吴敏" not in masked


async def test_the_name_says_which_paper_of_the_year_it_is(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        for name in ("年报.docx", "年报.html"):
            await seat.press("f8", "o", "ctrl+u")
            await seat.fill(name)
            await seat.press("f10")
            assert "已导出" in seat.text
            await seat.press("escape", "escape")
    assert document_tables(Path("年报.docx")) == Page(Path("年报.html")).tables
