"""The office's holiday notices, read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from db.maintenance.check_words import reason
from db.moment import local


def calendar_problems(connection: Connection) -> Iterator[str]:
    """Every notice whose days cannot be read."""
    for record in connection.exec_driver_sql("SELECT * FROM calendar_notices ORDER BY id"):
        named = f"第{record.id}号放假通知（{record.year or '历法数据'}）"
        try:
            local(record.recorded_at)
            told = [
                (date.fromisoformat(day), working, festival)
                for day, working, festival in json.loads(record.days)
            ]
            for _, old, new in json.loads(record.moved):
                for day in (old, new):
                    date.fromisoformat(day or "2000-01-01")
        except Exception as fault:  # whatever the bytes
            yield f"{named}无法识别：{reason(fault)}"
            continue
        if any(type(working) is not bool for _, working, _ in told):
            yield f"{named}没有写明哪一天上班、哪一天休息"
