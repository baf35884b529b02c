"""二、主动公开: entering the figures of table 2, and reading them as they are or once were.

They are counted by nobody: a clerk enters them, and every entry stays. Numbers are kept as decimal
text, never as floats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from db import moment
from db.cases.filed_years import refuse_filed_year
from db.cases.organs import which_organ
from db.errors import BadValue, NotFound, understood
from db.storage.chain import add_record
from db.storage.schema import report_figures
from db.storage.transaction import Transaction
from db.words.text import nfkc
from db.year_end.form import Form, form_of
from db.year_end.proactive_form import fields_of, label_of

_WHOLE = re.compile(r"[0-9]{1,12}")
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
"""Fifteen digits: as many as a spreadsheet keeps of a number."""
_LEADING = re.compile(r"^(-?)0+(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Proactive:
    """Table 2 of an organ's year: its figures by key, those that have been entered."""

    form: Form
    values: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of what has not been entered."""
        return tuple(key for key in fields_of(self.form) if key not in self.values)

    @property
    def state(self) -> str:
        """未填, 未填完 or 已填."""
        if not self.values:
            return "未填"
        return "未填完" if self.missing else "已填"


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """One entry: what was set to what; None is that there is none any more."""

    id: int
    key: str
    value: Decimal | None
    recorded_at: datetime
    recorded_by: str


def figure(form: Form, key: str, text: str) -> Decimal | None:
    """A figure as people write it; None of an empty text.

    Raises:
        NotFound: the form has no such figure.
        BadValue: it is no such number.
    """
    known = fields_of(form).get(key)
    if known is None:
        listed = "、".join(fields_of(form))
        raise NotFound(f"{form}年格式的主动公开表没有“{key}”；可用：{listed}。")
    digits = nfkc(text).replace(",", "").replace("−", "-").strip()
    if known.measure == "amount":
        digits = digits.removesuffix("万元").rstrip()  # as the form prints it
    digits = _LEADING.sub(r"\1", digits.removeprefix("+"))
    if not digits:
        return None
    unsigned = digits.removeprefix("-") if known.measure == "change" else digits
    if not (_AMOUNT if known.measure == "amount" else _WHOLE).fullmatch(unsigned):
        raise BadValue(f"{label_of(form, key)}“{text[:20]}”应是{_WANTED[known.measure]}。")
    return Decimal(digits)


_WANTED = {
    "count": "不小于0的整数",
    "change": "整数，减少的写负数，例如 -2",
    "amount": "不小于0的数，单位万元，整数至多九位，小数至多六位",
}


def set_figures(
    tx: Transaction,
    year: int,
    told: Mapping[str, str],
    organ: str | None = None,
    form: Form | None = None,
) -> Proactive:
    """Enter figures of a year, by their keys; an empty text says that there is none.

    Raises:
        NotFound: no such organ or figure.
        BadValue: a value is no such number; nothing is stored then.
        NotAllowed: the year is filed, and the clerk is no 负责人.
    """
    form = form or form_of(year)
    whose = which_organ(tx.connection, organ)
    read = {key: figure(form, key, text) for key, text in told.items()}
    before = read_proactive(tx.connection, whose.id, year, form).values
    changed = {key: value for key, value in read.items() if _differs(before.get(key), value)}
    if changed:
        refuse_filed_year(tx, whose.id, year)
    for key, value in changed.items():
        add_record(
            tx.connection,
            report_figures,
            organ_id=whose.id,
            year=year,
            form=form,
            name=key,
            value="" if value is None else plain(value),
            **tx.signed,
        )
    return read_proactive(tx.connection, whose.id, year, form)


def _differs(before: Decimal | None, now: Decimal | None) -> bool:
    return (before is None) is not (now is None) or (
        before is not None and now is not None and plain(before) != plain(now)
    )


def plain(value: Decimal) -> str:
    """A figure as it is kept and printed: as it was typed, without an exponent."""
    return format(value, "f")


def read_proactive(
    connection: Connection,
    organ_id: int,
    year: int,
    form: Form,
    *,
    by: datetime | None = None,
    through: int | None = None,
) -> Proactive:
    """Table 2 as it is; as it was at a moment, or through an entry, if one is named."""
    values: dict[str, Decimal] = {}
    known = fields_of(form)
    for record in figure_records(connection, organ_id, year, form, by=by, through=through):
        if record.key not in known:
            continue
        if record.value is None:
            values.pop(record.key, None)
        else:
            values[record.key] = record.value
    return Proactive(form, {key: values[key] for key in known if key in values})


def figure_records(
    connection: Connection,
    organ_id: int,
    year: int,
    form: Form,
    *,
    by: datetime | None = None,
    through: int | None = None,
) -> list[FigureRecord]:
    """Every entry, oldest first."""
    t = report_figures.c
    query = select(t.id, t.name, t.value, t.recorded_at, t.recorded_by).where(
        t.organ_id == organ_id, t.year == year, t.form == form
    )
    if by is not None:
        query = query.where(t.recorded_at <= moment.stamp(by))
    if through is not None:
        query = query.where(t.id <= through)
    with understood(f"{year}年的主动公开数据"):
        return [
            FigureRecord(
                record.id,
                record.name,
                Decimal(record.value) if record.value else None,
                moment.local(record.recorded_at),
                record.recorded_by,
            )
            for record in connection.execute(query.order_by(t.id))
        ]
