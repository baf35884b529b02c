"""A workbook from a stranger's hands, row by row and within bounds.

openpyxl makes a row of every number that is left out and a cell of every one that is only formatted,
and holds all texts of all sheets: a file of a few kilobytes takes it minutes and gigabytes. Here only
what a cell holds is made; what numbers and formats mean is asked of openpyxl.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from db.errors import Unreadable
from exports.spreadsheet.archive import Archive

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""Of a sheet, in any spreadsheet program."""
MOST_IN_CELL = 4_000_000
MOST_KEPT = 160 << 20
"""Bytes of memory for the texts of a file."""

Cells = Mapping[int, Any]
"""What the cells of a row hold, by their column counted from 0; empty ones are left out."""


@dataclass(frozen=True, slots=True)
class NoValue:
    """In the place of a cell that is not empty and has no value all the same."""

    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    part: str


class Book:
    """An open .xlsx. Whoever reads it turns what a damaged file provokes into a sentence."""

    def __init__(self, path: Path) -> None:
        self._archive = Archive(path)
        try:
            main = self._related("").one("officeDocument") or "xl/workbook.xml"
            self._parts = self._related(main)
            listed = self._all_of(main, _Listed())
        except BaseException:
            self.close()
            raise
        found = ((title, self._parts.by_id.get(key, "")) for title, key in listed.sheets)
        self.sheets = [Sheet(title, part) for title, part in found if part in self._archive.names]
        self._since_1904 = listed.since_1904

    def close(self) -> None:
        self._archive.close()

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, Cells]]:
        """The rows that hold something, each with its number (the first is 1), from top to bottom."""
        strings, styles = self._parts.one("sharedStrings"), self._parts.one("styles")
        texts = self._all_of(strings, _Texts(self._archive.path)).texts if strings else []
        dates = self._all_of(styles, _Styles(self._archive.path)).dates() if styles else {}
        told = _Rows(self._archive.path, sheet.title, texts, _Numbers(dates, self._since_1904))
        for _ in self._archive.read(sheet.part, told, _without_empty_cells):
            yield from told.rows
            told.rows.clear()

    def _related(self, part: str) -> _Related:
        folder, name = posixpath.split(part)
        told = _Related(folder)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        return self._all_of(listed, told) if listed in self._archive.names else told

    def _all_of(self, part: str, reader: Any) -> Any:
        for _ in self._archive.read(part, reader):
            pass
        return reader


def _names(text: str) -> dict[str, str]:
    spaces = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    return {f"{space} {name}": name for space in spaces for name in text.split()}


class _Reader:
    names: ClassVar[Mapping[str, str]] = {}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, said: str) -> None:
        """A piece of what stands in it."""


class _Related(_Reader):
    """The parts that a part names: by id, and by the last word of their kind."""

    names: ClassVar[Mapping[str, str]] = {
        "http://schemas.openxmlformats.org/package/2006/relationships Relationship": ""
    }

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.by_id: dict[str, str] = {}
        self._by_kind: dict[str, str] = {}

    def start(self, _: str, given: Mapping[str, str]) -> None:
        if given.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", self.folder, given.get("Target", "")))
        kind = given.get("Type", "").rpartition("/")[2]
        if kind == "worksheet":
            self.by_id[given.get("Id", "")] = target[1:]
        self._by_kind.setdefault(kind, target[1:])

    def one(self, kind: str) -> str | None:
        return self._by_kind.get(kind)


class _Listed(_Reader):
    """The sheets of a workbook, in their order, and from which year its days count."""

    names: ClassVar[Mapping[str, str]] = _names("sheet workbookPr")

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = given.get("date1904") in ("1", "true")
        else:
            key = next((value for name, value in given.items() if name.endswith(" id")), "")
            self.sheets.append((given.get("name", ""), key))


