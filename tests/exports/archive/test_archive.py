"""The whole register as plain files: proved by the script that goes with them, alone."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.cases.papers import attach
from db.disputes.dispute import Block
from db.errors import RegisterError
from db.storage.register import Register
from db.words.vocabulary import EventKind
from exports.archive.write import write_archive
from tests.support.at_once import correct_event, make_demo, new_dispute, open_register
from tests.support.steps import log, receive, shared_register


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register and all of it as plain files, made once."""
    folder = tmp_path_factory.mktemp("archive")
    with shared_register(folder / "register.db") as register:
        make_demo(register, cases=120)
        case = receive(register, "2026-03-02", applicant="=1+1", subject="甲\n乙")
        log(register, case, EventKind.DECIDED, "2026-03-05", outcome="3.3.4")
        first = case.entries[0].event.id
        correct_event(register, case.number, first, "记错", changes={"subject": "丙"})
        with register.writing() as tx:
            attach(tx, case.number, b"scan", "申请.pdf")
        new_dispute(register, Block.REVIEW, "市政府", date(2026, 3, 6), case=case.number)
        write_archive(register, folder / "all")
    return folder


@pytest.fixture
def archive(written: Path, tmp_path: Path) -> Path:
    """A copy of it, to be tampered with."""
    return Path(shutil.copytree(written / "all", tmp_path / "all"))


@pytest.fixture
def filled(written: Path, tmp_path: Path) -> Iterator[Register]:
    """The register it was made of, a copy."""
    with open_register(str(shutil.copy(written / "register.db", tmp_path))) as register:
        yield register


def checked(folder: Path) -> tuple[int, str]:
    """What the script says that lies in the folder, in a Python without anything of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "check.py")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
        cwd=folder,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_script_proves_it(archive: Path) -> None:
    assert checked(archive) == (0, "记录链完整，附卷材料齐全，各年度申请表与办理记录一致。\n")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("events.json", "3.3.4", "3.3.5"),
        ("events.json", "丙", "丁"),
        ("dispute_events.json", "市政府", "省政府"),
        ("chain.json", '"record": 3', '"record": 4'),
        ("year_tables.json", "[1", "[2"),
        (f"papers/{hashlib.sha256(b'scan').hexdigest()}", "scan", "scam"),
    ],
)
def test_the_script_finds_what_was_changed(archive: Path, file: str, old: str, new: str) -> None:
    change(archive / file, old, new)
    status, said = checked(archive)
    assert status == 1
    assert "不符" in said


def test_a_spreadsheet_computes_nothing_of_it(archive: Path) -> None:
    with (archive / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        *_, last = csv.DictReader(file)
    assert (last["applicant"], last["subject"]) == ("'=1+1", "丙")


def test_it_is_private_and_never_half_there(filled: Register, written: Path, archive: Path) -> None:
    assert (written / "all").stat().st_mode & 0o777 == 0o700
    assert {f.stat().st_mode & 0o777 for f in (written / "all").rglob("*") if f.is_file()} == {
        0o600
    }
    with pytest.raises(RegisterError, match="不是空文件夹"):
        write_archive(filled, archive)

    def stop(_: int) -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        write_archive(filled, archive.with_name("other"), stop)
    assert sorted(
        p.name
        for p in archive.parent.iterdir()
        if "all" in p.name or "other" in p.name or p.name.startswith(".taizhang")
    ) == ["all"]
