"""SQLite as the register uses it: how a file is connected to, and what its faults mean."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, Engine, create_engine, event, text
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import OperationalError

from db.storage.question import Question, Rows, into, refused
from db.words.vocabulary import Role

BUSY_SECONDS = 30
PRAGMAS = (
    ("trusted_schema", "0"),  # a register may come from a stranger
    ("cell_size_check", "1"),
    ("foreign_keys", "1"),
    ("synchronous", "2"),  # FULL: an acknowledged entry survives a power cut
    ("busy_timeout", str(BUSY_SECONDS * 1000)),
    ("journal_mode", "wal"),
)

ASKS_EVERY = 0.005
"""Seconds from try to try of a writer that has begun to wait."""
PATIENT_SECONDS = 0.1
"""After which it asks ever more often."""
TELLS_EVERY = 1.0
POLITE_SECONDS = 5
"""How long a writer that has met others lets them ask first."""

TABLE_NAMES = "SELECT name FROM sqlite_master WHERE type = 'table'"
ROOM = 64 << 10
"""KiB of pages held while many rows are written: their indexes lie far apart."""
MANY = 2_000
"""Cases in one go, from which on indexes are made at the end."""
_ANY_CASE = "SELECT EXISTS (SELECT 1 FROM cases)"
_INDEXES = (  # those that no constraint has made, in their order
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    " AND tbl_name IN ('cases', 'events') ORDER BY rowid"
)
INSTRUCTIONS = 20_000
"""Of SQLite's machine, about a millisecond, between two looks at whether a lookup is given up."""

OURS = frozenset({"organs", "cases", "events"})


def is_register(names: set[str]) -> bool:
    """Whether a database with these tables is a register, of whatever version."""
    return names >= OURS | {"alembic_version"}


class _Compiler(SQLiteCompiler):
    """Writes INDEXED BY where a query names an index (`with_hint`); SQLAlchemy leaves it out."""

    def get_from_hint_text(self, _: Any, text: str | None) -> str | None:
        return text


Waits = Callable[[], object]
"""Hears, every second, that a writer is waiting; what it raises ends the wait."""


def make_engine(path: Path, waits: Waits = lambda: None, *, looks: bool = False) -> Engine:
    """What connects to a register's file; `looks`: only to read it, and without waiting."""
    only_read = {"mode": "ro", "uri": "true"} if looks else {}
    patience = 0 if looks else BUSY_SECONDS
    engine = create_engine(
        URL.create(
            "sqlite", database=path.absolute().as_uri() if looks else str(path), query=only_read
        ),
        connect_args={"timeout": patience, "check_same_thread": False},
    )

    engine.dialect.statement_compiler = _Compiler
    queue = _Queue(waits)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, DDL included
        ours = is_register({name for (name,) in connection.execute(TABLE_NAMES)})
        for name, value in PRAGMAS:
            if name != "journal_mode" and not (looks and name == "busy_timeout"):
                connection.execute(f"PRAGMA {name} = {value}")
        if ours and not looks:  # for it is written into the file
            _keep_log(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if connection.get_execution_options().get("taizhang_write"):
            queue.begin(driver)
        else:
            driver.execute("BEGIN")

    return engine


def _keep_log(driver: sqlite3.Connection) -> None:
    """Set the way of writing that hinders no reader; SQLite does not wait for its turn to do so."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            driver.execute(f"PRAGMA journal_mode = {dict(PRAGMAS)['journal_mode']}")
        except sqlite3.OperationalError as fault:
            if not is_busy(fault) or time.monotonic() >= until:
                raise
            time.sleep(ASKS_EVERY)
        else:
            break


class _Queue:
    """The writers of all programs, one after another; nobody keeps a list of them.

    SQLite's own wait asks ever more seldom, so that who has waited longest is served last, and a
    program that writes on and on takes its place again before anybody has asked. Here who waits
    long asks often, and who has met others lately lets them ask first.
    """

    def __init__(self, waits: Waits) -> None:
        self._waits = waits
        self._polite_until = 0.0

    def begin(self, driver: sqlite3.Connection) -> None:
        began = time.monotonic()
        tells = began + TELLS_EVERY
        if began < self._polite_until:
            time.sleep(random.uniform(1, 1.5) * ASKS_EVERY)
        driver.execute("PRAGMA busy_timeout = 0")
        try:
            while not _begun(driver):
                now = time.monotonic()
                if now - began >= BUSY_SECONDS:
                    driver.execute("BEGIN IMMEDIATE")
                    break
                self._polite_until = now + POLITE_SECONDS
                if now >= tells:
                    tells = now + TELLS_EVERY
                    self._waits()
                often = max(1.0, ((now - began) / PATIENT_SECONDS) ** 2)
                time.sleep(random.uniform(0.5, 1) * max(0.0005, ASKS_EVERY / often))
        finally:
            driver.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")


def _begun(driver: sqlite3.Connection) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as fault:
        if not is_busy(fault):
            raise
        return False
    return True


def is_busy(fault: BaseException) -> bool:
    """Whether SQLite only says that somebody else is at it."""
    return getattr(fault, "sqlite_errorname", "").startswith("SQLITE_BUSY")


BEAT = 100_000
"""Steps of SQLite's own from one time to the next."""


@contextlib.contextmanager
def beating(connection: Connection, beat: Callable[[], object]) -> Iterator[None]:
    """Call `beat` while SQLite works on this connection; what it raises ends the work."""
    raised: list[BaseException] = []

    def handler() -> bool:
        try:
            beat()
        except BaseException as reason:
            raised.append(reason)
        return bool(raised)

    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(handler, BEAT)
    try:
        yield
    except Exception:
        if not raised:
            raise
    finally:
        driver.set_progress_handler(None, 0)
    if raised:  # also if the work took it for an answer, as `verify` takes whatever fails
        raise raised[0] from None


@contextlib.contextmanager
def ending_when(connection: Connection, cancelled: Callable[[], bool]) -> Iterator[None]:
    """End SQLite's work on this connection, and then the block, once `cancelled` says so."""
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(cancelled, INSTRUCTIONS)
    try:
        yield
    except (OperationalError, sqlite3.OperationalError):
        if not cancelled():
            raise
    finally:
        driver.set_progress_handler(None, 0)


GRANTED: Question | None = None
"""Whoever can write the file may write all of it."""


def granted_by(rows: Rows) -> Role:
    """Nothing is granted."""
    raise NotImplementedError


def answers(connection: Connection, *asked: Question) -> list[Rows]:
    """What each statement answers, one after another."""
    driver: Any = connection.connection.driver_connection
    try:
        return [driver.execute(query, told).fetchall() for query, told in asked]
    except sqlite3.Error as fault:
        raise refused(connection, fault, sqlite3.Error) from fault


def keep_row(
    connection: Connection,
    table: str,
    row: Mapping[str, Any],
    columns: Sequence[str],
    *asked: Question,
) -> list[Rows]:
    """Store a row, and read it back out of its page."""
    driver: Any = connection.connection.driver_connection
    try:
        kept = driver.execute(into(table, row), row).lastrowid
    except sqlite3.Error as fault:
        raise refused(connection, fault, sqlite3.Error) from fault
    read = f"SELECT {', '.join(columns)} FROM {table} WHERE id = :id"
    return answers(connection, (read, {"id": kept}), *asked)


def is_standby(connection: Connection) -> bool:
    """A file follows nothing."""
    return False


def may_upgrade(connection: Connection) -> bool:
    """Likewise."""
    return True


def table_names(connection: Connection) -> set[str]:
    """The names of the tables of the file."""
    return set(connection.exec_driver_sql(TABLE_NAMES).scalars())


def last_id(connection: Connection, table: str) -> int:
    """The highest id ever given to a row of a table, also if that row has gone since; 0 if none."""
    query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    return int(connection.exec_driver_sql(query, (table,)).scalar() or 0)


def insert_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]
) -> None:
    """Through the driver itself: what SQLAlchemy does for each row takes longer than the row."""
    places = ", ".join("?" * len(columns))
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
    connection.exec_driver_sql(into, [tuple(row) for row in rows])


