"""What waits today and is no case: parties, disputes, years to file, notices to enter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, exists, or_, select

from db.agenda.overview import Todo
from db.calendar.workdays import WorkCalendar
from db.cases.organs import UNNAMED_ORGAN, Organ, read_organs
from db.disputes.dispute import Dispute, Result
from db.disputes.orders import orders_ahead
from db.disputes.reading import awaiting_new_answer, read_disputes
from db.disputes.watching import days_ahead
from db.storage.office_calendar import year_to_enter
from db.storage.schema import (
    CROSSING,
    NOT_CANCELLED,
    cases,
    filings,
    organs,
    report_figures,
    report_texts,
)
from db.storage.transaction import Transaction
from db.year_end.deadline import deadline
from db.year_end.form import form_of
from db.year_end.narrative import Part
from db.year_end.own_parts import OwnParts, read_own_parts


def open_disputes(tx: Transaction) -> tuple[Todo, ...]:
    """Disputes decided against the office that wait for a new answer, and those not yet decided.

    Of the latter those first that wait for a day: the answer's last, or the hearing's.
    """
    known = read_disputes(tx.connection)
    ahead: dict[int, list[str]] = {}
    for one in days_ahead(known, tx.today):
        ahead.setdefault(one.dispute.id, []).append(one.words)
    nearest = list(ahead)
    pending = [d for d in known if not d.voided and d.result is Result.PENDING]
    pending.sort(key=lambda d: nearest.index(d.id) if d.id in ahead else len(nearest))
    return (
        *_new_answers(tx, known),
        *(_todo(d, "；".join(ahead.get(d.id, ["尚未审结"]))) for d in pending),
    )


def _new_answers(tx: Transaction, known: Sequence[Dispute]) -> Iterator[Todo]:
    """Those whose order has a day first, the nearest before the others."""
    waiting = awaiting_new_answer(tx, known)
    days = {one.dispute.id: one for one in orders_ahead(waiting, tx.calendar, tx.today)}
    order = list(days)
    waiting.sort(key=lambda d: order.index(d.id) if d.id in days else len(order))
    for dispute in waiting:
        due = days[dispute.id].words if dispute.id in days else "还没有填重新答复令生效日期"
        yield _todo(dispute, f"结果纠正，等重新答复  {due}")


def _todo(dispute: Dispute, why: str) -> Todo:
    return Todo(
        f"{dispute.block.label}  {dispute.source}",
        f"{why}  {dispute.body}  提起 {dispute.filed_on}",
        case=dispute.case,
        organ=dispute.organ,
    )


def years_to_file(connection: Connection, today: date) -> tuple[Todo, ...]:
    """The organs that have a report to make of last year, and have not filed it.

    A report is due of a year without a single request, too: of an organ that has begun to write it,
    or that reported the year before.
    """
    year = today.year - 1
    filed = exists().where(filings.c.organ_id == organs.c.id, filings.c.year == year)
    counted = (cases.c.organ_id == organs.c.id) & (NOT_CANCELLED)
    has = (
        exists().where(counted, cases.c.received_year == year),
        exists().where(counted, cases.c.concluded_year == year),
        exists().where(
            counted, CROSSING, cases.c.received_year < year, cases.c.concluded_year.is_(None)
        ),
        *(
            exists().where(one.c.organ_id == organs.c.id, one.c.year.in_((year, year - 1)))
            for one in (filings, report_figures, report_texts)
        ),
    )
    waiting = select(organs.c.name).where(or_(*has), ~filed).order_by(organs.c.id)
    known = read_organs(connection)
    return tuple(
        Todo(
            f"{year}年年报未封账",
            f"{known.name_on(key, date(year, 12, 31))}  {_due(connection, organ, year, today)}",
            organ=key,
            year=year,
        )
        for key in connection.execute(waiting).scalars()
        if (organ := known.named(key)) is not None
    )


def reports_to_publish(connection: Connection, today: date) -> tuple[Todo, ...]:
    """The organs that have filed last year, until its report and the aggregated one are due.

    Nobody records that a paper has gone out, so this is told as what is to be done by then.
    """
    year = today.year - 1
    filed = (
        select(organs.c.name)
        .join(filings, filings.c.organ_id == organs.c.id)
        .where(filings.c.year == year)
        .order_by(organs.c.id)
    )
    keys = connection.execute(filed).scalars().all()
    if not keys:
        return ()
    known = read_organs(connection)
    found: list[Todo] = []
    for key in keys:
        organ = known.named(key)
        due = deadline(year, organ.level_on(today) if organ else None)
        if today <= due.last:
            name = known.name_on(key, date(year, 12, 31))
            why = f"{name}  {due.said(today)}；导出文书，报送并公布"
            found.append(Todo(f"{year}年年报已封账，待公布", why, organ=key, year=year))
    return tuple(found)


def _due(connection: Connection, organ: Organ, year: int, today: date) -> str:
    """Until when a year's report is due, and what of it is not there."""
    said = deadline(year, organ.level_on(today)).said(today)
    missing = _missing(read_own_parts(connection, organ.id, year, form_of(year)))
    return f"{said}；未填：{'、'.join(missing)}" if missing else said


def _missing(own: OwnParts) -> list[str]:
    """The parts that the clerk has not entered, or not whole."""
    parts = [part.label[2:] for part in Part if not own.narrative[part].text]
    return [*(["主动公开"] if own.proactive.missing else []), *parts]


def unnamed(connection: Connection, today: date) -> tuple[Todo, ...]:
    """The office whose papers would be headed with no name."""
    known = read_organs(connection).known
    return tuple(
        Todo("机关名称未填", f"年报和文书的抬头现在写“{UNNAMED_ORGAN}”", settings=True)
        for organ in known
        if organ.name_on(today) == UNNAMED_ORGAN
    )


def notices_missing(calendar: WorkCalendar, today: date) -> tuple[Todo, ...]:
    """The holiday notice that should be out and is not entered."""
    year = year_to_enter(calendar, today)
    if year is None:
        return ()
    return (Todo(f"{year}年放假通知", "没有录入，这一年的期限都是暂定的", year=year),)


def failing_checks(tx: Transaction) -> tuple[Todo, ...]:
    """This year's checks that fail, and last year's until it is filed.

    Counts the years' tables: ask for it last.
    """
    from db.year_end.report import year_report

    today = tx.today
    names = tx.connection.execute(select(organs.c.name).order_by(organs.c.id)).scalars().all()
    years = [(todo.organ, today.year - 1) for todo in years_to_file(tx.connection, today)]
    found: list[Todo] = []
    for organ, year in (*years, *((name, today.year) for name in names)):
        report = year_report(tx, year, organ)
        failed = report.wrong
        if failed:
            first = failed[0]
            what = f"{year}年年报勾稽不符"
            why = f"{report.table.organ}  有 {len(failed)} 处，如 {first.rule} {first.where}；请核对后更正"
            found.append(Todo(what, why, organ=organ, year=year))
    return tuple(found)
