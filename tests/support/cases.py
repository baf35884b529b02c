"""A small register for the screens: one case in every state, and a few that are hostile."""

from __future__ import annotations

from datetime import date

from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, Channel, EventKind, FeeBasis, PartyKind
from tests.support.at_once import add_organ, log_event, new_case
from tests.support.examples import often

HOSTILE = (
    "a[/b]c",
    "[@click=app.quit]x[/]",
    "[red]红[/red] [/]",
    "\x1b[31m红\x1b[0m\x07\x9b2J",
    "右\u202e左\u2066换\u2069",
    "零\u200b宽\u200d连\ufeff字",
    "全角１２３与\u3000空格〔2026〕",
    "𠀀𠀁扩展汉字é·“引”—…①",
    "长" * 10_000,
    "long-word-" * 500,
    "e\u0301" * 200,
    "两行\n内容\t制表",
)
"""What an applicant, or a spreadsheet, may put into a field."""
UNLIKE = often([HOSTILE[n] for n in (0, 3, 8, 4, 9, 11, *{1, 2, 5, 6, 7, 10})], 6)
"""Those of them of which none is much like another, the others when thorough."""


def received(on: date, applicant: str, subject: str, **more: object) -> Event:
    facts = {
        "applicant_kind": ApplicantKind.NATURAL_PERSON,
        "channel": Channel.INTERNET,
        "unit": "信息公开科",
    } | more
    return Event(EventKind.RECEIVED, on, applicant=applicant, subject=subject, **facts)  # type: ignore[arg-type]


def fill(register: Register) -> None:
    """Cases from 2024 to March 2026."""
    kinds = EventKind
    add_organ(register, "青川县人民政府办公室")

    def case(*events: Event) -> None:
        number = new_case(register, events[0]).number
        for event in events[1:]:
            log_event(register, number, event)

    case(
        received(date(2024, 12, 20), "李明", "2024年度部门预算"),
        Event(kinds.DECIDED, date(2025, 1, 6), outcome="3.1", doc_no="青府公开〔2025〕1号"),
    )
    case(
        received(
            date(2025, 3, 3),
            "青川商贸有限公司",
            "招投标文件",
            applicant_kind=ApplicantKind.BUSINESS,
        ),
        Event(kinds.DECIDED, date(2025, 5, 20), outcome="3.3.4", delivery="posted"),
    )
    case(
        received(
            date(2025, 6, 3), "王芳", "征地批复及补偿安置方案", channel=Channel.REGISTERED_MAIL
        ),
        Event(kinds.WITHDRAWN, date(2025, 6, 10)),
    )
    case(
        received(date(2025, 9, 1), "赵强", "重复登记"),
        Event(kinds.CANCELLED, date(2025, 9, 2), note="重复登记"),
    )
    case(
        received(date(2026, 1, 5), "陈静", "旧城改造项目施工合同和竣工验收报告"),
        Event(kinds.CLARIFICATION_REQUESTED, date(2026, 1, 20), reply_by=date(2026, 2, 3)),
    )
    case(
        received(
            date(2026, 1, 12),
            "正衡律师事务所",
            "行政处罚决定书",
            applicant_kind=ApplicantKind.LEGAL_SERVICE,
        )
    )
    case(
        received(date(2026, 2, 24), "孙丽", "环境影响评价报告", channel=Channel.ORDINARY_MAIL),
        Event(
            kinds.CONSULTATION_STARTED,
            date(2026, 3, 2),
            party="青川化工有限公司",
            party_kind=PartyKind.THIRD_PARTY,
            reply_by=date(2026, 3, 23),
        ),
    )
    case(
        received(date(2026, 3, 2), "周伟", "会议纪要全文"),
        Event(kinds.FEE_NOTIFIED, date(2026, 3, 5), amount=10_000, basis=FeeBasis.BY_ITEM),
    )
    case(
        received(date(2026, 3, 4), "吴敏", "道路拓宽工程立项批复", phone="13900000001"),
        Event(kinds.EXTENDED, date(2026, 3, 9), days=20, approver="张主任"),
    )
    case(received(date(2026, 3, 9), "a[/b]c", "[@click=app.quit]x 与 \x1b[31m红"))


NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月20日（周六）上班。
三、清明节：4月5日（周一）放假。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假。
六、中秋节：9月15日（周三）放假。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。"""
