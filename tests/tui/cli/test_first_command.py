"""The first command of a register: checked before there is one, and never at others' cost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from db import opening
from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import every_case, new_case, open_register
from tui.cli.main import run

NEW = [
    "new",
    "--applicant",
    "张三",
    "--kind",
    "自然人",
    "--channel",
    "网上",
    "--subject",
    "甲",
    "--received",
    "2026-03-02",
]
HEADING = "编号,收到日期,申请人,申请人类型,申请内容\n"
ROW = "2026-0001,2026-03-02,李四,自然人,乙\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TAIZHANG_DB", str(tmp_path / "new.db"))
    return tmp_path / "new.db"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    file = tmp_path / "台账.csv"
    file.write_text(HEADING + ROW, encoding="utf-8")
    return file


@pytest.fixture
def overtaken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program makes the register, and its first case, just before ours opens it."""
    opens = opening.open_register

    def opened(location: str, *, create: bool = False, **more: Any) -> Register:
        if not path.exists():
            with opens(location, create=True, **more) as register:
                received = Event(
                    EventKind.RECEIVED,
                    register.clock.today(),
                    applicant="王五",
                    applicant_kind=ApplicantKind.NATURAL_PERSON,
                    subject="丙",
                )
                new_case(register, received)
        return opens(location, create=create, **more)

    monkeypatch.setattr(opening, "open_register", opened)


def applicants(path: Path) -> list[str | None]:
    with open_register(str(path)) as register:
        return [case.received.applicant for case in every_case(register)]


@pytest.mark.usefixtures("overtaken")
def test_a_case_registered_meanwhile_outlives_a_command_that_fails(
    path: Path, ledger: Path
) -> None:
    assert run([*NEW, "--no", "2026-0001"]) == 1
    assert applicants(path) == ["王五"]
    path.unlink()
    assert run(["import", str(ledger)]) == 1
    assert applicants(path) == ["王五"]


@pytest.mark.parametrize(
    "arguments",
    [
        [*NEW[:-1], "2026-03-11"],
        [*NEW, "--no", "长" * 41],
        ["import", "坏.csv"],
        ["import", "坏.csv", "--dry-run"],
        ["calendar", "import", "坏.csv"],
    ],
)
def test_a_first_command_that_fails_leaves_no_register(
    path: Path, ledger: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    Path("坏.csv").write_text(HEADING + ROW + ROW, encoding="utf-8")  # one number twice
    before = sorted(os.listdir())
    assert run(arguments) == 1
    assert sorted(os.listdir()) == before


def test_a_trial_needs_no_register(path: Path, ledger: Path) -> None:
    assert run(["import", str(ledger), "--dry-run"]) == 0
    assert not path.exists()
    assert run(["import", str(ledger)]) == 0
    assert applicants(path) == ["李四"]
