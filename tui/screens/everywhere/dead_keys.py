"""What a key says where it does nothing: what it would do, and on which pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.actions.action import Action
from tui.actions.keymap import LED, Keymap, readable
from tui.actions.meanings import APART, MEANINGS, WINDOWS
from tui.actions.registry import ACTIONS, FOCUSED, PAGES, SCOPE_LABELS
from tui.actions.roles import needed
from tui.text.cells import width_of

if TYPE_CHECKING:
    from db.words.vocabulary import Role

MOST = 3
"""Pages that are named."""
WIDEST = 44
"""Cells of what is told in passing at 80 columns."""


def dead_key(
    key: str, here: tuple[str, ...], keymap: Keymap, allows: Callable[[Role], bool]
) -> str:
    """A sentence for the passing message; empty when the key does nothing anywhere.

    `allows` says whether who is at the desk may do what takes a role.
    """
    having = [
        action
        for action in ACTIONS
        if action.scope not in WINDOWS | FOCUSED | {LED, "modal"}
        and key in keymap.keys_of(action).split(",")
    ]
    if not having:
        small = key.lower()
        if len(key) == 1 and key != small and small in MEANINGS:
            return f"没有大写的 {key}；小写 {small} 是{MEANINGS[small][0]}。"
        return ""
    spoken = readable(key)
    on_this = [action for action in having if action.scope in here]
    if on_this and not allows(role := needed(on_this[0])):
        return f"{spoken} {on_this[0].label}：要由{role.holder}办理。"
    if on_this:
        return f"{spoken} {on_this[0].label}：现在不能用。"
    cases = [action for action in having if action.label in APART]
    others = [action for action in having if action not in cases]
    told = [_where(key, actions, keymap, MOST) for actions in (others, cases) if actions]
    both = f"{spoken} {'；'.join(told)}。"
    if width_of(both) <= WIDEST:
        return both
    for most in range(MOST, 0, -1):
        said = f"{spoken} {_where(key, others or cases, keymap, most)}。"
        if width_of(said) <= WIDEST:
            break
    return said


def _where(key: str, actions: Sequence[Action], keymap: Keymap, most: int) -> str:
    """What a key does, and on which pages: `答复：在台账、申请等页可用`."""
    first = actions[0]
    moved = first.keys != keymap.keys_of(first)
    own = moved or key not in MEANINGS or first.label in APART
    word = first.label if own else MEANINGS[key][0]
    pages = list(dict.fromkeys(page for action in actions for page in _pages_of(action)))
    more = "等页" if len(pages) > most else "页"
    return f"{word}：在{'、'.join(pages[:most])}{more}可用"


def _pages_of(action: Action) -> list[str]:
    found = [scopes[0] for scopes in PAGES.values() if action.scope in scopes]
    return [SCOPE_LABELS[scope] for scope in found]
