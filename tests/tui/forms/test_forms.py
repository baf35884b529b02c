"""Forms: kept for a crash, undone step by step, several lines, an answer on the spot, one letter."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.words.vocabulary import EventKind
from tests.support.at_once import MovedClock, open_register, read_case, verify
from tests.support.cases import HOSTILE
from tests.support.examples import often
from tests.support.hostile import clean
from tests.support.seat import NARROW, WIDE, SeatMaker, stack_of
from tui.desk.state import remember, remembered, state_folder
from tui.text.undo import Edits
from tui.text.word_bounds import word_end, word_start
from tui.widgets.area import PlainArea
from tui.widgets.plain_fields import PlainInput

# -- words and undo, without a screen -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("征地补偿安置方案", ["征地补偿安置", "征地补偿", "征地", ""]),
        ("补偿的标准", ["补偿的", "补偿", ""]),
        ("关于2019年", ["关于2019", "关于", ""]),
        ("青府公开〔2026〕1号", ["青府公开〔2026〕1", "青府公开〔2026〕", "青府公开〔2026"]),
        ("ab cd  ", ["ab ", ""]),
        ("张三 ", ["", ""]),
        ("𠀀𠀁补偿", ["𠀀𠀁", ""]),
    ],
)
def test_a_word_goes_at_a_time(text: str, left: list[str]) -> None:
    for expected in left:
        text = text[: word_start(text, len(text))]
        assert text == expected


def test_words_forward_reach_the_end() -> None:
    text = "补偿的标准 ab,12 完"
    stops, at = [], 0
    while at < len(text):
        at = word_end(text, at)
        stops.append(text[:at])
    assert stops == ["补偿", "补偿的", "补偿的标准 ", *(text[:n] for n in (8, 9, 12, 13))]


def test_edits_are_taken_back_step_by_step() -> None:
    edits, text = Edits(), ""
    for new in ("征", "征地", "征地 ", "征地 补", "补"):
        edits.note(text, new)
        text = new
    seen = []
    while step := edits.undo(text):
        text, cursor = step
        seen.append((text, cursor))
    assert seen == [("征地 补", 3), ("征地", 2), ("", 0)]
    while step := edits.redo(text):
        text, _ = step
    assert text == "补"


# -- fields -------------------------------------------------------------------------------------


async def test_undo_and_redo_in_a_field(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.write("青川县自然资源局")
        await seat.press("ctrl+w", "ctrl+w")
        field = seat.app.focused
        assert isinstance(field, PlainInput)
        assert field.value == "青川县自"
        await seat.press("ctrl+z", "ctrl+z")
        assert field.value == "青川县自然资源局"
        await seat.press("ctrl+y")
        assert field.value == "青川县自然资"
        await seat.press("甲", "ctrl+y")
        assert "没有可以重做的修改" in seat.text
        await seat.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert field.value == ""
        assert "没有可以撤销的修改" in seat.text
        await seat.press("ctrl+y", "ctrl+left", "ctrl+k", "ctrl+u")
        assert field.value == ""


async def test_a_subject_keeps_its_lines(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三", "1")
        await seat.write("一、征地批复；\r\n\x1b[31m二、补偿的标准\n")
        area = seat.app.focused
        assert isinstance(area, PlainArea)
        assert area.value == "一、征地批复；\n[31m二、补偿的标准"
        await seat.press("ctrl+w", "ctrl+w", "ctrl+w")
        assert area.value.endswith("二、")
        await seat.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+j")
        assert area.value.endswith("补偿的标准\n")
        await seat.write("三、名单")
        await seat.press("up", "ctrl+u", "up", "ctrl+right", "ctrl+left", "down", "down", "enter")
        assert isinstance(seat.app.focused, PlainInput)
        await seat.press("f10")
        assert "已登记 2026-0007" in seat.text
    with open_register(str(filled)) as register:
        assert (read_case(register, "2026-0007").received.subject or "").count("\n") == 2


# -- drafts -------------------------------------------------------------------------------------


def drafts() -> list[Path]:
    return sorted((state_folder() / "drafts").glob("*"))


async def test_what_was_typed_survives_a_crash(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三", "1", "征地批复\n补偿")
        assert len(drafts()) == 1
        if os.name == "posix":
            assert stat.S_IMODE(drafts()[0].stat().st_mode) == 0o600
            assert stat.S_IMODE(drafts()[0].parent.stat().st_mode) == 0o700
        assert "张三" not in drafts()[0].name
    for answer, there in (("escape", 1), ("y", 1)):
        async with take_seat(filled) as seat:
            await seat.press("n")
            assert stack_of(seat.app)[-1] == "DraftOffer"
            assert "张三  自然人  征地批复" in seat.text
            await seat.press(answer)
            assert len(drafts()) == there
    async with take_seat(filled) as seat:
        await seat.press("n", "y")
        assert "张三" in seat.text
        await seat.press("f10")
        assert "已登记 2026-0007" in seat.text
        assert drafts() == []
        await seat.press("n")
        assert stack_of(seat.app)[-1] == "IntakeScreen"


async def test_a_draft_given_up_is_gone(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三")
        await seat.press("escape", "y")
        assert drafts() == []
        await seat.press("j", "enter", "d")
        await seat.fill("334")
        assert len(drafts()) == 1
        await seat.press("ctrl+q", "y")
    assert drafts() == []


async def test_a_draft_belongs_to_its_form_and_case(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("j", "enter", "d")
        await seat.fill("334")
    async with take_seat(filled) as seat:
        await seat.press("enter", "d")
        assert stack_of(seat.app)[-1] == "StepScreen"
        await seat.press("escape", "escape", "j", "enter", "m")
        assert stack_of(seat.app)[-1] == "StepScreen"
        await seat.press("escape", "d", "n")
        assert stack_of(seat.app)[-1] == "StepScreen"
        assert drafts() == []


async def test_a_damaged_draft_is_no_draft(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三")
    for content in ("{", "[]", '{"texts": 1, "at": "2026"}', '{"texts": {"a": "b"}, "at": "x"}'):
        drafts()[0].write_text(content, encoding="utf-8")
        async with take_seat(filled) as seat:
            await seat.press("n")
            assert stack_of(seat.app)[-1] == "IntakeScreen"


def test_a_disk_that_refuses_loses_only_comfort(tmp_path: Path) -> None:
    state_folder().parent.mkdir(parents=True, exist_ok=True)
    state_folder().write_text("a file where the folder should be", encoding="utf-8")
    remember("theme", "x")
    assert remembered("theme") is None


# -- an answer on the spot, and the cases of one letter -----------------------------------------


async def test_an_answer_on_the_spot(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n", "f6")
        assert "当场答复" in seat.text
        await seat.press("f6")
        assert "办理结果" not in seat.text
        await seat.press("f6", "home", "tab", "shift+tab")
        await seat.write("31")
        await seat.press("f6")
        assert "清空后再按 F6" in seat.text
        await seat.fill("", "当面", "今天")
        seat.app.screen.query(PlainInput).first().focus()
        await seat.fill("张三", "1", "预算", "当面", "今天")
        assert "登记后：已办结，用时 0 个工作日" in seat.text
        await seat.press("f10")
        assert "已登记 2026-0007" in seat.text
    with open_register(str(filled)) as register:
        case = read_case(register, "2026-0007")
        assert [event.kind for event in case.history] == [EventKind.RECEIVED, EventKind.DECIDED]
        assert verify(register).ok


@pytest.mark.thorough
async def test_an_interrupted_answer_on_the_spot_comes_back(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n", "f6")
        await seat.fill("31")
    async with take_seat(filled) as seat:
        await seat.press("n", "y")
        assert "当场答复" in seat.text
        assert "3.1 予以公开" in seat.text


async def test_one_letter_several_cases(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三", "1", "征地批复", "邮寄", "3-5", "3-2", "综合科", "", "13900000002")
        await seat.press("ctrl+n")
        assert "与 2026-0007 同一份申请书" in seat.text
        assert "编号 2026-0008" in seat.text
        await seat.fill("补偿标准")
        await seat.press("ctrl+n")
        assert "编号 2026-0009" in seat.text
        await seat.press("f10")
        assert "请填写申请内容" in seat.text
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        assert "共 12 件" in seat.text
    with open_register(str(filled)) as register:
        first, second = (read_case(register, f"2026-000{n}") for n in (7, 8))
        assert first.history[-1].note == "一事一申请：与 2026-0008 出自同一份申请书。"
        assert second.history[-1].note == "一事一申请：与 2026-0007 出自同一份申请书。"
        same = ("applicant", "applicant_kind", "channel", "on", "submitted_on", "phone")
        assert all(getattr(first.received, f) == getattr(second.received, f) for f in same)
        assert second.received.unit is None


async def test_answers_on_the_spot_to_one_letter(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n", "f6")
        await seat.fill("31", "当面", "今天")
        seat.app.screen.query(PlainInput).first().focus()
        await seat.fill("张三", "1", "预算", "当面", "今天")
        await seat.press("ctrl+n")
        assert "与 2026-0007 同一份申请书" in seat.text
        assert "办理结果" not in seat.text  # the next one is answered on the spot only with F6
        await seat.fill("决算")
        await seat.press("f6")
        await seat.fill("31", "当面")
        assert "登记后：已办结，用时 0 个工作日" in seat.text
        assert "与 2026-0007 同一份申请书" in seat.text
    async with take_seat(filled) as seat:  # interrupted, it comes back as it was
        await seat.press("n", "y")
        assert "与 2026-0007 同一份申请书" in seat.text
        await seat.press("f10")
        assert "已登记 2026-0008" in seat.text
    with open_register(str(filled)) as register:
        for number, other in (("2026-0007", "2026-0008"), ("2026-0008", "2026-0007")):
            case = read_case(register, number)
            _, note, answer = case.history  # of one day, the conclusion comes last
            assert (note.kind, answer.kind) == (EventKind.NOTE, EventKind.DECIDED)
            assert other in (note.note or "")
        assert verify(register).ok


@pytest.mark.thorough
async def test_an_interrupted_sibling_still_knows_the_first(
    take_seat: SeatMaker, filled: Path
) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三", "1", "征地批复", "邮寄")
        await seat.press("ctrl+n")
        await seat.fill("补偿标准")
    async with take_seat(filled) as seat:
        await seat.press("n", "y")
        assert "与 2026-0007 同一份申请书" in seat.text
        await seat.press("f10")
        assert "已登记 2026-0008" in seat.text
    with open_register(str(filled)) as register:
        assert "2026-0007" in (read_case(register, "2026-0008").history[-1].note or "")


@pytest.mark.parametrize("size", often([NARROW, WIDE], 1))
async def test_hostile_texts_are_kept_offered_and_given_back(
    take_seat: SeatMaker, filled: Path, size: tuple[int, int]
) -> None:
    async with take_seat(filled, size) as seat:
        await seat.press("n")
        await seat.fill("".join(HOSTILE[:8]), "1", "\n".join(HOSTILE), "", "", "", *HOSTILE[:7])
    async with take_seat(filled, size) as seat:
        await seat.press("n")
        assert stack_of(seat.app)[-1] == "DraftOffer"
        clean(seat, size[0])
        await seat.press("y", "ctrl+g")
        clean(seat, size[0])
        await seat.press("d", "ctrl+w", "ctrl+z", "ctrl+j", "up", "up")
        clean(seat, size[0])
        assert "[@click=app.quit]" in seat.text


async def test_the_offer_of_a_draft(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MovedClock, "now", lambda _: datetime(2026, 3, 10, 15, 59, tzinfo=UTC))
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.fill("张三", "1", "征地批复及补偿安置方案")
    async with take_seat(filled) as seat:
        await seat.press("n")
        await seat.golden_at("draft", NARROW, WIDE)


async def test_the_form_with_an_answer(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("n", "f6")
        await seat.fill("31")
        await seat.golden_at("intake-answered", NARROW, WIDE)
