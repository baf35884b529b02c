"""Tables of figures as the desk shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.year_end.dispute_table import Table4
    from db.year_end.request_table import FigureRow


def dispute_rows(disputes: Table4) -> tuple[list[FigureRow], tuple[str, ...], tuple[str, ...]]:
    """Table 4 as rows, with its columns and their labels."""
    from db.disputes.dispute import RESULTS
    from db.year_end.request_table import FigureRow

    rows = [FigureRow(b.value, "", b.label, tuple(cells)) for b, cells in disputes.items()]
    return (
        rows,
        (*(result.value for result in RESULTS), "total"),
        (*(result.label for result in RESULTS), "总计"),
    )
