"""What is known of an applicant: each person apart, the newest first, found along an index."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from db.lookup.known_applicants import known_applicants
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind
from tests.support.steps import receive

ENGINES = ("sqlite", "postgresql")


@pytest.mark.of_files
def test_namesakes_stay_apart_and_what_tells_no_more_is_left_out(register: Register) -> None:
    receive(register, "2026-01-05", applicant="李明", phone="139", address="东街1号")
    receive(register, "2026-01-06", applicant="李明", phone="139")
    receive(register, "2026-01-07", applicant="李明")
    receive(register, "2026-01-08", applicant="李明", id_no="5101", phone="138")
    receive(register, "2026-01-09", applicant="李明明", phone="137")
    receive(
        register, "2026-01-10", applicant="李明", phone="139", applicant_kind=ApplicantKind.BUSINESS
    )
    with register.reading() as tx:
        found = known_applicants(tx, "李明")
        plan = tx.connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT number FROM cases "
                "WHERE applicant_key = 'x' AND applicant = 'x' ORDER BY received_on DESC, id DESC"
            )
        ).all()
    assert [(one.number, one.phone, one.address, one.id_no) for one in found] == [
        ("2026-0006", "139", None, None),
        ("2026-0004", "138", None, "5101"),
        ("2026-0001", "139", "东街1号", None),
    ]
    assert "cases_by_applicant" in str(plan)
