"""Which cases of a list are marked: by their ids, so that no sorting and no scrolling loses one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow
    from tui.widgets.listing import Listing

MOST = 500
"""As many as one step is recorded on at once (`db.cases.many`)."""
TOO_MANY = f"一次最多标记 {MOST} 件。"


@dataclass
class Marks:
    """The marked cases in the order they were marked, each with its number."""

    numbers: dict[int, str] = field(default_factory=dict)
    last: tuple[int, int] | None = None
    """The case marked last: its id, and where in the list it stood then."""

    def __len__(self) -> int:
        return len(self.numbers)

    def __contains__(self, case_id: int) -> bool:
        return case_id in self.numbers

    def toggle(self, row: CaseRow, place: int) -> bool:
        """Mark a case, or take its mark away; False when there are too many."""
        if row.id in self.numbers:
            del self.numbers[row.id]
            self.last = None
        else:
            if len(self.numbers) >= MOST:
                return False
            self.numbers[row.id] = row.number
            self.last = row.id, place
        return True

    def add(self, rows: Iterable[CaseRow], last: tuple[int, int]) -> bool:
        """Mark all of these, or none when they would be too many."""
        more = self.numbers | {row.id: row.number for row in rows}
        if len(more) > MOST:
            return False
        self.numbers, self.last = more, last
        return True

    def drop(self, numbers: Collection[str] | None = None) -> None:
        """Take away the marks of these cases, or all."""
        gone = {*(self.numbers.values() if numbers is None else numbers)}
        self.numbers = {i: number for i, number in self.numbers.items() if number not in gone}
        self.last = None


def rows_between(listing: Listing, last: tuple[int, int], place: int) -> tuple[CaseRow, ...] | None:
    """The cases from the one marked last to this place, asked in a thread.

    None when it is listed no more; too many are not read.
    """
    case_id, stood = last
    if listing.place is not None:
        found = listing.place(case_id)
        if found is None:
            return None
        stood = found
    first, end = min(stood, place), max(stood, place) + 1
    answer = listing.rows(first, min(end - first, MOST + 1))
    rows = tuple(answer[1]) if answer else ()
    there = stood - first
    if end - first <= MOST and (there >= len(rows) or rows[there].id != case_id):
        return None
    return rows
