"""Rows of plain cells, read back as a spreadsheet program reads them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from exports.spreadsheet.plain_rows import PlainRows, Styles
from exports.spreadsheet.sheet import Book, Sheet
from exports.spreadsheet.styles import HEAD

TEXTS = (
    "张三 & <李四>",
    " 两端有空格 ",
    "两行\n两段\t格",
    "=1+1",
    "#N/A",
    "]]>",
    "“引号”\"'",
    "００１",
)


def test_a_row_reads_back_as_it_was_told(tmp_path: Path) -> None:
    with Book(tmp_path, None) as book:
        sheet = Sheet(book, "表", [10.0] * (len(TEXTS) + 3))
        sheet.append([sheet.cell(str(place), HEAD) for place in range(len(TEXTS) + 3)])
        sheet.append_plain([*TEXTS, date(2024, 3, 5), 20, None])
        sheet.append_plain(["末行", *[None] * (len(TEXTS) + 2)])
        book.save(tmp_path / "a.xlsx")
    _, told, last = load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows()
    assert [cell.value for cell in told] == [*TEXTS, datetime(2024, 3, 5), 20, None]
    assert last[0].value == "末行"
    formula = told[TEXTS.index("=1+1")]
    assert (formula.data_type, formula.quotePrefix) == ("s", True)
    assert told[len(TEXTS)].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize("text", ["\x01", "\ud800", "\uffff"])
def test_what_no_xml_file_may_hold_is_refused(text: str) -> None:
    with pytest.raises(IllegalCharacterError):
        PlainRows([Styles(0, 1, 2)]).row(1, [f"某{text}"])
