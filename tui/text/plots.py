"""Small charts as lines of plain signs, drawn by plotext: honest in 16 colours and in none.

Imported only when a chart is shown. Nothing here is wider than its cell on any terminal, and no
Chinese passes through plotext, which counts characters and not cells.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotext

NOW, BEFORE, LYING = "#", ":", "="
"""What standing bars are made of, this year's and last year's; and lying bars."""

_SIGNS = str.maketrans({"│": "|", "┤": "|", "└": "+", "─": "-", "┬": "-", "┼": "+"})
_MARGIN = 6


def month_bars(before: Sequence[int], now: Sequence[int], width: int, height: int) -> list[str]:
    """Twelve pairs of standing bars, last year's and this year's, over the months' numbers."""
    each = max((width - _MARGIN) // 12, 3)
    bar = max((each - 1) // 2, 1)
    highest = max(*before, *now, 1)
    _begin(_MARGIN + each * 12, height)
    for values, sign, shift in ((before, BEFORE, 0), (now, NOW, bar)):
        for column in range(bar):
            places = [each * month + shift + column for month in range(12) if values[month]]
            heights = [values[month] for month in range(12) if values[month]]
            if places:
                plotext.scatter(places, heights, marker=sign, fillx=True)
    plotext.xlim(0, each * 12 - 1)
    plotext.ylim(0, highest)
    plotext.xticks(
        [each * month + bar - 0.5 for month in range(12)], [str(n) for n in range(1, 13)]
    )
    middle = [highest // 2] if highest > 3 else []
    plotext.yticks([0, *middle, highest], [f"{n:>5}" for n in (0, *middle, highest)])
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    return _lines()


def lying_bars(values: Sequence[int], width: int) -> list[str]:
    """One lying bar a line, the longest as wide as there is room."""
    if not values:
        return []
    _begin(width, len(values))
    places = list(range(len(values), 0, -1))
    plotext.scatter(values, places, marker=LYING, filly=True)
    plotext.xlim(0, max(*values, 1))
    plotext.ylim(1, max(len(values), 2))
    plotext.frame(False)
    plotext.xticks([])
    plotext.yticks([])
    lines = _lines()
    return [line if value else "" for line, value in zip(lines, values, strict=False)]


def _begin(width: int, height: int) -> None:
    """A new drawing. The library has one for all; only the thread that shows it draws."""
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(False, False)
    plotext.plotsize(width, height)


def _lines() -> list[str]:
    built: str = plotext.build()
    return [line.replace("\x1b[0m", "").translate(_SIGNS).rstrip() for line in built.splitlines()]
