"""`move`: the whole register to another place."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING, Any

from tui.cli import environment
from tui.cli.output import stored
from tui.cli.values import Progress, answer_json, opened, run_by, say

if TYPE_CHECKING:
    from db.maintenance.move_targets import Target


def add_commands(commands: Any) -> None:
    moves = commands.add_parser(
        "move", help="把整本登记簿迁到另一个文件或 PostgreSQL 数据库；原来的从此只能查看"
    )
    moves.add_argument("to", metavar="URL", help="新的文件，或空的数据库的地址")
    moves.add_argument("--copy", action="store_true", help="只复制一本过去；原来的照常登记")
    run_by(moves, run_move)


def run_move(given: argparse.Namespace) -> int:
    from db.maintenance.moving import move

    progress = Progress()
    location = environment.location(given.db)
    try:
        with opened(location, writes=True) as register:
            gone = move(register, given.to, copy=given.copy, progress=progress, replacing=_forget)
            source = register.place
    finally:
        progress.end()
    done = f"已{'复制' if given.copy else '迁'}到 {gone.place}"
    with stored(done):
        if given.json:
            answer_json(
                {
                    "from": source,
                    "to": gone.place,
                    "cases": gone.cases,
                    "events": gone.events,
                    "digest": gone.head.digest,
                    "copy": given.copy,
                    "backup": str(gone.backup) if gone.backup else None,
                }
            )
            return 0
        say(
            f"{done}：{gone.cases} 件申请，{gone.events} 条办理记录，核对一致。"
            f"记录链 {gone.head.label}。"
        )
        if gone.backup:
            say(f"迁移前的备份在 {gone.backup}。")
        if not given.copy:
            say(f"{source} 从此只能查看；请用 --db {shlex.quote(gone.place)} 打开新的。")
    return 0


def _forget(target: Target) -> None:
    """What was noted of another register that stood there is no reproach to this one."""
    from tui.desk.heads import forget

    forget(target.place)
