"""The list a case was opened from: which one it is there, and which stand before and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tui.widgets.listing import Listing

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow


class Listed(Protocol):
    """The table that lists it."""

    @property
    def counted(self) -> bool: ...

    @property
    def total(self) -> int: ...

    @property
    def listing(self) -> Listing | None: ...


@dataclass
class Trail:
    """Where in a list the case in sight stands."""

    table: Listed
    place: int
    row: CaseRow

    @property
    def said(self) -> str:
        """Which one of how many."""
        counted, total = self.table.counted, self.table.total
        return f"{self.place + 1}/{total}" if counted and self.place < total else ""

    def beside(self, by: int) -> Callable[[], tuple[int, CaseRow] | None]:
        """Finds the case before (-1) or after (1): to be asked in a thread.

        What has been recorded may have taken the case off the list: then the next one has moved
        up to its place.
        """
        listing, place, here = self.table.listing, self.place, self.row.id

        def find() -> tuple[int, CaseRow] | None:
            if listing is None or place + by < 0:
                return None
            start = min(place, place + by)
            answer = listing.rows(start, 2)
            rows = answer[1] if answer else ()
            if by > 0 and rows and rows[0].id != here:
                return start, rows[0]
            at = 1 if by > 0 else 0
            return (start + at, rows[at]) if len(rows) > at else None

        return find

    def step_to(self, place: int, row: CaseRow) -> None:
        self.place, self.row = place, row
