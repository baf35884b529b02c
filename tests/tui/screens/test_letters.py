"""文书 at the desk: from the case's page, from a list, for what is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.storage.register import Register
from db.words.letters import LetterKind
from db.words.vocabulary import EventKind
from exports.letters.rendering import text_of
from tests.support.at_once import open_register, set_organ
from tests.support.letters import ORGAN_FACTS
from tests.support.seat import NARROW, WIDE, SeatMaker
from tests.support.steps import log, receive
from tests.support.walk import follow
from tui.screens.shared import letters
from tui.screens.shared.many_letters import foresee

ORGAN = "青川县人民政府办公室"
CLARIFIED = ("slash", "=陈静", "enter", "enter")


def settle_organ(path: Path) -> None:
    with open_register(str(path)) as register:
        set_organ(register, ORGAN, ORGAN_FACTS)


async def test_a_letter_from_the_page_of_a_case(take_seat: SeatMaker, filled: Path) -> None:
    """What is missing is named; then its form, the file, its number on the case, and the path."""
    async with take_seat(filled) as seat:
        await follow(seat, *CLARIFIED, "semicolon")
        await seat.golden_at("letters", NARROW, WIDE)
        await seat.press("enter")
        assert "补正告知书还缺 1 项，没有写" in seat.text
        await seat.press("escape")
        settle_organ(filled)
        await seat.press("semicolon", "enter")
        await seat.press("f10")
        assert "请填写补正事项" in seat.text
        await seat.write("写明合同的名称。")
        for said in ("补正事项 *", "公开补〔2026〕1号", "填写的内容和文号记入本件。用内置的模板。"):
            assert said in seat.text
        await seat.press("f10")
        path = filled.parent / "2026-0001 补正告知书.docx"
        assert path.name.replace(" ", "") in "".join(seat.text.split())
        assert "写明合同的名称。" in text_of(path.read_bytes())
        await seat.press("escape")
        assert "公开补〔2026〕" in seat.text
        await seat.press("semicolon", "enter", "f10")
        assert "已经有了。要换成新的吗" in seat.text.replace("\n", "").replace(" ", "")
        await seat.press("n")
        path.write_bytes(b"signed")
        await seat.press("f10")
        assert "有人改动过" in seat.text.replace("\n", "").replace(" ", "")
        await seat.press("y", "escape")
        await follow(seat, "m", "=来电", "f10")
        assert "制作" not in seat.text.splitlines()[0]  # no letter goes out with a note


async def test_saving_a_step_offers_its_letter_and_it_is_opened(
    take_seat: SeatMaker, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(letters, "open_paper", lambda path: not opened.append(path))
    settle_organ(filled)
    async with take_seat(filled) as seat:
        await follow(seat, "slash", "=正衡", "enter", "y", "f10")
        assert "已登记延期。按 ; 制作延期答复告知书。" in seat.text
        await seat.press("semicolon", "enter", "f10")
        assert [path.name for path in opened] == ["2026-0002 延期答复告知书.docx"]
        assert "已写好并打开 2026-0002 延期答复告知书.docx" in seat.text


async def test_the_same_letter_for_marked_cases(take_seat: SeatMaker, filled: Path) -> None:
    async with take_seat(filled) as seat:
        await seat.press("space", "space", "semicolon")
        await follow(seat, "=回执", "enter")
        for said in ("2 件可以写", "吴敏  公开收〔2026〕2号  2026-0005 登记回执.docx"):
            assert said in seat.text
        await seat.press("f10")
        assert "2 份文书已写好" in seat.text
    assert len(list(filled.parent.glob("* 登记回执.docx"))) == 2


def test_an_old_number_that_two_cases_share_stops_no_batch(register: Register) -> None:
    cases = [receive(register, "2026-03-02", organ=ORGAN) for _ in range(2)]
    set_organ(register, ORGAN, ORGAN_FACTS)
    for case in cases:
        told = {"outcome": "3.3.4", "content": "属于商业秘密。", "doc_no": "青财〔2026〕7号"}
        log(register, case, EventKind.DECIDED, "2026-03-06", **told)
    with register.reading() as tx:
        numbers = dict(enumerate((case.number for case in cases), 1))
        foreseen = foresee(tx, LetterKind.ANSWER, numbers)
    assert [one.refusal for one in foreseen] == ["", ""]
