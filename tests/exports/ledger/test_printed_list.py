"""A list on paper: read back, it says what the cases say, on A4, headed on each page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.errors import BadValue
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import EventKind
from exports.ledger.printed_list import HEADINGS
from exports.ledger.write_file import write_ledger
from tests.support.at_once import log_event, new_case
from tests.support.cases import received
from tests.support.spreadsheets import load_workbook


@pytest.fixture
def path(register: Register, tmp_path: Path) -> Path:
    """An answered case, one past its day, one of a year without a calendar, a hostile one."""
    on = date(2026, 3, 2)
    answered = new_case(register, received(on, "王芳", "征地批复", unit="综合科", officer="沈秋"))
    log_event(register, answered.number, Event(EventKind.DECIDED, date(2026, 3, 9), outcome="3.1"))
    new_case(register, received(date(2026, 1, 5), "李明", "预算"))
    far = new_case(register, received(on, "陈静", "规划"))
    log_event(
        register, far.number, Event(EventKind.EXTENDED, date(2026, 3, 9), days=20, approver="张")
    )
    new_case(register, received(on, "=1+1", "\x1b[31m很长" * 200))
    return tmp_path / "list.xlsx"


def test_it_says_what_a_list_says(register: Register, path: Path) -> None:
    assert write_ledger(register, path, printed=True).cases == 4
    sheet = load_workbook(path)["清单"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "政府信息公开申请清单"
    assert tuple(rows[1]) == HEADINGS
    listed = (dict(zip(HEADINGS, row, strict=True)) for row in rows[2:-1])
    told = sorted(listed, key=lambda row: row["编号"])
    assert told[0] | {"答复期限": ""} == {
        "编号": "2026-0001",
        "收到日期": "2026-03-02",
        "申请人": "王芳",
        "申请内容": "征地批复",
        "承办科室": "综合科",
        "承办人": "沈秋",
        "状态": "已办结",
        "答复期限": "",
        "剩余工作日": "",
        "办结日期": "2026-03-09",
    }
    assert told[1]["剩余工作日"] == "超期"
    assert told[2]["剩余工作日"] == "34"
    assert rows[-1][0] == "共 4 件；状态和剩余工作日截至 2026-03-10。"


def test_whatever_is_in_a_text_is_a_text_that_fits_a_page(register: Register, path: Path) -> None:
    write_ledger(register, path, printed=True)
    sheet = load_workbook(path)["清单"]
    (cell,) = (row[2] for row in sheet.iter_rows(min_row=3) if "1+1" in str(row[2].value))
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    subject = sheet.cell(cell.row, 4).value
    assert len(str(subject)) == 300
    assert "\x1b" not in str(subject)


def test_it_prints_on_a4_across_headed_on_each_page(register: Register, path: Path) -> None:
    write_ledger(register, path, printed=True)
    sheet = load_workbook(path)["清单"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$2"


def test_masked_it_names_nobody(register: Register, path: Path) -> None:
    write_ledger(register, path, masked=True, printed=True)
    sheet = load_workbook(path)["清单"]
    told = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert not any(name in told for name in ("王芳", "李明", "陈静"))


def test_it_is_a_workbook_only(register: Register, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"应以 \.xlsx 结尾"):
        write_ledger(register, tmp_path / "list.csv", printed=True)
    assert not (tmp_path / "list.csv").exists()
