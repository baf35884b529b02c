"""`backup`, `backups` and `restore`, as scripts and people call them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from db.maintenance import restoring
from tests.support.commands import NEW, Taizhang, refused
from tests.support.old_registers import make_at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


def test_a_copy_is_made_listed_and_brought_back(taizhang: Taizhang, tmp_path: Path) -> None:
    assert taizhang(*NEW).status == 0
    made = taizhang("backup", "--json").document
    assert (made["cases"], made["ok"], made["problems"]) == (1, True, [])
    assert taizhang(*NEW).status == 0
    (listed,) = taizhang("backups", "--json").document["backups"]
    assert (listed["file"], listed["reason"], listed["whole"]) == (made["file"], "asked", True)
    assert listed["records"] == made["records"]
    assert listed["bytes"] == Path(made["file"]).stat().st_size
    done = taizhang("restore", made["file"], "--yes", "--json").document
    assert done["lost"] == {"cases": ["2026-0002"], "records": {}, "others": {}}
    assert done["brought"] == {"cases": [], "records": {}, "others": {}}
    assert (done["restored"], done["ok"], done["present"]) == (True, True, "whole")
    assert taizhang("find", "--json").document["total"] == 1
    back = taizhang("restore", done["kept"], "--yes")
    assert "恢复后将找回：1 件申请（2026-0002）" in back.out
    assert "核对一致" in back.out
    assert taizhang("find", "--json").document["total"] == 2
    assert taizhang("verify").status == 0


def test_a_copy_goes_where_it_is_told_to(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang(*NEW)
    folder = tmp_path / "usb" / "copies"
    mask = os.umask(0)
    try:
        answer = taizhang("backup", folder)
    finally:
        os.umask(mask)
    assert (answer.status, answer.err) == (0, "")
    (copy,) = folder.iterdir()
    if os.name != "nt":
        assert [p.stat().st_mode & 0o077 for p in (folder.parent, folder, copy)] == [0, 0, 0]
    assert answer.out == f"{copy}\n"
    assert "还没有备份" in taizhang("backups").out


def test_the_list_can_be_read(taizhang: Taizhang) -> None:
    taizhang(*NEW)
    taizhang("backup")
    (line,) = taizhang("backups").out.splitlines()
    for said in ("2026-03-10", "手动", "条记录", "KB", "完好", ".db"):
        assert said in line


def test_without_a_yes_nothing_is_restored(
    taizhang: Taizhang, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taizhang(*NEW)
    file = taizhang("backup", "--json").document["file"]
    taizhang(*NEW)
    before = path.read_bytes()
    answer = taizhang("restore", file)
    assert answer.status == 1
    assert "恢复后将失去：1 件申请（2026-0002）" in answer.out
    assert "没有任何改动" in answer.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(("typed", "cases"), [("y\n", 1), ("\n", 2), ("n\n", 2), ("", 2)])
def test_at_a_terminal_it_asks(
    taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch, typed: str, cases: int
) -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    taizhang(*NEW)
    file = taizhang("backup", "--json").document["file"]
    taizhang(*NEW)
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    answer = taizhang("restore", file)
    assert "要恢复吗" in answer.err
    assert answer.status == (0 if cases == 1 else 1)
    assert taizhang("find", "--json").document["total"] == cases


def test_a_damaged_register_and_one_that_has_gone_are_restored(
    taizhang: Taizhang, path: Path
) -> None:
    taizhang(*NEW)
    file = taizhang("backup", "--json").document["file"]
    path.write_bytes(b"damaged" * 1000)
    assert taizhang("find").status == 1
    done = taizhang("restore", file, "--yes", "--json").document
    assert (done["present"], done["lost"], done["ok"]) == ("damaged", None, True)
    assert Path(done["kept"]).read_bytes() == b"damaged" * 1000
    path.unlink()
    done = taizhang("restore", file, "--yes", "--json").document
    assert (done["present"], done["kept"]) == ("missing", None)
    assert taizhang("find", "--json").document["total"] == 1


def test_whoever_is_interrupted_over_it_is_not_told_that_records_are_missing(
    taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch
) -> None:
    taizhang(*NEW)
    file = taizhang("backup", "--json").document["file"]
    taizhang(*NEW)

    def interrupted(register: Path, new: Path, *rest: object) -> None:
        write_over(register, new, *rest)
        raise KeyboardInterrupt

    write_over: Callable[..., object] = restoring._write_over
    monkeypatch.setattr(restoring, "_write_over", interrupted)
    assert "已取消" in taizhang("restore", file, "--yes").err
    found = taizhang("find", "--json")
    assert (found.document["total"], found.err) == (1, "")


def test_an_older_copy_is_upgraded_and_proved(
    taizhang: Taizhang, path: Path, tmp_path: Path
) -> None:
    old = make_at(tmp_path / "old.db", "0002")
    answer = taizhang("restore", old, "--yes")
    assert (answer.status, "核对一致" in answer.out) == (0, True)
    assert taizhang("verify").status == 0


def test_what_cannot_be_restored_is_one_sentence(taizhang: Taizhang, tmp_path: Path) -> None:
    assert "没有找到文件" in refused(taizhang("restore", tmp_path / "nothing.db", "--yes"), 1)
    assert "无法读取" in refused(taizhang("restore", "x" * 5000, "--yes"), 1)
    (tmp_path / "text.db").write_text("no database, but long enough to be one" * 99)
    assert "不是登记簿" in refused(taizhang("restore", tmp_path / "text.db", "--yes"), 1)
    (tmp_path / "backups").write_text("a file where the folder should be")
    assert "无法把登记簿备份" in refused(taizhang("backup"), 1)
    assert "备份文件夹" in refused(taizhang("backups"), 1)


def test_a_register_that_does_not_verify_is_told_of(taizhang: Taizhang, path: Path) -> None:
    taizhang(*NEW)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE cases SET subject = '别的内容'")
    connection.close()
    answer = taizhang("backup")
    assert answer.status == 1
    assert answer.out.endswith("-有误.db\n")
    assert "没有通过核对" in answer.err


def test_the_days_first_record_is_preceded_by_a_copy(
    taizhang: Taizhang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taizhang(*NEW)
    taizhang(*NEW)
    assert not (tmp_path / "backups").exists()
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-11")
    taizhang("find")
    assert not (tmp_path / "backups").exists()
    for _ in range(2):
        answer = taizhang(*NEW)
        assert (answer.status, answer.err) == (0, "")
        (copy,) = taizhang("backups", "--json").document["backups"]
        assert (copy["reason"], copy["whole"]) == ("daily", True)
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-12")
    for copy in (tmp_path / "backups").iterdir():
        copy.unlink()
    (tmp_path / "backups").rmdir()
    (tmp_path / "backups").write_text("a file where the folder should be")
    answer = taizhang(*NEW)
    assert answer.status == 0
    assert "今天的备份没有完成：无法把登记簿备份到" in answer.err
