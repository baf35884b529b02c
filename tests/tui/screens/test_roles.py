"""Roles at the desk: what a clerk may not do is not offered, and its key says who may."""

from __future__ import annotations

from pathlib import Path

from db.storage.giving_roles import give_role
from db.storage.register import Register
from db.words.vocabulary import Role
from tests.support.at_once import everything, open_register
from tests.support.roles import CHIEF
from tests.support.seat import NARROW, WIDE, SeatMaker, stack_of
from tests.support.steps import CLERK
from tests.support.walk import to_case
from tests.tui.screens.test_settings import at_home, to_line
from tui.actions.registry import BY_ID
from tui.actions.roles import NEEDS, needed

__all__ = ["at_home"]


def give(path: Path, role: Role) -> None:
    with open_register(str(path)) as register, register.writing() as tx:
        give_role(tx, CHIEF, Role.SUPERVISOR)
        give_role(tx, CLERK, role)


def kept(path: Path) -> object:
    with open_register(str(path)) as register:
        return everything(register)


def test_every_name_of_an_action_is_one() -> None:
    assert NEEDS.keys() <= BY_ID.keys()
    assert needed(BY_ID["year.back"]) is Role.VIEWER


async def test_who_only_looks_is_offered_nothing_else(take_seat: SeatMaker, filled: Path) -> None:
    give(filled, Role.VIEWER)
    before = kept(filled)
    async with take_seat(filled, page="today") as seat:
        assert "新申请" not in seat.text
        await seat.press("n")
        assert "要由经办人办理" in seat.text
        await seat.press("g")
        assert "导入台账" not in seat.text
        assert "年报" in seat.text
        await seat.press("i")
        await to_case(seat, "2026-0001")
        assert "备注" not in seat.text
        for key in "dbyzfmaxuiC":
            await seat.press(key)
            assert stack_of(seat.app)[-1] in ("CaseScreen", "RecordsScreen"), key
        assert "更正" not in seat.text.splitlines()[-1]
        await seat.press("enter", "x")
        assert stack_of(seat.app)[-1] == "RecordsScreen"
        await seat.press("escape", "f1")
        assert "登记答复" not in seat.text
        await seat.press("escape", "ctrl+p")
        await seat.write("导入")
        assert "没有这样的命令或申请" in seat.text
    assert kept(filled) == before


async def test_a_clerk_records_and_neither_files_nor_keeps_the_calendar(
    take_seat: SeatMaker, filled: Path
) -> None:
    give(filled, Role.CLERK)
    async with take_seat(filled, page="today") as seat:
        await seat.press("n")
        assert stack_of(seat.app)[-1] == "IntakeScreen"
        await seat.press("escape", "g", "n", "S")
        assert "S 封账：要由负责人办理。" in seat.text
        await seat.press("g", "r", "P")
        assert "P 粘贴通知：要由负责人办理。" in seat.text
        await to_line(seat, "保存期限")
        await seat.press("enter")
        assert "要由负责人更改" in seat.text
        await to_line(seat, "受理机关")
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "SettingsScreen"
        assert "添加机关" not in seat.text


async def test_roles_are_given_on_a_page_of_their_own(take_seat: SeatMaker, at_home: Path) -> None:
    async with take_seat(at_home) as seat:
        await to_line(seat, "角色")
        await seat.press("enter", "n")
        await seat.fill(CLERK, "负责人")
        await seat.press("f10", "n")
        await seat.fill("审计组")
        await seat.golden_at("roles-form", NARROW, WIDE)
        await seat.press("1", "f10")
        await seat.golden_at("roles", NARROW, WIDE)
        await seat.press("home", "x")
        assert "审计组 的角色不再写明" in seat.text
        await seat.press("x")
        assert "人人" not in seat.text
        await seat.press("n")
        await seat.fill("审计组", "1")
        await seat.press("f10", "home", "enter", "2", "f10")
        assert "审计组：经办" in seat.text
    with open_register(str(at_home)) as register, register.reading() as tx:
        assert tx.role is Role.SUPERVISOR


async def test_a_role_given_meanwhile_holds_at_once(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, page="today") as seat:
        assert "n 新申请" in seat.text
        give(filled, Role.VIEWER)
        await seat.others_wrote()
        assert "n 新申请" not in seat.text


async def test_on_a_server_roles_are_only_looked_at(
    take_seat: SeatMaker, register_on_server: Register
) -> None:
    location = register_on_server.engine.url.render_as_string(hide_password=False)
    async with take_seat(location, page="today") as seat:
        await seat.press("g", "s")
        await to_line(seat, "角色")
        await seat.press("enter")
        assert "由数据库服务器按登录名授予" in seat.text
        await seat.press("n")
        assert stack_of(seat.app)[-1] == "RolesScreen"
