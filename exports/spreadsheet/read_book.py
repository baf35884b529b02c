"""A workbook from a stranger's hands, row by row and within bounds.

openpyxl makes a row of every number that is left out and a cell of every one that is only formatted,
and holds all texts of all sheets: a file of a few kilobytes takes it minutes and gigabytes. Here only
what a cell holds is made; what numbers and formats mean is asked of openpyxl.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from db.errors import Unreadable
from exports.spreadsheet.archive import Archive
from exports.spreadsheet.at_sight import AtSight, Cell
from exports.spreadsheet.book_parts import (
    MOST_KEPT,
    Listed,
    Marks,
    Numbers,
    PartReader,
    Related,
    Repeated,
    Runs,
    Styles,
    Texts,
    names_of,
)
from exports.spreadsheet.merged import MERGED, MOST_MERGES, Filling, downward

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
"""Of a sheet, in any spreadsheet program."""
MOST_IN_CELL = 4_000_000

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
    hidden: bool = False


@dataclass(slots=True)
class Hidden:
    """The rows and columns of a sheet that nobody sees: known once its rows were told."""

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last, counted from 0."""

    def column(self, place: int) -> bool:
        return any(first <= place <= last for first, last in self.columns)


class Book:
    """An open .xlsx. Whoever reads it turns what a damaged file provokes into a sentence.

    With `marks` its texts say what in them is set raised or struck through.
    """

    def __init__(self, path: Path, marks: Marks | None = None) -> None:
        self._archive, self._marks = Archive(path), marks
        try:
            main = self._related("").one("officeDocument") or "xl/workbook.xml"
            self._parts = self._related(main)
            listed = self._all_of(main, Listed())
        except BaseException:
            self.close()
            raise
        found = (
            Sheet(title, self._parts.by_id.get(key, ""), key in listed.hidden)
            for title, key in listed.sheets
        )
        self.sheets = [sheet for sheet in found if sheet.part in self._archive.names]
        self._since_1904 = listed.since_1904

    def close(self) -> None:
        self._archive.close()

    def rows(self, sheet: Sheet, hidden: Hidden | None = None) -> Iterator[tuple[int, Cells]]:
        """The rows that hold something, each with its number (the first is 1), from top to bottom.

        Cells merged downwards say the same of every row they cover. What nobody sees is told as
        well; `hidden` learns of it.
        """
        numbers = Numbers(self._dates, self._since_1904)
        told = _Rows(
            self._archive.path, sheet.title, self._texts, numbers, self._marks, hidden or Hidden()
        )
        merges = downward(islice(self._archive.search(sheet.part, MERGED), MOST_MERGES))
        filling = Filling(merges)
        for _ in self._archive.read(sheet.part, told, _without_empty_cells, AtSight(told).rest):
            for row, cells in told.rows:
                filling.fill(row, cells)
                yield row, cells
            told.rows.clear()

    def blocks(self, sheet: Sheet) -> Iterator[tuple[int, int, int, int]]:
        """The merged blocks: first row and column, last row and column; columns from 0, rows from 1."""
        from openpyxl.utils import column_index_from_string

        for found in islice(self._archive.search(sheet.part, MERGED), MOST_MERGES):
            first, last = (column_index_from_string(found[at].decode()) - 1 for at in (1, 3))
            yield int(found[2]), first, int(found[4]), last

    def holds(self, sheet: Sheet) -> bool:
        """Whether anything but blanks stands in a sheet."""
        if next(self._archive.search(sheet.part, _VALUE), None) is None:
            return False
        return any(_is_told(cell) for _, row in self.rows(sheet) for cell in row.values())

    @cached_property
    def _texts(self) -> list[str]:
        strings = self._parts.one("sharedStrings")
        told = Texts(self._archive.path, self._marks)
        return self._all_of(strings, told).texts if strings else []

    @cached_property
    def _dates(self) -> Mapping[str, Any]:
        styles = self._parts.one("styles")
        return self._all_of(styles, Styles(self._archive.path)).dates() if styles else {}

    def _related(self, part: str) -> Related:
        folder, name = posixpath.split(part)
        told = Related(folder)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        return self._all_of(listed, told) if listed in self._archive.names else told

    def _all_of(self, part: str, reader: Any) -> Any:
        for _ in self._archive.read(part, reader):
            pass
        return reader


_YES = ("1", "true")
_VALUE = re.compile(rb"<\0?(?:(?:[A-Za-z0-9]\0?){1,20}:\0?)?[vt]\0?[ >]")
"""How what a cell holds begins; a sheet that is empty has nothing of the kind."""


