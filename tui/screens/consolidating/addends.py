"""The tables of the sum; under the cursor's figure, what each organ has of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from db.disputes.dispute import Block
from db.year_end.proactive import Proactive
from tui.actions.registry import PAGES, bindings
from tui.screens.consolidating.told import DISPUTES, PROACTIVE, REQUESTS, TABLES, TITLES
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.figures import dispute_rows
from tui.screens.shared.grid_text import grid_parts
from tui.text.cells import clip, plain_quotes, width_of
from tui.widgets.figure_table import FigureTable
from tui.widgets.plain import PlainText
from tui.widgets.plain_fields import PlainScroll

if TYPE_CHECKING:
    from exports.consolidation.consolidating import Consolidated


class AddendsScreen(DeskScreen[None]):
    """Only to be looked at."""

    SCOPES = PAGES["addends"]
    HEADING = "汇总的表"
    BINDINGS: ClassVar[list[BindingType]] = bindings("addends")
    AUTO_FOCUS = "FigureTable"

    def __init__(self, done: Consolidated) -> None:
        super().__init__()
        self._done, self._table = done, REQUESTS

    def body(self) -> Iterable[Widget]:
        yield PlainText(id="bureau-table-line")
        yield FigureTable(id="figures")
        with PlainScroll(id="bureau-text"):
            yield PlainText(id="bureau-grid")
        yield PlainText(classes="list-foot")

    def on_mount(self) -> None:
        done = self._done
        self.entitle(f"{done.year} 年  {done.organ}  {len(done.parts)} 个单位")
        self.query_one(FigureTable).opens = False
        self._show()

    def _show(self) -> None:
        report = self._done.report
        if report is None:
            return
        figures, text = self.query_one(FigureTable), self.query_one("#bureau-text")
        self.query_one("#bureau-table-line", PlainText).say(TITLES[self._table])
        figures.display, text.display = self._table != PROACTIVE, self._table == PROACTIVE
        if self._table == REQUESTS:
            figures.show(report.table)
        elif self._table == DISPUTES:
            figures.show_rows(*dispute_rows(report.disputes))
        else:
            entered = report.own.proactive
            grid = grid_parts(entered, Proactive(entered.form))
            self.query_one("#bureau-grid", PlainText).say(*grid)
            self.query_one(".list-foot", PlainText).say("各单位的数见工作簿的“各单位数据”。")
        (text if self._table == PROACTIVE else figures).focus()

    @on(FigureTable.Moved)
    def tell(self) -> None:
        """Whose figures make this one up, the greatest first."""
        from db.year_end.summing import cells_on

        figures = self.query_one(FigureTable)
        where = figures.current
        if where is None or self._table == PROACTIVE:
            return
        code, place = where
        shares: list[tuple[int, str]] = []
        for one in self._done.parts:
            part = one.part
            if self._table == REQUESTS:
                number = cells_on(part, self._done.form)[code][place]
            else:
                number = part.table4()[Block(code)][place]
            shares.append((number, part.organ or part.file))
        told = [f"{clip(name, 30)} {n:,}" for n, name in sorted(shares, key=lambda s: -s[0]) if n]
        room = 3 * self.app.size.width - 24
        most = next(
            (n for n in range(len(told)) if width_of("，".join(told[: n + 1])) > room), None
        )
        more = f"，等 {len(told)} 个单位" if most is not None else ""
        said = plain_quotes("，".join(told[:most])) + more if told else "各单位都是 0"
        foot = self.query_one(".list-foot", PlainText)
        foot.say((plain_quotes(figures.said), "bold"), f"\n{said}")

    def action_tables(self) -> None:
        self._table = TABLES[(TABLES.index(self._table) + 1) % len(TABLES)]
        self._show()

    def action_back(self) -> None:
        self.dismiss(None)
