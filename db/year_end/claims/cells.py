"""What a claim is held against: one figure of the tables, or the sum of some, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.disputes.dispute import RESULTS, Block
from db.year_end.form import COLUMNS, CONCLUDED, TOTAL

ORGANIZATIONS = "organizations"
"""法人或其他组织: the five columns between 自然人 and 总计."""
SETTLED = "settled"
"""已审结: a block's total without what is still pending."""
REVIEW = (Block.REVIEW,)
SUITS = (Block.DIRECT_SUIT, Block.SUIT_AFTER_REVIEW)
UPHELD, CORRECTED, OTHER_RESULT, PENDING = (result.value for result in RESULTS)


@dataclass(frozen=True, slots=True)
class Figures:
    """The three tables of an organ and year that a narrative is held against.

    `requests` by row code of the form, in the order of `COLUMNS`; a group's row may be missing, it
    is summed. `disputes` are five numbers a block. `proactive` is table 2, empty if not filled.
    """

    year: int
    requests: Mapping[str, Sequence[int]]
    disputes: Mapping[Block, Sequence[int]]
    proactive: Mapping[str, Mapping[str, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the tables: rows and a column, or blocks and a result, or a key of table 2."""

    rows: tuple[str, ...] = ()
    column: str = TOTAL
    blocks: tuple[Block, ...] = ()
    key: str = ""

    @property
    def name(self) -> str:
        """`1.total`, `3.total` (all conclusions), `review.upheld`, `documents.made`, sums with +."""
        if self.key:
            return f"{self.key}.{self.column}"
        if self.blocks:
            return f"{'+'.join(block.value for block in self.blocks)}.{self.column}"
        return f"{'+'.join('3' if row == CONCLUDED else row for row in self.rows)}.{self.column}"

    def of(self, figures: Figures | None) -> int | None:
        """Its figure; None if the tables do not have it, or it is no whole number."""
        if figures is None:
            return None
        if self.key:
            value = figures.proactive.get(self.key, {}).get(self.column)
            return None if value is None or value != int(value) else int(value)
        if self.blocks:
            each = [_of_block(figures, block, self.column) for block in self.blocks]
        else:
            each = [_of_row(figures, row, self.column) for row in self.rows]
        whole = [value for value in each if value is not None]
        return sum(whole) if each and len(whole) == len(each) else None


def _of_row(figures: Figures, row: str, column: str) -> int | None:
    cells = figures.requests.get(row)
    if cells is not None:
        return _of_cells(cells, column)
    leaves = [
        cells
        for code, cells in figures.requests.items()
        if code.startswith(f"{row}.") and code != CONCLUDED
    ]
    each = [_of_cells(cells, column) for cells in leaves]
    whole = [value for value in each if value is not None]
    return sum(whole) if each and len(whole) == len(each) else None


def _of_cells(cells: Sequence[int], column: str) -> int | None:
    if len(cells) != len(COLUMNS):
        return None
    if column == ORGANIZATIONS:
        return sum(cells[1:-1])
    return cells[COLUMNS.index(column)]


def _of_block(figures: Figures, block: Block, result: str) -> int | None:
    cells = figures.disputes.get(block)
    if cells is None or len(cells) != len(RESULTS) + 1:
        return None
    if result == TOTAL:
        return cells[-1]
    if result == SETTLED:
        return cells[-1] - cells[-2]
    return cells[[each.value for each in RESULTS].index(result)]
