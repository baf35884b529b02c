"""The texts of 一、五、六: written, begun with last year's, or drafted from the figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widgets.text_area import Selection

from db.calendar.workdays import work_calendar
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft, Outlook
from tui.forms.own_parts import length_said, text_field_of
from tui.screens.shared.form import FormScreen
from tui.screens.shared.windows import confirm
from tui.screens.year.year_text import finding_words
from tui.text.cells import plain_quotes
from tui.widgets.area import PlainArea
from tui.widgets.plain_fields import PlainInput

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.finding import Finding
    from db.year_end.narrative import PartText


class TextScreen(FormScreen[str]):
    """A part's text; answers what was done, in a sentence.

    Sentences drafted from figures are known as such; when a figure has moved since, they are shown
    old and new, and the clerk is asked.
    """

    HEADING = "年报文字"
    SCOPES = PAGES["part"]
    READS = ("drafting",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("part")

    def __init__(
        self, year: int, organ: str, text: PartText, before: str, finding: Finding | None = None
    ) -> None:
        """`organ` is its key; `before` the text of the year before; `finding` what is gone to."""
        super().__init__()
        self._finding = finding
        self._year, self._organ, self._part = year, organ, text.part
        self._text, self._before = text, before
        self._drafted = dict(text.drafted)
        self._draft: dict[str, str] | None = None

    async def on_mount(self) -> None:
        self.entitle(f"{self._year} 年  {self._part.label}")
        await self.lay([text_field_of(self._part, self._text.text)], work_calendar())
        self._go_to(self._finding)
        if self._drafted:
            self._ask_draft(self._ask_about_moved)

    def _go_to(self, finding: Finding | None) -> None:
        """Choose what a finding is about, and bring it into sight."""
        area, text = self._input, self._text.text
        if finding is None or not isinstance(area, PlainArea) or area.value != text:
            return
        area.selection = Selection(*(_location(text, place) for place in finding.place))
        area.call_after_refresh(area.scroll_cursor_visible, center=True)

    def _ask_draft(self, then: Callable[[], None]) -> None:
        year, organ, part = self._year, self._organ, self._part

        def question(tx: Transaction) -> dict[str, str]:
            from db.year_end.drafting import draft, read_facts

            return draft(part, read_facts(tx, year, organ))

        def answer(found: dict[str, str]) -> None:
            self._draft = found
            then()

        self.ask("drafting", question, answer)

    def _ask_about_moved(self) -> None:
        from db.year_end.drafting import moved_sentences

        moved = moved_sentences(self._text, self._draft or {})
        if not moved:
            return
        pairs = [pair for each in moved.values() for pair in each]
        told = "\n".join(f"原来：{old}\n现在：{new}" for old, new in pairs)

        def replace() -> None:
            text = self._input.value
            for old, new in pairs:
                text = text.replace(old, new)
            self._drafted |= {name: (self._draft or {})[name] for name in moved}
            self._input.value = text

        question = f"起草时的数字变动了 {len(pairs)} 处，换成现在的吗？\n{plain_quotes(told)}"
        confirm(self, question, "换成现在的", "不换", replace)

    @property
    def _input(self) -> PlainInput | PlainArea:
        return self.views[0].input

    def outlook(self, draft: Draft) -> Outlook:
        said = length_said(self._part, draft.values.get("text") or "")
        key = self.key("part.fill")
        if self._finding is not None:
            return Outlook(f"{said}。{finding_words(self._finding)}")
        known = f"上年的文字有 {len(self._before):,} 字，按 {key} 照填。" if self._before else ""
        return Outlook(f"{said}。{known}")

    def submit(self, draft: Draft) -> None:
        year, organ, part, drafted = self._year, self._organ, self._part, self._drafted
        text: str = draft.values.get("text") or ""

        def change(tx: Transaction) -> None:
            from db.year_end.narrative import set_text

            set_text(tx, year, part, text, organ, drafted=drafted)

        self.store(change, lambda _: self.saved(f"{part.label}已保存。"), self.refused)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is one field, in which Enter makes a line."""
        return action != "next" and super().check_action(action, parameters)

    def action_fill(self) -> None:
        """Begin with the text of the year before; Ctrl+Z takes it back."""
        if not self._before:
            self.flash("上年没有这一部分的文字。")
        else:
            self._input.value = self._before

    def action_draft(self) -> None:
        """Put what is drafted behind what stands there."""
        if self._draft is None:
            self._ask_draft(self.action_draft)
            return
        if not self._draft:
            self.flash("这一部分没有可以起草的数字。")
            return
        text = self._input.value
        new = {name: said for name, said in self._draft.items() if said not in text}
        if not new:
            self.flash("起草的句子都在文字里了。")
            return
        self._drafted |= new
        self._input.value = "\n\n".join([*filter(None, [text.rstrip()]), *new.values()])


def _location(text: str, place: int) -> tuple[int, int]:
    """The line and the column of a place in a text."""
    line = text.count("\n", 0, place)
    return line, place - text.rfind("\n", 0, place) - 1
