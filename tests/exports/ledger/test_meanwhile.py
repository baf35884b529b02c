"""What other clerks do while an import makes ready: it is seen before anything is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.cases import bulk
from db.storage.register import Register
from exports.ledger import importing
from exports.ledger.importing import ToldAlready, import_ledger
from tests.support.at_once import add_organ, every_case, new_case, verify
from tests.support.cases import received
from tests.support.ledgers import ledger

Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Something happens after all has been made ready."""

    def happens(act: Callable[[], object]) -> None:
        def prepared(*told: object) -> bulk.Prepared:
            ready = bulk.prepare(*told)  # type: ignore[arg-type]
            act()
            return ready

        monkeypatch.setattr(importing, "prepare", prepared)

    return happens


def test_a_number_given_meanwhile_is_not_given_twice(
    register: Register, tmp_path: Path, meanwhile: Meanwhile
) -> None:
    path = ledger(tmp_path / "a.xlsx", {}, {"收到日期": "2024-03-05"})
    on = register.clock.today().replace(year=2025)
    meanwhile(lambda: new_case(register, received(on, "何洁", "别的")))
    import_ledger(register, path)
    numbers = sorted((case.number, case.received.applicant) for case in every_case(register))
    assert numbers == [("2024-0001", "张三"), ("2025-0001", "何洁"), ("2025-0002", "张三")]
    assert verify(register).ok


def test_a_row_that_becomes_a_case_meanwhile_stops_all(
    register: Register, tmp_path: Path, meanwhile: Meanwhile
) -> None:
    path = ledger(tmp_path / "a.xlsx", {}, {"申请人": "李四"})
    other = ledger(tmp_path / "b.xlsx", {"申请人": "李四"})
    others = [other]

    def another() -> None:
        if others:
            import_ledger(register, others.pop())

    meanwhile(another)
    with pytest.raises(ToldAlready, match="有1行"):
        import_ledger(register, path)
    assert len(list(every_case(register))) == 1


def test_an_organ_named_meanwhile_is_the_cases_own(
    register: Register, tmp_path: Path, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda: add_organ(register, "甲局"))
    import_ledger(register, ledger(tmp_path / "a.xlsx", {}))
    (case,) = every_case(register)
    assert case.received.organ == "甲局"
    assert verify(register).ok


def test_while_rows_are_written_nothing_is_computed(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither projections nor bags: other clerks wait."""
    path = ledger(tmp_path / "a.xlsx", *({"申请人": f"张{n}"} for n in range(3)))
    store = importing.store

    def stored(*told: object) -> int:
        monkeypatch.setattr(bulk, "project", None)
        monkeypatch.setattr(bulk, "bag", None)
        return store(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "store", stored)
    assert import_ledger(register, path).cases == 3
    monkeypatch.undo()
    assert verify(register).ok
