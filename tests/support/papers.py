"""What the tests of the report's papers share: tables read back from each kind, as a stranger would."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx

from tests.support.spreadsheets import load_workbook

Grid = list[list[Any]]
"""A table without merged cells: each position holds what covers it."""

SHEETS = ("主动公开", "申请办理", "复议诉讼")
_ABOVE, _FIGURES_ROW = 2, 6  # rows over the tables, and the figures of 复议诉讼
_TALLEST = 100


def document_tables(path: Path) -> list[Grid]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(str(path)).tables
    ]


def document_lines(path: Path) -> list[str]:
    """Every paragraph outside the tables."""
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


class Page(HTMLParser):
    """A page taken apart: its tables, its paragraphs and headings, every tag with what it says."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[Grid] = []
        self.lines: list[str] = []
        self.open: list[str] = []
        self._rows: list[dict[int, str]] = []
        self._row = -1
        self._said: str | None = None
        self._span = (1, 1)
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append((tag, told))
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag == "table":
            self._rows, self._row = [{} for _ in range(_TALLEST)], -1
        elif tag == "tr":
            self._row += 1
        elif tag in ("td", "th", "p", "h1", "h2", "h3"):
            self._said = ""
            self._span = (int(told.get("rowspan") or 1), int(told.get("colspan") or 1))

    def handle_data(self, data: str) -> None:
        if self._said is not None:
            self._said += data

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in ("td", "th"):
            row = self._rows[self._row]
            first = next(place for place in range(_TALLEST) if place not in row)
            for down in range(self._span[0]):
                for across in range(self._span[1]):
                    self._rows[self._row + down][first + across] = self._said or ""
            self._said = None
        elif tag in ("p", "h1", "h2", "h3"):
            self.lines.append(self._said or "")
            self._said = None
        elif tag == "table":
            rows = self._rows[: self._row + 1]
            self.tables.append([[row[place] for place in sorted(row)] for row in rows])


def workbook_tables(path: Path) -> list[Grid]:
    """The three tables of the workbook, without the heading above and the list below them."""
    book = load_workbook(path)
    grids: list[Grid] = []
    for name in SHEETS:
        sheet = book[name]
        last = _FIGURES_ROW if name == SHEETS[2] else sheet.max_row
        values = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=last)]
        for merged in sheet.merged_cells.ranges:
            for row, column in merged.cells:
                if row <= last:
                    values[row - 1][column - 1] = sheet.cell(merged.min_row, merged.min_col).value
        grids.append(values[_ABOVE:])
    return grids
