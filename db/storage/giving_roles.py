"""Saying in a register that is a file who has which role."""

from __future__ import annotations

from db.errors import BadValue
from db.storage.role import NAMED, granted, named_roles
from db.storage.settings import keep_setting
from db.storage.transaction import Transaction
from db.words.text import clean
from db.words.vocabulary import Role


def give_role(tx: Transaction, clerk: str, role: Role | None) -> None:
    """Give a clerk a role, or with None take away what was given.

    Raises:
        NotAllowed: whoever does it has not the role for that.
        BadValue: the name is empty, the register is on a server, or nobody would be 负责人 any
            more while others are named.
    """
    tx.require(Role.SUPERVISOR, "设定角色")
    if granted(tx.connection) is not None:
        raise BadValue(
            "登记簿在数据库服务器上，角色由服务器管理；请管理员用 taizhang roles --apply 建立，"
            "再用 GRANT 授予登录名。"
        )
    clerk = clean(clerk, "姓名").replace("\n", " ")
    if not clerk:
        raise BadValue("姓名是空的；请写明是谁。")
    before = named_roles(tx.connection)
    after = {name: given for name, given in before.items() if name != clerk}
    if role is not None:
        after[clerk] = role
    if Role.SUPERVISOR in before.values() and after and Role.SUPERVISOR not in after.values():
        raise BadValue(f"{clerk}是唯一的负责人；请先指定另一位负责人。")
    if before.get(clerk) is not role:
        keep_setting(tx, f"{NAMED}{clerk}", role.value if role else "")
