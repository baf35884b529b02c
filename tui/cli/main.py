"""The command line: the desk or a command, exit statuses and error sentences (CONTRACT).

Nothing is imported before it is known which of the two is asked for: the desk is to be painted
first, and needs no grammar.
"""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Sequence
from typing import Any

RECORDING = ("new", "log", "correct", "dispute", "file", "calendar", "organ")
"""Commands that record something: before the day's first, the register is copied."""
DONE, DATA_AT_FAULT, USAGE_AT_FAULT = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Run one command (or the desk); never raises."""
    from tui.cli.output import complain, flush, let_go

    _speak_utf8()
    try:
        status = _run(arguments)
        flush()
    except KeyboardInterrupt:
        complain("已取消；没有写完的内容不会保留。")
        status = DATA_AT_FAULT
    except Exception as fault:
        status = _fail(fault)
    let_go()
    return status


def _run(arguments: Sequence[str]) -> int:
    match arguments:
        case []:
            return _open_desk(None)
        case ["--db", str(location)] if location[:1] not in ("", "-"):
            return _open_desk(location)
    from tui.cli.grammar import parser

    try:
        given = parser().parse_args(arguments)
    except SystemExit as leaving:  # --help
        return int(leaving.code or 0)
    if given.version:
        from importlib.metadata import version

        from tui.cli.values import say

        say(f"taizhang {version('taizhang')}")
        return DONE
    if given.command is None:
        return _open_desk(given.db)
    try:
        return _run_command(given)
    except Exception as fault:
        from tui.cli.damage import damage

        said = damage(fault, given.db)
        if said is None:
            raise
        raise said from fault


def _run_command(given: Any) -> int:
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

    clerk, source = environment.clerk_and_source()
    fixed = source == "environment"
    return open_desk(Office(environment.location(location), clerk, environment.clock(), fixed))


def _fail(fault: BaseException) -> int:
    """Say what went wrong; answers the exit status."""
    from db.errors import RegisterError
    from tui.cli.output import OutputFault, Untold, complain
    from tui.cli.values import UsageFault
    from tui.desk.faults import record, sentence

    if isinstance(fault, UsageFault):
        complain(str(fault))
        return USAGE_AT_FAULT
    if isinstance(fault, Untold):
        complain(f"{fault.stored}；但{_untold(fault.__cause__)}请不要重做。")
    elif isinstance(fault, OutputFault):
        if not fault.left:
            complain(f"结果没能写到输出：{fault}。")
    elif isinstance(fault, RegisterError):
        complain(str(fault))
        for detail in getattr(fault, "faults", ()):
            complain(f"  {detail}")
    else:
        for line in sentence(record(fault)).splitlines():
            complain(line)
    return DATA_AT_FAULT


def _untold(fault: BaseException | None) -> str:
    """Why the answer of a command that has stored something was not given."""
    from tui.cli.output import OutputFault
    from tui.desk.faults import log_path, record

    if isinstance(fault, OutputFault):
        return f"结果没能写到输出：{fault}。"
    if fault is None or isinstance(fault, KeyboardInterrupt):
        return "显示结果时被取消。"
    return f"显示结果时程序遇到意外，编号 {record(fault)}，日志在 {log_path()}。"


def _speak_utf8() -> None:
    """Whatever the terminal's code page: what we write is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
