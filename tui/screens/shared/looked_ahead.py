"""One lookup as a listing while the register is still being opened: a forerunner finds the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tui.widgets.listing import Listing

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow
    from tui.desk.forerunner import Forerunner


def looked_ahead(forerunner: Forerunner, words: str, order: tuple[str, bool] | None) -> Listing:
    """The cases a lookup line finds; they are read anew once the register is open."""
    spans: dict[tuple[str, str], Sequence[tuple[int, int]]] = {}

    def rows(start: int, length: int) -> tuple[int | None, Sequence[CaseRow]] | None:
        answer: Any = forerunner.ask("rows", words, order, start, length)
        if answer is None:
            return None
        found, marked = answer
        spans.update(marked)
        return None, found

    return Listing(
        rows,
        count=lambda: forerunner.ask("count", words),
        marks=lambda text, field: spans.get((text, field), ()),
        order=order or (None if words else ("received", True)),
    )
