"""`roles`: who may do what with a register; on a server, the SQL that makes the roles."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tui.cli.output import stored
from tui.cli.values import UsageFault, Value, answer_json, given_register, recording, run_by, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.words.vocabulary import Role

NOBODYS = ("none", "无")


def add_commands(commands: Any) -> None:
    roles = commands.add_parser(
        "roles",
        help="角色：查看、经办、负责人；数据库服务器上的由服务器授予",
        description="不写参数：列出谁有哪一角色。登记簿是文件的，写 NAME ROLE 设定；"
        "在服务器上的，用 --sql 或 --apply 建立 taizhang_viewer、taizhang_clerk、"
        "taizhang_supervisor，再用 GRANT 授予各人的登录名。",
    )
    roles.add_argument("name", nargs="?", metavar="NAME", help="记录人的姓名")
    roles.add_argument(
        "role",
        nargs="?",
        metavar="ROLE",
        help="viewer（查看）、clerk（经办）、supervisor（负责人）；none 为不再写明",
    )
    roles.add_argument("--sql", action="store_true", help="只写出建立角色的 SQL，不执行")
    roles.add_argument("--apply", action="store_true", help="在服务器上建立角色并授权")
    run_by(roles, run_roles)


def run_roles(given: argparse.Namespace) -> int:
    if given.sql or given.apply:
        if given.name is not None or (given.sql and given.apply):
            raise UsageFault("--sql、--apply 和设定某人的角色，一次只能做一样。")
        return _on_server(given)
    if given.name is None:
        return _list(given)
    if given.role is None:
        raise UsageFault(f"请写明 {given.name} 的角色：viewer、clerk、supervisor 或 none。")
    return _give(given)


def _list(given: argparse.Namespace) -> int:
    from db.storage.role import named_roles

    with given_register(given) as register, register.reading() as tx:
        own, on_server = tx.role, register.store.file is None
        if on_server:
            from db.storage.server_roles import logins

            named = logins(tx.connection)
        else:
            named = named_roles(tx.connection)
    _answer(given, named, own, on_server=on_server)
    return 0


def _give(given: argparse.Namespace) -> int:
    from db.storage.giving_roles import give_role
    from db.storage.role import named_roles, role_of
    from db.words.vocabulary import Role

    role = None if given.role in NOBODYS else Value.one_of(Role, "角色")(given.role)
    with recording(given) as tx:
        give_role(tx, given.name, role)
        named, own = named_roles(tx.connection), role_of(tx.connection, tx.clerk)
    said = f"{given.name}：{role.label}" if role else f"{given.name} 的角色不再写明"
    with stored(said):
        _answer(given, named, own, on_server=False)
    return 0


def _on_server(given: argparse.Namespace) -> int:
    from db.errors import BadValue
    from db.words.vocabulary import Role

    with given_register(given) as register:
        if register.store.file is not None:
            raise BadValue(
                f"登记簿 {register.place} 是一个文件，没有数据库角色；"
                "用 taizhang roles 姓名 角色 设定，文件的权限才是锁。"
            )
        from db.storage.server_roles import logins, make_roles, statements

        if given.sql:
            with register.reading() as tx:
                told = [f"{statement};" for statement in statements(tx.connection)]
            if given.json:
                answer_json({"sql": told})
            else:
                say("\n".join(told))
            return 0
        with register.writing() as tx:
            tx.require(Role.SUPERVISOR, "建立数据库角色")
            make_roles(tx.connection)
            named, own = logins(tx.connection), tx.role
    with stored("已在服务器上建立三个角色"):
        _answer(given, named, own, on_server=True)
        if not given.json:
            say(
                "已建立 taizhang_viewer、taizhang_clerk、taizhang_supervisor；"
                "给每人建一个登录名并授予其一，例如：CREATE ROLE 登录名 LOGIN IN ROLE taizhang_clerk;"
            )
    return 0


def _answer(
    given: argparse.Namespace, named: Mapping[str, Role], own: Role, *, on_server: bool
) -> None:
    if given.json:
        answer_json(
            {
                "engine": "postgresql" if on_server else "sqlite",
                "yours": own.value,
                "roles": [
                    {"name": name, "role": role.value} for name, role in sorted(named.items())
                ],
            }
        )
        return
    for name, role in sorted(named.items()):
        say(f"{name}  {role.label}")
    if not named:
        say(
            "服务器上还没有人有台账的角色。"
            if on_server
            else "还没有写明谁有哪一角色，人人都是负责人。"
        )
    say(f"你现在的角色：{own.label}")
