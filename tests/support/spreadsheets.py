"""Workbooks as the tests read them."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

import openpyxl
import pytest
from openpyxl.worksheet.merge import MergedCellRange


def load_workbook(book: Path | str | IO[bytes], **options: Any) -> openpyxl.Workbook:
    """openpyxl's, without the lines around merged cells: working them out is most of its reading."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MergedCellRange, "format", lambda _: None)
        return openpyxl.load_workbook(book, **options)
