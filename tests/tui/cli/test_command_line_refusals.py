"""The command line at fault: exit status 1 or 2, one sentence, and nothing changed."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from pathlib import Path

import pytest

from tests.support.commands import NEW, Taizhang, refused
from tests.support.steps import dump
from tui.desk.faults import log_path


@pytest.mark.parametrize(
    "arguments",
    [
        ("frob",),
        ("new",),
        ("new", "--applicant", "张三"),
        (*NEW, "--kind", "外星人"),
        (*NEW, "--channel", "飞鸽"),
        (*NEW, "--received", "2026-02-30"),
        (*NEW, "--received", "不知道"),
        (*NEW, "--frob", "x"),
        ("show",),
        ("show", "1", "2"),
        ("log", "2026-0001", "decided"),
        ("log", "2026-0001", "received", "--on", "2026-03-05"),
        ("log", "2026-0001", "corrected", "--on", "2026-03-05"),
        ("log", "2026-0001", "frob", "--on", "2026-03-05"),
        ("log", "2026-0001", "decided", "--on", "2026-03-05", "--outcome", "3.3.9"),
        ("log", "2026-0001", "extended", "--on", "2026-03-05", "--days", "-1"),
        ("log", "2026-0001", "fee_paid", "--on", "2026-03-05", "--amount", "1.005"),
        ("log", "2026-0001", "fee_paid", "--on", "2026-03-05", "--amount", "NaN"),
        ("log", "2026-0001", "fee_paid", "--on", "2026-03-05", "--amount", "-1"),
        ("log", "2026-0001", "fee_paid", "--on", "2026-03-05", "--amount", "1e999999999"),
        ("find", "--limit", "x"),
        ("find", "--limit"),
        ("due", "--days", "1.5"),
        ("report",),
        ("report", "2026", "--as-of", "0001-01-01T00:00:00"),
        ("report", "今年"),
        ("report", "1949"),
        ("report", "２０２６"),
        ("report", "2026", "--form", "2020"),
        ("check", "2026", "--form", "2019"),
        ("demo", "--cases", "-1"),
        ("--db",),
    ],
)
def test_a_wrong_command_line(taizhang: Taizhang, arguments: tuple[str, ...]) -> None:
    before = dump(os.environ["TAIZHANG_DB"])
    assert taizhang(*arguments).out == ""
    for asked in (("--json", *arguments), (*arguments, "--json")):
        answer = taizhang(*asked)
        refused(answer, 2)
        assert answer.out.startswith("{")
    assert dump(os.environ["TAIZHANG_DB"]) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("frob",), "没有命令“frob”；可用：new、log"),
        (("new", "--kind", "自然人"), "缺少参数 --applicant、--channel、--received、--subject"),
        (("show",), "缺少参数 NO"),
        (("show", "1", "2"), "无法识别的参数 2"),
        (("find", "--limit"), "参数 --limit 后面须写一个值"),
        (("report", "2026", "--form", "2020"), "没有 --form“2020”；可用：2019、2021"),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese(
    taizhang: Taizhang, arguments: tuple[str, ...], said: str
) -> None:
    told = refused(taizhang(*arguments), 2)
    assert said in told
    assert told.strip().endswith("--help 查看用法。")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.csv", "--find", "收到:2026-13"), "“2026-13”不是日期或时段"),
        (("--all", "a", "--find", "吴"), "不能与文件名、--year、--find"),
        (("--find", "吴", "a.csv"), "文件名请写在 --find 之前：taizhang export a.csv --find"),
    ],
)
def test_what_is_found_is_exported_to_a_file_or_refused(
    taizhang: Taizhang, arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    taizhang(*NEW)
    assert said in refused(taizhang("export", *arguments), 2)
    assert not list(tmp_path.glob("a*"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*NEW, "--received", "2026-03-11"), "还没有发生"),
        ((*NEW, "--no", "2026-0001"), "已经用过"),
        ((*NEW, "--subject", " "), "申请内容"),
        ((*NEW, "--subject", "\udcff"), "无法保存的字符"),
        (("show", "2026-0009"), "2026-0009"),
        (("show", "\udcff"), "字符"),
        (("log", "2026-0009", "note", "--on", "2026-03-05", "--note", "x"), "2026-0009"),
        (("log", "2026-0001", "note", "--on", "2026-03-01", "--note", "x"), "早于收到"),
        (("log", "2026-0001", "decided", "--on", "2026-03-05"), "办理结果"),
        (("log", "2026-0001", "note", "--on", "2026-03-05", "--outcome", "3.1"), "不带办理结果"),
        (("correct", "2026-0001", "1", "--reason", "x", "--void"), "作废"),
        (("correct", "2026-0001", "99", "--reason", "x", "--void"), "99"),
        (("import", "无.xlsx"), "没有找到文件"),
        (("import", "x" * 300 + ".csv"), "无法读取"),
        (("export", "a.pdf"), "a.pdf"),
        (("export", "无/a.csv"), "文件夹"),
        (("report", "2026", "--organ", "丙局"), "丙局"),
        (("--db", "无.db", "find"), "没有找到登记簿"),
        (("--db", "mysql://x/y", "find"), "SQLite"),
        (("--db", "postgresql://127.0.0.1:1/y", "find"), "没有应答"),
        (("--db", ".", "find"), "文件夹"),
    ],
)
def test_wrong_data(
    taizhang: Taizhang,
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taizhang(*NEW)
    monkeypatch.chdir(tmp_path)
    before = dump(os.environ["TAIZHANG_DB"]), sorted(tmp_path.iterdir())
    answer = taizhang(*arguments)
    assert said in refused(answer, 1)
    assert answer.out == ""
    answer = taizhang(*arguments, "--json")
    assert json.loads(answer.out)["error"] == refused(answer, 1)
    assert (dump(os.environ["TAIZHANG_DB"]), sorted(tmp_path.iterdir())) == before


def test_a_damaged_ledger_makes_no_register(taizhang: Taizhang, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK junk")
    assert "a.xlsx" in refused(taizhang("import", path), 1)
    refused(taizhang("--db", tmp_path / "new.db", "import", tmp_path / "none.xlsx"), 1)
    refused(taizhang("--db", tmp_path / "new.db", "import", path), 1)
    refused(taizhang("--db", tmp_path / "new.db", *NEW, "--received", "2026-03-11"), 1)
    assert not [name for name in os.listdir(tmp_path) if name.startswith("new.db")]


def test_json_may_be_asked_for_anywhere(taizhang: Taizhang) -> None:
    assert taizhang("--json", "find").document == taizhang("find", "--json").document
    assert taizhang("--json", "dispute", "list", "--json").document == {"disputes": []}
    assert taizhang("--version", "--json").document["version"]
    assert "一个命令" in refused(taizhang("--json"), 2)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MemoryError(), "内存不足"),
        (OSError(errno.EMFILE, "张三"), "打开的文件太多"),
        (KeyboardInterrupt(), "已取消"),
    ],
)
def test_what_the_machine_has_too_little_of_is_said(
    taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch, fault: BaseException, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("db.lookup.find.find_cases", fail)
    answer = taizhang("find", "--json")
    assert said in refused(answer, 1)
    assert answer.out


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        ("SQLITE_IOERR_SHMSIZE", False),
        ("SQLITE_BUSY", False),
        ("SQLITE_CANTOPEN", False),
        ("SQLITE_IOERR_READ", True),
        ("SQLITE_CORRUPT_VTAB", True),
    ],
)
def test_a_full_disk_is_not_blamed_on_the_register(
    taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch, name: str, damaged: bool
) -> None:
    """Else the clerk would bring back an older copy of a register that is whole."""
    fault = sqlite3.OperationalError("张三")
    fault.sqlite_errorname = name

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("db.opening.Register.reading", fail)
    answer = taizhang("verify")
    assert answer.status == 1
    assert ("restore" in answer.out) == damaged
    assert bool(answer.err) != damaged


@pytest.mark.usefixtures("faulty")
def test_the_unexpected_is_numbered_and_names_nobody(
    taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch
) -> None:
    taizhang(*NEW)

    def fail(*_: object, **__: object) -> None:
        secret = "李四光"
        raise RuntimeError(f"王五 {secret}")

    monkeypatch.setattr("db.lookup.find.find_cases", fail)
    answer = taizhang("find", "赵六")
    assert (answer.status, answer.out) == (1, "")
    assert "Traceback" not in answer.err
    number = answer.err.split("编号 ")[1][:6]
    log = log_path().read_text(encoding="utf-8")
    assert number in log
    assert "RuntimeError" in log
    for name in ("张三", "李四光", "王五", "赵六", "征地"):
        assert name not in log + answer.err
    assert "登记簿刚核对过，完好" in answer.err
    monkeypatch.setattr("db.opening.open_as_it_is", fail)
    answer = taizhang("find", "赵六")
    assert "没有核对，不排除损坏" in answer.err
    assert "完好" not in answer.err


def test_half_a_character_is_no_accident(taizhang: Taizhang) -> None:
    """From a terminal of another encoding."""
    taizhang(*NEW)
    assert "意外" not in taizhang("find", "\udcff").err


def test_a_huge_file_is_no_notice(taizhang: Taizhang, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * (2 << 20))
    sentence = refused(taizhang("calendar", "import", tmp_path / "a.txt"), 1)
    assert "a.txt 过大" in sentence
