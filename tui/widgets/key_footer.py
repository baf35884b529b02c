"""The line of keys at the foot of a page."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.binding import Binding
from textual.screen import Screen

from tui.text.cells import width_of
from tui.widgets.plain import PlainText

APART = 2
"""Cells between two keys."""


class KeyFooter(PlainText):
    """The keys in force that are worth a place, in one line of text; a click presses one.

    The stock footer is a widget for every key: half of what a page costs until it is painted.
    """

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[tuple[Binding, bool], ...] = ()
        self._keys: tuple[tuple[Binding, bool], ...] = ()  # those that have room

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed, immediate=True)

    def bindings_changed(self, screen: Screen[Any]) -> None:
        if self.is_attached and screen is self.screen and self.app.app_focus:
            shown: dict[str, tuple[Binding, bool]] = {}
            for active in screen.active_bindings.values():
                if active.binding.show:
                    shown.setdefault(active.binding.action, (active.binding, active.enabled))
            self._all = tuple(shown.values())
            self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        """Show whole keys; the last ones are left out where there is no room for them."""
        room, keys = self.app.size.width + APART, []
        for key in self._all:
            room -= sum(width_of(text) for text, _ in self._said(*key))
            if room >= 0:
                keys.append(key)
        self._keys = tuple(keys)
        self.say(*(part for key in self._keys for part in self._said(*key)))

    def _said(self, binding: Binding, enabled: bool) -> tuple[tuple[str, str], tuple[str, str]]:
        dim = "" if enabled else " dim"
        return (
            (self.app.get_key_display(binding), f"bold $footer-key-foreground{dim}"),
            (f" {binding.description}{' ' * APART}", f"$footer-description-foreground{dim}"),
        )

    def _at(self, x: int) -> Binding | None:
        """The key that stands in a column."""
        end = 0
        for binding, enabled in self._keys:
            end += sum(width_of(text) for text, _ in self._said(binding, enabled))
            if x < end - APART:
                return binding if enabled else None
            if x < end:
                return None
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        binding = self._at(event.x)
        self.tooltip = binding.tooltip or None if binding else None

    def on_click(self, event: events.Click) -> None:
        binding = self._at(event.x)
        if binding is None:
            self.app.bell()
        else:
            self.app.simulate_key(binding.key)
