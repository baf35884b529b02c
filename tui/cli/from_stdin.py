"""`--stdin`: options told as a JSON document, so that nobody's data stand among the arguments.

Arguments are seen by everybody on the machine, and are kept by shells.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from tui.cli.values import UsageFault

_LONGEST = 4_000_000  # bytes: several texts as long as may be stored, every character escaped


class FromStdin(argparse.Action):
    """Tells a command what the document on standard input says."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(
            option_strings,
            dest,
            nargs=0,
            help="其余各项从标准输入读一个 JSON 对象，键与参数同名，如 "
            '{"applicant": "张三", "id-no": "…"}；个人信息便不出现在命令行里',
        )

    def __call__(self, command: Any, namespace: argparse.Namespace, *_: object) -> None:
        for name, told in read_options().items():
            command.tell(namespace, name, told)


def read_options() -> dict[str, str | bool]:
    """The options of the document: texts, and true or false for a switch. null is none.

    Numbers are texts, as they are written.

    Raises:
        UsageFault: standard input does not hold one JSON object of that kind.
    """
    try:
        document = json.loads(
            _read(), object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        _refuse()
    if not isinstance(document, dict):
        _refuse()
    told = {name: value for name, value in document.items() if value is not None}
    for name, value in told.items():
        if not isinstance(value, (str, bool)):
            raise UsageFault(f"标准输入里“{name}”的值应是文字、数字、true 或 false。")
    return told


def _read() -> str:
    if sys.stdin is None:
        raise UsageFault("标准输入已经关闭；--stdin 要从那里读一个 JSON 文档。")
    try:
        raw = sys.stdin.buffer.read(_LONGEST + 1)
    except OSError:
        raise UsageFault("标准输入无法读取；--stdin 要从那里读一个 JSON 文档。") from None
    if len(raw) > _LONGEST:
        raise UsageFault("标准输入的内容太长；--stdin 只要一件申请的 JSON 文档。")
    return raw.decode("utf-8-sig")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise UsageFault(f"标准输入里“{name}”写了不止一次。")
        found[name] = value
    return found


def _refuse(_: str = "") -> NoReturn:
    raise UsageFault('标准输入应是一个 JSON 对象（UTF-8），例如 {"applicant": "张三"}。')
