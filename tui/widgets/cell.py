"""A grid that is typed into: its cells, and beside each the figure of the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message

from tui.actions.registry import bindings
from tui.forms.fields import FieldSpec
from tui.text.cells import clip, fit
from tui.widgets.field import Field
from tui.widgets.field_sheet import FieldSheet, Place
from tui.widgets.plain import Part, content_of
from tui.widgets.plain_fields import PlainInput


class CellInput(PlainInput):
    """The arrows leave it: up and down always, left and right at its ends or while all is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("cells")

    class Left(Message):
        """The cursor goes to the cell so many rows down and columns right."""

        def __init__(self, down: int, right: int) -> None:
            super().__init__()
            self.down, self.right = down, right

    def action_row(self, by: int) -> None:
        self.post_message(self.Left(by, 0))

    def action_side(self, by: int) -> None:
        edge = len(self.value) if by > 0 else 0
        if self.cursor_position == edge or not self.selection.is_empty:
            self.post_message(self.Left(0, by))
        elif by > 0:
            self.action_cursor_right()
        else:
            self.action_cursor_left()


class Cell(Field):
    """The cell as a form keeps it. What is wrong with it is said elsewhere: there is no room."""

    def __init__(self, spec: FieldSpec, last: str, width: int, beside: int) -> None:
        """`beside`: cells of the width that the figure of the year before has."""
        super().__init__(spec)
        self.last, self.width, self.beside = last, width, beside

    def _made(self) -> CellInput:
        return CellInput(self.spec.initial, classes="-error" if self.fault else None)

    def tell(self, echo: str, fault: str) -> None:
        super().tell("", fault)
        if self.taker is not None:
            self.taker.set_class(bool(fault), "-error")

    def drawn(self) -> tuple[Part, ...]:
        """What would be in the input, and what stands beside it."""
        box = fit(self.text if self.taker is None else "", self.width - self.beside)
        look = "bold $error on $field" if self.fault else "$foreground on $field"
        last = f" {clip(f'({self.last})', self.beside - 1)}" if self.last else ""
        return (box, look), (fit(last, self.beside), "$quiet")


@dataclass(frozen=True)
class GridLine:
    """A line of the grid: a heading, or a label with its cells."""

    text: str
    cells: tuple[Cell, ...] | None = None


class GridSheet(FieldSheet):
    """The cells under their headings, beside their labels."""

    lines: Sequence[GridLine] = ()

    def __init__(self, label: int) -> None:
        """`label`: cells of the widest label."""
        super().__init__()
        self._label = label

    def _by_line(self) -> Iterator[tuple[int, GridLine]]:
        """The lines and where they are: a blank one stands over every heading but the first."""
        y = 0
        for line in self.lines:
            y += line.cells is None and y > 0
            yield y, line
            y += 1

    def placed(self, size: Size) -> Iterator[tuple[Field, Place]]:
        for y, line in self._by_line():
            x = self._label
            for cell in line.cells or ():
                box = Region(x, y, cell.width - cell.beside, 1)
                yield cell, Place(y, 1, box, Region(), Region())
                x += cell.width

    def _hint_lines(self, field: Field, width: int) -> int:
        return 0

    def drawn_lines(self) -> Sequence[Content]:
        drawn: list[Content] = []
        for y, line in self._by_line():
            drawn += [Content("")] * (y - len(drawn))
            if line.cells is None:
                drawn.append(content_of((line.text, "$quiet")))
            else:
                cells = (part for cell in line.cells for part in cell.drawn())
                drawn.append(content_of(fit(line.text, self._label), *cells))
        return drawn
