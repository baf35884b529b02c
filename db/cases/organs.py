"""受理机关: the organs of a register, and what each is called and where it is, day by day.

An organ is known by the name it was entered with, its `key`: the receipts of its cases carry that,
and it never changes. Everything else, its later names too, is a fact that holds from a day on
(`db.cases.organ_facts` records them). So a paper of an earlier year keeps the name of then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, exists, or_, select

from db import moment
from db.errors import NotFound, understood
from db.storage.chain import add_record
from db.storage.column_types import day
from db.storage.port import port_of
from db.storage.question import Question, Rows
from db.storage.schema import cases, disputes, filings, organs
from db.storage.transaction import Transaction
from db.words.vocabulary import Labelled, OrganLevel, Role

MOST_LISTED = 10
"""Organs that a refusal names."""
UNNAMED_ORGAN = "本机关"
"""受理机关 of a register that was started without naming one."""


class OrganFact(Labelled):
    """What is recorded of an organ."""

    NAME = "name", "名称"
    LEVEL = "level", "层级"
    ADDRESS = "address", "地址"
    POSTCODE = "postcode", "邮编"
    PHONE = "phone", "电话"
    REVIEWING_BODY = "reviewing_body", "复议机关"
    COURT = "court", "管辖法院"
    FOUNDED = "founded", "成立日期"


@dataclass(frozen=True, slots=True)
class OrganRecord:
    """One fact as it was recorded; `holds_from` None is for ever, an empty value no more."""

    id: int
    fact: OrganFact
    value: str
    holds_from: date | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ and all that was recorded of it, oldest first."""

    id: int
    key: str
    records: tuple[OrganRecord, ...] = ()

    def in_force(self, fact: OrganFact, on: date) -> OrganRecord | None:
        """The record that says what a fact is on a day: of those that hold, the one from the
        latest day, of one day the one recorded last."""
        holding = (
            record
            for record in self.records
            if record.fact is fact and (record.holds_from is None or record.holds_from <= on)
        )
        return max(holding, key=lambda r: (r.holds_from or date.min, r.id), default=None)

    def fact(self, fact: OrganFact, on: date) -> str | None:
        """What a fact is on a day, None when nothing is known of it."""
        record = self.in_force(fact, on)
        if fact is OrganFact.NAME:
            return record.value if record else self.key
        return record.value or None if record else None

    def name_on(self, day: date) -> str:
        """What it is called on a day."""
        return self.fact(OrganFact.NAME, day) or self.key

    def name_of_year(self, year: int, today: date) -> str:
        """What heads the papers of a year: the name at its end, or so far."""
        return self.name_on(min(date(year, 12, 31), today))

    def level_on(self, day: date) -> OrganLevel | None:
        """Its level on a day."""
        level = self.fact(OrganFact.LEVEL, day)
        return OrganLevel(level) if level in set(OrganLevel) else None

    @property
    def founded(self) -> date | None:
        """The day it was founded, as was recorded last: it is one, from whenever it was known."""
        said = [record.value for record in self.records if record.fact is OrganFact.FOUNDED]
        return date.fromisoformat(said[-1]) if said and said[-1] else None

    @property
    def names(self) -> tuple[tuple[date | None, str], ...]:
        """The names it has borne, each with the day from which on; those mended left out."""
        days = {r.holds_from for r in self.records if r.fact is OrganFact.NAME} | {None}
        listed = [(day, self.name_on(day or date.min)) for day in sorted(days, key=_from)]
        return tuple(one for n, one in enumerate(listed) if not n or one[1] != listed[n - 1][1])

    @property
    def called(self) -> frozenset[str]:
        """Every name it was ever recorded under."""
        return frozenset((self.key, *(r.value for r in self.records if r.fact is OrganFact.NAME)))


def _from(day: date | None) -> date:
    return day or date.min


@dataclass(frozen=True, slots=True)
class Organs:
    """All organs of a register, the first one first."""

    known: tuple[Organ, ...]

    def named(self, name: str) -> Organ | None:
        """The organ that is called so, or once was: no two ever share a name."""
        return next((organ for organ in self.known if name in organ.called), None)

    def key_of(self, name: str | None) -> str:
        """The key of the one called so, without a name of the first; a new name is its own."""
        known = self.named(name) if name else next(iter(self.known), None)
        return known.key if known else name or UNNAMED_ORGAN

    def name_on(self, key: str, day: date) -> str:
        """What the organ with a key is called on a day."""
        organ = self.named(key)
        return organ.name_on(day) if organ else key


