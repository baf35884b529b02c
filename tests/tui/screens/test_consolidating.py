"""By keyboard: a folder of reports read, their faults looked at, decided on, sent back and summed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from exports.consolidation import collection as collecting
from tests.support.received import report
from tests.support.seat import NARROW, WIDE, Holder, Seat, SeatMaker, stack_of
from tests.support.spreadsheets import load_workbook
from tui.desk.collected import CollectionFile
from tui.screens.consolidating.told import changed_cells, told_of

HOSTILE = "7 [red]\x1b[31m局\u202etxt.json"


@pytest.fixture
def folder(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(filled.parent))
    made = filled.parent / "报送"
    made.mkdir()
    report(made / "1.json", "青石区水务局", 3, year=2025)
    report(made / "2.json", "青石区林业局", 5, concluded=0, year=2025)
    report(made / "3.json", "青石区商务局", 9, concluded=7, year=2025)
    (made / "4 青石区体育局年报.xlsx").write_bytes(b"PK\x03\x04nothing")
    (made / HOSTILE).write_text("{", encoding="utf-8")
    return made


async def come(seat: Seat, folder: Path) -> None:
    await seat.press("g", "h", "n")
    await seat.write(str(folder))
    await seat.press("f10")


def lines(seat: Seat, *words: str) -> list[str]:
    """The lines in sight that hold all of these words."""
    return [line for line in seat.text.splitlines() if all(word in line for word in words)]


async def to(seat: Seat, name: str) -> None:
    """The cursor on an organ's line."""
    screen = seat.app.screen
    await seat.press("home")
    for _ in range(30):
        one = screen.bureau  # type: ignore[attr-defined]
        if one is not None and one.name == name:
            return
        await seat.press("down")
    raise AssertionError(name)


async def test_from_a_folder_to_the_papers_of_the_sum(
    take_seat: SeatMaker, filled: Path, folder: Path
) -> None:
    async with take_seat(filled, page="today") as seat:
        await come(seat, folder)
        assert lines(seat, "5 份", "读不懂 2", "有不符 2", "相符 1")
        assert "\x1b" not in seat.text
        await seat.press("left_square_bracket")
        assert lines(seat, "2024 年还没有年报")
        await seat.press("right_square_bracket")  # from where there is no list to one
        assert seat.app.focused is not None
        await to(seat, "青石区商务局")
        await seat.golden_at("consolidating", NARROW, WIDE)
        await seat.resize(NARROW)

        # What is wrong, and where.
        await seat.press("enter")
        await seat.golden_at("bureau", NARROW, WIDE)
        await seat.resize(NARROW)
        assert lines(seat, "（一）予以公开", ">9")
        await seat.press("c")
        assert "总计" in seat.app.clipboard
        await seat.press("Y")
        await seat.write("已核实，上年误报")
        await seat.press("f10")
        assert lines(seat, "采纳的理由：已核实，上年误报")

        # One mend, asked about; taken back, and made again.
        await seat.press("left_square_bracket")
        assert lines(seat, "有不符", "2.json")
        await seat.press("escape")
        await to(seat, "青石区林业局")
        await seat.press("C")
        assert lines(seat, "（七）总计", "0 改为 5")
        await seat.press("y", "C")
        assert lines(seat, "撤回对", "青石区林业局")
        await seat.press("n")
        assert lines(seat, "已采纳 1", "已更正 1", "相符 1")
        assert lines(seat, "合计（3个单位）", "17")
        await seat.press("C", "y", "C", "y")
        assert lines(seat, "已采纳 1", "已更正 1")

        # Who is to report, and has not.
        await seat.press("L")
        await seat.write("青石区审计局")
        await seat.press("enter", "f10")
        assert lines(seat, "青石区审计局", "未报")

        # The papers, and the notes.
        await seat.press("o", "f10")
        assert lines(seat, "汇总-2025.docx")
        await seat.press("escape", "E", "f10", "escape")
    book = load_workbook(filled.parent / "汇总-2025.xlsx")
    told = [tuple(cell.value for cell in row) for row in book["采纳与更正"]]
    assert ("青石区商务局", "3.json", "有不符之处，经决定采纳", "理由：已核实，上年误报") in told
    assert ("青石区审计局", None, "没有报送", "上年报送过，或在单位名单上；没有收到。") in told
    assert "已按单位数据更正" in [row[2] for row in told if row[0] == "青石区林业局"]
    page = (filled.parent / "汇总-2025.html").read_text(encoding="utf-8")
    assert "理由：已核实，上年误报" in page
    notes = sorted(path.name for path in (filled.parent / "退回说明-2025").iterdir())
    assert len(notes) == 2
    note = docx.Document(str(filled.parent / "退回说明-2025" / "青石区体育局-退回说明.docx"))
    assert str(folder) not in "\n".join(each.text for each in note.paragraphs)

    # Another day: the decisions stand, the papers are no reports, a corrected file lapses them.
    report(folder / "3.json", "青石区商务局", 9, concluded=8, year=2025)
    async with take_seat(filled, page="today") as seat:
        await seat.press("g", "h")
        assert lines(seat, "青石区林业局", "已更正")
        await to(seat, "青石区商务局")
        assert lines(seat, "青石区商务局", "有不符")
        assert lines(seat, "采纳（理由")
        # A corrected file of the same organ, dropped on the window, takes its place.
        new = report(filled.parent / "更 正.json", "青石区商务局", 9, year=2025)
        await seat.write(f"'{new}'")
        assert lines(seat, "青石区商务局", "相符", "更 正.json")
        assert lines(seat, "青石区商务局", "已替换")
        await to(seat, "青石区水务局")
        await seat.press("x")
        assert lines(seat, "青石区水务局", "已去掉")
        assert (folder / "1.json").exists()
        await seat.press("home", "enter")
        assert lines(seat, "一、本年新收政府信息公开申..", "14")
        assert "青石区商务局 9，青石区林业局 5" in seat.text
        await seat.press("escape", "g", "n", "H")
        assert stack_of(seat.app)[-1] == "ConsolidatingScreen"


