"""Where papers may be written: never over the register, and under an ending that says what it is."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import RegisterError
from exports.ledger import write_file
from exports.paper_file import drafting, replacing, sweep
from exports.report import workbook
from tests.support.at_once import open_register, organ_names
from tests.support.commands import NEW
from tests.support.examples import often
from tui.cli.main import run


@pytest.mark.parametrize("name", ["register.db", "报告", "报告.xls", "报告.pdf"])
def test_a_report_is_a_workbook(
    empty_register_file: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)
    assert run(["--db", str(path), *NEW]) == 0
    before = path.read_bytes()
    assert run(["--db", str(path), "report", "2025", "--xlsx", str(tmp_path / name)]) == 1
    assert f"{tmp_path / name} 应以 .xlsx 结尾" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["report 2025 --xlsx", "export"])
@pytest.mark.parametrize("link", ["hardlink_to", "symlink_to"])
def test_no_paper_is_put_in_the_registers_place(
    empty_register_file: Path,
    tmp_path: Path,
    command: str,
    link: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path, other = tmp_path / "台账.xlsx", tmp_path / "年报.xlsx"
    shutil.copy(empty_register_file, path)
    getattr(other, link)(path)
    assert run(["--db", str(path), *NEW]) == 0
    for target in (path, other):
        assert run(["--db", str(path), *command.split(), str(target)]) == 1
        assert "登记簿本身" in capsys.readouterr().err
    with open_register(str(path)) as register:
        assert organ_names(register) == ("本机关",)
    assert sorted(tmp_path.glob("*.xlsx")) == sorted([path, other])


@pytest.mark.parametrize("command", ["report 2026 --xlsx", "export"])
def test_a_paper_that_cannot_be_written_is_not_the_registers_fault(
    empty_register_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "磁盘已满")

    monkeypatch.setattr(write_file, "_write_xlsx", full)
    monkeypatch.setattr(workbook, "_compose", full)
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)
    assert run(["--db", str(path), *NEW]) == 0
    assert run(["--db", str(path), *command.split(), str(tmp_path / "a.xlsx")]) == 1
    assert f"{tmp_path / 'a.xlsx'} 无法写入" in capsys.readouterr().err


@pytest.fixture
def register_file(tmp_path: Path) -> Path:
    """A register as papers know it: a file, in a folder of its own."""
    path = tmp_path / "own" / "register.db"
    path.parent.mkdir()
    path.touch()
    return path


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps its own rights, kills and limits")

KILLED = """
import os, signal, sys
from exports.{module} import {name} as module
module.{cut} = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
from tui.cli.main import run
run(sys.argv[1:])
"""


@POSIX
@pytest.mark.parametrize(
    ("command", "cut"),
    often(
        [
            (("export", "台账.xlsx"), ("spreadsheet", "sheet", "Book.save")),
            (("export", "台账.csv"), ("ledger", "write_file", "guard")),
            (
                ("report", "2026", "--xlsx", "年报.xlsx"),
                ("report", "workbook", "check_sheet.write"),
            ),
        ],
        1,
    ),
)
def test_what_a_killed_export_leaves_is_gone_at_the_next_start(
    empty_register_file: Path, tmp_path: Path, command: tuple[str, ...], cut: tuple[str, str, str]
) -> None:
    """It names people: it stands in one private folder, and no draft of a sheet elsewhere."""
    register, out, temporary = (tmp_path / name for name in ("own", "out", "tmp"))
    for folder in (register, out, temporary):
        folder.mkdir()
    path = register / "register.db"
    shutil.copy(empty_register_file, path)
    assert run(["--db", str(path), *NEW]) == 0
    before = everything(register)
    arguments = ["--db", str(path), *command[:-1], str(out / command[-1])]
    code = KILLED.format(module=cut[0], name=cut[1], cut=cut[2])
    killed = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"TMPDIR": str(temporary)},
        check=False,
    )
    assert killed.returncode == -9
    (left,) = out.iterdir()
    assert stat.S_IMODE(left.stat().st_mode) == 0o700
    assert len(list(left.iterdir())) > 1
    assert everything(temporary) == []
    assert run(["--db", str(path), "find", "张三"]) == 0
    assert everything(out) == []
    assert everything(register) == before


def test_what_is_being_written_is_left_alone(tmp_path: Path, register_file: Path) -> None:
    path = tmp_path / "台账.csv"
    with replacing(path, register_file) as draft:
        draft.write_bytes(b"whole")
        sweep(path.parent)  # by the next paper there
        sweep(register_file.parent)  # by the next start, which follows the note
        assert len(everything(register_file.parent)) == 2
    assert path.read_bytes() == b"whole"
    assert everything(tmp_path) == ["own", "own/register.db", path.name]


def test_a_folder_that_its_program_could_not_empty_is_swept_at_the_next_start(
    tmp_path: Path, register_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_many_open(_: object) -> list[str]:
        raise OSError(errno.EMFILE, "too many open files")

    out = tmp_path / "out"
    out.mkdir()
    with monkeypatch.context() as short, drafting(out, register_file.parent) as folder:
        (folder / "paper.csv").touch()
        short.setattr(os, "listdir", too_many_open)
    assert everything(out)
    sweep(register_file.parent)
    assert everything(out) == []
    assert everything(register_file.parent) == ["register.db"]


def test_only_what_is_ours_is_swept(tmp_path: Path) -> None:
    """A folder of that name may be a link, and a note may say anything."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "held").touch()
    (kept / "letter.txt").touch()
    (tmp_path / ".taizhang-0123456789abcdef.tmp").symlink_to(kept)
    (tmp_path / ".taizhang-0123456789abcdef.note").write_bytes(os.fsencode(kept))
    (tmp_path / ".taizhang-x.tmp").mkdir()
    before = everything(tmp_path)
    sweep(tmp_path)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("told", ["", ".taizhang-0123456789abcdef.tmp"])
