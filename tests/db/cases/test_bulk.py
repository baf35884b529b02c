"""Many histories stored at once: all of them, under ids that nothing had before."""

from __future__ import annotations

from datetime import date

import pytest

from db.cases import bulk
from db.cases.bulk import STEP, store_histories
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import find_cases, verify
from tests.support.examples import often
from tests.support.steps import receive

ENGINES = ("sqlite", "postgresql")


def told(count: int) -> list[list[Event]]:
    return [
        [
            Event(
                EventKind.RECEIVED,
                date(2026, 2, 2),
                number=f"批-{n}",
                applicant="某人",
                applicant_kind=ApplicantKind.NATURAL_PERSON,
                subject="某事",
            ),
            Event(EventKind.DECIDED, date(2026, 2, 3), outcome="3.1"),
        ]
        for n in range(count)
    ]


@pytest.mark.parametrize("said", often([7, 10_000, 0, STEP], 2))
def test_every_history_is_stored_whatever_number_was_announced(
    register: Register, said: int
) -> None:
    heard: list[int] = []
    with register.writing() as tx:
        stored = store_histories(
            tx, iter(told(STEP + 3)), said, lambda _, done, __: heard.append(done)
        )
    assert stored == 2 * (STEP + 3)
    assert heard == [STEP, STEP + 3]
    assert find_cases(register, "").total == STEP + 3
    assert verify(register).ok


@pytest.mark.of_files
def test_no_id_is_given_twice(register: Register) -> None:
    """Not even that of a row that has gone."""
    receive(register, "2026-02-02")
    with register.writing() as tx:
        tx.connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = 50 WHERE name = 'events'")
        store_histories(tx, told(1), 1, lambda *_: None)
        ids = tx.connection.exec_driver_sql("SELECT id FROM events ORDER BY id").scalars().all()
    assert ids == [1, 51, 52]


def test_what_is_packed_is_stored_the_same(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_LOOSE", 2)
    histories = told(5)
    with register.reading() as tx:
        ready = bulk.prepare(tx, histories, 5, lambda *_: None)
    assert [type(case.held) for case in ready.cases] == [tuple, tuple, bytes, bytes, bytes]
    with register.writing() as tx:
        bulk.bring_up_to_date(tx, ready, histories)
        assert bulk.store(tx, ready, lambda *_: None) == 10
    assert find_cases(register, "批-4").total == 1
    assert verify(register).ok
