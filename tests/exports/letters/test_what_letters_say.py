"""What each letter must say and must not: read back from the document, as a lawyer would."""

from __future__ import annotations

from datetime import date

import pytest

from db.cases.letters import missing_of
from db.law.event import Event
from db.words.letters import LetterKind
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import EventKind, FeeBasis, Opinion, PartyKind
from tests.support.examples import often
from tests.support.letters import answered, consulted, letter_of, received, written

BODY, COURT = "青川县人民政府申请行政复议", "青川县人民法院"
DIRECT, FIRST, AFTER = (
    "直接向青川县人民法院提起行政诉讼",
    "应当先依照",
    "自收到行政复议决定书之日起15日内",
)
DAYS = (date(2023, 12, 29), date(2024, 6, 28), date(2025, 6, 30))

SAYS = {
    "3.1": ("第三十六条第二项", "予以公开"),
    "3.2": (
        "第三十七条、第十五条、第十六条第二款",
        "决定部分公开",
        "〈不予公开的部分〉",
        "商业秘密",
    ),
    "3.3.1": ("第十四条、第三十六条第三项", "国家秘密", "不予公开"),
    "3.3.2": ("第十四条", "法律、行政法规禁止公开", "不予公开"),
    "3.3.3": ("第十四条", "国家安全、公共安全、经济安全、社会稳定", "不予公开"),
    "3.3.4": ("第十五条", "商业秘密、个人隐私", "不予公开"),
    "3.3.5": ("第十六条第一款", "内部事务信息", "不予公开"),
    "3.3.6": ("第十六条第二款", "过程性信息", "不予公开"),
    "3.3.7": ("第十六条第二款", "行政执法案卷", "不予公开"),
    "3.3.8": ("第三十六条第七项", "〈查询途径〉"),
    "3.4.1": ("第三十六条第四项", "经检索不存在", "〈检索情况〉", "无法提供"),
    "3.4.2": ("第三十八条", "加工、分析", "无法提供"),
    "3.4.3": ("第三十条", "补正后仍不明确", "无法提供"),
    "3.5.1": ("第三十九条第一款", "不作为政府信息公开申请处理"),
    "3.5.2": ("第三十六条第六项", "不予重复处理", "〈此前的答复〉"),
    "3.5.3": ("第三十九条第二款", "〈获取途径〉"),
    "3.5.4": ("第三十五条", "数量、频次明显超过合理范围"),
    "3.5.5": ("确认或者重新出具", "不予处理"),
    "3.6.1": ("第三十条", "视为放弃申请", "1日告知你补正"),
    "3.6.2": ("第四十二条", "国办函〔2020〕109号", "1日通知你缴纳信息处理费"),
    "3.6.3": ("〈查明和理由〉",),
}


def test_the_table_knows_every_outcome() -> None:
    assert list(SAYS) == [outcome.code for outcome in OUTCOMES]


@pytest.mark.parametrize("code", SAYS)
def test_an_answer_says_what_was_asked_found_decided_and_on_what(code: str) -> None:
    text = written(answered(code, DAYS[-1]))
    for said in (
        "青川县财政局 政府信息公开告知书",
        "青财公开〔2026〕7号",
        "陈静：",
        "你于2025年6月1日以邮寄方式提出的政府信息公开申请（编号2026-0001），本机关于2025年6月1日收到",
        "你申请公开：旧城改造项目施工合同。",
        "青川县财政局（印章）",
        "2025年6月30日",
        *SAYS[code],
    ):
        assert said in text
    assert "。。" not in text
    assert "{" not in text


UNLIKE = ("3.1", "3.2", "3.3.1", "3.3.8", "3.4.2", "3.5.1", "3.5.4")
"""Of each way in which remedies have changed one; all of them in `tests/db/law/test_remedies.py`."""
ANSWERS = often(
    [
        *((code, DAYS[-1]) for code in SAYS),
        *((code, on) for code in UNLIKE for on in DAYS[:-1]),
        *((code, on) for code in SAYS for on in DAYS[:-1] if code not in UNLIKE),
    ],
    len(SAYS) + len(UNLIKE) * len(DAYS[:-1]),
)


