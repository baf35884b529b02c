"""Marking cases of a list: one, or all from the last one to this."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.scroll_view import ScrollView

from tui.desk.asking import ask, asked
from tui.desk.desk import desk_of
from tui.desk.going_on import GoesOn
from tui.widgets.listing import Listing
from tui.widgets.marks import TOO_MANY, Marks, rows_between

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow


class Marking(GoesOn, ScrollView):
    """A list with a cursor whose rows can be marked."""

    cursor: int

    class Marked(Message):
        """Other cases are marked than before."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.marks = Marks()

    @property
    def listing(self) -> Listing | None:
        """What is listed now, to be read in a thread."""
        raise NotImplementedError

    def with_row(self, act: Callable[[CaseRow], object]) -> None:
        """Do what a key asks of the row under the cursor, once it is the one asked for."""
        raise NotImplementedError

    def move_to(self, index: int) -> None:
        """Put the cursor on a row."""
        raise NotImplementedError

    @property
    def marking(self) -> bool:
        """Whether a range is still being read."""
        return asked(self, "marks")

    def action_mark(self) -> None:
        self.with_row(self._mark)

    def _mark(self, row: CaseRow) -> None:
        if self.marks.toggle(row, self.cursor):
            self._marked()
            self.move_to(self.cursor + 1)
        else:
            desk_of(self).flash(TOO_MANY)

    def action_mark_to(self) -> None:
        self.with_row(self._mark_to)

    def _mark_to(self, row: CaseRow) -> None:
        """Mark everything between the case marked last and this one."""
        last, place, listing = self.marks.last, self.cursor, self.listing
        if last is None or listing is None:
            desk_of(self).flash("先标记一件，再到另一件按这个键。")
            return

        def answer(rows: tuple[CaseRow, ...] | None) -> None:
            if rows is None:
                desk_of(self).flash("上次标记的一件已不在清单里。")
            elif self.marks.add(rows, (row.id, place)):
                self._marked()
            else:
                desk_of(self).flash(TOO_MANY)

        ask(self, "marks", lambda: rows_between(listing, last, place), answer)

    def action_unmark(self) -> None:
        self.unmark()

    def unmark(self, numbers: Collection[str] | None = None) -> None:
        """Take away the marks of these cases, or all."""
        self.marks.drop(numbers)
        self._marked()

    def _marked(self) -> None:
        self.refresh()
        self.post_message(self.Marked())
