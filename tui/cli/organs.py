"""`organ`, `clerk`: whose the register is, and who records in it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tui.cli import environment
from tui.cli.output import complain, stored
from tui.cli.values import (
    UsageFault,
    Value,
    answer_json,
    given_register,
    recording,
    run_by,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.cases.organs import Organ, OrganFact


def add_commands(commands: Any) -> None:
    organ = commands.add_parser(
        "organ", help="受理机关：名称、层级、地址、电话、复议机关、管辖法院"
    )
    actions = organ.add_subparsers(dest="action", required=True, metavar="ACTION")

    listed = actions.add_parser("list", help="全部受理机关")
    run_by(listed, run_list)

    add = actions.add_parser("add", help="添加一个受理机关")
    add.add_argument("name", metavar="NAME", help="机关全称")
    run_by(add, run_add)

    rename = actions.add_parser("rename", help="机关改名；改名以前各年的文书仍用原名")
    rename.add_argument("name", metavar="NAME", help="现在的名称")
    rename.add_argument("new", metavar="NEW", help="改成的名称")
    rename.add_argument(
        "--on", required=True, type=Value.date, metavar="DATE", help="自何日起使用新名称"
    )
    run_by(rename, run_rename)

    change = actions.add_parser(
        "set",
        help="登记机关的情况，例如 level=county phone=0599-1234567",
        description="KEY 可用：name（更正写错的名称）、level（department、county、prefecture、"
        "province）、address、postcode、phone、reviewing_body、court、founded（成立日期：成立当年的年报"
        "写明统计期限，上年结转一项为空）；值留空则是没有。",
    )
    change.add_argument("name", metavar="NAME", help="机关名称")
    change.add_argument("told", nargs="+", type=_pair, metavar="KEY=VALUE", help="登记的事项")
    change.add_argument(
        "--on",
        type=Value.date,
        metavar="DATE",
        help="自何日起（默认：原来没有的视为一直如此，有的自今天起）",
    )
    run_by(change, run_set)

    clerk = commands.add_parser("clerk", help="记录人：办理记录署名；写上姓名即更改")
    clerk.add_argument("name", nargs="?", metavar="NAME", help="姓名；写空值则恢复为系统用户名")
    run_by(clerk, run_clerk)


def _pair(text: str) -> tuple[OrganFact, str]:
    from db.cases.organs import OrganFact

    key, parted, value = text.replace("＝", "=", 1).partition("=")
    wanted = key.strip().replace("-", "_")
    fact = next((fact for fact in OrganFact if wanted in (fact.value, fact.label)), None)
    if not parted or fact is None:
        listed = "、".join(f"{fact.value}（{fact.label}）" for fact in OrganFact)
        raise UsageFault(f"“{text}”应写成 KEY=VALUE 的样子；KEY 可用：{listed}。")
    return fact, value


def run_list(given: argparse.Namespace) -> int:
    from db.cases.organs import read_organs

    with given_register(given) as register, register.reading() as tx:
        organs, today = read_organs(tx.connection), tx.today
    if given.json:
        answer_json({"organs": [_document(organ, today) for organ in organs.known]})
        return 0
    for organ in organs.known:
        _say(organ, today)
    say(f"共 {len(organs.known)} 个受理机关")
    return 0


def run_add(given: argparse.Namespace) -> int:
    from db.cases.organ_facts import add_organ

    with recording(given, create=True) as tx:
        organ, today = add_organ(tx, given.name), tx.today
    with stored(f"已添加受理机关 {organ.name_on(today)}"):
        _answer(organ, today, given)
    return 0


def run_rename(given: argparse.Namespace) -> int:
    from db.cases.organ_facts import rename_organ
    from db.cases.organs import UNNAMED_ORGAN

    with recording(given) as tx:
        organ, today = rename_organ(tx, given.name, given.new, given.on), tx.today
    if given.name == UNNAMED_ORGAN and not given.json:
        complain(
            f"注意：{given.on}以前的年报和文书仍写“{UNNAMED_ORGAN}”；名称一直没有变过的，"
            f"再用 taizhang organ set {given.new} name={given.new} --on 1990-01-01 登记。"
        )
    with stored(f"{given.name} 已从{given.on}起改名为 {given.new}"):
        _answer(organ, today, given)
    return 0


def run_set(given: argparse.Namespace) -> int:
    from db.cases.organ_facts import set_organ

    told: Mapping[OrganFact, str] = dict(given.told)
    if len(told) < len(given.told):
        raise UsageFault("同一事项写了不止一次。")
    with recording(given) as tx:
        organ, today = set_organ(tx, given.name, told, given.on), tx.today
    with stored(f"{organ.name_on(today)} 的情况已登记"):
        _answer(organ, today, given)
    return 0


def run_clerk(given: argparse.Namespace) -> int:
    if given.name is not None:
        from tui.desk.clerk import keep_clerk

        keep_clerk(given.name)
    name, source = environment.clerk_and_source()
    if given.json:
        answer_json({"clerk": name, "source": source})
        return 0
    said = {
        "environment": "由环境变量 TAIZHANG_CLERK 指定，盖过所设的姓名",
        "setting": "本机所设",
        "system": "系统用户名；用 taizhang clerk 姓名 来设",
    }
    say(f"记录人：{name}（{said[source]}）")
    return 0


def _answer(organ: Organ, today: date, given: argparse.Namespace) -> None:
    if given.json:
        answer_json(_document(organ, today))
    else:
        _say(organ, today)


def _document(organ: Organ, today: date) -> dict[str, Any]:
    """An organ as it is today, the names it has borne, and what was recorded of it."""
    from db.cases.organs import OrganFact

    return {
        **{fact.value: organ.fact(fact, today) for fact in OrganFact},
        "names": [
            {"name": name, "from": since.isoformat() if since else None}
            for since, name in organ.names
        ],
        "records": [
            {
                "fact": record.fact.value,
                "value": record.value or None,
                "from": record.holds_from.isoformat() if record.holds_from else None,
                "recorded_at": record.recorded_at.isoformat(),
                "by": record.recorded_by,
            }
            for record in organ.records
        ],
    }


def _say(organ: Organ, today: date) -> None:
    from db.cases.organs import OrganFact

    say(organ.name_on(today))
    level = organ.level_on(today)
    for fact in OrganFact:
        value = level.label if fact is OrganFact.LEVEL and level else organ.fact(fact, today)
        if value and fact is not OrganFact.NAME:
            say(f"  {fact.label}：{value}")
    for since, name in organ.names[1:]:
        say(f"  {since}起改名为 {name}")
    if len(organ.names) > 1:
        say(f"  此前名称 {organ.names[0][1]}")
