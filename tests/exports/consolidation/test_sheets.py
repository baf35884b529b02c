"""What of a workbook is read: what is shown, each figure without its footnote digit."""

from __future__ import annotations

from pathlib import Path
from random import Random

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from exports.consolidation.understanding import read_report
from tests.support.messy_reports import Mess, draft
from tests.support.office_pages import sample
from tests.support.report_writers import WRITERS
from tests.support.spreadsheets import load_workbook

PLAIN, RAISED, STRUCK = (
    InlineFont(),
    InlineFont(vertAlign="superscript"),
    InlineFont(strike=True),
)


def test_what_is_shown_is_read_and_what_is_hidden_is_told(tmp_path: Path) -> None:
    true = sample()
    path = WRITERS["xlsx"](draft(true, Mess(Random(3))), tmp_path)
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value) == "36":
                    cell.value = CellRichText(TextBlock(PLAIN, "36"), TextBlock(RAISED, "1"))
                elif str(cell.value) == "13":
                    cell.value = CellRichText(TextBlock(STRUCK, "12"), TextBlock(PLAIN, "13"))
    requests, row = next(
        (sheet, cell.row)
        for sheet in book.worksheets
        for cells in sheet.iter_rows()
        for cell in cells
        if "属于国家秘密" in str(cell.value)
    )
    old = book.copy_worksheet(requests)
    old.title, old.sheet_state = "去年", "hidden"
    requests.row_dimensions[row].hidden = True
    requests.cell(row + 1, 26).value = 7
    requests.column_dimensions["Z"].hidden = True
    book.save(path)
    read = read_report(path, 2024)
    assert read.requests is not None
    assert read.requests["1"] == true.requests["1"]
    assert read.requests["3.1"] == (*true.requests["3.1"][:6], None)
    assert read.requests["3.3.1"] == (None,) * 7
    assert [remark.text for remark in read.remarks if remark.rule == "hidden"] == [
        f"“{requests.title}”第{row}行、“{requests.title}”Z列、工作表“去年”是隐藏的，没有读；"
        "如果要算，请取消隐藏后重新报送。"
    ]
