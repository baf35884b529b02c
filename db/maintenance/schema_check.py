"""Whether a register's tables, constraints, indexes and triggers are, to the letter, the program's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine

from db.maintenance.check_words import TABLES
from db.storage.migrations import upgrade
from db.storage.schema import HEAD

_KINDS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_PARTS = "SELECT type, name, tbl_name, sql FROM sqlite_master"

_Parts = dict[tuple[str, str], tuple[Any, ...]]


def schema_problems(connection: Connection) -> Iterator[str]:
    """What is missing, changed or foreign, each as one sentence."""
    if connection.dialect.name == "postgresql":
        from db.maintenance.server_schema_check import server_schema_problems

        yield from server_schema_problems(connection)
        return
    expected, found = _as_made(), _parts(connection)
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


@cache
def _as_made() -> _Parts:
    """The same of a register just made, in memory."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            upgrade(connection)
            return _parts(connection)
    finally:
        engine.dispose()


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
