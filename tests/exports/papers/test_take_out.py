"""Papers taken out have their names, whatever stands in them, and nothing is written over."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from db.cases.papers import attach, papers_of
from db.errors import Unreadable
from db.storage.location import papers_folder
from db.storage.paper_store import digest_of
from db.storage.register import Register
from exports.papers.take_out import take_out
from tests.support.at_once import read_case
from tests.support.steps import receive

NAMES = {
    "申请.pdf": "申请.pdf",
    "../../x": "x",
    "-rf": "_rf",
    ".bashrc": "_bashrc",
    "~root": "_root",
    "nul.txt": "_nul.txt",
    'a<b>:"|?*.pdf': "a_b______.pdf",
    "a. . ": "a",
    "长" * 10_000 + ".pdf": "长" * 65 + ".pdf",
}


def test_every_paper_comes_out_under_its_name(register: Register, tmp_path: Path) -> None:
    case = receive(register, "2026-03-02")
    with register.writing() as tx:
        for n, name in enumerate((*NAMES, "申请.pdf")):
            case = attach(tx, case.number, f"{n}".encode(), name)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "x").write_text("mine")
    with register.reading() as tx:
        paths = take_out(tx, papers_of(case), folder)
    assert [path.name for path in paths] == [
        *(name if name != "x" else "x (2)" for name in NAMES.values()),
        "申请 (2).pdf",
    ]
    assert [path.read_text() for path in paths] == [f"{n}" for n in range(len(paths))]
    assert {path.parent for path in paths} == {folder}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths)
    assert (folder / "x").read_text() == "mine"


def test_one_changed_paper_and_none_comes_out(register: Register, tmp_path: Path) -> None:
    case = receive(register, "2026-03-02")
    with register.writing() as tx:
        attach(tx, case.number, b"a", "a")
        attach(tx, case.number, b"b", "b")
    (papers_folder(register.path) / digest_of(b"b")).write_bytes(b"c")
    with pytest.raises(Unreadable, match="改动过"), register.reading() as tx:
        take_out(tx, papers_of(read_case(register, case.number)), tmp_path / "out")
    assert not (tmp_path / "out").exists()