async def test_reading_is_stopped_and_what_was_read_stays(
    take_seat: SeatMaker, filled: Path, folder: Path, hold: Holder
) -> None:
    kept = CollectionFile(str(filled), 2025)
    held = hold(collecting, "read_file")
    async with take_seat(filled, page="today") as seat:
        await seat.press("g", "h")
        seat.app.screen._add([folder])  # type: ignore[attr-defined]
        await seat.post()
        for _ in range(100):
            if "正在读取 1 / 5" in seat.text:
                break
            await seat.post()
        await seat.post("escape")
        assert "正在停止" in seat.text
        held.let_go()
        await seat.settle()
        assert lines(seat, "未读 4")
        await seat.press("o")
        assert lines(seat, "还有 4 份没有读")
        assert lines(seat, "青石区水务局", "相符")
        await seat.press("f5")
        assert lines(seat, "读不懂 2", "有不符 2", "相符 1")

        # Another window has read it anew: what is decided here is about what stood in it before.
        await to(seat, "青石区商务局")
        file = str(folder / "3.json")
        kept.change(lambda c: c.deciding(file, replace(c.of(file), digest="another")))
        await seat.press("Y")
        await seat.write("已核实")
        await seat.press("f10")
        assert "的文件已经改过或去掉" in seat.text
        assert kept.read().of(file).reason == ""
    assert kept.path.parent.name == "consolidation"


def test_every_sentence_has_its_cells(folder: Path) -> None:
    from datetime import UTC, datetime

    from exports.consolidation.standing import judge

    paths = [folder / "2.json"]
    year = collecting.Collection(2025, tuple(map(str, paths)))
    readings = {str(path): collecting.read_anew(path, 2025, None) for path in paths}
    year = collecting.learnt(year, readings, "2026-01-06")
    at = datetime(2026, 1, 6, tzinfo=UTC)
    (one,) = judge(year, readings, (), at).bureaus
    (told,) = told_of(one)
    assert told.kind == "不符"
    assert ("3.7", 0) in told.cells
    kept = collecting.Kept(mends=("concluded",))
    (mended,) = judge(year.deciding(str(paths[0]), kept), readings, (), at).bureaus
    assert mended.one is not None
    came = readings[str(paths[0])].part
    assert changed_cells(came, mended.one.part) == (("3.7", 0), ("3.7", 6))
