"""Write a register as SQL, for `tests/data/registers/`: `python -m tests.making.old_register REGISTER OUT`.

Once for each schema, with a register that the program of that schema has written through its own
command line. SQLite's own dump would need its shell to be read again, for the lookup index.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

PARTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"


def dump(register: sqlite3.Connection) -> Iterator[str]:
    """Every table with its rows, then what would hinder or slow their entering."""
    parts = register.execute(PARTS).fetchall()
    tables = {name: sql for kind, name, sql in parts if kind == "table"}
    virtual = [name for name, sql in tables.items() if sql.startswith("CREATE VIRTUAL")]
    yield "PRAGMA page_size = 4096;\nPRAGMA foreign_keys = OFF;\nBEGIN;"
    for name, sql in tables.items():
        if name == "sqlite_sequence":
            continue
        made_by_another = any(name.startswith(f"{other}_") for other in virtual)
        yield f"DELETE FROM {name};" if made_by_another else f"{sql};"
        if name not in virtual:
            yield from _rows(register, name)
    yield "DELETE FROM sqlite_sequence;"  # the rows above have been counted there
    yield from _rows(register, "sqlite_sequence")
    yield from (f"{sql};" for kind, _, sql in parts if kind in ("index", "trigger"))
    yield "COMMIT;\n"


def _rows(register: sqlite3.Connection, table: str) -> Iterator[str]:
    for row in register.execute(f"SELECT * FROM {table} ORDER BY 1"):
        told = (register.execute("SELECT quote(?)", (value,)).fetchone()[0] for value in row)
        yield f"INSERT INTO {table} VALUES ({','.join(told)});"


def main(register: str, out: str) -> None:
    with closing(sqlite3.connect(f"{Path(register).absolute().as_uri()}?mode=ro", uri=True)) as one:
        Path(out).write_text("\n".join(dump(one)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
