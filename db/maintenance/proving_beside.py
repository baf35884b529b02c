"""A part of the proof done by another process, on the same file and in the same state of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from db.beside import Beside, Gone, beside
from db.maintenance.chain_check import chain_problems
from db.maintenance.check_words import reason
from db.maintenance.lookup_check import index_problems
from db.storage.chain import head
from db.storage.head import Head
from db.storage.port import port_of

Check = Callable[[], Iterator[str]]
CHAIN, INDEX = "记录链", "查找索引"


@dataclass(frozen=True, slots=True)
class File:
    """Where a register stands that is being proved, with nothing that is not kept yet."""

    path: Path
    opened: Callable[[Path], contextlib.AbstractContextManager[Connection]]
    """A function of a module that opens it to be read."""
    beat: Callable[[], object] = lambda: None
    """Called again and again while the other process is waited for; what it raises ends that."""


class Proving:
    """What the other process proves: `names` of checks, each asked for in their order."""

    def __init__(self, other: Beside | None, beat: Callable[[], object]) -> None:
        self._other, self._beat = other, beat
        self.names = tuple(_CHECKS) if other is not None else ()

    def told(self, name: str) -> list[str] | None:
        """What a check has found; None if it is to be done here."""
        if self._other is None:
            return None
        try:
            while True:
                told, problems = self._other.answer(self._beat)
                if told == name:
                    return list(problems)
        except Gone:
            return None


@contextlib.contextmanager
def proving_beside(file: File | None, seen: Head) -> Iterator[Proving]:
    """A block beside which another process proves its part, if the file is as it was `seen`."""
    if file is None:
        yield Proving(None, lambda: None)
        return
    with beside(_proved, file.path, file.opened, seen) as other:
        yield Proving(other, file.beat)


def found_by(connection: Connection, name: str, check: Check) -> list[str]:
    """What a check finds, whatever the bytes."""
    try:
        with port_of(connection).apart(connection):
            return list(check())
    except Exception:  # what is no text, or worse: then slowly, whatever the bytes
        return _with_any_bytes(connection, name, check)


def _with_any_bytes(connection: Connection, name: str, check: Check) -> list[str]:
    """What a check finds where texts may be none; what it cannot see to its end is named."""
    problems: list[str] = []
    with port_of(connection).any_bytes(connection):
        try:
            problems.extend(check())
        except Exception as fault:
            problems.append(f"“{name}”未能查完：{reason(fault)}")
    return problems


_CHECKS: dict[str, Callable[[Connection], Iterator[str]]] = {
    CHAIN: chain_problems,
    INDEX: index_problems,
}


def _proved(
    _: object,
    path: Path,
    opened: Callable[[Path], contextlib.AbstractContextManager[Connection]],
    seen: Head,
) -> Iterator[tuple[str, list[str]]]:
    """What the other process does: nothing, if the register is not as it was seen."""
    with opened(path) as connection:
        connection.exec_driver_sql("PRAGMA trusted_schema = 0")
        connection.exec_driver_sql("BEGIN")
        if head(connection) != seen:
            return
        for name, check in _CHECKS.items():
            yield name, found_by(connection, name, partial(check, connection))
