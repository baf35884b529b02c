"""What only a 负责人 records: a change of the figures of a year that has been filed.

What a row of `cases` adds to a year's figures is told here from the row itself, as a server's own
guard does (`db.storage.migrations.role_guards`); as a pure function over histories it stands in
`db.year_end.placement`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from db.storage.schema import filings
from db.storage.transaction import Transaction
from db.words.vocabulary import Role, State


def filed_years(tx: Transaction, organ_ids: Iterable[int]) -> list[tuple[int, int]]:
    """The filed years of some organs: the organ's id, and the year."""
    told = select(filings.c.organ_id, filings.c.year).where(filings.c.organ_id.in_({*organ_ids}))
    return [(organ, year) for organ, year in tx.connection.execute(told.order_by(filings.c.year))]


def adds_to(row: Mapping[Any, Any] | None, organ: int, year: int) -> tuple[str, ...]:
    """What a row of `cases` adds to the figures of an organ's year: its kind, and the figures."""
    if row is None or row["organ_id"] != organ or row["state"] == State.CANCELLED:
        return ()
    received, concluded = row["received_year"], row["concluded_year"]
    told = []
    if received == year:
        told.append("received")
    elif received < year and (concluded is None or concluded >= year):
        told.append("carried in")
    if concluded == year:
        told.append(str(row["outcome"]))
    elif received <= year and (concluded is None or concluded > year):
        told.append("carried out")
    return (str(row["kind"]), *told) if told else ()


Change = tuple[Mapping[Any, Any] | None, Mapping[Any, Any]]
"""A row of `cases` before and after; before is None for a new case."""


def refuse_filed(tx: Transaction, changes: Sequence[Change]) -> None:
    """Refuse to change the figures of a filed year.

    Raises:
        NotAllowed: a year that would be is filed, and the clerk is no 负责人.
    """
    if tx.role.may(Role.SUPERVISOR):
        return
    organs = {row["organ_id"] for change in changes for row in change if row is not None}
    filed = filed_years(tx, organs)
    for before, after in changes:
        for organ, year in filed:
            if adds_to(before, organ, year) != adds_to(after, organ, year):
                refuse_change(tx, year)


def refuse_filed_year(tx: Transaction, organ_id: int, year: int) -> None:
    """Refuse to change what else belongs to the report of a filed year.

    Raises:
        NotAllowed: that year is filed, and the clerk is no 负责人.
    """
    if not tx.role.may(Role.SUPERVISOR) and (organ_id, year) in filed_years(tx, [organ_id]):
        refuse_change(tx, year)


def refuse_change(tx: Transaction, year: int) -> None:
    """Refuse it for one filed year.

    Raises:
        NotAllowed: the clerk is no 负责人.
    """
    tx.require(Role.SUPERVISOR, f"改动{year}年已经封账的数字")
