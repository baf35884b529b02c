"""PostgreSQL as the register uses it: how a server is connected to, and what its engine does.

Texts are compared by their code points and days are kept as texts, as SQLite does, so that a record
has the same digest with either engine. Who writes waits for whoever wrote before: a lock of the
server's own stands for the file's.
"""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import (
    ARRAY,
    URL,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    bindparam,
    create_engine,
    event,
    func,
    text,
)
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler

from db.errors import Unreadable
from db.storage.question import Question, Rows, into, refused
from db.storage.schema import metadata
from db.words.vocabulary import Role

WAIT_SECONDS = 30
CONNECT_SECONDS = 10
TELLS_EVERY = 1.0
TURN = 0x7461697A68616E67
"""The number of the lock that whoever writes holds: “taizhang”."""
CHANNEL = "taizhang"
"""Where it is told that the register has changed."""
LOOKS_EVERY = 0.02
"""Seconds between two looks at whether work is to be ended."""
FEW = 8
"""Rows that are sooner sent one by one than copied in."""

_AT_CONNECT = (
    "SET jit = off",  # it compiles the year table's many small counts for longer than they take
    "SET cursor_tuple_fraction = 1",  # what is read part by part is read to its end
    "SET random_page_cost = 1.1",  # else the bags of all cases are read sooner than the index
    "SET enable_seqscan = off",  # likewise; where nothing else is left all is read all the same
)

Waits = Callable[[], object]
"""Hears, every second, that a writer is waiting; what it raises ends the wait."""


class _Types(PGTypeCompiler):
    """The types of columns: as SQLite keeps them."""

    def visit_VARCHAR(self, type_: Any, **told: Any) -> str:  # noqa: N802
        return 'TEXT COLLATE "C"'

    visit_TEXT = visit_DATE = visit_VARCHAR  # noqa: N815

    def visit_BOOLEAN(self, type_: Any, **told: Any) -> str:  # noqa: N802
        return "INTEGER"


class _Columns(PGDDLCompiler):
    """Columns: ids are given by a trigger, one after another, without a sequence beside them."""

    def get_column_specification(self, column: Column[Any], **told: Any) -> str:
        if not column.primary_key:
            return str(super().get_column_specification(column, **told))  # type: ignore[no-untyped-call]
        kind = self.dialect.type_compiler_instance.process(column.type)
        return f"{self.preparer.format_column(column)} {kind} NOT NULL"


def make_engine(url: URL, waits: Waits = lambda: None) -> Engine:
    """What connects to a server; nothing is connected to yet."""
    engine = create_engine(
        url,
        pool_pre_ping=True,  # a server that has been away is met again without a word
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "client_encoding": "utf8",
            "application_name": "taizhang",
            "keepalives_idle": 30,
            "tcp_user_timeout": 30_000,
        },
    )
    engine.dialect.ddl_compiler = _Columns
    engine.dialect.type_compiler_instance = _Types(engine.dialect)

    @event.listens_for(engine, "connect")
    def prepare(driver: Any, _: object) -> None:
        for setting in _AT_CONNECT:
            driver.execute(setting)
        driver.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        writes = bool(connection.get_execution_options().get("taizhang_write"))
        driver.read_only = not writes
        driver.isolation_level = (
            psycopg.IsolationLevel.READ_COMMITTED
            if writes  # nobody else writes meanwhile: what is read is the newest and stays so
            else psycopg.IsolationLevel.REPEATABLE_READ
        )
        if writes:
            _wait_for_turn(driver, waits)

    return engine


def _wait_for_turn(driver: Any, waits: Waits) -> None:
    until = time.monotonic() + WAIT_SECONDS
    ask = (
        f"SET LOCAL lock_timeout = {round(TELLS_EVERY * 1000)}",
        f"SELECT pg_advisory_xact_lock({TURN})",
        "SET LOCAL lock_timeout = 0",
    )
    while True:
        try:
            with _at_once(driver):  # with the beginning of the transaction, at once
                for statement in ask:
                    driver.execute(statement)
        except psycopg.errors.FeatureNotSupported:  # a standby begins nothing that writes
            raise psycopg.errors.ReadOnlySqlTransaction from None
        except psycopg.errors.LockNotAvailable:
            driver.rollback()
            if time.monotonic() >= until:
                raise
            waits()
        else:
            break


