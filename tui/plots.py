"""Small charts as lines of plain signs, drawn by plotext: honest in 16 colours and in none.

Imported only when a chart is shown. Nothing here is wider than its cell on any terminal, and no
Chinese passes through plotext, which counts characters and not cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plotext._figure import _figure_class

NOW, BEFORE, LYING = "#", ":", "="
"""What standing bars are made of, this year's and last year's; and lying bars."""

_SIGNS = str.maketrans({"│": "|", "┤": "|", "└": "+", "─": "-", "┬": "-", "┼": "+"})
_MARGIN = 6


def month_bars(before: Sequence[int], now: Sequence[int], width: int, height: int) -> list[str]:
    """Twelve pairs of standing bars, last year's and this year's, over the months' numbers."""
    each = max((width - _MARGIN) // 12, 3)
    bar = max((each - 1) // 2, 1)
    highest = max(*before, *now, 1)
    figure = _figure(_MARGIN + each * 12, height)
    for values, sign, shift in ((before, BEFORE, 0), (now, NOW, bar)):
        for column in range(bar):
            places = [each * month + shift + column for month in range(12) if values[month]]
            heights = [values[month] for month in range(12) if values[month]]
            if places:
                figure.scatter(places, heights, marker=sign, fillx=True)
    figure.xlim(0, each * 12 - 1)
    figure.ylim(0, highest)
    figure.xticks([each * month + bar - 0.5 for month in range(12)], [str(n) for n in range(1, 13)])
    middle = [highest // 2] if highest > 3 else []
    figure.yticks([0, *middle, highest], [f"{n:>5}" for n in (0, *middle, highest)])
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    return _lines(figure)


def lying_bars(values: Sequence[int], width: int) -> list[str]:
    """One lying bar a line, the longest as wide as there is room."""
    if not values:
        return []
    figure = _figure(width, len(values))
    places = list(range(len(values), 0, -1))
    figure.scatter(values, places, marker=LYING, filly=True)
    figure.xlim(0, max(*values, 1))
    figure.ylim(1, max(len(values), 2))
    figure.frame(False)
    figure.xticks([])
    figure.yticks([])
    lines = _lines(figure)
    return [line if value else "" for line, value in zip(lines, values, strict=False)]


def _figure(width: int, height: int) -> Any:
    figure = _figure_class()
    figure.theme("clear")
    figure.plotsize(width, height)
    return figure


def _lines(figure: Any) -> list[str]:
    built: str = figure.build()
    return [line.replace("\x1b[0m", "").translate(_SIGNS).rstrip() for line in built.splitlines()]
