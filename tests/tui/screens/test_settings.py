"""设置 by keyboard: organs, the clerk, folders, colours, keys; and an office without a name."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.support.at_once import new_case, open_register, organ_names, year_report
from tests.support.cases import received
from tests.support.seat import NARROW, WIDE, Seat, SeatMaker, stack_of
from tests.support.walk import to_register
from tui.actions.keymap import config_path
from tui.desk.state import remembered, state_path
from tui.screens.settings.keys import tried

OFFICE = "青川县人民政府办公室"


@pytest.fixture
def at_home(filled: Path, tmp_path: Path) -> Path:
    """The register where the user's own files are: then its path is the same in every run."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    return Path(shutil.move(filled, home / "register.db"))


async def to_line(seat: Seat, label: str) -> None:
    """The settings, with the cursor on a line."""
    if stack_of(seat.app)[-1] != "SettingsScreen":
        await seat.press("g", "s")
    assert stack_of(seat.app)[-1] == "SettingsScreen"
    await seat.press("home")
    lines = [line.label for line in seat.app.screen._lines.values()]
    for _ in range(lines.index(label)):
        await seat.press("down")


async def test_the_pages_look_so(take_seat: SeatMaker, at_home: Path) -> None:
    async with take_seat(at_home) as seat:
        await seat.press("g", "s")
        await seat.golden_at("settings", NARROW, WIDE)
        await seat.press("enter")
        await seat.write("改")
        await seat.press("up", "shift+tab")
        await seat.write("今天")
        await seat.golden_at("settings-organ", WIDE, NARROW)
        await seat.press("escape", "y")
        await to_line(seat, "按键")
        await seat.press("enter")
        await seat.write("台账")
        await seat.golden_at("settings-keys", NARROW, WIDE)
        await seat.press("enter", "x")
        await seat.golden_at("settings-key", WIDE, NARROW)


