"""What goes wrong names nobody: not in the log, the state folder, the temporary folder, the output."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db.cases import bulk, event_log, registering
from exports.ledger import write_file
from exports.report import source_sheet
from tests.support.commands import NEW, Taizhang
from tests.support.ledgers import ledger
from tests.support.paths import ROOT
from tests.support.seat import SeatMaker
from tui.app import TaizhangApp, open_desk
from tui.desk import faults
from tui.desk.state import state_folder
from tui.screens.case.case import CaseScreen
from tui.widgets.plain import PlainText

MARK = "欧阳无名氏"


class Named(Exception):
    """An error that says whom it concerns, in every way an error can."""

    def __init__(self) -> None:
        super().__init__(MARK, {"applicant": MARK})
        self.add_note(MARK)


def fails(*_: object, **__: object) -> Any:
    applicant = MARK
    try:
        {}[applicant]
    except KeyError as cause:
        raise Named from cause


def fails_later(real: Callable[..., Any]) -> Callable[..., Any]:
    """Fails once somebody has been written down."""
    written: list[object] = []

    def some(*told: Any, **more: Any) -> Any:
        if written:
            fails()
        if MARK in str(told):
            written.append(told)
        return real(*told, **more)

    return some


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def left_behind(*folders: Path) -> Iterator[Path]:
    """Every file that names somebody, in its name or in what it holds."""
    for folder in folders:
        for path in folder.rglob("*"):
            if MARK in path.name or (path.is_file() and MARK.encode() in path.read_bytes()):
                yield path


def logged() -> str:
    log = faults.log_path().read_text(encoding="utf-8")
    assert "Named" in log
    assert "KeyError" in log
    return log


Broken = tuple[object, str]


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("broken", "command"),
    [
        ((event_log, "pack"), "new"),
        ((registering, "append_event"), "new"),
        ((bulk, "project"), "import"),
        ((write_file, "_fitting"), "export"),
        ((write_file, "ledger_row"), "export"),
        ((source_sheet, "_values"), "report"),
    ],
)
def test_a_failed_command_leaves_no_trace_of_whom_it_concerned(
    taizhang: Taizhang,
    tmp_path: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken: Broken,
    command: str,
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    told = [MARK if word == "张三" else word for word in NEW]
    given = {
        "new": told,
        "import": ["import", ledger(tmp_path / "台账.xlsx", {"申请人": MARK})],
        "export": ["export", papers / "out.xlsx"],
        "report": ["report", "2026", "--xlsx", papers / "out.xlsx"],
    }[command]
    failing = fails
    if command in ("export", "report"):
        taizhang(*told)
        taizhang(*told)
        failing = fails_later(getattr(*broken))
    monkeypatch.setattr(*broken, failing)
    answer = taizhang(*given)
    assert answer.status == 1
    assert "编号" in answer.err
    assert MARK not in answer.out + answer.err + logged()
    assert list(left_behind(tmp_path / "home")) == []
    assert [*papers.iterdir(), *temporary.iterdir()] == []


@pytest.mark.usefixtures("faulty")
async def test_a_failed_save_keeps_what_was_typed_until_it_is_given_up(
    take_seat: SeatMaker, filled: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registering, "append_event", fails)
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill(MARK, "1", "某事")
        await seat.press("f10")
        assert "程序遇到意外，编号" in seat.text
        assert MARK not in logged()
        kept = list(left_behind(state_folder(), temporary))
        assert [path.parent.name for path in kept] == ["drafts"]
        await seat.press("escape", "y")
        assert list(left_behind(state_folder(), faults.log_path().parent, temporary)) == []


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("where", ["get_content_height", "_show"])
async def test_what_cannot_be_painted_is_not_named(
    take_seat: SeatMaker,
    filled: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    async with take_seat(filled) as seat:
        with monkeypatch.context() as patch:
            if where == "_show":
                patch.setattr(CaseScreen, where, fails)
            else:
                real = getattr(PlainText, where)

                def some(text: PlainText, *told: Any) -> int:
                    return fails() if "剩余" in text.plain else real(text, *told)

                patch.setattr(PlainText, where, some)
            await seat.press("j", "enter")
            assert "程序遇到意外，编号" in seat.text
            assert MARK not in seat.text
        assert MARK not in logged()
        assert list(left_behind(state_folder(), faults.log_path().parent, temporary)) == []


STRAYS = f"""
import asyncio, gc, logging, sys, threading, warnings
from tui.desk.strays import watch_strays
watch_strays()

def fail():
    raise ValueError("{MARK}")

class Last:
    def __del__(self):
        fail()

async def forgotten():
    fail()

async def main():
    asyncio.ensure_future(forgotten())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()

threading.Thread(target=fail).start()
asyncio.run(main())
gc.collect()
Last()
logging.getLogger("another.package").error("of %s", "{MARK}")
fail()
"""


def test_no_stray_error_is_printed_with_what_it_says() -> None:
    """In a thread, a task nobody waits for, a finalizer, a library's log, and at the end."""
    ran = subprocess.run(
        [sys.executable, "-c", STRAYS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "程序遇到意外" in ran.stderr
    assert MARK not in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr
    log = faults.log_path().read_text(encoding="utf-8")
    faults.log_path().unlink()
    assert log.count("builtins.ValueError") == 4
    assert MARK not in log


def test_the_desk_watches_for_strays(monkeypatch: pytest.MonkeyPatch) -> None:
    """And asks the terminal for its size, not the environment: that may be more than memory holds."""
    done: list[str] = []
    for name in ("COLUMNS", "LINES"):
        monkeypatch.setenv(name, "99999999999999999999")
    monkeypatch.setattr("tui.app.unfit_terminal", lambda: None)
    monkeypatch.setattr("tui.app.drop_what_is_unsaid", lambda: None)
    monkeypatch.setattr("tui.app.watch_strays", lambda: done.append("watched"))
    monkeypatch.setattr(TaizhangApp, "__init__", lambda *_, **__: None)
    monkeypatch.setattr(TaizhangApp, "run", lambda _: done.append("run"))
    monkeypatch.setattr(TaizhangApp, "return_code", 0)
    monkeypatch.setattr(TaizhangApp, "used", None, raising=False)
    assert open_desk(None) == 0  # type: ignore[arg-type]
    assert done == ["watched", "run"]
    assert not {"COLUMNS", "LINES"} & set(os.environ)
