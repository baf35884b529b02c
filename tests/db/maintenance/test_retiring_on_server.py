"""What is erased on a server is in none of its tables' files; its own log and backups are not ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.errors import OutOfReach
from db.maintenance.retiring import retire, to_be_finished
from db.storage.register import Register
from tests.support.at_once import open_register, verify
from tests.support.commands import Taizhang
from tests.support.servers import Server, database_of
from tests.support.steps import receive

NAME = "司马相如"


def holding(server: Server, location: str) -> list[str]:
    """The files of a register's database, as they are on the disk, that hold the name."""
    server.ask("CHECKPOINT")
    database = database_of(location)
    ((number,),) = server.ask(f"SELECT oid FROM pg_database WHERE datname = '{database}'")
    folder = Path(server.folder, "base", str(number))
    return [path.name for path in folder.iterdir() if NAME.encode() in path.read_bytes()]


@contextmanager
def another(server: Server, location: str) -> Iterator[str]:
    """The same register as somebody has it who may record, and no more."""
    database = database_of(location)
    server.ask("CREATE ROLE another LOGIN")
    server.ask(f"GRANT CONNECT ON DATABASE {database} TO another")  # roles were given in it before
    server.ask("GRANT USAGE ON SCHEMA public TO another", database)
    server.ask(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO another", database
    )
    yield location.replace("postgres@", "another@")
    server.ask("DROP OWNED BY another", database)
    server.ask("DROP ROLE another")


@pytest.fixture
def location(register_on_server: Register, server: Server) -> str:
    told = register_on_server.engine.url.render_as_string(hide_password=False)
    for year in (2015, 2015, 2016, 2026):
        on = f"{year}-03-02"
        applicant = NAME if year == 2015 else "卓文君"
        receive(register_on_server, on, applicant=applicant, subject=f"{applicant}的事")
    server.ask("ANALYZE", database_of(told))  # it notes what stands in columns, names too
    assert len(holding(server, told)) > 2  # the records, the cases, the server's notes
    return told


def test_nothing_personal_is_left_in_its_tables(
    register_on_server: Register, server: Server, location: str
) -> None:
    retired = retire(register_on_server, [1, 2])
    assert (retired.cases, retired.copy, retired.removed) == (2, None, 0)
    assert holding(server, location) == []
    assert verify(register_on_server).problems == ()
    receive(register_on_server, "2026-03-02")


def test_who_does_not_own_the_database_is_told_and_another_does_the_rest(
    register_on_server: Register, server: Server, location: str
) -> None:
    with another(server, location) as theirs, open_register(theirs) as opened:
        with pytest.raises(OutOfReach, match=r"已经清除，但.*所有者重写.*retain --erase。"):
            retire(opened, [1, 2])
        assert to_be_finished(opened)
    assert holding(server, location)
    retire(register_on_server, [])
    assert holding(server, location) == []


def test_the_command_says_what_is_left_to_do(
    taizhang: Taizhang, server: Server, location: str, register_on_server: Register
) -> None:
    retire(register_on_server, [1, 2])
    told = taizhang("--db", location, "retain", "--years", 10, "--erase")
    assert told.status == 0
    assert "服务器自己的备份和日志" in told.out
    assert json.loads(taizhang("--db", location, "--json", "retain").out)["backups"] == 0
