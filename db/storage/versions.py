"""Of which schema a register says it is, and whether its tables are of that schema."""

from __future__ import annotations

import re
from functools import cache

from sqlalchemy import Connection, create_engine

from db.errors import Unreadable
from db.storage.migrations import upgrade
from db.storage.port import port_of
from db.storage.schema import HEAD, metadata

_FIRST = "0001"
_PARTS = "SELECT name FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
_COLUMNS = "SELECT name FROM pragma_table_info(?)"

SHOWN = 40
"""Characters that are said of what stands in the place of a version."""

_Parts = dict[str, tuple[str, ...]]
"""The names of tables and indexes, a table's with its columns."""


def stated_version(connection: Connection, named: str) -> str:
    """The version that a register states; `named` is what it is called in a sentence.

    Raises:
        Unreadable: it states none, more than one, or none that ever was.
    """
    versions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    match versions:
        case [str(version)] if re.fullmatch(r"\d{4}", version, re.ASCII) and version >= _FIRST:
            return version
    said = "、".join(str(version)[:SHOWN] for version in versions[:SHOWN])[:SHOWN]
    raise Unreadable(f"{named} 的版本记录无法识别（{said or '空的'}）；请勿再写入，从备份恢复。")


def refuse_other_tables(connection: Connection, place: str, version: str) -> None:
    """Refuse a register whose tables are not those of the version it states, or of an older program.

    An upgrade would otherwise stop half way, or end in a register that only seems to be new.

    Raises:
        Unreadable: they are not.
    """
    if (
        version == HEAD or connection.dialect.name != "sqlite"
    ):  # at every start: no more than a look; `verify` holds it to the letter
        known = metadata.tables.keys() <= port_of(connection).table_names(connection)
    else:
        known = _are_as_made(_parts(connection), version)
    if not known:
        raise Unreadable(
            f"登记簿 {place} 的版本记录（{version}）与其中的表不相符；没有做任何改动。"
            "请勿再写入，从备份恢复。"
        )


def _are_as_made(found: _Parts, version: str) -> bool:
    """Whether all of that version is there, and nothing that only a later one brought.

    What is neither is somebody else's, and in no upgrade's way.
    """
    expected = _made_at(version)
    later = _made_at(HEAD).keys() - expected.keys()
    return not later & found.keys() and all(
        found.get(name) == columns for name, columns in expected.items()
    )


@cache
def _made_at(version: str) -> _Parts:
    """The same of a register just made in memory by the program of that version."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            upgrade(connection, version)
            return _parts(connection)
    finally:
        engine.dispose()


def _parts(connection: Connection) -> _Parts:
    names = connection.exec_driver_sql(_PARTS).scalars().all()
    return {name: tuple(connection.exec_driver_sql(_COLUMNS, (name,)).scalars()) for name in names}
