"""A register on a PostgreSQL server: what connects to it, and what its faults mean."""

from __future__ import annotations

import select
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection

from db.errors import OutOfReach, RegisterError
from db.storage.following_server import ServerFollowing
from db.storage.paper_store import PaperStore
from db.storage.paper_table import PaperTable
from db.storage.port import Following
from db.storage.postgres import CHANNEL, WAIT_SECONDS, make_engine, table_names
from db.storage.question import Question
from db.storage.schema import LOOKUP, PAPERS, metadata
from db.storage.server_address import server_address
from db.storage.server_faults import UNKNOWN, is_lost, server_sentences

ASKED_AFTER = 1.0
"""Seconds of rest after which a connection is asked whether it still leads anywhere."""


class RegisterServer:
    """One database of a server, as a `db.storage.port.Store`."""

    file: Path | None = None
    tells: tuple[Question, ...] = ((f"NOTIFY {CHANNEL}", {}),)
    """The server tells those who follow, once it is kept."""

    def __init__(self, location: str, told: Callable[[str], object]) -> None:
        """Nothing is connected to yet.

        Raises:
            BadValue: the location is no server's address.
        """
        address = server_address(location)
        self.place = address.place
        self.told = told
        self.engine = make_engine(
            address.url, lambda: self.told("登记簿正被别的程序写入，正在等候")
        )

        self.following: Following = ServerFollowing(self.engine)
        self.papers: PaperStore = PaperTable()

    def sentences(self) -> AbstractContextManager[None]:
        """Turn what the server says of the register into one sentence for the clerk."""
        return server_sentences(self.place)

    def still_there(self, connection: Connection, rested: float) -> bool:
        """Whether a server that has been away has not dropped it: it is asked, unless it just answered.

        What has been dropped has an end to be read, also if nobody has asked.
        """
        lent = connection.connection
        driver: Any = lent.driver_connection
        try:
            if driver.closed or lent.dbapi_connection is None:
                return False
            heard, _, _ = select.select([driver], (), (), 0)
            if heard or rested > ASKED_AFTER:
                self.engine.dialect.do_ping(lent.dbapi_connection)
        except (psycopg.Error, OSError, ValueError):
            return False
        return True

    def is_lost(self, fault: BaseException) -> bool:
        """Whether the connection has gone, not only a statement failed."""
        return is_lost(fault)

    def unknown(self) -> RegisterError:
        """What is said when it is not known whether an entry was kept."""
        return OutOfReach(f"登记簿 {self.place} {UNKNOWN}")

    def written(self) -> None:
        """What is kept is kept: the server rests by itself."""

    def rewrite(self) -> None:
        """Have the server write every table anew, and what it has noted of their values.

        The server's log, its backups and its replicas' still hold what was there: for as long as they
        are kept.

        Raises:
            OutOfReach: it is not one's own database, or others read on and on; nothing is lost then.
        """
        with self.sentences(), self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.autocommit = True
            try:
                self._rewrite(driver)
            finally:
                connection.invalidate()  # with its settings

    def _rewrite(self, driver: Any) -> None:
        driver.execute("SET statement_timeout = 0")
        driver.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        for table in (*metadata.tables, LOOKUP, PAPERS, "pg_statistic"):
            place = f"SELECT pg_relation_filenode('{table}')"
            before = driver.execute(place).fetchone()
            driver.execute(f"VACUUM (FULL, ANALYZE) {table}")
            if driver.execute(place).fetchone() == before:  # it has only been warned of
                raise OutOfReach(f"登记簿 {self.place} 的表要由数据库的所有者重写。")

    def close(self) -> None:
        """Let go of the server."""
        self.following.end()
        self.engine.dispose()


def stands_there(location: str) -> bool:
    """Whether a register, or anything else, stands in the database of an address.

    Raises:
        BadValue, OutOfReach: it is no address, or cannot be reached.
    """
    store = RegisterServer(location, lambda _: None)
    try:
        with store.sentences(), store.engine.begin() as connection:
            return bool(table_names(connection))
    finally:
        store.close()
