"""What only a register on a server has: its guards, its faults, its writers, its proof."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.errors import BadValue, OutOfReach, Unreadable
from db.storage.port import port_of
from db.storage.register import Register
from db.storage.schema import HEAD, metadata
from db.storage.server_address import is_server, server_address
from tests.support.at_once import everything, find_cases, open_again, open_register, verify
from tests.support.servers import Server, database_of
from tests.support.steps import receive

SECRET = "hinter-dem-schloss"
DAY = "2026-03-02"


def refused(register: Register, query: str) -> bool:
    if query.startswith("UPDATE cases"):
        query = "UPDATE cases SET number = 'X-1'"
    try:
        with register.writing() as tx:
            tx.connection.execute(text(query))
    except DBAPIError as refusal:
        return bool(re.search("append-only|never changed", str(refusal)))
    return False


@pytest.mark.parametrize(
    "forged", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_no_record_is_changed_or_taken_away(register_on_server: Register, forged: str) -> None:
    """Also not by somebody with all rights who asks the server past the program."""
    receive(register_on_server, DAY)
    held = {table for table, rows in everything(register_on_server).items() if rows}
    assert {"cases", "events", "organs"} <= held
    tables = metadata.tables if forged.startswith("TRUNCATE") else held
    queries = [forged.format(table) for table in sorted(tables)]
    assert [query for query in queries if not refused(register_on_server, query)] == []
    assert verify(register_on_server).ok


def test_an_id_is_never_given_again(register_on_server: Register) -> None:
    receive(register_on_server, DAY)
    again = (
        "INSERT INTO settings (id, name, value, recorded_at, recorded_by) VALUES"
        " ({}, 'x', 'y', '2026', 'z')"
    )
    with register_on_server.writing() as tx:
        tx.connection.execute(text(again.format(7)))
    with pytest.raises(DBAPIError, match="never replaced"), register_on_server.writing() as tx:
        tx.connection.execute(text(again.format(5)))


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        ("DROP INDEX cases_late", "少了索引 cases_late"),
        ("DROP TRIGGER events_no_delete ON events", "少了触发器 events_no_delete"),
        ("ALTER TABLE events DISABLE TRIGGER events_no_delete", "已被停用"),
        ("ALTER TABLE cases ADD COLUMN more text", "表 cases 与本程序所建的不同"),
        ("CREATE TABLE stranger (id integer)", "不属于本程序的表 stranger"),
        (
            "SET session_replication_role = replica; UPDATE events SET occurred_on = '2026-03-01'",
            "与登记时不同",
        ),
        ("SET session_replication_role = replica; DELETE FROM events", "已被删去"),
        ("UPDATE cases SET applicant = '别人'", "与办理记录不符"),
        ("DELETE FROM case_lookup", "不在查找索引里"),
    ],
)
def test_what_a_stranger_does_to_it_is_named(server: Server, forged: str, said: str) -> None:
    location = server.new()
    with open_register(location) as register:
        receive(register, DAY)
        server.ask(forged, database_of(location))
        assert any(said in problem for problem in verify(register).problems)
    server.drop(location)


def test_a_newer_register_and_another_database_are_refused(server: Server) -> None:
    location = server.new(empty=True)
    name = database_of(location)
    with pytest.raises(Unreadable, match="是空的数据库"):
        open_register(location)
    server.ask("CREATE TABLE visitors (id integer)", name)
    with pytest.raises(Unreadable, match="不是登记簿"):
        open_register(location, create=True)
    server.ask("DROP TABLE visitors", name)
    open_register(location, create=True).close()
    server.ask("UPDATE alembic_version SET version_num = '9999'", name)
    with pytest.raises(Unreadable, match="由更新版本的程序建立"):
        open_register(location)
    server.ask(f"UPDATE alembic_version SET version_num = '{HEAD}'", name)
    with open_register(location) as register:
        assert verify(register).ok
    server.drop(location)


def test_a_database_that_cannot_hold_every_character_is_refused(server: Server) -> None:
    server.ask("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(Unreadable, match="编码是 LATIN1"):
        open_register(server.location("narrow"), create=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told.replace("host=/tmp", "host=/nowhere"), "没有应答"),
        (lambda told: told.replace("@/register", "@/elsewhere"), "没有这个数据库"),
        (lambda told: told.replace("postgres@", "nobody@"), "没有这个数据库"),
        (lambda told: told.replace("postgres@", f"nobody:{SECRET}@") + "&sslmode=require", "没有"),
        (lambda _: f"postgresql://u:{SECRET}@127.0.0.1:1/db", "没有应答"),
    ],
)
def test_a_server_that_is_not_reached_is_told_of_in_one_sentence(
    server: Server, change: Callable[[str], str], said: str
) -> None:
    location = server.new()
    with pytest.raises(OutOfReach) as caught:
        open_register(change(location))
    told = str(caught.value)
    assert said in told
    assert told.count("。") == 1
    assert SECRET not in told
    assert caught.value.__cause__ is None  # nor behind it
    server.drop(location)


@pytest.mark.parametrize(
    "location",
    [
        f"postgresql+asyncpg://u:{SECRET}@host/db",
        f"postgresql://u:{SECRET}@host",
        f"postgresql://u:{SECRET}@host:port/db",
    ],
)
def test_addresses_that_are_none(location: str) -> None:
    assert is_server(location)
    with pytest.raises(BadValue, match="地址") as caught:
        open_register(location)
    assert SECRET not in str(caught.value)


def test_a_place_is_called_without_its_password() -> None:
    address = server_address(f"postgres://clerk:{SECRET}@db.example.gov.cn:5433/register")
    assert address.place == "postgresql://db.example.gov.cn:5433/register"


def test_writers_wait_for_one_another_and_numbers_have_no_gaps(
    register_on_server: Register,
) -> None:
    def enter(_: int) -> None:
        with open_again(register_on_server) as desk:
            for _ in range(5):
                receive(desk, DAY)
                with contextlib.suppress(BadValue):
                    receive(desk, DAY, subject="")

    with ThreadPoolExecutor(4) as desks:
        list(desks.map(enter, range(4)))
    found = find_cases(register_on_server, "", 50)
    assert sorted(case.number for case in found.cases) == [f"2026-{n:04d}" for n in range(1, 21)]
    assert verify(register_on_server).ok


def test_what_a_reader_sees_does_not_change_under_its_eyes(register_on_server: Register) -> None:
    with register_on_server.reading() as tx:
        before = port_of(tx.connection).last_id(tx.connection, "events")
        with open_again(register_on_server) as desk:
            receive(desk, DAY)
        assert port_of(tx.connection).last_id(tx.connection, "events") == before


def test_nothing_is_stored_when_the_connection_goes_and_all_goes_on_after(
    server: Server, register_on_server: Register
) -> None:
    receive(register_on_server, DAY)

    def cut_off() -> None:
        with register_on_server.writing() as tx:
            pid = tx.connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            server.ask(f"SELECT pg_terminate_backend({pid})")
            tx.connection.execute(text("SELECT 1"))

    with pytest.raises(OutOfReach, match="没有写入任何内容"):
        cut_off()
    receive(register_on_server, DAY)
    assert find_cases(register_on_server, "").total == 2
    assert verify(register_on_server).ok


@pytest.mark.parametrize("kept", [True, False])
def test_an_answer_that_is_lost_on_the_way_is_looked_after(
    register_on_server: Register, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    """The connection goes while it is being kept: whether it was is read, not guessed."""
    dialect = register_on_server.engine.dialect
    keep = dialect.do_commit

    def cut(driver: Any) -> None:
        monkeypatch.setattr(dialect, "do_commit", keep)
        if kept:
            keep(driver)
        driver.driver_connection.close()
        raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(dialect, "do_commit", cut)
    with contextlib.nullcontext() if kept else pytest.raises(OutOfReach, match="没有写入任何内容"):
        receive(register_on_server, DAY)
    assert find_cases(register_on_server, "").total == int(kept)
    assert verify(register_on_server).ok


def test_what_cannot_be_found_out_is_said(
    register_on_server: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(driver: Any) -> None:
        driver.driver_connection.close()
        register_on_server.engine.dispose()
        monkeypatch.setattr(psycopg.Connection, "connect", away)
        raise psycopg.OperationalError("the connection is lost")

    def away(*_: Any, **__: Any) -> None:
        raise psycopg.OperationalError("connection refused")

    monkeypatch.setattr(register_on_server.engine.dialect, "do_commit", cut)
    with pytest.raises(OutOfReach, match="不知道这一条存上没有"):
        receive(register_on_server, DAY)


def test_a_long_question_is_given_up(register_on_server: Register) -> None:
    with register_on_server.reading() as tx:
        port = port_of(tx.connection)
        with port.ending_when(tx.connection, lambda: True):
            tx.connection.execute(text("SELECT pg_sleep(60)"))
            pytest.fail("it was waited for")


def test_beats_end_what_takes_long(register_on_server: Register) -> None:
    class Enough(Exception):
        pass

    def beat() -> None:
        raise Enough

    with (
        register_on_server.reading() as tx,
        pytest.raises(Enough),
        port_of(tx.connection).beating(tx.connection, beat),
    ):
        tx.connection.execute(text("SELECT pg_sleep(60)"))


def test_a_dump_is_restored_and_verified_equal(server: Server, tmp_path: Path) -> None:
    """The steps of docs/scale.md."""
    location, copied = server.new(), server.new(empty=True)
    with open_register(location) as register:
        receive(register, DAY, subject="“征地”\t第2批 🀄 C:\\path")
        before = verify(register)
        table = everything(register)
    dump = tmp_path / "register.dump"
    server.run("pg_dump", "--format=custom", f"--file={dump}", database_of(location))
    server.run("pg_restore", "--exit-on-error", f"--dbname={database_of(copied)}", str(dump))
    with open_register(copied) as register:
        after = verify(register)
        assert after.ok
        assert after.head == before.head
        assert everything(register) == table
    server.drop(location)
    server.drop(copied)


def test_a_connection_that_the_server_drops_while_it_rests_is_made_anew(
    server: Server, register_on_server: Register
) -> None:
    receive(register_on_server, DAY)
    find_cases(register_on_server, "")
    server.ask(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'taizhang' AND pid <> pg_backend_pid()"
    )
    assert find_cases(register_on_server, "").total == 1
    receive(register_on_server, DAY)
    assert find_cases(register_on_server, "").total == 2
