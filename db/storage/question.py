"""A question to the engine, and what it answers, past SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Question = tuple[str, Mapping[str, Any]]
"""A statement in words that every engine understands, and its values by the names (`:name`) they
have in it: plain ones, days as texts."""
Rows = list[tuple[Any, ...]]
"""What answers a statement: rows of plain values, as they are stored."""


def into(table: str, row: Mapping[str, Any]) -> str:
    """The statement that stores a row in a table, its values by the names of its columns."""
    places = ", ".join(f":{name}" for name in row)
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"


def refused(connection: Connection, fault: Exception, any_fault: type[Exception]) -> Exception:
    """What the driver refuses, in SQLAlchemy's class for it, as all else that it refuses."""
    told = DBAPIError.instance(
        "",
        None,
        fault,
        any_fault,
        hide_parameters=True,
        connection_invalidated=connection.invalidated,
        dialect=connection.dialect,
    )
    return told if isinstance(told, Exception) else fault
