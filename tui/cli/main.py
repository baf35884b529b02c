"""The command line: its grammar, exit statuses and error sentences (CONTRACT)."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from tui.cli import calendar, cases, disputes, files, reports
from tui.cli.values import UsageFault

DONE, DATA_AT_FAULT, USAGE_AT_FAULT = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese and answers with one sentence."""

    def error(self, message: str) -> NoReturn:
        raise UsageFault(f"{_translated(message)}；用 {self.prog} --help 查看用法。")


def _translated(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required: ", "缺少参数 "),
        ("unrecognized arguments: ", "不认识的参数 "),
        ("invalid choice: ", "没有这个命令或选项："),
        ("expected one argument", "后面要写一个值"),
        ("expected at least one argument", "后面至少要写一个值"),
        ("not allowed with argument ", "不能同时使用 "),
        ("argument ", "参数 "),
        ("(choose from ", "（可用："),
    ):
        message = message.replace(english, chinese)
    return message


def parser() -> argparse.ArgumentParser:
    """The whole grammar; each command sets `run`."""
    top = _Parser(
        prog="taizhang",
        description="台账：政府信息公开申请登记簿。不写命令则打开登记簿界面。",
        add_help=True,
        allow_abbrev=False,
    )
    top.add_argument(
        "--db", metavar="PATH|URL", help="登记簿文件（默认：本人数据文件夹里的 register.db）"
    )
    top.add_argument("--version", action="store_true", help="显示版本")
    commands = top.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=_Parser, title="命令"
    )
    for module in (cases, reports, disputes, calendar, files):
        module.add_commands(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command (or the desk); never raises."""
    _speak_utf8()
    try:
        return _run(arguments)
    except UsageFault as fault:
        _complain(str(fault))
        return USAGE_AT_FAULT
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
    given = parser().parse_args(arguments)
    if given.version:
        from importlib.metadata import version

        print(f"taizhang {version('taizhang')}")  # noqa: T201
        return DONE
    if given.command is None:
        return _open_desk(given.db)
    command: Callable[[argparse.Namespace], int] = given.run
    return command(given)


def _open_desk(location: str | None) -> int:
    from tui.app import open_desk

    return open_desk(location)


def _fail(fault: Exception) -> int:
    from db.errors import RegisterError

    if isinstance(fault, RegisterError):
        _complain(str(fault))
        for detail in getattr(fault, "faults", ()):
            _complain(f"  {detail}")
        return DATA_AT_FAULT
    from tui.desk.faults import record, sentence

    _complain(sentence(record(fault)))
    return DATA_AT_FAULT


def _complain(sentence: str) -> None:
    from db.words.text import shown

    print(shown(sentence), file=sys.stderr)  # noqa: T201


def _speak_utf8() -> None:
    """Whatever the terminal's code page: what we write is UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
