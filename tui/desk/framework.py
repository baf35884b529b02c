"""What of Textual's own workings the desk depends on, each behind one name.

None of it is public; `tests/tui/desk/test_framework.py` fails when the framework changes it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from typing import IO, TYPE_CHECKING, Any, cast

from textual.app import App
from textual.events import Event, Paste
from textual.message import Message

from tui.desk.pasting import END, Pastes

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver
    from textual.screen import Screen


def is_ending(app: App[Any]) -> bool:
    """Whether the app is on its way out: nothing can be shown any more."""
    return app._exit or app._closing


def was_taken(event: Event) -> bool:
    """Whether a widget has stopped the event: it has been used."""
    return event._stop_propagation


def does_something(page: Screen[Any], key: str) -> bool:
    """Whether a key does something on a page: `active_bindings` asks of every other key too."""
    return any(
        page.app._check_action_state(binding.action, namespace) is not False
        for namespace, bindings in page._modal_binding_chain
        for binding in bindings.key_to_bindings.get(key, ())
    )


def first_fault(app: App[Any]) -> Exception | None:
    """The error that the app closes with."""
    return app._exception


def close_with(app: App[Any], fault: Exception) -> None:
    """Close the app with an error, as the framework does when nobody handles one."""
    App._handle_exception(app, fault)


def at_painting(fault: BaseException) -> bool:
    """Whether the screen was being laid out or painted: it will be again, and fail again."""
    names = {frame.name for frame in traceback.extract_tb(fault.__traceback__)}
    return bool(names & {"_refresh_layout", "_compositor_refresh"})


def switchable(first: Screen[Any]) -> Screen[Any]:
    """A first page that another may take the place of, as of one that has been pushed.

    The framework takes away then what only pushing and switching put there.
    """
    first._push_result_callback(first, None)
    return first


def at_size(page: Screen[Any], app: App[Any]) -> None:
    """Give a page the classes of the window's size before it is laid out for the first time.

    The framework does so after: then every rule is looked up and everything laid out once more.
    """
    for length, at in (
        (app.size.width, app.HORIZONTAL_BREAKPOINTS),
        (app.size.height, app.VERTICAL_BREAKPOINTS),
    ):
        page.add_class(*page._get_breakpoint_classes(length, at or []), update=False)


def write_through(driver: LinuxDriver, line: Callable[[IO[str]], Any]) -> None:
    """Let a driver that has not begun write through `line`; it takes no file of its own."""
    driver._file = line(cast("IO[str]", driver._file))


def take_pastes_whole() -> None:
    """Let the framework's reader of terminals give out a paste as it was pasted.

    By itself it looks for keys in there too: an ESC in a paste swallows what follows it, or makes
    keys of it, and Tab and Enter then spill it over the fields.
    """
    from textual._xterm_parser import XTermParser

    if "_pastes" in vars(XTermParser):
        return
    read = XTermParser.feed

    def feed(self: XTermParser, data: str) -> Iterable[Message]:
        pastes = self.__dict__.setdefault("_pastes", Pastes())
        if not data:  # the end
            yield from read(self, data)
        for text, pasted in pastes.part(data):
            if not pasted:
                yield from read(self, text)
                continue
            for message in read(self, END):  # a key begun before it ends here
                if not pastes.cut:
                    yield message
            if text := text.replace("\x00", ""):
                yield Paste(text)

    XTermParser._pastes = None  # type: ignore[attr-defined]
    XTermParser.feed = feed  # type: ignore[method-assign]
