"""Case ledgers as spreadsheets hold them, and what an import makes of them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl

from db.cases.case_file import CaseFile
from db.storage.register import Register
from exports.ledger.columns import REQUIRED
from exports.ledger.faults import Fault
from exports.ledger.heading import find_heading
from exports.ledger.importing import import_ledger
from exports.ledger.read_file import open_rows
from exports.ledger.taught import NOTHING
from exports.spreadsheet.read_book import NoValue
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


DISPUTE: Mapping[str, Any] = {"所涉旧件": "旧件", "类别": "行政复议", "提起日期": "2025-04-01"}


def with_disputes(path: Path, *rows: Mapping[str, Any], title: str = "复议诉讼") -> Path:
    """A ledger that is there, with a second sheet of what the rows name."""
    book = openpyxl.load_workbook(path)
    names = list(dict.fromkeys([*DISPUTE, *(name for row in rows for name in row)]))
    sheet = book.create_sheet(title)
    sheet.append(names)
    for row in rows:
        told = {**DISPUTE, **({"所涉旧件": None} if "申请编号" in row else {}), **row}
        sheet.append([told.get(name) for name in names])
    book.save(path)
    return path


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADING = "".join(
    [
        '<row r="1">',
        *(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ROW),
        "</row>",
    ]
)
"""The heading of a ledger, as XML."""


@dataclass(frozen=True)
class Parts:
    """The parts of an .xlsx written by hand: the rows of its sheet, its shared texts, its styles."""

    sheet: str
    strings: str = "<sst/>"
    styles: str = "<styleSheet/>"
    before: str = ""
    root: str = ""
    since_1904: bool = False
    packing: int = zipfile.ZIP_DEFLATED
    encoding: str = "utf-8"

    def utf16(self) -> Parts:
        return replace(self, encoding="utf-16")


def written(path: Path, parts: Parts) -> Path:
    kinds = (
        {"officeDocument": "xl/workbook.xml"},
        {
            "worksheet": "worksheets/sheet1.xml",
            "sharedStrings": "/xl/sharedStrings.xml",
            "styles": "styles.xml",
        },
    )
    first, others = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for kind, target in listed.items()
        )
        + "</Relationships>"
        for listed in kinds
    )
    sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{sheets}.{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("sharedStrings", "sharedStrings"),
            ("styles", "styles"),
        )
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{space}">{types}</Types>',
        "_rels/.rels": first,
        "xl/_rels/workbook.xml.rels": others,
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(parts.since_1904)}"/>'
        '<sheets><sheet name="台账" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/styles.xml": parts.styles.replace("<styleSheet", f"<styleSheet {_MAIN}"),
        "xl/sharedStrings.xml": parts.strings.replace("<sst", f"<sst {_MAIN}"),
        "xl/worksheets/sheet1.xml": f"{parts.before}<worksheet {_MAIN}{parts.root}>"
        f"<sheetData>{parts.sheet}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", parts.packing) as archive:
        for name, text in texts.items():
            archive.writestr(name, text.encode(parts.encoding))
    return path


def bring(register: Register, tmp_path: Path, *rows: Mapping[str, Any]) -> list[CaseFile]:
    import_ledger(register, ledger(tmp_path / "台账.xlsx", *rows), again=True)
    return list(every_case(register))


def grid(path: Path, sheet: int = 0) -> list[list[Any]]:
    if path.suffix == ".csv":
        return [[path.read_bytes()]]
    return [
        [c.value for c in row] for row in openpyxl.load_workbook(path).worksheets[sheet].iter_rows()
    ]


def read_ledger(path: Path) -> tuple[list[tuple[int, dict[str, Any]]], tuple[Fault, ...]]:
    """What the rows under a ledger's heading hold, and the faults of what cannot be read."""
    sheet, rows = open_rows(path)
    heading, rows = find_heading(sheet, rows, NOTHING)
    names = {column.place: column.means for column in heading.columns}
    read, faults = [], [*heading.faults]
    for number, cells in rows:
        held = {str(names.get(place)): cell for place, cell in cells.items()}
        faults += [
            Fault(sheet, number, name, cell.shown, cell.reason)
            for name, cell in held.items()
            if isinstance(cell, NoValue)
        ]
        read.append((number, {n: c for n, c in held.items() if not isinstance(c, NoValue)}))
    return read, tuple(faults)
