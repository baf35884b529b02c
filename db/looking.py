"""A first look into a register, before it is opened: nothing is made, swept, upgraded or waited for."""

from __future__ import annotations

from db.maintenance.copy_names import erasing_note
from db.moment import Clock
from db.storage.inspection import inspect
from db.storage.location import size_of, sqlite_path
from db.storage.moved import moved_to
from db.storage.office_calendar import package_is_new
from db.storage.register import Register
from db.storage.register_file import RegisterFile
from db.storage.schema import HEAD
from db.storage.server_address import is_server
from db.storage.transaction import Transaction
from db.storage.versions import refuse_other_tables, stated_version


def look_into(location: str, *, clock: Clock) -> Register | None:
    """A register that is only read, as it stands; None where opening it would first do something.

    None too of a server, where a look costs as much as opening.

    Raises:
        RegisterError: it cannot be read; opening it tells the clerk so.
    """
    if is_server(location):
        return None
    path = sqlite_path(location)
    if not size_of(path) or size_of(path.with_name(f"{path.name}-journal")):
        return None
    if erasing_note(path).exists() or inspect(path):
        return None
    register = Register(RegisterFile(path, lambda _: None, looks=True), clerk="", clock=clock)
    with register.handing_over(), register.reading() as tx:
        ready = _is_ready(tx, register.place)
    if ready:
        return register
    register.close()
    return None


def _is_ready(tx: Transaction, place: str) -> bool:
    connection = tx.connection
    if stated_version(connection, place) != HEAD:
        return False
    refuse_other_tables(connection, place, HEAD)
    return moved_to(connection) is None and not package_is_new(connection)