@pytest.mark.parametrize(("code", "on"), ANSWERS)
def test_an_answer_tells_the_remedies_of_its_outcome_and_day(code: str, on: date) -> None:
    text = written(answered(code, on))
    refused, partial = code.startswith("3.3."), code == "3.2"
    unheard = on >= date(2025, 6, 1) and code in ("3.3.8", "3.4.2", "3.5.1", "3.5.2", "3.5.3")
    first = on >= date(2024, 1, 1) and (refused or partial) and not unheard
    assert "自收到本告知书之日起60日内向" + BODY in text
    assert (COURT in text) is not unheard
    assert (FIRST in text) is (AFTER in text) is first
    assert (DIRECT in text) is not (unheard or (first and not partial))
    assert ("6个月内" in text) is (DIRECT in text)
    assert ("《中华人民共和国行政复议法》第九条" in text) is (on < date(2024, 1, 1))


def test_a_finer_ground_has_its_article() -> None:
    for ground in ("已主动公开", "属于主动公开"):
        text = written(answered("3.1", DAYS[2], ground=ground))
        assert "第三十六条第一项" in text
        assert "方式、途径：〈提供或获取方式〉" in text
    text = written(answered("3.4.1", DAYS[2], ground="非本机关负责"))
    assert "第三十六条第五项" in text
    assert "负责公开该政府信息的行政机关：〈负责机关〉" in text


def test_a_second_answer_is_called_one() -> None:
    ordered = date(2026, 3, 5)
    told = Event(EventKind.REDECIDED, date(2026, 3, 6), outcome="3.1", ordered_on=ordered)
    first = Event(EventKind.DECIDED, date(2026, 3, 3), outcome="3.3.4")
    letter = letter_of(LetterKind.ANSWER, received(date(2026, 3, 2)), first, told)
    text = written(letter)
    assert "政府信息公开重新答复告知书" in text
    assert "依照2026年3月5日生效的行政复议决定或者行政判决，本机关对该申请重新作出答复。" in text


NOTICES = {
    LetterKind.RECEIPT: ("登记回执", "20个工作日内（即2026年3月30日前）", "第三十一条"),
    LetterKind.CLARIFICATION: (
        "补正告知书",
        "〈补正事项〉",
        "在2026年3月16日前补正",
        "第三十条",
        "视为放弃申请",
        "青川县人民路1号（邮编628100）",
    ),
    LetterKind.EXTENSION: ("延长20个工作日，至2026年4月28日", "第三十三条第二款", "负责人同意"),
    LetterKind.DELAY: ("延迟答复告知书", "在2026年5月8日前答复", "第三十五条"),
    LetterKind.REASONS: (
        "要求说明理由通知书",
        "在2026年3月16日前书面说明",
        "第三十五条",
        "〈数量和频次〉",
    ),
    LetterKind.FEE: (
        "收费通知书",
        "按件计收信息处理费200.00元（大写：人民币贰佰元整）",
        "第四十二条",
        "国办函〔2020〕109号）第四条",
        "第1至10件：不收费。\n第11至12件：2件×100元/件＝200.00元。\n合计200.00元。",
        "2026年4月1日前）缴纳",
        "〈缴纳方式〉",
    ),
}


@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_says_its_periods_and_carries_no_remedies(kind: LetterKind) -> None:
    day, limit = date(2026, 3, 4), date(2026, 3, 16)
    of = {
        LetterKind.CLARIFICATION: Event(EventKind.CLARIFICATION_REQUESTED, day, reply_by=limit),
        LetterKind.EXTENSION: Event(EventKind.EXTENDED, day, days=20),
        LetterKind.DELAY: Event(EventKind.DELAY_SET, day, due=date(2026, 5, 8)),
        LetterKind.REASONS: Event(EventKind.REASONS_REQUESTED, day, reply_by=limit),
        LetterKind.FEE: Event(EventKind.FEE_NOTIFIED, day, amount=20_000, basis=FeeBasis.BY_ITEM),
    }
    events = [received(date(2026, 3, 2)), *([of[kind]] if kind in of else [])]
    text = written(letter_of(kind, *events))
    for said in NOTICES[kind]:
        assert said in text
    assert "行政复议" not in text
    assert "诉讼" not in text


