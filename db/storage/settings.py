"""What a register is set to: kept as records, of a name the newest counts."""

from __future__ import annotations

from sqlalchemy import select

from db.storage.chain import add_record
from db.storage.schema import settings
from db.storage.transaction import Transaction


def read_setting(tx: Transaction, name: str) -> str | None:
    """What is set, or None if nothing ever was."""
    newest = select(settings.c.value).where(settings.c.name == name).order_by(settings.c.id.desc())
    return tx.connection.execute(newest.limit(1)).scalar()


def keep_setting(tx: Transaction, name: str, value: str) -> None:
    """Set it from now on; what was set before stays in the record."""
    if read_setting(tx, name) != value:
        add_record(tx.connection, settings, name=name, value=value, **tx.signed)