GRANTED: Question | None = (
    "SELECT has_table_privilege('filings', 'INSERT'), has_table_privilege('events', 'INSERT'),"
    " pg_is_in_recovery()",
    {},
)


def granted_by(rows: Rows) -> Role:
    """The role by what the server lets one do: file a year, record, or only read, as a standby."""
    ((files, records, follows),) = rows
    if follows:
        return Role.VIEWER
    return Role.SUPERVISOR if files else Role.CLERK if records else Role.VIEWER


def answers(connection: Connection, *asked: Question) -> list[Rows]:
    """What each statement answers: all are sent before the first answer is waited for."""
    driver: Any = connection.connection.driver_connection
    try:
        with _at_once(driver) if len(asked) > 1 else contextlib.nullcontext():
            sent = [driver.execute(_in_its_words(query), told) for query, told in asked]
        return [one.fetchall() if one.description else [] for one in sent]
    except psycopg.Error as fault:
        if driver.closed:
            connection.invalidate()
        raise refused(connection, fault, psycopg.Error) from fault


def _at_once(driver: Any) -> contextlib.AbstractContextManager[object]:
    """A block whose statements are all sent before the first answer is waited for."""
    if psycopg.Pipeline.is_supported():
        return driver.pipeline()  # type: ignore[no-any-return]
    return contextlib.nullcontext()


@lru_cache(maxsize=256)
def _in_its_words(query: str) -> str:
    """A statement with the driver's own marks for its values."""
    return re.sub(r":([a-z_]+)", r"%(\1)s", query.replace("%", "%%"))


def keep_row(
    connection: Connection,
    table: str,
    row: Mapping[str, Any],
    columns: Sequence[str],
    *asked: Question,
) -> list[Rows]:
    """Store a row; the server answers it as it has kept it, its id and what triggers did included."""
    return answers(connection, (f"{into(table, row)} RETURNING {', '.join(columns)}", row), *asked)


def is_standby(connection: Connection) -> bool:
    """Whether it is a standby, which reads what the first one has written."""
    return bool(connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar())


def may_upgrade(connection: Connection) -> bool:
    """Whether one is who made the tables, or may do as they may."""
    asked = (
        "SELECT pg_has_role(tableowner, 'USAGE') FROM pg_tables"
        " WHERE schemaname = current_schema() AND tablename = 'alembic_version'"
    )
    return connection.exec_driver_sql(asked).scalar() is not False


def table_names(connection: Connection) -> set[str]:
    """The names of the tables of the schema that names are looked for in."""
    query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    return set(connection.exec_driver_sql(query).scalars())


@contextlib.contextmanager
def beating(connection: Connection, beat: Callable[[], object]) -> Iterator[None]:
    """Call `beat`, in a thread, while the server works; what it raises ends the work."""
    raised: list[BaseException] = []

    def over() -> bool:
        if not raised:
            try:
                beat()
            except BaseException as reason:
                raised.append(reason)
        return bool(raised)

    try:
        with _watched(connection, over):
            yield
    except Exception:
        if not raised:
            raise
    if raised:
        raise raised[0] from None


@contextlib.contextmanager
def ending_when(connection: Connection, cancelled: Callable[[], bool]) -> Iterator[None]:
    """End the server's work on this connection, and then the block, once `cancelled` says so."""
    try:
        with _watched(connection, cancelled):
            yield
    except Exception as fault:
        if not (cancelled() and _is_cancelled(fault)):
            raise


def _is_cancelled(fault: BaseException) -> bool:
    said = getattr(fault, "orig", None) or fault
    return isinstance(said, psycopg.errors.QueryCanceled | psycopg.errors.InFailedSqlTransaction)


