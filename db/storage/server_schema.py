"""Whether the tables, indexes, triggers and functions of a register on a server are the program's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary

from db.storage.column_types import YesNo
from db.storage.migrations import guards, role_guards
from db.storage.schema import HEAD, LOOKUP, PAPERS, metadata

_COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, collation_name
FROM information_schema.columns WHERE table_schema = current_schema()
"""
_INDEXES = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
_TRIGGERS = """
SELECT t.tgname, t.tgenabled, c.relname, p.proname FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""
_FUNCTIONS = """
SELECT proname, prosrc FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND left(proname, 8) = 'taizhang'
"""
_OTHERS = {"alembic_version", LOOKUP, PAPERS}
"""Tables that are no part of the records."""
_ONLY_ERASED = {"events", "dispute_events"}


def schema_problems(connection: Connection) -> Iterator[str]:
    """What is missing, changed or foreign, each as one sentence."""
    yield from _columns(connection)
    found = set(connection.exec_driver_sql(_INDEXES).scalars())
    expected = {str(index.name) for table in metadata.tables.values() for index in table.indexes}
    for name in sorted({*expected, f"{LOOKUP}_bag"} - found):
        yield f"登记簿少了索引 {name}"
    yield from _triggers(connection)
    sources = {str(told.proname): told.prosrc for told in connection.exec_driver_sql(_FUNCTIONS)}
    for name, made in {**guards.FUNCTIONS, **role_guards.FUNCTIONS}.items():
        if name not in sources:
            yield f"登记簿少了函数 {name}"
        elif sources[name] != made.split("$$")[1]:
            yield f"登记簿的函数 {name} 与本程序所建的不同"
    versions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if list(versions) != [HEAD]:
        yield f"登记簿的版本号记为 {list(versions)}，应为 {HEAD}"


def _columns(connection: Connection) -> Iterator[str]:
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    for table, column, *told in connection.exec_driver_sql(_COLUMNS):
        found.setdefault(table, {})[column] = tuple(told)
    for name, table in metadata.tables.items():
        columns = found.pop(name, None)
        if columns is None:
            yield f"登记簿少了表 {name}"
        elif columns != {column.name: _kept(column) for column in table.columns}:
            yield f"登记簿的表 {name} 与本程序所建的不同"
    if PAPERS not in found:
        yield f"登记簿少了表 {PAPERS}"
    for name in sorted(found.keys() - _OTHERS):
        yield f"登记簿里有不属于本程序的表 {name}"


def _kept(column: Column[Any]) -> tuple[str, str, str | None]:
    empty = "YES" if column.nullable else "NO"
    if isinstance(column.type, LargeBinary):
        return "bytea", empty, None
    if isinstance(column.type, Integer | YesNo):
        return "integer", empty, None
    return "text", empty, "C"


def _triggers(connection: Connection) -> Iterator[str]:
    expected = dict(role_guards.TRIGGERS)
    expected[PAPERS, f"{PAPERS}_no_update"] = "taizhang_refuse"
    for table in metadata.tables:
        refuse = "taizhang_only_erase" if table in _ONLY_ERASED else "taizhang_refuse"
        expected[table, f"{table}_next_id"] = "taizhang_next_id"
        expected[table, f"{table}_no_delete"] = "taizhang_refuse"
        expected[table, f"{table}_no_truncate"] = "taizhang_refuse"
        if table == "cases":
            expected[table, "cases_keep_number"] = "taizhang_keep_number"
        else:
            expected[table, f"{table}_no_update"] = refuse
    for name, enabled, table, function in connection.exec_driver_sql(_TRIGGERS):
        made = expected.pop((table, name), None)
        if made is None:
            yield f"登记簿里有不属于本程序的触发器 {name}"
        elif made != function or enabled not in ("O", "A"):
            yield f"登记簿的触发器 {name} 与本程序所建的不同，或已被停用"
    for _, name in sorted(expected):
        yield f"登记簿少了触发器 {name}"
