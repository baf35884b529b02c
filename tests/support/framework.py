"""What Textual and asyncio find out anew at every message, found out once for all desks of the tests.

A program opens one desk, the tests many hundreds. What a desk does is the same, and its own code
runs as ever; `tests/tui/desk/test_terminal.py` and others run the program without any of this.
"""

from __future__ import annotations

import selectors
from asyncio import selector_events
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual import _callback, message_pump
from textual.message import Message
from textual.message_pump import MessagePump


def quicken(patch: pytest.MonkeyPatch) -> None:
    """From now on, until the patch is undone."""
    patch.setattr(MessagePump, "_get_dispatch_methods", _handlers_found_once())
    patch.setattr(_callback, "_count_parameters", _parameters_counted_once())
    patch.setattr(message_pump, "log", Unread())
    begin = selector_events.BaseSelectorEventLoop.__init__
    patch.setattr(
        selector_events.BaseSelectorEventLoop,
        "__init__",
        lambda loop, selector=None: begin(loop, selector or Seldom()),
    )


class Unread:
    """The framework's log, which is read in a console that no test opens."""

    event = property(lambda self: self)

    def verbosity(self, _: bool) -> Unread:
        return self

    def __call__(self, *_: object) -> None:
        """Nobody reads it."""


class Seldom(selectors.DefaultSelector):
    """Looks for signs from outside when the loop has nothing else to do, or has not looked for long.

    A tenth of all steps would be enough for a desk whose only outside are its own threads.
    """

    _passed = 0

    def select(self, timeout: float | None = None) -> list[Any]:
        self._passed += 1
        if timeout == 0 and self._passed % 10:
            return []
        return super().select(timeout)


def _handlers_found_once() -> Callable[..., Any]:
    look = MessagePump._get_dispatch_methods
    decorated: dict[tuple[type, type], bool] = {}

    def is_decorated(kind: type, message: type) -> bool:
        """Whether any class handles it by a decorator."""
        by_decorator = (place.__dict__.get("_decorated_handlers") or {} for place in kind.__mro__)
        return any(set(message.__mro__) & handlers.keys() for handlers in by_decorator)

    def by_name(pump: MessagePump, name: str, message: Message) -> Iterator[Any]:
        own = f"_{name}"
        for place in type(pump).__mro__:  # each time: a test may put a handler there
            if message._no_default_action:
                return
            method = place.__dict__.get(own) or place.__dict__.get(name)
            if method is not None and not getattr(method, "_textual_on", None):
                yield place, method.__get__(pump, place)

    def found(pump: MessagePump, name: str, message: Message) -> Any:
        key = type(pump), type(message)
        if key not in decorated:
            decorated[key] = is_decorated(*key)
        return (look if decorated[key] else by_name)(pump, name, message)

    return found


def _parameters_counted_once() -> Callable[..., int]:
    look = _callback._count_parameters
    counted: dict[Any, int] = {}

    def count(told: Callable[..., Any]) -> int:
        code = getattr(told, "__code__", None)
        if code is None or hasattr(told, "__wrapped__"):
            return look(told)
        key = code, hasattr(told, "__self__")
        if key not in counted:
            counted[key] = look(told)
        return counted[key]

    return count
