"""How the sheets look: fonts, borders, row heights, and texts a spreadsheet cannot misread."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

# Names every Chinese Windows has; elsewhere the family and the GB 2312 charset lead to a Song.
_SONG, _HEI, _GB2312, _MODERN = "宋体", "黑体", 134, 3
SIZE = 11
LINE_HEIGHT = 15.0
_PADDING = 6.0  # points a cell keeps free at its sides, together
_POINTS_A_UNIT = 5.25  # of a column's width: one digit of the default font, Calibri 11

_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="F2F2F2")
# Fills of conditional formats, which paint with `bgColor`.
ALARM = PatternFill("solid", bgColor="FFC7CE")
CALM = PatternFill("solid", bgColor="C6EFCE")


@dataclass(frozen=True)
class Look:
    """What a cell looks like."""

    font: Font
    alignment: Alignment
    border: Border | None = None
    fill: PatternFill | None = None
    number_format: str = "General"


def _font(name: str = _SONG, size: float = SIZE, *, bold: bool = False) -> Font:
    return Font(name=name, size=size, bold=bold, family=_MODERN, charset=_GB2312)


def _align(horizontal: str, *, wrap: bool = True) -> Alignment:
    return Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap)


TITLE = Look(_font(_HEI, 16), _align("center"))
NOTE = Look(_font(), _align("left"))
NOTE_RIGHT = Look(_font(), _align("right"))
VERDICT = Look(_font(_HEI, 14), _align("center"), _GRID)
SECTION = Look(_font(_HEI), _align("left"), _GRID, _SHADE)
HEAD = Look(_font(_HEI), _align("center"), _GRID, _SHADE)
LABEL = Look(_font(), _align("left"), _GRID)
LABEL_CENTRED = Look(_font(), _align("center"), _GRID)
FIGURE = Look(_font(), _align("center", wrap=False), _GRID, number_format="0")
DATE = replace(FIGURE, number_format="yyyy-mm-dd")


@cache
def _room(widths: tuple[float, ...], size: float) -> float:
    """Points of a line in columns of these widths."""
    return max(sum(_POINTS_A_UNIT * width for width in widths) - _PADDING - size / 2, size)


def fitting(width: float) -> int:
    """So many characters stand in one line of a column, whichever they are."""
    return int(_room((width,), SIZE) / SIZE)


def lines_of(text: str, widths: Sequence[float], size: float = SIZE) -> int:
    """How many lines a text takes, wrapped in columns of these widths (merged).

    Reckoned on the safe side: half a character is left free, as no line begins with a stop.
    """
    room = _room(tuple(widths), size)
    if len(text) * size <= room:
        return 1
    wide = sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in text)
    return ceil(wide * size / room)
