"""Rows of plain cells as a sheet holds them (ECMA-376, 18.3.1.73): text, whole numbers, days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.exceptions import IllegalCharacterError

from exports.spreadsheet.cells import looks_like_formula

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class PlainRows:
    """Writes rows; `quoted` and `dated` are the numbers of the styles of such texts, and of days."""

    def __init__(self, columns: int, quoted: int, dated: int) -> None:
        self._letters = [get_column_letter(place) for place in range(1, columns + 1)]
        self._quoted, self._dated = f' s="{quoted}"', f' s="{dated}"'

    def row(self, number: int, cells: Iterable[str | int | date | None]) -> str:
        """
        Raises:
            IllegalCharacterError: a text holds what no XML file may.
        """
        told = [f'<row r="{number}">']
        for letters, value in zip(self._letters, cells, strict=True):
            if value is None or value == "":
                continue
            at = f"{letters}{number}"
            if isinstance(value, str):
                told.append(self._text(at, value))
            elif isinstance(value, date):
                told.append(f'<c r="{at}"{self._dated} t="n"><v>{_serial(value)}</v></c>')
            else:
                told.append(f'<c r="{at}" t="n"><v>{value}</v></c>')
        told.append("</row>")
        return "".join(told)

    def _text(self, at: str, value: str) -> str:
        quoted = self._quoted if looks_like_formula(value) else ""
        space = ""
        if not value.isprintable() or "  " in value or value != value.strip():
            if _NOT_XML.search(value):
                raise IllegalCharacterError(f"{value} cannot be used in worksheets.")
            space = ' xml:space="preserve"'
        text = escape(value, {"\r": "&#13;"})
        return f'<c r="{at}"{quoted} t="inlineStr"><is><t{space}>{text}</t></is></c>'


@lru_cache(maxsize=4096)
def _serial(day: date) -> float:
    return to_excel(day)  # type: ignore[no-untyped-call,no-any-return]
