"""The lines of a list of cases as they are painted: in which styles; remembered while they stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.style import Style
from textual.strip import Strip

from tui.widgets.case_columns import Column
from tui.widgets.case_lines import Looks, case_line, heading_line, waiting_line
from tui.widgets.marks import Marks
from tui.widgets.reading import Reading

COMPONENTS = frozenset(
    f"table--{name}"
    for name in (
        "heading",
        "row",
        "quiet",
        "late",
        "match",
        "sign",
        "cursor",
        "cursor-blurred",
    )
)
"""The parts a list is dressed by."""
StyleOf = Callable[..., Style]
_MOST = 200
"""Lines that are remembered."""


class CasePaint:
    """Paints lines, and gives out again those that are as they were."""

    def __init__(self, style_of: StyleOf) -> None:
        self._style_of = style_of
        self._dressed: object = None
        self._columns: Sequence[Column] = ()
        self._width = 0
        self._looks: dict[tuple[str, bool], Looks] = {}
        self._lines: dict[int, tuple[object, Strip]] = {}

    def laid(self, dressed: object, columns: Sequence[Column], width: int) -> None:
        """In which styles the list is dressed now, and how it is laid: else all is painted anew."""
        if dressed is not self._dressed:
            self._looks.clear()
            self._lines.clear()
        if (columns, width) != (self._columns, self._width):
            self._lines.clear()
        self._dressed, self._columns, self._width = dressed, columns, width

    def heading(self, view: Reading | None) -> Strip:
        order = view.listing.order if view is not None else None

        def paint() -> Strip:
            style = self._style_of("table--heading")
            sign = style + self._style_of("table--sign", partial=True)
            return heading_line(self._columns, self._width, style, sign, order)

        return self._line(-1, order, paint)

    def line(self, view: Reading | None, index: int, cursor: str, marks: Marks) -> Strip:
        """A row; `cursor` names the look of the row under the cursor, and is empty on the others."""
        width = self._width
        if view is None or index >= view.total:
            return self._line(index, None, lambda: Strip.blank(width, self._looked("").row))
        row, listing = view.row(index), view.listing
        if row is None:
            return self._line(index, cursor, lambda: waiting_line(width, self._looked(cursor).row))
        marked = row.id in marks

        def paint() -> Strip:
            return case_line(
                row, self._columns, width, self._looked(cursor, marked=marked), listing
            )

        return self._line(index, (row, listing, cursor, marked), paint)

    def _line(self, index: int, of: object, paint: Callable[[], Strip]) -> Strip:
        """What stands in a line; painted if what it is made `of` is another than the last time."""
        kept = self._lines.get(index)
        if kept is None or kept[0] != of:
            if len(self._lines) > _MOST:
                self._lines.clear()
            kept = self._lines[index] = of, paint()
        return kept[1]

    def _looked(self, cursor: str, *, marked: bool = False) -> Looks:
        if (cursor, marked) not in self._looks:
            style_of = self._style_of
            self._looks[cursor, marked] = Looks(
                style_of(cursor or "table--row"),
                style_of("table--quiet"),
                style_of("table--late"),
                Style(bold=True, underline=True)
                if cursor
                else style_of("table--match", partial=True),
                bool(cursor),
                marked=marked,
            )
        return self._looks[cursor, marked]
