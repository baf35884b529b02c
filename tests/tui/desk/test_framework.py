"""What the desk relies on in Textual that is not public: it fails here when the framework changes."""

from __future__ import annotations

import inspect
import io
import sys
from functools import partial
from typing import ClassVar

import pytest
from textual import _callback, events, on
from textual.app import App
from textual.binding import BindingType
from textual.css.stylesheet import Stylesheet
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tests.support.examples import often
from tui.desk import framework
from tui.desk.going_on import GoesOn
from tui.widgets.plain_fields import PlainInput


def test_a_taken_event_is_known() -> None:
    event = events.Key("a", "a")
    assert not framework.was_taken(event)
    event.stop()
    assert framework.was_taken(event)


async def test_an_app_that_ends_is_known() -> None:
    app: App[None] = App()
    async with app.run_test():
        assert not framework.is_ending(app)
        app.exit()
        assert framework.is_ending(app)


class Bound(App[None]):
    """Has a key that does something, and one that does not now."""

    BINDINGS: ClassVar[list[BindingType]] = [("x", "bell"), ("y", "toggle_dark")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        return action != "toggle_dark"


async def test_a_key_does_something_as_the_framework_tells_of_all_keys() -> None:
    app = Bound()
    async with app.run_test():
        for key in ("x", "y", "z", "ctrl+q"):
            assert framework.does_something(app.screen, key) == (key in app.screen.active_bindings)
        assert framework.does_something(app.screen, "x")


async def test_an_app_closes_with_an_error() -> None:
    app: App[None] = App()
    fault = ValueError("x")
    with pytest.raises(ValueError, match="x"):
        async with app.run_test():
            framework.close_with(app, fault)
    assert framework.first_fault(app) is fault


class OfASize(App[None]):
    """Gives its first page the classes of its size at once."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall")]  # noqa: RUF012

    def get_default_screen(self) -> Screen[None]:
        page = Screen[None]()
        framework.at_size(page, self)
        self.before = page.classes
        return page


@pytest.mark.parametrize("size", [(80, 24), (79, 10)])
async def test_a_page_has_the_classes_of_its_size_before_it_is_laid(size: tuple[int, int]) -> None:
    """The same ones that the framework gives it later."""
    app = OfASize()
    async with app.run_test(size=size):
        assert app.before
        assert app.screen.classes == app.before


class Fails(Static):
    """Fails where it is told to."""

    DEFAULT_CSS = "Fails { height: auto; }"
    at = ""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        if self.at == "layout":
            raise ValueError(self.at)
        return super().get_content_height(container, viewport, width)

    def render_line(self, y: int) -> Strip:
        if self.at == "paint":
            raise ValueError(self.at)
        return super().render_line(y)

    def on_click(self) -> None:
        if self.at == "click":
            raise ValueError(self.at)


async def fail(at: str) -> None:
    class Shows(App[None]):
        def compose(self):  # type: ignore[no-untyped-def]
            yield Fails("x")

    app = Shows()
    async with app.run_test() as pilot:
        widget = app.query_one(Fails)
        widget.at = at
        widget.refresh(layout=at == "layout")
        await pilot.click(Fails)
        await pilot.pause()


@pytest.mark.parametrize(
    ("at", "painting"), often([("paint", True), ("click", False), ("layout", True)], 2)
)
async def test_a_fault_at_laying_out_or_painting_is_known(at: str, painting: bool) -> None:
    with pytest.raises(ValueError, match=at) as told:
        await fail(at)
    assert framework.at_painting(told.value) is painting


async def test_the_first_page_may_be_switched() -> None:
    class Begins(App[None]):
        def get_default_screen(self) -> Screen[None]:
            return framework.switchable(Screen(id="first"))

    app = Begins()
    async with app.run_test():
        await app.switch_screen(Screen(id="second"))
        assert [screen.id for screen in app.screen_stack] == ["second"]


@pytest.mark.skipif(sys.platform == "win32", reason="the driver of POSIX")
async def test_the_driver_writes_through_what_it_is_given() -> None:
    from textual.drivers.linux_driver import LinuxDriver

    driver = LinuxDriver(App())
    written = io.StringIO()
    framework.write_through(driver, lambda _: written)
    assert "WriterThread(self._file)" in inspect.getsource(LinuxDriver.start_application_mode)
    assert driver._file is written


async def test_every_message_passes_where_errors_are_caught() -> None:
    seen: list[str] = []

    class Watched(GoesOn, Static):
        async def _on_message(self, message: events.Message) -> None:
            seen.append(type(message).__name__)
            await super()._on_message(message)

    class Seen(App[None]):
        def compose(self):  # type: ignore[no-untyped-def]
            yield Watched("x")

    async with Seen().run_test() as pilot:
        await pilot.click(Watched)
    assert {"Mount", "Click"} <= set(seen)


class Knows(Static):
    def on_click(self) -> None: ...

    def _on_mount(self, event: events.Mount) -> None: ...


class Picks(Static):
    @on(events.Click)
    def picked(self) -> None: ...


@pytest.mark.parametrize("name", ["on_click", "on_mount", "on_idle", "on_key", "on_resize"])
def test_what_handles_a_message_is_found_as_the_framework_finds_it(name: str) -> None:
    made = {"on_key": events.Key("a", "a"), "on_idle": events.Idle(), "on_mount": events.Mount()}
    message = made.get(name, events.Show())
    for owner in (Knows(), Picks(), PlainInput()):
        found = framework.handlers(type(owner), name, type(message))
        assert found is not None
        told = [(base, base.__dict__[called]) for base, called in found]
        theirs = MessagePump._get_dispatch_methods(owner, name, message)
        assert told == [(base, method.__func__) for base, method in theirs]
    assert framework.handlers(Picks, "on_click", events.Click) is None


@pytest.mark.parametrize("known", [False, True])
async def test_what_has_moved_is_painted(known: bool) -> None:
    """Also if somebody has asked where things stand before they were laid."""

    class Shows(App[None]):
        def compose(self):  # type: ignore[no-untyped-def]
            yield from (Static("x", id="first"), Static("y"))

    app = Shows()
    async with app.run_test():
        page, compositor = app.screen, app.screen._compositor
        before = framework.laid(page)
        app.query_one("#first").styles.height = 3
        page._clear_arrangement_cache()
        compositor._full_map_invalidated = True
        assert compositor.full_map != before
        compositor._dirty_regions.clear()
        if known:
            framework.lay_again(page, before)
        compositor.reflow(page, page.size)
        assert bool(compositor._dirty_regions) is known


@pytest.mark.parametrize("once", [False, True])
async def test_a_widget_that_is_given_a_size_asks_for_no_other_layout(
    monkeypatch: pytest.MonkeyPatch, once: bool
) -> None:
    monkeypatch.setattr(Widget._size_updated, "__defaults__", (True,))
    if once:
        framework.lay_once()

    class Shows(App[None]):
        def compose(self):  # type: ignore[no-untyped-def]
            yield Static("x")

    app = Shows()
    async with app.run_test() as pilot:
        await pilot.pause()
        widget = app.query_one(Static)
        laid: list[object] = []
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, laid.append, immediate=True)
        widget.update("x\ny")
        for _ in range(2):
            await pilot.pause()
            app.screen._on_timer_update()
        assert len(laid) == (1 if once else 2)


def test_what_a_function_takes_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    monkeypatch.setattr(_callback, "_count_parameters", lambda told: len(looked.append(told) or ()))
    framework.count_parameters_once()
    for _ in range(2):
        assert _callback.count_parameters(partial(framework.laid, None)) == -1
    assert len(looked) == 1


async def test_a_widget_is_drawn_anew_once() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        widget = Static("x")
        await app.mount(widget)
        await pilot.pause()
        widget.refresh()
        assert framework.is_stale(widget)
        framework.drawn_anew(widget)
        assert not framework.is_stale(widget)


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (App, "_handle_exception", ["self", "error"]),
        (App, "_fatal_error", ["self"]),
        (MessagePump, "_on_message", ["self", "message"]),
        (MessagePump, "_get_dispatch_methods", ["self", "method_name", "message"]),
        (Screen, "_refresh_layout", ["self", "size", "scroll"]),
        (Screen, "_on_timer_update", ["self"]),
        (Screen, "_screen_resized", ["self", "size"]),
        (Screen, "_on_screen_resume", ["self", "event"]),
        (Screen, "_on_screen_suspend", ["self"]),
        (Screen, "_reset_focus", ["self", "widget", "avoiding"]),
        (
            Widget,
            "_size_updated",
            ["self", "size", "virtual_size", "container_size", "layout"],
        ),
        (
            Stylesheet,
            "_parse_rules",
            ["self", "css", "read_from", "is_default_rules", "tie_breaker", "scope"],
        ),
    ],
)
def test_the_hooks_are_there(owner: type, name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters
