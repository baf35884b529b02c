"""The real program in a real terminal: keys as bytes in, an emulated screen out."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import sys
import time
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal is a thing of POSIX", allow_module_level=True)

from db.cases.bulk import store_histories
from db.law.event import Event
from db.words.vocabulary import ApplicantKind, EventKind
from tests.support.at_once import open_register
from tests.support.examples import TIMES, often
from tests.support.terminal import PATIENCE, Terminal, terminal
from tui.desk import faults
from tui.desk.lock import Lock, digest_of, keep_lock

RECEIVED = Event(
    EventKind.RECEIVED,
    date(2026, 3, 2),
    applicant="某人",
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    subject="会议纪要全文",
    organ="青川县人民政府办公室",
)

BURSTS = {0: 5, 10: 4, 20: 3, 50: 2, 100: 1} if TIMES > 1 else dict.fromkeys((0, 20, 100), 1)
"""How many bursts at a gap of so many milliseconds between their keys."""
ANSWERED = "SELECT number FROM events JOIN cases ON case_id = cases.id WHERE events.kind = 'decided' ORDER BY events.id"


@pytest.mark.parametrize("cases", [300, 20_000] if TIMES > 1 else [900])
def test_an_answer_typed_in_a_burst_stands_on_its_case(
    empty_register_file: Path, tmp_path: Path, cases: int
) -> None:
    """Bursts at every gap, half of them from 今日 (thirty when thorough): each answers the case it has looked for."""
    path = Path(shutil.copy(empty_register_file, tmp_path / "register.db"))
    with open_register(str(path)) as register, register.writing() as tx:
        told = (
            [replace(RECEIVED, number=f"2026-{n:04}", applicant=f"申请人{n}")]
            for n in range(1, cases + 1)
        )
        store_histories(tx, told, cases, lambda *_: None)
    wanted = [f"2026-{n:04}" for n in Random(1).sample(range(1, 300), 2 * sum(BURSTS.values()))]
    left = iter(wanted)
    with terminal(path) as seat, sqlite3.connect(path) as watched:
        seat.shows("已超期")
        seat.press("tab")
        seat.shows("编号、姓名")
        for way in (("tab",), ()):  # through 今日, and from the list
            for gap, times in BURSTS.items():
                for number in islice(left, times):
                    keys = ("/", "2026-", *number[5:], "enter", "enter", "d", "334", "F10")
                    for key in (*way, *keys):
                        seat.press(key)
                        seat.rest(gap / 1000)
                    answered = wait_for_answer(seat, watched, wanted.index(number) + 1)
                    assert answered[-1] == number, f"at a gap of {gap} ms, {way}"
                    seat.press("Esc")
    assert answered == wanted


def wait_for_answer(seat: Terminal, watched: sqlite3.Connection, count: int) -> list[str]:
    """The numbers of the cases answered so far, once there are so many."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        seat.rest(0.01)
        answered = [number for (number,) in watched.execute(ANSWERED)]
        if len(answered) >= count:
            return answered
    pytest.fail(f"no answer was recorded after {answered}")


def test_a_case_is_logged_and_found_with_real_keys(filled: Path) -> None:
    with terminal(filled) as seat:
        seat.shows("已超期")
        seat.press("n")
        seat.shows("申请人 *")
        seat.press("欧阳文华", "ctrl+w")
        seat.shows("申请人 *        欧阳\n")
        seat.press("ctrl+z")
        seat.shows("欧阳文华")
        seat.press("enter", "法", "down", "enter")
        seat.shows("法律服务机构")
        seat.paste("一、征地批复；\n二、补偿的标准")
        seat.shows("已粘贴 2 行")
        seat.shows("二、补偿的标准")
        seat.press("enter", "4", "enter", "3-9", "enter")
        seat.shows("2026年3月9日 星期一")
        seat.press("ctrl+s")
        seat.shows("已登记 2026-0007")
        seat.press("tab")
        seat.shows("编号、姓名")
        seat.press("/")
        seat.paste("欧阳")
        seat.shows("欧阳文华")
        seat.press("enter", "enter")
        seat.shows("法律服务机构")
        seat.press("d", "31", "F10")
        seat.shows("已办结")
        seat.press("ctrl+q")
        assert seat.ended() == 0
        assert "Traceback" not in seat.text


def test_a_terminal_that_was_cleared_is_painted_anew(filled: Path) -> None:
    """It asks for that by telling its size, though it has no other."""
    with terminal(filled) as seat:
        seat.shows("已超期")
        for shown, key in (("申请人 *", "n"), ("已超期", "Esc")):
            seat.press(key)
            seat.shows(shown)
            seat.screen.reset()
            seat.process.send_signal(signal.SIGWINCH)
            seat.shows(shown, "F1 帮助")


