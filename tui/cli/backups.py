"""`backup`, `backups`, `restore`: copies of the register, and bringing one back."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli import environment
from tui.cli.output import complain
from tui.cli.values import answer_json, given_register, opened, run_by, say

if TYPE_CHECKING:
    from db.maintenance.comparing import OnlyThere
    from db.maintenance.restoring import Prospect

MOST = 50
"""Numbers named of each kind; `--json` names all."""


def add_commands(commands: Any) -> None:
    backup = commands.add_parser("backup", help="备份登记簿，核对备份，显示备份的位置")
    backup.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="文件夹（默认：登记簿旁边的 backups）"
    )
    run_by(backup, run_backup)

    backups = commands.add_parser("backups", help="列出备份")
    run_by(backups, run_backups)

    restore = commands.add_parser("restore", help="恢复一份备份；现在的登记簿另行保留")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--yes", action="store_true", help="不再询问")
    run_by(restore, run_restore)


def run_backup(given: argparse.Namespace) -> int:
    from db.maintenance.backups import make_copy

    with given_register(given) as register:
        made = make_copy(register.path, "asked", environment.clock().now(), folder=given.folder)
    if given.json:
        checked = made.checked
        answer_json(
            {
                "file": str(made.path),
                "cases": checked.cases,
                "records": checked.extent.records,
                "ok": not checked.problems,
                "problems": list(checked.problems),
            }
        )
    else:
        say(str(made.path))
    if made.warning:
        complain(made.warning)
    return 1 if made.warning else 0


def run_backups(given: argparse.Namespace) -> int:
    from db.maintenance.backups import list_copies
    from db.storage.location import copies_folder
    from tui.text.cells import fit
    from tui.text.restoring import records_of, size_of

    register = _path(given)
    copies = list_copies(register)
    if given.json:
        listed = [
            {
                "file": str(copy.path),
                "at": copy.name.at.astimezone().isoformat(),
                "reason": copy.name.reason,
                "records": copy.name.extent.records if copy.name.extent else None,
                "bytes": copy.size,
                "whole": copy.whole,
            }
            for copy in copies
        ]
        answer_json({"folder": str(copies_folder(register)), "backups": listed})
        return 0
    if not copies:
        say(f"{copies_folder(register)} 里还没有备份；用 taizhang backup 备份。")
    for copy in copies:
        say(
            f"{copy.name.at:%Y-%m-%d %H:%M:%S}  {fit(copy.name.why, 8)}"
            f"{fit(records_of(copy), 18, right=True)}{fit(size_of(copy.size), 10, right=True)}"
            f"  {'完好' if copy.whole else '有误'}  {copy.path}"
        )
    return 0


def run_restore(given: argparse.Namespace) -> int:
    from db.maintenance.restoring import examine, restore
    from tui.desk.heads import forget
    from tui.text.restoring import prospect_lines

    now = environment.clock().now()
    prospect = examine(_path(given), given.file, now)
    if not given.json:
        for line in prospect_lines(prospect, MOST):
            say(line)
    if not (given.yes or _agreed()):
        if given.json:
            answer_json(_document(prospect) | {"restored": False})
        complain("没有恢复，没有任何改动；确定要恢复，请加 --yes 再运行一次。")
        return 1
    restored = restore(prospect, now, replacing=forget)
    problems = _proved(given, restored.checked.version) or restored.checked.problems
    if given.json:
        answer_json(
            _document(prospect)
            | {
                "restored": True,
                "kept": str(restored.kept) if restored.kept else None,
                "ok": not problems,
                "problems": list(problems),
            }
        )
    else:
        kept = f"原来的登记簿在 {restored.kept}。" if restored.kept else ""
        say(f"已恢复到 {restored.register}，{'有问题' if problems else '核对一致'}。{kept}")
    for problem in problems:
        complain(problem)
    return 1 if problems else 0


def _proved(given: argparse.Namespace, version: str) -> tuple[str, ...]:
    """Open what has been restored: an older one is upgraded by that, and only then replayed."""
    from db.maintenance.verify import verify
    from db.storage.schema import HEAD

    if version == HEAD:
        return ()
    with opened(environment.location(given.db)) as register, register.reading() as tx:
        return verify(tx).problems


def _agreed() -> bool:
    """Whether whoever sits at the terminal says yes; nobody sits there in a script."""
    if not sys.stdin or not sys.stdin.isatty():
        return False
    print("要恢复吗？恢复请输入 y：", end="", file=sys.stderr, flush=True)  # noqa: T201
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def _document(prospect: Prospect) -> dict[str, Any]:
    return {
        "file": str(prospect.copy),
        "register": str(prospect.register),
        "present": prospect.present,
        "cases": prospect.checked.cases,
        "records": prospect.checked.extent.records,
        "lost": _only(prospect.lost),
        "brought": _only(prospect.brought),
    }


def _only(only: OnlyThere | None) -> dict[str, Any] | None:
    if only is None:
        return None
    return {"cases": list(only.cases), "records": dict(only.records), "others": dict(only.others)}


def _path(given: argparse.Namespace) -> Path:
    from db.storage.location import sqlite_path

    return sqlite_path(environment.location(given.db))


# -- the day's copy -----------------------------------------------------------------------------


def copy_of_the_day(given: argparse.Namespace) -> None:
    """Before the day's first command that records something: copy what stood there before.

    What hinders it is told; the command goes on.
    """
    from db.errors import RegisterError
    from db.maintenance.copies_due import copy_is_due

    now = environment.clock().now()
    with contextlib.suppress(RegisterError):  # the command itself says what is wrong
        register = _path(given)
        if not register.is_file() or not copy_is_due(register, now):
            return
        from db.maintenance.backups import make_copy

        try:
            made = make_copy(register, "daily", now)
        except RegisterError as fault:
            complain(f"今天的备份没有完成：{fault}")
        else:
            if made.warning:
                complain(made.warning)
