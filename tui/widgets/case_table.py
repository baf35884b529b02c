"""The list of cases: a window of a few pages over the register, drawn line by line.

The same start, keystroke and memory at a thousand and at a million rows: only the pages in sight
are read, in a worker thread, and the oldest are forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.actions.registry import bindings
from tui.desk.asking import ask
from tui.desk.desk import desk_of
from tui.desk.framework import dress_of
from tui.desk.list_columns import chosen_columns
from tui.widgets.case_columns import Column, column_at, columns_for
from tui.widgets.case_paint import COMPONENTS, CasePaint
from tui.widgets.cursor_in_sight import CursorInSight
from tui.widgets.listing import PAGE, Answer, Listing, ids_of, read_pages
from tui.widgets.reading import Reading
from tui.widgets.trail import Trail
from tui.widgets.unframed import Unframed

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow

GONE = "光标所在的一件已不在清单里。"


class CaseTable(Unframed, CursorInSight, can_focus=True):
    """A list of cases with a cursor row; Enter opens."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("table")
    COMPONENT_CLASSES: ClassVar[set[str]] = {*COMPONENTS}

    class Opened(Message):
        """A case was chosen."""

        def __init__(self, table: CaseTable, row: CaseRow) -> None:
            super().__init__()
            self.table = table
            self.row = row

        @property
        def control(self) -> CaseTable:
            return self.table

    class Loaded(Message):
        """The list shows an answer; `total` cases in all, or so far until they are `counted`."""

        def __init__(self, table: CaseTable, total: int, counted: bool) -> None:
            super().__init__()
            self.table = table
            self.total = total
            self.counted = counted

        @property
        def control(self) -> CaseTable:
            return self.table

    class Headed(Message):
        """The heading of a column was clicked: its name."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(
        self,
        *,
        asked: Callable[[], bool] = lambda: True,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """`asked` says whether the page has already asked it for what is to be listed."""
        super().__init__(id=id)
        self._asked_for = asked
        self.cursor = 0
        self._view: Reading | None = None
        self._next: Reading | None = None
        self._busy = False
        self._unseen = False  # the row at the cursor has taken another's place, unpainted yet
        self._follows = False  # others have written, and it is to be read again
        self._stale = False  # what was asked for last has failed, and other cases are shown
        self.chosen: tuple[str, ...] = chosen_columns()
        self._paint = CasePaint(self.get_component_rich_style)

    # -- what it shows ----------------------------------------------------------------------

    def show(self, make: Callable[[], Listing], keep: int | None = None, of: object = None) -> None:
        """Show another listing; the old one stays until the first page is there.

        `make` answers a listing that has not been stopped; it is called again to read it again.
        The cursor goes to the case whose id is `keep`, if it is found; else to the top. `of` says
        what is listed: by it a listing is known as the same one, read again.
        """
        self._stale = False
        for superseded in (self._next, self._view):
            if superseded is not None:
                superseded.stop()
        self._next = Reading(make, make(), keep, of)
        self._pump()

    def reload(self, keep: int | None = None) -> None:
        """Read the same listing again, keeping the cursor on its case (or on `keep`)."""
        current = self._next or self._view
        if current is None:
            return
        row = self.row_at_cursor
        self.show(current.make, keep if keep is not None else (row.id if row else None), current.of)

    def follow(self) -> None:
        """Read it again because others have written: cursor, scroll and marks stay as they are."""
        view, row = self._view, self.row_at_cursor
        if view is None or self._stale:
            return
        self._follows = self._next is not None or (view.total > 0 and row is None)
        if not self._follows:
            self.show(view.make, row.id if row else None, view.of)
            if self._next is not None:
                self._next.quiet, self._next.total = True, view.total

    @property
    def total(self) -> int:
        return self._view.total if self._view else 0

    @property
    def row_at_cursor(self) -> CaseRow | None:
        return self._view.row(self.cursor) if self._view else None

    @property
    def answered(self) -> bool:
        """Whether it shows what it was asked for last."""
        return self._next is None

    @property
    def counted(self) -> bool:
        return self._view is not None and self._view.counted

    @property
    def listing(self) -> Listing | None:
        """What is listed now, to be read in a thread."""
        return self._view.listing if self._view else None

    @property
    def listed(self) -> Callable[[], list[int] | None]:
        """The ids of what is listed now, in order: to be asked in a thread, also later."""
        view = self._view
        return lambda: [] if view is None else ids_of(view.make())

    def trail(self, row: CaseRow) -> Trail:
        """From the row under the cursor to those beside it."""
        return Trail(self, self.cursor, row)

    def _pump(self) -> None:
        """Ask for what is wanted most; one question at a time, so that none pile up."""
        if self._busy or not self.is_attached:
            return
        if self._next is not None:
            view, keep = self._next, self._next.keep
            place = self.cursor if keep is not None else 0
            wanted = {0, place // PAGE}
        elif self._view is not None and (missing := self._missing(self._view)):
            view, keep, wanted = self._view, None, missing
        else:
            return
        self._busy = True

        listing = view.listing

        def question() -> Answer | None:
            return read_pages(listing, wanted, keep)

        def failed(sentence: str) -> None:
            self._failed(view, sentence)

        ask(self, "page", question, lambda answer: self._learn(view, answer), failed)

    def _missing(self, view: Reading) -> set[int]:
        """What is in sight and not read yet; else what the next key that turns a page may show."""
        top, height = self.scroll_offset.y, max(self._body_height, 1)
        missing: set[int] = set()
        for beside in (0, height):
            last = min(top + height + beside, view.total) - 1
            if last >= top and not missing and not view.stopped:
                pages = range(max(top - beside, 0) // PAGE, last // PAGE + 1)
                missing = {n for n in pages if n not in view.pages}
        return missing

    def _learn(self, view: Reading, answer: Answer | None) -> None:
        self._busy = False
        if answer is None:
            view.stop()  # it is wanted no more, or who was asked is gone: never asked again
            self._next = None if view is self._next else self._next
        else:
            if view is self._next:
                self._next = None
                self._view = view
                view.learn(answer)
                line, top = self.cursor - self.scroll_offset.y, self.scroll_offset.y
                self.cursor = view.cursor_in(answer, self.cursor)
                self._fit_height()
                if not view.quiet or 0 <= line < self._body_height:
                    self._keep_line(line if view.quiet and top else None)
                self._count(view)
                if view.keep is not None and answer.found is None:
                    self._gone()
                self.refresh()
            elif view is self._view:
                view.learn(answer)
                if any(place // PAGE in answer.pages for place in self._in_sight):
                    self.refresh()
            self._tell(view)
        if self._follows:
            self.follow()
        self._pump()

    def _gone(self) -> None:
        """The case the cursor was on is listed no more: keys typed for it are for no other.

        Nobody can have meant the other one before it has been painted.
        """
        self._unseen = True
        self.call_after_refresh(self._now_seen)
        if desk_of(self).drop_typed():
            desk_of(self).flash(GONE)

    def _now_seen(self) -> None:
        self._unseen = False

    def _count(self, view: Reading) -> None:
        """Ask how many there are, when the first page left that open."""
        count, prepare = view.listing.count, view.listing.prepare
        if view.counted or count is None:
            view.counted = True
            return
        view.counting = True

        def answered(total: int | None) -> None:
            view.counting = False
            if total is not None:
                view.total, view.counted = total, True
                self._tell(view)
                if prepare is not None and not view.stopped:
                    ask(self, "prepare", prepare, lambda _: None)

        def failed(sentence: str) -> None:
            view.counting = False
            desk_of(self).show_error(sentence)

        def begin() -> None:
            if not view.stopped:
                ask(self, "count", count, answered, failed)

        if view.listing.patience:
            self.set_timer(view.listing.patience, begin)
        else:
            begin()

    def _tell(self, view: Reading) -> None:
        if view is self._view:
            below = self._in_sight.stop
            if min(below, self.virtual_size.height - 1) != min(below, view.total):
                self.refresh()  # lines in sight have become rows
            self.cursor = max(0, min(self.cursor, view.total - 1))
            self._fit_height()
            if view.counted or not view.quiet:
                self.post_message(self.Loaded(self, view.total, view.counted))

    def _failed(self, view: Reading, sentence: str) -> None:
        """Tell it, and go on with what is shown, or with what has been asked for since."""
        self._busy = False
        if view is self._next:
            self._next = None
            if self._view is not None:
                self._stale = view.of != self._view.of
                self._view.go_on()
                self._count(self._view)
        if self._next is not None:  # else the same page would be asked for without end
            self._pump()
        desk_of(self).show_error(sentence)

    # -- moving -----------------------------------------------------------------------------

    def move_to(self, index: int) -> None:
        super().move_to(index)
        self.call_after_refresh(self._pump)

    def action_move(self, by: int) -> None:
        self._once(self._settled, lambda: self.move_to(self.cursor + by))

    def action_page(self, by: int) -> None:
        self.action_move(by * max(self._body_height - 1, 1))

    def action_first(self) -> None:
        self._once(self._settled, lambda: self.move_to(0))

    def action_last(self) -> None:
        self._once(self._counted, lambda: self.move_to(self.total - 1))

    def action_open(self) -> None:
        self._once(self._row_read, self._open)

    def _open(self) -> None:
        self._act_on_row(lambda row: self.post_message(self.Opened(self, row)))

    def with_row(self, act: Callable[[CaseRow], object]) -> None:
        """Do what a key asks of the row under the cursor, once it is the one asked for."""
        self._once(self._row_read, lambda: self._act_on_row(act))

    def _act_on_row(self, act: Callable[[CaseRow], object]) -> None:
        row = self.row_at_cursor
        if row is not None:
            act(row)

    # -- keys for what has been asked for -----------------------------------------------------

    def _once(self, settled: Callable[[], bool], act: Callable[[], None]) -> None:
        """A key goes to the rows that were asked for, never to those still shown before them."""
        if self._stale:
            desk_of(self).flash("没有读取成功；请刷新后重试。")
        elif self._unseen:
            desk_of(self).flash(GONE)
        else:
            desk_of(self).once(settled, act)

    def _settled(self) -> bool:
        return self._next is None and self._asked_for() and not self.marking

    def _counted(self) -> bool:
        return self._settled() and not (self._view is not None and self._view.counting)

    def _row_read(self) -> bool:
        return self._settled() and (not self.total or self.row_at_cursor is not None)

    def on_resize(self, _: events.Resize) -> None:
        self._fit_height()
        self._keep_in_sight()
        self._pump()

    def on_mount(self) -> None:
        self._pump()

    def on_click(self, event: events.Click) -> None:
        if event.y < 1:
            column = column_at(self.columns, event.x)
            if column is not None:
                self.post_message(self.Headed(column.name))
            return
        index = self.scroll_offset.y + event.y - 1
        if index == self.cursor and event.chain == 2:
            self._open()  # what is seen there
        elif index < self.total:
            self.move_to(index)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolled by the wheel or the bar: read the pages that came into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._pump()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.refresh(Region(0, 0, *self.size))

    # -- drawing ----------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        width = self.scrollable_content_region.width
        self._paint.laid(dress_of(self), self.columns, width)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the widget: the heading, then the rows in sight."""
        if y == 0:
            return self._paint.heading(self._view)
        index = self.scroll_offset.y + y - 1
        look = "table--cursor" if self.has_focus else "table--cursor-blurred"
        return self._paint.line(self._view, index, look if index == self.cursor else "", self.marks)

    def choose_columns(self) -> None:
        """Show the columns that are chosen now."""
        self.chosen = chosen_columns()
        self.refresh()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns at the present width."""
        waiting = self._view is not None and self._view.listing.waiting
        width = self.scrollable_content_region.width
        return columns_for(width, waiting=waiting, chosen=self.chosen)
