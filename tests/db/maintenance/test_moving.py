"""A register moves to another file or to a server and back: nothing is lost, changed or left half."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from db.errors import BadValue, OutOfReach, RegisterError
from db.maintenance import move_targets, moving
from db.maintenance.backups import list_copies
from db.maintenance.copy_check import check_file
from db.maintenance.moving import move
from db.storage.moved import HasMoved
from db.storage.transaction import Transaction
from db.year_end.explaining import explain
from db.year_end.finding import Finding
from db.year_end.narrative import Part, set_text
from db.year_end.proactive import set_figures
from tests.support.at_once import find_cases, open_register, read_case, verify
from tests.support.examples import often
from tests.support.killed import said_by
from tests.support.moves import HOSTILE, everything, fill, held_at, move_to
from tests.support.servers import Server
from tests.support.steps import receive

NOW = datetime(2026, 3, 10, 9, 30).astimezone()
DAY = "2026-03-02"


def enter_report(tx: Transaction) -> None:
    """Something in every table of what a clerk enters for a report."""
    set_figures(tx, 2025, {"rules.in_force": "3"})
    set_figures(tx, 2026, {"rules.in_force": "3", "rules.made": "1", "rules.repealed": "0"})
    set_text(tx, 2026, Part.OVERVIEW, "本年度收到申请。", drafted={"received": "收到申请。"})
    explain(tx, 2026, Finding("M", "规章", 3, 4), "上年多报")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A register with something in every table."""
    path = tmp_path_factory.mktemp("full") / "register.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAIZHANG_TODAY", "2026-03-10")
        patch.setenv("TAIZHANG_CLERK", "测试员")
        with open_register(str(path), create=True) as register:
            fill(register)
            assert verify(register).ok
            with register.writing() as tx:
                enter_report(tx)
            assert all(everything(register).values())
    return path


@pytest.fixture
def path(full: Path, tmp_path: Path) -> Path:
    """The same, of the test's own."""
    place = tmp_path / "one" / "register.db"
    place.parent.mkdir()
    place.write_bytes(full.read_bytes())
    return place


@pytest.fixture
def nowhere(server: Server) -> Iterator[str]:
    """The address of a database without a table."""
    location = server.new(empty=True)
    yield location
    server.drop(location)


def unmarked(held: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """What a register holds without the mark it was given last."""
    assert held["settings"][-1][1] == "moved"
    assert held["chain"][-1][1:3] == ("settings", held["settings"][-1][0])
    return held | {name: held[name][:-1] for name in ("settings", "chain")}


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".taizhang-*")]


def test_there_and_back_on_both_engines(path: Path, tmp_path: Path, server: Server) -> None:
    """File to server, to another server, to a file, to a file: every row of every table the same."""
    before = held_at(str(path))
    ends, held = set(), []
    places = [
        str(path),
        server.new(empty=True),
        server.new(empty=True),
        str(tmp_path / "two" / "register.db"),
        f"sqlite:///{tmp_path}/three/register.db",
    ]
    for source, target in itertools.pairwise(places):
        gone = move_to(source, target)
        with open_register(target) as register:
            proved = verify(register)
            assert (proved.problems, proved.head) == ((), gone.head)
            assert (gone.cases, gone.events) == (proved.cases, proved.events)
            assert register.moved is None
            held.append(everything(register))
            ends.add(proved.head)
        assert unmarked(held_at(source)) == before
    assert held == [before] * 4
    assert len(ends) == 1
    assert not left_over(tmp_path)


@pytest.mark.parametrize("to_server", often([False, True], 1))
def test_it_is_found_in_and_goes_on_there(
    path: Path, tmp_path: Path, nowhere: str, to_server: bool
) -> None:
    """The lookup index is made anew, and ids and numbers go on where they stood."""
    target = nowhere if to_server else str(tmp_path / "two.db")
    with open_register(str(path)) as register:
        last = max(row[0] for row in everything(register)["cases"])
        move(register, target, copy=True)
        words = ("征地", "zd", "学区", "2025-1", "ﾊﾝｶｸ")
        expected = [find_cases(register, word, limit=999).cases for word in words]
    with open_register(target) as register:
        assert [find_cases(register, word, limit=999).cases for word in words] == expected
        assert any(expected)
        told = {row.subject for row in find_cases(register, "", limit=999).cases}
        assert set(HOSTILE) <= told
        number = receive(register, DAY).number
        assert everything(register)["cases"][-1][:2] == (last + 1, number)
        assert verify(register).ok