@contextlib.contextmanager
def roomy(connection: Connection, cases: int = 0) -> Iterator[None]:
    """Hold more pages meanwhile; of many cases the first of all, make the indexes at the end.

    Made in one go they take a tenth of what it takes to enter row after row.
    """
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{ROOM}")
    fills = cases >= MANY and not connection.exec_driver_sql(_ANY_CASE).scalar()
    indexes = connection.exec_driver_sql(_INDEXES).all() if fills else []
    for name, _ in indexes:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    try:
        yield
        for _, made in indexes:
            connection.exec_driver_sql(made)
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def unhurried(connection: Connection) -> None:
    """SQLite ends no transaction by itself."""


def apart(connection: Connection) -> contextlib.AbstractContextManager[object]:
    """SQLite's transactions go on after a question that has failed."""
    return contextlib.nullcontext()


def id_among(column: ColumnElement[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether a column is one of many ids: more than a statement takes as values."""
    listed = text("SELECT value FROM json_each(:ids)").bindparams(ids=json.dumps(list(ids)))
    return column.in_(listed)


def erasing(connection: Connection) -> None:
    """Overwrite with zeros what is changed from now on."""
    connection.exec_driver_sql("PRAGMA secure_delete = 1")


def was_made_at(connection: Connection, version: str) -> bool:
    """Whether the tables are those that an older program of that version made."""
    from db.storage import file_schema

    return file_schema.was_made_at(connection, version)


def schema_problems(connection: Connection) -> Iterator[str]:
    """What of the schema is missing, changed or foreign."""
    from db.storage import file_schema

    return file_schema.schema_problems(connection)


def problems(connection: Connection) -> Iterator[str]:
    """What SQLite's own check of pages and indexes finds."""
    for (answer,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if answer != "ok":
            yield f"SQLite 完整性检查：{answer}"


def astray(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Rows that point to none: the table, its id, the table pointed to."""
    for table, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield table, rowid, parent


@contextlib.contextmanager
def any_bytes(connection: Connection) -> Iterator[None]:
    """Read texts on this connection whatever bytes they hold: what is no UTF-8 as half characters."""
    driver: Any = connection.connection.driver_connection
    driver.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = str
