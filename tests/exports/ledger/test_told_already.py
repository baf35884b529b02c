"""Nothing twice: a ledger brought once more stops, and says which rows are which cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from db.storage.register import Register
from exports.ledger.importing import LedgerRefused, ToldAlready, import_ledger
from tests.support.at_once import add_organ, every_case, find_cases
from tests.support.commands import Taizhang
from tests.support.ledgers import ledger

ROWS = ({"申请人": "张三"}, {"申请人": "李四"}, {"申请人": "王五", "编号": "甲1"})


def told(register: Register, path: Path) -> list[tuple[int, str]]:
    before = find_cases(register, "").total
    with pytest.raises(ToldAlready) as caught:
        import_ledger(register, path)
    assert find_cases(register, "").total == before
    return [(fault.row, fault.reason) for fault in caught.value.faults]


def test_the_same_file_stops(register: Register, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", *ROWS[:2])
    import_ledger(register, path)
    listed = told(register, path)
    assert [row for row, _ in listed] == [2, 3]
    assert "2025-0001" in listed[0][1]
    assert "2025-0002" in listed[1][1]


def test_a_trial_run_stops_too(register: Register, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", *ROWS[:2])
    import_ledger(register, path)
    with pytest.raises(ToldAlready):
        import_ledger(register, path, dry_run=True)
    assert import_ledger(register, path, dry_run=True, again=True).cases == 2


def test_asked_for_again_it_is_stored_again(register: Register, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", *ROWS[:2])
    import_ledger(register, path)
    assert import_ledger(register, path, again=True).cases == 2
    assert len(list(every_case(register))) == 4


def test_a_number_is_never_used_again(register: Register, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", *ROWS)
    import_ledger(register, path)
    for again in (False, True):
        with pytest.raises(LedgerRefused) as caught:
            import_ledger(register, path, again=again)
        rows = [fault.row for fault in caught.value.faults]
        assert rows == ([4] if again else [2, 3, 4])


@pytest.mark.parametrize(
    "other",
    [{"申请人": "张三丰"}, {"收到日期": "2025-03-06"}, {"申请内容": "别的"}, {"受理机关": "乙局"}],
)
def test_another_request_is_no_repetition(
    register: Register, tmp_path: Path, other: dict[str, str]
) -> None:
    add_organ(register, "甲局")
    import_ledger(register, ledger(tmp_path / "a.xlsx", {}))
    assert import_ledger(register, ledger(tmp_path / "b.xlsx", other)).cases == 1
    assert [
        row for row, _ in told(register, ledger(tmp_path / "c.xlsx", {"受理机关": "甲局"}))
    ] == [2]


def test_rows_that_are_there_already_among_new_ones(register: Register, tmp_path: Path) -> None:
    import_ledger(register, ledger(tmp_path / "a.xlsx", ROWS[0]))
    mixed = ledger(
        tmp_path / "b.xlsx", ROWS[1], {**ROWS[0], "办理结果": "3.1", "办结日期": "2025-03-20"}
    )
    assert [row for row, _ in told(register, mixed)] == [3]


def test_a_row_written_twice(register: Register, tmp_path: Path) -> None:
    """Without a number, and the same in every word; one that differs anywhere is another request."""
    twice = ledger(tmp_path / "a.xlsx", ROWS[0], ROWS[1], ROWS[0])
    assert told(register, twice) == [(4, "与第2行完全相同。")]
    ended = {**ROWS[0], "办理结果": "3.1", "办结日期": "2025-03-20"}
    numbered = ({**ROWS[0], "编号": number} for number in ("甲1", "甲2"))
    assert (
        import_ledger(register, ledger(tmp_path / "b.xlsx", ROWS[0], ended, *numbered)).cases == 4
    )


def test_rows_are_found_along_an_index(register: Register, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", *({"申请人": f"张{n}"} for n in range(9)))
    import_ledger(register, path)
    asked: list[tuple[str, Any]] = []
    event.listen(
        register.engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3]))
    )
    with pytest.raises(ToldAlready):
        import_ledger(register, path)
    query, given = next((q, p) for q, p in asked if "applicant_key" in q)
    with register.reading() as tx:
        plan = str(tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", given).all())
    assert "USING INDEX cases_by_applicant" in plan
    assert "SCAN cases" not in plan


def test_the_command(taizhang: Taizhang, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", *ROWS[:2])
    assert taizhang("import", path).status == 0
    for more in ((), ("--dry-run",)):
        answer = taizhang("import", path, *more)
        assert (answer.status, answer.out) == (1, "")
        first, *rows = answer.err.splitlines()
        assert "--again" in first
        assert ["2025-0001" in rows[0], "2025-0002" in rows[1], len(rows)] == [True, True, 2]
    assert taizhang("import", path, "--again", "--json").document["cases"] == 2
