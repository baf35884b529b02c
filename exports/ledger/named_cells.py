"""The cells of a row under a heading, by the columns that they stand in."""

from __future__ import annotations

from typing import Any

from db.errors import Unreadable
from exports.ledger.faults import Fault, FaultList
from exports.ledger.heading import (
    NO_NAME,
    Column,
    Heading,
    meaning_of_nameless,
    nameless,
)
from exports.ledger.taught import Taught
from exports.spreadsheet.read_book import Cells, NoValue

MOST_ROWS = 250_000
"""Of one sheet: what understanding them takes grows with them."""
HOPELESS = 100_000
"""So many faults, more than three a row, and it is no ledger: it is not read to its end."""


class NamedCells:
    """Names what rows hold, and counts them: a sheet has its measure."""

    def __init__(self, sheet: str, heading: Heading, taught: Taught) -> None:
        self._sheet, self._layout, self._taught = sheet, heading.layout, taught
        self._columns: dict[int, Column] = {column.place: column for column in heading.columns}
        self.rows = 0

    def of(self, row: int, cells: Cells) -> tuple[dict[str, Any], list[Fault]]:
        """What a row holds by the sheet's columns, and what of it has no column or no value.

        Raises:
            Unreadable: there are more rows than can be understood.
        """
        named: dict[str, Any] = {}
        unread: list[Fault] = []
        for place, cell in cells.items():
            if _empty(cell):
                continue
            column = self._columns.get(place)
            means = (
                column.means if column else meaning_of_nameless(place, self._taught, self._layout)
            )
            if means is None or (isinstance(cell, NoValue) and means in self._layout.derived):
                continue
            if not means:
                reason = f"{NO_NAME}；请补上列名。"
                unread.append(Fault(self._sheet, row, nameless(place), "", reason))
            elif isinstance(cell, NoValue):
                unread.append(Fault(self._sheet, row, means, cell.shown, cell.reason))
            else:
                named[means] = cell
        if named or unread:
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise Unreadable(f"“{self._sheet}”超过{MOST_ROWS}行；请分成几个文件导入。")
        return named, unread

    def refuse_hopeless(self, row: int, faults: FaultList) -> None:
        """
        Raises:
            Unreadable: there are so many faults that this is no ledger.
        """
        if len(faults) > HOPELESS + 3 * self.rows:
            raise Unreadable(
                f"“{self._sheet}”到第{row}行已有{len(faults)}处无法识别，不像台账；"
                "请核对是不是这个文件。"
            )


def _empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
