"""Case ledgers as spreadsheets hold them, and what an import makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from db.cases.case_file import CaseFile
from db.storage.register import Register
from exports.ledger.columns import REQUIRED
from exports.ledger.importing import import_ledger
from tests.support.at_once import every_case

ROW: Mapping[str, Any] = {
    "收到日期": "2025-03-05",
    "申请人": "张三",
    "申请人类型": "自然人",
    "申请内容": "征地批复",
}


def write_sheet(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # text, whatever it begins with
    book.save(path)
    return path


def ledger(path: Path, *rows: Mapping[str, Any]) -> Path:
    """A ledger with the required columns and whatever others the rows name."""
    names = list(dict.fromkeys([*REQUIRED, *(name for row in rows for name in row)]))
    filled = [[{**ROW, **row}.get(name) for name in names] for row in rows]
    return write_sheet(path, [names, *filled])


def bring(register: Register, tmp_path: Path, *rows: Mapping[str, Any]) -> list[CaseFile]:
    import_ledger(register, ledger(tmp_path / "台账.xlsx", *rows))
    return list(every_case(register))


def grid(path: Path) -> list[list[Any]]:
    if path.suffix == ".csv":
        return [[path.read_bytes()]]
    return [
        [c.value for c in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()
    ]