@contextlib.contextmanager
def _watched(connection: Connection, over: Callable[[], bool]) -> Iterator[None]:
    """Have a thread look whether the work is to be ended, and tell the server so, until it has."""
    driver: Any = connection.connection.driver_connection
    done = threading.Event()

    def watch() -> None:
        while not done.wait(LOOKS_EVERY):
            if over():
                with contextlib.suppress(psycopg.Error):
                    driver.cancel_safe(timeout=CONNECT_SECONDS)

    thread = threading.Thread(target=watch, name="watching", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def last_id(connection: Connection, table: str) -> int:
    """The highest id of a table's rows, none of which ever goes; 0 if there is none."""
    query = f"SELECT coalesce(max(id), 0) FROM {table}"
    return int(connection.exec_driver_sql(query).scalar_one())


def insert_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]
) -> None:
    """Copied in, but for a few."""
    named = ", ".join(columns)
    if len(rows) <= FEW:
        places = ", ".join(["%s"] * len(columns))
        into = f"INSERT INTO {table} ({named}) VALUES ({places})"
        connection.exec_driver_sql(into, [tuple(row) for row in rows])
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def roomy(connection: Connection, cases: int = 0) -> contextlib.AbstractContextManager[None]:
    """The server needs nothing more for many rows."""
    return contextlib.nullcontext()


def unhurried(connection: Connection) -> None:
    """Whatever the administrator has set for those who forget to end theirs."""
    for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {limit} = 0")


def any_bytes(connection: Connection) -> contextlib.AbstractContextManager[None]:
    """The server keeps no text that is none."""
    return contextlib.nullcontext()


def apart(connection: Connection) -> contextlib.AbstractContextManager[object]:
    """The server's transactions end with a question that has failed, but for a point within."""
    return connection.begin_nested()


def id_among(column: ColumnElement[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether a column is one of many ids."""
    return column == func.any(bindparam("ids", list(ids), type_=ARRAY(Integer), unique=True))


def erasing(connection: Connection) -> None:
    """Rows of before are gone once the tables are written anew (`RegisterServer.rewrite`)."""


def was_made_at(connection: Connection, version: str) -> bool:
    """Whether all tables are there: those of every version that was ever on a server."""
    return metadata.tables.keys() <= table_names(connection)


def schema_problems(connection: Connection) -> Iterator[str]:
    """What of the schema is missing, changed or foreign."""
    from db.storage import server_schema

    return server_schema.schema_problems(connection)


def problems(connection: Connection) -> Iterator[str]:
    """What the server says of its pages and indexes, and whether ids have been taken away."""
    failed = connection.exec_driver_sql(
        "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database"
        " WHERE datname = current_database()"
    ).scalar()
    if failed:
        yield f"服务器校验数据页时发现 {failed} 处损坏"
    invalid = connection.exec_driver_sql(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE c.relnamespace = current_schema()::regnamespace"
        " AND NOT (i.indisvalid AND i.indisready)"
    ).scalars()
    for name in invalid:
        yield f"索引 {name} 无效，查到的可能不全"
    for table in metadata.tables:
        query = f"SELECT coalesce(max(id), 0), count(*) FROM {table}"
        last, counted = connection.exec_driver_sql(query).one()
        if last != counted:
            yield f"表 {table} 的编号计到 {last}，却只有 {counted} 行：可能有记录被删去"


def astray(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """Rows that point to none, as can be where the server was told to look away."""
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            here, parent = key.parent.name, key.column.table.name
            query = text(
                f"SELECT id FROM {table.name} AS child WHERE {here} IS NOT NULL AND NOT EXISTS"
                f" (SELECT 1 FROM {parent} WHERE {parent}.id = child.{here}) ORDER BY id"
            )
            for record in connection.execute(query).scalars():
                yield table.name, record, parent


def refuse_other_encodings(connection: Connection, place: str) -> None:
    """Refuse a database that cannot hold every character.

    Raises:
        Unreadable: its encoding is not UTF-8.
    """
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise Unreadable(
            f"数据库 {place} 的编码是 {encoding}，存不下所有汉字；请用 UTF8 编码新建一个数据库。"
        )
