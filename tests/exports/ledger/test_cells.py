"""The cells of a ledger as a spreadsheet: what one holds, and what it could be taken for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.errors import BadValue
from db.storage.register import Register
from exports.ledger.columns import HEADINGS
from exports.ledger.write_file import write_ledger
from tests.support.at_once import add_organ, new_case
from tests.support.cases import received


def test_a_cell_is_measured_as_the_spreadsheet_does(register: Register, tmp_path: Path) -> None:
    add_organ(register, "青川县人民政府办公室")
    new_case(register, received(date(2026, 3, 2), "张三", "𠀀" * 20_000))
    with pytest.raises(BadValue, match="放不下"):
        write_ledger(register, tmp_path / "ledger.xlsx")
    assert not list(tmp_path.glob("*ledger*"))


@pytest.mark.parametrize("said", ["#N/A", "=1+1", "@sum", "-3", "+4", "＝1+1", "＠sum"])
def test_a_text_stays_a_text(register: Register, tmp_path: Path, said: str) -> None:
    add_organ(register, "青川县人民政府办公室")
    new_case(register, received(date(2026, 3, 2), "张三", said))
    write_ledger(register, tmp_path / "ledger.xlsx")
    sheet = load_workbook(tmp_path / "ledger.xlsx").active
    assert sheet is not None
    cell = sheet.cell(2, HEADINGS.index("申请内容") + 1)
    assert (cell.value, cell.data_type) == (said, "s")
