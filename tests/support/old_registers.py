"""Registers as older programs left them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import db.storage.migrations


def config(connection: Any = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(Path(db.storage.migrations.__file__).parent))
    made.attributes["connection"] = connection
    return made


SCRIPTS = ScriptDirectory.from_config(config())


VERSIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]


def make_at(path: Path, version: str) -> Path:
    """A register file as an older program left it."""
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
