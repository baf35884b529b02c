"""起草: sentences for the texts of a year's report, from its figures.

Each sentence has a name, so that it is seen when its figures have moved since it was put into a text
(`moved_sentences`). What nobody counts is not written: the clerk adds the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from db.cases.event_log import histories
from db.cases.organs import which_organ
from db.disputes.dispute import RESULTS, Block, Result
from db.law.clock import stand
from db.law.history import effective, first_conclusion
from db.storage.schema import NOT_CANCELLED, cases, events
from db.storage.transaction import Transaction
from db.words.money import yuan
from db.words.vocabulary import ApplicantKind, Channel, EventKind
from db.year_end.form import CARRIED_IN, CARRIED_OUT, CONCLUDED, NEW
from db.year_end.narrative import Part, PartText
from db.year_end.report import YearReport, year_report
from db.year_end.tied import moved

_GROUPS = {
    "3.1": "予以公开",
    "3.2": "部分公开",
    "3.3": "不予公开",
    "3.4": "无法提供",
    "3.5": "不予处理",
    "3.6": "其他处理",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sentences are made of; `before` is the report of the year before, if it has figures.

    `steps` counts the cases on which something was done in the year, `days` are the working days
    that an answer of the year took on an average, `fees` is in fen.
    """

    report: YearReport
    before: YearReport | None
    channels: Mapping[Channel, int]
    steps: Mapping[EventKind, int]
    days: float | None
    late: int
    fees: int


Draft = dict[str, str]
"""Sentences by their names, in their order."""


def read_facts(tx: Transaction, year: int, organ: str | None = None) -> Facts:
    """Count what a draft needs.

    Raises:
        NotFound: no such organ, or several and none was named.
    """
    report = year_report(tx, year, organ)
    filed = report.year_before is not None
    before = year_report(tx, year - 1, report.table.key, filed=filed)
    organ_id = which_organ(tx.connection, report.table.key).id
    steps, days, fees = _done(tx, organ_id, year)
    return Facts(
        report,
        before if filed or before.table.kept else None,
        _channels(tx, organ_id, year),
        steps,
        days,
        _late(tx, organ_id, year),
        fees,
    )


def _channels(tx: Transaction, organ_id: int, year: int) -> Mapping[Channel, int]:
    query = (
        select(cases.c.channel, func.count())
        .where(
            cases.c.organ_id == organ_id,
            NOT_CANCELLED,
            cases.c.received_year == year,
            cases.c.channel.is_not(None),
        )
        .group_by(cases.c.channel)
    )
    return {Channel(channel): number for channel, number in tx.connection.execute(query)}


def _late(tx: Transaction, organ_id: int, year: int) -> int:
    query = select(func.count()).where(
        cases.c.organ_id == organ_id,
        NOT_CANCELLED,
        cases.c.concluded_year == year,
        cases.c.due_on < cases.c.concluded_on,
    )
    return int(tx.connection.execute(query).scalar_one())


