"""The seat beside the name: from which user of which machine each record was made."""

from __future__ import annotations

import os
import socket
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from db.cases.bulk import store_histories
from db.disputes.dispute import Block
from db.law.event import Event
from db.privacy.erasing import erase_cases
from db.storage.register import Register
from db.storage.schema import HEAD, metadata
from db.storage.seat import seat
from db.storage.settings import keep_setting
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import new_dispute, open_register, read_case, verify
from tests.support.old_registers import ask, left_by
from tests.support.steps import SEAT, log, receive

ENGINES = ("sqlite", "postgresql")
K = EventKind
SIGNED = {name for name, table in metadata.tables.items() if "recorded_by" in table.c}


def test_every_table_that_is_signed_holds_the_seat() -> None:
    assert {name for name, table in metadata.tables.items() if "recorded_from" in table.c} == SIGNED
    assert len(SIGNED) == 10


@pytest.mark.skipif(sys.platform == "win32", reason="no list of users there")
def test_the_seat_is_what_the_system_says_whatever_the_environment_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pwd

    for name in ("USER", "LOGNAME", "USERNAME", "TAIZHANG_CLERK"):
        monkeypatch.setenv(name, "somebody")
    seat.cache_clear()
    assert seat() == f"{pwd.getpwuid(os.getuid()).pw_name}@{socket.gethostname()}"


def test_each_record_is_kept_with_it(register: Register) -> None:
    case = receive(register, "2026-03-02")
    assert case.entries[0].event.recorded_from == SEAT
    new_dispute(register, Block.REVIEW, "市政府", date(2026, 3, 3), case=case.number)
    with register.writing() as tx:
        keep_setting(tx, "name", "value")
    with register.reading() as tx:
        for table in ("events", "dispute_events", "settings"):
            query = f"SELECT DISTINCT recorded_from FROM {table}"
            assert tx.connection.exec_driver_sql(query).scalars().all() == [SEAT]
    assert verify(register).ok


def test_many_at_once_are_kept_with_it_unless_they_name_who_recorded_them(
    register: Register,
) -> None:
    def told(number: str, **more: Any) -> list[Event]:
        facts = {"applicant": "某人", "applicant_kind": ApplicantKind.RESEARCH, "subject": "某事"}
        return [Event(K.RECEIVED, date(2026, 3, 2), number=number, **facts, **more)]

    histories = [told("甲1"), told("甲2", recorded_by="沈秋"), told("甲3", recorded_from="a@b")]
    with register.writing() as tx:
        store_histories(tx, histories, 3, lambda *_: None)
    found = [read_case(register, f"甲{n}").received for n in (1, 2, 3)]
    assert [event.recorded_from for event in found] == [SEAT, "", SEAT]
    assert verify(register).ok


def test_what_was_recorded_before_has_none_and_its_digest_stays(tmp_path: Path) -> None:
    path = left_by("0008", tmp_path / "register.db")
    chain = ask(path, "SELECT digest FROM chain ORDER BY id")
    with open_register(str(path)) as register:
        assert verify(register).ok
    assert ask(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert ask(path, "SELECT digest FROM chain ORDER BY id") == chain
    assert ask(path, "SELECT DISTINCT recorded_from FROM events") == [(None,)]


def test_erasing_cannot_change_it(register: Register) -> None:
    case = receive(register, "2026-03-02")
    log(register, case, K.DECIDED, "2026-03-05", outcome="3.1")
    with register.writing() as tx:
        erase_cases(tx, [case.id])
    forged = "UPDATE events SET recorded_from = 'x@y', salt = '' WHERE id = 1"
    with pytest.raises(DBAPIError, match="append-only"), register.writing() as tx:
        tx.connection.exec_driver_sql(forged)
    assert read_case(register, case.number).received.recorded_from == SEAT
    assert verify(register).ok
