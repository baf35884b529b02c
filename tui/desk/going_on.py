"""What fails in a page or a widget is told, and the page goes on.

The framework ends the message loop of whatever fails, and then the program. Here an error stops
where the message was handled. (`_on_message` is private: there is no public place that all messages
of a node pass through; `tests/tui/desk/test_framework.py` fails when it is called no more.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tui.desk.desk import desk_of
from tui.desk.framework import handlers, is_prevented

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.message import Message

    _Node = DOMNode
else:
    _Node = object


@contextmanager
def going_on(owner: DOMNode) -> Iterator[None]:
    """An unexpected error within is logged and told under an id; the desk goes on."""
    try:
        yield
    except Exception as fault:
        desk_of(owner).tell_fault(fault)


class GoesOn(_Node):
    """Stands before the framework's class among the bases of every page and widget of the desk."""

    def _get_dispatch_methods(self, method_name: str, message: Message) -> Iterable[Any]:
        """What handles it, found once for all of a class: a page's opening asks hundreds of times."""
        found = handlers(type(self), method_name, type(message))
        if found is None:
            yield from super()._get_dispatch_methods(method_name, message)
            return
        for base, name in found:
            if is_prevented(message):
                return
            yield base, base.__dict__[name].__get__(self, base)

    async def _on_message(self, message: Message) -> None:
        try:
            await super()._on_message(message)
        except Exception as fault:
            desk_of(self).tell_fault(fault)
