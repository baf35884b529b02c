"""The grammar of the command line, with every command in it (CONTRACT)."""

from __future__ import annotations

import argparse
from typing import NoReturn

from tui.cli import calendar, cases, disputes, files, reports
from tui.cli.values import UsageFault


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
