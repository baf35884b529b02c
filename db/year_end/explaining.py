"""What a clerk has explained of a check that does not hold: it stands until either side changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from db import moment
from db.cases.organs import which_organ
from db.errors import BadValue
from db.storage.chain import add_record
from db.storage.schema import explanations
from db.storage.transaction import Transaction
from db.words.text import clean
from db.year_end.finding import Finding

Explained = Mapping[tuple[str, str, str], str]
"""The reason, by a finding's rule, its place and its two sides."""


def explain(
    tx: Transaction, year: int, finding: Finding, reason: str, organ: str | None = None
) -> None:
    """Say why a check does not hold; an empty reason takes that back.

    Raises:
        NotFound: no such organ.
        BadValue: the check holds, or the reason cannot be stored.
    """
    if finding.ok:
        raise BadValue(f"{finding.rule} {finding.where}是相符的，不用说明。")
    whose = which_organ(tx.connection, organ)
    reason = clean(reason, "说明")
    rule, place, sides = _key(finding)
    if read_explained(tx.connection, whose.id, year).get((rule, place, sides), "") == reason:
        return
    add_record(
        tx.connection,
        explanations,
        organ_id=whose.id,
        year=year,
        rule=rule,
        place=place,
        sides=sides,
        reason=reason,
        **tx.signed,
    )


def read_explained(
    connection: Connection, organ_id: int, year: int, *, by: datetime | None = None
) -> Explained:
    """Everything that is explained of a year, now or at a moment."""
    t = explanations.c
    query = select(t.rule, t.place, t.sides, t.reason).where(t.organ_id == organ_id, t.year == year)
    if by is not None:
        query = query.where(t.recorded_at <= moment.stamp(by))
    told: dict[tuple[str, str, str], str] = {}
    for rule, place, sides, reason in connection.execute(query.order_by(t.id)):
        told[rule, place, sides] = reason
    return {key: reason for key, reason in told.items() if reason}


def explained(findings: Iterable[Finding], told: Explained) -> tuple[Finding, ...]:
    """The findings, each with what is explained of it."""
    return tuple(
        finding if finding.ok else replace(finding, explained=told.get(_key(finding), ""))
        for finding in findings
    )


def _key(finding: Finding) -> tuple[str, str, str]:
    """Of a text its part and what is claimed: a sentence put before it changes neither side."""
    where = f"{finding.where.split()[0]} {finding.cell}" if finding.part else finding.where
    return finding.rule, where, f"{finding.left} {finding.right}"
