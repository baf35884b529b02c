"""Another hand in the register's file: past the triggers, which stand there again afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from db.maintenance.chain_check import Noted
from db.maintenance.verify import Verified, verify
from db.moment import Clock
from db.storage.register import Register
from db.storage.register_file import RegisterFile


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as hand:
        kept = hand.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in kept:
            hand.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            hand.execute(statement)
        for _, sql in kept:
            hand.execute(sql)


def tamper_schema(path: Path, *statements: str) -> None:
    """The same, and whatever becomes of the triggers."""
    with closing(sqlite3.connect(path, isolation_level=None)) as hand:
        for statement in statements:
            hand.execute(statement)


def verified(path: Path, noted: Noted | None = None) -> Verified:
    """What `verify` says of the file as it stands, without the care that opening takes."""
    register = Register(RegisterFile(path, lambda _: None), clerk="", clock=Clock())
    with register, register.reading() as tx:
        return verify(tx, noted)
