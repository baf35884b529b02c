"""A register as somebody with a role has it, whatever the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from db.storage.giving_roles import give_role
from db.storage.register import Register
from db.storage.server_roles import NAMES, make_roles
from db.words.vocabulary import Role
from tests.support.at_once import open_again, open_register
from tests.support.steps import CLERK

CHIEF = "主任"


@contextmanager
def held_by(register: Register, role: Role) -> Iterator[Register]:
    """The same register, opened by somebody with that role.

    In a file it is whose name all tests have; on a server a login that is made for it.
    """
    if register.store.file is not None:
        with register.writing() as tx:
            give_role(tx, CHIEF, Role.SUPERVISOR)
            give_role(tx, CLERK, role)
        with open_again(register) as opened:
            yield opened
        return
    login = f"desk_{role.value}"
    with register.writing() as tx:
        make_roles(tx.connection)
        known = tx.connection.exec_driver_sql(
            "SELECT FROM pg_roles WHERE rolname = %s", (login,)
        ).first()
        if known is None:
            tx.connection.exec_driver_sql(f"CREATE ROLE {login} LOGIN IN ROLE {NAMES[role]}")
    with open_register(login_address(register, login)) as opened:
        yield opened


def login_address(register: Register, login: str) -> str:
    """The address of a register on a server for another login."""
    url = register.engine.url.set(username=login)
    return url.render_as_string(hide_password=False)
