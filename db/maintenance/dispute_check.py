"""Replaying the reviews and suits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from sqlalchemy import Connection

from db.disputes.dispute import Block, DisputeEventKind, Result
from db.disputes.proceedings import Proceedings, told
from db.maintenance.check_words import reason
from db.moment import local


def dispute_problems(connection: Connection) -> Iterator[str]:
    """Every dispute whose records do not make sense, or that has none."""
    query = "SELECT * FROM dispute_events ORDER BY dispute_id, id"
    grouped = groupby(connection.exec_driver_sql(query), key=lambda record: record.dispute_id)
    recorded = {dispute_id: list(records) for dispute_id, records in grouped}
    for dispute_id in connection.exec_driver_sql("SELECT id FROM disputes ORDER BY id").scalars():
        records = recorded.pop(dispute_id, [])
        if not records:
            yield f"第{dispute_id}号复议或诉讼没有任何记录"
            continue
        open_, voided = False, False
        for place, record in enumerate(records):
            try:
                kind = DisputeEventKind(record.kind)
                date.fromisoformat(record.occurred_on)
                local(record.recorded_at)
                facts, personal = json.loads(record.facts), json.loads(record.personal)
                if kind is DisputeEventKind.FILED:
                    Block(facts["block"])
                    str(personal["body"])
                elif kind is DisputeEventKind.CONCLUDED:
                    Result(facts["result"])
                elif kind is DisputeEventKind.NOTED:
                    told(Proceedings(), facts, personal)
            except Exception as fault:  # whatever the bytes
                yield f"第{dispute_id}号复议或诉讼的第{record.id}号记录无法识别：{reason(fault)}"
                break
            expected = {
                DisputeEventKind.FILED: place == 0,
                DisputeEventKind.CONCLUDED: open_ and not voided,
                DisputeEventKind.REOPENED: place > 0 and not open_ and not voided,
                DisputeEventKind.VOIDED: place > 0 and not voided,
                DisputeEventKind.NOTED: place > 0 and not voided,
            }[kind]
            if not expected:
                yield f"第{dispute_id}号复议或诉讼的第{record.id}号记录（{kind.label}）不可能在此发生"
            if kind is DisputeEventKind.VOIDED:
                voided = True
            elif kind is not DisputeEventKind.NOTED:
                open_ = kind is not DisputeEventKind.CONCLUDED
    for dispute_id in recorded:
        yield f"有记录属于不存在的复议或诉讼（第{dispute_id}号）"
