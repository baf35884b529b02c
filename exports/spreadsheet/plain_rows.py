"""Rows of plain cells as a sheet holds them (ECMA-376, 18.3.1.73): text, whole numbers, days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.exceptions import IllegalCharacterError

from exports.spreadsheet.cells import looks_like_formula

_ESCAPED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Styles(NamedTuple):
    """The numbers of the styles of a column's cells; 0 is none."""

    text: int
    quoted: int
    """Of texts that look like formulas."""
    day: int
    empty: int = 0


class PlainRows:
    """Writes rows whose cells have the styles of their columns."""

    def __init__(self, columns: Sequence[Styles]) -> None:
        self._columns = [
            (get_column_letter(place), *map(_attribute, styles))
            for place, styles in enumerate(columns, 1)
        ]

    def row(
        self, number: int, cells: Iterable[str | int | date | None], height: float | None = None
    ) -> str:
        """
        Raises:
            IllegalCharacterError: a text holds what no XML file may.
        """
        high = "" if height is None else f' ht="{height:g}" customHeight="1"'
        told = [f'<row r="{number}"{high}>']
        for (letters, plain, quoted, day, empty), value in zip(self._columns, cells, strict=True):
            at = f"{letters}{number}"
            if value is None or value == "":
                if empty:
                    told.append(f'<c r="{at}"{empty}/>')
            elif isinstance(value, str):
                told.append(_text(at, value, quoted if looks_like_formula(value) else plain))
            elif isinstance(value, date):
                told.append(f'<c r="{at}"{day} t="n"><v>{_serial(value)}</v></c>')
            else:
                told.append(f'<c r="{at}"{plain} t="n"><v>{value}</v></c>')
        told.append("</row>")
        return "".join(told)


def _attribute(style: int) -> str:
    return f' s="{style}"' if style else ""


def _text(at: str, value: str, style: str) -> str:
    space = ""
    if not value.isprintable() or "  " in value or value != value.strip():
        if _NOT_XML.search(value):
            raise IllegalCharacterError(f"{value} cannot be used in worksheets.")
        space = ' xml:space="preserve"'
    return f'<c r="{at}"{style} t="inlineStr"><is><t{space}>{_escaped(value)}</t></is></c>'


def _escaped(text: str) -> str:
    for sign, instead in _ESCAPED:
        if sign in text:
            text = text.replace(sign, instead)
    return text


@lru_cache(maxsize=4096)
def _serial(day: date) -> float:
    return to_excel(day)  # type: ignore[no-untyped-call,no-any-return]
