"""命令: find an action of the page by name, or a case by anything it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList

from tui.actions.action import Action
from tui.actions.registry import BY_ID, SCOPE_LABELS, actions_of, bindings
from tui.actions.roles import needed
from tui.actions.ways import WAYS, elsewhere, keys_of_way
from tui.desk.asking import ask, asked
from tui.desk.desk import Desk, desk_of
from tui.desk.places import Case
from tui.screens.everywhere.going import go_anywhere
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.looked_up import looked_up
from tui.screens.shared.picker import HINTS
from tui.screens.shared.window import Window
from tui.screens.shared.windows import key_hints
from tui.text.cells import clip, fit
from tui.widgets.plain import Part, PlainText
from tui.widgets.plain_fields import PlainInput, PlainOptions

if TYPE_CHECKING:
    from db.cases.case_row import CaseRow

CASES_SHOWN = 30
Spells = Callable[[str, str], bool]
"""Whether letters are the pinyin of a label: its initials, or its beginning written out."""


def _speller() -> Spells:
    """Loads the readings of Chinese characters: in a worker thread."""
    from db.lookup.match import matched_spans, warm_up
    from db.lookup.query import terms_of

    def spells(label: str, letters: str) -> bool:
        if not (len(letters) > 1 and letters.isascii() and letters.isalpha()):
            return False
        return bool(matched_spans(label, terms_of(letters)))

    warm_up("a")
    return spells


class Palette(Window[None]):
    """Type words; arrows choose; Enter does it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("palette")

    def __init__(self, page: DeskScreen[Any]) -> None:
        super().__init__()
        self._page = page
        self._found: Sequence[CaseRow] = ()
        self._looked = ""  # the line for which it is offered what is offered
        self._looking = False
        self._stop: Callable[[], None] = lambda: None  # ends the lookup under way
        self._spells: Spells = lambda label, letters: False  # until the readings are loaded

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield PlainText("命令，或要找的申请", classes="window-title")
            yield PlainInput(placeholder="例如：导出、2026-0012、张三", id="palette-words")
            yield PlainOptions(id="palette-options")
            yield PlainText(*key_hints(self, *HINTS), classes="window-keys")

    def on_mount(self) -> None:
        self.query_one(PlainInput).focus()
        self._offer()
        ask(self, "spell", _speller, self._learn_to_spell)

    @on(Input.Changed)
    def look(self) -> None:
        self._looked = self._line
        words = self._looked.strip()
        desk = desk_of(self)
        self._stop()
        self._found = ()
        self._looking = bool(words) and desk.is_open
        self._offer()
        if not self._looking:
            return
        listing = looked_up(desk.register, words, None)
        self._stop = listing.stop

        def question() -> Sequence[CaseRow]:
            answer = listing.rows(0, CASES_SHOWN)
            return answer[1] if answer else ()

        ask(self, "find", question, self._learn, self._not_found)

    @property
    def _line(self) -> str:
        return self.query_one(PlainInput).value

    def _settled(self) -> bool:
        """Whether all that its line finds is offered."""
        return self._looked == self._line and not (self._looking or asked(self, "spell"))

    def _learn(self, found: Sequence[CaseRow]) -> None:
        self._looking, self._found = False, found
        self._offer_more()

    def _not_found(self, sentence: str) -> None:
        self._looking = False
        desk_of(self).show_error(sentence)

    def on_unmount(self) -> None:
        self._stop()

    def _learn_to_spell(self, spells: Spells) -> None:
        self._spells = spells
        self._offer_more()

    def _offer_more(self) -> None:
        """Offer what has been found since, and leave the choice where it is."""
        self._offer(self.query_one(PlainOptions).chosen)

    def _offer(self, at: str | None = None) -> None:
        words = self.query_one(PlainInput).value.casefold().split()
        keymap = desk_of(self).keymap
        options: list[tuple[str, tuple[Part, ...]]] = []
        allows = desk_of(self).allows
        here = self._actions()
        for action in (*here, *(elsewhere(self._page.SCOPES) if words else ())):
            if not allows(needed(action)):
                continue
            said = (
                f"{action.label} {action.help} {action.words} {keymap.keys_of(action)}".casefold()
            )
            if all(word in said or self._spells(action.label, word) for word in words):
                key = keymap.first_of(action)
                where = "" if action in here else f"{SCOPE_LABELS[action.scope]}："
                options.append(
                    (
                        f"do {action.id}",
                        (
                            (fit(action.label, 14), "bold"),
                            (fit(key, 10), "$accent"),
                            (clip(where + action.help, 44), "$quiet"),
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
        otherwise = "" if self._looking else "没有这样的命令或申请"
        self.query_one(PlainOptions).offer(options, at=at, otherwise=otherwise)

    def _actions(self) -> Sequence[Action]:
        """The actions that make sense on the page now."""
        return [
            action
            for action in actions_of(*self._page.SCOPES, "app", "go")
            if action.palette and self._possible(action)
        ]

    def _possible(self, action: Action) -> bool:
        name, _, rest = action.method.partition("(")
        parameters = (rest.rstrip(")").strip("'"),) if rest else ()
        return bool(self._page.check_action(name, parameters))

    def action_close(self) -> None:
        self.dismiss()

    def action_move(self, by: int) -> None:
        desk_of(self).once(self._settled, lambda: self.query_one(PlainOptions).move(by))

    def action_choose(self) -> None:
        desk_of(self).once(self._settled, self.clicked)

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        """What is seen there is done."""
        chosen = self.query_one(PlainOptions).chosen
        if chosen is None:
            return
        what, _, which = chosen.partition(" ")
        page, desk = self._page, desk_of(self)
        self.dismiss()
        if what == "go":
            desk.go(Case(which))
            return
        action = BY_ID[which]
        if action.scope in (*page.SCOPES, "app", "go"):
            owner = page if action.scope in page.SCOPES else desk
            desk.call_later(desk.run_action, action.method, owner)
        else:
            desk.call_later(_go_and_do, desk, action)


def _go_and_do(desk: Desk, action: Action) -> None:
    """Go to the page an action belongs to, and press its key there, or tell it."""
    way, keymap = WAYS[action.scope], desk.keymap
    if not go_anywhere(desk, way.place):
        return
    keys = [keymap.keys_of(on).split(",")[0] for on in keys_of_way(way)]
    if way.told:
        told = _NAMED.sub(lambda found: keymap.key(found[1]), way.told)
        desk.press_next(*keys)
        desk.flash(told.replace("{key}", keymap.first_of(action)))
    else:
        desk.press_next(*keys, keymap.keys_of(action).split(",")[0])


_NAMED = re.compile(r"\{(\w+\.\w+)\}")
"""An action in braces stands for its key."""
