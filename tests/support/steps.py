"""Short ways to bring a register to where a test begins."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from db.cases.bulk import store_histories
from db.cases.case_file import CaseFile
from db.law.event import Event
from db.storage import transaction
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import log_event, new_case, open_register

SEAT = "ceshi@desk"
TODAY, CLERK = "2026-03-10", "测试员"  # a Tuesday, inside the published calendar
SHANGHAI = timezone(timedelta(hours=8))


def receive(register: Register, on: str, **facts: Any) -> CaseFile:
    """A case received on a day; what is not named is plain."""
    told: dict[str, Any] = {
        "applicant": "某人",
        "applicant_kind": ApplicantKind.NATURAL_PERSON,
        "subject": "某事",
    }
    return new_case(register, Event(EventKind.RECEIVED, date.fromisoformat(on), **told | facts))


def log(register: Register, case: CaseFile, kind: EventKind, on: str, **facts: Any) -> CaseFile:
    return log_event(register, case.number, Event(kind, date.fromisoformat(on), **facts))


def store(register: Register, told: Sequence[list[Event]], *organs: str) -> None:
    """Put histories into a register, numbered N0, N1 and so on; the organs take turns."""
    numbered = [
        [replace(first, number=f"N{n}", organ=organs[n % len(organs)]), *later]
        for n, (first, *later) in enumerate(told)
    ]
    with register.writing() as tx:
        store_histories(tx, numbered, len(numbered), lambda *_: None)


@contextmanager
def register_of(empty: Path, told: Sequence[list[Event]]) -> Iterator[Register]:
    """A register with these histories, in a place of its own: one for every example."""
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty, Path(folder) / "register.db")
        with open_register(str(path)) as register:
            store(register, told, "某局")
            yield register


@contextmanager
def shared_register(path: Path) -> Iterator[Register]:
    """A new register, filled once for many tests on the day and by the clerk that all tests have."""
    with pytest.MonkeyPatch.context() as patch:
        set_day(patch, TODAY)
        patch.setenv("TAIZHANG_CLERK", CLERK)
        patch.setattr(transaction, "seat", lambda: SEAT)
        with open_register(str(path), create=True) as register:
            yield register


def set_day(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", day)


def dump(path: Path | str) -> list[str]:
    """Everything in a register's file, as SQL."""
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()
