"""A glance at what lies behind the line the cursor is on, where the window has room for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.words.text import one_line
from tui.text.cells import fit
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from db.agenda.overview import Todo
    from db.cases.case_row import CaseRow

NUMBER, APPLICANT, LEFT = 12, 13, 7


class Peek(PlainText):
    """The first few cases, or things to do, under their heading."""

    def __init__(self) -> None:
        super().__init__(id="peek")

    @property
    def room(self) -> int:
        """How many lines fit under the heading; none where it is not shown."""
        return max(self.size.height - 2, 0) if self.display else 0

    def show(
        self, heading: str, total: int, rows: Sequence[CaseRow], todos: Sequence[Todo]
    ) -> None:
        """Show the first of `total` cases, or the first things to do, each with its reason."""
        parts: list[Part] = [(heading, "bold"), *lines_of(rows, self.content_size.width)]
        for todo in todos[: self.room // 2]:
            parts += [f"\n{one_line(todo.what)}", (f"\n  {one_line(todo.why)}", "$quiet")]
        if total > len(rows) and not todos:
            parts.append((f"\n还有 {total - len(rows):,} 件", "$quiet"))
        self.say(*(parts if rows or todos else ()))


def lines_of(rows: Sequence[CaseRow], width: int) -> list[Part]:
    """A line for each case, `width` cells wide: number, applicant, subject, days left."""
    from tui.widgets.case_columns import left_word

    room = max(width - NUMBER - APPLICANT - LEFT, 8)
    parts: list[Part] = []
    for row in rows:
        parts += [
            f"\n{fit(row.number, NUMBER)}{fit(row.applicant, APPLICANT - 1)} ",
            (fit(row.subject, room), "$quiet"),
            (fit(left_word(row), LEFT, right=True), "bold $error" if row.overdue else "$quiet"),
        ]
    return parts
