"""角色: what a clerk may do with a register, as it says itself.

A server grants it to whoever logs in. A file cannot: there the register keeps who has which role,
by name, and the program abides by that; what guards the file is its own rights.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from db.errors import damaged
from db.storage.port import port_of
from db.words.vocabulary import Role

NAMED = "role:"
"""How the setting of a clerk's role is called, before the name."""


_NAMED = text("SELECT name, value FROM settings WHERE name LIKE :names ORDER BY id")


def named_roles(connection: Connection) -> dict[str, Role]:
    """Who has been given a role in the register itself, by name, and which."""
    told = connection.execute(_NAMED, {"names": f"{NAMED}%"})
    newest = {str(name): str(value) for name, value in told}
    try:
        return {name[len(NAMED) :]: Role(value) for name, value in newest.items() if value}
    except ValueError:
        raise damaged("设定的角色") from None


def role_of(connection: Connection, clerk: str) -> Role:
    """The role of whoever is connected, under this name.

    In a file a clerk without one records; until there is a 负责人, everybody is.
    """
    granted = port_of(connection).granted(connection)
    if granted is not None:
        return granted
    named = named_roles(connection)
    otherwise = Role.CLERK if Role.SUPERVISOR in named.values() else Role.SUPERVISOR
    return named.get(clerk, otherwise)
