"""What of Textual's own workings the desk depends on, each behind one name.

None of it is public; `tests/tui/desk/test_framework.py` fails when the framework changes it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from typing import IO, TYPE_CHECKING, Any, cast

from textual import _callback
from textual.app import App
from textual.events import Event, Paste
from textual.message import Message

from tui.desk.pasting import END, Pastes

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver
    from textual.geometry import Size
    from textual.screen import Screen
    from textual.widget import Widget


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


def is_prevented(message: Message) -> bool:
    """Whether a handler has kept the message from those of the classes after its own."""
    return message._no_default_action


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


def at_work(page: Screen[Any]) -> bool:
    """Whether anything on a page has still to hear what has been told it."""
    return any(not node._is_mounted or node.message_queue_size for node in page.walk_children())


def is_stale(widget: Widget) -> bool:
    """Whether a widget is to be drawn anew."""
    return bool(widget._dirty_regions)


def drawn_anew(widget: Widget) -> None:
    """It has been."""
    widget._dirty_regions.clear()


def laid_for(page: Screen[Any]) -> Size:
    """The size that a page has been laid for last."""
    return page._compositor.size


def asks_for_nothing(page: Screen[Any]) -> None:
    """A page is about to be laid and painted for the first time: what asks for that is served."""
    from textual.widget import Widget

    for node in (page, *page.walk_children(Widget)):
        node._layout_required = node._scroll_required = node._repaint_required = False
    page._layout_widgets.clear()
    asked = page._callbacks
    asked[:] = [one for one in asked if getattr(one[0], "func", None) != page.refresh_bindings]


def painted(page: Screen[Any]) -> None:
    """A page has been laid and painted for the first time: do what has waited for that."""
    page._dirty_widgets.clear()
    page._on_timer_update()


def laid(page: Screen[Any]) -> Any:
    """Where everything stands on a page that has just been laid."""
    return page._compositor._full_map


def lay_again(page: Screen[Any], before: Any) -> None:
    """A page is about to be laid once more: what stands elsewhere then than `before` is painted.

    Whoever asks for a region between a widget's coming and the layout makes the framework forget it.
    """
    if before is not None:
        page._compositor._full_map = before


def lay_once() -> None:
    """Let no widget ask for a layout because a layout has given it a size.

    By itself each does, so that everything is laid and painted twice. Only a scroll bar that comes
    or goes takes another layout; it asks for that itself.
    """
    from textual.widget import Widget

    Widget._size_updated.__defaults__ = (False,)


def count_parameters_once() -> None:
    """Let the framework look once at what a function takes: it does whenever one is called later."""
    look = _callback._count_parameters
    if "counted" in vars(look):
        return
    counted: dict[Any, int] = {}

    def count(told: Callable[..., Any]) -> int:
        code = getattr(told, "__code__", None)
        if code is None or hasattr(told, "__wrapped__"):
            return look(told)
        key = code, hasattr(told, "__self__")
        if key not in counted:
            counted[key] = look(told)
        return counted[key]

    vars(count)["counted"] = counted
    _callback._count_parameters = count  # type: ignore[assignment]


def dress_of(widget: Widget) -> object:
    """Another thing whenever the parts of a widget have been given their styles anew."""
    return next(iter(widget._component_styles.values()), None)


Handlers = tuple[tuple[type, str], ...] | None
_HANDLERS: dict[tuple[type, str, type], Handlers] = {}


def handlers(owner: type, name: str, message: type) -> Handlers:
    """The classes of an owner, and what they call it, that handle a message by a method's name.

    None where any handles one by `@on`. The framework looks through all classes for every message.
    """
    key = owner, name, message
    if key not in _HANDLERS:
        _HANDLERS[key] = _handlers(owner, name, message)
    return _HANDLERS[key]


def _handlers(owner: type, name: str, message: type) -> Handlers:
    found = []
    for base in owner.__mro__:
        decorated = base.__dict__.get("_decorated_handlers") or {}
        if any(kind in decorated for kind in message.__mro__):
            return None
        for named in (f"_{name}", name):
            method = base.__dict__.get(named)
            if method is not None:
                if not getattr(method, "_textual_on", None):
                    found.append((base, named))
                break
    return tuple(found)


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
