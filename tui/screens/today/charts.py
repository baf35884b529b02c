"""图表: the charts of 今日 on a page of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from tui.actions.registry import PAGES, bindings
from tui.screens.shared.base import DeskScreen
from tui.widgets.charts import Charts
from tui.widgets.plain import PlainScroll

if TYPE_CHECKING:
    from db.agenda.trends import Trends
    from db.storage.transaction import Transaction


class ChartScreen(DeskScreen[None]):
    """What came in, how it ended, how long it took."""

    SCOPES = PAGES["charts"]
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


def ask_trends(tx: Transaction) -> Trends:
    """Counted in a worker thread; what draws it is imported there too."""
    import tui.text.plots
    from db.agenda.trends import trends

    del tui
    return trends(tx)
