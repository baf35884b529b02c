"""The lookup index as it stands in a register's file, asked by plain `sqlite3` and nothing else.

The winning design of what was tried before the program was written: one bag of tokens a case, walked
from the newest case backwards, 50 rows; a text of three characters and more is checked on the row.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from db.lookup.query import terms_of
from db.storage.lookup_index import FIELDS
from db.storage.schema import LOOKUP

ROWS = 50
_COLUMNS = "number, received_on, applicant, subject, state"
_SEARCHED = " || ' ' || ".join(f"coalesce({name}, '')" for name in FIELDS)
Row = tuple[str, ...]


def bare(register: Path | str) -> sqlite3.Connection:
    db = sqlite3.connect(f"file:{register}?mode=ro", uri=True)
    db.execute("PRAGMA mmap_size = 1073741824")
    return db


def found(db: sqlite3.Connection, line: str, limit: int = ROWS) -> list[Row]:
    """The newest cases that hold every word of a line (without filters), or simply the newest."""
    terms = terms_of(line)
    if not terms:
        return db.execute(
            f"SELECT {_COLUMNS} FROM cases ORDER BY id DESC LIMIT ?", (limit,)
        ).fetchall()
    checked = [term.text for term in terms if not term.exact and not term.spoken]
    recheck = f" AND instr({_SEARCHED}, ?)" * len(checked)
    return db.execute(
        f"SELECT {_COLUMNS} FROM {LOOKUP} JOIN cases ON id = {LOOKUP}.rowid "
        f"WHERE {LOOKUP} MATCH ?{recheck} ORDER BY {LOOKUP}.rowid DESC LIMIT ?",
        (" AND ".join(f"({term.match})" for term in terms), *checked, limit),
    ).fetchall()
