"""Another process beside this one: its answers, and what is done when there are none."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db import beside as beside_module
from db.beside import Gone, answers_of, beside
from db.cases import bulk
from db.maintenance import verify as verify_module
from db.maintenance.copy_check import reading_file
from db.maintenance.proving_beside import File
from db.maintenance.verify import verify
from db.storage.register import Register
from db.storage.schema import events
from db.storage.transaction import Transaction
from exports.ledger import read_file
from exports.ledger.write_file import write_ledger
from tests.db.cases.test_bulk import told
from tests.support.at_once import make_demo


def doubled(parts: Iterator[int], first: int) -> Iterator[int]:
    yield first
    for part in parts:
        yield 2 * part


def failing(_: object) -> Iterator[int]:
    yield 1
    raise MemoryError


def absent(*_: object) -> Iterator[int]:
    raise MemoryError
    yield 0


def endless(_: object, mark: str) -> Iterator[int]:
    yield os.getpid()
    time.sleep(600)


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside_module, "cores", lambda: 2)


def test_it_answers_each_part_and_ends_with_the_block() -> None:
    with beside(doubled, 5) as other:
        assert other is not None
        assert other.answer() == 5
        other.give(21)
        assert other.answer() == 42
    with pytest.raises(Gone):
        other.give(1)


def test_who_fails_is_gone() -> None:
    with beside(failing) as other:
        assert other is not None
        assert list(answers_of(other)) == [1]
        with pytest.raises(Gone):
            other.answer()
        assert (
            other._process.wait(10) == 0
        )  # no crash, of which the machine might keep what it held


def test_parts_keep_their_order_whenever_answers_come(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late:
        """Answers in order; that one is there is seen only at every third look."""

        looks, given = 0, deque[str]()

        @property
        def has_answered(self) -> bool:
            self.looks += 1
            return self.looks % 3 == 0

        def give(self, part: list[list[str]]) -> None:
            self.given.append(part[0][0])

        def answer(self) -> list[tuple[str, str, tuple[()]]]:
            return [(self.given.popleft(), "", ())]

    monkeypatch.setattr(
        bulk, "_ready", lambda history, _: bulk._Ready(history[0], "", ((), "", ()))
    )
    parts: Any = ([[str(number)]] for number in range(12))
    by: Any = None
    other: Any = Late()
    numbers = [one.number for part in bulk._shared(parts, by, other) for one in part]
    assert numbers == [str(number) for number in range(12)]


def test_what_is_given_up_ends_at_once_and_stands_in_no_list_of_processes() -> None:
    class GivenUp(Exception):
        pass

    def give_up() -> None:
        raise GivenUp

    with beside(endless, "司徒独一") as other:
        assert other is not None
        process = other.answer()
        shown = Path(f"/proc/{process}/cmdline")
        if shown.exists():
            held = shown.read_bytes() + Path(f"/proc/{process}/environ").read_bytes()
            assert "司徒独一".encode() not in held
        with pytest.raises(GivenUp):
            other.answer(give_up)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_one_core_has_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside_module, "cores", lambda: 1)
    with beside(doubled, 5) as other:
        assert other is None
    assert list(answers_of(other)) == []


def test_a_proof_with_another_finds_the_same(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the other process proves (chain, index) is altered, and what this one does."""
    monkeypatch.setattr(verify_module, "MANY", 1)
    make_demo(register, 12)
    file = File(register.path, reading_file)
    with register.writing() as tx:
        execute = tx.connection.exec_driver_sql
        execute("DROP TRIGGER chain_no_update")
        execute("UPDATE chain SET digest = zeroblob(32) WHERE id = 3")
        execute("INSERT INTO case_lookup (rowid, bag) VALUES (99, 'x')")
        execute("UPDATE cases SET subject = '别的' WHERE id = 2")
    asked = []
    answer = beside_module.Beside.answer
    monkeypatch.setattr(
        beside_module.Beside, "answer", lambda *given: asked.append(1) or answer(*given)
    )
    with register.reading() as tx:
        alone, both = verify(tx), verify(tx, file=file)
        assert both == alone
    said = " ".join(alone.problems)
    assert all(word in said for word in ("记录链第3条", "查找索引", "申请内容"))
    assert len(asked) == 2


def test_nothing_unkept_is_proved_by_another(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it sees is the file: if that ends elsewhere, all is proved here."""
    monkeypatch.setattr(verify_module, "MANY", 1)
    make_demo(register, 3)
    with register.writing() as tx:
        bulk.store_histories(tx, told(2), 2, lambda *_: None)
        assert verify(tx, file=File(register.path, reading_file)).ok


def test_rows_read_by_another_are_the_same(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_demo(register, 30)
    path = tmp_path / "台账.xlsx"
    write_ledger(register, path)
    here = list(read_file.open_rows(path)[1])
    monkeypatch.setattr(read_file, "_LARGE", 0)
    monkeypatch.setattr(read_file, "_PART", 7)
    assert list(read_file.open_rows(path)[1]) == here
    monkeypatch.setattr(read_file, "_read_beside", absent)  # and the rest here, if it is gone
    assert list(read_file.open_rows(path)[1]) == here


def test_cases_made_ready_by_another_are_the_same(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "STEP", 3)
    salt = events.columns.keys().index("salt")

    def ready(tx: Transaction) -> list[object]:
        made = bulk.prepare(tx, told(20), 20, lambda *_: None).cases
        rows = [one.rows for one in made]
        for _, bagged, recorded in rows:
            assert all(len(row.pop(salt)) > 10 for row in recorded)
            assert bagged
        return [(case, set(bagged.split()), recorded) for case, bagged, recorded in rows]

    with register.reading() as tx:
        here = ready(tx)
        monkeypatch.setattr(bulk, "_MANY", 1)
        assert ready(tx) == here
        monkeypatch.setattr(bulk, "_made_beside", absent)
        assert ready(tx) == here
