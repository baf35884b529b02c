"""二、主动公开 and the texts of 一、五、六: the forms in which they are entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.calendar.workdays import work_calendar
from db.year_end.narrative import Part
from db.year_end.proactive import plain
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft, Outlook
from tui.forms.own_parts import length_said, proactive_fields, proactive_told, text_field_of
from tui.screens.shared.form import FormScreen

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.proactive import Proactive


class ProactiveScreen(FormScreen[str]):
    """Table 2 of a year; answers what was done, in a sentence."""

    HEADING = "主动公开"

    def __init__(self, year: int, organ: str, now: Proactive, before: Proactive) -> None:
        """`organ` is its key; `before` the table of the year before."""
        super().__init__()
        self._year, self._organ = year, organ
        self._now = now
        self._before = before.values if before.form == now.form else {}

    async def on_mount(self) -> None:
        self.entitle(f"{self._year} 年  {self._organ}")
        fields = proactive_fields(self._now.form, self._now.values, self._before)
        await self.lay(fields, work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        left = len(self.specs) - len(draft.values)
        return Outlook(f"还有 {left} 格没有填；没有的写 0。" if left else "各格都已填写。")

    def submit(self, draft: Draft) -> None:
        year, organ, form = self._year, self._organ, self._now.form
        texts = {key: plain(value) for key, value in draft.values.items() if value is not None}

        def change(tx: Transaction) -> Proactive:
            from db.year_end.proactive import set_figures

            return set_figures(tx, year, proactive_told(form, texts), organ, form)

        self.store(change, lambda now: self.saved(f"主动公开：{now.state}。"), self.refused)


class TextScreen(FormScreen[str]):
    """A part's text; answers what was done, in a sentence."""

    HEADING = "年报文字"
    SCOPES = PAGES["part"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("part")

    def __init__(self, year: int, organ: str, part: Part, text: str, before: str) -> None:
        """`organ` is its key; `before` the text of the year before."""
        super().__init__()
        self._year, self._organ, self._part = year, organ, part
        self._text, self._before = text, before

    async def on_mount(self) -> None:
        self.entitle(f"{self._year} 年  {self._part.label}")
        await self.lay([text_field_of(self._part, self._text)], work_calendar())

    def outlook(self, draft: Draft) -> Outlook:
        said = length_said(self._part, draft.values.get("text") or "")
        key = self.key("part.fill")
        known = f"上年的文字有 {len(self._before):,} 字，按 {key} 照填。" if self._before else ""
        return Outlook(f"{said}。{known}")

    def submit(self, draft: Draft) -> None:
        year, organ, part = self._year, self._organ, self._part
        text: str = draft.values.get("text") or ""

        def change(tx: Transaction) -> None:
            from db.year_end.narrative import set_text

            set_text(tx, year, part, text, organ)

        self.store(change, lambda _: self.saved(f"{part.label}已保存。"), self.refused)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is one field, in which Enter makes a line."""
        return action != "next" and super().check_action(action, parameters)

    def action_fill(self) -> None:
        """Begin with the text of the year before; Ctrl+Z takes it back."""
        if not self._before:
            self.flash("上年没有这一部分的文字。")
        else:
            self.views[0].input.value = self._before
