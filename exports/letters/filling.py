"""What stands in the fields of a letter: from the case and the organ's settings, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from db.calendar.workdays import WorkCalendar
from db.cases.letters import Letter, number_of
from db.cases.organs import OrganFact
from db.law.articles import Basis, basis
from db.law.clock import stand
from db.law.event import Event
from db.law.fees import FeeStep, item_rate, steps_by_item, steps_by_page
from db.law.letters import Writable, letters_of, objection_of, withheld_for
from db.law.periods import ANSWER_DAYS, PARTY_DAYS, PAYMENT_DAYS
from db.law.waiting import objecting_parties
from db.words.letters import LetterKind, parse_letter
from db.words.money import capital_yuan, yuan
from db.words.outcomes import OUTCOME_BY_CODE, WITHDRAWN_WORDS
from db.words.vocabulary import ApplicantKind, Delivery, EventKind, FeeBasis, Opinion, PartyKind
from exports.document.texts import day_of
from exports.letters.fields import FIELDS
from exports.letters.remedy_words import remedy_words, third_party_words

_REGULATION = "《中华人民共和国政府信息公开条例》"
_FEES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
_STOPS = "。．.；;，,、 \u3000\n"


def fill(letter: Letter) -> dict[str, Any]:
    """Every field of the letter; those it has nothing for are empty."""
    told: dict[str, Any] = dict.fromkeys(FIELDS, "")
    told.update(_organ(letter))
    told.update(_case(letter))
    told.update(_event(letter))
    told.update(_answer(letter))
    told.update(_fee(letter))
    told.update(_file(letter))
    return told


def _day(day: date | None) -> str:
    return day_of(day) if day is not None else ""


def _settled(day: date, since: date, calendar: WorkCalendar) -> date | None:
    """A counted day, unless the holidays up to it are not published: a letter promises no such day."""
    return None if calendar.is_provisional(since, day) else day


def _organ(letter: Letter) -> Iterator[tuple[str, str]]:
    organ, day = letter.organ, letter.day
    told = {fact: organ.fact(fact, day) or "" for fact in OrganFact}
    yield "机关", organ.name_on(day)
    yield "机关地址", told[OrganFact.ADDRESS]
    yield "机关邮编", told[OrganFact.POSTCODE]
    yield "机关电话", told[OrganFact.PHONE]
    yield "复议机关", told[OrganFact.REVIEWING_BODY]
    yield "法院", told[OrganFact.COURT]
    labelled = (
        ("联系地址", OrganFact.ADDRESS),
        ("邮编", OrganFact.POSTCODE),
        ("电话", OrganFact.PHONE),
    )
    yield "联系", "　".join(f"{label}：{told[fact]}" for label, fact in labelled if told[fact])
    yield "文号", letter.doc_no
    yield "日期", _day(day)


def _case(letter: Letter) -> Iterator[tuple[str, str]]:
    case, received, calendar = letter.case, letter.case.received, letter.calendar
    yield "编号", case.number
    yield "申请人", received.applicant or ""
    yield "申请人类型", received.applicant_kind.label if received.applicant_kind else ""
    yield "你", you(letter)
    yield "申请方式", _way(received)
    yield "提交日期", _day(received.submitted_on)
    yield "收到日期", _day(received.on)
    yield "申请内容", (received.subject or "").rstrip(_STOPS)
    yield "来件", _came(letter)
    yield "委托代理人", received.agent or ""
    yield "用途", received.purpose or ""
    yield "要求", received.form_wanted or ""
    yield "通讯地址", received.address or ""
    yield "邮编", received.postcode or ""
    yield "联系电话", received.phone or ""
    yield "电子邮箱", received.email or ""
    yield "证件号码", received.id_no or ""
    yield "承办科室", case.unit
    yield "承办人", case.officer
    first = calendar.add(received.on, ANSWER_DAYS)
    yield "初次期限", _day(_settled(first, received.on, calendar))
    yield "现期限", _day(case.standing.due_on)
    asked = _last(letter, EventKind.CLARIFICATION_REQUESTED)
    yield "补正告知日期", _day(asked.on if asked else None)
    yield "补正期限", _day(asked.reply_by if asked else None)
    ended = case.standing.concluded_on
    if ended is not None:
        withdrawn = any(e.kind is EventKind.WITHDRAWN for e in case.history)
        said = WITHDRAWN_WORDS if withdrawn else outcome_words(case.standing.outcome)
        yield "办结情况", f"{said}，{_day(ended)}办结"


def you(letter: Letter) -> str:
    """How the applicant is spoken to."""
    person = letter.case.received.applicant_kind is ApplicantKind.NATURAL_PERSON
    return "你" if person else "你单位"


def outcome_words(code: str | None) -> str:
    outcome = OUTCOME_BY_CODE.get(code or "")
    if outcome is None:
        return code or ""
    return f"{outcome.group}（{outcome.label}）" if outcome.label else outcome.group


def _way(received: Event) -> str:
    return received.channel.label.partition("(")[0] if received.channel else ""


def _came(letter: Letter) -> str:
    """`你于2026年2月27日以邮寄方式提出的政府信息公开申请（编号2026-0001），本机关于2026年3月2日收到。`"""
    received, way = letter.case.received, _way(letter.case.received)
    when = f"于{_day(received.submitted_on)}" if received.submitted_on else ""
    how = f"以{way}方式" if way else ""
    said = (
        f"{you(letter)}{when}{how}提出的政府信息公开申请（编号{letter.case.number}），"
        f"本机关于{_day(received.on)}收到"
    )
    if letter.kind is not LetterKind.RECEIPT:
        back = [
            event.on
            for event in letter.history
            if event.kind is EventKind.CLARIFICATION_RECEIVED and event.on <= letter.day
        ]
        said += f"，于{_day(back[-1])}收到补正后的申请" if back else ""
    return said + "。"


def _last(letter: Letter, kind: EventKind) -> Event | None:
    """The last event of a kind up to the letter's own."""
    found = [e for e in letter.history if e.kind is kind and e.on <= letter.day]
    return found[-1] if found else None


