"""One use case is one transaction on one connection; the environment is read at the edge alone."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from db import moment
from db.agenda.agenda import overview
from db.cases.case_file import read_case
from db.cases.correcting import correct_event
from db.cases.holidays import enter_notice
from db.cases.registering import log_event, new_case, new_sibling
from db.disputes.dispute import Block
from db.disputes.recording import new_dispute
from db.law.event import Event
from db.lookup.find import find_cases
from db.maintenance.verify import verify
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.words.vocabulary import ApplicantKind, EventKind
from db.year_end.filing import file_year
from db.year_end.report import year_report
from exports.ledger.write_file import write_ledger
from exports.report.papers import write_papers
from tests.support.at_once import open_register
from tests.support.paths import DATA, ROOT
from tests.support.steps import SHANGHAI, receive

RECEIVED = Event(
    EventKind.RECEIVED,
    date(2026, 3, 2),
    applicant="某人",
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    subject="某事",
)
NOTICE = (DATA / "notices" / "2026.txt").read_text(encoding="utf-8")
Use = Callable[[Transaction], Any]
READ: dict[str, Use] = {
    "case": lambda tx: read_case(tx, "2025-0001"),
    "report": lambda tx: year_report(tx, 2025),
    "filed": lambda tx: year_report(tx, 2025, as_of=tx.now),
    "today": overview,
    "find": lambda tx: find_cases(tx, "某"),
    "verify": verify,
}
WRITTEN: dict[str, Use] = {
    "new": lambda tx: new_case(tx, RECEIVED),
    "sibling": lambda tx: new_sibling(tx, RECEIVED, "2025-0001"),
    "log": lambda tx: log_event(tx, "2025-0001", Event(EventKind.NOTE, tx.today, note="来电")),
    "correct": lambda tx: correct_event(tx, "2025-0001", 1, "记错", changes={"subject": "另一事"}),
    "dispute": lambda tx: new_dispute(tx, Block.REVIEW, "某市政府", tx.today, case="2025-0001"),
    "notice": lambda tx: enter_notice(tx, NOTICE, ""),
    "file": lambda tx: file_year(tx, 2025),
}


@pytest.mark.parametrize("name", [*READ, *WRITTEN])
def test_a_use_case_takes_one_connection(register: Register, name: str) -> None:
    receive(register, "2025-03-03")
    begun: list[str] = []
    event.listen(register.engine, "begin", lambda _: begun.append(name))
    transaction = register.reading if name in READ else register.writing
    with transaction() as tx:
        (READ | WRITTEN)[name](tx)
    assert begun == [name]


def test_a_reader_sees_one_state(register: Register) -> None:
    receive(register, "2025-03-03")
    with register.reading() as tx, open_register(str(register.path)) as other:
        before = find_cases(tx, "").total
        receive(other, "2025-03-04")
        assert find_cases(tx, "").total == before
    with register.reading() as tx:
        assert find_cases(tx, "").total == before + 1


def test_the_day_does_not_pass_within_a_transaction(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    with register.reading() as tx:
        monkeypatch.setenv("TAIZHANG_TODAY", "2030-01-01")
        assert (tx.today, tx.now.date()) == (date(2026, 3, 10), date(2026, 3, 10))


def test_midnight_falls_between_two_transactions(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not between two looks at the clock: every look is one second later."""
    last_second = datetime(2026, 3, 10, 23, 59, 59, tzinfo=SHANGHAI)
    shown = (last_second + timedelta(seconds=n) for n in range(9))
    monkeypatch.setattr(moment, "_machine", lambda: next(shown))
    register.clock = moment.Clock()
    with register.reading() as tx:
        assert (tx.today, tx.now) == (last_second.date(), last_second)


def test_a_paper_takes_one_connection(register: Register, tmp_path: Path) -> None:
    receive(register, "2025-03-03")
    with register.reading() as tx:
        report = year_report(tx, 2025)
    begun: list[object] = []
    event.listen(register.engine, "begin", begun.append)
    write_ledger(register, tmp_path / "ledger.csv")
    assert len(begun) == 1
    write_papers(register, report, [tmp_path / "report.xlsx"])
    assert len(begun) == 2


def test_the_environment_is_read_at_the_edge() -> None:
    """But for a library's switches (`db.words.pinyin`), which are set and not read."""
    for floor in ("db", "exports"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
                    assert path.name == "pinyin.py", path