def _done(
    tx: Transaction, organ_id: int, year: int
) -> tuple[Mapping[EventKind, int], float | None, int]:
    """On how many cases each step was taken in the year, what its answers took on an average, and
    the fees paid in it.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    touched = select(events.c.case_id).where(events.c.occurred_on.between(first, last))
    of_organ = select(cases.c.id).where(cases.c.organ_id == organ_id, NOT_CANCELLED)
    found = histories(tx.connection, events.c.case_id.in_(touched), events.c.case_id.in_(of_organ))
    steps: Counter[EventKind] = Counter()
    fees = 0
    used: list[int] = []
    for _, recorded in found:
        history = effective(recorded)
        in_year = [event for event in history if first <= event.on <= last]
        conclusion = first_conclusion(history)
        if conclusion is not None and first <= conclusion.on <= last:
            used.append(stand(history, tx.calendar).frozen_used or 0)
        steps.update({event.kind for event in in_year})
        fees += sum(event.amount or 0 for event in in_year if event.kind is EventKind.FEE_PAID)
    return steps, sum(used) / len(used) if used else None, fees


def draft(part: Part, facts: Facts) -> Draft:
    """The sentences of a part; none where nothing is counted that belongs there."""
    if part is Part.OVERVIEW:
        told = {
            "received": _received(facts),
            "kinds": _kinds(facts),
            "channels": _by_channel(facts),
            "concluded": _concluded(facts),
            "on time": _on_time(facts),
            "disputes": _disputes(facts),
        }
    elif part is Part.OTHERS:
        fees = facts.fees
        told = {
            "fees": f"本年度收取信息处理费{yuan(fees)}元。" if fees else "本年度未收取信息处理费。"
        }
    else:
        told = {}
    return {name: sentence for name, sentence in told.items() if sentence}


def moved_sentences(text: PartText, now: Draft) -> dict[str, list[tuple[str, str]]]:
    """What was drafted and still stands in a text though its figures have moved: old and new."""
    found = {
        name: moved(old, now[name], text.text) for name, old in text.drafted.items() if name in now
    }
    return {name: pairs for name, pairs in found.items() if pairs}


def _total(report: YearReport, code: str) -> int:
    return report.table.row(code).cells[-1]


def _received(facts: Facts) -> str:
    report = facts.report
    new, carried = _total(report, NEW), _total(report, CARRIED_IN)
    since = report.founded
    days = f"{since.month}月{since.day}日至12月31日" if since else ""
    said = f"{report.table.year}年{days}，本机关新收政府信息公开申请{new}件"
    if report.nothing_carried_in:
        return f"{said}。"
    if facts.before is not None:
        change = new - _total(facts.before, NEW)
        said += (
            f"，比上年{'增加' if change > 0 else '减少'}{abs(change)}件"
            if change
            else "，与上年持平"
        )
    return f"{said}；上年结转{carried}件。"


def _kinds(facts: Facts) -> str:
    row = facts.report.table.row(NEW).cells
    told = [(kind.label, number) for kind, number in zip(ApplicantKind, row, strict=False)]
    return _listed("其中，", told)


def _by_channel(facts: Facts) -> str:
    known = sum(facts.channels.values())
    told = "，".join(
        f"{channel.label}申请{number}件，占{_part(number, known)}"
        for channel in Channel
        if (number := facts.channels.get(channel, 0))
    )
    return f"从申请方式看，{told}。" if told else ""


def _part(number: int, whole: int) -> str:
    """In per cent; what is not the whole is not told as 100%."""
    part = round(100 * number / whole, 1)
    return f"{min(part, 99.9) if number < whole else part:g}%"


def _concluded(facts: Facts) -> str:
    report = facts.report
    groups = {
        name: sum(
            row.cells[-1]
            for row in report.table.rows
            if row.code == code or row.code.startswith(f"{code}.")
        )
        for code, name in _GROUPS.items()
    }
    said = f"全年办结{_total(report, CONCLUDED)}件"
    listed = "，".join(f"{name}{number}件" for name, number in groups.items() if number)
    left = f"结转下年度继续办理{_total(report, CARRIED_OUT)}件"
    return f"{said}，{listed}；{left}。" if listed else f"{said}；{left}。"


def _on_time(facts: Facts) -> str:
    concluded = _total(facts.report, CONCLUDED)
    if not concluded:
        return ""
    said = f"按期办结率{_part(concluded - facts.late, concluded)}"
    if facts.days is not None:
        said += f"，平均用时{round(facts.days, 1):g}个工作日"
    for kind, word in (
        (EventKind.EXTENDED, "延期答复"),
        (EventKind.CLARIFICATION_REQUESTED, "告知补正"),
        (EventKind.CONSULTATION_STARTED, "征求意见"),
    ):
        if number := facts.steps.get(kind, 0):
            said += f"，{word}{number}件"
    return f"{said}。"


def _disputes(facts: Facts) -> str:
    table = facts.report.disputes
    reviews = table[Block.REVIEW]
    suits = tuple(
        map(sum, zip(table[Block.DIRECT_SUIT], table[Block.SUIT_AFTER_REVIEW], strict=True))
    )
    if not reviews[-1] and not suits[-1]:
        return "未发生因政府信息公开引起的行政复议和行政诉讼。"
    return f"{_by_result('行政复议', reviews)}；{_by_result('行政诉讼', suits)}。"


def _by_result(name: str, cells: tuple[int, ...]) -> str:
    if not cells[-1]:
        return f"未发生{name}"
    told = [
        f"{Result(result).label}{number}件"
        for result, number in zip(RESULTS, cells, strict=False)
        if number
    ]
    return f"{name}{cells[-1]}件，其中{'、'.join(told)}"


def _listed(head: str, told: list[tuple[str, int]]) -> str:
    listed = "，".join(f"{label}{number}件" for label, number in told if number)
    return f"{head}{listed}。" if listed else ""
