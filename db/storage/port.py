"""What the register asks of a database engine; `sqlite` and `postgres` fill it, each as a module.

What is written in SQL that both understand needs no port. Here stands the rest, and `port_of` tells
by a connection whose turn it is. The lookup index has a port of its own (`db.storage.lookup_index`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Engine

from db.errors import RegisterError
from db.storage.paper_store import PaperStore
from db.storage.question import Question, Rows
from db.words.vocabulary import Role


class Port(Protocol):
    """An engine, over an open connection."""

    GRANTED: Question | None
    """What asks for the role that the engine itself grants; None where it grants none."""

    def granted_by(self, rows: Rows) -> Role:
        """The role in the answer to that."""

    def answers(self, connection: Connection, *asked: Question) -> list[Rows]:
        """What each of some statements answers, none of which hangs on another's answer.

        They go to the driver itself: what SQLAlchemy does for a statement takes ten times as long
        as a short one. A server is sent all of them at once.
        """

    def keep_row(
        self,
        connection: Connection,
        table: str,
        row: Mapping[str, Any],
        columns: Sequence[str],
        *asked: Question,
    ) -> list[Rows]:
        """Store one row of plain values. Answers it as it stands there now, column by column, and
        after it what the other statements answer."""

    def is_standby(self, connection: Connection) -> bool:
        """Whether it only follows another server, and nothing can be written."""

    def may_upgrade(self, connection: Connection) -> bool:
        """Whether who is connected may change the tables themselves."""

    def table_names(self, connection: Connection) -> set[str]:
        """The names of the tables of the database."""

    def beating(
        self, connection: Connection, beat: Callable[[], object]
    ) -> AbstractContextManager[None]:
        """Call `beat` again and again while the engine works; what it raises ends the work."""

    def ending_when(
        self, connection: Connection, cancelled: Callable[[], bool]
    ) -> AbstractContextManager[None]:
        """End the engine's work, and with it the block, soon after `cancelled` says so."""

    def last_id(self, connection: Connection, table: str) -> int:
        """The highest id ever given to a row of a table; 0 if none."""

    def insert_rows(
        self, connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Any]
    ) -> None:
        """Store many rows, each a sequence of plain values in the order of the columns."""

    def roomy(self, connection: Connection, cases: int = 0) -> AbstractContextManager[None]:
        """A block in which many rows are written, so many cases' among them."""

    def unhurried(self, connection: Connection) -> None:
        """This transaction takes as long as it takes, and may wait in between."""

    def any_bytes(self, connection: Connection) -> AbstractContextManager[None]:
        """A block in which texts are read whatever bytes they hold."""

    def apart(self, connection: Connection) -> AbstractContextManager[object]:
        """A block whose failing leaves the transaction as it was before it."""

    def id_among(self, column: ColumnElement[int], ids: Sequence[int]) -> ColumnElement[bool]:
        """Whether a column is one of many ids."""

    def erasing(self, connection: Connection) -> None:
        """What is overwritten from now on in this transaction is to leave no trace."""

    def was_made_at(self, connection: Connection, version: str) -> bool:
        """Whether the tables are those that an older program of that version made."""

    def schema_problems(self, connection: Connection) -> Iterator[str]:
        """What of the tables, indexes and triggers is missing, changed or foreign, as sentences."""

    def problems(self, connection: Connection) -> Iterator[str]:
        """What the engine itself finds wrong with what it keeps, each as one sentence."""

    def astray(self, connection: Connection) -> Iterator[tuple[str, int, str]]:
        """Rows that point to none: the table, its id, the table pointed to."""


Place = tuple[int, str]
"""Where the chain of records stands: how many there are, and the digest of the last one."""


class Following(Protocol):
    """How one hears of what others write to the register, while it is open at a desk."""

    @property
    def active(self) -> bool:
        """Whether anybody wants to hear of it."""

    def start(self, changed: Callable[[], object]) -> None:
        """From now on `changed` hears of it, in a thread of its own; once in a register's life."""

    def writes(self, before: Place, after: Place) -> None:
        """This program is about to keep a transaction of its own, which takes the chain so far."""

    def end(self) -> None:
        """Nothing is heard any more."""


class Store(Protocol):
    """A register's database: the place of it, what connects to it, and what its faults mean."""

    engine: Engine
    following: Following
    papers: PaperStore
    told: Callable[[str], object]
    """Hears in the writing thread that another program is being waited for."""

    @property
    def place(self) -> str:
        """What it is called: a file's path, or a server's address without a password."""

    @property
    def file(self) -> Path | None:
        """The register's file, if it is one."""

    def sentences(self) -> AbstractContextManager[None]:
        """Turn what the engine and the system say of the register into one sentence for the clerk."""

    def still_there(self, connection: Connection, rested: float) -> bool:
        """Whether what a connection leads to is there yet, after so many seconds of rest."""

    def is_lost(self, fault: BaseException) -> bool:
        """Whether the way to the database has gone, so that nobody knows what has been kept."""

    def unknown(self) -> RegisterError:
        """What is said when that is not to be found out."""

    tells: tuple[Question, ...]
    """What is said to the engine at the end of a transaction that has written."""

    def written(self) -> None:
        """A transaction that has written has been kept."""

    def rewrite(self) -> None:
        """Write all of it anew, so that nothing of what was erased is left in it."""

    def close(self) -> None:
        """Let go of the database."""


def port_of(connection: Connection) -> Port:
    """The engine of a connection."""
    if connection.dialect.name == "postgresql":
        from db.storage import postgres

        return postgres
    from db.storage import sqlite

    return sqlite
