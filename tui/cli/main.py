"""The command line: the desk or a command, exit statuses and error sentences (CONTRACT).

Nothing is imported before it is known which of the two is asked for: the desk is to be painted
first, and needs no grammar.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Callable, Sequence

RECORDING = ("new", "log", "correct", "dispute", "file", "calendar")
"""Commands that record something: before the day's first, the register is copied."""
DONE, DATA_AT_FAULT, USAGE_AT_FAULT = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Run one command (or the desk); never raises."""
    _speak_utf8()
    try:
        return _run(arguments)
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DATA_AT_FAULT
    except KeyboardInterrupt:
        _complain("已取消；没有改动。")
        return DATA_AT_FAULT
    except SystemExit as leaving:  # --help
        return int(leaving.code or 0)
    except Exception as fault:
        return _fail(fault)


def _run(arguments: Sequence[str]) -> int:
    match arguments:
        case []:
            return _open_desk(None)
        case ["--db", str(location)] if location[:1] not in ("", "-"):
            return _open_desk(location)
    from tui.cli.grammar import parser

    given = parser().parse_args(arguments)
    if given.version:
        from importlib.metadata import version

        print(f"taizhang {version('taizhang')}")  # noqa: T201
        return DONE
    if given.command is None:
        return _open_desk(given.db)
    if given.command in RECORDING:
        from tui.cli.backups import copy_of_the_day

        copy_of_the_day(given)
    command: Callable[[object], int] = given.run
    return command(given)


def _open_desk(location: str | None) -> int:
    gc.disable()  # until the register is open: among what is imported there is no garbage to find
    from tui.app import open_desk
    from tui.cli import environment
    from tui.desk.session import Office

    return open_desk(
        Office(environment.location(location), environment.clerk(), environment.clock())
    )


def _fail(fault: Exception) -> int:
    from db.errors import RegisterError
    from tui.cli.values import UsageFault

    if isinstance(fault, UsageFault):
        _complain(str(fault))
        return USAGE_AT_FAULT
    if isinstance(fault, RegisterError):
        _complain(str(fault))
        for detail in getattr(fault, "faults", ()):
            _complain(f"  {detail}")
        return DATA_AT_FAULT
    from tui.desk.faults import record, sentence

    _complain(sentence(record(fault)))
    return DATA_AT_FAULT


def _complain(sentence: str) -> None:
    from tui.cli.values import complain

    complain(sentence)


def _speak_utf8() -> None:
    """Whatever the terminal's code page: what we write is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
