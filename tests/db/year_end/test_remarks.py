"""其他处理 is meant for exceptions: more than a tenth of a year is remarked on, and is no fault."""

from __future__ import annotations

from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.at_once import year_report
from tests.support.steps import log, receive

K = EventKind


def test_more_than_a_tenth_is_remarked_on(register: Register) -> None:
    def end(kind: EventKind, outcome: str | None) -> None:
        log(register, receive(register, "2026-02-02"), kind, "2026-02-10", outcome=outcome)

    for _ in range(9):
        end(K.DECIDED, "3.1")
    end(K.WITHDRAWN, None)
    report = year_report(register, 2026)
    assert (report.remarks, report.wrong) == ((), ())
    end(K.DECIDED, "3.6.1")
    report = year_report(register, 2026)
    (said,) = report.remarks
    assert said.startswith("其他处理有2件，超过全年办理的11件的十分之一")
    assert report.wrong == ()
    assert year_report(register, 2026, form="2019").remarks == report.remarks
    assert year_report(register, 2025).remarks == ()