def test_the_register_that_has_moved_is_only_read(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "two" / "register.db"
    with open_register(str(path)) as open_meanwhile:
        move_to(str(path), str(target))
        with pytest.raises(HasMoved, match=f"2026-03-10迁往 {target}，.*--db {target} 打开。"):
            receive(open_meanwhile, DAY)
    before = held_at(str(path))
    with open_register(str(path)) as register:
        assert register.moved is not None
        assert register.moved.place == str(target)
        assert register.remarks == (register.moved.sentence,)
        for refused in (
            lambda: receive(register, DAY),
            lambda: move(register, str(tmp_path / "three.db")),
            lambda: move(register, str(tmp_path / "three.db"), copy=True),
        ):
            with pytest.raises(HasMoved):
                refused()
        assert find_cases(register, "").total == len(before["cases"])
        assert verify(register).ok
    assert held_at(str(path)) == before
    with open_register(str(target)) as register:
        assert register.remarks == ()
        receive(register, DAY)


def test_a_copy_leaves_the_register_as_it_was(path: Path, tmp_path: Path, nowhere: str) -> None:
    for target in (nowhere, str(tmp_path / "two.db")):
        with open_register(str(path)) as register:
            before = everything(register)
            move(register, target, copy=True)
            assert everything(register) == before == held_at(target)
            receive(register, DAY)


@pytest.mark.thorough
def test_a_register_can_come_back(path: Path, tmp_path: Path, nowhere: str) -> None:
    move_to(str(path), nowhere)
    with open_register(nowhere) as register:
        number = receive(register, DAY).number
    back = tmp_path / "back.db"
    move_to(nowhere, str(back))
    with open_register(str(back)) as register:
        assert read_case(register, number).number == number
        receive(register, DAY)
        assert verify(register).ok
    with open_register(nowhere) as register, pytest.raises(HasMoved, match="back"):
        receive(register, DAY)


def test_a_copy_is_made_before(path: Path, tmp_path: Path) -> None:
    gone = move_to(str(path), str(tmp_path / "two.db"))
    (copy,) = list_copies(path)
    assert (copy.path, copy.name.why, copy.whole) == (gone.backup, "迁移前", True)
    assert check_file(copy.path, NOW).problems == ()


def test_the_file_is_private_and_alone(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "register.db"
    move_to(str(path), str(target))
    assert [file.name for file in target.parent.iterdir()] == ["register.db"]
    assert target.stat().st_mode & 0o777 == 0o600


def other_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")


def test_what_stands_there_is_not_touched(
    path: Path, tmp_path: Path, full: Path, server: Server
) -> None:
    before = held_at(str(path))
    taken = tmp_path / "taken.db"
    taken.write_bytes(full.read_bytes())
    with open_register(str(taken)) as register:
        receive(register, DAY)
    text, other = tmp_path / "text.db", tmp_path / "other.db"
    text.write_text("某年台账\n" * 99, encoding="utf-8")
    other_tables(other)
    log = tmp_path / "alone.db-wal"
    log.write_bytes(b"left")
    foreign = server.new(empty=True)
    server.ask("CREATE TABLE other (x int)", foreign.partition("@/")[2].partition("?")[0])
    for target, said in (
        (str(taken), "已经有登记簿"),
        (server.new(), "已经有登记簿"),
        (str(text), "不是登记簿文件"),
        (str(other), "不是登记簿"),
        (foreign, "别的程序的表"),
        (str(tmp_path), "是一个文件夹"),
        (str(tmp_path / "alone.db"), "alone.db-wal"),
        (str(path), "就是现在的登记簿"),
        (server.location("none"), "没有这个数据库"),
        ("mysql://a/b", "PostgreSQL"),
    ):
        there = {file: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
        with pytest.raises(RegisterError, match=said) as caught:
            move_to(str(path), target)
        assert str(caught.value).endswith("。")
        assert there == {file: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert held_at(str(path)) == before
    assert list_copies(path) == ()
    assert not left_over(tmp_path)


def test_a_server_is_itself_by_whatever_address(path: Path, nowhere: str) -> None:
    move_to(str(path), nowhere)
    with pytest.raises(BadValue, match="就是现在的登记簿"):
        move_to(nowhere, f"{nowhere}&application_name=other")


@pytest.mark.parametrize("to_server", often([True, False], 1))
def test_what_does_not_hold_what_it_should_is_not_moved(
    path: Path, tmp_path: Path, nowhere: str, to_server: bool
) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE cases SET unit = 'x' WHERE id = 3")
    target = nowhere if to_server else str(tmp_path / "two.db")
    with pytest.raises(RegisterError, match=r"没有通过核对（1 处，如：.*没有迁移"):
        move_to(str(path), target)
    nothing_there(tmp_path, target)
    with open_register(str(path)) as register:
        assert register.moved is None


def nothing_there(folder: Path, target: str) -> None:
    assert not left_over(folder)
    with pytest.raises(RegisterError, match=r"没有找到登记簿|空的数据库"):
        open_register(target)


@pytest.mark.parametrize(
    ("to_server", "stage"),
    often([(True, "核对"), (False, "迁移"), (True, "迁移"), (False, "核对")], 1),
)
def test_who_ends_it_leaves_nothing(
    path: Path, tmp_path: Path, nowhere: str, to_server: bool, stage: str
) -> None:
    target = nowhere if to_server else str(tmp_path / "two.db")

    def progress(said: str, done: int, of: int) -> None:
        if said == stage and done >= of // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_to(str(path), target, progress=progress)
    nothing_there(tmp_path, target)
    with open_register(str(path)) as register:
        receive(register, DAY)
    move_to(str(path), target)


def test_a_lost_server_leaves_nothing(
    path: Path, server: Server, nowhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection lost in the middle is told in one sentence."""

    def lose(said: str, done: int, of: int) -> None:
        if said == "迁移" and done > of // 2:
            server.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname LIKE 'register%' AND application_name = 'taizhang'"
            )

    with pytest.raises(RegisterError, match=r"没有写入任何内容.*。$"):
        move_to(str(path), nowhere, progress=lose)
    nothing_there(path.parent, nowhere)
    with open_register(str(path)) as register:
        receive(register, DAY)


def test_a_server_lost_in_the_moment_of_keeping(path: Path, server: Server, nowhere: str) -> None:
    """Nobody knows whether it was kept: that is said, and the same command clears it."""

    def lose(connection: Connection) -> None:
        if connection.dialect.name == "postgresql" and not lost:
            lost.append(1)
            server.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_xid IS NOT NULL AND application_name = 'taizhang'"
            )

    lost: list[int] = []
    with open_register(str(path)) as register:

        def progress(said: str, done: int, of: int) -> None:
            if said == "核对" and not event.contains(Engine, "commit", lose):
                event.listen(Engine, "commit", lose)

        try:
            with pytest.raises(OutOfReach, match=r"不知道登记簿迁到了没有.*再运行一次"):
                move(register, nowhere, progress=progress)
        finally:
            event.remove(Engine, "commit", lose)
        assert lost
        move(register, nowhere)
        assert unmarked(everything(register)) == held_at(nowhere)


@pytest.mark.parametrize("to_server", often([True, False], 1))
def test_a_mark_that_is_missing_is_made_by_the_same_command(
    path: Path, tmp_path: Path, nowhere: str, to_server: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new one has been kept; what hinders the mark is told with what to do."""
    target = nowhere if to_server else str(tmp_path / "two.db")
    with open_register(str(path)) as register:
        with monkeypatch.context() as patch:
            fault = RegisterError("磁盘已满。")
            patch.setattr("db.storage.register.head", lambda *_: (_ for _ in ()).throw(fault))
            with pytest.raises(RegisterError, match=r"完整地迁到.*磁盘已满。.*再运行一次"):
                move(register, target)
        assert register.moved is None
        held = held_at(target)
        assert everything(register) == held
        gone = move(register, target)
        assert gone.cases == len(held["cases"])
        with pytest.raises(HasMoved):
            receive(register, DAY)
    assert held_at(target) == held


def test_nothing_is_recorded_while_it_moves(path: Path, tmp_path: Path) -> None:
    """Who comes while it moves waits, and then is refused: no entry is left behind."""
    import threading

    refused: list[str] = []

    def record() -> None:
        with open_register(str(path)) as register:
            try:
                receive(register, DAY)
            except HasMoved as fault:
                refused.append(str(fault))

    others = threading.Thread(target=record)

    def progress(said: str, done: int, of: int) -> None:
        if said == "迁移" and not others.ident:
            others.start()

    move_to(str(path), str(tmp_path / "two.db"), progress=progress)
    others.join()
    assert len(refused) == 1


@pytest.mark.thorough
def test_rows_are_taken_a_few_at_a_time(
    path: Path, tmp_path: Path, nowhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 3)
    before = held_at(str(path))
    for target in (nowhere, str(tmp_path / "two.db")):
        move_to(str(path), target, copy=True)
        assert held_at(target) == before


@pytest.mark.parametrize("to_server", often([True, False], 1))
def test_a_killed_move_leaves_nothing_half(tmp_path: Path, nowhere: str, to_server: bool) -> None:
    """Ended before each step it takes with files and now and then among its statements."""
    folder = tmp_path / "killed"
    folder.mkdir()
    target = nowhere if to_server else str(tmp_path / "target" / "register.db")
    with open_register(str(folder / "register.db"), create=True) as register:
        for text in HOSTILE[:3]:
            receive(register, DAY, applicant=text, subject=text)
    told = said_by("-m", "tests.support.killed_moves", str(folder), target)
    kills, faults = told.split("\n", 1)
    assert int(kills) > 10
    assert faults.strip() == ""


def test_both_places_are_targets(path: Path) -> None:
    with open_register(str(path)) as register:
        assert isinstance(
            move_targets.target_at("postgresql://a/b", register), move_targets.ServerTarget
        )
        assert isinstance(move_targets.target_at("a.db", register), move_targets.FileTarget)


def test_the_password_is_told_to_nobody(path: Path, server: Server, nowhere: str) -> None:
    target = nowhere.replace("postgres@/", "postgres:geheim@/")
    gone = move_to(str(path), target)
    assert "geheim" not in gone.place
    assert gone.place.startswith("postgresql+psycopg://用户@/register")
    assert "geheim" not in str(held_at(str(path)))
