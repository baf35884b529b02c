"""The case ledger: what an export writes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import RegisterError
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import EventKind
from exports.ledger.columns import COLUMNS, DERIVED, HEADINGS
from exports.ledger.write_file import write_ledger
from tests.support.at_once import log_event, year_table
from tests.support.histories import TODAY
from tests.support.ledgers import bring, grid

K = EventKind


def test_the_columns_and_derived_cells(register: Register, tmp_path: Path) -> None:
    bring(register, tmp_path, {"收到日期": "2026-02-02"}, {"收到日期": "2025-12-25"})
    log_event(register, "2026-0001", Event(K.DELAY_SET, TODAY, due=date(2027, 1, 20)))
    path = tmp_path / "b.xlsx"
    write_ledger(register, path)
    heading, *rows = grid(path)
    assert tuple(heading) == HEADINGS == (*COLUMNS, *DERIVED)
    derived = [dict(zip(heading, row, strict=True)) for row in rows]
    assert [row["状态"] for row in derived] == ["办理中", "办理中"]
    assert derived[1]["答复期限"] == "2027-01-20（暂定）"
    assert [row["是否超期"] for row in derived] == ["是", "否"]
    assert isinstance(derived[0]["收到日期"], datetime)
    cell = openpyxl.load_workbook(path).worksheets[0]["C2"]
    assert cell.number_format == "yyyy-mm-dd"


def test_a_year_holds_what_its_table_counts(register: Register, tmp_path: Path) -> None:
    bring(
        register,
        tmp_path,
        {"编号": "旧", "收到日期": "2024-01-05", "办理结果": "3.1", "办结日期": "2024-02-01"},
        {"编号": "跨年", "收到日期": "2024-12-30", "办理结果": "3.1", "办结日期": "2025-01-10"},
        {"编号": "未结", "收到日期": "2024-12-30"},
        {"编号": "作废", "收到日期": "2024-12-30", "办理结果": "作废", "办结日期": "2024-12-31"},
        {"编号": "后来", "收到日期": "2026-01-05"},
    )
    path = tmp_path / "b.csv"
    assert write_ledger(register, path, 2025).cases == 2
    table = year_table(register, 2025)
    assert table.row("1").cells[-1] + table.row("2").cells[-1] == 2


def test_chosen_cases_come_in_their_order_and_of_a_year(register: Register, tmp_path: Path) -> None:
    days = ("2024-01-05", "2026-01-05", "2026-02-05")
    bring(register, tmp_path, *({"编号": f"N{n}", "收到日期": day} for n, day in enumerate(days)))
    path = tmp_path / "b.xlsx"
    assert write_ledger(register, path, chosen=lambda _: [3, 1, 99]).cases == 2
    number = HEADINGS.index("编号")
    assert [row[number] for row in grid(path)[1:]] == ["N2", "N0"]
    assert write_ledger(register, path, 2024, chosen=lambda _: [3, 1]).cases == 1
    assert grid(path)[1][number] == "N0"
    assert write_ledger(register, path, chosen=lambda _: []).cases == 0


def test_a_masked_export_names_nobody(register: Register, tmp_path: Path) -> None:
    secrets = ("张三丰", "110101199003078888", "13812345678", "和平路7号3单元", "zsf@example.com")
    name, id_no, phone, address, email = secrets
    bring(
        register,
        tmp_path,
        {
            "申请人": name,
            "证件号码": id_no,
            "联系电话": phone,
            "通讯地址": address,
            "电子邮箱": email,
            "备注": f"{name}来电催问",
        },
    )
    number = "2025-0001"
    log_event(register, number, Event(K.CONSULTATION_STARTED, TODAY, party="李四光"))
    log_event(register, number, Event(K.NOTE, TODAY, note=f"{name}留言"))
    path = tmp_path / "b.csv"
    write_ledger(register, path, masked=True)
    text = path.read_text(encoding="utf-8-sig")
    for secret in (*secrets, "李四光"):
        assert secret not in text
    assert "张**" in text


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_an_export_is_whole_or_not_there(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    bring(register, tmp_path, {}, {})
    path = tmp_path / f"out{ending}"
    path.write_bytes(b"older")

    def fail(_: object) -> list[Any]:
        raise MemoryError

    monkeypatch.setattr("exports.ledger.write_file.ledger_row", fail)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(MemoryError):
        write_ledger(register, path)
    assert path.read_bytes() == b"older"
    assert sorted(tmp_path.iterdir()) == before


def test_places_an_export_cannot_be_written_to(register: Register, tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "a.pdf", r"\.xlsx 或 \.csv"),
        (tmp_path / "无" / "a.csv", "文件夹不存在"),
        (tmp_path / "夹.csv", "文件夹"),
    ):
        if path.name == "夹.csv":
            path.mkdir()
        with pytest.raises(RegisterError, match=said):
            write_ledger(register, path)
