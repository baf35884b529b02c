"""The clerk's own keys: those set at the desk, and over them `[keys]` in config.toml.

They are tried against the registry before they count: what cannot work is left out and told in a
sentence, everything else is taken. The file is only ever read. F1, Ctrl+Q and F10 keep their meaning whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui.actions.action import Action
from tui.actions.registry import ACTIONS, BY_ID, FOCUSED, PAGES

NEVER_LOST = {"app.help": "f1", "app.quit": "ctrl+q", "form.save": "f10"}
"""Actions that keep this key beside any other."""

LED = "go"
"""The scope whose keys are pressed after another one."""

_NAMED = [
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
    "enter",
    "escape",
    "space",
    "tab",
    "backspace",
    "delete",
    "insert",
    "slash",
    "left_square_bracket",
    "right_square_bracket",
    "comma",
    "full_stop",
    "semicolon",
    "minus",
    "equals_sign",
    "plus",
    "question_mark",
    "apostrophe",
    "colon",
    "asterisk",
    "number_sign",
    "backslash",
]
_ARRIVES = (
    rf"f([1-9]|10)|[a-z0-9A-Z]|{'|'.join(_NAMED)}|shift\+tab|alt\+[a-z]|alt\+(left|right|up|down)"
    r"|ctrl\+[abcdefgjklnopqrstuvwxyz]|ctrl\+(home|end|left|right)|f12"
)
_LOST = {
    "ctrl+h": "终端把它当作退格键",
    "ctrl+i": "终端把它当作 Tab 键",
    "ctrl+m": "终端把它当作回车键",
    "alt+enter": "终端只送来回车键",
    "ctrl+enter": "一般终端不送来这个键",
    "shift+enter": "终端只送来回车键",
    "ctrl+space": "各终端送来的不一样",
    "f11": "多数终端用它切换全屏",
}
_PREFIXES = {
    "ctrl+shift+": "一般终端分不出 Shift",
    "super+": "终端收不到这个键",
    "meta+": "终端收不到这个键",
    "ctrl+alt+": "一般终端不送来这个键",
}
_SEE = "操作的名字见 docs/keys.zh-CN.md。"


class Keymap:
    """Which keys do what, after the clerk's own settings.

    `written` is what config.toml asks for, whether it can work or not.
    """

    def __init__(
        self,
        chosen: Mapping[str, str] | None = None,
        problems: Sequence[str] = (),
        written: Mapping[str, Any] | None = None,
    ) -> None:
        self.chosen = chosen or {}
        self.problems = problems
        self.written = written or {}

    def keys_of(self, action: Action) -> str:
        """The keys of an action, as in the registry: names parted by commas."""
        return self.chosen.get(action.id, action.keys)

    def first_of(self, action: Action) -> str:
        """The key of an action as it is shown in passing."""
        if action.id not in self.chosen and (action.scope != LED or "app.go" not in self.chosen):
            return action.shown
        key = self.own_key(action)
        return f"{self.key('app.go')}{key}" if action.scope == LED else key

    def own_key(self, action: Action) -> str:
        """The key alone, without the one that leads to it."""
        return readable(self.keys_of(action).split(",")[0])

    def said(self, action: Action) -> str:
        """All keys of an action, as a list of keys names them."""
        own = readable(self.keys_of(action))
        return f"{self.key('app.go')} {own}" if action.scope == LED else own

    def key(self, name: str) -> str:
        """The key of an action, by its id, as a text names it."""
        return self.first_of(BY_ID[name])


_LARGEST = 64 << 10  # bytes of a config file
_HINTED = 20  # problems that get a hint: looking for the nearest name takes a while
_BRIEF = 60  # characters of a name that is not known


KeyName = Callable[[str], str]
"""From an action's id to the key in force: what a text that names keys is given."""


def config_path() -> Path:
    from platformdirs import user_config_path

    return user_config_path("taizhang", appauthor=False) / "config.toml"


def read_keymap(path: Path, kept: Any = None) -> Keymap:
    """The keys that a config file asks for, then those kept from the desk, else the registry's."""
    written, problems = _written_keys(path)
    at_desk = kept if isinstance(kept, dict) else {}
    keymap = chosen_keys({**at_desk, **written})
    return Keymap(keymap.chosen, (*problems, *keymap.problems), written)