def _event(letter: Letter) -> Iterator[tuple[str, str]]:
    event, calendar = letter.event, letter.calendar
    yield "文书内容", event.content or ""
    yield "获取途径", event.source or ""
    consults = event.kind is EventKind.CONSULTATION_STARTED
    limit = event.reply_by
    if consults:
        usual = calendar.add(event.on, PARTY_DAYS)
        yield "另定", "是" if limit not in (None, usual) else ""
        limit = limit or _settled(usual, event.on, calendar)
    yield "限期", _day(limit)
    yield "延期工作日", str(event.days) if event.days is not None else ""
    if event.kind is EventKind.DELAY_SET:
        yield "答复期限", _day(event.due)
    if event.kind is EventKind.EXTENDED:
        place = next(n for n, e in enumerate(letter.history) if e.id == event.id)
        standing = stand(letter.history[: place + 1], calendar)
        yield "答复期限", "" if standing.provisional else _day(standing.due_on)
    yield "对方", "你方"
    yield "对象", event.party or ""
    if consults:
        yield "征求对象", (event.party_kind or PartyKind.THIRD_PARTY).label
        yield "征求日期", _day(event.on)
        subject = (letter.case.received.subject or "").rstrip(_STOPS)
        yield "征求的信息", event.content or f"{subject}。"
    if event.kind is EventKind.PARTY_TOLD:
        asked = objection_of(letter.history, event)
        subject = (letter.case.received.subject or "").rstrip(_STOPS)
        yield "征求日期", _day(asked.on if asked else None)
        objects = asked is not None and asked in objecting_parties(letter.history)
        yield "意见", Opinion.OBJECTS.label if objects else ""
        yield "征求的信息", (asked.content if asked else None) or f"{subject}。"
        yield "公共利益", "是" if event.overruled else ""
        yield "救济", third_party_words(event.on, "你方", letter.organ)
    yield "邮件号码", event.postal_no or ""
    if isinstance(event.delivery, Delivery):
        yield "送达方式", event.delivery.label
    elif event.delivery:
        yield "送达方式", event.delivery


# -- answers --------------------------------------------------------------------------------------


