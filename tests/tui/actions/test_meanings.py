"""A key means one thing on the whole desk, and says so where it does nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.words.vocabulary import Role
from tests.making.key_page import HEAD
from tests.support.seat import SeatMaker
from tests.support.walk import to_case
from tui.actions.keymap import Keymap, chosen_keys, read_keymap
from tui.actions.meanings import MEANINGS, WINDOWS
from tui.actions.registry import ACTIONS, FOCUSED, PAGES, actions_of
from tui.actions.ways import WAYS
from tui.screens.everywhere.dead_keys import WIDEST, dead_key
from tui.screens.everywhere.going import GO
from tui.text.cells import width_of


def everything(role: Role) -> bool:
    """What a 负责人 is allowed."""
    return Role.SUPERVISOR.may(role)


ONE_KEY = re.compile(r"[a-zA-Z]|f\d+|space|slash|equals_sign|minus|\w+_square_bracket|ctrl\+[no]")


def test_every_key_has_its_meaning() -> None:
    keyed = [(action, key) for action in ACTIONS for key in action.keys.split(",")]
    for action, key in keyed:
        if action.scope in WINDOWS or (key in ("space", "f10") and action.scope == "modal"):
            continue
        if ONE_KEY.fullmatch(key):
            assert key in MEANINGS, f"{action.id}: {key}"
            assert action.label in MEANINGS[key], f"{action.id}: {key} {action.label}"


def test_what_may_be_called_two_things_is_one() -> None:
    """No word belongs to two keys, but for those that have a letter and a function key."""
    twice = {"期限说明": "ef4", "查找": "slashf3"}
    seen: dict[str, str] = {}
    for key, words in MEANINGS.items():
        for word in words:
            assert word not in seen or seen[word] + key == twice.get(word), word
            seen[word] = seen.get(word, "") + key


@pytest.mark.parametrize(
    ("key", "here", "said"),
    [
        ("x", PAGES["today"], "x 作废：在台账、申请清单、申请等页可用。"),
        ("S", PAGES["case"], "S 封账：在年报页可用。"),
        ("f8", PAGES["case"], "F8 年报：在台账、今日页可用。"),
        ("p", PAGES["case"], "p 缴费：现在不能用。"),
        ("Q", PAGES["case"], "Q 各部分：在年报页可用。"),
        ("D", PAGES["today"], "D 第二份：在备份页可用；送达：在申请页可用。"),
        ("f12", PAGES["case"], ""),
        ("enter", PAGES["case"], "Enter 打开：在台账、申请清单、今日等页可用。"),
        ("1", PAGES["case"], "1 常用查找：在台账、今日、年报页可用。"),
        ("f7", PAGES["form"], "F7 收费计算：在今日、台账、收费通知页可用。"),
    ],
)
def test_a_dead_key_says_where_it_is_alive(key: str, here: tuple[str, ...], said: str) -> None:
    assert dead_key(key, here, Keymap(), everything) == said


def test_what_a_dead_key_says_fits() -> None:
    keys = {key for action in ACTIONS for key in action.keys.split(",")}
    for key in keys:
        for here in PAGES.values():
            assert width_of(dead_key(key, here, Keymap(), everything)) <= WIDEST, key


def test_a_moved_key_is_told_by_what_it_does_now() -> None:
    moved = chosen_keys({"year.file": "x,alt+s"})
    assert dead_key("x", PAGES["calendar"], moved, everything).startswith("x ")
    assert dead_key("S", PAGES["calendar"], moved, everything) == "没有大写的 S；小写 s 是排序。"


async def test_a_dead_key_is_told_on_the_page(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled, page="today") as seat:
        await seat.press("x")
        assert "x 作废：在台账、申请清单、申请等页可用。" in seat.text
        await to_case(seat, "2026-0005")
        await seat.press("p")
        assert "p 缴费：现在不能用。" in seat.text
        for _ in range(2):
            await seat.press("ctrl+c")
            assert "退出按 Ctrl+Q；复制选中文字按 Ctrl+C。" in seat.text
            await seat.press("escape", "tab")


def test_the_examples_of_the_page_of_keys_are_accepted(tmp_path: Path) -> None:
    example = HEAD.partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "config.toml"
    path.write_text(example, encoding="utf-8")
    keymap = read_keymap(path)
    assert keymap.problems == ()
    assert set(keymap.chosen) == {"case.trace", "register.new"}


def test_every_place_has_a_letter_and_every_scope_a_way() -> None:
    letters = [a for a in actions_of("go") if a.id != "go.leave"]
    assert [f"to('{name}')" for name in GO] == [action.method for action in letters]
    assert {way.place for way in WAYS.values()} <= set(GO)
    without = {"app", "go", "listed", "todos", "earlier", "pick", "table", "form", "welcome"}
    palette = {a.scope for a in ACTIONS if a.palette} - FOCUSED
    assert palette - set(WAYS) <= without