def _written_keys(path: Path) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """What a config file asks for, and what in it is not understood."""
    try:
        if path.is_fifo():  # it would be waited for
            return {}, (f"{path} 不是普通文件；没有采用。",)
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return {}, ()
    except OSError as fault:
        from db.errors import plain_fault

        return {}, (f"{path} 无法读取：{plain_fault(fault)}。",)
    import tomllib

    if len(content) > _LARGEST:
        return {}, (f"{path} 过大，不是按键的设置；没有采用。",)
    try:
        settings = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        return {}, (f"{path} 不是正确的 TOML 文件：{fault}。",)
    except RecursionError:
        return {}, (f"{path} 里层层相套，无法识别；没有采用。",)
    problems = [
        f"没有 {name} 这一节；按键写在 keys 一节里。" for name in settings if name != "keys"
    ]
    keys = settings.get("keys", {})
    if not isinstance(keys, dict):
        return {}, (*problems, "keys 应是一节：先写一行 [keys]，再逐行写按键。")
    try:
        return flattened(keys), tuple(problems)
    except RecursionError:
        return {}, (*problems, "keys 里层层相套，无法识别；没有采用。")


def flattened(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """`case.trace = "e"` without quotes is a table in a table: the same is meant."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat |= flattened(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def chosen_keys(wanted: Mapping[str, Any], actions: Sequence[Action] = ACTIONS) -> Keymap:
    """What of the wanted keys can work."""
    known = {action.id: action for action in actions}
    chosen: dict[str, str] = {}
    problems: list[str] = []
    for name, value in wanted.items():
        if name not in known:
            near = _nearest(name, known, _SEE) if len(problems) < _HINTED else ""
            problems.append(f"没有 {_brief(name)} 这个操作。{near}")
            continue
        said = value.replace(" ", "") if isinstance(value, str) else ""
        keys = [key if len(key) == 1 else key.lower() for key in said.split(",") if key]
        faults = [fault for key in keys if (fault := _fault(key))]
        if not keys:
            faults = ['要写成 "f4,e" 的样子，至少一个键；想停用一个键，换成别的键即可。']
        if faults:
            problems += [f"{name}：{fault}" for fault in faults]
            continue
        if name in NEVER_LOST and NEVER_LOST[name] not in keys:
            keys.append(NEVER_LOST[name])
        chosen[name] = ",".join(dict.fromkeys(keys))
    pages = [frozenset(scopes) - FOCUSED for scopes in set(PAGES.values())]
    while rivals := _clashes(chosen, known, pages):  # what is given back may clash in its turn
        name, other, key = rivals
        problems.append(
            f"{readable(key)} 已用于“{other.label}”（{other.id}），"
            f"不能再用于“{known[name].label}”（{name}）。"
        )
        del chosen[name]
    return Keymap(chosen, tuple(problems))


def _nearest(name: str, known: Iterable[str], otherwise: str = "") -> str:
    from difflib import get_close_matches

    near = get_close_matches(name[:_BRIEF], list(known), 1, 0.5)
    return f"是不是 {near[0]}？" if near else otherwise


def _brief(name: str) -> str:
    return name if len(name) <= _BRIEF else f"{name[:_BRIEF]}……"


def _fault(key: str) -> str:
    """Why a key cannot be used; empty when it can."""
    reason = _LOST.get(key) or next((r for p, r in _PREFIXES.items() if key.startswith(p)), "")
    if reason:
        return f"{readable(key)} 不能用：{reason}。"
    if re.fullmatch(_ARRIVES, key):
        return ""
    return f"没有 {_brief(key)} 这个键。" + _nearest(
        key, [*_NAMED, *(f"f{n}" for n in range(1, 11))]
    )


def _clashes(
    chosen: Mapping[str, str], known: Mapping[str, Action], pages: Sequence[frozenset[str]]
) -> tuple[str, Action, str] | None:
    """A moved action, another that has one of its keys at the same time, and that key."""
    usual = {name: set(action.keys.split(",")) for name, action in known.items()}
    now = usual | {name: set(keys.split(",")) for name, keys in chosen.items()}
    for name in chosen:
        for other in known.values():
            both = now[name] & now[other.id]
            if not both or other.id == name:
                continue
            both -= usual[name] & usual[other.id]  # as it always was
            if both and _together(known[name].scope, other.scope, pages):
                return name, other, min(both)
    return None


def _together(scope: str, other: str, pages: Sequence[frozenset[str]]) -> bool:
    """Whether the keys of two scopes work at the same time."""
    return (
        scope == other
        or ("app" in (scope, other) and LED not in (scope, other))
        or any({scope, other} <= page for page in pages)
    )


_READABLE = {
    "slash": "/",
    "comma": ",",
    "equals_sign": "=",
    "minus": "-",
    "semicolon": ";",
    "escape": "Esc",
    "enter": "Enter",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "空格",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


def readable(keys: str) -> str:
    """Keys as they stand on a keyboard: `ctrl+s` as `Ctrl+S`."""
    return " ".join(
        "+".join(
            _READABLE.get(part)
            or (part.upper() if part[0] == "f" and part[1:].isdigit() else part.capitalize())
            if len(part) > 1
            else (part.upper() if "+" in key else part)
            for part in key.split("+")
        )
        for key in keys.split(",")
    )