def _answer(letter: Letter) -> Iterator[tuple[str, str]]:
    event = letter.event
    outcome = event.outcome
    if outcome not in OUTCOME_BY_CODE:
        return
    found = basis(outcome, event.ground)
    yield "结果编号", outcome
    yield "办理结果", outcome_words(outcome)
    yield "具体理由", event.ground or ""
    subject = "" if found.of_applicant else "申请公开的政府信息"
    yield "查明", f"{you(letter)}{subject}{found.found}" if found.found else ""
    yield "决定", found.decision
    yield "依据", _articles(outcome, event, found)
    yield "不予公开的部分", (event.withheld_part or "").rstrip(_STOPS) + "。"
    withheld = withheld_for(event) if outcome == "3.2" else ()
    yield "不公开的依据", "，".join(basis(code, None).found for code in withheld)
    yield "重新", "重新答复" if event.kind is EventKind.REDECIDED else ""
    yield "重新令日期", _day(event.ordered_on)
    yield "途径名称", "反映渠道" if outcome == "3.5.1" else "获取途径"
    if letter.kind is LetterKind.ANSWER:
        yield "救济", remedy_words(outcome, event.on, you(letter), letter.organ)


def _articles(outcome: str, event: Event, found: Basis) -> str:
    """`《中华人民共和国政府信息公开条例》第三十七条、第十五条`."""
    articles = [*found.articles]
    if outcome == "3.2":
        articles += (basis(code, None).articles[0] for code in withheld_for(event))
    said = "、".join(dict.fromkeys(articles))
    if not said:
        return ""
    fees = f"和{_FEES}第六条" if outcome == "3.6.2" else ""
    return f"{_REGULATION}{said}{fees}"


# -- fees -----------------------------------------------------------------------------------------


def _fee(letter: Letter) -> Iterator[tuple[str, str]]:
    event = letter.event
    bill = event if event.kind is EventKind.FEE_NOTIFIED else _last(letter, EventKind.FEE_NOTIFIED)
    if bill is None:
        return
    yield "收费通知日期", _day(bill.on)
    usual = letter.calendar.add(bill.on, PAYMENT_DAYS)
    yield "缴费期限", _day(bill.pay_by or _settled(usual, bill.on, letter.calendar))
    if bill is event:
        yield "另定", "是" if bill.pay_by not in (None, usual) else ""
    if bill.amount is not None:
        yield "金额", yuan(bill.amount)
        yield "大写金额", capital_yuan(bill.amount)
    if bill.basis is not None:
        yield "计费方式", bill.basis.label
        yield "收费依据", _FEES + ("第四条" if bill.basis is FeeBasis.BY_ITEM else "第五条")
    if bill.quantity is not None and bill.basis is not None and bill.amount is not None:
        yield "计算", calculation(bill.basis, bill.quantity, bill.amount)


def calculation(by: FeeBasis, quantity: int, amount: int) -> str:
    """How an amount comes about, a step a line."""
    if by is FeeBasis.BY_PAGE:
        lines = [_step(step, "页") for step in steps_by_page(quantity)]
        return "\n".join([f"本件提供{quantity}页。", *lines, f"合计{yuan(amount)}元。"])
    steps = steps_by_item(quantity)
    if amount == item_rate(quantity) and amount != sum(step.amount for step in steps):
        return (
            f"本件是该自然月内的第{quantity}件申请，适用第{steps[-1].first}件起的标准，"
            f"{yuan(steps[-1].rate)}元/件。\n合计{yuan(amount)}元。"
        )
    lines = [_step(step, "件") for step in steps]
    return "\n".join([f"该自然月内累计申请{quantity}件。", *lines, f"合计{yuan(amount)}元。"])


def _step(step: FeeStep, measure: str) -> str:
    span = f"第{step.first}至{step.last}{measure}" if step.count > 1 else f"第{step.first}{measure}"
    if not step.rate:
        return f"{span}：不收费。"
    rate = yuan(step.rate).removesuffix(".00")
    return f"{span}：{step.count}{measure}×{rate}元/{measure}＝{yuan(step.amount)}元。"


# -- the file -------------------------------------------------------------------------------------


