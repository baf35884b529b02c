"""Every page as it is painted, at 80x24 and 120x40, against golden copies."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.support.examples import often
from tests.support.goldens import GOLDEN
from tests.support.seat import NARROW, WIDE, SeatMaker
from tests.support.walk import follow
from tui.text.cells import QUOTED_LABEL

SIZES = [pytest.param(NARROW, id="80x24"), pytest.param(WIDE, id="120x40")]

PAGES: dict[str, tuple[str, ...]] = {
    "register": (),
    "register-found": ("slash", "=青川", "down"),
    "register-not-found": ("slash", "=没有这样的"),
    "case": ("j", "enter"),
    "case-flagged": ("slash", "=陈静", "enter", "enter"),
    "case-late": ("slash", "=商贸", "enter", "enter"),
    "case-trace": ("j", "enter", "e"),
    "intake": ("n",),
    "intake-choosing": ("n", "=张三", "enter", "=法"),
    "intake-faults": ("n", "=张三", "enter", "=法", "tab", "tab", "=网上", "tab", "=3-32", "f10"),
    "intake-leaving": ("n", "=张三", "escape"),
    "step-answer": ("j", "enter", "d", "=33"),
    "step-late-notice": ("slash", "=正衡", "enter", "enter", "b"),
    "step-consult": ("j", "enter", "z", "=某公司", "enter", "enter", "=+15"),
    "year": ("f8",),
    "year-figure": ("f8", "left_square_bracket", "enter", "j", "j", "j", "j", "j", "j", "j", "G"),
    "year-checks": ("f8", "K"),
    "year-behind": ("f8", "left_square_bracket", "enter", "enter"),
    "help": ("f1",),
    "help-field": ("n", "f1"),
    "palette": ("ctrl+p",),
    "palette-found": ("ctrl+p", "=吴"),
}


WIDE_PAGES = (
    "register",
    "case",
    "case-flagged",
    "case-late",
    "intake-faults",
    "step-answer",
    "year",
    "year-behind",
    "help",
)


@pytest.mark.parametrize("page", PAGES)
async def test_page(take_seat: SeatMaker, filled: Path, page: str) -> None:
    async with take_seat(filled) as seat:
        await follow(seat, *PAGES[page])
        await seat.golden_at(page, NARROW, *([WIDE] if page in WIDE_PAGES else []))


@pytest.mark.parametrize("size", SIZES)
async def test_first_start(take_seat: SeatMaker, nowhere: Path, size: tuple[int, int]) -> None:
    async with take_seat(nowhere, size) as seat:
        seat.golden(f"welcome-{size[0]}x{size[1]}")


async def test_an_empty_register_names_the_next_key(
    take_seat: SeatMaker, empty_register_file: Path
) -> None:
    async with take_seat(empty_register_file) as seat:
        seat.golden("register-empty-80x24")


def test_no_golden_has_a_sign_of_uncertain_width() -> None:
    for path in GOLDEN.glob("*.txt"):
        text = path.read_text(encoding="utf-8").replace(QUOTED_LABEL, "")  # the form's own
        unsure = {c for c in text if unicodedata.east_asian_width(c) == "A"}
        assert not unsure, f"{path.name}: {unsure}"


@pytest.mark.parametrize("size", often([(79, 23), (1, 1), (200, 60)], 2))
async def test_any_size_is_survived(
    take_seat: SeatMaker, filled: Path, size: tuple[int, int]
) -> None:
    async with take_seat(filled, size) as seat:
        if size == (79, 23):
            assert "窗口太小" in seat.text
        for keys in (("j", "enter", "d", "escape", "escape"), ("f8", "j", "escape"), ("n", "f1")):
            await seat.press(*keys)
        await seat.resize(NARROW)
        await seat.press("escape", "escape")
        assert "共 10 件" in seat.text


async def test_what_is_said_in_passing_leaves_the_day_whole(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        seat.app.screen.entitle("甲", "今日  演示登记簿")
        seat.app.flash("很长的一句话" * 20)
        await seat.settle()
        assert seat.text.splitlines()[0].endswith("2026-03-10 星期二")