def read_organs(connection: Connection) -> Organs:
    """Every organ with what was recorded of it."""
    (rows,) = port_of(connection).answers(connection, (_ORGANS.format(cases=""), {}))
    return _organs_of(tuple(rows))


def organ_asked(number: str) -> Question:
    """What asks for the organ of the case with a number, with what was recorded of it."""
    of_case = "JOIN cases ON cases.organ_id = organs.id AND cases.number = :number"
    return _ORGANS.format(cases=of_case), {"number": number}


def organ_in(rows: Rows) -> Organ | None:
    """The organ in what answers that."""
    return next(iter(_organs_of(tuple(rows)).known), None)


_COLUMNS = ("id", "fact", "value", "holds_from", "recorded_at", "recorded_by")
_ORGANS = (
    f"SELECT organs.id, organs.name, {', '.join(f'organ_facts.{name}' for name in _COLUMNS)}"
    " FROM organs {cases} LEFT JOIN organ_facts ON organ_facts.organ_id = organs.id"
    " ORDER BY organs.id, organ_facts.id"
)


@lru_cache(maxsize=8)  # they hardly ever change, and every entry asks for them
def _organs_of(rows: tuple[tuple[Any, ...], ...]) -> Organs:
    found: dict[int, tuple[str, list[OrganRecord]]] = {}
    for organ_id, key, *told in rows:
        _, records = found.setdefault(organ_id, (key, []))
        records.extend(_record(told))
    return Organs(tuple(Organ(id, key, tuple(told)) for id, (key, told) in found.items()))  # noqa: A001


def _record(told: list[object]) -> Iterable[OrganRecord]:
    """One record of a row, or none: an organ of which nothing is recorded has one row without."""
    number, fact, value, holds_from, at, by = told
    if number is not None and fact in set(OrganFact):
        with understood(f"第{number}号机关信息"):
            recorded_at = moment.local(str(at))
        yield OrganRecord(
            int(str(number)),
            OrganFact(str(fact)),
            str(value),
            day(holds_from),
            recorded_at,
            str(by),
        )


def find_or_add_organ(tx: Transaction, name: str | None) -> tuple[int, str]:
    """The organ by any of its names, added when new; without a name, the register's first.

    Answers its id and its key, which is what a receipt carries.

    Raises:
        NotAllowed: it is new, and only a 负责人 adds organs.
    """
    known = read_organs(tx.connection)
    key = known.key_of(name)
    found = known.named(key)
    return (found.id if found else append_organ(tx, key)), key


def append_organ(tx: Transaction, name: str) -> int:
    """Record a new organ under a name that no other bears; answers its id.

    Raises:
        NotAllowed: only a 负责人 adds organs.
    """
    tx.require(Role.SUPERVISOR, f"添加受理机关“{name}”")
    return add_record(tx.connection, organs, name=name)


def organ_names(tx: Transaction) -> tuple[str, ...]:
    """受理机关 of the register as they are called today, the first one first."""
    return tuple(organ.name_on(tx.today) for organ in read_organs(tx.connection).known)


def organ_keys(tx: Transaction) -> tuple[str, ...]:
    """The same by their keys: what cases and figures are counted by."""
    return tuple(tx.connection.execute(select(organs.c.name).order_by(organs.c.id)).scalars())


def which_organ(connection: Connection, name: str | None) -> Organ:
    """The organ meant: by any of its names, or the only one in use (a mistyped one, corrected, is
    not).

    Raises:
        NotFound: no such organ, no organ at all, or several and none was named.
    """
    known = read_organs(connection).known
    listed = "、".join(organ.name_on(date.max) for organ in known[:MOST_LISTED])
    if len(known) > MOST_LISTED:
        listed += f"等{len(known)}个"
    if name is not None:
        found = Organs(known).named(name)
        if found is None:
            raise NotFound(f"登记簿里没有受理机关“{name}”；现有：{listed or '无'}。")
        return found
    if len(known) > 1:
        used = tuple(organ for organ in known if _in_use(connection, organ.id))
        if len(used) != 1:
            raise NotFound(f"登记簿有{len(known)}个受理机关，请指明一个：{listed}。")
        known = used
    if not known:
        raise NotFound("登记簿还没有受理机关；请先登记一件申请，或在首次启动时填写本机关名称。")
    return known[0]


def _in_use(connection: Connection, organ_id: int) -> bool:
    """Whether a case, a dispute or a filing is an organ's."""
    query = select(
        or_(*(exists().where(t.c.organ_id == organ_id) for t in (cases, disputes, filings)))
    )
    return bool(connection.execute(query).scalar())