def test_a_note_that_leads_to_nothing_goes(tmp_path: Path, told: str) -> None:
    """Its program was killed before it had written it, before the folder was there, or after."""
    note = tmp_path / ".taizhang-0123456789abcdef.note"
    note.write_bytes(os.fsencode(tmp_path / told) if told else b"")
    sweep(tmp_path)
    assert everything(tmp_path) == []


def test_the_note_stands_before_the_folder(
    tmp_path: Path, register_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the two, nothing of the paper is left that nobody knows of."""
    noted: list[bytes] = []

    def made(folder: Path, **_: object) -> None:
        noted.extend(path.read_bytes() for path in register_file.parent.glob("*.note"))
        assert noted == [os.fsencode(folder)]
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", made)
    with pytest.raises(RegisterError), replacing(tmp_path / "台账.csv", register_file):
        pass
    assert noted
    assert everything(register_file.parent) == [register_file.name]


def test_another_machine_s_drafts_are_given_a_day(tmp_path: Path) -> None:
    """On a shared folder its locks may not be seen here."""
    left = tmp_path / ".taizhang-0123456789abcdef.tmp"
    left.mkdir()
    (left / "held").write_text("another", encoding="utf-8")
    sweep(tmp_path)
    assert left.exists()
    os.utime(left, (0, 0))
    sweep(tmp_path)
    assert not left.exists()


def test_a_link_stays_and_what_it_points_at_is_replaced(
    tmp_path: Path, register_file: Path
) -> None:
    real, link = tmp_path / "share" / "台账.csv", tmp_path / "台账.csv"
    real.parent.mkdir()
    real.write_bytes(b"older")
    link.symlink_to(real)
    with replacing(link, register_file) as draft:
        draft.write_bytes(b"newer")
    assert link.is_symlink()
    assert real.read_bytes() == b"newer"
    turning = tmp_path / "圈.csv"
    turning.symlink_to(turning)
    device = tmp_path / "空.csv"
    device.symlink_to(os.devnull)
    for path, said in ((turning, "链接形成循环"), (device, "不是普通文件")):
        with pytest.raises(RegisterError, match=said), replacing(path, register_file):
            pass


def test_a_name_may_be_as_long_as_the_system_allows(register_file: Path) -> None:
    path = register_file.with_name("长" * 83 + "ab.csv")
    assert len(os.fsencode(path.name)) == 255
    for content in (b"one", b"two"):
        with replacing(path, register_file) as draft:
            draft.write_bytes(content)
        assert path.read_bytes() == content
    longer = path.with_name("x" + path.name)
    with (
        pytest.raises(RegisterError, match="名称太长"),
        replacing(longer, register_file),
    ):
        pass
    assert everything(path.parent) == ["register.db", path.name]


def test_a_paper_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, register_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def replaced(old: Path, new: Path) -> None:
        done.append("replace")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    with replacing(tmp_path / "台账.csv", register_file, lambda: done.append("last")):
        pass
    assert done[:3] == ["file", "last", "replace"]
    assert os.name == "nt" or done[3:] == ["folder"]


@POSIX
@pytest.mark.parametrize("name", often(["台账.xlsx", "台账.csv"], 1))
def test_a_paper_that_outgrows_the_limit_is_told_in_one_sentence(
    empty_register_file: Path, tmp_path: Path, name: str
) -> None:
    path, paper = tmp_path / "register.db", tmp_path / name
    shutil.copy(empty_register_file, path)
    assert run(["--db", str(path), *NEW, "--note", "长" * 20_000]) == 0
    paper.write_bytes(b"older")
    before = everything(tmp_path)
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
    code += "from tui.cli.main import run; sys.exit(run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "--db", path, "export", paper],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{paper} 无法写入：文件太大，超过了系统允许的大小。\n"
    assert paper.read_bytes() == b"older"
    assert everything(tmp_path) == before