async def test_an_office_is_renamed_and_another_added(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("g", "s", "enter", "ctrl+u")
        facts = ("县级", "人民路1号", "３６５４００", "", "青川市政府", "", "")
        await seat.fill("青川县政务公开办公室", *facts)
        assert "各年的年报和文书都写" in seat.text
        await seat.write("2026-1-1")
        assert "此前各年的年报和文书仍用原名" in seat.text
        await seat.press("f10")
        assert "2026-01-01起由" in seat.text
        await seat.press("n")
        await seat.write(OFFICE)
        await seat.press("f10")
        assert "用过的名称" in seat.text
        await seat.press("ctrl+u")
        await seat.write("青川县林业局")
        await seat.press("escape", "n", "f10")
        assert "青川县林业局" in seat.text
        await seat.press("escape")
        assert "青川县政务公开办公室" in seat.text.splitlines()[0]
    with open_register(str(filled)) as register:
        assert organ_names(register) == ("青川县政务公开办公室", "青川县林业局")
        assert year_report(register, 2025).table.organ == OFFICE
        assert year_report(register, 2026).table.organ == "青川县政务公开办公室"


async def test_a_renamed_office_pages_through_its_years(take_seat: SeatMaker, filled: Path) -> None:
    from tests.support.at_once import add_organ, rename_organ

    with open_register(str(filled)) as register:
        rename_organ(register, OFFICE, "青川县政务公开办公室", date(2026, 1, 1))
        add_organ(register, "青川县林业局")
    async with take_seat(filled) as seat:
        await seat.press("f8")
        assert "青川县政务公开办公室" in seat.text.splitlines()[0]
        await seat.press("left_square_bracket")
        assert OFFICE in seat.text.splitlines()[0]
        await seat.press("O")
        assert "青川县林业局" in seat.text.splitlines()[0]
        await seat.press("O")
        assert OFFICE in seat.text.splitlines()[0]
        await seat.press("escape", "enter", "C", "end", "enter")
        assert "青川县政务公开办公室" in seat.text  # the correction's form holds the present name
        assert "没有这个受理机关" not in seat.text


async def test_an_office_without_a_name_is_waited_for(take_seat: SeatMaker, nowhere: Path) -> None:
    with open_register(str(nowhere), create=True) as register:
        new_case(register, received(date(2026, 3, 2), "张三", "甲"))
    async with take_seat(nowhere, page="today") as seat:
        assert "机关名称未填" in seat.text
        for _ in range(7):
            await seat.press("down")
        await seat.press("enter", "enter")
        assert "名称未填，年报和文书的抬头现在写" in seat.text
        await seat.press("enter")
        await seat.write(OFFICE)
        await seat.press("f10", "escape", "escape")
        assert "机关名称未填" not in seat.text
    with open_register(str(nowhere)) as register:
        assert year_report(register, 2025).table.organ == OFFICE


async def test_who_records_and_where_papers_go(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "纸").mkdir()
    async with take_seat(filled) as seat:
        await to_line(seat, "记录人")
        await seat.press("enter", "ctrl+u")
        await seat.write("王五")
        await seat.press("f10")
        await to_line(seat, "导出文件夹")
        await seat.press("enter")
        await seat.write("没有的")
        await seat.press("f10")
        assert "没有这个文件夹" in seat.text
        await seat.press("ctrl+u")
        await seat.write("纸")
        await seat.press("f10")
        assert seat.app.register.clerk == remembered("clerk") == "王五"
        await to_line(seat, "主题配色")
        await seat.press("enter")
        assert remembered("theme") == seat.app.theme
        for label, page in (
            ("备份", "BackupsScreen"),
            ("界面锁", "LockSettingsScreen"),
            ("保存期限", "RetentionScreen"),
            ("日志", "TextWindow"),
        ):
            await to_line(seat, label)
            await seat.press("enter")
            assert stack_of(seat.app)[-1] == page
            await seat.press("escape")
        await seat.press("escape")
        await to_register(seat)
        await seat.press("o")
        assert seat.app.screen.views[0].text.startswith(str(tmp_path / "纸"))
        await seat.press("ctrl+u")
        await seat.fill("我的.csv")  # a name alone
        await seat.press("f10")
        assert (tmp_path / "纸" / "我的.csv").exists()
        await seat.press("escape", "g", "k", "o", "f10")
    assert [path.suffix for path in (tmp_path / "纸").glob("统计-*")] == [".xlsx"]


async def test_a_key_is_changed_by_pressing_it(take_seat: SeatMaker, filled: Path) -> None:
    config_path().parent.mkdir(parents=True)
    config_path().write_text('[keys]\n"register.year" = "alt+y"\n', encoding="utf-8")
    written = config_path().read_bytes()
    async with take_seat(filled) as seat:
        await to_line(seat, "按键")
        await seat.press("enter")
        await seat.write("导出台账")
        await seat.press("enter", "n")
        assert 'n 已用于"新申请"' in seat.text
        await seat.press("ctrl+h")
        assert "终端把它当作退格键" in seat.text
        await seat.press("alt+e")
        assert "有 1 处没有保存" in seat.text
        await seat.press("escape", "n", "f10")
        assert "更改 2 处" in seat.text
        await seat.press("escape", "alt+e")
        assert stack_of(seat.app)[-1] == "LedgerExportScreen"
        await seat.press("escape")
        await to_line(seat, "按键")
        await seat.press("enter")
        await seat.write("台账 打开年度报告")
        await seat.press("enter")
        assert "请在那个文件里改" in seat.text
        await seat.press("escape", "escape")
    assert remembered("keys") == {"register.export": "alt+e"}
    assert config_path().read_bytes() == written
    async with take_seat(filled) as seat:  # kept for the next sitting
        await seat.press("alt+e")
        assert stack_of(seat.app)[-1] == "LedgerExportScreen"
        await seat.press("escape")
        await to_line(seat, "按键")
        await seat.press("enter")
        await seat.write("导出台账")
        await seat.press("enter", "backspace", "escape", "y", "enter")
        await seat.write("导出台账")
        await seat.press("enter", "backspace", "f10", "escape", "o")
        assert stack_of(seat.app)[-1] == "LedgerExportScreen"
    assert remembered("keys") == {}
    assert state_path().is_file()


def test_a_key_that_the_file_gives_away_is_told() -> None:
    assert "（register.new）" in tried({}, {}, "register.export", "n")
    assert tried({}, {"register.new": "alt+n"}, "register.export", "n") == ""
    assert tried({"register.export": "alt+e"}, {}, "register.export", "alt+x") == ""
    assert tried({"register.export": "alt+e"}, {}, "register.sort", "alt+e") != ""
