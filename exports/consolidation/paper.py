"""A report from a stranger's hands, whatever its format: texts in order, and grids of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

MOST_ROWS, MOST_COLUMNS = 1_500, 60
"""Of a grid: no report's table comes near it."""
LONGEST = 20_000
"""Characters of a cell that are looked at."""

RAISED, LOWERED = "\ue000", "\ue001"
"""Around what is set raised, as footnote marks are."""
STRUCK = "\ue002"
"""In the place of what is struck through: nobody can say whether it counts."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell; where it covers several places, the same stands in all of them.

    `fault` says why it has no value, though it is not empty.
    """

    text: str = ""
    fault: str = ""

    @property
    def empty(self) -> bool:
        return not self.text.strip() and not self.fault


ABSENT = Cell()
"""Where a row of a table ends before the others do."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table, row by row.

    `aligned`: the place in a row is the column; in a table that was made text, only the order of
    its cells is left.
    """

    rows: tuple[tuple[Cell, ...], ...]
    aligned: bool = True
    title: str = ""
    blanks: bool = True
    """Whether cells that hold nothing are all told: at the end of a line they get lost."""
    filled: bool = False
    """Whether rows end in blanks up to one width, in the place of what cells before them cover."""

    @property
    def texts(self) -> set[str]:
        """What its cells say, each once."""
        return {cell.text for row in self.rows for cell in row}

    def turned(self) -> Grid:
        """The same, its rows as columns."""
        return Grid(tuple(zip(*self.rows, strict=True)), True, self.title)

    def blocks(self) -> Iterator[Grid]:
        """The tables that stand below each other in it, parted by rows of one text or none."""
        block: list[tuple[Cell, ...]] = []
        lefts = [n for row in self.rows for n, cell in enumerate(row) if not cell.empty]
        left = min(lefts, default=0)
        for row in (*self.rows, ()):
            told = {cell for cell in row if not cell.empty}
            if len(told) > 1 or (told and row[left] not in told):
                block.append(row)
            elif block:
                used = [n for n in range(len(block[0])) if any(not row[n].empty for row in block)]
                places = range(used[0], used[-1] + 1)
                yield Grid(tuple(tuple(row[n] for n in places) for row in block), True, self.title)
                block = []


Piece = str | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """A file: its name, and its texts (a paragraph each) and grids in their order."""

    name: str
    pieces: tuple[Piece, ...]
    hidden: tuple[str, ...] = ()
    """What in it nobody sees, and was not read."""

    @property
    def grids(self) -> list[Grid]:
        return [piece for piece in self.pieces if isinstance(piece, Grid)]

    def over_tables(self) -> Iterator[str]:
        """What stands in the cells at the top of grids: 填报单位 and the year, often beside each other."""
        for grid in self.grids:
            for row in grid.rows[:6]:
                yield from (c.text for c in dict.fromkeys(row) if len(c.text) < 80)

    def lines(self) -> Iterator[str]:
        """Every paragraph; a row of a grid in which one cell alone says something is one."""
        for piece in self.pieces:
            if isinstance(piece, str):
                yield from piece.split("\n")
                continue
            for row in piece.rows:
                told = [cell for cell in dict.fromkeys(row) if not cell.empty]
                if len(told) == 1:
                    yield from told[0].text.split("\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a row, and the columns it covers there, first and last."""

    cell: Cell
    first: int
    last: int


def spans(row: Sequence[Cell]) -> list[Span]:
    """The cells of a row from left to right, each once."""
    told: list[Span] = []
    place = 0
    for cell, group in groupby(row, key=lambda each: each):
        length = sum(1 for _ in group)
        if cell is ABSENT:
            told += [Span(cell, place + n, place + n) for n in range(length)]
        else:
            told.append(Span(cell, place, place + length - 1))
        place += length
    return told


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell as a table of Word or of a page writes it: how many columns and rows it takes."""

    cell: Cell
    across: int = 1
    down: int = 1


def without_filling(behind: Sequence[Cell], many: int, *, sure: bool) -> Sequence[Cell]:
    """As many cells behind a label as there are columns, if the others only fill the row up.

    Unless it is `sure`: where the first is blank, it may as well be one that the label covered.
    """
    sure = sure or (bool(behind) and (not behind[0].empty or all(cell.empty for cell in behind)))
    return behind[:many] if sure and all(cell.empty for cell in behind[many:]) else behind


def spread(rows: Iterable[Sequence[Placed]], title: str = "") -> Grid:
    """A grid of rows that leave out what cells of before cover."""
    told: list[list[Cell]] = []
    covering: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        if len(told) >= MOST_ROWS:
            break
        cells: list[Cell] = []
        waiting = iter(row)
        while len(cells) < MOST_COLUMNS:
            above = covering.pop(len(cells), None)
            if above is not None:
                if above[1] > 1:
                    covering[len(cells)] = above[0], above[1] - 1
                cells.append(above[0])
                continue
            placed = next(waiting, None)
            if placed is None:
                if not any(column > len(cells) for column in covering):
                    break
                cells.append(ABSENT)
                continue
            for _ in range(max(placed.across, 1)):
                if len(cells) >= MOST_COLUMNS or len(cells) in covering:
                    break
                if placed.down > 1:
                    covering[len(cells)] = placed.cell, placed.down - 1
                cells.append(placed.cell)
        told.append(cells)
    return padded(told, ABSENT, title)


def padded(rows: Sequence[Sequence[Cell]], filling: Cell | None = None, title: str = "") -> Grid:
    """A grid of rows of which some end early; what is missing is blank, or `filling`."""
    width = max(map(len, rows), default=0)
    return Grid(
        tuple((*row, *(filling or Cell() for _ in range(width - len(row)))) for row in rows),
        title=title,
    )
