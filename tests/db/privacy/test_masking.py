"""What others may read of a case: nobody is named, by a fact or by a text that repeats one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.cases.papers import attach
from db.law.event import Event
from db.privacy.masking import mask_case, mask_name, mask_of, mask_text
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, Delivery, EventKind
from tests.support.at_once import correct_event, log_event, new_case, read_case

PERSON = ApplicantKind.NATURAL_PERSON


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王", "王*"),
        ("王芳", "王*"),
        ("张三丰", "张**"),
        ("欧阳文华", "欧***"),
        ("买买提·吐尔逊", "买******"),
        ("John Smith", "J*********"),
        ("张三、李四", "张*、李*"),
        ("张三等12人", "张*等12人"),
        ("王芳等人", "王*等人"),
        ("张三（代理人：李四）", "张*（代**：李*）"),
        ("", ""),
        (None, None),
    ],
)
def test_a_name_keeps_its_first_character(name: str | None, masked: str | None) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证110101199003078888的", "身份证110*************88的"),
        ("11010119900307888X", "110*************8X"),
        ("110101 19900307 8888", "110***************88"),
        ("１１０１０１１９９００３０７８８８８", "１１０*************８８"),
        ("110101900307888", "110**********88"),
        ("电话13812345678。", "电话138******78。"),
        ("138-1234-5678", "138********78"),
        ("+86 138 1234 5678", "+86************78"),
        ("0839-6602345", "083*******45"),
        ("护照E12345678", "护照E1*****78"),
        ("卡号6222 0212 3456 7890 123", "卡号622******************23"),
        ("zsf.a@example.com.cn。", "z*******************。"),
        ("微信号：zhangsan_99", "微信号：z**********"),
        ("QQ 12345678", "QQ 1*******"),
    ],
)
def test_what_looks_like_a_number_of_a_person_is_hidden(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "依申请〔2026〕12号",
        "青政发〔2019〕第123号文件，2024-03-05 2024-03-06",
        "20240305至20250306的会议纪要",
        "2024年3月5日征收幸福路12号以东1234.56平方米，补偿标准38000元",
        "1,234,567.89元",
        "G5京昆高速K1800至K1900段",
    ],
)
def test_dates_document_numbers_and_sums_stay(text: str) -> None:
    assert mask_text(text) == text


FACTS: dict[str, Any] = {
    "applicant": "买买提·吐尔逊",
    "id_no": "110101199003078888",
    "phone": "0839 6602345",
    "address": "青川县乔庄镇幸福路12号3栋402室",
    "email": "mmt@example.com",
}


def receipt(**facts: Any) -> Event:
    told = FACTS | {"applicant_kind": PERSON, "subject": "征地批复"} | facts
    return Event(EventKind.RECEIVED, date(2026, 3, 2), **told)


@pytest.mark.parametrize(
    ("subject", "masked"),
    [
        ("本人买买提·吐尔逊的户籍", "本人买******的户籍"),
        ("本人买买提•吐尔逊的户籍", "本人买******的户籍"),
        ("本人买买提 吐尔逊的户籍", "本人买******的户籍"),
        ("买买提的户籍", "买**的户籍"),
        ("电话6602345", "电话66****5"),
        ("电话08396602345", "电话083*******45"),
        ("幸福路12号3栋402室的权属", "幸福路1********的权属"),
        ("青川县乔庄镇幸福路12号3栋402室的权属", "青川县乔庄镇************的权属"),
        ("乔庄镇的规划", "乔庄镇的规划"),
        ("回信到mmt@example.com", "回信到m**************"),
    ],
)
def test_a_subject_that_repeats_a_fact_repeats_it_hidden(subject: str, masked: str) -> None:
    assert mask_of([receipt()], PERSON).text(subject) == masked


def test_what_only_contains_a_name_or_a_short_number_stays() -> None:
    mask = mask_of([receipt(applicant="Jo Li", phone="12", id_no="1")], PERSON)
    assert (
        mask.text("Jo Li asks for the Limited Joint plan")
        == "J**** asks for the Limited Joint plan"
    )
    assert mask.text("JoLi，Li") == "J****，L*"
    assert mask.text("〔2026〕12号，第1页") == "〔2026〕12号，第1页"


def test_each_of_several_applicants_and_who_acts_for_them_is_hidden() -> None:
    several = receipt(applicant="张山川、李四光等12人（委托代理人：钱老七，联系人孙八妹）")
    mask = mask_of([several], PERSON)
    said = mask.text("张山川户、李四光户，由代理人钱老七领取，孙 八 妹签收")
    assert said == "张**户、李**户，由代理人钱**领取，孙**签收"


def test_short_facts_are_never_shown_by_half() -> None:
    for value in ("幸福路1号", "幸福路12号院", "6602345", "H1234567", "a@b.cn", "12"):
        for name in ("address", "phone", "id_no", "email"):
            shown = mask_of([], PERSON).fact(name, value)
            assert len(shown) == len(value)
            assert shown.count("*") * 2 >= len(value), (name, value, shown)


def test_an_organization_keeps_its_name_and_loses_its_numbers() -> None:
    firm = receipt(applicant="正衡律师事务所", subject="正衡律师事务所，电话0839-6602345")
    masked = mask_of([firm], ApplicantKind.LEGAL_SERVICE).event(firm)
    assert masked.applicant == "正衡律师事务所"
    assert masked.subject == "正衡律师事务所，电话083*******45"
    assert "12号" not in (masked.address or "")


def test_what_a_correction_names_is_hidden_everywhere(register: Register) -> None:
    """The name of before, the one of after, the reason, a note, and those of the voided entry."""
    number = new_case(register, receipt(applicant="张山川", subject="张山川与李四光的协议")).number
    log_event(
        register,
        number,
        Event(EventKind.CONSULTATION_STARTED, date(2026, 3, 3), party="李四光", note="李四光在家"),
    )
    log_event(
        register,
        number,
        Event(
            EventKind.DECIDED,
            date(2026, 3, 6),
            outcome="3.2",
            ground="涉及李 四 光的隐私",
            doc_no="张三川〔2026〕1号",
            delivery=Delivery.POSTED,
        ),
    )
    first = read_case(register, number).history[0].id
    correct_event(
        register, number, first, reason="张山川应为张三川", changes={"applicant": "张三川"}
    )
    case = mask_case(read_case(register, number))
    said = str(case)
    for secret in ("张山川", "张三川", "李四光", "李 四 光", *map(str, list(FACTS.values())[1:])):
        assert secret not in said, secret
    assert case.received.subject == "张**与李**的协议"
    assert case.history[-1].delivery is Delivery.POSTED
    assert case.history[-1].doc_no == "张**〔2026〕1号"
    assert [entry.event.reason for entry in case.entries] == [None] * 4


def test_what_the_application_tells_of_the_applicant_is_hidden(register: Register) -> None:
    case = new_case(
        register,
        Event(
            EventKind.RECEIVED,
            date(2026, 3, 2),
            applicant="王芳",
            applicant_kind=PERSON,
            subject="王芳和李强的申请",
            agent="李强",
            postcode="628017",
            purpose="王芳自用，电话13812345678",
            form_wanted="寄给李强",
        ),
    )
    answer = Event(
        EventKind.DECIDED, date(2026, 3, 3), outcome="3.1", postal_no="XA12345678901", note="李强取"
    )
    log_event(register, case.number, answer)
    with register.writing() as tx:
        masked = mask_case(
            attach(tx, case.number, b"scan", "李强的委托书.pdf", called="王芳委托书")
        )
    said = repr([(entry.event, masked.received) for entry in masked.entries])
    for personal in ("王芳", "李强", "628017", "13812345678", "XA12345678901"):
        assert personal not in said
    assert masked.history[-1].name == "李*的委托书.pdf"
