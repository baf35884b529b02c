"""The year's table in the form's layout: labels left, seven columns of figures, a cell cursor."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from db.year_end.form import BLOCK_THREE, COLUMN_LABELS, COLUMNS, CONCLUDED
from tui.actions.registry import bindings
from tui.desk.desk import desk_of
from tui.desk.going_on import GoesOn
from tui.text.cells import fit, plain_quotes, width_of

if TYPE_CHECKING:
    from db.year_end.request_table import FigureRow, YearTable

LEAST, MOST = 24, 60
"""Cells for the labels: figures stay beside what they count, however wide the window."""
_HEAD = 2  # lines of the heading, which stays while the rows scroll


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table: a row of figures, or the heading of a block."""

    label: str
    indent: int
    row: FigureRow | None = None


def lines_of(table: YearTable) -> list[_Line]:
    """The table's lines in the form's order, block three and its groups under headings."""
    lines: list[_Line] = []
    in_block = False
    group = ""
    for row in table.rows:
        if row.code.startswith("3") and not in_block:
            in_block = True
            lines.append(_Line(BLOCK_THREE, 0))
        if row.group and row.group != group:
            lines.append(_Line(row.group, 2))
        group = row.group
        indent = 0 if not row.code.startswith("3") else 4 if row.group else 2
        lines.append(_Line(row.label, indent, row))
    return lines


