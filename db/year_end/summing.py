"""汇总: the reports of several organs added up, cell by cell, into one of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from db.disputes.dispute import RESULTS, Block
from db.storage.cutoff import Cutoff
from db.year_end.checks import check_sums
from db.year_end.form import COLUMNS, Form, row_labels
from db.year_end.own_parts import OwnParts
from db.year_end.proactive import Proactive
from db.year_end.proactive_form import fields_of
from db.year_end.received import Received
from db.year_end.report import YearReport
from db.year_end.request_table import FigureRow, YearTable

OTHERS = "3.6.3"
"""Where the one row 3.6 of Form 2019 counts on Form 2021."""


def summed(
    parts: Sequence[Received], year: int, organ: str, form: Form, at: datetime
) -> YearReport:
    """The sum as a report like any other; a part without table 2, or on another form, adds none."""
    each = [cells_on(part, form) for part in parts]
    rows = tuple(
        FigureRow(
            row.code,
            row.group,
            row.label,
            tuple(sum(cells[row.code][place] for cells in each) for place in range(len(COLUMNS))),
        )
        for row in row_labels(form)
    )
    table = YearTable(year, form, organ, organ, at, rows)
    fours = [part.table4() for part in parts]
    disputes = {
        block: tuple(sum(four[block][place] for four in fours) for place in range(len(RESULTS) + 1))
        for block in Block
    }
    proactive = Proactive(form, _together([part.table2() for part in parts], form))
    return YearReport(
        "live",
        Cutoff(at),
        table,
        disputes,
        tuple(check_sums(table, disputes)),
        None,
        (),
        None,
        None,
        OwnParts(proactive),
        (),
        Proactive(form),
    )


def cells_on(part: Received, form: Form) -> Mapping[str, tuple[int, ...]]:
    """Table 3 of a part as it counts on a form."""
    nothing = (0,) * len(COLUMNS)
    told = {code: tuple(n or 0 for n in cells) for code, cells in (part.requests or {}).items()}
    if part.form == form:
        return {row.code: told.get(row.code, nothing) for row in row_labels(form)}
    if form == "2021":
        told[OTHERS] = told.pop("3.6", nothing)
    else:
        others = [told.pop(code, nothing) for code in ("3.6.1", "3.6.2", "3.6.3")]
        told["3.6"] = tuple(map(sum, zip(*others, strict=True)))
    return {row.code: told.get(row.code, nothing) for row in row_labels(form)}


def _together(tables: Sequence[Proactive], form: Form) -> dict[str, Decimal]:
    told: dict[str, Decimal] = {}
    for table in tables:
        if table.form == form:
            for key, value in table.values.items():
                told[key] = told.get(key, Decimal(0)) + value
    return {key: told[key] for key in fields_of(form) if key in told}
