"""图表: the charts of 今日 on a page of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.actions.registry import bindings
from tui.screens.shared.base import DeskScreen
from tui.screens.today.today import ask_trends
from tui.widgets.charts import Charts
from tui.widgets.plain import PlainScroll


class ChartScreen(DeskScreen[None]):
    """What came in, how it ended, how long it took."""

    SCOPES = ("charts",)
    HEADING = "图表"
    BINDINGS: ClassVar[list[BindingType]] = bindings("charts")
    AUTO_FOCUS = "PlainScroll"

    def body(self) -> Iterable[Widget]:
        with PlainScroll(id="chart-body"):
            yield Charts()

    def on_mount(self) -> None:
        self.entitle("新收、办理结果、用时")
        self.reload()

    def reload(self) -> None:
        self.ask("charts", ask_trends, self.query_one(Charts).fill)

    def action_reload(self) -> None:
        self.reload()

    def action_scroll_body(self, by: int) -> None:
        self.query_one(PlainScroll).scroll_relative(y=by, animate=False)

    def action_back(self) -> None:
        self.dismiss()
