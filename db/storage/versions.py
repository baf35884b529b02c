"""Of which schema a register says it is, and whether its tables are of that schema."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from db.errors import Unreadable
from db.storage.port import port_of
from db.storage.schema import HEAD, metadata

_FIRST = "0001"

SHOWN = 40
"""Characters that are said of what stands in the place of a version."""


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
    port = port_of(connection)
    if version == HEAD:  # at every start: no more than a look; `verify` holds it to the letter
        known = metadata.tables.keys() <= port.table_names(connection)
    else:
        known = port.was_made_at(connection, version)
    if not known:
        raise Unreadable(
            f"登记簿 {place} 的版本记录（{version}）与其中的表不相符；没有做任何改动。"
            "请勿再写入，从备份恢复。"
        )
