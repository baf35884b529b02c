"""One action: what a key does, where, and how it is called."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Action(NamedTuple):
    """One thing a key does.

    `method` is the action method's name, with its argument where it takes one. `scope` names the
    screen or widget that has it. `shown` is how the first key reads on screen.
    """

    id: str
    keys: str
    shown: str
    label: str
    help: str
    scope: str
    method: str
    footer: bool = False
    palette: bool = True
    words: str = ""
    """Other words a clerk may look for it with."""
    always: bool = False
    """Whether the key also works over a window, which else takes its own keys alone."""

    @property
    def binding(self) -> Binding:
        return Binding(
            self.keys,
            self.method,
            self.label,
            show=self.footer,
            id=self.id,
            tooltip=self.help,
            priority=self.always,
        )


def act(
    identifier: str,
    keys: str,
    shown: str,
    label: str,
    sentence: str,
    *,
    method: str = "",
    footer: bool = False,
    palette: bool = True,
    words: str = "",
    always: bool = False,
) -> Action:
    """An action; its scope is the part of the identifier before the dot."""
    scope, _, name = identifier.partition(".")
    return Action(
        identifier,
        keys,
        shown,
        label,
        sentence,
        scope,
        method or name,
        footer=footer,
        palette=palette,
        words=words,
        always=always,
    )
