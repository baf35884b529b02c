"""命令: find an action of the page by name, or a case by anything it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from tui.actions import Action, actions_of, bindings
from tui.screens.base import DeskScreen
from tui.widgets.asking import ask, desk_of
from tui.widgets.cells import clip, fit
from tui.widgets.plain import Part, PlainInput, PlainOptions, PlainText

if TYPE_CHECKING:
    from db.cases import CaseRow

CASES_SHOWN = 30


class Palette(ModalScreen[None]):
    """Type words; arrows choose; Enter does it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("palette")

    def __init__(self, page: DeskScreen[Any]) -> None:
        super().__init__()
        self._page = page
        self._found: Sequence[CaseRow] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText("命令，或要找的申请", classes="window-title")
            yield PlainInput(placeholder="例如：导出、2026-0012、张三", id="palette-words")
            yield PlainOptions(id="palette-options")

    def on_mount(self) -> None:
        self.query_one(PlainInput).focus()
        self._offer()

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        words = event.value.strip()
        self._found = ()
        self._offer()
        desk = desk_of(self)
        if not words or not desk.is_open:
            return
        register = desk.register

        def question() -> Sequence[CaseRow]:
            from db.lookup import page_of_found

            return page_of_found(register, words, 0, CASES_SHOWN) or ()

        ask(self, "find", question, self._learn)

    def _learn(self, found: Sequence[CaseRow]) -> None:
        self._found = found
        self._offer()

    def _offer(self) -> None:
        words = self.query_one(PlainInput).value.casefold().split()
        keymap = desk_of(self).keymap
        options: list[tuple[str, tuple[Part, ...]]] = []
        for action in self._actions():
            keys = keymap.keys_of(action)
            said = f"{action.label} {action.help} {keys}".casefold()
            if all(word in said for word in words):
                key = keymap.first_of(action)
                options.append(
                    (
                        f"do {action.id}",
                        (
                            (fit(action.label, 14), "bold"),
                            (fit(key, 8), "$accent"),
                            (clip(action.help, 46), "$quiet"),
                        ),
                    )
                )
        for row in self._found:
            options.append(
                (
                    f"go {row.number}",
                    (
                        (fit(row.number, 14), "bold"),
                        fit(row.applicant, 12),
                        (clip(row.subject, 42), "$quiet"),
                    ),
                )
            )
        if not options:
            options.append(("none", (("没有这样的命令或申请", "$quiet"),)))
        self.query_one(PlainOptions).offer(options)

    def _actions(self) -> Sequence[Action]:
        """The actions that make sense on the page now."""
        return [
            action
            for action in actions_of(*self._page.SCOPES, "app")
            if action.palette and self._possible(action)
        ]

    def _possible(self, action: Action) -> bool:
        name, _, rest = action.method.partition("(")
        parameters = (rest.rstrip(")").strip("'"),) if rest else ()
        return bool(self._page.check_action(name, parameters))

    def action_close(self) -> None:
        self.dismiss()

    def action_move(self, by: int) -> None:
        options = self.query_one(PlainOptions)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(OptionList.OptionSelected)
    async def clicked(self) -> None:
        await self.action_choose()

    async def action_choose(self) -> None:
        chosen = self.query_one(PlainOptions).chosen
        if chosen is None or chosen == "none":
            return
        what, _, which = chosen.partition(" ")
        page, desk = self._page, desk_of(self)
        self.dismiss()
        if what == "go":
            desk.open_case(which)
            return
        action = next(a for a in actions_of(*page.SCOPES, "app") if a.id == which)
        owner = desk if action.scope == "app" else page
        desk.call_later(desk.run_action, action.method, owner)
