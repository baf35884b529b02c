"""`move`: what it answers, what it says of the register it leaves, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.commands import NEW, Taizhang, refused
from tests.support.servers import Server


@pytest.fixture
def path(taizhang: Taizhang, tmp_path: Path) -> Path:
    assert taizhang(*NEW).status == 0
    return tmp_path / "register.db"


def test_there_and_back_with_equal_digests(
    taizhang: Taizhang, path: Path, tmp_path: Path, server: Server
) -> None:
    before = taizhang("verify", "--json").document
    there, back = server.new(empty=True), tmp_path / "back.db"
    moved = taizhang("move", there, "--json").document
    assert moved == {
        "from": str(path),
        "to": there.replace("postgres@", "用户@"),
        "cases": 1,
        "events": 1,
        "digest": before["digest"],
        "copy": False,
        "backup": moved["backup"],
    }
    assert Path(moved["backup"]).parent == path.parent / "backups"
    assert taizhang("--db", there, "verify", "--json").document == before
    moved = taizhang("--db", there, "move", back, "--json").document
    assert (moved["digest"], moved["backup"]) == (before["digest"], None)
    assert taizhang("--db", back, "verify", "--json").document == before
    assert taizhang("--db", back, *NEW).out.startswith("2026-0002")


def test_the_register_it_leaves_says_where_it_went(
    taizhang: Taizhang, path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new place" / "register.db"
    told = taizhang("move", target)
    assert told.status == 0
    assert f"已迁到 {target}：1 件申请，1 条办理记录，核对一致。" in told.out
    assert f"{path} 从此只能查看；请用 --db '{target}' 打开新的。" in told.out
    read = taizhang("find", "张三", "--json")
    assert json.loads(read.out)["total"] == 1
    assert read.err == (
        f"登记簿已于2026-03-10迁往 {target}，这里的只能查看，不再登记；请用 --db '{target}' 打开。\n"
    )
    for command in (
        NEW,
        ("log", "2026-0001", "note", "--on", "2026-03-03", "--note", "某事"),
        ("organ", "add", "某局"),
        ("retain", "--years", "10"),
        ("move", tmp_path / "third.db"),
        ("move", tmp_path / "third.db", "--copy"),
    ):
        assert refused(taizhang(*command), 1) == read.err.strip()
    assert not (tmp_path / "third.db").exists()
    assert taizhang("--db", target, *NEW).status == 0


def test_a_copy_leaves_both(taizhang: Taizhang, path: Path, tmp_path: Path) -> None:
    assert taizhang("move", tmp_path / "copy.db", "--copy").out.startswith("已复制到")
    for place in (path, tmp_path / "copy.db"):
        assert taizhang("--db", place, *NEW).err == ""


def test_what_stands_there_is_refused(taizhang: Taizhang, path: Path, tmp_path: Path) -> None:
    (tmp_path / "taken.db").write_bytes(path.read_bytes())
    assert taizhang("--db", tmp_path / "taken.db", *NEW).status == 0
    before = path.read_bytes()
    assert "已经有登记簿" in refused(taizhang("move", tmp_path / "taken.db", "--json"), 1)
    assert "就是现在的登记簿" in refused(taizhang("move", path), 1)
    assert path.read_bytes() == before


def test_no_password_is_told(taizhang: Taizhang, path: Path) -> None:
    """Of a server that is away, too."""
    address = "postgresql+psycopg://clerk:geheim@127.0.0.1:1/register"
    sentence = refused(taizhang("move", address), 1)
    assert "127.0.0.1:1/register 的服务器没有应答" in sentence
    assert "geheim" not in sentence


def test_another_register_that_stood_there_is_no_reproach(
    taizhang: Taizhang, path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "second.db"
    assert taizhang("--db", target, *NEW).status == 0
    for left in tmp_path.glob("second.db*"):
        left.unlink()
    assert taizhang("move", target).status == 0
    assert taizhang("--db", target, "verify").err == ""
