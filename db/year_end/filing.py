"""封账: freezing a year's figures, and accounting for every change since (DOMAIN, section 5).

A filing keeps the figures, their digest, and the last event it knew. Later corrections do not
change it; they are listed as restatements: which case, which cell, old and new, by which event.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from db import moment
from db.cases.organs import Organ, which_organ
from db.disputes.dispute import Block
from db.disputes.reading import read_disputes
from db.errors import Impossible, understood
from db.storage.chain import add_record
from db.storage.cutoff import Cutoff, cutoff_now
from db.storage.schema import filings
from db.storage.transaction import Transaction
from db.words.vocabulary import Role
from db.year_end.dispute_table import Table4, dispute_table
from db.year_end.form import Form, form_of, row_labels
from db.year_end.own_parts import OwnParts, packed, read_own_parts, unpacked
from db.year_end.request_table import FigureRow, YearTable, year_table


@dataclass(frozen=True, slots=True)
class Filing:
    """A filed year: its frozen table and table 4, who filed them and when, and their digest."""

    table: YearTable
    disputes: Table4
    digest: str
    filed_at: datetime
    filed_by: str
    through_event: int
    through_dispute_event: int
    own: OwnParts
    """Table 2 and the texts, as they were filed."""

    @property
    def cutoff(self) -> Cutoff:
        """What it knew."""
        return Cutoff(self.filed_at, self.through_event, self.through_dispute_event)


def file_year(
    tx: Transaction, year: int, organ: str | None = None, form: Form | None = None
) -> Filing:
    """Freeze the figures of a year as they stand now.

    Raises:
        NotFound: no such organ.
        Impossible: the year has not ended, or is filed already.
        NotAllowed: only a 负责人 files years.
    """
    tx.require(Role.SUPERVISOR, "封账")
    form = form or form_of(year)
    if year >= tx.today.year:
        raise Impossible(f"{year}年还没有结束，不能封账。")
    whose = which_organ(tx.connection, organ)
    known = _read(tx.connection, whose, year)
    if known is not None:
        raise Impossible(
            f"{known.table.organ} {year}年的数据已于{known.filed_at:%Y-%m-%d}由{known.filed_by}封账；"
            "此后的变动列为更正说明，不能再次封账。"
        )
    table = year_table(tx, year, whose.key, form)
    disputes = dispute_table(read_disputes(tx.connection), whose.key, year)
    own = read_own_parts(tx.connection, whose.id, year, form)
    figures = pack_figures(table, disputes, own)
    known_now = cutoff_now(tx.connection, table.as_of)
    add_record(
        tx.connection,
        filings,
        organ_id=whose.id,
        year=year,
        form=form,
        figures=figures,
        digest=digest_of(figures),
        through_event=known_now.event,
        through_dispute_event=known_now.dispute_event,
        **tx.signed,
    )
    filed = _read(tx.connection, whose, year)
    if filed is None:
        raise RuntimeError("a filing was not stored")
    return filed


def pack_figures(table: YearTable, disputes: Table4, own: OwnParts | None) -> str:
    """The figures as the one text that is kept and digested; filings of before have no `own`."""
    return json.dumps(
        {
            "organ": table.key,
            "year": table.year,
            "form": table.form,
            "requests": {row.code: row.cells for row in table.rows},
            "disputes": {block.value: cells for block, cells in disputes.items()},
        }
        | ({} if own is None else {"own": packed(own)}),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def digest_of(figures: str) -> str:
    return hashlib.sha256(figures.encode("utf-8")).hexdigest()


def read_filing(tx: Transaction, year: int, organ: str | None = None) -> Filing | None:
    """The filing of an organ's year, or None."""
    return _read(tx.connection, which_organ(tx.connection, organ), year)


def _read(connection: Connection, whose: Organ, year: int) -> Filing | None:
    record = connection.execute(
        select(filings).where(filings.c.organ_id == whose.id, filings.c.year == year)
    ).first()
    if record is None:
        return None
    with understood(f"{year}年的封账"):
        return _filing(record, whose, year)


def _filing(record: Row[Any], whose: Organ, year: int) -> Filing:
    figures = json.loads(record.figures)
    filed_at = moment.local(record.recorded_at)
    named = whose.name_of_year(year, filed_at.date())
    rows = tuple(
        FigureRow(label.code, label.group, label.label, tuple(figures["requests"][label.code]))
        for label in row_labels(record.form)
    )
    return Filing(
        table=YearTable(year, record.form, named, whose.key, filed_at, rows),
        disputes={block: tuple(figures["disputes"][block.value]) for block in Block},
        digest=record.digest,
        filed_at=filed_at,
        filed_by=record.recorded_by,
        through_event=record.through_event,
        through_dispute_event=record.through_dispute_event,
        own=unpacked(figures.get("own"), record.form),
    )
