"""二、主动公开 and the texts of 一、五、六: the forms in which they are entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from db.calendar.workdays import work_calendar
from db.year_end.proactive import plain
from tui.actions.registry import PAGES, bindings
from tui.forms.draft import Draft, Outlook
from tui.forms.own_parts import length_said, proactive_fields, proactive_told, text_field_of
from tui.screens.shared.form import FormScreen
from tui.screens.shared.windows import confirm
from tui.text.cells import plain_quotes
from tui.widgets.area import PlainArea
from tui.widgets.plain import PlainInput

if TYPE_CHECKING:
    from db.storage.transaction import Transaction
    from db.year_end.narrative import PartText
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
    """A part's text; answers what was done, in a sentence.

    Sentences drafted from figures are known as such; when a figure has moved since, they are shown
    old and new, and the clerk is asked.
    """

    HEADING = "年报文字"
    SCOPES = PAGES["part"]
    READS = ("drafting",)
    BINDINGS: ClassVar[list[BindingType]] = bindings("part")

    def __init__(self, year: int, organ: str, text: PartText, before: str) -> None:
        """`organ` is its key; `before` the text of the year before."""
        super().__init__()
        self._year, self._organ, self._part = year, organ, text.part
        self._text, self._before = text, before
        self._drafted = dict(text.drafted)
        self._draft: dict[str, str] | None = None

    async def on_mount(self) -> None:
        self.entitle(f"{self._year} 年  {self._part.label}")
        await self.lay([text_field_of(self._part, self._text.text)], work_calendar())
        if self._drafted:
            self._ask_draft(self._ask_about_moved)

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
        told = "\n".join(f"原来：{old}\n现在：{new}" for old, new in moved.values())

        def replace() -> None:
            text = self._input.value
            for name, (old, new) in moved.items():
                text = text.replace(old, new)
                self._drafted[name] = new
            self._input.value = text

        question = f"起草时的数字变动了 {len(moved)} 句，换成现在的吗？\n{plain_quotes(told)}"
        confirm(self, question, "换成现在的", "不换", replace)

    @property
    def _input(self) -> PlainInput | PlainArea:
        return self.views[0].input

    def outlook(self, draft: Draft) -> Outlook:
        said = length_said(self._part, draft.values.get("text") or "")
        key = self.key("part.fill")
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