class _Styles(_Reader):
    """Which of the styles of cells show a number as a date (False) or a duration (True)."""

    names: ClassVar[Mapping[str, str]] = _names("numFmt cellXfs xf")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._formats: dict[str, str] = {}
        self._used: list[str] = []
        self._of_cells = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._formats[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "cellXfs":
            self._of_cells = True
        elif self._of_cells:
            if len(self._used) >= _MOST_STYLES:
                raise Unreadable(f"{self._path} 的单元格格式过多，不像台账；没有导入。")
            self._used.append(given.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False

    def dates(self) -> dict[str, bool]:
        from openpyxl.styles.numbers import (
            builtin_format_code,
            is_date_format,
            is_timedelta_format,
        )

        found: dict[str, bool | None] = {}
        for key in set(self._used):
            code = self._formats.get(key) or builtin_format_code(int(key)) or ""
            dated = is_date_format(code) or int(key) in _CHINESE_DATES
            found[key] = is_timedelta_format(code) if dated else None
        styles = ((str(style), found[key]) for style, key in enumerate(self._used))
        return {style: duration for style, duration in styles if duration is not None}


_MOST_STYLES = 200_000  # spreadsheet programs have 65,490
_CHINESE_DATES = {*range(27, 37), *range(50, 59)}
"""Formats that a Chinese Excel has built in, such as 31: 2024年3月5日 (ECMA-376, 18.8.30)."""


class _Numbers:
    """What the number of a cell is, in its style: a number, a day, a time."""

    def __init__(self, dates: Mapping[str, bool], since_1904: bool) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        self._dates, self._from_excel = dates, from_excel
        self._epoch: datetime = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900

    def value(self, text: str, style: str) -> Any:
        """
        Raises:
            ValueError, OverflowError: it is none.
        """
        number: int | float
        if len(text) > _LONGEST_NUMBER:
            raise OverflowError
        if "." in text or "e" in text or "E" in text:
            number = float(text)
            if number - number != 0:
                raise OverflowError  # 1e999
        else:
            number = int(text)
        if style not in self._dates:
            return number
        return self._from_excel(number, self._epoch, timedelta=self._dates[style])


_LONGEST_NUMBER = 40
"""Signs of a number; programs write 17 digits, and at most an exponent."""


class _Texts(_Reader):
    """The texts that cells of several sheets share."""

    names: ClassVar[Mapping[str, str]] = _names("si t rPh")

    def __init__(self, path: Path) -> None:
        self.path = path
        self.texts: list[str] = []
        self._said: list[str] = []
        self._taking = False
        self._aside = False
        self._kept = 0

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "t":
            self._taking = not self._aside
        elif name == "rPh":  # how it is read aloud
            self._aside = True
        else:
            self._said = []

    def end(self, name: str) -> None:
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._aside = False
        else:
            text = _unescaped("".join(self._said))
            self._kept += sys.getsizeof(text)
            if self._kept > MOST_KEPT:
                raise Unreadable(f"{self.path} 的文字过多；请分成几个文件导入。")
            self.texts.append(text)

    def text(self, said: str) -> None:
        if self._taking:
            self._said.append(said)
            self._kept += len(said)  # however much stands in one


def _unescaped(text: str) -> str:
    return text.replace("x005F_", "") if "x005F_" in text else text


_EMPTY_CELLS = re.compile(
    rb'(?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")? ?/>)+(?=<c r=|</row>)'
)


def _without_empty_cells(piece: bytes) -> bytes:
    """Most cells of a sheet that was formatted whole are empty: gone before they are looked at.

    Those stay that another follows which does not say its place.
    """
    return _EMPTY_CELLS.sub(b"", piece)


class _Rows(_Reader):
    """The rows of a sheet, as far as they have been told."""

    names: ClassVar[Mapping[str, str]] = _names("row c v f is t rPh")

    def __init__(self, path: Path, sheet: str, texts: list[str], numbers: _Numbers) -> None:
        self.rows: list[tuple[int, Cells]] = []
        self._path, self._sheet = path, sheet
        self._texts, self._numbers = texts, numbers
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._cells: dict[int, Any] | None = None  # of the row that is open
        self._kept = 0
        self._forget()

    def _forget(self) -> None:
        self._kind = self._style = ""
        self._value = ""
        self._said: list[str] | None = None  # what the open `v` or `t` says
        self._length = 0
        self._inline: list[str] = []
        self._formula = self._aside = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "c":
            self._forget()
            self._kind, self._style = given.get("t", "n"), given.get("s", "0")
            self._column = self._place(given["r"]) if "r" in given else self._column + 1
        elif name in ("v", "t"):
            self._said = []
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside = True
        elif name == "row":
            self._open_row(given.get("r"))

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            said = "".join(self._said or ())
            self._said = None
            if name == "v":
                self._value = said
            elif not self._aside:
                self._inline.append(said)
        elif name == "c":
            self._close_cell()
        elif name == "rPh":
            self._aside = False
        elif name == "row" and self._cells is not None:
            if self._cells:
                self.rows.append((self._row, self._cells))
            self._cells = None

    def text(self, said: str) -> None:
        if self._said is not None:
            self._said.append(said)
            self._length += len(said)
            if self._length > MOST_IN_CELL:
                raise Unreadable(f"“{self._sheet}”第{self._row}行有一格的文字过长；没有导入。")

    def _open_row(self, given: str | None) -> None:
        row = int(float(given)) if given is not None else self._row + 1
        if row > MOST_ROWS:
            raise Unreadable(
                f"“{self._sheet}”写着第{row}行，超出表格的{MOST_ROWS}行，不像台账；没有导入。"
            )
        if row <= self._row:
            raise Unreadable(
                f"“{self._sheet}”第{self._row}行后面写着第{row}行，已经损坏；"
                "请用表格软件打开，另存为 .xlsx 后再导入。"
            )
        self._row, self._column, self._cells = row, -1, {}

    def _place(self, coordinate: str) -> int:
        letters = coordinate.rstrip("0123456789")
        place = self._columns.get(letters)
        if place is None:
            from openpyxl.utils import column_index_from_string

            place = column_index_from_string(letters) - 1
            self._columns[letters] = place
        return place

    def _close_cell(self) -> None:
        if self._cells is None:
            return  # in no row
        if self._column >= MOST_COLUMNS:
            raise Unreadable(
                f"“{self._sheet}”第{self._row}行超出表格的{MOST_COLUMNS}列，不像台账；没有导入。"
            )
        try:
            value = self._held()
        except (ValueError, IndexError, OverflowError):
            value = NoValue(self._value[:40], "读不懂；请在表格软件里重新填写这一格。")
        if value is None or value == "":
            return
        shared = self._kind == "s" and isinstance(value, str)
        self._kept += len(value) if shared else sys.getsizeof(value)
        if self._kept > MOST_KEPT:
            raise Unreadable(f"“{self._sheet}”的文字过多；请分成几个文件导入。")
        self._cells[self._column] = value

    def _held(self) -> Any:
        """What the cell holds; a formula nobody has computed is no blank, nor is an error."""
        kind, value = self._kind, self._value
        if kind == "e":
            return NoValue(value, "是公式算出的错误；请在表格软件里改正后再导入。")
        if kind == "inlineStr":
            value = "".join(self._inline)
        if not value:
            if self._formula and kind != "str":
                return NoValue("", "是公式，没有算出的值；请用表格软件打开并保存后再导入。")
            return None
        if kind == "s":
            return self._texts[int(value)]
        if kind == "n":
            return self._numbers.value(value, self._style)
        if kind == "b":
            return bool(int(value))
        if kind == "d":
            from openpyxl.utils.datetime import from_ISO8601

            return from_ISO8601(value)  # type: ignore[no-untyped-call]
        return value
