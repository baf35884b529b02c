"""Answers that cannot be given: what is stored is said, and the exit status is ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.at_once import open_register
from tests.support.commands import NEW, Taizhang, refused
from tests.support.examples import often

pytestmark = pytest.mark.skipif(os.name == "nt", reason="streams and devices of POSIX")

TAIZHANG = (sys.executable, "-m", "tui")
UNTOLD = "已登记 2026-0001；但结果未能写到输出：{}。请不要重做。\n"


@pytest.fixture
def path(empty_register_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = Path(shutil.copy(empty_register_file, tmp_path / "register.db"))
    monkeypatch.setenv("TAIZHANG_DB", str(path))
    return path


def program(
    *command: str | bytes, stdout: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    return subprocess.run(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )


def full() -> int:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is full")
    return os.open("/dev/full", os.O_WRONLY)


def broken() -> int:
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def cases(path: Path) -> int:
    with open_register(str(path)) as register, register.reading() as tx:
        return int(tx.connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one())


@pytest.mark.parametrize(
    ("json_too", "end", "why"),
    often([(False, full, "磁盘已满"), (True, broken, "读取结果的程序已经关闭")], 1),
)
def test_an_entry_that_cannot_be_answered_is_told_by_its_number(
    path: Path, json_too: bool, end: Callable[[], int], why: str
) -> None:
    """Else a script that tries again makes a second case of it."""
    stdout = end()
    done = program(*TAIZHANG, *NEW, *["--json"] * json_too, stdout=stdout)
    os.close(stdout)
    assert done.returncode == 1
    assert done.stderr.endswith(UNTOLD.format(why))
    assert cases(path) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    often(
        [
            ((*NEW, "--json"), UNTOLD.format("标准输出已经关闭")),
            (("find", "--json"), "结果未能写到输出：标准输出已经关闭。\n"),
        ],
        1,
    ),
)
def test_a_closed_output_is_told(path: Path, arguments: tuple[str, ...], said: str) -> None:
    shut = ("/bin/sh", "-c", 'exec "$@" >&-', "-")
    done = program(*shut, *TAIZHANG, *arguments)
    assert (done.returncode, done.stderr) == (1, said)
    assert cases(path) == (arguments[0] == "new")


def test_help_that_cannot_be_written_is_told() -> None:
    stdout = full()
    done = program(*TAIZHANG, "--help", stdout=stdout)
    os.close(stdout)
    assert (done.returncode, done.stderr) == (1, "结果未能写到输出：磁盘已满。\n")


def test_a_reader_who_has_seen_enough_is_told_nothing(path: Path) -> None:
    stdout = broken()
    done = program(*TAIZHANG, "find", stdout=stdout)
    os.close(stdout)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.usefixtures("path")
def test_without_any_locale_arguments_and_files_have_their_names(tmp_path: Path) -> None:
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = program(*TAIZHANG, *NEW, "--json", **bare)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["applicant"] == "张三"
    done = program(*TAIZHANG, "export", str(tmp_path / "台账.csv"), **bare)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "台账.csv").is_file()


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (RuntimeError("张三"), "显示结果时程序遇到意外，编号 "),
        (KeyboardInterrupt(), "显示结果时被取消。"),
    ],
)
def test_whatever_hinders_an_answer_what_is_stored_is_said(
    taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch, fault: BaseException, said: str
) -> None:
    taizhang(*NEW)

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("tui.cli.answers.case_document", fail)
    monkeypatch.setattr("tui.cli.answers.dispute_document", fail)
    dispute = ("dispute", "new", "--case", "2026-0001", "--block", "review", "--on", "2026-03-09")
    for arguments, done in (
        (NEW, "已登记 2026-0002；但"),
        (("log", "2026-0001", "note", "--on", "3-5", "--note", "x"), "“备注”已登记；但"),
        (("correct", "2026-0001", "1", "--reason", "x", "--subject", "乙"), "条记录已更正；但"),
        (dispute, "已登记第 1 号复议诉讼；但"),
    ):
        sentence = refused(taizhang(*arguments, "--json"), 1)
        assert done + said in sentence
        assert "张三" not in sentence
        assert sentence.endswith("请不要重做。")


@pytest.mark.parametrize("name", ["error", "证"])
def test_no_escape_reaches_the_terminal(taizhang: Taizhang, name: str) -> None:
    """Nor what reorders or hides: in an error, which quotes what was typed, nor in JSON."""
    evil = f"\x1b[31m{name}\x9b2J\u202e\u061c\u2028\n\U000e0041\x07"
    for arguments in (
        ("find", "--limit", evil),
        (evil,),
        ("show", evil),
        (*NEW, "--kind", evil),
        ("--db", evil, "find"),
        (*NEW, f"--{evil}"),
    ):
        answer = taizhang(*arguments)
        assert answer.out == ""
        assert seen(answer.err) == answer.err
        assert len(answer.err.splitlines()) == 1
    assert taizhang(*NEW, "--note", evil).status == 0
    answer = taizhang("find", evil, "--json")
    assert seen(answer.out) == answer.out
    assert answer.document["query"] == evil


def seen(text: str) -> str:
    """The text without what a terminal would obey or hide."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in HIDDEN)


HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
