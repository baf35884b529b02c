"""One line of a list of cases as it is painted: which styles it takes."""

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


def heading(
    view: Reading | None, columns: Sequence[Column], width: int, style_of: StyleOf
) -> Strip:
    style = style_of("table--heading")
    sign = style + style_of("table--sign", partial=True)
    order = view.listing.order if view is not None else None
    return heading_line(columns, width, style, sign, order)


def line(
    view: Reading | None,
    index: int,
    columns: Sequence[Column],
    width: int,
    style_of: StyleOf,
    *,
    cursor: str,
    marks: Marks,
) -> Strip:
    """A row; `cursor` names the look of the row under the cursor, and is empty on the others."""
    base = style_of("table--row")
    if view is None or index >= view.total:
        return Strip.blank(width, base)
    if cursor:
        base = style_of(cursor)
    row = view.row(index)
    if row is None:
        return waiting_line(width, base)
    looks = Looks(
        base,
        style_of("table--quiet"),
        style_of("table--late"),
        Style(bold=True, underline=True) if cursor else style_of("table--match", partial=True),
        bool(cursor),
        marked=row.id in marks,
    )
    return case_line(row, columns, width, looks, view.listing)
