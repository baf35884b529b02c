"""What a year's figures are remarked on for: no fault, and nothing is refused for it."""

from __future__ import annotations

from collections.abc import Iterator

from db.year_end.form import CONCLUDED
from db.year_end.request_table import YearTable

OTHERS = "3.6"
TENTH = 10
"""其他处理 is meant for exceptions (国办公开办函〔2019〕60号): more than one answer in ten is many."""


def remarks_on(table: YearTable) -> Iterator[str]:
    """Each remark as a sentence."""
    others = sum(row.cells[-1] for row in table.rows if row.code.startswith(OTHERS))
    concluded = table.row(CONCLUDED).cells[-1]
    if others * TENTH > concluded:
        yield (
            f"其他处理有{others}件，超过全年办理的{concluded}件的十分之一；"
            "这一项只用于例外情形（国办公开办函〔2019〕60号），请核对是否应计入别的行。"
        )
