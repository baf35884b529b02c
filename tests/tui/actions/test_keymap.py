"""The clerk's own keys, the letters to jump, the five keys, and the page of keys."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.making.key_page import PAGE, keys_page
from tests.support.seat import WIDE, SeatMaker, stack_of
from tests.support.walk import follow
from tui.actions.keymap import NEVER_LOST, Keymap, chosen_keys, config_path, read_keymap
from tui.actions.registry import ACTIONS
from tui.actions.step_keys import LOG_KEYS, SUPPOSED
from tui.desk.state import remembered
from tui.screens.start.tour import STOPS
from tui.widgets.plain_fields import PlainInput

BY_ID = {action.id: action for action in ACTIONS}


def configure(text: str) -> Keymap:
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(text, encoding="utf-8")
    return read_keymap(config_path())


def test_without_a_file_the_registry_counts() -> None:
    assert not read_keymap(config_path()).chosen


def test_keys_may_be_quoted_or_nested() -> None:
    for line in (
        '"case.trace" = "f4,alt+v"',
        'case.trace = "F4, alt+v"',
        'case = { trace = "f4,alt+v" }',
    ):
        keymap = configure(f"[keys]\n{line}\n")
        assert keymap.chosen == {"case.trace": "f4,alt+v"}
        assert keymap.first_of(BY_ID["case.trace"]) == "F4"


def test_the_file_is_never_written() -> None:
    configure('[keys]\n# 自己的键\ncase.trace = "alt+v"\nnonsense = 1\n')
    before = config_path().stat().st_mtime_ns, config_path().read_bytes()
    read_keymap(config_path())
    assert (config_path().stat().st_mtime_ns, config_path().read_bytes()) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[keys", "不是正确的 TOML"),
        ("keys = 3", "先写一行 [keys]"),
        ('[key]\na = "b"', "没有 key 这一节"),
        ('[keys]\ncase.trase = "v"', "没有 case.trase 这个操作。是不是 case.trace？"),
        ("[keys]\ncase.trace = 4", "要写成"),
        ('[keys]\ncase.trace = ""', "要写成"),
        ('[keys]\ncase.trace = "pagedwn"', "没有 pagedwn 这个键。是不是 pagedown？"),
        ('[keys]\ncase.trace = "ctrl+h"', "Ctrl+H 不能用：终端把它当作退格键"),
        ('[keys]\ncase.trace = "ctrl+m"', "回车键"),
        ('[keys]\ncase.trace = "ctrl+i"', "Tab 键"),
        ('[keys]\ncase.trace = "alt+enter"', "只送来回车键"),
        ('[keys]\ncase.trace = "ctrl+shift+a"', "分不出 Shift"),
        ('[keys]\ncase.trace = "f11"', "全屏"),
        ('[keys]\nform.next = "f10"', "F10 已用于“保存”（form.save），不能再用于“下一栏”"),
        ('[keys]\ncase.trace = "f1"', "F1 已用于“帮助”（app.help）"),
        ('[keys]\nsteps.note = "e"', "e 已用于“期限说明”（case.trace）"),
    ],
)
def test_what_cannot_work_is_told_and_left_out(text: str, said: str) -> None:
    keymap = configure(text)
    assert not keymap.chosen
    assert said in "\n".join(keymap.problems)


def test_two_actions_may_change_places() -> None:
    keymap = chosen_keys({"steps.decided": "w", "steps.withdrawn": "d"})
    assert not keymap.problems
    given_back = chosen_keys({"steps.decided": "w", "steps.withdrawn": "e"})
    assert not given_back.chosen
    assert len(given_back.problems) == 2


@pytest.mark.parametrize("name", NEVER_LOST)
def test_quit_help_and_save_are_never_lost(name: str) -> None:
    chosen = chosen_keys({name: "alt+z"}).chosen
    assert chosen[name].split(",") == ["alt+z", NEVER_LOST[name]]


def test_the_registry_itself_has_no_refused_key() -> None:
    asked = chosen_keys({action.id: action.keys for action in ACTIONS})
    assert not asked.problems


async def test_a_moved_key_works_and_is_shown_everywhere(
    take_seat: SeatMaker, filled: Path
) -> None:
    configure('[keys]\ncase.trace = "alt+v"\napp.help = "alt+p"\nform.save = "alt+s"\n')
    async with take_seat(filled) as seat:
        await seat.press("ctrl+p")
        await seat.write("吴敏")
        await seat.press("enter")
        assert "Alt+V 期限说明" in seat.text.splitlines()[-1]
        await seat.press("e")
        assert stack_of(seat.app)[-1] == "CaseScreen"
        await seat.press("alt+v")
        assert stack_of(seat.app)[-1] == "TextWindow"
        await seat.press("escape", "f1")
        assert "  Alt+V " in seat.app.screen.text  # type: ignore[attr-defined]
        await seat.press("escape", "alt+p")
        assert stack_of(seat.app)[-1] == "HelpWindow"
        await seat.press("escape", "m")
        await seat.write("备注")
        await seat.press("alt+s")
        assert "已登记备注" in seat.text


ALT = {key: {"B": "alt+c", "G": "alt+g"}.get(key, f"alt+{key}") for key in LOG_KEYS.values()}
MOVED = {
    "app.tour": "f12",
    "calendar.paste": "ctrl+a",
    "case.corrections": "ctrl+b",
    "statistics.back": "alt+a",
    "disputes.conclude": "ctrl+n",
    "disputes.new": "ctrl+o",
    "disputes.open": "alt+o",
    "disputes.void": "ctrl+x",
    "earlier.back": "alt+a",
    "form.cancel": "alt+c",
    "form.next": "alt+n",
    "form.save": "alt+s",
    "listed.back": "alt+left",
    "notice.save": "alt+s",
    "records.correct": "alt+e",
    "records.void": "ctrl+x",
    "repeats.earlier": "alt+r",
    "today.lookup": "alt+l",
    "today.new": "alt+i",
    "today.switch": "alt+t",
    "today.year": "alt+y",
    "welcome.demo": "alt+d",
    "whatif.drop": "ctrl+x",
    "year.checks": "alt+q",
    "year.figures": "alt+g",
    "year.file": "alt+j",
    "year.organ": "alt+o",
    "year.restatements": "alt+m",
    **{f"steps.{kind}": ALT[key] for kind, key in LOG_KEYS.items()},
    **{f"whatif.{kind}": ALT[LOG_KEYS[kind]] for kind in SUPPOSED},
}
"""Every key that a text on a page names, moved."""
NAMED = re.compile(
    r"按 ?([!-~]+)|([!-~]+) ?(?:登记新的|登记审结|作废|打开所涉|更正这|更正本件|核对后|取消|看$|换$)"
)


def names_no_old_key(text: str) -> set[str]:
    """The keys that the lines above the footer name: all of them moved."""
    found = {one or other for one, other in NAMED.findall("\n".join(text.splitlines()[:-1]))}
    assert all(key.startswith(("Alt+", "Ctrl+")) for key in found), (found, text)
    return found


async def test_every_text_names_the_keys_in_force(
    take_seat: SeatMaker, filled: Path, tmp_path: Path
) -> None:
    """One walk over the pages that name keys in their own words."""
    lines = "".join(f'"{name}" = "{keys}"\n' for name, keys in MOVED.items())
    assert configure(f"[keys]\n{lines}").problems == (), read_keymap(config_path()).problems
    seen: set[str] = set()
    async with take_seat(filled, WIDE, "today") as seat:
        for keys in (
            ("ctrl+p", "=2026-0006", "enter"),  # a case with nothing to undo
            ("u",),
            ("escape", "escape", "ctrl+p", "=2026-0005", "enter"),  # one with records
            ("ctrl+b",),
            ("end",),
            ("escape", "equals_sign"),  # what if
            ("escape", "v"),  # no disputes
            ("escape", "escape", "g", "r"),  # the calendar and its notice
            ("ctrl+a",),
            ("escape", "escape", "alt+y"),  # the year, unfiled and filed
            ("left_square_bracket", "alt+j"),
            ("y",),
            ("escape", "right_square_bracket", "up", "up", "up", "left", "enter"),
            ("escape", "escape", "alt+i", "=吴敏"),  # an intake, and who asked before
            ("f12",),
        ):
            await follow(seat, *keys)
            seen |= names_no_old_key(seat.text)
        assert "填一栏按一次 Alt+N，填完按 Alt+S 保存" in seat.text.replace("\n  ", "")
    async with take_seat(tmp_path / "new.db", page="today") as seat:
        seen |= names_no_old_key(seat.text)
        await seat.write("青川县人民政府办公室")
        await seat.press("alt+s")
        seen |= names_no_old_key(seat.text)
    told = ["Alt+D", "Alt+E", "Alt+I", "Alt+J", "Alt+Q", "Alt+S", "Ctrl+B", "Ctrl+O", "Ctrl+X"]
    assert seen >= set(told)


async def test_what_was_left_out_is_told_at_the_start(take_seat: SeatMaker, filled: Path) -> None:
    configure('[keys]\ncase.trace = "ctrl+h"\n')
    async with take_seat(filled) as seat:
        assert "按键设置有误" in seat.text
        assert "终端把它当作退格键" in seat.text
        await seat.press("escape", "f1")
        assert stack_of(seat.app)[-1] == "HelpWindow"


async def test_jumping_to_a_field(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.press("ctrl+g")
        seat.golden("jump-80x24")
        await seat.press("escape")
        assert seat.app.screen.focused is seat.app.screen.query(PlainInput).first()
        await seat.press("ctrl+g", "h")
        await seat.write("3-5")
        assert "2026年3月5日" in seat.text
        await seat.press("ctrl+g", "8")
        assert stack_of(seat.app)[-1] == "Jump"


async def test_the_five_keys_are_shown_once(take_seat: SeatMaker, nowhere: Path) -> None:
    async with take_seat(nowhere) as seat:
        await seat.write("青川县人民政府办公室")
        await seat.press("f10")
        assert "快速入门  1 / 5" in seat.text
        for _ in STOPS:
            assert stack_of(seat.app)[-1] == "Tour"
            await seat.press("enter")
        assert "Tour" not in stack_of(seat.app)
        assert remembered("tour") is True
        await seat.press("ctrl+p")
        await seat.write("快速入门")
        await seat.press("enter")
        assert "快速入门  1 / 5" in seat.text
        await seat.press("escape")
        assert "Tour" not in stack_of(seat.app)


def test_the_tour_names_actions() -> None:
    assert len(STOPS) == 5
    assert all(name in BY_ID for name, _ in STOPS)


def test_the_page_of_keys_is_the_registry() -> None:
    """`make keys` or TAIZHANG_UPDATE_GOLDEN=1 writes it again."""
    if os.environ.get("TAIZHANG_UPDATE_GOLDEN") == "1":
        PAGE.write_text(keys_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == keys_page()
