"""The command line: the desk or a command, exit statuses and error sentences (CONTRACT).

Nothing is imported before it is known which of the two is asked for: the desk is to be painted
first, and needs no grammar.
"""

from __future__ import annotations

import contextlib
import gc
import io
import sys
from collections.abc import Callable, Sequence
from typing import Any

RECORDING = (
    "new",
    "log",
    "correct",
    "dispute",
    "file",
    "calendar",
    "organ",
    "figures",
    "narrative",
)
"""Commands that record something: before the day's first, the register is copied."""
GARBAGE = 300_000
"""Objects made between two looks for garbage. Python looks after every 700: a command, most of whose
time goes into loading what it needs, would look for it a hundred times where there is none."""
DONE, DATA_AT_FAULT, USAGE_AT_FAULT = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Run one command (or the desk); never raises."""
    from tui.cli.output import flush, let_go

    _speak_utf8()
    try:
        status = _run(arguments)
        flush()
    except (Exception, KeyboardInterrupt) as fault:
        status = _fail(fault, as_json="--json" in arguments)
    let_go()
    return status


def _run(arguments: Sequence[str]) -> int:
    match arguments:
        case []:
            return _open_desk(None)
        case ["--db", str(location)] if location[:1] not in ("", "-"):
            return _open_desk(location)
    gc.set_threshold(GARBAGE)
    from tui.cli.grammar import command_in, parser
    from tui.cli.values import UsageFault

    try:
        given = parser(command_in(arguments)).parse_args(arguments)
    except SystemExit as leaving:  # --help
        return int(leaving.code or 0)
    if given.version:
        from importlib.metadata import version

        from tui.cli.values import answer_json, say

        if given.json:
            answer_json({"version": version("taizhang")})
        else:
            say(f"taizhang {version('taizhang')}")
        return DONE
    if given.command is None:
        if given.json:
            raise UsageFault("--json 要和一个命令一起用；用 taizhang --help 查看用法。")
        return _open_desk(given.db)
    try:
        return _run_command(given)
    except Exception as fault:
        from tui.cli.damage import judged

        said = judged(fault, given.db)
        if said is fault:
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
    from tui.cli import environment
    from tui.desk.forerunner import send_ahead

    forerunner = send_ahead(lambda: (environment.location(location), environment.clock()))
    from tui.app import open_desk
    from tui.desk.session import Office

    clerk, source = environment.clerk_and_source()
    fixed = source == "environment"
    office = Office(environment.location(location), clerk, environment.clock(), fixed)
    return open_desk(office, forerunner)


def _fail(fault: BaseException, *, as_json: bool) -> int:
    """Say what went wrong; answers the exit status.

    Whoever asked for JSON gets it: the sentence, and each fault of a file that has many.
    """
    from dataclasses import asdict

    from tui.cli.output import OutputFault, complain
    from tui.cli.values import UsageFault, answer_json

    sentences = _told(fault)
    faults: Sequence[Any] = getattr(fault, "faults", ())
    for sentence in (*sentences, *(f"  {each}" for each in faults), *getattr(fault, "summary", ())):
        complain(sentence)
    if as_json and not _is_output(fault):
        with contextlib.suppress(OutputFault):
            answer_json({"error": "".join(sentences), "faults": [asdict(each) for each in faults]})
    return USAGE_AT_FAULT if isinstance(fault, UsageFault) else DATA_AT_FAULT


def _is_output(fault: BaseException | None) -> bool:
    """Whether it is standard output that failed."""
    from tui.cli.output import OutputFault, Untold

    return isinstance(fault.__cause__ if isinstance(fault, Untold) else fault, OutputFault)


def _told(fault: BaseException) -> list[str]:
    """What went wrong, in sentences."""
    from db.errors import RegisterError, plain_fault
    from tui.cli.damage import Sound, is_want
    from tui.cli.output import OutputFault, Untold
    from tui.cli.values import UsageFault
    from tui.desk.faults import record, sentence

    match fault:
        case KeyboardInterrupt():
            return ["已取消；没有写完的内容不会保留。"]
        case Untold():
            return [f"{fault.stored}；但{_untold(fault.__cause__)}请不要重做。"]
        case OutputFault():
            return [] if fault.left else [f"结果未能写到输出：{fault}。"]
        case UsageFault() | RegisterError():
            return [str(fault)]
        case MemoryError():
            return ["内存不足，没有做完；登记簿没有因此改动。请关闭别的程序再试。"]
        case OSError() if is_want(fault):
            return [f"没有做完：{plain_fault(fault)}；登记簿没有因此改动。请关闭别的程序再试。"]
        case _:
            return sentence(record(fault), proved=isinstance(fault, Sound)).splitlines()


def _untold(fault: BaseException | None) -> str:
    """Why the answer of a command that has stored something was not given."""
    from tui.cli.output import OutputFault
    from tui.desk.faults import log_path, record

    if isinstance(fault, OutputFault):
        return f"结果未能写到输出：{fault}。"
    if fault is None or isinstance(fault, KeyboardInterrupt):
        return "显示结果时被取消。"
    return f"显示结果时程序遇到意外，编号 {record(fault)}，日志在 {log_path()}。"


def _speak_utf8() -> None:
    """Whatever the terminal's code page: what we write is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
