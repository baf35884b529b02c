"""Writing letters of a register: all that is asked for, or nothing, on the disk and in the register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.cases.organs import OrganFact
from db.cases.papers import papers_of
from db.errors import BadValue, ChangedMeanwhile, RegisterError
from db.storage.paper_store import digest_of
from db.storage.register import Register
from db.words.letters import LetterKind
from db.words.vocabulary import EventKind
from exports.letters.rendering import text_of
from exports.letters.writing import LacksFacts, Wanted, file_name_of, write_letters
from tests.support.at_once import everything, read_case, set_organ
from tests.support.letters import ORGAN_FACTS
from tests.support.steps import log, receive

ORGAN = "云溪县财政局"


def answered(register: Register, **facts: object) -> str:
    case = receive(register, "2026-03-02", organ=ORGAN, **facts)
    told = {"outcome": "3.3.4", "content": "属于商业秘密。"}
    log(register, case, EventKind.DECIDED, "2026-03-06", **told)
    return case.number


def settled(register: Register, **facts: object) -> str:
    number = answered(register, **facts)
    set_organ(register, ORGAN, ORGAN_FACTS)
    return number


def test_a_letter_is_written_and_its_number_kept(register: Register, tmp_path: Path) -> None:
    number = settled(register, applicant="{{ 张三 }}<w:t>&")
    path = tmp_path / "告知书.docx"
    (done,) = write_letters(register, [Wanted(number, LetterKind.ANSWER, path)], None)
    assert file_name_of(done.letter) == f"{number} 告知书.docx"
    assert path.stat().st_mode & 0o777 == 0o600
    text = text_of(path.read_bytes())
    assert "{{ 张三 }}<w:t>&：" in text
    case = read_case(register, number)
    assert text[1] == "公开告〔2026〕1号" == case.history[1].doc_no
    (paper,) = papers_of(case)
    assert paper.digest == digest_of(path.read_bytes())
    assert (paper.name, paper.called, paper.of_place) == ("告知书.docx", "告知书", 2)
    assert done.recorded[-1] == case.version


def test_what_is_missing_is_named_and_nothing_is_written(
    register: Register, tmp_path: Path
) -> None:
    number = answered(register)
    before = everything(register)
    with pytest.raises(LacksFacts, match="复议机关、管辖法院。没有写出文件") as refusal:
        write_letters(register, [Wanted(number, LetterKind.ANSWER, tmp_path / "a.docx")], None)
    assert [one.fact for one in refusal.value.missing] == [
        OrganFact.REVIEWING_BODY.value,
        OrganFact.COURT.value,
    ]
    assert list(tmp_path.glob("*.docx")) == []
    assert everything(register) == before


def test_a_fee_must_come_to_what_is_asked_for(register: Register, tmp_path: Path) -> None:
    case = receive(register, "2026-03-02", organ=ORGAN)
    set_organ(register, ORGAN, ORGAN_FACTS)
    told = {"amount": 20_000, "basis": "by_page", "content": "缴到财政局"}
    log(register, case, EventKind.FEE_NOTIFIED, "2026-03-04", **told)
    wanted = [
        Wanted(case.number, LetterKind.FEE, tmp_path / "a.docx", told={"quantity": pages})
        for pages in (51, 50)
    ]
    with pytest.raises(LacksFacts, match=r"按填的数应收 210\.00 元"):
        write_letters(register, wanted[:1], None)
    write_letters(register, wanted[1:], None)
    assert "第31至50页：20页×10元/页＝200.00元。" in text_of((tmp_path / "a.docx").read_bytes())


def test_one_that_cannot_be_written_leaves_all_unwritten(
    register: Register, tmp_path: Path
) -> None:
    number = settled(register)
    other = receive(register, "2026-03-03", organ=ORGAN).number
    (tmp_path / "告知书-不予公开.docx").write_bytes(b"broken")
    before = everything(register)
    receipts = [
        Wanted(one, LetterKind.RECEIPT, tmp_path / f"{one}.docx") for one in (number, other)
    ]
    answer = Wanted(number, LetterKind.ANSWER, tmp_path / "c.docx")
    with pytest.raises(BadValue, match="不是 Word 文档"):
        write_letters(register, [*receipts, answer], tmp_path)
    assert everything(register) == before
    assert len(list(tmp_path.glob("*.docx"))) == 1
    done = write_letters(register, receipts, tmp_path)
    assert [one.letter.doc_no for one in done] == ["公开收〔2026〕1号", "公开收〔2026〕2号"]


def test_a_case_that_others_have_changed_is_not_written_over(
    register: Register, tmp_path: Path
) -> None:
    number = settled(register)
    seen = read_case(register, number).version
    log(register, read_case(register, number), EventKind.NOTE, "2026-03-09", note="来电询问")
    path = tmp_path / "a.docx"
    with pytest.raises(ChangedMeanwhile):
        write_letters(register, [Wanted(number, LetterKind.ANSWER, path, seen=seen)], None)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_told_and_no_number_is_taken(
    register: Register, tmp_path: Path
) -> None:
    number = settled(register)
    before = everything(register)
    wanted = Wanted(number, LetterKind.ANSWER, tmp_path / "没有" / "a.docx")
    with pytest.raises(RegisterError, match="文件夹不存在"):
        write_letters(register, [wanted], None)
    assert everything(register) == before


def test_several_of_one_kind_have_names_of_their_own(register: Register, tmp_path: Path) -> None:
    case = receive(register, "2026-03-02", organ=ORGAN)
    set_organ(register, ORGAN, ORGAN_FACTS)
    for party in ("甲公司", "乙公司"):
        log(register, case, EventKind.CONSULTATION_STARTED, "2026-03-04", party=party)
    events = [e.id for e in read_case(register, case.number).history[1:]]
    wanted = [
        Wanted(case.number, LetterKind.THIRD_PARTY, tmp_path / f"{n}.docx", n) for n in events
    ]
    done = write_letters(register, wanted, None)
    assert [file_name_of(one.letter) for one in done] == [
        f"{case.number} 征求第三方意见书.docx",
        f"{case.number} 征求第三方意见书2.docx",
    ]
    assert "乙公司：" in text_of((tmp_path / f"{events[1]}.docx").read_bytes())
    assert date(2026, 3, 4) == done[0].letter.day
