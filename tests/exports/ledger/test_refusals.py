"""The case ledger: what an import refuses, and that it stores all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import NotFound, Unreadable
from db.storage.register import Register
from exports.ledger import named_cells
from exports.ledger.columns import REQUIRED
from exports.ledger.importing import Imported, LedgerRefused, import_ledger
from exports.spreadsheet import archive
from tests.support.at_once import every_case, find_cases, open_register, organ_names
from tests.support.ledgers import ROW, bring, ledger, write_sheet


def refused(register: Register, path: Path) -> list[tuple[int, str, str]]:
    """The faults of an import as (row, column, value); nothing is stored."""
    before = find_cases(register, "").total
    with pytest.raises(LedgerRefused) as caught:
        import_ledger(register, path)
    assert find_cases(register, "").total == before
    assert all(fault.reason.endswith("。") and fault.sheet for fault in caught.value.faults)
    return [(fault.row, fault.column, fault.value) for fault in caught.value.faults]


def test_every_fault_is_listed_and_nothing_stored(register: Register, tmp_path: Path) -> None:
    path = ledger(
        tmp_path / "a.xlsx",
        {},
        {"收到日期": "2025-02-30", "申请人类型": "外星人"},
        {"申请方式": "飞鸽", "办理结果": "3.3.9", "办结日期": "2025-04-01"},
        {"申请人": None, "办结日期": "2025-04-01"},
        {"办理结果": "3.1"},
        {"补正限期": "2025-04-01"},
        {"延期告知日期": "2025-04-01", "延期工作日": "很久"},
        {"证件号码": 110101199003070000},
        {"编号": "号" * 41},
        {"收到日期": "2027-01-01"},
        {"办理结果": "3.1", "办结日期": "2025-03-04"},
    )
    assert refused(register, path) == [
        (3, "收到日期", "2025-02-30"),
        (3, "申请人类型", "外星人"),
        (4, "申请方式", "飞鸽"),
        (4, "办理结果", "3.3.9"),
        (5, "申请人", ""),
        (5, "办理结果", ""),
        (6, "办结日期", ""),
        (7, "补正限期", "2025-04-01"),
        (8, "延期工作日", "很久"),
        (9, "证件号码", "1.1010119900307e+17"),
        (10, "编号", "号" * 40 + "..."),
        (11, "收到日期", "2027-01-01"),
        (12, "办结日期", "2025-03-04"),
    ]


def test_impossible_rows_are_refused(register: Register, tmp_path: Path) -> None:
    path = ledger(
        tmp_path / "a.xlsx",
        {"收到日期": "2027-01-01"},
        {"办理结果": "3.1", "办结日期": "2025-03-04"},
        {"提交日期": "2025-03-06"},
        {"备注": "【收到 2025-03-06】文号=1"},
        {"收到日期": "1899-12-31"},
    )
    assert [row for row, _, _ in refused(register, path)] == [2, 3, 4, 5, 6]


def test_wrong_headings(register: Register, tmp_path: Path) -> None:
    path = write_sheet(
        tmp_path / "a.xlsx",
        [["收到日期", "申请人", "申请人", "备注", "备注 ", "自创", "自创"], [1, 2, 3, 4, 5, 6, 7]],
    )
    assert refused(register, path) == [
        (1, "申请人类型", ""),
        (1, "申请内容", ""),
        (1, "备注", ""),
        (1, "申请人", ""),
        (1, "自创", ""),
        (2, "收到日期", "1"),
    ]
    empty = write_sheet(tmp_path / "b.xlsx", [])
    assert {column for _, column, _ in refused(register, empty)} == set(REQUIRED)


def test_a_cell_under_no_heading(register: Register, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.xlsx", [list(ROW), [*ROW.values(), None, "丢了可惜"]])
    assert refused(register, path) == [(2, "第6列", "")]


def test_numbers_must_be_new(register: Register, tmp_path: Path) -> None:
    first = ledger(tmp_path / "a.xlsx", {"编号": "2025-0002"}, {"编号": "甲"})
    import_ledger(register, first)
    again = ledger(tmp_path / "b.xlsx", {"编号": "乙"}, {"编号": "甲"}, {"编号": "乙"})
    assert refused(register, again) == [(3, "编号", "甲"), (4, "编号", "乙")]


def test_automatic_numbers_avoid_all_others(register: Register, tmp_path: Path) -> None:
    bring(
        register, tmp_path, {"编号": "2025-0002"}, {"编号": "2024-0009", "收到日期": "2024-12-31"}
    )
    path = ledger(
        tmp_path / "b.xlsx",
        {"收到日期": "2025-06-01"},
        {"编号": "2025-0003"},
        {"收到日期": "2025-05-01"},
        {"收到日期": "2024-05-01"},
        {"编号": "\u200b", "申请人": "李四"},
    )
    done = import_ledger(register, path)
    assert (done.cases, done.first, done.last) == (5, "2024-0010", "2025-0006")
    stored = {case.number: case.received.on.isoformat() for case in every_case(register)}
    assert stored["2025-0005"] == "2025-05-01"  # the earlier receipt has the lower number
    assert stored["2025-0006"] == "2025-06-01"
    assert len(stored) == 7


def test_a_trial_run_stores_nothing(register: Register, tmp_path: Path) -> None:
    path = ledger(tmp_path / "a.xlsx", {}, {"申请人": "李四"})
    assert import_ledger(register, path, dry_run=True) == Imported(2, 2, "2025-0001", "2025-0002")
    assert find_cases(register, "").total == 0


def test_a_fault_while_storing_keeps_nothing(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = 0

    def fail_late(*_: object) -> tuple[str, str]:
        nonlocal stored
        stored += 1
        if stored > 600:
            raise MemoryError
        return "{}", "{}"

    path = ledger(tmp_path / "a.xlsx", *({"申请人": f"张{n}"} for n in range(700)))
    monkeypatch.setattr("db.cases.bulk.pack", fail_late)
    with pytest.raises(MemoryError):
        import_ledger(register, path)
    assert (find_cases(register, "").total, organ_names(register)) == (0, ())


def test_an_import_into_a_kept_register_makes_a_copy_first(
    register: Register, tmp_path: Path
) -> None:
    bring(register, tmp_path, {})
    assert not (tmp_path / "backups").exists()
    bring(register, tmp_path, {})
    (copy,) = (tmp_path / "backups").iterdir()
    with open_register(str(copy)) as before:
        assert find_cases(before, "").total == 1


def test_files_that_are_no_ledger(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = ledger(tmp_path / "good.xlsx", {})
    for name, content in {
        "junk.xlsx": bytes(range(256)) * 9,
        "empty.xlsx": b"",
        "cut.xlsx": good.read_bytes()[:-200],
        "zip.xlsx": b"PK\x05\x06" + bytes(18),
        "old.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "junk.csv": bytes(range(256)) * 9,
        "nul.csv": "a,b".encode("utf-16-le"),
        "quote.csv": '收到日期,申请人\n"2025'.encode(),
        "half.csv": "\ufeff收到".encode("utf-16-le")[:-1],
        "a.pdf": b"%PDF",
        "a.xls": b"",
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Unreadable, match=name):
            import_ledger(register, path)
    for missing in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(NotFound, match="没有找到文件"):
            import_ledger(register, missing)
    with pytest.raises(Unreadable, match="无法读取"):
        import_ledger(register, tmp_path / f"{'长' * 300}.csv")
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    with pytest.raises(Unreadable, match="展开后过大"):
        import_ledger(register, good)
    monkeypatch.undo()
    monkeypatch.setattr(named_cells, "MOST_ROWS", 1)
    with pytest.raises(Unreadable, match="超过1行"):
        import_ledger(register, ledger(tmp_path / "long.xlsx", {}, {}))
    assert find_cases(register, "").total == 0
