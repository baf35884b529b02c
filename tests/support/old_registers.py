"""Registers as older programs left them: as they were, and empty ones of any schema.

`tests/data/registers/` holds a register of each schema, written as SQL by the program of its day
through its own command line: every kind of event, corrections, reviews and suits, a pasted notice and
a filed year, as far as that program knew them; those of 0001 and 0002 are of the very first programs,
and that of 0013, which changed indexes alone, is the one of 0012 brought up by its program.
`FIGURES` are what those programs themselves showed and counted. All of it is the past: a new schema
adds a file (`tests.making.old_register`), none is ever written again.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import db.storage.migrations
from tests.support.paths import ROOT

REGISTERS = ROOT / "tests" / "data" / "registers"
FIGURES: dict[str, Any] = json.loads((REGISTERS / "figures.json").read_text(encoding="utf-8"))


def config(connection: Any = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(Path(db.storage.migrations.__file__).parent))
    made.attributes["connection"] = connection
    return made


SCRIPTS = ScriptDirectory.from_config(config())


VERSIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]


def left_by(version: str, path: Path) -> Path:
    """The register that the program of a schema left."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((REGISTERS / f"{version}.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    path.chmod(0o600)
    return path


def make_at(path: Path, version: str) -> Path:
    """An empty register of a schema."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        command.upgrade(config(connection), version)
    engine.dispose()
    path.chmod(0o600)
    return path


def ask(path: Path, query: str) -> list[Any]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def records(path: Path, version: str) -> dict[str, list[Any]]:
    """All that was ever recorded in a register, in the columns that a schema has.

    A salt is no record: it is given when the chain begins.
    """
    made = sqlite3.connect(":memory:")
    made.executescript((REGISTERS / f"{version}.sql").read_text(encoding="utf-8"))
    found = {}
    for table in RECORDS:
        columns = [row[1] for row in made.execute(f"PRAGMA table_info({table})")]
        if columns:
            found[table] = ask(path, f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
    made.close()
    return found


RECORDS = ("organs", "events", "disputes", "dispute_events", "calendar_notices", "filings")