def _file(letter: Letter) -> Iterator[tuple[str, Any]]:
    yield (
        "办理经过",
        "\n".join(
            f"{_day(e.on)}　{e.kind.label}{_said(e)}"
            for e in letter.history
            if e.kind is not EventKind.ATTACHED
        ),
    )
    if letter.kind is LetterKind.APPROVAL:
        yield "拟办意见", _proposed(letter)
    if letter.kind is LetterKind.DELIVERY:
        yield from _delivered(letter)
    if letter.kind is LetterKind.COVER:
        yield "卷内文件", _papers(letter)


def _said(event: Event) -> str:
    told = [event.party, outcome_words(event.outcome) if event.outcome else None]
    told.append(f"{event.days}个工作日" if event.days else None)
    told.append(event.opinion.label if event.opinion else None)
    listed = "，".join(filter(None, told))
    return f"：{listed}" if listed else ""


def _proposed(letter: Letter) -> str:
    event = letter.event
    if event.kind is EventKind.EXTENDED:
        because = f"原因：{event.content}" if event.content else ""
        return f"延长答复期限{event.days}个工作日。{because}"
    if not event.outcome:
        return ""
    said = [f"{outcome_words(event.outcome)}。"]
    articles = _articles(event.outcome, event, basis(event.outcome, event.ground))
    said += [f"依据：{articles}。"] if articles else []
    said += [event.content] if event.content else []
    said += [f"不予公开的部分：{event.withheld_part}"] if event.withheld_part else []
    return "\n".join(said)


def _delivered(letter: Letter) -> Iterator[tuple[str, str]]:
    event = letter.event
    kind = letters_of(event)[0]
    yield "送达文书", _title(kind, event)
    yield "送达文号", number_of(letter.history, Writable(kind, event)) or ""
    if event.kind in (EventKind.CONSULTATION_STARTED, EventKind.PARTY_TOLD):
        yield "受送达人", event.party or ""
    else:
        yield "受送达人", letter.case.received.applicant or ""
        yield "送达地址", letter.case.received.address or ""


def _title(kind: LetterKind, event: Event) -> str:
    again = "重新答复" if event.kind is EventKind.REDECIDED else ""
    return f"政府信息公开{again}告知书" if kind is LetterKind.ANSWER else kind.label


_BACK: Mapping[EventKind, str] = {
    EventKind.CLARIFICATION_RECEIVED: "补正后的申请",
    EventKind.CONSULTATION_ENDED: "意见返回",
    EventKind.FEE_PAID: "缴费凭证",
    EventKind.WITHDRAWN: "撤回申请",
}


def _stands_already(paper: Event, history: Sequence[Event]) -> bool:
    """Whether the list of the file has a paper anyway: with its event, or as written again since."""
    kind = parse_letter(paper.called or "")
    if kind is None:
        return False
    if kind is LetterKind.COVER or any(letters_of(event)[:1] == (kind,) for event in history[1:]):
        return True
    again = (paper.called, paper.of_event)
    return any(
        (e.called, e.of_event) == again and e.id > paper.id
        for e in history
        if e.kind is EventKind.ATTACHED
    )


def _papers(letter: Letter) -> Sequence[Mapping[str, str]]:
    """The papers of the file, in the order of the history: what came in, and what went out."""
    listed: list[tuple[str, str, date]] = []
    for event in letter.history:
        if event.kind is EventKind.RECEIVED:
            listed.append(("政府信息公开申请", event.doc_no or "", event.on))
        elif event.kind is EventKind.ATTACHED:
            if not _stands_already(event, letter.history):
                listed.append((event.called or event.name or "附件", event.doc_no or "", event.on))
        elif event.opinion is Opinion.NO_REPLY:
            continue  # silence is no paper
        elif event.kind in _BACK:
            party = f"（{event.party}）" if event.party else ""
            listed.append((f"{_BACK[event.kind]}{party}", event.doc_no or "", event.on))
        elif kinds := letters_of(event):
            party = f"（{event.party}）" if event.party else ""
            name = f"{_title(kinds[0], event)}{party}"
            listed.append((name, event.doc_no or "", event.on))
    return [
        {"序号": str(number), "名称": name, "文号": doc_no, "日期": _day(on)}
        for number, (name, doc_no, on) in enumerate(listed, 1)
    ]
