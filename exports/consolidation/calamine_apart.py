"""Run as a program of its own: a workbook on standard input, its sheets on standard output as JSON.

The library makes room for every cell between the first and the last: two cells far apart would take
all memory there is. It knows nothing of the house, so that it starts fast.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from typing import Any

_MEMORY = 2 << 30
_ROWS, _COLUMNS = 1_500, 60


def main() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    import python_calamine

    content = sys.stdin.buffer.read()
    told: dict[str, Any]
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        kind, seen = (
            python_calamine.SheetTypeEnum.WorkSheet,
            python_calamine.SheetVisibleEnum.Visible,
        )
        found = [each for each in book.sheets_metadata if each.typ == kind]
        hidden = [each.name for each in found if each.visible != seen]
        told = {
            "sheets": [_sheet(book, each.name) for each in found if each.visible == seen],
            "hidden": [name for name in hidden if book.get_sheet_by_name(name).to_python(nrows=1)],
        }
    except Exception as fault:
        told = {"refused": type(fault).__name__}
    sys.stdout.write(json.dumps(told))


def _sheet(book: Any, name: str) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False, nrows=_ROWS)
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    return {
        "title": name,
        "rows": [[_value(cell) for cell in row[:_COLUMNS]] for row in rows],
        "merged": merged,
    }


def _value(cell: Any) -> Any:
    """What JSON can tell; days come as texts in brackets, so that no figure is made of them."""
    return cell if isinstance(cell, (str, int, float, bool)) else f"（{cell}）"


if __name__ == "__main__":
    main()
