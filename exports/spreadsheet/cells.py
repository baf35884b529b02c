"""Text in a cell: stored exactly, never a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.words.text import one_line

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

# A Chinese spreadsheet computes the full-width signs too.
_OBEYED = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
_SIGNS = re.escape("".join(_OBEYED))
_FORMULA = re.compile(f"'*[{_SIGNS}]")
_GUARDED = re.compile(f"'+[{_SIGNS}]")


def guard(text: str) -> str:
    """A text for a CSV cell, marked with an apostrophe if a spreadsheet would compute it."""
    return "'" + text if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given."""
    return text[1:] if _GUARDED.match(text) else text


# What XML cannot hold, besides the control characters `one_line` drops.
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


_LONGEST = 32_767  # of one cell, counted in UTF-16 code units; openpyxl cuts off the rest unsaid


_CUT = "……（以下截去）"


def cell_text(text: str) -> str:
    """The text as one cell may hold it: one line, nothing XML forbids, clipped with a mark."""
    text = _NOT_XML.sub("", one_line(text))
    if too_long(text):
        kept = text.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))]
        text = kept.decode("utf-16-le", "ignore") + _CUT
    return text


def too_long(text: str) -> bool:
    """Whether a text is longer than one cell holds."""
    return len(text) > _LONGEST // 2 and len(text.encode("utf-16-le", "replace")) // 2 > _LONGEST


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would compute the text, once someone edits its cell."""
    return text.startswith(_OBEYED)


def put_text(cell: Cell, text: str) -> None:
    """Set a cell to a text that stays a text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"  # openpyxl takes “=…” for a formula and “#N/A” for an error
