"""Errors that nobody is there to catch: in a thread, a task, a finalizer, at the end.

Python prints them with what they say, which could name an applicant; libraries speak of them in
their logs. Here they are logged as every other: their types and places.
"""

from __future__ import annotations

import logging
import sys
import threading

from tui.desk.faults import record, sentence


def watch_strays() -> None:
    """Let no error be printed from now on."""

    def at_the_end(_: type[BaseException], fault: BaseException, __: object) -> None:
        print(sentence(record(fault), closing=True), file=sys.stderr)  # noqa: T201

    def in_a_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            record(told.exc_value)

    def in_a_finalizer(told: sys.UnraisableHookArgs) -> None:
        if told.exc_value is not None:
            record(told.exc_value)

    class Unheard(logging.Handler):
        def emit(self, told: logging.LogRecord) -> None:
            fault = told.exc_info[1] if told.exc_info else None
            if fault is not None:
                record(fault)

    sys.excepthook = at_the_end
    threading.excepthook = in_a_thread
    sys.unraisablehook = in_a_finalizer
    logging.lastResort = Unheard(logging.WARNING)  # where nobody has asked for a log
