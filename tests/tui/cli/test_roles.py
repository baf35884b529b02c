"""`roles`: who has which; given in a file, made on a server."""

from __future__ import annotations

import pytest

from db.storage.register import Register
from tests.support.commands import NEW, Taizhang, refused
from tests.support.roles import login_address
from tests.support.steps import CLERK


def test_roles_of_a_file(taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch) -> None:
    assert taizhang("roles", "--json").document == {
        "engine": "sqlite",
        "yours": "supervisor",
        "roles": [],
    }
    assert "人人都是负责人" in taizhang("roles").out
    assert taizhang("organ", "add", "某局").status == 0
    assert taizhang("roles", CLERK, "负责人").status == 0
    assert taizhang("roles", "审计组", "viewer", "--json").document["roles"] == [
        {"name": "审计组", "role": "viewer"},
        {"name": CLERK, "role": "supervisor"},
    ]
    monkeypatch.setenv("TAIZHANG_CLERK", "审计组")
    assert "登记要由经办人办理" in refused(taizhang(*NEW), 1)
    assert taizhang("find").status == 0
    monkeypatch.setenv("TAIZHANG_CLERK", "李明")
    assert taizhang(*NEW, "--received", "2025-12-30").status == 0
    assert "封账要由负责人办理" in refused(taizhang("file", "2025"), 1)
    assert "添加受理机关“别处”要由负责人办理" in refused(taizhang("organ", "add", "别处"), 1)
    assert "设定角色要由负责人办理" in refused(taizhang("roles", "李明", "负责人"), 1)
    monkeypatch.setenv("TAIZHANG_CLERK", CLERK)
    assert taizhang("roles", "审计组", "none").status == 0
    assert taizhang("verify").status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sql"], "是一个文件，没有数据库角色"),
        (["--apply"], "是一个文件，没有数据库角色"),
    ],
)
def test_a_file_has_no_roles_of_a_server(taizhang: Taizhang, words: list[str], said: str) -> None:
    assert said in refused(taizhang("roles", *words), 1)


@pytest.mark.parametrize(
    "words", [["甲"], ["甲", "局长"], ["--sql", "--apply"], ["甲", "经办", "--sql"]]
)
def test_what_is_not_meant_so_is_refused(taizhang: Taizhang, words: list[str]) -> None:
    assert taizhang("roles", *words).status == 2


def test_roles_of_a_server(
    taizhang: Taizhang, register_on_server: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = register_on_server.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("TAIZHANG_DB", location)
    told = taizhang("roles", "--sql").out
    assert "CREATE ROLE taizhang_clerk NOLOGIN" in told
    assert taizhang("roles", "--apply").status == 0
    with register_on_server.writing() as tx:
        for statement in told.split(";\n"):  # the very same again, as an administrator pastes it
            if statement.strip():
                tx.connection.exec_driver_sql(statement)
        tx.connection.exec_driver_sql(
            "DO $$ BEGIN CREATE ROLE wang LOGIN IN ROLE taizhang_viewer;"
            " EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
    assert {"name": "wang", "role": "viewer"} in taizhang("roles", "--json").document["roles"]
    assert "由服务器管理" in refused(taizhang("roles", "王", "经办"), 1)
    monkeypatch.setenv("TAIZHANG_DB", login_address(register_on_server, "wang"))
    assert taizhang("roles", "--json").document["yours"] == "viewer"
    assert "登记要由经办人办理" in refused(taizhang(*NEW), 1)
    assert "要由" in refused(taizhang("roles", "--apply"), 1)
