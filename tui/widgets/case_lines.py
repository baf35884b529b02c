"""One line of a list of cases, as segments: the heading, a row, a row with its matches marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from db.words.text import one_line
from tui.text.cells import CLIPPED, fit, width_of
from tui.widgets.case_columns import ALL, GAP, SUBJECT, Column
from tui.widgets.listing import Listing

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow

RISING, FALLING = "^", "v"
MARK = "*"
"""Before a marked case; a sign, because colours may be missing."""
SEARCHED = 2000
"""How many characters of a text are looked through for matches to mark."""
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Looks:
    """The styles of a line; `match` is laid over the style of its row."""

    row: Style
    quiet: Style
    late: Style
    match: Style
    at_cursor: bool = False
    marked: bool = False


def heading_line(
    columns: Sequence[Column], width: int, style: Style, sign: Style, order: tuple[str, bool] | None
) -> Strip:
    """The headings; the column the list is ordered by has a sign, and if it is not shown the subject
    names it.
    """
    by, falls = order or ("", False)
    shown = any(column.name == by for column in columns)
    cells: list[tuple[str, Style]] = []
    for column in columns:
        said, look = column.title, style
        if column.name == by:
            said, look = f"{said} {FALLING if falls else RISING}", sign
        elif by and not shown and column.name == SUBJECT:
            hidden = f"按{ALL[by].title} {FALLING if falls else RISING}"
            both = f"{said}  {hidden}"
            said, look = both if width_of(both) <= column.width else hidden, sign
        cells.append((fit(said, column.width, right=column.right), look))
    return _strip([[cell] for cell in cells], width, style)


def waiting_line(width: int, style: Style) -> Strip:
    """A row that has not been read yet."""
    return _strip([[(fit("读取中", width - 2 * GAP), style)]], width, style)


def case_line(
    row: CaseRow, columns: Sequence[Column], width: int, looks: Looks, listing: Listing
) -> Strip:
    """One case. What stands between its cells looks as they do, so that most of it is one piece."""
    usual = looks.quiet if row.state.ended and not looks.at_cursor else looks.row
    cells: list[Sequence[tuple[str, Style]]] = []
    for column in columns:
        warns = column.warns and row.overdue and not looks.at_cursor
        look = looks.late if warns else usual
        cells.append(list(_marked(column, column.text(row), look, looks.match, listing)))
    return _strip(cells, width, usual, MARK if looks.marked else " ")


def _marked(
    column: Column, text: str, look: Style, match: Style, listing: Listing
) -> Iterator[tuple[str, Style]]:
    """A cell's text in its width, in pieces: those that match are marked."""
    line = one_line(text[:SEARCHED])
    spans = listing.marks(line, column.name) if column.field else ()
    line, spans = _into_sight(line, spans, column.width)
    shown = fit(line, column.width, right=column.right)
    if not spans:
        yield shown, look
        return
    kept = 0
    for wanted, there in zip(line, shown, strict=False):
        if wanted != there:
            break
        kept += 1
    place = 0
    for start, end in spans:
        start, end = max(start, place), min(end, kept)  # noqa: PLW2901
        if start >= end:
            continue
        yield shown[place:start], look
        yield shown[start:end], look + match
        place = end
    yield shown[place:], look


def _into_sight(line: str, spans: Spans, width: int) -> tuple[str, Spans]:
    """The line from a little before its first match, if the match would be cut off."""
    if (
        not spans
        or width_of(line[: spans[0][1]]) <= width - len(CLIPPED)
        or width_of(line) <= width
    ):
        return line, spans
    begin, end = spans[0]
    while begin and width_of(line[begin - 1 : end]) <= min(width - 2 * len(CLIPPED), width // 2):
        begin -= 1
    while begin and width_of(CLIPPED + line[begin - 1 :]) <= width:
        begin -= 1
    by = begin - len(CLIPPED)
    return CLIPPED + line[begin:], [(start - by, end - by) for start, end in spans]


def _strip(
    cells: Sequence[Sequence[tuple[str, Style]]], width: int, style: Style, before: str = " "
) -> Strip:
    """The cells in one line; what looks alike is one piece: each costs the framework the same."""
    pieces = [(before, style + Style(bold=True) if before == MARK else style)]
    for cell in cells:
        for text, look in (*cell, (" " * GAP, style)):
            said, last = pieces[-1]
            if look == last:
                pieces[-1] = said + text, last
            elif text:
                pieces.append((text, look))
    segments = [Segment(text, look) for text, look in pieces]
    return Strip(segments, sum(width_of(s.text) for s in segments)).adjust_cell_length(width, style)
