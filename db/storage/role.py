"""角色: what a clerk may do with a register, as it says itself.

A server grants it to whoever logs in. A file cannot: there the register keeps who has which role,
by name, and the program abides by that; what guards the file is its own rights.
"""

from __future__ import annotations

from sqlalchemy import Connection

from db.errors import damaged
from db.storage.port import port_of
from db.storage.question import Question, Rows
from db.words.vocabulary import Role

NAMED = "role:"
"""How the setting of a clerk's role is called, before the name."""


_NAMED: Question = (
    "SELECT name, value FROM settings WHERE name LIKE :names ORDER BY id",
    {"names": f"{NAMED}%"},
)


def named_roles(connection: Connection) -> dict[str, Role]:
    """Who has been given a role in the register itself, by name, and which."""
    (rows,) = port_of(connection).answers(connection, _NAMED)
    return _named_in(rows)


def _named_in(rows: Rows) -> dict[str, Role]:
    newest = {str(name): str(value) for name, value in rows}
    try:
        return {name[len(NAMED) :]: Role(value) for name, value in newest.items() if value}
    except ValueError:
        raise damaged("设定的角色") from None


def role_asked(connection: Connection) -> Question:
    """What asks for the role of whoever is connected."""
    return port_of(connection).GRANTED or _NAMED


def granted(connection: Connection) -> Role | None:
    """The role that the engine itself grants; None where it grants none."""
    port = port_of(connection)
    if port.GRANTED is None:
        return None
    (rows,) = port.answers(connection, port.GRANTED)
    return port.granted_by(rows)


def role_of(connection: Connection, clerk: str) -> Role:
    """The role of whoever is connected, under this name."""
    (rows,) = port_of(connection).answers(connection, role_asked(connection))
    return role_in(connection, rows, clerk)


def role_in(connection: Connection, rows: Rows, clerk: str) -> Role:
    """The same by what answers `role_asked`.

    In a file a clerk without one records; until there is a 负责人, everybody is.
    """
    port = port_of(connection)
    if port.GRANTED is not None:
        return port.granted_by(rows)
    named = _named_in(rows)
    otherwise = Role.CLERK if Role.SUPERVISOR in named.values() else Role.SUPERVISOR
    return named.get(clerk, otherwise)
