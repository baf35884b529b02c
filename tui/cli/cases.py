"""`new`, `log`, `correct`, `show`: a case and its handling."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tui.cli import environment
from tui.cli.from_stdin import FromStdin
from tui.cli.output import complain, stored
from tui.cli.values import (
    Record,
    UsageFault,
    Value,
    add_masked,
    answer_json,
    given_register,
    recording,
    run_by,
    say,
    unnamed_office,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from db.calendar.workdays import WorkCalendar
    from db.cases.case_file import CaseFile
    from db.disputes.orders import Order
    from db.storage.transaction import Transaction


def add_commands(commands: Any) -> None:
    new = commands.add_parser("new", help="登记一件申请，显示编号")
    new.add_argument("--applicant", required=True, metavar="NAME", help="申请人")
    new.add_argument("--kind", required=True, type=Value.kind, help="申请人类型")
    new.add_argument("--channel", required=True, type=Value.channel, help="申请方式")
    new.add_argument("--received", required=True, type=Value.date, metavar="DATE", help="收到日期")
    new.add_argument("--subject", required=True, metavar="TEXT", help="申请内容")
    new.add_argument("--submitted", type=Value.date, metavar="DATE", help="提交日期")
    for option, label in (
        ("organ", "受理机关"),
        ("unit", "承办科室"),
        ("officer", "承办人"),
        ("phone", "联系电话"),
        ("address", "通讯地址"),
        ("postcode", "邮编"),
        ("email", "电子邮箱"),
        ("agent", "委托代理人"),
        ("purpose", "用途"),
        ("form-wanted", "获取方式"),
        ("id-no", "证件号码"),
        ("doc-no", "来文号"),
        ("no", "编号"),
        ("note", "备注"),
    ):
        new.add_argument(f"--{option}", metavar="TEXT", help=label)
    new.add_argument("--stdin", action=FromStdin)
    run_by(new, run_new)

    log = commands.add_parser("log", help="给一件申请添加办理记录")
    log.add_argument("no", metavar="NO", help="编号")
    log.add_argument("kind", type=Value.event_kind, metavar="KIND", help=_kinds())
    log.add_argument("--on", required=True, type=Value.date, metavar="DATE", help="日期")
    _add_facts(log)
    log.add_argument("--stdin", action=FromStdin)
    run_by(log, run_log)

    correct = commands.add_parser("correct", help="更正或作废一条办理记录")
    correct.add_argument("no", metavar="NO", help="编号")
    correct.add_argument(
        "event",
        type=Value.record,
        metavar="EVENT_ID",
        help="哪一条：第3条（见 show），或记录号（见 show --json）",
    )
    correct.add_argument("--reason", metavar="TEXT", help="理由；只补充空着的各项时可以不写")
    correct.add_argument("--void", action="store_true", help="作废这条记录")
    correct.add_argument("--on", type=Value.date, metavar="DATE", help="改日期")
    correct.add_argument("--received", type=Value.date, metavar="DATE", help="改收到日期")
    _add_facts(correct)
    correct.add_argument("--kind", type=Value.kind, help="改申请人类型")
    correct.add_argument("--channel", type=Value.channel, help="改申请方式")
    correct.add_argument("--submitted", type=Value.date, metavar="DATE", help="改提交日期")
    for option, label in (
        ("applicant", "申请人"),
        ("subject", "申请内容"),
        ("organ", "受理机关"),
        ("phone", "联系电话"),
        ("address", "通讯地址"),
        ("postcode", "邮编"),
        ("email", "电子邮箱"),
        ("agent", "委托代理人"),
        ("purpose", "用途"),
        ("form-wanted", "获取方式"),
        ("id-no", "证件号码"),
    ):
        correct.add_argument(f"--{option}", metavar="TEXT", help=f"改{label}")
    correct.add_argument("--stdin", action=FromStdin)
    run_by(correct, run_correct)

    show = commands.add_parser("show", help="一件申请的情况、办理记录和期限")
    show.add_argument("no", metavar="NO", help="编号")
    show.add_argument("--trace", action="store_true", help="逐日说明期限")
    add_masked(show)
    run_by(show, run_show)


def _kinds() -> str:
    from db.words.vocabulary import NOT_LOGGED, EventKind

    kinds = [k for k in EventKind if k not in NOT_LOGGED]
    return "办理记录：" + "、".join(f"{kind.value} {kind.label}" for kind in kinds)


def _add_facts(command: argparse.ArgumentParser) -> None:
    """The facts an event may carry."""
    from db.words.vocabulary import FeeBasis, Opinion, PartyKind

    command.add_argument("--outcome", type=Value.outcome, metavar="CODE", help="办理结果，如 3.3.4")
    command.add_argument("--reply-by", type=Value.date, metavar="DATE", help="限期")
    command.add_argument("--days", type=Value.count, metavar="N", help="延期工作日")
    command.add_argument("--due", type=Value.date, metavar="DATE", help="新答复期限")
    command.add_argument("--amount", type=Value.fen, metavar="YUAN", help="金额（元）")
    command.add_argument("--pay-by", type=Value.date, metavar="DATE", help="缴费期限")
    command.add_argument("--delivery", type=Value.delivery, metavar="TEXT", help="送达方式")
    command.add_argument("--signed-on", type=Value.date, metavar="DATE", help="签收日期")
    command.add_argument("--ordered-on", type=Value.date, metavar="DATE", help="重新答复令生效日期")
    command.add_argument(
        "--overruled", type=Value.yes_no, metavar="yes|no", help="告知第三方：因公共利益决定公开"
    )
    add_letter_facts(command)
    for option, words, label in (
        ("party-kind", PartyKind, "征求意见对象"),
        ("opinion", Opinion, "意见"),
        ("basis", FeeBasis, "计费方式"),
    ):
        command.add_argument(f"--{option}", type=Value.one_of(words, label), help=label)
    for option, label in (
        ("party", "对象名称"),
        ("approver", "批准人"),
        ("ground", "具体理由；如 信息不存在，不写 --outcome 时按它计入相应的行"),
        ("withheld", "部分公开的，不公开部分的理由，如 3.3.4、3.3.6"),
        ("postal-no", "邮件号码"),
        ("answered-by", "受托答复单位"),
        ("unit", "承办科室"),
        ("officer", "承办人"),
        ("doc-no", "文号"),
        ("note", "备注"),
    ):
        command.add_argument(f"--{option}", metavar="TEXT", help=label)


def add_letter_facts(command: argparse.ArgumentParser) -> None:
    """What the office writes for its letters, kept with the record."""
    for option, label in (
        ("content", "文书内容：补正事项、延期原因、查明和理由、缴纳方式等"),
        ("withheld-part", "部分公开时不予公开的部分"),
        ("source", "提供或获取的方式、途径"),
    ):
        command.add_argument(f"--{option}", metavar="TEXT", help=label)
    command.add_argument("--quantity", type=Value.count, metavar="N", help="收费的件数或页数")


def run_new(given: argparse.Namespace) -> int:
    from db.cases.organs import organ_names
    from db.cases.registering import check_receipt, new_case
    from db.law.event import Event
    from db.words.vocabulary import EventKind

    received = Event(
        EventKind.RECEIVED,
        given.received,
        number=given.no,
        organ=given.organ,
        applicant=given.applicant,
        applicant_kind=given.kind,
        channel=given.channel,
        submitted_on=given.submitted,
        subject=given.subject,
        id_no=given.id_no,
        phone=given.phone,
        address=given.address,
        postcode=given.postcode,
        email=given.email,
        agent=given.agent,
        purpose=given.purpose,
        form_wanted=given.form_wanted,
        unit=given.unit,
        officer=given.officer,
        doc_no=given.doc_no,
        note=given.note,
    )
    check_receipt(received, environment.clock().today())
    with recording(given, create=True) as tx:
        fresh = not organ_names(tx)
        case, day = new_case(tx, received), _day(tx)
        unnamed = unnamed_office(tx) if fresh and not given.json else ""
    complain(unnamed)
    with stored(f"已登记 {case.number}"):
        _answer(case, day, given, brief=True)
    return 0


def run_log(given: argparse.Namespace) -> int:
    from db.cases.registering import log_event
    from db.law.event import Event
    from db.words.vocabulary import EventKind

    facts = _facts(given)
    if given.kind is EventKind.FEE_NOTIFIED and "reply_by" in facts:
        facts.setdefault("pay_by", facts.pop("reply_by"))  # what the applicant must keep is paying
    with recording(given) as tx:
        case, day = log_event(tx, given.no, Event(given.kind, given.on, **facts)), _day(tx)
    with stored(f"{case.number} 的办理记录“{given.kind.label}”已登记"):
        _answer(case, day, given, brief=True)
    return 0


def run_correct(given: argparse.Namespace) -> int:
    from db.cases.case_file import read_case
    from db.cases.correcting import ReasonNeeded, correct_event
    from db.law.history import place_of

    changes = _facts(given)
    for option, name in (("kind", "applicant_kind"), ("submitted", "submitted_on")):
        if getattr(given, option) is not None:
            changes[name] = getattr(given, option)
    if given.on and given.received:
        raise UsageFault("--on 和 --received 不能同时使用。")
    with recording(given) as tx:
        event_id = record_id(tx, given.no, given.event)
        if given.received and event_id != read_case(tx, given.no).history[0].id:
            raise UsageFault("--received 只用来更正收到日期；这一条的日期请用 --on 更正。")
        on = given.on or given.received
        if on is not None:
            changes["on"] = on
        try:
            case = correct_event(
                tx, given.no, event_id, given.reason, changes=changes, void=given.void
            )
        except ReasonNeeded as refusal:
            raise UsageFault(f"{refusal}请加上 --reason。") from None
        day = _day(tx)
    place = place_of((entry.event for entry in case.entries), event_id)
    with stored(f"{case.number} 的第 {place} 条记录已{'作废' if given.void else '更正'}"):
        _answer(case, day, given, brief=True)
    return 0


def record_id(tx: Transaction, number: str, record: Record) -> int:
    """The record meant: by its id, or by its place among those of the case (第3条)."""
    from db.cases.case_file import read_case
    from db.errors import NotFound

    if record.id is not None:
        return record.id
    entries = read_case(tx, number).entries
    if not 1 <= record.place <= len(entries):
        raise NotFound(f"{number} 只有{len(entries)}条办理记录；请用 show 核对。")
    return entries[record.place - 1].event.id


def _facts(given: argparse.Namespace) -> dict[str, Any]:
    """The facts named on the command line, by their names in `db.law.event.FACTS`."""
    from db.law.event import FACTS
    from db.words.vocabulary import EventKind

    envelope = FACTS[EventKind.CORRECTED]
    return {
        name: getattr(given, name)
        for name in sorted({name for names in FACTS.values() for name in names})
        if name not in envelope and getattr(given, name, None) is not None
    }


def run_show(given: argparse.Namespace) -> int:
    from dataclasses import replace

    from db.cases.case_file import read_case, trace_case
    from db.disputes.orders import order_flags, orders_of
    from db.disputes.reading import list_disputes
    from db.law.anew import ANEW_ARTICLE
    from db.law.trace import trace_anew

    with given_register(given) as register, register.reading() as tx:
        case, day = read_case(tx, given.no), _day(tx)
        orders = orders_of(case.history, list_disputes(tx, case.number), *day)
    case = replace(case, flags=(*case.flags, *order_flags(orders)))
    _answer(case, day, given, brief=False, orders=orders)
    if given.trace and not given.json:
        from db.privacy.masking import mask_of_case

        mask = mask_of_case(case)
        for walked in trace_case(case, *day):
            why = mask.text(walked.why) if given.masked else walked.why
            say(f"{walked.date} {'*' if walked.counts else ' '} {why}")
        for order in orders:
            say(f"重新答复期限（{ANEW_ARTICLE}）：")
            for walked in trace_anew(order.ordered_on, day[0]):
                say(f"{walked.date} {'*' if walked.counts else ' '} {walked.why}")
    return 0


_Day = tuple["WorkCalendar", "datetime.date"]


def _day(tx: Transaction) -> _Day:
    """What a case is explained by, once the transaction has ended."""
    return tx.calendar, tx.today


def _answer(
    case: CaseFile,
    day: _Day,
    given: argparse.Namespace,
    brief: bool,
    orders: Sequence[Order] | None = None,
) -> None:
    masked = getattr(given, "masked", False)
    if given.json:
        from tui.cli.answers import case_document

        answer_json(case_document(case, *day, masked=masked, orders=orders))
    elif brief:
        say(case.number)
    else:
        for line in describe(case, day[0], masked=masked, orders=orders or ()):
            say(line)


def describe(
    case: CaseFile, calendar: WorkCalendar, *, masked: bool, orders: Sequence[Order] = ()
) -> list[str]:
    """A case in plain lines."""
    from db.calendar.dates import dated
    from db.disputes.orders import order_words
    from db.law.event import FACT_LABELS
    from db.law.own_period import OWN_PERIOD, own_period
    from db.law.waiting import missing_replies
    from db.words.text import one_line
    from tui.text.records import conclusion_text, details_of, mark_words, record_name

    missing = missing_replies(case.history, calendar)
    if masked:
        from db.privacy.masking import mask_case, mask_of_case

        mask = mask_of_case(case)
        missing = tuple(mask.text(party) or "" for party in missing)
        case = mask_case(case)
    standing, clock, received = case.standing, case.clock, case.received
    kind = received.applicant_kind.label if received.applicant_kind else "-"
    lines = [
        f"{case.number}  {standing.state.label}",
        f"申请人：{one_line(received.applicant or '')}（{kind}）",
        f"申请内容：{received.subject}",
        *(
            f"{FACT_LABELS[name]}：{one_line(value)}"
            for name in ("agent", "purpose", "form_wanted")
            if (value := getattr(received, name))
        ),
        f"收到：{dated(standing.received_on)}",
    ]
    if standing.due_on:
        provisional = "（暂定：该年放假安排尚未公布）" if standing.provisional else ""
        lines.append(f"答复期限：{dated(standing.due_on)}{provisional}")
    if clock.days_left is not None:
        left = f"剩{clock.days_left}" if clock.days_left >= 0 else f"已超期{-clock.days_left}"
        counted = f"第{clock.days_used}个工作日，共{standing.allowed}个"
        lines.append(f"期限：{OWN_PERIOD if own_period(case.history) else counted}，{left}")
    if not standing.state.ended:
        lines += [f"意见未返回：{one_line(party)}" for party in missing]
    if standing.concluded_on and standing.outcome:
        lines.append(
            f"办结：{dated(standing.concluded_on)}  {conclusion_text(case.history, standing.outcome)}"
        )
    lines += map(order_words, orders)
    lines.append("办理记录：")
    recorded = [entry.event for entry in case.entries]
    for entry in case.entries:
        said = [
            record_name(entry.event, recorded),
            mark_words(entry, recorded),
            one_line(details_of(entry.event, recorded)),
        ]
        lines.append("  " + "  ".join(filter(None, said)))
    lines += [f"违规提示：{flag.text}（{flag.article}）" for flag in case.flags]
    return lines
