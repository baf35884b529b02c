"""What of Textual's own workings the desk depends on, each behind one name.

None of it is public; `tests/tui/desk/test_framework.py` fails when the framework changes it.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.events import Event


def is_ending(app: App[Any]) -> bool:
    """Whether the app is on its way out: nothing can be shown any more."""
    return app._exit or app._closing


def was_taken(event: Event) -> bool:
    """Whether a widget has stopped the event: it has been used."""
    return event._stop_propagation


def first_fault(app: App[Any]) -> Exception | None:
    """The error that the app closes with."""
    return app._exception


def close_with(app: App[Any], fault: Exception) -> None:
    """Close the app with an error, as the framework does when nobody handles one."""
    App._handle_exception(app, fault)
