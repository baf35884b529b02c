"""Whether a file's tables, constraints, indexes and triggers are, to the letter, the program's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine

from db.storage.migrations import upgrade
from db.storage.schema import HEAD
from db.words.tables import TABLES

_KINDS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_PARTS = "SELECT type, name, tbl_name, sql FROM sqlite_master"

_NAMES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"

_Parts = dict[tuple[str, str], tuple[Any, ...]]
_Columns = dict[str, tuple[str, ...]]
"""The names of tables and indexes, a table's with its columns."""


def schema_problems(connection: Connection) -> Iterator[str]:
    """What is missing, changed or foreign, each as one sentence."""
    expected, found = _made_at(HEAD)[0], _parts(connection)
    for part in sorted(expected.keys() | found.keys(), key=str):
        kind, name = part
        named = f"{_KINDS.get(kind, kind)} {name}"
        if part not in found:
            yield f"登记簿少了{named}"
        elif part not in expected:
            yield f"登记簿里有不属于本程序的{named}"
        elif found[part] != expected[part]:
            yield f"登记簿的{named} 与本程序所建的不同"
    versions = [version for (version,) in connection.exec_driver_sql(_VERSIONS)]
    if versions != [HEAD]:
        yield f"登记簿的版本号记为 {versions}，应为 {HEAD}"
    yield from _sequence_problems(connection, expected)
    for setting, made in _AS_MADE.items():
        found_set = connection.exec_driver_sql(f"PRAGMA {setting}").scalar()
        if found_set != made:
            yield f"登记簿文件头的 {setting} 是 {found_set}，本程序所建的是 {made}"


_AS_MADE = {"user_version": 0, "application_id": 0, "encoding": "UTF-8"}
"""What stands in the header of a file; nothing of this program's is kept there."""

_VERSIONS = "SELECT version_num FROM alembic_version"


def _parts(connection: Connection) -> _Parts:
    rows = connection.exec_driver_sql(_PARTS)
    return {(kind, name): (table, sql) for kind, name, table, sql in rows}


def was_made_at(connection: Connection, version: str) -> bool:
    """Whether all of that version is there, and nothing that only a later one brought.

    What is neither is somebody else's, and in no upgrade's way.
    """
    found, expected = _columns(connection), _made_at(version)[1]
    later = _made_at(HEAD)[1].keys() - expected.keys()
    return not later & found.keys() and all(
        found.get(name) == columns for name, columns in expected.items()
    )


@cache
def _made_at(version: str) -> tuple[_Parts, _Columns]:
    """The same of a register just made in memory by the program of that version."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            upgrade(connection, version)
            return _parts(connection), _columns(connection)
    finally:
        engine.dispose()


def _columns(connection: Connection) -> _Columns:
    names = connection.exec_driver_sql(_NAMES).scalars().all()
    query = "SELECT name FROM pragma_table_info(?)"
    return {name: tuple(connection.exec_driver_sql(query, (name,)).scalars()) for name in names}


def _sequence_problems(connection: Connection, expected: _Parts) -> Iterator[str]:
    """A number once given is never given again: the counts of ids must not lag behind."""
    counted = [
        name for (kind, name), (_, sql) in expected.items() if "AUTOINCREMENT" in (sql or "")
    ]
    rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all()
    given = {row.name: row.seq for row in rows}
    if len(given) < len(rows) or not given.keys() <= set(counted):
        yield "登记簿的编号表（sqlite_sequence）里有不属于本程序的行"
    for table in counted:
        last = connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar() or 0
        if given.get(table, 0) != last:
            yield f"{TABLES.get(table, table)}（表 {table}）的编号计到 {given.get(table, 0)}，最后一条却是 {last}：可能有记录被删去"