@pytest.mark.parametrize("at_once", often([7, 4096], 1))
def test_a_paste_goes_whole_into_its_field(filled: Path, at_once: int) -> None:
    strange = "欧阳\x1b[31m文\t华\r\x1b\t\x1b[20甲" + "乙" * 40
    with terminal(filled, 120) as seat:
        seat.shows("已超期")
        seat.press("n")
        seat.shows("申请人 *")
        seat.paste(strange, at_once=at_once)
        seat.shows("粘贴的2行已连成一行")
        seat.press("enter")
        seat.shows("商业企业")
        seat.press("1", "enter")
        seat.shows("自然人")
        seat.paste("一、\x1b[31m批复\t甲\r二、\x1b" + "标准" * 20, at_once=at_once)
        seat.shows("已粘贴 2 行")
        seat.press("enter", "4", "F10")
        seat.shows("已登记 2026-0007")
    with sqlite3.connect(filled) as found:
        told = found.execute("SELECT applicant, subject, unit FROM cases ORDER BY id").fetchall()
    subject = "一、[31m批复 甲\n二、" + "标准" * 20
    assert told[-1] == ("欧阳[31m文 华  [20甲" + "乙" * 40, subject, None)


@pytest.mark.parametrize(
    ("sent", "status"), often([(None, 129), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], 1)
)
def test_a_closed_window_ends_it_and_loses_nothing_typed(
    filled: Path, sent: signal.Signals | None, status: int
) -> None:
    with terminal(filled) as seat:
        seat.shows("已超期")
        seat.press("n")
        seat.shows("申请人 *")
        seat.press("欧阳文华")
        seat.shows("欧阳文华")
        if sent is None:
            seat.close_window()
            assert seat.process.wait(PATIENCE) == status
        else:
            seat.process.send_signal(sent)
            assert seat.ended() == status
            assert "意外" not in seat.text
    assert not faults.log_path().exists()
    assert not list(filled.parent.glob("*-wal"))
    with terminal(filled) as seat:
        seat.shows("已超期")
        seat.press("n")
        seat.shows("上次没有保存")
        seat.press("y")
        seat.shows("申请人 *        欧阳文华")


@pytest.mark.thorough
def test_a_desk_told_to_go_on_ends_all_the_same(filled: Path) -> None:
    """The system sends SIGCONT to whoever had a terminal that has gone, after SIGHUP."""
    with terminal(filled) as seat:
        seat.shows("已超期")
        for key, shown in (("tab", "编号、姓名"), ("tab", "已超期"), ("tab", "编号、姓名")):
            seat.process.send_signal(signal.SIGCONT)
            seat.press(key)
            seat.shows(shown)
        seat.process.send_signal(signal.SIGHUP)
        assert seat.ended() == 129


@pytest.mark.thorough
def test_a_lookup_begun_in_one_burst_keeps_every_key(filled: Path) -> None:
    with terminal(filled) as seat:
        seat.shows("已超期")
        seat.press("/zs")
        seat.shows(" 查找  zs ")


@pytest.mark.parametrize(
    "environment",
    often([{"NO_COLOR": "1"}, {"TERM": "screen", "TEXTUAL_COLOR_SYSTEM": "standard"}], 1),
)
def test_without_colours_the_chosen_line_stands_in_reverse(
    filled: Path, environment: dict[str, str]
) -> None:
    with terminal(filled, **environment) as seat:
        seat.shows("已超期")
        seat.press("tab")
        seat.shows("吴敏")
        seat.press("j")
        line = next(y for y in range(24) if "吴敏" in seat.line(y))
        until = time.monotonic() + PATIENCE
        while not seat.screen.buffer[line][3].reverse:
            assert seat._read(until)
            assert time.monotonic() < until, seat.text
        if "NO_COLOR" in environment:
            colours = {
                seat.screen.buffer[y][x].bg for y in range(24) for x in range(seat.screen.columns)
            }
            assert colours == {"default"}


@pytest.mark.thorough
def test_a_locked_desk_shows_nothing_in_any_cell_and_begins_locked(filled: Path) -> None:
    """Not in 16 colours, not in the title, and not when it was killed and is opened again."""
    keep_lock(Lock(digest_of("青川 2026")))
    colours = {"TERM": "screen", "TEXTUAL_COLOR_SYSTEM": "standard"}
    with terminal(filled, **colours) as seat:
        seat.shows("已超期")
        seat.press("n")
        seat.shows("申请人 *")
        seat.press("欧阳文华", "\x0c")
        seat.shows("台账已锁定")
        until = time.monotonic() + PATIENCE
        while "F10" in seat.text:  # the rest of the frame is still to come
            assert seat._read(until)
            assert time.monotonic() < until, seat.text
        said = seat.text + seat.screen.title + seat.screen.icon_name
        assert not re.search("欧阳|青川|2026", said), said
        seat.process.kill()
    with terminal(filled, **colours) as seat:
        seat.shows("台账已锁定")
        assert not re.search("青川|2026-00", seat.text)
        seat.paste("青川 2026")
        seat.shows("*******")
        seat.press("enter")
        seat.shows("已超期")
        seat.press("ctrl+q")
        assert seat.ended() == 0
