"""文号: the next one of an organ, a year and a kind; none is used twice."""

from __future__ import annotations

from datetime import date

import pytest

from db.cases.document_numbers import clean_document_number
from db.cases.letters import keep_letter, read_letter
from db.cases.papers import content_of, papers_of
from db.errors import BadValue, RegisterError
from db.storage.register import Register
from db.words.letters import LetterKind
from db.words.vocabulary import EventKind
from tests.support.at_once import read_case, verify
from tests.support.steps import log, receive

ENGINES = ("sqlite", "postgresql")
K = LetterKind


def asked(register: Register, on: str, **facts: object) -> str:
    case = receive(register, on, **facts)
    log(register, case, EventKind.CLARIFICATION_REQUESTED, on, reply_by=date(2026, 3, 30))
    return case.number


def proposed(register: Register, number: str, kind: LetterKind = K.CLARIFICATION) -> str:
    with register.reading() as tx:
        return read_letter(tx, number, kind).doc_no


def keep(
    register: Register, number: str, doc_no: str | None = None, kind: LetterKind = K.CLARIFICATION
) -> str:
    with register.writing() as tx:
        letter = read_letter(
            tx,
            number,
            kind,
            told={"content": "写明文号"} if kind is K.CLARIFICATION else {},
            doc_no=doc_no,
        )
        keep_letter(tx, letter, doc_no.encode() if doc_no else number.encode(), f"{number}.docx")
    return letter.doc_no


def test_numbers_follow_each_other_by_kind_and_year(register: Register) -> None:
    first, second = asked(register, "2026-03-02"), asked(register, "2026-03-03")
    assert keep(register, first) == "公开补〔2026〕1号"
    assert proposed(register, first) == "公开补〔2026〕1号"  # it has one
    assert keep(register, second) == "公开补〔2026〕2号"
    assert proposed(register, second, K.RECEIPT) == "公开收〔2026〕1号"
    older = asked(register, "2025-12-30")
    assert proposed(register, older) == "公开补〔2025〕1号"
    assert verify(register).ok


def test_what_was_typed_over_is_followed(register: Register) -> None:
    first, second, third = (asked(register, f"2026-03-0{n}") for n in (2, 3, 4))
    keep(register, first, "云政公开补〔2026〕40号")
    assert keep(register, second) == "云政公开补〔2026〕41号"
    assert keep(register, third, "云政公开补[2026]7号") == "云政公开补[2026]7号"
    assert proposed(register, asked(register, "2026-03-05")) == "云政公开补〔2026〕42号"


def test_a_number_of_the_year_before_tells_what_stands_before_the_next(register: Register) -> None:
    keep(register, asked(register, "2025-12-30"), "云公开补〔2025〕9号")
    assert proposed(register, asked(register, "2026-03-05")) == "云公开补〔2026〕1号"


def test_a_number_is_used_once_however_it_is_written(register: Register) -> None:
    first, second = asked(register, "2026-03-02"), asked(register, "2026-03-03")
    keep(register, first)
    with pytest.raises(BadValue, match="已用于 2026-0001 的“告知补正（2026-03-02）”"):
        keep(register, second, "公开补 [2026] １号")
    assert read_case(register, second).history[-1].doc_no is None
    keep(register, first, "公开补〔2026〕8号")  # typed over: both it and the one before stay taken
    with pytest.raises(BadValue):
        keep(register, second, "公开补〔2026〕1号")
    other = asked(register, "2026-03-04", organ="另一个机关")
    assert keep(register, other) == "公开补〔2026〕1号"  # another organ counts for itself


def test_a_letter_that_is_written_is_kept_with_the_case(register: Register) -> None:
    number = asked(register, "2026-03-02")
    keep(register, number)
    case = read_case(register, number)
    (paper,) = papers_of(case)
    assert (paper.called, paper.of_place, paper.name) == ("补正告知书", 2, f"{number}.docx")
    with register.reading() as tx:
        assert content_of(tx, paper) == number.encode()
    keep(register, number)  # to the same signs: no paper of its own
    assert papers_of(read_case(register, number)) == (paper,)
    assert verify(register).ok


def test_the_number_of_a_second_letter_of_a_record_stands_with_its_paper(
    register: Register,
) -> None:
    number = asked(register, "2026-03-02", doc_no="来信〔2026〕1号")
    assert keep(register, number, kind=K.RECEIPT) == "公开收〔2026〕1号"
    paper = read_case(register, number).entries[-1].event
    assert (paper.kind, paper.doc_no, paper.called) == (
        EventKind.ATTACHED,
        "公开收〔2026〕1号",
        "登记回执",
    )
    assert proposed(register, number, K.RECEIPT) == "公开收〔2026〕1号"
    keep(register, asked(register, "2026-03-02"), "收〔2026〕5号", K.RECEIPT)
    assert proposed(register, asked(register, "2026-03-02"), K.RECEIPT) == "收〔2026〕6号"


def test_what_is_written_for_a_letter_is_filled_in_and_later_corrected(register: Register) -> None:
    number = asked(register, "2026-03-02")
    keep(register, number)
    assert read_case(register, number).history[1].content == "写明文号"
    with register.writing() as tx:
        letter = read_letter(tx, number, K.CLARIFICATION, told={"content": "写明名称"})
        keep_letter(tx, letter, b"other", "a.docx")
    case = read_case(register, number)
    assert case.history[1].content == "写明名称"
    reasons = [e.event.reason for e in case.entries if e.event.kind is EventKind.CORRECTED]
    assert reasons == [None, "制作补正告知书时改写"]


def test_what_cannot_be_a_letter_is_refused(register: Register) -> None:
    number = receive(register, "2026-03-02").number
    with register.reading() as tx:
        with pytest.raises(RegisterError, match=r"没有可以制作的补正告知书.*登记回执"):
            read_letter(tx, number, K.CLARIFICATION)
        with pytest.raises(RegisterError, match="只能就第1条记录制作"):
            read_letter(tx, number, K.RECEIPT, 99)
    with pytest.raises(BadValue):
        clean_document_number("一" * 61)
