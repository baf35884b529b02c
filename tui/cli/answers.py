"""The JSON documents of CONTRACT, made from what the register answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from db.calendar.workdays import WorkCalendar
from db.cases.case_file import CaseFile, Entry, trace_case
from db.cases.case_row import CaseRow
from db.cases.organs import Organs
from db.disputes.dispute import Dispute
from db.disputes.orders import Order, orders_of
from db.disputes.proceedings import LABELS
from db.law.event import FACTS, plain
from db.privacy.masking import mask_case, mask_of_case
from db.words.money import yuan
from db.year_end.dispute_table import Table4
from db.year_end.finding import Finding
from db.year_end.form import COLUMNS
from db.year_end.period_table import PeriodReport
from db.year_end.proactive import Proactive
from db.year_end.proactive import plain as plain_figure
from db.year_end.proactive_form import PARAGRAPHS
from db.year_end.report import YearReport
from db.year_end.request_table import YearTable


def case_document(
    case: CaseFile,
    calendar: WorkCalendar,
    today: date,
    *,
    masked: bool = False,
    orders: Sequence[Order] | None = None,
) -> dict[str, Any]:
    """`show NO --json`, and the answer of `new` and `log`."""
    trace = trace_case(case, calendar, today)
    if orders is None:
        orders = orders_of(case.history, (), calendar, today)
    if masked:
        mask = mask_of_case(case)
        trace = tuple(replace(day, why=mask.text(day.why) or "") for day in trace)
        case = mask_case(case)
    standing, clock, received = case.standing, case.clock, case.received
    return {
        "number": case.number,
        "state": standing.state.value,
        "applicant": received.applicant,
        "kind": plain(received.applicant_kind),
        "organ": case.organ,
        "channel": plain(received.channel),
        "subject": received.subject,
        "unit": case.unit or None,
        "officer": case.officer or None,
        "submitted_on": plain(received.submitted_on),
        "received_on": standing.received_on.isoformat(),
        "due_on": plain(standing.due_on),
        "provisional": standing.provisional,
        "reply_by": plain(standing.reply_by),
        "concluded_on": plain(standing.concluded_on),
        "outcome": standing.outcome,
        "days_used": clock.days_used,
        "days_left": clock.days_left,
        "overdue": clock.overdue,
        "events": [_entry(entry) for entry in case.entries],
        "flags": [
            {"rule": flag.rule, "article": flag.article, "text": flag.text} for flag in case.flags
        ],
        "anew": [
            {
                "ordered_on": order.ordered_on.isoformat(),
                "due_on": order.due_on.isoformat(),
                "provisional": order.provisional,
                "answered_on": plain(order.answered_on),
                "days_left": order.left,
                "overdue": order.late,
            }
            for order in orders
        ],
        "trace": [
            {"date": day.date.isoformat(), "counts": day.counts, "day": day.day, "why": day.why}
            for day in trace
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    event = entry.event
    document: dict[str, Any] = {
        "id": event.id,
        "kind": event.kind.value,
        "on": event.on.isoformat(),
        "recorded_at": event.recorded_at.isoformat() if event.recorded_at else None,
        "by": event.recorded_by,
        "voided_by": entry.voided_by,
        "replaced_by": entry.replaced_by,
    }
    for name in FACTS[event.kind]:
        value = getattr(event, name)
        if value is None:
            continue
        if name == "changes":
            document[name] = {field: _fact(field, new) for field, new in value.items()}
        else:
            document[name] = _fact(name, value)
    return document


def _fact(name: str, value: Any) -> Any:
    """A fact as JSON knows it; money as a decimal string, in yuan."""
    return yuan(value) if name == "amount" and value is not None else plain(value)


def row_document(row: CaseRow, organs: Organs) -> dict[str, Any]:
    """One case of `find --json` and `due --json`."""
    return {
        "number": row.number,
        "state": row.state.value,
        "applicant": row.applicant,
        "kind": row.kind.value,
        "organ": organs.name_on(row.organ, row.received_on),
        "channel": plain(row.channel),
        "subject": row.subject,
        "unit": row.unit or None,
        "officer": row.officer or None,
        "received_on": row.received_on.isoformat(),
        "due_on": plain(row.due_on),
        "provisional": row.provisional,
        "reply_by": plain(row.reply_by),
        "concluded_on": plain(row.concluded_on),
        "outcome": row.outcome,
        "days_used": row.days_used,
        "days_left": row.days_left,
        "overdue": row.overdue,
    }


def report_document(report: YearReport) -> dict[str, Any]:
    """`report YEAR --json`. Parts that are not kept yet are empty, never invented."""
    table, filing = report.table, report.filing
    return {
        "year": table.year,
        "form": table.form,
        "organ": table.organ,
        "as_of": table.as_of.isoformat(),
        "filed": filing.filed_at.date().isoformat() if filing else None,
        "digest": filing.digest if filing else None,
        **({"founded": report.founded.isoformat()} if report.founded else {}),
        **tables_document(table, report.disputes),
        "proactive": proactive_document(report.own.proactive),
        "narrative": {part.value: text.text for part, text in report.own.narrative.items()},
        "checks": [finding_document(finding) for finding in report.findings],
        "restatements": [
            {
                "number": moved.number,
                "old": [{"code": cell.code, "kind": cell.kind} for cell in moved.old],
                "new": [{"code": cell.code, "kind": cell.kind} for cell in moved.new],
                "event": moved.event_id,
                "what": moved.what,
                "recorded_at": moved.recorded_at.isoformat(),
                "by": moved.recorded_by,
            }
            for moved in report.restatements
        ],
        "restated_entries": [
            {
                "what": one.what,
                "old": one.old,
                "new": one.new,
                "recorded_at": one.recorded_at.isoformat(),
                "by": one.recorded_by,
            }
            for one in report.own_changes
        ],
    }


def tables_document(table: YearTable, disputes: Table4) -> dict[str, Any]:
    """Tables 3 and 4."""
    return {
        "requests": {
            "columns": list(COLUMNS),
            "rows": [
                {"code": row.code, "label": row.group + row.label, "cells": list(row.cells)}
                for row in table.rows
            ],
        },
        "disputes": {block.value: list(cells) for block, cells in disputes.items()},
    }


def period_document(report: PeriodReport) -> dict[str, Any]:
    """`report YEAR --from --to --json`."""
    table = report.table
    return {
        "year": table.year,
        "from": report.first.isoformat(),
        "to": report.last.isoformat(),
        "form": table.form,
        "organ": table.organ,
        "as_of": table.as_of.isoformat(),
        "filed": None,
        **tables_document(table, report.disputes),
        "checks": [finding_document(finding) for finding in report.findings],
    }


def proactive_document(proactive: Proactive) -> dict[str, Any]:
    """Table 2: decimal strings, None where nothing was entered."""
    return {
        "form": proactive.form,
        "rows": [
            {
                "key": line.name,
                "label": line.label,
                "cells": {
                    field.name: _figure(proactive, f"{line.name}.{field.name}")
                    for field in paragraph.fields
                },
            }
            for paragraph in PARAGRAPHS[proactive.form]
            for line in paragraph.lines
        ],
    }


def _figure(proactive: Proactive, key: str) -> str | None:
    value = proactive.values.get(key)
    return None if value is None else plain_figure(value)


def dispute_document(dispute: Dispute, organs: Organs) -> dict[str, Any]:
    """One review or suit."""
    return {
        "id": dispute.id,
        "organ": organs.name_on(dispute.organ, dispute.filed_on),
        "case": dispute.case,
        "older_case": dispute.older_case,
        "block": dispute.block.value,
        "body": dispute.body,
        "filed_on": dispute.filed_on.isoformat(),
        "co_defendant": dispute.co_defendant,
        "after": dispute.after,
        "result": dispute.result.value,
        "concluded_on": plain(dispute.concluded_on),
        "voided": dispute.voided,
        **{name: plain(getattr(dispute.proceedings, name)) for name in LABELS},
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """One check; of one that the clerk has explained also why it does not hold."""
    told = {
        name: value
        for name in ("explained", "quote", "cell", "about")
        if (value := getattr(finding, name))
    }
    return told | {
        "rule": finding.rule,
        "where": finding.where,
        "left": side(finding.left),
        "right": side(finding.right),
        "ok": finding.ok,
    }


def side(value: int | Decimal) -> int | str:
    """A whole number; money is a decimal string."""
    return value if isinstance(value, int) else format(value, "f")
