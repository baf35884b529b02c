"""What a cell of a ledger holds, as a text or a day; and how a fault shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from db.calendar.dates import from_cell
from db.errors import BadValue
from db.words.text import LONGEST, clean, one_line
from exports.ledger.columns import REMARKS
from exports.ledger.faults import UNKNOWN, Fault
from exports.ledger.taught import Taught

T = TypeVar("T")
EMPTY = "是空的；这一列必须填写。"

_EXACT_INTEGER = 10**15


class CellFault(Exception):
    """A cell that is not understood; `RowFaults` gathers them."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


class RowFaults:
    """What of a row's cells is not understood: gathered while they are read."""

    def __init__(self, cells: Mapping[str, Any], sheet: str, row: int) -> None:
        self.found: list[Fault] = []
        self._cells, self._sheet, self._row = cells, sheet, row

    def attempt(self, column: str, make: Callable[[], T]) -> T | None:
        """What is made, or None with a fault."""
        try:
            return make()
        except CellFault as fault:
            column, reason = fault.column, fault.reason
        except BadValue as fault:
            reason = str(fault)
        self.add(column, reason)
        return None

    def add(self, column: str, reason: str) -> None:
        value = shown(self._cells.get(column))
        self.found.append(Fault(self._sheet, self._row, column, value, reason))

    def of(self, column: str) -> bool:
        """Whether the column has one already."""
        return any(fault.column == column for fault in self.found)


def chosen_word(
    column: str, text: str | None, parse: Callable[[str], T | None], taught: Taught
) -> T | None:
    """The word of a vocabulary that a text says, by itself or as it was taught.

    Raises:
        BadValue: it is not known.
    """
    if not text:
        return None
    found = parse(text)
    if found is None:
        found = parse(taught.meaning(column, text) or "")
    if found is None:
        raise BadValue(f"{UNKNOWN}；请用表中规定的名称。")
    return found


def shown(value: Any) -> str:
    """A cell's value as faults show it: a date without its midnight, in one short line."""
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    return short(one_line("" if value is None else str(value)))


def short(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "..."


def told_text(column: str, value: Any) -> str | None:
    """A cell's text; whole numbers without a decimal point."""
    if type(value) is str and value.isprintable() and len(value) <= LONGEST:  # as most are
        return value.strip() or None
    if value is None:
        return None
    if isinstance(value, bool):
        value = "是" if value else "否"
    elif isinstance(value, (int, float)):
        if column == "证件号码" and abs(value) >= _EXACT_INTEGER:
            raise CellFault(column, "是数字格式，末几位已经丢失；请改成文本后重新填写。")
        value = str(int(value)) if value == value // 1 else str(value)
    elif isinstance(value, date):
        value = value.isoformat()[:10]
    # 备注 holds what many events say: each of them is measured on its own
    return clean(str(value), column, longest=None if column == REMARKS else LONGEST) or None


def blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def one_date(column: str, cells: Mapping[str, Any], required: bool = False) -> date | None:
    value = cells.get(column)
    if blank(value):
        if required:
            raise CellFault(column, EMPTY)
        return None
    return from_cell(value)
