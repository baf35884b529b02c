"""The grammar of the command line, with every command in it (CONTRACT)."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from tui.cli.output import write
from tui.cli.values import UsageFault

AREAS = {
    "cases": ("new", "log", "correct", "show"),
    "papers": ("attach", "attachments"),
    "letters": ("letters", "letter"),
    "lists": ("find", "due"),
    "reports": ("report", "check", "file"),
    "own_parts": ("figures", "narrative"),
    "consolidating": ("consolidate",),
    "disputes": ("dispute",),
    "calendar": ("calendar",),
    "files": ("import", "export", "demo", "verify"),
    "backups": ("backup", "backups", "restore"),
    "moving": ("move",),
    "retention": ("retain",),
    "organs": ("organ", "clerk"),
    "roles": ("roles",),
}
"""The files of commands beside this one, and what stands in each."""
NEVER_TOLD = {"help", "json", "stdin"}
"""What only the command line says."""


class _Help(argparse.HelpFormatter):
    """Help without a word of argparse's own English."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse that says in one Chinese sentence what is wrong, and where.

    Its own English is never looked at: the hooks below are where it finds a fault. They are
    private; the refusals of `tests/tui/cli` fail when they are called no more.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.formatter_class = _Help
        self._positionals.title, self._optionals.title = "参数", "选项"
        for action in self._actions:  # until now there is but --help
            action.help = "显示用法"
        self._given: set[str] = set()
        self._told: set[str] = set()

    def tell(self, namespace: argparse.Namespace, name: str, told: str | bool) -> None:
        """Take an option, named without its dashes, from elsewhere than the command line."""
        name = name.replace("_", "-")
        options = {
            option.removeprefix("--"): a for option, a in self._option_string_actions.items()
        }
        action = options.get(name)
        if action is None or name in NEVER_TOLD:
            self._refuse(f"标准输入里的“{name}”不是可用的项")
        if action.dest in self._given | self._told:
            self._refuse(f"“{name}”写了不止一次")
        switch = action.nargs == 0
        if switch != isinstance(told, bool):
            self._refuse(f"标准输入里“{name}”的值应是" + ("true 或 false" if switch else "文字"))
        if told is not False:
            value = [] if told is True else self._get_value(action, told)
            action(self, namespace, value, f"--{name}")
        action.required = False
        self._told.add(action.dest)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        given, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self._refuse(f"无法识别的参数 {' '.join(unknown)}")
        return given

    def _print_message(self, message: str, file: Any = None) -> None:
        """Help, which argparse would let fail in silence."""
        write(message)

    def _match_argument(self, action: argparse.Action, pattern: str) -> int:
        try:
            return super()._match_argument(action, pattern)
        except argparse.ArgumentError:
            self._refuse(f"参数 {_named(action)} 后面须写一个值")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            listed = "、".join(map(str, action.choices))
            what = (
                "命令" if isinstance(action, argparse._SubParsersAction) else f" {_named(action)}"
            )
            self._refuse(f"没有{what}“{value}”；可用：{listed}")

    def _get_values(self, action: argparse.Action, strings: list[str]) -> Any:
        if action.dest in self._told:
            self._refuse(f"“{_named(action)}”写了不止一次")
        self._given.add(action.dest)
        return super()._get_values(action, strings)

    def error(self, _: str) -> NoReturn:
        missing = [_named(a) for a in self._actions if a.required and a.dest not in self._given]
        self._refuse(f"缺少参数 {'、'.join(missing)}" if missing else "命令行写法有误")

    def _refuse(self, sentence: str) -> NoReturn:
        raise UsageFault(f"{sentence}；用 {self.prog} --help 查看用法。")


def _named(action: argparse.Action) -> str:
    """An argument as it is typed."""
    return "/".join(action.option_strings) or str(action.metavar or action.dest)


class _LeftOut:
    """Stands for a command that is not asked for: whatever is said of it comes to nothing."""

    def __getattr__(self, _: str) -> Any:
        return lambda *_, **__: self


class _Only:
    """Commands of which but one is taken: telling argparse of all takes a fifth of a short command."""

    def __init__(self, commands: Any, name: str | None) -> None:
        self._commands, self._name = commands, name

    def add_parser(self, name: str, **told: Any) -> Any:
        return self._commands.add_parser(name, **told) if name == self._name else _LeftOut()


def command_in(arguments: Sequence[str]) -> str | None:
    """The command of a command line, as far as it can be told before it is parsed."""
    left = iter(arguments)
    for argument in left:
        if argument in ("-h", "--help"):
            return None
        if argument == "--db":
            next(left, None)
        elif not argument.startswith("-"):
            return argument
    return None


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The grammar, of `command` alone if there is such a one; each command sets `run`."""
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
    top.add_argument("--json", action="store_true", help="以 JSON 回答")
    commands = top.add_subparsers(
        prog=top.prog, dest="command", metavar="COMMAND", parser_class=_Parser, title="命令"
    )
    areas = [area for area, names in AREAS.items() if command in names]
    for area in areas or AREAS:
        wanted = _Only(commands, command) if areas else commands
        import_module(f"tui.cli.{area}").add_commands(wanted)
    return top
