"""Lists of cases: marks, a step on many, orders, columns, export of what is listed, copying."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.at_once import open_register, read_case
from tests.support.seat import NARROW, WIDE, SeatMaker, stack_of
from tests.support.walk import to_register
from tui.desk.list_columns import chosen_columns
from tui.screens.register.register import RegisterScreen
from tui.widgets import marks
from tui.widgets.case_columns import ALL, USUAL, columns_for
from tui.widgets.case_table import CaseTable


def table_of(seat) -> CaseTable:
    return seat.app.screen.query_one(CaseTable)


def marked(seat) -> list[str]:
    return [*table_of(seat).marks.numbers.values()]


def units(path: Path, *numbers: str) -> list[str]:
    with open_register(str(path)) as register:
        return [read_case(register, number).unit for number in numbers]


async def test_rows_are_marked_one_by_one_and_as_a_range(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        seat.burst("space", "j", "space")
        await seat.settle()
        first, second = marked(seat)
        assert table_of(seat).cursor == 3
        lines = [line for line in seat.text.splitlines() if line.startswith("*")]
        assert [line[1:10] for line in lines] == [first, second]
        assert "已标记 2 件  a 转承办  m 备注  y 延期  ; 文书  o 导出  H 清除标记" in seat.text
        seat.burst("j", "j", "X")
        await seat.settle()
        assert len(marked(seat)) == 5
        await seat.press("s", "b")  # what is marked stays marked in another order
        assert len(marked(seat)) == 5
        await seat.press("home", "X")
        assert len(marked(seat)) > 5
        await seat.press("H")
        assert marked(seat) == []
        assert "已标记" not in seat.text
        await seat.press("X")
        assert "先标记一件" in seat.text


async def test_a_mark_is_taken_away_and_there_are_never_too_many(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "MOST", 3)
    async with take_seat(filled) as seat:
        await seat.press("space", "k", "space")
        assert marked(seat) == []
        await seat.press("home", "space", "end", "X")
        assert len(marked(seat)) == 1
        assert "一次最多标记" in seat.text


async def test_another_lookup_drops_the_marks_and_says_so(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("space", "f5")
        assert len(marked(seat)) == 1
        await seat.write("吴")
        assert marked(seat) == []
        assert "换了查找，1 件的标记已清除。" in seat.text


async def mark(seat, *numbers: str) -> None:
    """Mark these cases, wherever in the list they stand."""
    await seat.press("home")
    for _ in range(table_of(seat).total):
        row = table_of(seat).row_at_cursor
        await seat.press("space" if row.number in numbers else "j")


async def test_a_step_on_many_is_shown_first_recorded_at_once_and_undone(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await mark(seat, "2026-0002", "2026-0005", "2025-0001")
        await seat.press("d")
        assert "答复要一件一件登记；先按 H 清除标记。" in seat.text
        await seat.press("a")
        assert "登记 转承办" in seat.text
        assert "共 3 件" in seat.text
        await seat.fill("法规科")
        assert "F10 先列出 3 件各会怎样，还不登记。" in seat.text
        await seat.press("f10")
        assert stack_of(seat.app)[-1] == "ManyScreen"
        await seat.golden_at("many", NARROW, WIDE)
        await seat.press("escape")  # back to the form, nothing lost
        assert "法规科" in seat.text
        await seat.press("f10", "f10")
        assert "2025-0001 不能登记。要只登记其余 2 件吗？" in seat.text
        await seat.press("y")
        assert stack_of(seat.app) == ["RegisterScreen"]
        assert "2 件已登记转承办；u 撤销。" in seat.text
        assert marked(seat) == ["2025-0001"]
        assert units(filled, "2026-0002", "2026-0005") == ["法规科"] * 2
        await seat.press("u")
        assert '要撤销一起登记的 2 件"转承办"吗？' in seat.text
        await seat.press("y")
        assert "2 件已撤销上一步。" in seat.text
        assert units(filled, "2026-0002", "2026-0005") == ["信息公开科"] * 2
        await seat.press("u")
        assert "没有刚从这张清单登记的" in seat.text


async def test_a_case_is_left_out_and_one_step_is_undone_too(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await mark(seat, "2026-0002", "2025-0001")
        seat.burst("a", "=法规科", "f10", "x", "f10", "H")
        await seat.settle()
        assert stack_of(seat.app) == ["RegisterScreen"]
        assert units(filled, "2026-0002") == ["法规科"]
        await seat.press("home")
        number = table_of(seat).row_at_cursor.number
        await seat.press("m")
        await seat.write("来电")
        await seat.press("f10", "u")
        assert f'要撤销{number} 的"备注"吗？' in seat.text


async def test_nothing_is_recorded_when_one_is_refused_meanwhile(
    take_seat: SeatMaker, filled: Path
) -> None:
    from datetime import date

    from db.law.event import Event
    from db.words.vocabulary import EventKind
    from tests.support.at_once import log_event

    async with take_seat(filled) as seat:
        await mark(seat, "2026-0002", "2026-0005")
        await seat.press("a")
        await seat.fill("法规科")
        await seat.press("f10")
        with open_register(str(filled)) as register:
            answer = Event(EventKind.DECIDED, date(2026, 3, 9), outcome="3.1")
            log_event(register, "2026-0005", answer)
        await seat.press("f10")
        assert "一件也没有登记。2026-0005 已由测试员更新" in seat.text.replace("\n", "")
        await seat.press("escape")
        assert "1 件可以登记，1 件不能" in seat.text
        assert units(filled, "2026-0002") == ["信息公开科"]


async def test_the_orders_are_shown_and_headings_sort(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("Z", "s")
        await seat.golden_at("orders", NARROW)
        await seat.press("y")
        assert seat.app.screen.order == ("left", True)
        await seat.press("s", "escape")
        assert seat.app.screen.order == ("left", True)
        top = table_of(seat).region.y
        for falls in (True, False):
            await seat.pilot.click(offset=(2, top))
            await seat.settle()
            assert seat.app.screen.order == ("number", falls)


async def test_columns_are_chosen_moved_and_kept(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("V")
        await seat.golden_at("columns", NARROW)
        await seat.press("space")
        assert "编号总在" in seat.text
        await seat.press("j", "space", "j", "left_square_bracket", "end", "space")
        await seat.press("left_square_bracket", "escape")
        heading = seat.text.splitlines()[2].split()
        assert "收到" not in heading
        assert heading[:2] == ["编号", "申请人"]
    assert "organ" in chosen_columns()
    async with take_seat(filled, WIDE) as seat:
        assert "受理机关" in seat.text.splitlines()[2]
        await seat.press("V", "backspace", "escape")
        assert chosen_columns() == ()
        assert "收到" in seat.text.splitlines()[2]


@pytest.mark.parametrize("width", [78, 118, 198])
@pytest.mark.parametrize("waiting", [False, True])
def test_chosen_columns_give_way_from_the_end(width: int, waiting: bool) -> None:
    names = (*USUAL[2:], *(name for name in ALL if name not in USUAL), "unknown")
    columns = columns_for(width, waiting=waiting, chosen=names)
    assert sum(column.width for column in columns) + len(columns) + 1 == width
    assert {"number", "subject"} <= {column.name for column in columns}
    said = [column.name for column in columns if column.name != "number"]
    assert said == [name for name in names if name in said]
    assert ("left" in said) != waiting


async def test_what_is_listed_or_marked_is_exported(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.write("状态:办理中 ")
        await seat.press("enter", "space", "o")
        assert "标记的 1 件" in seat.text
        for choice, name in (("", "标记"), ("2", "列出"), ("3", "全部")):
            await seat.press("ctrl+u")
            await seat.fill(f"{name}.csv", choice)
            await seat.press("f10")
            assert "已导出" in seat.text
            await seat.press("escape", "o")
    rows = [
        len(Path(f"{name}.csv").read_text("utf-8-sig").splitlines()) - 1
        for name in ("标记", "列出", "全部")
    ]
    assert rows == [1, 3, 10]


async def test_a_list_behind_a_line_is_marked_and_exported(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled, page="today") as seat:
        await seat.press("enter")
        assert stack_of(seat.app)[-1] == "ListedScreen"
        total = table_of(seat).total
        await seat.press("o", "ctrl+u")
        assert "哪一年" not in seat.text
        await seat.fill("列出.csv")
        await seat.press("f10", "escape", "space", "o")
        assert "标记的 1 件" in seat.text
        await seat.press("escape", "y", "f10")
        assert stack_of(seat.app)[-1] == "ManyScreen"
    assert len(Path("列出.csv").read_text("utf-8-sig").splitlines()) == total + 1


async def test_numbers_rows_and_figures_are_copied(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    async with take_seat(filled) as seat:
        monkeypatch.setattr(seat.app, "copy_to_clipboard", copied.append)
        row = table_of(seat).row_at_cursor
        number = row.number
        await seat.press("c")
        assert f"已复制 {number}；" in seat.text
        await seat.press("c")
        assert f"已复制 {number} 整行。" in seat.text
        await seat.press("c", "down", "c", "up", "enter", "c", "escape", "f8", "enter", "c")
    assert copied[0] == copied[2] == copied[4] == number != copied[3]
    assert copied[1].split("\t")[:4] == [
        number,
        row.received_on.isoformat(),
        row.applicant,
        row.subject,
    ]
    assert copied[5].isdigit()


async def test_the_list_behind_a_figure_is_ordered_and_looked_through(
    take_seat: SeatMaker, filled: Path
) -> None:
    """In its own order, in another, and only what is found in it; Esc first clears the lookup."""
    async with take_seat(filled) as seat:
        await seat.press("f8", "left_square_bracket", "enter", "home", "enter")
        own = numbers_of(seat)
        assert own == ["2025-0001", "2025-0002"]
        await seat.press("s", "b")
        assert numbers_of(seat) == sorted(own, reverse=True)
        await seat.press("s", "b")
        assert numbers_of(seat) == sorted(own)
        assert "编号 ^" in seat.text
        await seat.press("space", "s", "x", "slash", *own[1], "enter")
        assert marked(seat) == []  # one that is out of sight is not acted upon
        assert numbers_of(seat) == [own[1]]
        assert "找到 1 件" in seat.text
        await seat.press("escape")
        assert numbers_of(seat) == own
        assert "查找" not in seat.text.splitlines()[2]
        await seat.press("slash", *"没有这个", "enter")
        assert '没有找到"没有这个"' in seat.text
        await seat.press("escape", "escape")
        assert stack_of(seat.app)[-1] == "YearScreen"


async def test_what_is_found_behind_a_figure_is_exported(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("f8", "left_square_bracket", "enter", "home", "enter")
        own = numbers_of(seat)
        await seat.press("slash", *own[1], "enter", "o", "ctrl+u")
        await seat.fill("一件.csv")
        await seat.press("f10")
        assert "已导出" in seat.text
        text = Path("一件.csv").read_text(encoding="utf-8-sig")
        assert [number for number in own if number in text] == [own[1]]


def numbers_of(seat) -> list[str]:
    table = table_of(seat)
    return [row.number for n in range(table.total) if (row := table._view.row(n))]


async def test_the_columns_page_foretells_what_a_list_shows(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("V", *("j" for _ in range(8)), "space")
        await seat.press(*("left_square_bracket" for _ in range(6)))
        foretold = next(line for line in seat.text.splitlines() if "80 列的窗口" in line)
        await seat.press("escape")
        shown = [column.title for column in table_of(seat).columns]
        assert foretold.partition("：")[2].split() == shown


async def test_of_a_register_that_does_not_open_nothing_stays_that_was_found_ahead(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await to_register(seat)
        page = seat.app.screen
        assert isinstance(page, RegisterScreen)
        seat.app.let_go()
        page._ahead = True
        page.register_not_opened("登记簿正被别的程序占用；请稍候再试。")
        await seat.settle()
        await seat.press("escape", "enter", "d")
        assert "登记簿没有打开" in seat.text
        assert "意外" not in seat.text
        assert "2026-0001" not in seat.text
