"""`retain`: cases past their keeping period, and erasing what is personal in them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tui.cli.output import complain, stored
from tui.cli.values import Value, answer_json, given_register, recording, run_by, say

if TYPE_CHECKING:
    from db.maintenance.retiring import Retired


def add_commands(commands: Any) -> None:
    retain = commands.add_parser("retain", help="保存期限：列出期满的申请，清除其中的个人信息")
    retain.add_argument(
        "--years", type=Value.count, metavar="N", help="设定保存期限：办结次年起满 N 年"
    )
    retain.add_argument(
        "--erase",
        action="store_true",
        help="清除期满申请的个人信息，并删去此前的备份（不能恢复；数字、期限和记录链不变）",
    )
    run_by(retain, run_retain)


def run_retain(given: argparse.Namespace) -> int:
    from db.maintenance.retiring import copies_of_before, to_be_finished
    from db.privacy.retention import keeping_years, past_keeping, set_keeping_years

    if given.years is not None:
        with recording(given) as tx:
            set_keeping_years(tx, given.years)
    with given_register(given) as register:
        with register.reading() as tx:
            years, past = keeping_years(tx), past_keeping(tx)
        is_file = register.store.file is not None
        done: dict[str, Any] = {
            "years": years,
            "cases": [
                {"number": case.number, "ended_on": case.ended_on.isoformat()} for case in past
            ],
            "erased": 0,
            "backups": len(copies_of_before(register.path)) if is_file else 0,
        }
        if not given.erase or not (past or to_be_finished(register)):
            _answer(given, done, is_file=is_file)
            return 0
        from db.maintenance.retiring import retire
        from tui.desk.lookups import forget_earlier_lookups

        forget_earlier_lookups()  # first: what is killed over it is done to its end without the desk
        retired = retire(register, [case.id for case in past])
        done |= {"erased": retired.cases, "backup": retired.copy and str(retired.copy)}
        for path in retired.kept:
            complain(f"备份 {path} 未能删去，里面还有已清除的个人信息；请手工删除。")
        with stored(f"已清除 {retired.cases} 件申请的个人信息"):
            _answer(given, done, is_file=is_file)
            if not given.json:
                say(f"已清除 {retired.cases} 件申请的个人信息；{_since(retired)}")
    return 0


def _since(retired: Retired) -> str:
    if retired.copy is None:
        return "服务器上的表已重写。服务器自己的备份和日志里还有旧的内容，请管理员按期清理。"
    return f"此前的 {retired.removed} 份备份已删去，新的备份在 {retired.copy}。"


def _answer(given: argparse.Namespace, done: dict[str, Any], *, is_file: bool) -> None:
    if given.json:
        answer_json(done)
        return
    if done["years"] is None:
        say("还没有设定保存期限，个人信息一直保存；用 retain --years N 设定。")
        return
    listed = done["cases"]
    say(f"保存期限：办结次年起 {done['years']} 年。期满而个人信息还在的申请：{len(listed)} 件。")
    for case in listed:
        say(f"  {case['number']}  最后一条记录 {case['ended_on']}")
    if listed and not given.erase:
        copies = f"此前的 {done['backups']} 份备份也会删去，另做一份新的。"
        told = copies if is_file else "服务器上的表会重写；服务器自己的备份要请管理员清理。"
        say(f"用 retain --erase 清除；清除以后不能恢复，{told}")