def _is_told(cell: Any) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


_EMPTY_CELLS = re.compile(
    rb'(?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")? ?/>)+(?=<c r=|</row>)'
)


def _without_empty_cells(piece: bytes) -> bytes:
    """Most cells of a sheet that was formatted whole are empty: gone before they are looked at.

    Those stay that another follows which does not say its place.
    """
    return _EMPTY_CELLS.sub(b"", piece) if b"/><c" in piece or b"/></row>" in piece else piece


class _Rows(PartReader):
    """The rows of a sheet, as far as they have been told."""

    names: ClassVar[Mapping[str, str]] = names_of(
        "sheetData row c v f is t rPh r vertAlign strike col"
    )

    def __init__(
        self,
        path: Path,
        sheet: str,
        texts: list[str],
        numbers: Numbers,
        marks: Marks | None,
        hidden: Hidden,
    ) -> None:
        self._marks, self._runs, self._hidden = marks, Runs(marks), hidden
        self.rows: list[tuple[int, dict[int, Any]]] = []
        self._path, self._sheet = path, sheet
        self._texts, self._numbers = texts, numbers
        self._columns: dict[str, int] = {}
        self._places: dict[bytes, int] = {}
        self._known: dict[tuple[bytes, bytes], Any] = {}  # what a number is, by its style
        self.in_data = False
        self.longest = MOST_IN_CELL
        self._row = self._column = 0
        self._cells: dict[int, Any] | None = None  # of the row that is open
        self._kept = 0
        self._repeated = Repeated()
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
            if given.get("hidden") in _YES:
                self._hidden.rows.add(self._row)
        elif name == "is":
            self._runs = Runs(self._marks)
        elif name == "col":
            if given.get("hidden") in _YES and len(self._hidden.columns) < MOST_COLUMNS:
                self._hidden.columns.append((int(given["min"]) - 1, int(given["max"]) - 1))
        elif name == "sheetData":
            self.in_data = True
        elif name != "rPh":
            self._runs.start(name, given)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            said = "".join(self._said or ())
            self._said = None
            if name == "v":
                self._value = said
            elif not self._aside:
                self._inline.append(self._runs.marked(said))
        elif name == "c":
            self._close_cell()
        elif name == "rPh":
            self._aside = False
        elif name == "row":
            self._close_row()
        elif name == "sheetData":
            self.in_data = False

    def text(self, said: str) -> None:
        if self._said is not None:
            self._said.append(said)
            self._length += len(said)
            if self._length > MOST_IN_CELL:
                raise Unreadable(f"“{self._sheet}”第{self._row}行有一格的文字过长；没有导入。")

    def take(self, number: bytes, cells: Sequence[Cell], texts: Iterator[str]) -> None:
        self._open_row(number.decode())
        for letters, style, text, kind, said in cells:
            if not text and not said:
                continue
            place = self._places.get(letters)
            if place is None:
                place = self._places[letters] = self._place(letters.decode())
            self._column, self._kind = place, kind.decode() or "n"
            if text:
                self._keep(next(texts))
                continue
            value = self._known.get((style, said)) if kind != b"s" else None
            if value is None:
                self._value, self._style = said.decode(), style.decode() or "0"
                value = self._tried()
                if kind != b"s" and len(self._known) < Repeated.MOST:
                    self._known[style, said] = value
            self._keep(value)
        self._close_row()

    def _close_row(self) -> None:
        if self._cells:
            self.rows.append((self._row, self._cells))
        self._cells = None

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
        self._keep(self._tried())

    def _tried(self) -> Any:
        try:
            return self._held()
        except (ValueError, IndexError, OverflowError):
            return NoValue(self._value[:40], "无法识别；请在表格软件里重新填写这一格。")

    def _keep(self, value: Any) -> None:
        """Put what a cell holds into its row."""
        if self._column >= MOST_COLUMNS:
            raise Unreadable(
                f"“{self._sheet}”第{self._row}行超出表格的{MOST_COLUMNS}列，不像台账；没有导入。"
            )
        if value is None or value == "" or self._cells is None:
            return
        if self._kind == "s" and isinstance(value, str):
            self._kept += len(value)
        elif isinstance(value, str):
            value = self._repeated.one(value)
            self._kept += len(value) if self._repeated.met else sys.getsizeof(value)
        else:
            self._kept += sys.getsizeof(value)
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