def test_a_third_party_is_asked_and_gets_a_form_to_reply_on() -> None:
    text = written(consulted(LetterKind.THIRD_PARTY, PartyKind.THIRD_PARTY))
    for said in (
        "丙公司：",
        "第三十二条",
        "15个工作日内（即2026年3月25日前）",
        "第三方意见回复单",
        "□不同意公开",
    ):
        assert said in text
    assert "陈静" not in text  # a third party does not learn who applies
    assert "行政复议" not in text


@pytest.mark.parametrize("overruled", [True, False])
def test_a_third_party_is_told_what_is_published_over_its_objection(overruled: bool) -> None:
    asked = Event(
        EventKind.CONSULTATION_STARTED,
        date(2026, 3, 4),
        party="丙公司",
        party_kind=PartyKind.THIRD_PARTY,
        content="合同的单价。",
    )
    day = date(2026, 3, 9)
    back = Event(EventKind.CONSULTATION_ENDED, day, party="丙公司", opinion=Opinion.OBJECTS)
    told = Event(EventKind.PARTY_TOLD, day, party="丙公司", overruled=overruled)
    first = received(date(2026, 3, 2))
    text = written(letter_of(LetterKind.PARTY_TOLD, first, asked, back, told))
    assert "征求你方的意见，你方不同意公开。" in text
    assert ("理由不成立" in text) is not overruled
    text = written(letter_of(LetterKind.PARTY_TOLD, first, asked, told))
    assert "你方不同意" not in text  # nobody has recorded that it objects
    for said in (
        "丙公司：",
        "2026年3月4日",
        "合同的单价。",
        "第三十二条",
        "〈决定公开的内容和理由〉",
    ):
        assert said in text
    assert ("对公共利益造成重大影响" in text) is overruled
    assert "你方如不服本决定，可以依照" in text  # it is a decision against it
    assert DIRECT in text


def test_another_organ_is_taken_to_agree_by_silence() -> None:
    text = written(consulted(LetterKind.COOPERATION, PartyKind.AGENCY))
    assert "第三十四条" in text
    assert "逾期未提出意见的，视为同意公开" in text


@pytest.mark.parametrize(
    ("whom", "article"), [(PartyKind.THIRD_PARTY, "第三十二条"), (PartyKind.AGENCY, "第三十四条")]
)
def test_the_applicant_is_told_of_a_consultation(whom: PartyKind, article: str) -> None:
    text = written(consulted(LetterKind.CONSULTING, whom))
    assert "陈静：" in text
    assert article in text
    assert "第三十三条第三款" in text
    assert "丙公司" not in text


def test_the_papers_of_the_file_bear_no_number_and_list_what_went_out() -> None:
    events = (
        received(date(2026, 3, 2), phone="13900000001", address="青川县某街2号", unit="办公室"),
        Event(EventKind.CLARIFICATION_REQUESTED, date(2026, 3, 3), doc_no="青财补〔2026〕1号"),
        Event(EventKind.CLARIFICATION_RECEIVED, date(2026, 3, 5)),
        Event(EventKind.DECIDED, date(2026, 3, 9), outcome="3.3.4", doc_no="青财告〔2026〕2号"),
    )
    cover = written(letter_of(LetterKind.COVER, *events))
    listed = (
        "政府信息公开申请",
        "补正告知书",
        "青财补〔2026〕1号",
        "补正后的申请",
        "政府信息公开告知书",
    )
    for said in (*listed, "青财告〔2026〕2号", "不予公开（保护第三方合法权益），2026年3月9日办结"):
        assert said in cover
    sheet = written(letter_of(LetterKind.APPROVAL, *events))
    assert "不予公开（保护第三方合法权益）。\n依据：" in sheet
    assert "2026年3月3日　告知补正" in sheet
    proof = written(letter_of(LetterKind.DELIVERY, *events))
    for said in ("政府信息公开告知书", "青财告〔2026〕2号", "陈静", "青川县某街2号"):
        assert said in proof


