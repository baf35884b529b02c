"""封账 proved: the digest of the filed figures, and the figures counted again from what they knew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row

from db.maintenance.check_words import reason
from db.moment import local
from db.storage.cutoff import Cutoff
from db.year_end.as_of import year_table_as_of
from db.year_end.filing import digest_of, pack_figures
from db.year_end.form import FORMS
from db.year_end.own_parts import OwnParts, read_own_parts


def filing_problems(connection: Connection) -> Iterator[str]:
    """Every filing that is not what the register knew when it was made."""
    query = (
        "SELECT filings.*, organs.name AS organ FROM filings"
        " JOIN organs ON filings.organ_id = organs.id ORDER BY filings.id"
    )
    for record in connection.exec_driver_sql(query).all():
        named = f"{record.organ} {record.year}年封账"
        if not _is_whole(record.figures, record.digest):
            yield f"{named}的数据与其校验码不符，可能被改动"
            continue
        if record.form not in FORMS:
            yield f"{named}的表格格式“{record.form}”不认识"
            continue
        try:
            then = Cutoff(
                local(record.recorded_at), record.through_event, record.through_dispute_event
            )
            counted = year_table_as_of(connection, record.year, then, record.organ, record.form)
            own = _own(connection, record)
        except Exception as fault:  # whatever the bytes
            yield f"{named}的数据无法由办理记录重算：{reason(fault)}"
            continue
        if pack_figures(*counted, own) != record.figures:
            yield f"{named}的数据与当时的办理记录不符，可能被改动"


def _own(connection: Connection, record: Row[Any]) -> OwnParts | None:
    """What the clerk had entered by then; None where a filing knows nothing of that."""
    told = json.loads(record.figures).get("own")
    if told is None:
        return None
    through = int(told["through_figure"]), int(told["through_text"])
    return read_own_parts(connection, record.organ_id, record.year, record.form, through=through)


def _is_whole(figures: str, digest: str) -> bool:
    """Whether filed figures are those the digest was made of, whatever the bytes."""
    try:
        return digest_of(figures) == digest
    except (AttributeError, UnicodeEncodeError):
        return False
