"""What older programs left is brought up whole: nothing lost, every figure as they showed it."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from db.errors import Unreadable
from db.maintenance.backups import list_copies
from db.maintenance.copy_check import check_file
from db.storage.register import Register
from db.storage.schema import HEAD
from tests.support.at_once import (
    MovedClock,
    find_cases,
    list_disputes,
    open_register,
    verify,
    year_report,
)
from tests.support.killed import said_by
from tests.support.old_registers import FIGURES, REGISTERS, VERSIONS, ask, left_by, records

THEIR_DAY = "2024-03-11"
"""On which those programs were last asked."""
ORGAN = "临江市自然资源局"


def test_a_register_of_every_schema_is_kept() -> None:
    assert sorted(path.stem for path in REGISTERS.glob("*.sql")) == VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_brought_up_with_all_its_records_and_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setenv("TAIZHANG_TODAY", THEIR_DAY)
    path = left_by(version, tmp_path / "register.db")
    before = records(path, version)
    with open_register(str(path)) as register:
        assert verify(register).problems == ()
        assert figures(register) == FIGURES["0001" if version == "0001" else "later"]
        assert len(list_disputes(register)) == (0 if version == "0001" else 3)
    assert records(path, version) == before
    assert ask(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    copies = list_copies(path)
    assert [copy.name.reason for copy in copies] == [f"before-{HEAD}"] * (version != HEAD)
    for copy in copies:
        found = check_file(copy.path, MovedClock().now())
        assert (found.version, found.problems) == (version, ())
        assert records(copy.path, version) == before


def figures(register: Register) -> dict[str, Any]:
    """What `figures.json` holds of a register."""
    cases = {
        row.number: [
            row.state.value,
            row.applicant,
            row.kind.value,
            said(row.due_on),
            row.provisional,
            said(row.reply_by),
            said(row.concluded_on),
            row.outcome,
        ]
        for row in find_cases(register, "", 100).cases
    }
    years = {}
    for year in (2023, 2024):
        report = year_report(register, year, ORGAN)
        years[str(year)] = {
            "filed": report.filing and report.filing.filed_at.astimezone(UTC).date().isoformat(),
            "digest": report.filing and report.filing.digest,
            "restatements": [moved.number for moved in report.restatements],
            "disputes": {block.value: list(cells) for block, cells in report.disputes.items()},
            "requests": {row.code: list(row.cells) for row in report.table.rows},
        }
    return {"cases": dict(sorted(cases.items())), "years": years}


def said(value: Any) -> str | None:
    return value and value.isoformat()


STATED = {
    "of a schema before its tables": ("0007", "0003", "不相符"),
    "of the schema just before": ("0006", "0005", "不相符"),
    "of a schema after its tables": ("0004", "0005", "不相符"),
    "of a schema that differs by indexes": ("0005", "0006", "不相符"),
    "of the newest schema": ("0006", "0007", "不相符"),
    "of the newest, over the first": ("0001", "0007", "不相符"),
    "of a newer program": ("0007", "9999", "请先升级本程序"),
    "of no program": ("0004", "0000", "版本记录无法识别（0000）"),
    "in other words": ("0004", "abc", "版本记录无法识别（abc）"),
    "not at all": ("0004", "", "版本记录无法识别（空的）"),
    "twice": ("0004", "0004 0005", "版本记录无法识别（0004、0005）"),
    "nowhere": ("0004", "no table", "版本记录（alembic_version）不见了"),
}


@pytest.mark.parametrize(("version", "stated", "sentence"), STATED.values(), ids=STATED.keys())
def test_a_version_that_cannot_be_is_told_of_and_nothing_touched(
    tmp_path: Path, version: str, stated: str, sentence: str
) -> None:
    path = left_by(version, tmp_path / "register.db")
    with closing(sqlite3.connect(path)) as connection:
        if stated == "no table":
            connection.execute("DROP TABLE alembic_version")
        else:
            connection.execute("DELETE FROM alembic_version")
            for one in stated.split():
                connection.execute("INSERT INTO alembic_version VALUES (?)", (one,))
        connection.commit()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(Unreadable) as refusal:
            open_register(str(path), create=create)
        assert sentence in str(refusal.value)
        assert str(refusal.value).count("。") <= 2
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_whenever_an_upgrade_is_killed_it_is_whole_the_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    left_by("0002", folder / "register.db")
    kills, faults = said_by("-m", "tests.support.killed", "upgrade", str(folder)).split("\n", 1)
    assert int(kills) > 10
    assert faults.strip() == ""
