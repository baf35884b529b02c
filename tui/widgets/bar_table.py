"""Blocks of lines, each a figure with its bar, in one column or two; a cursor that opens a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.actions.registry import bindings
from tui.desk.going_on import GoesOn
from tui.text.cells import fit

CELLS = (7, 6, 8, 8)
"""How wide the texts between label and bar are."""
_TWO = 110  # from this width on there are two columns
_GAP, _MARGIN = 3, 1
_ALL = 99  # a step by so many lines goes to the first or the last, however many there are
BAR = "="


@dataclass(frozen=True, slots=True)
class BarLine:
    """A figure: what it is known by, its texts, how long its bar is (0 to 1), and all in words."""

    key: str
    label: str
    texts: tuple[str, ...]
    length: float
    said: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Figures under a title, the headings of their texts beside it; notes stand below."""

    name: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[BarLine, ...]
    notes: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        return 1 + len(self.lines) + len(self.notes) + 1


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a column: the title of a block, one of its figures, or one of its notes."""

    block: Block
    line: BarLine | None = None
    note: str | None = None


class BarTable(GoesOn, ScrollView, can_focus=True):
    """Bars one can walk along; Enter opens what a figure counts."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("figures")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--heading",
        "table--row",
        "table--quiet",
        "table--bar",
        "table--cursor",
    }

    class Opened(Message):
        """A figure was chosen: its block and its line."""

        def __init__(self, block: Block, line: BarLine) -> None:
            super().__init__()
            self.block, self.line = block, line

    class Moved(Message):
        """The cursor stands on another figure."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._columns: list[list[_Row | None]] = []
        self._places: list[tuple[int, int]] = []  # column and row of every figure
        self._at = 0

    def show(self, blocks: Sequence[Block]) -> None:
        """Show these; the cursor stays on its figure if it is there still."""
        self._blocks = tuple(blocks)
        self._lay()
        self.post_message(self.Moved())

    @property
    def current(self) -> tuple[Block, BarLine] | None:
        """The figure the cursor is on."""
        if not self._places:
            return None
        column, row = self._places[self._at]
        found = self._columns[column][row]
        return (found.block, found.line) if found and found.line else None

    # -- laying -----------------------------------------------------------------------------

    def _lay(self) -> None:
        width = self.scrollable_content_region.width
        kept = self._name_at(self._at)
        split = _middle(self._blocks) if width >= _TWO else len(self._blocks)
        parts = [part for part in (self._blocks[:split], self._blocks[split:]) if part]
        self._columns = [_rows(part) for part in parts]
        self._places = [
            (column, row)
            for column, rows in enumerate(self._columns)
            for row, told in enumerate(rows)
            if told is not None and told.line is not None
        ]
        names = [self._name_at(place) for place in range(len(self._places))]
        self._at = names.index(kept) if kept in names else 0
        self.virtual_size = Size(width, max(map(len, self._columns), default=0))
        self._keep_in_sight()
        self.refresh()

    def _name_at(self, place: int) -> tuple[str, str] | None:
        if place >= len(self._places):
            return None
        column, row = self._places[place]
        told = self._columns[column][row]
        return (told.block.name, told.line.key) if told and told.line else None

    def on_resize(self, _: events.Resize) -> None:
        self._lay()

    # -- moving -----------------------------------------------------------------------------

    def action_go(self, down: int, right: int) -> None:
        if not self._places:
            return
        place = self._at + down if abs(down) < _ALL else down * len(self._places)
        self._at = max(0, min(place, len(self._places) - 1))
        if right:
            self._cross(right)
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved())

    def _cross(self, right: int) -> None:
        """To the figure of the other column that stands nearest."""
        column, row = self._places[self._at]
        beside = [n for n, (other, _) in enumerate(self._places) if other == column + right]
        if beside:
            self._at = min(beside, key=lambda n: abs(self._places[n][1] - row))

    def action_open(self) -> None:
        current = self.current
        if current is not None:
            self.post_message(self.Opened(*current))

    def _keep_in_sight(self) -> None:
        """The cursor's line, and the title when it stands under one."""
        height = self.scrollable_content_region.height
        if height < 1 or not self._places:
            return
        _, row = self._places[self._at]
        first = self.scroll_offset.y
        if row - 1 < first:
            self.scroll_to(y=max(row - 1, 0), animate=False, force=True)
        elif row >= first + height:
            self.scroll_to(y=row - height + 1, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        width, column = self._width, 0
        if event.x >= width + _GAP:
            column = 1
        place = (column, self.scroll_offset.y + event.y)
        if place in self._places:
            self._at = self._places.index(place)
            self.action_go(0, 0)
            if event.chain == 2:
                self.action_open()

    # -- drawing ----------------------------------------------------------------------------

    @property
    def _width(self) -> int:
        """Of one column."""
        width, columns = self.scrollable_content_region.width, max(len(self._columns), 1)
        return (width - (columns - 1) * _GAP) // columns

    def render_line(self, y: int) -> Strip:
        base = self.get_component_rich_style("table--row")
        row = self.scroll_offset.y + y
        segments: list[Segment] = []
        for place, rows in enumerate(self._columns):
            if place:
                segments.append(Segment(" " * _GAP, base))
            told = rows[row] if row < len(rows) else None
            at = bool(self._places) and self._places[self._at] == (place, row)
            drawn = Strip(self._drawn(told, at) if told else [])
            segments += drawn.adjust_cell_length(self._width, base)
        return Strip(segments).adjust_cell_length(self.scrollable_content_region.width, base)

    def _drawn(self, row: _Row, at: bool) -> list[Segment]:
        base, quiet = (self.get_component_rich_style(f"table--{name}") for name in ("row", "quiet"))
        room = self._width - _MARGIN - sum(CELLS)
        label, bar = _shares(room)
        line = row.line
        if row.note is not None:
            return [Segment(" " * _MARGIN + fit(row.note, self._width - _MARGIN), quiet)]
        if line is None:
            heads = "".join(
                fit(head, cell, right=True)
                for head, cell in zip(row.block.heads, CELLS, strict=True)
            )
            title = self.get_component_rich_style("table--heading")
            return [
                Segment(" " * _MARGIN + fit(row.block.title, label), title),
                Segment(heads, quiet),
            ]
        look = (
            self.get_component_rich_style("table--cursor") if at else quiet if line.empty else base
        )
        texts = zip(line.texts, CELLS, strict=True)
        told = fit(line.label, label) + "".join(fit(text, cell, right=True) for text, cell in texts)
        return [
            Segment(" " * _MARGIN, base),
            Segment(told, look),
            Segment("  ", base),
            Segment(BAR * _cells(line.length, bar), self.get_component_rich_style("table--bar")),
        ]


def _shares(room: int) -> tuple[int, int]:
    """What label and bar have of the room that is left, less what divides them."""
    label = max(min(room // 2 + 1, 30), min(14, room))
    return label, max(room - label - 2, 0)


def _cells(length: float, width: int) -> int:
    """A bar that is not nothing is seen."""
    return max(round(length * width), 1) if length > 0 and width else 0


def _middle(blocks: Sequence[Block]) -> int:
    """Where the second column begins, so that both are as short as can be."""
    heights = [block.height for block in blocks]
    return min(
        range(1, max(len(blocks), 2)),
        key=lambda split: max(sum(heights[:split]), sum(heights[split:])),
    )


def _rows(blocks: Sequence[Block]) -> list[_Row | None]:
    rows: list[_Row | None] = []
    for block in blocks:
        rows += [None] if rows else []
        rows += [_Row(block), *(_Row(block, line) for line in block.lines)]
        rows += [_Row(block, note=note) for note in block.notes]
    return rows
