"""One organ's report: what is wrong with it, one thing after another, over the table it stands in.

Moving over the list shows which cells each is about. Enter gives the table the page to itself; there
the cursor's figure tells what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from db.year_end.proactive import Proactive
from tui.actions.registry import PAGES, bindings
from tui.screens.consolidating.deciding import DecidingPage
from tui.screens.consolidating.told import (
    DISPUTES,
    HERE,
    PROACTIVE,
    REQUESTS,
    TABLES,
    TITLES,
    UNREAD,
    WRONG,
    Told,
    marks_of,
    plain,
    table_of,
    told_of,
    unread_of,
)
from tui.screens.shared.figures import dispute_rows
from tui.screens.shared.grid_text import grid_parts
from tui.text.cells import plain_quotes
from tui.widgets.figure_table import FigureTable
from tui.widgets.pick_list import PickList
from tui.widgets.plain import Entry, Part, PlainText
from tui.widgets.plain_fields import PlainScroll

if TYPE_CHECKING:
    from db.year_end.received import Received
    from exports.consolidation.standing import Bureau

_LOOKS = {
    "不符": "bold $error",
    "空白": "bold $warning",
    "提示": "bold $warning",
    "说明": "$accent",
}
_HANG = 6


class BureauScreen(DecidingPage):
    """A list over a table, or the table alone."""

    SCOPES = PAGES["bureau"]
    HEADING = "汇总"
    BINDINGS: ClassVar[list[BindingType]] = bindings("bureau")
    AUTO_FOCUS = "PickList"

    def __init__(self, year: int, file: str) -> None:
        super().__init__()
        self.year, self._file = year, file
        self._list: list[Told] = []
        self._table = REQUESTS
        self.alone = False  # the table has the page to itself

    def body(self) -> Iterable[Widget]:
        yield PlainText(classes="list-line")
        yield PickList(hang=_HANG, id="bureau-found")
        yield PlainText(id="bureau-table-line")
        yield FigureTable(id="figures")
        with PlainScroll(id="bureau-text", can_focus=False):
            yield PlainText(id="bureau-grid")
        yield PlainText(classes="list-foot")

    def on_mount(self) -> None:
        figures = self.query_one(FigureTable)
        figures.can_focus = figures.opens = False
        self.show()

    # -- what is shown ----------------------------------------------------------------------

    @property
    def bureau(self) -> Bureau | None:
        return self.seen.of(self._file)

    @property
    def _part(self) -> Received | None:
        one = self.bureau
        return one.one.part if one is not None and one.one is not None else None

    def say_reading(self, said: str) -> None:
        self.query_one(".list-line", PlainText).say(plain_quotes(said))

    def show(self) -> None:
        one, part = self.bureau, self._part
        listed = self.query_one("#bureau-found", PickList)
        if one is None or part is None:
            state = f"{one.state}：{one.word}" if one is not None else "这份文件已经不在汇总里。"
            self.query_one(".list-line", PlainText).say(plain_quotes(state))
            self._list = []
            listed.fill(())
            return
        self.entitle(f"{self.year} 年  {one.name}", "汇总")
        self.query_one(".list-line", PlainText).say(
            (f"{one.state}  ", "bold"), plain_quotes(f"{part.form}年格式  {Path(one.file).name}")
        )
        reading = self.seen.readings.get(self._file)
        self._list = told_of(one, reading.part if reading is not None else None)
        entries: list[Entry] = [
            (
                str(place),
                ((f" {told.kind} ", _LOOKS[told.kind]), plain(told.text)),
            )
            for place, told in enumerate(self._list)
        ]
        listed.fill(entries or [("none", (" 各项相符，没有要看的。",))])
        self._point()

    @property
    def _here(self) -> Told | None:
        chosen = self.query_one("#bureau-found", PickList).chosen or ""
        place = int(chosen) if chosen.isdigit() else -1
        return self._list[place] if 0 <= place < len(self._list) else None

    @on(OptionList.OptionHighlighted)
    def _point(self) -> None:
        """Show the cells that the line under the cursor is about."""
        here = self._here
        if here is not None and here.cells and not self.alone:
            self._table = table_of(here.cells[0])
        self._show_table()

    def _show_table(self) -> None:
        part, here = self._part, self._here
        if part is None:
            return
        marks = marks_of(self._list, here, part)
        figures, text = self.query_one(FigureTable), self.query_one("#bureau-text", PlainScroll)
        figures.display, text.display = self._table != PROACTIVE, self._table == PROACTIVE
        at = datetime(self.year, 12, 31, tzinfo=UTC)
        figures.mark(marks, unread_of(part))
        there = {
            REQUESTS: part.requests,
            DISPUTES: part.disputes,
            PROACTIVE: part.proactive,
        }[self._table]
        missing = "" if there is not None else "  没有读到这张表"
        if self._table == REQUESTS:
            figures.show(part.table(at, self.year))
        elif self._table == DISPUTES:
            figures.show_rows(*dispute_rows(part.table4()))
        else:
            grid = self._grid(part, dict(marks))
            self.query_one("#bureau-grid", PlainText).say(*grid)
            text.scroll_to(y=max(_line_of_mark(grid) - 3, 0), animate=False)
        self._bring_into_sight(here)
        self.query_one("#bureau-table-line", PlainText).say(f"{TITLES[self._table]}{missing}")
        self._tell_foot()

    def _grid(self, part: Received, marks: dict[tuple[str, int], str]) -> list[Part]:
        for cell in unread_of(part):
            marks[cell] = marks.get(cell, "") + UNREAD
        return grid_parts(part.table2(), Proactive(part.form), marks)

    def _bring_into_sight(self, here: Told | None) -> None:
        """The last of the cells first, so that in the end the first is in sight."""
        if here is None or self.alone or self._table == PROACTIVE:
            return
        figures = self.query_one(FigureTable)
        cells = [cell for cell in here.cells if table_of(cell) == self._table]
        for code, place in (*cells[-1:], *cells[:1]):
            figures.place(code, place)

    @on(FigureTable.Moved)
    def _tell_foot(self) -> None:
        foot = self.query_one(".list-foot", PlainText)
        if not self.alone:
            legend = f"{HERE} 光标所在一条的格  {WRONG} 别的不符  {UNREAD} 读不出"
            foot.say((legend, "$quiet"))
            return
        figures = self.query_one(FigureTable)
        said: list[Part] = [(plain_quotes(figures.said), "bold")]
        wrong = [told for told in self._list if figures.current in told.cells]
        for told in wrong[:2]:
            said.append(f"\n{plain(told.text)}")
        foot.say(*said)

    # -- keys -------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Between the list and the table alone."""
        if self._part is not None and self._table != PROACTIVE:
            self._stand(alone=not self.alone)

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_open()

    def _stand(self, *, alone: bool) -> None:
        figures, listed = self.query_one(FigureTable), self.query_one("#bureau-found", PickList)
        self.alone = alone
        if not alone:
            where = figures.current
            place = next((n for n, told in enumerate(self._list) if where in told.cells), None)
            if place is not None and self._here is not None and where not in self._here.cells:
                listed.highlighted = place
        figures.can_focus = alone
        listed.display = not alone
        (figures if alone else listed).focus()
        self._show_table()

    def action_tables(self) -> None:
        self._table = TABLES[(TABLES.index(self._table) + 1) % len(TABLES)]
        if self._table == PROACTIVE and self.alone:
            self._stand(alone=False)
        self._show_table()

    def action_neighbour(self, by: int) -> None:
        judged = self.seen.judged
        files = [one.file for one in judged.bureaus if one.one is not None] if judged else []
        if self.busy or self._file not in files:
            return
        place = files.index(self._file) + by
        if not 0 <= place < len(files):
            self.flash("已经是最后一个。" if by > 0 else "已经是第一个。")
            return
        self._file, self._table = files[place], REQUESTS
        if self.alone:
            self._stand(alone=False)
        self.query_one("#bureau-found", PickList).highlighted = None
        self.show()

    def action_copy(self) -> None:
        here = self._here
        self.copy_text(here.text if here is not None else "")

    def action_reload(self) -> None:
        self.reload()

    def action_back(self) -> None:
        if self.stopped_reading():
            return
        if self.alone:
            self._stand(alone=False)
        else:
            self.dismiss(None)


def _line_of_mark(parts: list[Part]) -> int:
    """The line of the first figure that the cursor's line is about."""
    lines = 0
    for part in parts:
        said = part if isinstance(part, str) else part[0]
        if said.startswith(HERE):
            return lines
        lines += said.count("\n")
    return 0
