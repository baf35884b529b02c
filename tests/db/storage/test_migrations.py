"""The schema: made step by step, equal to what the code expects, and never half made."""

from __future__ import annotations

import ast
import shutil
import sqlite3
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect

import db.storage.migrations
from db.law.event import Event
from db.storage.register import Register
from db.storage.schema import CHAINED, DERIVED, HEAD, metadata
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import (
    find_cases,
    make_demo,
    new_case,
    open_register,
    organ_names,
    verify,
)
from tests.support.examples import often
from tests.support.old_registers import SCRIPTS, VERSIONS, ask, make_at
from tests.support.steps import dump, receive
from tests.support.tampering import tamper


def test_the_code_knows_the_newest_schema() -> None:
    assert SCRIPTS.get_heads() == [HEAD]
    assert sorted(VERSIONS) == VERSIONS == [f"{n:04d}" for n in range(1, len(VERSIONS) + 1)]


def described(path: Path) -> dict[str, Any]:
    """Tables, columns, types, keys and indexes as SQLite tells them."""
    engine = create_engine(f"sqlite:///{path}")
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # it cannot read indexes over expressions; they follow below
        return _described(path, engine)


def _described(path: Path, engine: Engine) -> dict[str, Any]:
    seen = inspect(engine)
    made = set(seen.get_table_names()) - {"alembic_version"}
    tables = sorted(made & set(metadata.tables))
    assert all(name.startswith("case_lookup") for name in made - set(tables))  # SQLite's index
    told = {
        name: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], c["default"], c["primary_key"])
                for c in seen.get_columns(name)
            ],
            "foreign": [
                (f["constrained_columns"], f["referred_table"], f["options"])
                for f in seen.get_foreign_keys(name)
            ],
            "unique": sorted(u["column_names"] for u in seen.get_unique_constraints(name)),
            "checks": sorted((c["name"], c["sqltext"]) for c in seen.get_check_constraints(name)),
        }
        for name in tables
    }
    engine.dispose()
    told["indexes"] = {
        name: " ".join(sql.split())
        for name, sql in ask(path, "SELECT name, sql FROM sqlite_master WHERE type = 'index'")
        if sql
    }
    told["autoincrement"] = {
        name: "AUTOINCREMENT" in sql
        for name, sql in ask(path, "SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if name in tables
    }
    return told


def test_the_migrated_schema_is_the_one_described(
    empty_register_file: Path, tmp_path: Path
) -> None:
    direct = tmp_path / "direct.db"
    engine = create_engine(f"sqlite:///{direct}")
    metadata.create_all(engine)
    engine.dispose()
    assert described(empty_register_file) == described(direct)
    assert "WHERE state <> 'cancelled'" in described(direct)["indexes"]["cases_received"]


def test_every_record_is_held_by_triggers(empty_register_file: Path) -> None:
    triggers = {
        name
        for (name,) in ask(
            empty_register_file, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
    }
    append_only = set(metadata.tables) - {"organs", "cases"}
    assert {"events", "filings", "dispute_events"} <= append_only
    for table in append_only:
        assert {f"{table}_no_{action}" for action in ("update", "delete", "replace")} <= triggers
    assert {"cases_no_delete", "cases_no_replace", "cases_keep_number"} <= triggers


@pytest.mark.parametrize("version", often(VERSIONS[-4:-1], 2))
def test_an_older_register_is_copied_and_brought_up(tmp_path: Path, version: str) -> None:
    path = make_at(tmp_path / "register.db", version)
    with sqlite3.connect(path) as old:
        old.execute("INSERT INTO organs (name) VALUES ('老机关')")
    old.close()
    with open_register(str(path)) as register:
        assert organ_names(register) == ("老机关",)
        assert verify(register).ok is (version < CHAINED)  # else it was put in past the chain
    assert ask(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.endswith(f"-before-{HEAD}.db")
    assert ask(copy, "SELECT version_num FROM alembic_version") == [(version,)]
    assert ask(copy, "SELECT name FROM organs") == [("老机关",)]


def test_migrations_hold_no_living_code() -> None:
    """What they did once they do for ever, whatever becomes of the program."""
    scripts = sorted(Path(SCRIPTS.versions).glob("v*.py"))
    assert len(scripts) == len(VERSIONS)
    for script in scripts:
        tree = ast.parse(script.read_text(encoding="utf-8"))
        named = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        named |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        named -= {  # which are as old and as fixed as they are
            "db.storage.migrations.guards",
            "db.storage.migrations.role_guards",
        }
        assert not {
            name for name in named if (name or "").split(".")[0] in ("db", "exports", "tui")
        }


@pytest.mark.parametrize(
    "version", often([version for version in VERSIONS if version < DERIVED], 2)
)
def test_the_cases_of_an_older_register_are_there_and_found(
    tmp_path: Path, register: Register, version: str
) -> None:
    """Events, organs and what of the rows that schema had; the rest is made anew."""
    make_demo(register, cases=60)
    register.close()
    ((number, applicant), *_) = ask(register.path, "SELECT number, applicant FROM cases")
    stale = "UPDATE main.cases SET state = 'open', due_on = NULL"
    path = filled(tmp_path / "old.db", register, version, stale)
    with open_register(str(path)) as again:
        problems = verify(again).problems
        assert problems == ()
        assert number in {case.number for case in find_cases(again, applicant, 100).cases}


def filled(path: Path, register: Register, version: str, *changes: str) -> Path:
    """An older register with the cases of this one; `changes` are SQL over it."""
    old_path = make_at(path, version)
    with sqlite3.connect(old_path) as old:
        old.execute("ATTACH ? AS new", (str(register.path),))
        for table in ("organs", "cases", "events"):
            names = ", ".join(row[1] for row in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")
        for change in changes:
            old.execute(change)
    old.close()
    return old_path


def test_due_dates_that_an_upgrade_moves_are_kept_with_the_calendar(
    tmp_path: Path, register: Register
) -> None:
    """The older package did not know the days; what it had promised is not forgotten."""
    case = receive(register, "2026-03-02")
    register.close()
    promised = "UPDATE main.cases SET due_on = '2026-04-01'"
    path = filled(tmp_path / "old.db", register, "0004", promised)
    with open_register(str(path)) as again:
        assert verify(again).problems == ()
    ((moved,),) = ask(path, "SELECT moved FROM calendar_notices")
    assert moved == f'[["{case.number}", "2026-04-01", "{case.standing.due_on}"]]'


def test_a_history_that_cannot_be_replayed_stops_no_upgrade(
    tmp_path: Path, register: Register
) -> None:
    for day in ("2026-03-02", "2026-03-03"):
        receive(register, day)
    register.close()
    path = filled(tmp_path / "old.db", register, "0004")
    tamper(path, "UPDATE events SET facts = '{' WHERE case_id = 1")
    with open_register(str(path)) as again:
        assert any("2026-0001 的办理记录无法重演" in said for said in verify(again).problems)
        assert find_cases(again, "2026-0002").total == 1


def test_an_upgrade_says_how_far_it_is(tmp_path: Path, register: Register) -> None:
    for day in ("2026-03-02", "2026-03-03"):
        receive(register, day)
    register.close()
    path = filled(tmp_path / "old.db", register, "0004")
    heard: list[str] = []
    with open_register(str(path), told=heard.append) as again:
        assert verify(again).ok
    assert "2 / 2 件" in heard[-1]


@pytest.mark.parametrize("version", often([None, VERSIONS[-2], *VERSIONS[:-2]], 2))
def test_an_upgrade_that_fails_leaves_the_old_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str | None
) -> None:
    """The last step does all its work and then fails: nothing of any step remains."""
    path = tmp_path / "register.db"
    if version is not None:
        make_at(path, version)
    before = dump(path)
    last = SCRIPTS.get_revision(HEAD)
    folder = tmp_path / "migrations"
    shutil.copytree(Path(db.storage.migrations.__file__).parent, folder)
    broken = folder / "versions" / Path(last.path).name
    broken.write_text(
        broken.read_text(encoding="utf-8") + "\n    raise MemoryError\n", encoding="utf-8"
    )
    monkeypatch.setattr(db.storage.migrations, "__file__", str(folder / "__init__.py"))
    with pytest.raises(MemoryError):
        open_register(str(path), create=True)
    assert dump(path) == before
    monkeypatch.undo()
    with open_register(str(path), create=True) as register:  # and a sound program goes on from it
        assert verify(register).ok


def test_a_register_at_the_newest_schema_is_not_touched(register: Register) -> None:
    new_case(
        register,
        Event(
            EventKind.RECEIVED,
            date(2026, 3, 2),
            applicant="张三",
            applicant_kind=ApplicantKind.RESEARCH,
            subject="某事",
        ),
    )
    register.close()
    before = register.path.read_bytes()
    with open_register(str(register.path)) as again:
        assert find_cases(again, "").total == 1
    assert register.path.read_bytes() == before
    assert not (register.path.parent / "backups").exists()
