"""The charts of 今日: what came in by month, how it ended, how many days it took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from tui.text.cells import fit
from tui.widgets.plain import Part, PlainText

if TYPE_CHECKING:
    from db.agenda.trends import Trends
    from db.storage.transaction import Transaction

LABEL, NUMBER, MARGIN = 10, 8, 3
MONTHS_HIGH = 9
BAR = "$accent on $accent"
"""A standing bar is a block of colour; where there is no colour, its signs are seen instead."""


class Charts(PlainText):
    """Three charts under one another, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__(id="charts")
        self._trends: Trends | None = None

    def fill(self, trends: Trends) -> None:
        self._trends = trends
        self._draw()

    def on_resize(self, _: events.Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width
        if self._trends is None or width < 40:
            return
        self.say(*_months(self._trends, width), "\n", *_shares(self._trends, width))


def ask_trends(tx: Transaction) -> Trends:
    """Counted in a worker thread; what draws it is imported there too."""
    import tui.text.plots
    from db.agenda.trends import trends

    del tui
    return trends(tx)


def _months(trends: Trends, width: int) -> list[Part]:
    from tui.text.plots import BEFORE, NOW, month_bars

    now, before = sum(trends.this_year), sum(trends.last_year[: trends.months])
    parts: list[Part] = [
        ("各月新收", "bold"),
        "  ",
        (NOW * 2, BAR),
        f" 今年 {now:,} 件  ",
        (BEFORE * 2, "$quiet"),
        " 去年",
        (f"（同期 {before:,} 件）\n", "$quiet"),
    ]
    for line in month_bars(trends.last_year, trends.this_year, width, MONTHS_HIGH):
        parts += _coloured(line, {NOW: BAR, BEFORE: "$quiet"})
    return parts


def _coloured(line: str, colours: dict[str, str]) -> list[Part]:
    """A line of a chart, its runs of one sign in that sign's colour."""
    parts: list[Part] = []
    run = ""
    for sign in f"{line}\n":
        if run and sign != run[0] and (sign in colours or run[0] in colours):
            parts.append((run, colours[run[0]]) if run[0] in colours else (run, "$quiet"))
            run = ""
        run += sign
    return [*parts, (run, "$quiet")]


def _shares(trends: Trends, width: int) -> list[Part]:
    return [
        *_lying(f"{trends.year}年办理结果", trends.outcomes, width),
        "\n",
        *_lying(f"{trends.year}年用时（工作日）", trends.used, width),
    ]


def _lying(title: str, bars: Sequence[tuple[str, int]], width: int) -> list[Part]:
    from tui.text.plots import lying_bars

    total = sum(number for _, number in bars)
    parts: list[Part] = [(title, "bold"), (f"   共 {total:,} 件\n", "$quiet")]
    if not total:
        return [*parts, ("还没有办结的申请。\n", "$quiet")]
    room = max(width - LABEL - NUMBER - 5 - MARGIN, 8)
    drawn = lying_bars([number for _, number in bars], room)
    for (label, number), line in zip(bars, drawn, strict=True):
        parts += [
            fit(label, LABEL),
            fit(f"{number:,}", NUMBER, right=True),
            (f" {100 * number / total:3.0f}%  ", "$quiet"),
            (f"{line}\n", "$accent"),
        ]
    return parts
