"""`retain`: what is past its period is listed, erased on request, and gone from the copies too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.commands import Taizhang
from tests.support.tampering import verified
from tui.desk.lookups import add_earlier_lookup, earlier_lookups

NAME = "司马相如"


@pytest.fixture
def path(taizhang: Taizhang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "register.db"
    monkeypatch.setenv("TAIZHANG_DB", str(path))
    monkeypatch.setenv("TAIZHANG_TODAY", "2015-05-01")
    new = ("new", "--applicant", NAME, "--kind", "natural_person", "--channel", "in_person")
    taizhang(*new, "--received", "2015-03-02", "--subject", "某事")
    taizhang("log", "2015-0001", "decided", "--on", "2015-03-20", "--outcome", "3.1")
    taizhang("backup")
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-10")
    return path


def holding(folder: Path) -> list[str]:
    return [
        str(Path(root) / name)
        for root, _, names in os.walk(folder)
        for name in names
        if NAME.encode() in (Path(root) / name).read_bytes()
    ]


def test_nothing_is_past_a_period_that_was_never_set(taizhang: Taizhang, path: Path) -> None:
    assert "还没有设定保存期限" in taizhang("retain").out
    answer = taizhang("retain", "--erase", "--json").document
    assert (answer["years"], answer["cases"], answer["erased"]) == (None, [], 0)
    assert holding(path.parent)


def test_listed_then_erased_everywhere(taizhang: Taizhang, path: Path) -> None:
    told = taizhang("retain", "--years", "10").out
    assert "2015-0001" in told
    assert NAME not in told
    (copy,) = (path.parent / "backups").glob("*.db")
    assert "此前的 1 份备份也会删去" in told
    copy.with_name(f"{copy.name}-wal").write_text(NAME, "utf-8")  # as of one kept aside
    assert len(holding(path.parent)) >= 2  # the register and its copy
    add_earlier_lookup(NAME)
    answer = taizhang("retain", "--erase", "--json").document
    assert (answer["years"], answer["erased"]) == (10, 1)
    assert earlier_lookups() == []
    assert holding(path.parent) == []
    assert Path(answer["backup"]).is_file()
    assert verified(path).problems == ()
    assert taizhang("show", "2015-0001", "--json").document["applicant"] == "已按保存期限清除"
    assert taizhang("retain", "--json").document["cases"] == []


def test_a_period_that_is_none_is_refused(taizhang: Taizhang, path: Path) -> None:
    answer = taizhang("retain", "--years", "0")
    assert (answer.status, answer.out) == (1, "")
    assert "1至100年" in answer.err
