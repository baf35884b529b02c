"""按键: every action with its keys; one is changed by pressing another key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from tui.actions.action import Action
from tui.actions.keymap import Keymap, chosen_keys, config_path, readable
from tui.actions.registry import ACTIONS, BY_ID, PAGES, SCOPE_LABELS, bindings
from tui.desk.going_on import GoesOn
from tui.desk.state import remember, state_path
from tui.screens.shared.base import DeskScreen
from tui.screens.shared.windows import confirm
from tui.text.cells import clip, fit, plain_quotes
from tui.text.paths import from_home
from tui.widgets.plain import Entry, PlainText
from tui.widgets.plain_fields import PlainInput, PlainOptions

BACK_TO_STOCK = ("backspace", "delete")


def tried(kept: Mapping[str, str], written: Mapping[str, Any], name: str, key: str) -> str:
    """Why a key cannot be given to an action, in a sentence; empty when it can."""
    others = {known: keys for known, keys in kept.items() if known != name}
    before = set(chosen_keys({**others, **written}).problems)
    after = chosen_keys({**others, **written, name: key})
    return next((problem for problem in after.problems if problem not in before), "")


class AllKeys(PlainOptions):
    """The actions."""

    LONGEST = 1000


class KeysScreen(DeskScreen[str]):
    """A list to narrow by typing; what is changed counts once it is saved."""

    SCOPES = PAGES["keys"]
    HEADING = "按键"
    BINDINGS: ClassVar[list[BindingType]] = bindings("keys")
    AUTO_FOCUS = "#key-words"

    def __init__(self, kept: Mapping[str, str]) -> None:
        super().__init__()
        self._kept, self._now = dict(kept), dict(kept)

    def body(self) -> Iterable[Widget]:
        yield PlainInput(placeholder="页面、操作或键名，例如：年报、导出", id="key-words")
        yield AllKeys(id="all-keys")
        yield PlainText(classes="list-foot")

    def on_mount(self) -> None:
        self._offer()
        self._tell()

    @property
    def _written(self) -> Mapping[str, Any]:
        return self.desk.keymap.written

    @property
    def _keymap(self) -> Keymap:
        """The keys as they would be."""
        return chosen_keys({**self._now, **self._written})

    @on(Input.Changed)
    def _offer(self) -> None:
        words = self.query_one(PlainInput).value.casefold().split()
        options, keymap = self.query_one(AllKeys), self._keymap
        offered: list[Entry] = []
        for action in ACTIONS:
            keys = readable(keymap.keys_of(action))
            said = f"{SCOPE_LABELS[action.scope]} {action.label} {action.help} {keys}".casefold()
            if all(word in said for word in words):
                offered.append((action.id, self._entry(action, keys)))
        options.offer(offered, at=options.chosen, otherwise="没有这样的操作")

    def _entry(self, action: Action, keys: str) -> tuple[Any, ...]:
        mark = ""
        if action.id in self._written:
            mark = "config.toml"
        elif self._now.get(action.id) != self._kept.get(action.id):
            mark = "未保存"
        elif action.id in self._now:
            mark = f"原为 {readable(action.keys)}"
        return (
            (fit(f" {SCOPE_LABELS[action.scope]}", 16), "$quiet"),
            (fit(action.label, 16), "bold"),
            (fit(keys, 24), "$accent"),
            (clip(mark, 20), "$warning"),
        )

    def _tell(self) -> None:
        changed = sum(
            self._now.get(name) != self._kept.get(name) for name in {*self._now, *self._kept}
        )
        state = f"有 {changed} 处没有保存，按 {self.key('keys.save')} 保存。" if changed else ""
        self.query_one(".list-foot", PlainText).say(
            (state, "bold $warning") if state else "",
            f"在这里换的键存到 {from_home(state_path())}。\n手写的 {from_home(config_path())} 优先，本程序不改它。",
        )

    # -- keys -------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self.query_one(AllKeys).move(by)

    @on(OptionList.OptionSelected)
    def clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        chosen = self.query_one(AllKeys).chosen
        if chosen is None:
            return
        if chosen in self._written:
            self.desk.show_text(
                "按键",
                f'"{BY_ID[chosen].label}"的键写在 {from_home(config_path())} 里；请在那个文件里改。',
            )
            return
        window = KeyWindow(BY_ID[chosen], self._keymap, self._now, self._written)
        self.desk.push_screen(window, lambda key: self._pressed(chosen, key))

    def _pressed(self, name: str, key: str | None) -> None:
        if key is None:
            return
        self._now.pop(name, None)
        if key and key != BY_ID[name].keys:
            self._now[name] = key
        self._offer()
        self._tell()

    def unsaved(self) -> bool:
        return self._now != self._kept

    def action_save(self) -> None:
        if not self.unsaved():
            self.dismiss("")
            return
        if not remember("keys", self._now):
            self.desk.show_error(f"{state_path()} 无法写入，按键没有改。")
            return
        keymap = self._keymap
        self.desk.take_keymap(Keymap(keymap.chosen, keymap.problems, self._written))
        self.dismiss("按键已更改，立即生效。")

    def action_cancel(self) -> None:
        if self.unsaved():
            confirm(self, "换过的键还没有保存。要放弃吗？", "放弃", "回去", self._give_up)
        else:
            self._give_up()

    def _give_up(self) -> None:
        self.dismiss("")


class KeyWindow(GoesOn, ModalScreen[str]):
    """Waits for a key that can be given to an action; answers it, empty for the stock ones."""

    def __init__(
        self, action: Action, keymap: Keymap, kept: Mapping[str, str], written: Mapping[str, Any]
    ) -> None:
        super().__init__()
        self._action, self._keymap = action, keymap
        self._kept, self._written = kept, written

    def compose(self) -> ComposeResult:
        action = self._action
        now = readable(self._keymap.keys_of(action))
        with Vertical(classes="window"):
            yield PlainText(f"{SCOPE_LABELS[action.scope]}：{action.label}", classes="window-title")
            yield PlainText(f"现在是 {now}。\n\n请按一下要换成的键。", classes="window-text")
            yield PlainText(id="key-told", classes="window-text")
            yield PlainText(
                (readable("escape"), "bold $accent"),
                " 不换   ",
                (readable("backspace"), "bold $accent"),
                f" 还原为 {readable(action.keys)}",
                classes="window-keys",
            )

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        key = event.key
        if key == "escape":
            self.dismiss(None)
        elif key in BACK_TO_STOCK:
            self.dismiss("")
        elif why := tried(self._kept, self._written, self._action.id, key):
            self.query_one("#key-told", PlainText).say(
                (f"{plain_quotes(why)}请按别的键。", "bold $error")
            )
        else:
            self.dismiss(key)