def test_a_step_that_was_not_taken_is_missed_and_not_told() -> None:
    start, day = date(2026, 3, 2), date(2026, 3, 9)
    asked = Event(EventKind.CLARIFICATION_REQUESTED, start, reply_by=day)
    back = Event(EventKind.CLARIFICATION_RECEIVED, date(2026, 3, 4))
    billed = Event(EventKind.FEE_NOTIFIED, start, amount=10_000, basis=FeeBasis.BY_ITEM, pay_by=day)
    paid = Event(EventKind.FEE_PAID, date(2026, 3, 4))
    for code, steps, missed in (
        ("3.4.3", (asked,), "收到补正的记录"),
        ("3.6.1", (), "告知补正的记录"),
        ("3.6.1", (asked, back), "收到补正以后又告知补正的记录"),
        ("3.6.2", (billed, paid), "缴费以后又收费通知的记录"),
    ):
        told = Event(EventKind.DECIDED, day, outcome=code, content="查明。")
        letter = letter_of(LetterKind.ANSWER, received(start), *steps, told)
        assert [one.label for one in missing_of(letter)] == [missed]


def test_a_day_of_the_office_stands_alone_and_a_provisional_one_not_at_all() -> None:
    def asked(day: date, limit: date | None) -> str:
        party = Event(EventKind.CONSULTATION_STARTED, day, party="丙公司", reply_by=limit)
        return written(letter_of(LetterKind.THIRD_PARTY, received(day), party))

    def billed(day: date, limit: date | None) -> str:
        facts = {"amount": 20_000, "basis": FeeBasis.BY_ITEM}
        bill = Event(EventKind.FEE_NOTIFIED, day, pay_by=limit, **facts)  # type: ignore[arg-type]
        return written(letter_of(LetterKind.FEE, received(day), bill))

    day, limit, unpublished = date(2026, 3, 4), date(2026, 3, 16), date(2030, 3, 4)
    assert "请在2026年3月16日前提出" in asked(day, limit)
    assert "日起15个工作日内提出" in asked(unpublished, None)
    assert "请你在2026年3月16日前缴纳" in billed(day, limit)
    assert "次日起20个工作日内缴纳" in billed(unpublished, None)
    granted = Event(EventKind.EXTENDED, unpublished, days=20)
    text = written(letter_of(LetterKind.EXTENSION, received(unpublished), granted))
    assert "延长20个工作日。" in text


def test_a_delay_bears_its_day_while_a_party_is_asked() -> None:
    day = date(2026, 3, 4)
    party = Event(EventKind.CONSULTATION_STARTED, day, party="丙公司")
    late = Event(EventKind.DELAY_SET, day, due=date(2026, 5, 8))
    letter = letter_of(LetterKind.DELAY, received(date(2026, 3, 2)), party, late)
    assert "将在2026年5月8日前答复" in written(letter)


def test_the_list_of_the_file_holds_what_was_signed() -> None:
    day = date(2026, 3, 9)
    called = ("送达回证", "送达回证", "告知书", "审批单", "卷宗封面", "身份证明")
    papers = [
        Event(EventKind.ATTACHED, day, called=one, name="a.pdf", size=1, digest="0", of_event=2)
        for one in called
    ]
    told = Event(EventKind.DECIDED, day, outcome="3.3.4")
    party = Event(EventKind.CONSULTATION_STARTED, day, party="丙公司")
    silent = Event(EventKind.CONSULTATION_ENDED, day, party="丙公司", opinion=Opinion.NO_REPLY)
    events = (received(day), told, *papers, party, silent)
    lines = written(letter_of(LetterKind.COVER, *events)).split("\n")
    assert "意见返回（丙公司）" not in lines
    assert [lines.count(one) for one in dict.fromkeys(called)] == [1, 0, 1, 0, 1]
