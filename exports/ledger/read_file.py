"""Reading a ledger file: .xlsx or .csv, from anyone's hands, to rows of plain cells."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.errors import NotFound, Unreadable, plain_fault
from db.words.text import fold, one_line
from exports.ledger.columns import COLUMNS, DERIVED, REQUIRED, Fault
from exports.spreadsheet.cells import unguard

MOST_BYTES = 1 << 30
"""An .xlsx that unpacks to more is refused: no ledger is that large."""
MOST_ROWS = 500_000
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row: its number in the sheet (the heading is 1) and its cells by column name."""

    row: int
    cells: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger's first sheet; `faults` are those of its heading."""

    sheet: str
    rows: list[LedgerRow]
    faults: list[Fault]


def read_ledger(path: Path) -> LedgerFile:
    """Read the first sheet of a ledger file; rows that are wholly empty are passed over.

    Raises:
        NotFound: there is no such file.
        Unreadable: it is neither .xlsx nor .csv, damaged, too large, or in an unknown encoding.
    """
    try:
        found = path.is_file()
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
    if not found:
        raise NotFound(f"没有找到文件 {path}；请核对路径。")
    if path.suffix.lower() not in (".csv", ".xlsx", ".xlsm"):
        raise Unreadable(f"{path} 不是 .xlsx 或 .csv；请在表格软件里另存为 .xlsx 后再导入。")
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _named_rows(path.stem, _csv_rows(path))
    return _xlsx_rows(path)


def _csv_rows(path: Path) -> Iterator[Sequence[Any]]:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"{path} 过大；请分成几个文件导入。")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        try:
            csv.field_size_limit(max(csv.field_size_limit(), MOST_BYTES))
            for row in csv.reader(io.StringIO(text, newline=""), strict=True):
                yield [unguard(cell) for cell in row]
        except csv.Error as fault:
            raise Unreadable(f"{path} 不是完好的 CSV；请另存为 .xlsx 后再导入。") from fault
        return
    raise Unreadable(f"{path} 的文字编码看不懂；请另存为 UTF-8 的 CSV，或 .xlsx。")


def _xlsx_rows(path: Path) -> LedgerFile:
    import openpyxl

    try:
        _refuse_bomb(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl says of styles it drops
            if _holds_formulas(path):  # else one reading is enough
                return _computed_rows(path)
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            with contextlib.closing(book):
                sheet = book.worksheets[0]
                sheet.reset_dimensions()
                return _named_rows(sheet.title, sheet.iter_rows(values_only=True))
    except Unreadable:
        raise
    except Exception as fault:  # a damaged file breaks the reader in more ways than it documents
        if isinstance(fault, OSError) and fault.errno is not None:  # else openpyxl's own
            raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
        raise Unreadable(
            f"{path} 不是完好的 .xlsx 文件（{type(fault).__name__}）；"
            "请用表格软件打开，另存为 .xlsx 后再导入。"
        ) from None


def _refuse_bomb(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise Unreadable(f"{path} 展开后过大，不像台账；没有导入。")


@dataclass(frozen=True, slots=True)
class _NoValue:
    """In the place of a cell that is not empty and has no value all the same."""

    shown: str
    reason: str


_FORMULA = re.compile(rb"""<(?:\w+:)?f[\s/>]|\st=["']e["']""")
_CHUNK = 1 << 20


def _holds_formulas(path: Path) -> bool:
    """Whether any sheet has a formula, or an error left of one."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "sheet" not in name.lower() or not name.endswith(".xml"):
                continue
            before = b""
            with archive.open(name) as part:
                while chunk := part.read(_CHUNK):
                    if _FORMULA.search(before + chunk):
                        return True
                    before = chunk[-20:]
    return False


def _computed_rows(path: Path) -> LedgerFile:
    """The first sheet, read twice side by side: what the cells show, and which are formulas."""
    import openpyxl

    with contextlib.ExitStack() as stack:
        sheets: list[Any] = []
        for data_only in (True, False):
            book = openpyxl.load_workbook(path, read_only=True, data_only=data_only)
            stack.enter_context(contextlib.closing(book))
            sheets.append(book.worksheets[0])
            sheets[-1].reset_dimensions()
        rows = zip(*(sheet.iter_rows() for sheet in sheets), strict=True)
        return _named_rows(sheets[0].title, (list(map(_computed, *row)) for row in rows))


def _computed(shown: Any, told: Any) -> Any:
    """What a cell shows; a formula nobody has computed shows nothing, not even an empty text."""
    if shown.data_type == "e":
        return _NoValue(str(shown.value), "是公式算出的错误；请在表格软件里改正后再导入。")
    if shown.value is None and told.data_type == "f" and shown.data_type != "str":
        return _NoValue("", "是公式，没有算出的值；请用表格软件打开并保存后再导入。")
    return shown.value


def _named_rows(sheet: str, rows: Iterator[Sequence[Any]]) -> LedgerFile:
    heading = list(next(rows, ()))
    while heading and _empty(heading[-1]):
        heading.pop()
    names = [_column(cell) for cell in heading]
    faults = _heading_faults(sheet, names)
    faults += [
        Fault(sheet, 1, f"第{place}列", cell.shown, cell.reason)
        for place, cell in enumerate(heading, start=1)
        if isinstance(cell, _NoValue)
    ]
    found: list[LedgerRow] = []
    for number, row in enumerate(rows, start=2):
        if all(_empty(cell) for cell in row):
            continue
        if len(found) >= MOST_ROWS:
            raise Unreadable(f"“{sheet}”超过{MOST_ROWS}行；请分成几个文件导入。")
        cells: dict[str, Any] = {}
        for place, cell in enumerate(row):
            if _empty(cell):
                continue
            if place >= len(names) or not names[place]:
                faults.append(
                    Fault(sheet, number, f"第{place + 1}列", "", "有内容，却没有列名；请补上列名。")
                )
            elif isinstance(cell, _NoValue):
                if names[place] not in DERIVED:
                    faults.append(Fault(sheet, number, names[place], cell.shown, cell.reason))
            else:
                cells[names[place]] = cell
        found.append(LedgerRow(number, cells))
    return LedgerFile(sheet, found, faults)


def _empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


_KNOWN = {fold(name): name for name in (*COLUMNS, *DERIVED)}


def _column(cell: Any) -> str:
    """A heading as the ledger names it: blanks, full-width forms and the required mark dropped."""
    if _empty(cell) or isinstance(cell, _NoValue):
        return ""
    text = one_line(str(cell)).strip()
    return _KNOWN.get(fold(text).strip("*"), text)


def _heading_faults(sheet: str, names: Sequence[str]) -> list[Fault]:
    faults = [
        Fault(sheet, 1, name, "", "缺少这一列；它是必填的。")
        for name in REQUIRED
        if name not in names
    ]
    faults += [
        Fault(sheet, 1, name, "", "这一列出现了不止一次；请删去重复的列。")
        for name in sorted({name for name in names if name and names.count(name) > 1})
    ]
    return faults
