"""Cells merged downwards: what stands in the topmost is said of every row they cover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl.utils import column_index_from_string

Merges = Mapping[int, list[tuple[int, int]]]
"""By the row they begin in: the column (from 0) and the last row of each."""

MERGED = re.compile(
    rb'<(?:\w{1,20}:)?mergeCell\s+ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"'
)
"""A merged block as a sheet names it, behind its rows."""
MOST_MERGES = 100_000
"""Of a sheet; of more, the rest is read as it stands."""


def downward(found: Iterable[re.Match[bytes]]) -> Merges:
    """The blocks that cover more than one row; what lies beside their first column stays empty."""
    merges: dict[int, list[tuple[int, int]]] = {}
    for match in found:
        first, last = int(match[2]), int(match[4])
        if last > first:
            place = column_index_from_string(match[1].decode()) - 1
            merges.setdefault(first, []).append((place, last))
    return merges


class Filling:
    """Rows from top to bottom, each with what merged cells say of it."""

    def __init__(self, merges: Merges) -> None:
        self._merges = merges
        self._open: dict[int, tuple[int, Any]] = {}

    def fill(self, row: int, cells: dict[int, Any]) -> None:
        """Put into a row what stands above it in cells that cover it."""
        if self._open:
            self._open = {at: told for at, told in self._open.items() if told[0] >= row}
            for place, (_, value) in self._open.items():
                cells.setdefault(place, value)
        for place, last in self._merges.get(row, ()):
            if place in cells:
                self._open[place] = last, cells[place]
