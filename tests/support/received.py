"""Reports of other offices that are quickly made and read: files of JSON."""

from __future__ import annotations

import json
from pathlib import Path

from db.year_end.form import COLUMNS, row_labels


def report(
    path: Path, organ: str, new: int = 3, concluded: int | None = None, year: int = 2024
) -> Path:
    """A report in which `new` came in and were all answered; or `concluded`, as row 3.7 says."""
    told = new if concluded is None else concluded
    rows = {"1": new, "3.1": new, "3.7": told}
    cells = {code: [n, *[0] * (len(COLUMNS) - 2), n] for code, n in rows.items()}
    nothing = [0] * len(COLUMNS)
    document = {
        "year": year,
        "form": "2021",
        "organ": organ,
        "requests": {
            "rows": [
                {"code": r.code, "cells": cells.get(r.code, nothing)} for r in row_labels("2021")
            ]
        },
        "disputes": {block: [0] * 5 for block in ("review", "direct_suit", "suit_after_review")},
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
