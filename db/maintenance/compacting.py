"""Writing the register's file anew, so that nothing of what was erased is left in it."""

from __future__ import annotations

from db.storage.register import Register
from db.storage.schema import LOOKUP
from db.storage.sqlite import plain_sentences


def compact(register: Register) -> None:
    """Merge the lookup index, write every page anew, and empty the log.

    Raises:
        Unreadable: the register is in use elsewhere, or the disk is full; nothing is lost then.
    """
    with register.upkeep() as tx:
        tx.connection.exec_driver_sql(f"INSERT INTO {LOOKUP} ({LOOKUP}) VALUES ('optimize')")
    with plain_sentences(register.path), register.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
