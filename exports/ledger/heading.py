"""The heading of a ledger: in which row it stands, and what its columns mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from db.calendar.dates import from_cell
from db.errors import BadValue
from db.words.text import fold, one_line
from exports.ledger.columns import CASES
from exports.ledger.faults import MISSING, Fault
from exports.ledger.layout import Layout
from exports.ledger.read_file import Rows
from exports.ledger.taught import LEFT_OUT, Taught
from exports.spreadsheet.read_book import Cells, NoValue

NO_NAME = "有内容，却没有列名"
"""How the reason begins when a cell stands in a column without a name."""
_LOOKED_AT = 20
"""Rows at the top among which the heading is looked for: titles and dates of making stand there."""
_ENOUGH = 2
"""Known names that make a row a heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its place (from 0), how it is headed, and which of the ledger's it is.

    `means` is empty for one that has no name, None for one that is not imported. What is `taken` for
    one of the ledger's, by a name that clerks use, may still be taught to be another.
    """

    place: int
    said: str
    means: str | None
    taken: bool = False
    layout: Layout = CASES

    @property
    def known(self) -> bool:
        return self.means is None or self.means in self.layout.headings


@dataclass(frozen=True, slots=True)
class Heading:
    """The row of the heading, its columns, and what is wrong with it."""

    row: int
    columns: tuple[Column, ...]
    faults: tuple[Fault, ...]
    layout: Layout = CASES

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns that are not there."""
        named = {column.means for column in self.columns}
        return tuple(name for name in self.layout.required if name not in named)


def find_heading(
    sheet: str, rows: Rows, taught: Taught, layout: Layout = CASES
) -> tuple[Heading, Rows]:
    """The heading of a sheet, and the rows under it.

    It is the first row, if that names all that must be there; else the one near the top that names
    most, two at least; else the one that looks most like it.
    """
    top: list[tuple[int, Cells]] = []
    best = 0
    while len(top) < _LOOKED_AT and (row := next(rows, None)) is not None:
        top.append(row)
        names = _known_names(row[1], taught, layout)
        if len(names) > max(best, _ENOUGH - 1):
            best, found = len(names), len(top) - 1
            if found == 0 and row[0] == 1 and names.issuperset(layout.required):
                break
    if not best:
        found = _looks_like_one(top)
        best = found + 1
    if not best:
        return _without_heading(sheet, top, rows, taught, layout)
    number, cells = top[found]
    return _heading(sheet, number, cells, taught, layout), chain(top[found + 1 :], rows)


def _without_heading(
    sheet: str, top: list[tuple[int, Cells]], rows: Rows, taught: Taught, layout: Layout
) -> tuple[Heading, Rows]:
    """The first row is taken for it, whatever it says."""
    first = top.pop(0)[1] if top and top[0][0] == 1 else {}
    return _heading(sheet, 1, first, taught, layout), chain(top, rows)


_WORDS_ENOUGH = 4
"""Texts that make a row look like a heading."""


def _looks_like_one(top: list[tuple[int, Cells]]) -> int:
    """The place of the row that holds most texts without a digit, and nothing else; -1 if none does.

    Rows of cases hold days and numbers, titles and names of groups few cells.
    """
    best, found = _WORDS_ENOUGH - 1, -1
    for place, (_, cells) in enumerate(top):
        said = [_said(cell) if isinstance(cell, str) else "0" for cell in cells.values()]
        words = {text for text in said if text}
        if len(words) > best and not any(_NO_NAME.search(text) for text in words):
            best, found = len(words), place
    return found


_NO_NAME = re.compile(r"[0-9]|.{21}")
"""A day, a number or a sentence heads no column."""


def _known_names(cells: Cells, taught: Taught, layout: Layout) -> set[str]:
    named = {_meaning(cell, place, taught, layout) for place, cell in cells.items()}
    return {name for name in named if name} & {*layout.headings}


def _heading(sheet: str, row: int, cells: Cells, taught: Taught, layout: Layout) -> Heading:
    columns = _usual_names(
        [
            Column(place, said, means, layout=layout)
            for place, cell in sorted(cells.items())
            if (said := _said(cell)) or isinstance(cell, NoValue)
            for means in (_meaning(cell, place, taught, layout),)
        ]
    )
    counted = Counter(column.means for column in columns if column.means)
    faults = [
        Fault(sheet, row, name, "", f"{MISSING}这一列；它是必填的。")
        for name in layout.required
        if name not in counted
    ]
    faults += [
        Fault(sheet, row, name, "", "这一列出现了不止一次；请删去重复的列。")
        for name, times in sorted(counted.items())
        if times > 1
    ]
    faults += [
        Fault(sheet, row, nameless(place), cell.shown, cell.reason)
        for place, cell in cells.items()
        if isinstance(cell, NoValue)
    ]
    return Heading(row, columns, tuple(faults), layout)


def _usual_names(columns: list[Column]) -> tuple[Column, ...]:
    """Each ledger column that is not named takes the first that is headed by a usual name for it."""
    named = {column.means for column in columns}
    told: list[Column] = []
    for column in columns:
        means = None if column.known else column.layout.meant(column.said)
        if means is not None and means not in named:
            named.add(means)
            told.append(replace(column, means=means, taken=True))
        else:
            told.append(column)
    return tuple(told)


def nameless(place: int) -> str:
    """How a column is called that has no name."""
    return f"第{place + 1}列"


def meaning_of_nameless(place: int, taught: Taught, layout: Layout) -> str | None:
    """Empty, and None if it was taught to leave the column out: it can be no other's place."""
    return None if taught.meaning(layout.heading, nameless(place)) == LEFT_OUT else ""


def _meaning(cell: Any, place: int, taught: Taught, layout: Layout) -> str | None:
    said = _said(cell)
    if not said:
        return meaning_of_nameless(place, taught, layout)
    known = layout.named(said)
    if known is not None:
        return known
    means = taught.meaning(layout.heading, said)
    return None if means == LEFT_OUT else means or said


def _said(cell: Any) -> str:
    if cell is None or isinstance(cell, NoValue):
        return ""
    return one_line(str(cell)).strip()


_NO_CASE = re.compile(r"合计|总计|共计|小计|总数|(制表|填表|审核|负责|说明|备注|注)\w{0,4}[:]")
"""How a row begins that stands under a ledger and tells of no case."""


def no_case(cells: Cells, named: Mapping[str, Any], layout: Layout = CASES) -> str:
    """How a row begins that is no case: totals and signatures at the foot; empty if it may be one.

    `named` is what the row holds by the ledger's columns: a case, or a dispute, has a kind, or a day
    and more. The day of a signature, or a second one, may stand in the place of either.
    """
    first = next((str(cell)[:40] for cell in cells.values() if cell is not None), "")
    if not _NO_CASE.match(fold(first)):
        return ""
    kind, day = str(named.get(layout.kind) or "")[:40], named.get(layout.day)
    others = [name for name in layout.required if name not in (layout.kind, layout.day)]
    more = [str(named.get(name) or "")[:40] not in ("", first) for name in others]
    signs = _NO_CASE.match(fold(kind)) or _is_day(named.get(layout.kind))
    told = (kind not in ("", first) and not signs) or (_is_day(day) and (any(more) or not more))
    return "" if told else one_line(first).strip()[:12]


def _is_day(value: Any) -> bool:
    """Whether a cell tells a day: under a ledger a number of cases may stand in its place."""
    try:
        return value is not None and bool(from_cell(value))
    except BadValue:
        return False
