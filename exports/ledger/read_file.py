"""Reading a ledger file: .xlsx or .csv, from anyone's hands, to rows of plain cells."""

from __future__ import annotations

import codecs
import contextlib
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from db.errors import NotFound, Unreadable, plain_fault
from db.words.text import fold, one_line
from exports.ledger.columns import COLUMNS, DERIVED, MOST_FAULTS, REQUIRED, Fault
from exports.spreadsheet.book_parts import MOST_KEPT
from exports.spreadsheet.cells import unguard
from exports.spreadsheet.read_book import (
    MOST_COLUMNS,
    MOST_IN_CELL,
    Book,
    Cells,
    NoValue,
)

MOST_ROWS = 100_000
"""Of one file: what understanding them takes grows with them."""
_LARGEST_CSV = 256 << 20
_CHUNK = 1 << 20
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row: its number in the sheet (the heading is 1), and what it holds under which names."""

    row: int
    names: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def cells(self) -> dict[str, Any]:
        return dict(zip(self.names, self.values, strict=True))


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
    if path.suffix.lower() == ".csv":
        return _named_rows(path.stem, _csv_rows(path))
    return _xlsx_rows(path)


def _csv_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    try:
        encoding = _encoding(path)
        csv.field_size_limit(MOST_IN_CELL)
        kept = 0
        with path.open(encoding=encoding, newline="") as file:
            for number, row in enumerate(csv.reader(_lines(path, file), strict=True), 1):
                if len(row) > MOST_COLUMNS:
                    raise Unreadable(
                        f"{path} 第{number}行超过{MOST_COLUMNS}列，不像台账；没有导入。"
                    )
                cells = {place: unguard(text) for place, text in enumerate(row) if text.strip()}
                kept += sum(map(sys.getsizeof, cells.values()))
                if kept > MOST_KEPT:
                    raise Unreadable(f"{path} 的文字过多；请分成几个文件导入。")
                yield number, cells
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
    except (csv.Error, UnicodeError) as fault:
        raise Unreadable(f"{path} 不是完好的 CSV；请另存为 .xlsx 后再导入。") from fault


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    """The lines of a text, none of them endless."""
    while line := file.readline(MOST_IN_CELL):
        if len(line) == MOST_IN_CELL:
            raise Unreadable(f"{path} 里有一行文字过长，不像台账；没有导入。")
        yield line


def _encoding(path: Path) -> str:
    """The encoding a text is written in, tried piece by piece.

    Raises:
        Unreadable: the file is too large, or it is in none of those known.
        OSError: it cannot be read.
    """
    if path.stat().st_size > _LARGEST_CSV:
        raise Unreadable(f"{path} 过大；请分成几个文件导入。")
    with path.open("rb") as file:
        marked = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
        for encoding in ("utf-16",) if marked else _ENCODINGS:
            file.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while piece := file.read(_CHUNK):
                    if "\0" in decoder.decode(piece):
                        break
                else:
                    decoder.decode(b"", final=True)
                    return encoding
            except UnicodeDecodeError:
                continue
    raise Unreadable(f"{path} 的文字编码看不懂；请另存为 UTF-8 的 CSV，或 .xlsx。")


def _xlsx_rows(path: Path) -> LedgerFile:
    try:
        with contextlib.closing(Book(path)) as book:
            sheet = book.sheets[0]
            return _named_rows(sheet.title, book.rows(sheet))
    except Unreadable:
        raise
    except Exception as fault:  # a damaged file breaks its readers in more ways than they document
        if isinstance(fault, OSError) and fault.errno is not None:
            raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
        raise Unreadable(
            f"{path} 不是完好的 .xlsx 文件（{type(fault).__name__}）；"
            "请用表格软件打开，另存为 .xlsx 后再导入。"
        ) from None


def _named_rows(sheet: str, rows: Iterator[tuple[int, Cells]]) -> LedgerFile:
    first, heading = next(rows, (1, {}))
    if first != 1:
        rows, heading = chain([(first, heading)], rows), {}
    names = {place: _column(cell) for place, cell in heading.items()}
    faults = _heading_faults(sheet, names.values())
    faults += [
        Fault(sheet, 1, f"第{place + 1}列", cell.shown, cell.reason)
        for place, cell in heading.items()
        if isinstance(cell, NoValue)
    ]
    found: list[LedgerRow] = []
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # most rows fill the same columns
    for number, row in rows:
        cells: dict[str, Any] = {}
        held = False
        for place, cell in row.items():
            if _empty(cell):
                continue
            held = True
            name = names.get(place)
            if not name:
                faults.append(
                    Fault(sheet, number, f"第{place + 1}列", "", "有内容，却没有列名；请补上列名。")
                )
            elif isinstance(cell, NoValue):
                if name not in DERIVED:
                    faults.append(Fault(sheet, number, name, cell.shown, cell.reason))
            else:
                cells[name] = cell
        if not held:
            continue
        if len(found) >= MOST_ROWS:
            raise Unreadable(f"“{sheet}”超过{MOST_ROWS}行；请分成几个文件导入。")
        if len(faults) >= MOST_FAULTS:
            break
        filled = tuple(cells)
        found.append(LedgerRow(number, alike.setdefault(filled, filled), tuple(cells.values())))
    return LedgerFile(sheet, found, faults)


def _empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


_KNOWN = {fold(name): name for name in (*COLUMNS, *DERIVED)}


def _column(cell: Any) -> str:
    """A heading as the ledger names it: blanks, full-width forms and the required mark dropped."""
    if _empty(cell) or isinstance(cell, NoValue):
        return ""
    text = one_line(str(cell)).strip()
    return _KNOWN.get(fold(text).strip("*"), text)


def _heading_faults(sheet: str, names: Iterable[str]) -> list[Fault]:
    counted = Counter(filter(None, names))
    faults = [
        Fault(sheet, 1, name, "", "缺少这一列；它是必填的。")
        for name in REQUIRED
        if name not in counted
    ]
    faults += [
        Fault(sheet, 1, name, "", "这一列出现了不止一次；请删去重复的列。")
        for name, times in sorted(counted.items())
        if times > 1
    ]
    return faults
