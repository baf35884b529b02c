"""A list of cases that is looked through and ordered: a bar over it, `/` and `s`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from textual import on

from tui.actions.lists import ORDER_KEYS
from tui.screens.shared.row_work import RowWork
from tui.widgets.case_table import CaseTable
from tui.widgets.listing import Listing
from tui.widgets.lookup_line import LookupBar, LookupLine


class LookedThrough(RowWork):
    """What every such list shares; a list says what is shown for the words and the order."""

    def __init__(self) -> None:
        super().__init__()
        self.order: tuple[str, bool] | None = None
        self._looked: tuple[int, str, object] | None = None  # what the list was asked for last

    def found(self, words: str, order: tuple[str, bool] | None) -> Callable[[], Listing]:
        """What makes the listing of what the words find, in the order."""
        raise NotImplementedError

    def look(self, keep: int | None = None) -> None:
        """Show what the words find, in the order; the cursor goes to the case `keep`."""
        words, order = self.bar.words, self.order
        if self._looked is not None and {*words.split()} != {*self._looked[1].split()}:
            self._drop_marks()
        self._looked = self._wanted
        self.table.show(self.found(words, order), keep, of=(words, order))

    def _drop_marks(self) -> None:
        """Another lookup: what was marked may be out of sight, and would be forgotten there."""
        if marked := len(self.table.marks):
            self.table.unmark()
            self.flash(f"换了查找，{marked} 件的标记已清除。")

    @cached_property  # asked for many times at every key
    def bar(self) -> LookupBar:
        return self.query_one(LookupBar)

    @property
    def _wanted(self) -> tuple[int, str, object]:
        return self.bar.turn, self.bar.words, self.order

    @property
    def settled(self) -> bool:
        """Whether the list has been asked for what the page is to show."""
        return self._looked == self._wanted

    @property
    def expecting(self) -> bool:
        """What is typed is painted with what it finds."""
        writing = self.desk.is_open and self.focused is not None and self.writing
        return writing and not (self.settled and self.table.answered)

    @on(CaseTable.Loaded)
    def found_it(self) -> None:
        self.paint_soon()

    def show_again(self, keep: int | None) -> None:
        self.look(keep)

    # -- the lookup line --------------------------------------------------------------------

    @property
    def writing(self) -> bool:
        return self.focused is self.bar.line

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the lookup line there is no way to the lookup line."""
        return not (action == "lookup" and self.writing) and super().check_action(
            action, parameters
        )

    @on(LookupLine.Left)
    def leave_line(self) -> None:
        self.bar.finish()
        self.table.focus()

    # -- order ------------------------------------------------------------------------------

    def action_sort(self) -> None:
        """Show the orders; a letter picks one."""
        from tui.screens.shared.orders import Orders

        def chosen(order: tuple[tuple[str, bool] | None] | None) -> None:
            if order is not None:
                self.sort(order[0])

        self.desk.push_screen(Orders(self.order), chosen)

    @on(CaseTable.Headed)
    def sort_by_heading(self, event: CaseTable.Headed) -> None:
        """By the column that was clicked; once more, the other way round."""
        from tui.screens.shared.orders import ordered_by

        if event.name in ORDER_KEYS:
            self.sort(ordered_by(event.name, self.order))
        else:
            self.flash("不能按这一栏排序。")

    def sort(self, order: tuple[str, bool] | None) -> None:
        self.order = order
        if self.desk.is_open:
            self.look()