class FigureTable(GoesOn, ScrollView, can_focus=True):
    """A year's request table; Enter opens the cases behind a figure."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("figures")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--heading",
        "table--row",
        "table--quiet",
        "table--cursor",
        "table--wrong",
    }

    class Opened(Message):
        """A figure was chosen: its row and column."""

        def __init__(self, code: str, column: str, said: str) -> None:
            super().__init__()
            self.code, self.column, self.said = code, column, said

    class Moved(Message):
        """The cursor stands on another figure."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._columns: tuple[str, ...] = COLUMNS
        self._labels: tuple[str, ...] = COLUMN_LABELS
        self._lines: list[_Line] = []
        self._longest = 0  # cells of the longest label
        self._at = 0  # the line of the cursor, always a row of figures
        self._column = len(COLUMNS) - 1
        self._marks: Mapping[tuple[str, int], str] = {}
        self._unread: Container[tuple[str, int]] = ()
        self.opens = True
        """Whether something stands behind a figure."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return (action != "open" or self.opens) and super().check_action(action, parameters)

    def mark(
        self, marks: Mapping[tuple[str, int], str], unread: Container[tuple[str, int]] = ()
    ) -> None:
        """Put a sign before figures, told by their row's code and their place in it; those that
        could not be read are a question mark.
        """
        self._marks, self._unread = marks, unread
        self.refresh()

    def show(self, table: YearTable) -> None:
        """Show a year's request table; the cursor keeps its row if the form has it."""
        self._show(lines_of(table), COLUMNS, COLUMN_LABELS)

    def show_rows(
        self, rows: Sequence[FigureRow], columns: Sequence[str], labels: Sequence[str]
    ) -> None:
        """Show a table of other columns, such as table 4."""
        self._show([_Line(row.label, 0, row) for row in rows], columns, labels)

    def _show(self, lines: list[_Line], columns: Sequence[str], labels: Sequence[str]) -> None:
        code = self.current_row.code if self.current_row else ""
        if tuple(columns) != self._columns:
            self._column = len(columns) - 1
        self._columns, self._labels = tuple(columns), tuple(labels)
        self._lines = lines
        self._longest = max((line.indent + width_of(line.label) for line in lines), default=0)
        places = [n for n, line in enumerate(self._lines) if line.row is not None]
        same = [n for n in places if (row := self._lines[n].row) and row.code == code]
        self._at = (same or places)[0]
        self._fit_height()
        self.refresh()
        self.post_message(self.Moved())

    @property
    def current(self) -> tuple[str, int] | None:
        """The cursor's figure: its row's code, and its place in it."""
        row = self.current_row
        return (row.code, self._column) if row is not None else None

    @property
    def current_row(self) -> FigureRow | None:
        return self._lines[self._at].row if self._lines else None

    @property
    def said(self) -> str:
        """The cursor's figure in words: whole label, column, value."""
        row = self.current_row
        if row is None:
            return ""
        label = f"{row.group} {row.label}".strip()
        return f"{label}  {self._labels[self._column]}  {row.cells[self._column]:,}"

    def point(self, row: str, column: str) -> None:
        """Put the cursor on a figure, by its row's code or label and its column's label."""
        for place, line in enumerate(self._lines):
            if line.row is not None and row in (line.row.code, line.row.group + line.row.label):
                self._at = place
        if column in self._labels:
            self._column = self._labels.index(column)
        self.action_go(0, 0)

    def place(self, code: str, column: int) -> None:
        """Put the cursor on a figure, by its row's code and its place in it."""
        self.point(code, self._labels[column] if column < len(self._labels) else "")

    # -- moving -----------------------------------------------------------------------------

    def action_go(self, down: int, right: int) -> None:
        places = [n for n, line in enumerate(self._lines) if line.row is not None]
        if not places:
            return
        place = max(0, min(places.index(self._at) + down, len(places) - 1))
        self._at = places[place]
        self._column = max(0, min(self._column + right, len(self._columns) - 1))
        self._keep_in_sight(top=place == 0)
        self.refresh()
        self.post_message(self.Moved())

    def action_open(self) -> None:
        row = self.current_row
        if row is not None:
            self.post_message(self.Opened(row.code, self._columns[self._column], self.said))

    def action_copy(self) -> None:
        row = self.current_row
        if row is not None:
            figure = str(row.cells[self._column])
            self.app.copy_to_clipboard(figure)
            desk_of(self).flash(f"已复制 {figure}。")

    def _fit_height(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._lines) + _HEAD)
        self._keep_in_sight()

    def _keep_in_sight(self, *, top: bool = False) -> None:
        height = self.scrollable_content_region.height - _HEAD
        if height < 1:
            return
        first = self.scroll_offset.y
        if top:
            self.scroll_to(y=0, animate=False, force=True)
        elif self._at < first:
            self.scroll_to(y=self._at, animate=False, force=True)
        elif self._at >= first + height:
            self.scroll_to(y=self._at - height + 1, animate=False, force=True)

    def on_resize(self, _: events.Resize) -> None:
        self._fit_height()

    def on_click(self, event: events.Click) -> None:
        label_width, columns = self._widths()
        line = self.scroll_offset.y + event.y - _HEAD
        if event.y < _HEAD or line >= len(self._lines) or self._lines[line].row is None:
            return
        self._at = line
        edge = label_width + 1
        for number, column in enumerate(columns):
            if edge <= event.x < edge + column + 1:
                self._column = number
            edge += column + 1
        self.action_go(0, 0)
        if event.chain == 2:
            self.action_open()

    # -- drawing ----------------------------------------------------------------------------

    def _widths(self) -> tuple[int, tuple[int, ...]]:
        """Cells for the labels, and for each column of figures."""
        width = self.scrollable_content_region.width
        columns = tuple(max(width_of(label), 8) if width >= 110 else 6 for label in self._labels)
        room = max(width - sum(columns) - len(columns) - 2, 4)
        return min(room, max(self._longest, LEAST), MOST), columns

    def render_line(self, y: int) -> Strip:
        """One line of the widget: two of heading, then the table's lines in sight."""
        width = self.scrollable_content_region.width
        label_width, columns = self._widths()
        if y < _HEAD:
            style = self.get_component_rich_style("table--heading")
            segments = [Segment(" " * (label_width + 1), style)]
            for label, column in zip(self._labels, columns, strict=True):
                segments.append(
                    Segment(" " + fit(_half(label, column, y), column, right=True), style)
                )
            return Strip(segments).adjust_cell_length(width, style)
        base = self.get_component_rich_style("table--row")
        place = self.scroll_offset.y + y - _HEAD
        if place >= len(self._lines):
            return Strip.blank(width, base)
        return Strip(self._line(place, label_width, columns, base)).adjust_cell_length(width, base)

    def _line(
        self, place: int, label_width: int, columns: Sequence[int], base: Style
    ) -> list[Segment]:
        line = self._lines[place]
        quiet = self.get_component_rich_style("table--quiet")
        cursor = self.get_component_rich_style("table--cursor")
        label = " " * line.indent + plain_quotes(line.label)
        strong = base + Style(bold=True)
        at_row = place == self._at and self.can_focus  # only to be looked at: no cursor
        look = strong if at_row or (line.row is not None and line.row.code == CONCLUDED) else base
        segments = [Segment(" " + fit(label, label_width), look if line.row else quiet)]
        if line.row is None:
            return segments
        for number, (figure, column) in enumerate(zip(line.row.cells, columns, strict=True)):
            here = at_row and number == self._column
            style = cursor if here else quiet if figure == 0 else look
            spot = (line.row.code, number)
            said = "?" if spot in self._unread else f"{figure}"
            if mark := self._marks.get(spot, ""):
                said = mark + said
                style = style if here else self.get_component_rich_style("table--wrong")
            wide = max(column, width_of(said))  # a sign may stand in the blank before a column
            wide = min(wide, column + 1)
            segments += (
                Segment(" " * (column + 1 - wide), base),
                Segment(fit(said, wide, right=True), style),
            )
        return segments


def _half(label: str, width: int, line: int) -> str:
    """A column's heading in two lines, the lower one filled first."""
    if width_of(label) <= width:
        return label if line == 1 else ""
    middle = (len(label) + 1) // 2
    return label[:middle] if line == 0 else label[middle:]
