"""The pages of a case's work and of the office as painted, against golden copies, and hostile texts."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from db.disputes.dispute import Block, Result
from db.law.event import Event
from db.words.vocabulary import EventKind
from tests.support.at_once import (
    correct_event,
    enter_notice,
    file_year,
    log_event,
    new_case,
    new_dispute,
    open_register,
    void_dispute,
)
from tests.support.cases import NOTICE, UNLIKE, fill, received
from tests.support.hostile import clean
from tests.support.seat import NARROW, WIDE, SeatMaker
from tests.support.steps import shared_register
from tests.support.walk import follow, home

CASE = ("ctrl+p", "=2024-0001", "enter")
OPEN = ("ctrl+p", "=2026-0005", "enter")

PAGES: dict[str, tuple[str, ...]] = {
    "case-corrected": CASE,
    "case-sum": (*OPEN, "e"),
    "records": (*CASE, "C"),
    "correct": (*CASE, "C", "down", "enter", "tab", "tab", "ctrl+u", "=2024-12-31"),
    "what-if-steps": (
        *OPEN,
        *("equals_sign", "b", "tab", "ctrl+u", "=3-16", "f10", "B", "ctrl+u", "=3-25", "f10"),
        *("y", "tab", "ctrl+u", "=4-28", "f10", "d", "ctrl+u", "=6-30", "f10"),
    ),
    "case-disputes": ("ctrl+p", "=2025-0001", "enter", "v"),
    "dispute-new": ("ctrl+p", "=2025-0001", "enter", "v", "n", "=3", "enter"),
    "year-filed-figures": ("LIST", "f8", "left_square_bracket", "T"),
    "year-moved": ("LIST", "f8", "left_square_bracket", "C"),
    "year-as-of": ("LIST", "f8", "A", "=3-9", "f10"),
    "year-disputes": ("LIST", "f8", "v"),
    "disputes": ("LIST", "g", "f"),
    "calendar": ("LIST", "g", "r"),
    "calendar-entered": ("LIST", "g", "r", "right", "end"),
    "notice-read": ("LIST", "g", "r", "P", f"={NOTICE}"),
    "notice-refused": ("LIST", "g", "r", "P", f"={NOTICE.replace('周日', '周六', 1)}"),
    "fees": ("LIST", "f7", "tab", "=32"),
    "intake-repeats": ("LIST", "n", "=吴敏", "enter", "=1", "enter", "=道路拓宽工程立项批复文"),
}

WIDE_ONLY = ("case-disputes",)
WIDE_PAGES = (
    "case-corrected",
    "records",
    "what-if-steps",
    "case-disputes",
    "year-filed-figures",
    "year-disputes",
    "calendar",
    "notice-read",
    "intake-repeats",
)


@pytest.fixture(scope="module")
def worked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cases of every kind, a filed year, a correction since, disputes and a notice."""
    path = tmp_path_factory.mktemp("worked") / "register.db"
    with shared_register(path) as register:
        fill(register)
        file_year(register, 2025)
        correct_event(register, "2024-0001", 2, "笔误", changes={"on": date(2024, 12, 30)})
        review = new_dispute(
            register,
            Block.REVIEW,
            "青川市人民政府",
            date(2026, 1, 6),
            case="2025-0001",
            concluded_on=date(2026, 3, 2),
            result=Result.CORRECTED,
        )
        suit = new_dispute(
            register,
            Block.SUIT_AFTER_REVIEW,
            "青川市中级人民法院",
            date(2026, 3, 9),
            case="2025-0001",
            after=review.id,
        )
        void_dispute(register, suit.id, "登记错了")
        new_dispute(
            register,
            Block.DIRECT_SUIT,
            "青川县人民法院",
            date(2026, 2, 3),
            older_case="2019年的一件",
            co_defendant=True,
        )
        enter_notice(register, NOTICE, "国办发明电〔2026〕7号")
    return path


@pytest.fixture
def worked(worked_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(worked_file, tmp_path / "register.db"))


async def test_pages(take_seat: SeatMaker, worked: Path) -> None:
    """One after another at one desk: each is reached from wherever the one before was left."""
    async with take_seat(worked) as seat:
        for page, keys in PAGES.items():
            await seat.resize(NARROW)
            await home(seat)
            await follow(seat, *keys)
            sizes = [NARROW] if page not in WIDE_ONLY else []
            await seat.golden_at(page, *sizes, *([WIDE] if page in WIDE_PAGES else []))


async def test_hostile_texts_are_only_shown(take_seat: SeatMaker, tmp_path: Path) -> None:
    """Reasons, bodies, sources and pasted notices from anywhere, on each of these pages."""
    path = tmp_path / "register.db"
    with open_register(str(path), create=True) as register:
        case = new_case(register, received(date(2025, 3, 9), UNLIKE[0], UNLIKE[1]))
        log_event(register, case.number, Event(EventKind.NOTE, date(2025, 3, 10), note="备注"))
        note = case.entries[-1].event.id + 1
        file_year(register, 2025)
        for text in UNLIKE:
            new_dispute(
                register, Block.REVIEW, text, date(2026, 3, 9), case=case.number, older_case=text
            )
            void_dispute(
                register,
                new_dispute(register, Block.REVIEW, text, date(2026, 3, 9), older_case=text).id,
                text,
            )
            correct_event(
                register, case.number, note, text, changes={"note": f"{text}改", "doc_no": text}
            )
            correct_event(
                register,
                case.number,
                case.entries[0].event.id,
                text,
                changes={
                    "applicant": f"{text}改",
                    "on": date(2024 + UNLIKE.index(text) % 2, 3, 9),
                },
            )
            enter_notice(register, NOTICE, text)
        last = {"applicant": f"{UNLIKE[0]}改2", "on": date(2025, 3, 9)}
        correct_event(register, case.number, case.entries[0].event.id, "改", changes=last)
    async with take_seat(path, NARROW) as seat:
        for keys in (
            ("ctrl+p", f"={case.number}", "enter"),
            ("end",),
            ("u",),
            ("n", "C"),
            ("enter",),
            ("down", "x"),
            ("escape", "end", "enter"),
            ("escape", "escape", "v"),
            ("down", "n", "=3"),
            ("escape", "y", "x"),
            ("escape", "escape", "escape", "LIST", "g", "f"),
            ("end", "up"),
            ("escape", "g", "r"),
            ("end",),
            ("P", *(f"={text}" for text in UNLIKE)),
            ("escape", "y", "escape", "f8"),
            ("C",),
            ("escape", "T", "escape"),
            ("n", f"={UNLIKE[0]}改2", "tab", "tab", f"={UNLIKE[1]}"),
            ("ctrl+o",),
        ):
            await follow(seat, *keys)
            clean(seat, NARROW[0])
        assert "近似" in seat.text
        await seat.press("escape")
        await seat.resize(WIDE)
        assert "此前 1 件" in seat.text
        clean(seat, WIDE[0])
