"""二、主动公开: table 2 as the form prints it, typed cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

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
from tui.widgets.cell import Cell, CellInput, GridLine, GridSheet
from tui.widgets.plain import Part

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
        self.grid = self.sheet = GridSheet(LABEL)

    async def on_mount(self) -> None:
        self.entitle(f"{self._year} 年  {self._organ}  {self._now.form} 年格式")
        await self.lay(proactive_fields(self._now.form, self._now.values), work_calendar())
        self._ask_history()
        if self._at:
            named = [view for view in self.views if view.spec.label.startswith(self._at)]
            empty = [view for view in self.views if not view.text]
            self.set_focus((named or empty or self.views)[0])

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

    def fields_of(self, specs: Sequence[FieldSpec]) -> list[Cell]:
        """The cells where the form has them."""
        by_name = {spec.name: spec for spec in specs}
        blocks = PARAGRAPHS[self._now.form]
        self.grid.lines = [line for block in blocks for line in self._lines(block, by_name)]
        return [cell for line in self.grid.lines for cell in line.cells or ()]

    def _last_of(self, key: str) -> str:
        return plain(self._last[key]) if key in self._last else ""

    def _lines(self, paragraph: Paragraph, specs: Mapping[str, FieldSpec]) -> Iterator[GridLine]:
        yield GridLine(heading_of(paragraph))
        width = width_of_columns(paragraph)
        for line in paragraph.lines:
            keys = [f"{line.name}.{field.name}" for field in paragraph.fields]
            cells = (Cell(specs[key], self._last_of(key), width, LAST) for key in keys)
            yield GridLine(f"  {line.label}", tuple(cells))

    # -- what is said -----------------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        if self.views:
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
        if event.right:
            self._step(event.right)
            return
        rows = [line.cells for line in self.grid.lines if line.cells]
        for row, cells in enumerate(rows):
            column = next((n for n, cell in enumerate(cells) if cell.holds(self.focused)), None)
            if column is not None and 0 <= row + event.down < len(rows):
                there = rows[row + event.down]
                self.set_focus(there[min(column, len(there) - 1)])
                return

    def action_fill(self) -> None:
        """The figure of the year before into the cell the cursor is in; Ctrl+Z takes it back."""
        view = self.current
        if not isinstance(view, Cell):
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
