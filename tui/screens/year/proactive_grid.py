"""二、主动公开: table 2 as the form prints it, typed cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from db.calendar.workdays import work_calendar
from db.words.text import one_line
from db.year_end.proactive import Proactive, plain
from db.year_end.proactive_form import PARAGRAPHS, Paragraph
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft
from tui.forms.own_parts import proactive_fields, proactive_told
from tui.screens.shared.form import FormScreen
from tui.screens.shared.grid_text import (
    LABEL,
    LAST,
    heading_of,
    last_year,
    rules_said,
    width_of_columns,
)
from tui.text.cells import plain_quotes
from tui.widgets.area import PlainArea
from tui.widgets.cell import CellInput, CellView
from tui.widgets.field import FieldView
from tui.widgets.plain import Part, PlainText
from tui.widgets.plain_fields import PlainInput

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.proactive import FigureRecord
    from tui.forms.fields import FieldSpec


class ProactiveScreen(FormScreen[str]):
    """The grid of either form; answers what was done, in a sentence."""

    HEADING = "主动公开"
    SCOPES = PAGES["grid"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("grid")

    def __init__(
        self, year: int, organ: str, now: Proactive, before: Proactive, at: str = ""
    ) -> None:
        """`organ` is its key; `before` the table of the year before; `at` the line to begin with.

        One that is no line is where something is missing: the first empty cell.
        """
        super().__init__()
        self._year, self._organ, self._at = year, organ, at
        self._now, self._before = now, before
        self._last = last_year(now.form, before)
        self._records: list[FigureRecord] = []
        self._cells: dict[str, CellView] = {}
        self._grid: list[list[PlainInput | PlainArea]] = []

    async def on_mount(self) -> None:
        self.entitle(f"{self._year} 年  {self._organ}  {self._now.form} 年格式")
        await self.lay(proactive_fields(self._now.form, self._now.values), work_calendar())
        self._ask_history()
        if self._at:
            named = [view for view in self.views if view.spec.label.startswith(self._at)]
            empty = [view for view in self.views if not view.text]
            self.set_focus((named or empty or self.views)[0].input)

    def _ask_history(self) -> None:
        """Who entered what before, for the foot and for F1."""
        year, organ, form = self._year, self._organ, self._now.form

        def question(tx: Transaction) -> list[FigureRecord]:
            from db.cases.organs import which_organ
            from db.year_end.proactive import figure_records

            whose = which_organ(tx.connection, organ)
            return figure_records(tx.connection, whose.id, year, form)

        def answer(records: list[FigureRecord]) -> None:
            self._records = records
            self._tell_outlook()

        self.ask("history", question, answer)

    def _history_of(self, key: str) -> list[FigureRecord]:
        return [record for record in self._records if record.key == key]

    def help_topics(self) -> tuple[tuple[str, str], ...]:
        view = self.current
        told = [_entered(record) for record in self._history_of(view.spec.name)] if view else []
        return (*super().help_topics(), *([("历次填写", "\n".join(told))] if told else []))

    def placed(self, specs: Sequence[FieldSpec]) -> Iterable[Widget]:
        """The cells where the form has them."""
        self._cells = {
            spec.name: CellView(spec, self._last_of(spec.name), LAST - 1) for spec in specs
        }
        blocks = PARAGRAPHS[self._now.form]
        rows = [row for block in blocks for row in self._rows(block)]
        rows[0].add_class("-first")
        return rows

    def _last_of(self, key: str) -> str:
        return plain(self._last[key]) if key in self._last else ""

    def _rows(self, paragraph: Paragraph) -> Iterator[Widget]:
        yield PlainText(heading_of(paragraph), classes="grid-head")
        width = width_of_columns(paragraph)
        for line in paragraph.lines:
            cells = [self._cells[f"{line.name}.{field.name}"] for field in paragraph.fields]
            self._grid.append([cell.input for cell in cells])
            for cell in cells:
                cell.styles.width = width
                cell.input.styles.width = width - LAST
            label = PlainText(f"  {line.label}", classes="grid-label")
            label.styles.width = LABEL
            yield Horizontal(label, *cells, classes="grid-row")

    @property
    def views(self) -> list[FieldView]:
        return list(self._cells.values())

    # -- what is said -----------------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        if self._cells:
            self._tell_outlook()

    def _foot(self, *parts: Part) -> None:
        """First the cell the cursor is in, and what is wrong with it."""
        view = self.current
        if view is None:
            super()._foot(*parts)
            return
        fault = self.draft.faults.get(view.spec.name, "")
        last = self._last_of(view.spec.name)
        said = f"{view.spec.help}{f'上年 {last}。' if last else ''}"
        if records := self._history_of(view.spec.name):
            said += f"{records[-1].recorded_at:%Y-%m-%d} {one_line(records[-1].recorded_by)} 填。"
        told: Part = (plain_quotes(fault), "bold $error") if fault else (said, "$quiet")
        super()._foot(told, "\n", *parts, *rules_said(self._typed, self._before))

    @property
    def _typed(self) -> Proactive:
        """The table as it stands there, what cannot be read left out."""
        return Proactive(self._now.form, dict(self.draft.values))

    # -- keys -------------------------------------------------------------------------------

    @on(CellInput.Left)
    def go(self, event: CellInput.Left) -> None:
        """The cell beside or below; at a row's end the next row's first."""
        row = next(n for n, cells in enumerate(self._grid) if self.focused in cells)
        column = next(n for n, cell in enumerate(self._grid[row]) if cell is self.focused)
        if event.right:
            self._step(event.right)
            return
        row = row + event.down
        if 0 <= row < len(self._grid):
            self.set_focus(self._grid[row][min(column, len(self._grid[row]) - 1)])

    def action_fill(self) -> None:
        """The figure of the year before into the cell the cursor is in; Ctrl+Z takes it back."""
        view = self.current
        if not isinstance(view, CellView):
            return
        if not view.last:
            self.flash("上年没有这一格的数字。")
        else:
            view.input.value = view.last

    def submit(self, draft: Draft) -> None:
        year, organ, form = self._year, self._organ, self._now.form
        texts = {key: plain(value) for key, value in draft.values.items() if value is not None}

        def change(tx: Transaction) -> Proactive:
            from db.year_end.proactive import set_figures

            return set_figures(tx, year, proactive_told(form, texts), organ, form)

        self.store(change, lambda now: self.saved(f"主动公开：{now.state}。"), self.refused)


def _entered(record: FigureRecord) -> str:
    what = "删去" if record.value is None else plain(record.value)
    return f"{record.recorded_at:%Y-%m-%d %H:%M}  {one_line(record.recorded_by)}  {what}"
