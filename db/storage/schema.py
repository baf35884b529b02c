"""The tables of the register. The schema itself is made by `db/migrations`, step by step.

`events` is the truth and is append-only (triggers in the migrations hold it). `cases` is the
projection of each history onto one row: written only together with the event that changes it,
rebuilt and compared by `db.maintenance.verify`.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
    or_,
    text,
)

from db.storage.column_types import Day, YesNo

HEAD = "0013"
"""The newest schema this program knows; a test holds it equal to the newest migration."""
DERIVED = "0006"
"""The newest schema with which what is derived has changed: an upgrade from before it rebuilds that.

With 0006 a consultation's return ends that of the party it names."""
CHAINED = "0007"
"""The schema with which the chain began: an upgrade from before it seals what had been recorded."""

RECORDED_DAY = "substr(recorded_at, 1, 10)"
"""On which day (UTC) a record was made."""
NUMBERED_BEFORE = "rtrim(number, '0123456789')"
"""What stands in a number before its last digits: 2024- in 2024-0012."""
SERIAL = f"ltrim(substr(number, length({NUMBERED_BEFORE}) + 1), '0')"
"""These digits without the zeros before them: 12."""

metadata = MetaData()

PAPERS = "case_papers"
"""The table that holds the papers of cases on a server (`db.storage.paper_table`)."""
LOOKUP = "case_lookup"
"""The table of the lookup index (`db.storage.lookup_index`); its key, the id of the case, is called
`rowid` with either engine."""


def new_salt() -> str:
    """What makes the digest of a record's personal facts say nothing about them."""
    return secrets.token_hex(16)


def _signed() -> tuple[Column[Any], ...]:
    """When, by whom and from which seat a record was made; together, as all tables have them."""
    return (
        Column("recorded_at", String, nullable=False),  # UTC, ISO 8601 with microseconds
        Column("recorded_by", String, nullable=False),
        Column("recorded_from", String),
    )


organs = Table(  # see db.cases.organs
    "organs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
)

organ_facts = Table(
    "organ_facts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("organ_id", Integer, ForeignKey("organs.id"), nullable=False),
    Column("fact", String, nullable=False),
    Column("value", Text, nullable=False),  # empty: there is none any more
    Column("holds_from", Day),  # None: for ever
    *_signed(),
    Index("organ_facts_by_organ", "organ_id"),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "case_id",
        Integer,
        ForeignKey("cases.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
    ),
    Column("kind", String, nullable=False),
    Column("occurred_on", Day, nullable=False),
    Column("recorded_at", String, nullable=False),  # UTC, ISO 8601 with microseconds
    Column("recorded_by", String, nullable=False),
    Column("facts", Text, nullable=False),  # JSON, see db.law.packing.pack
    Column("personal", Text, nullable=False),  # JSON: the facts that can name a person
    Column("salt", String, nullable=False, server_default="", default=new_salt),
    Column("recorded_from", String),
    Index("events_by_case", "case_id"),
    Index("events_by_day", text(RECORDED_DAY)),
    sqlite_autoincrement=True,
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("number", String, nullable=False, unique=True),
    Column("organ_id", Integer, ForeignKey("organs.id"), nullable=False),
    Column("applicant", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("channel", String),
    Column("received_on", Day, nullable=False),
    Column("received_year", Integer, nullable=False),
    Column("submitted_on", Day),
    Column("subject", Text, nullable=False),
    Column("id_no", String),
    Column("phone", String),
    Column("address", Text),
    Column("email", String),
    Column("unit", String),
    Column("officer", String),
    Column("state", String, nullable=False),
    Column("counts_from", Day, nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("due_on", Day),
    Column("provisional", YesNo, nullable=False),
    Column("reply_by", Day),
    Column("frozen_used", Integer),
    Column("concluded_on", Day),
    Column("concluded_year", Integer),
    Column("outcome", String),
    Column("doc_no", String),  # of the answer
    Column("last_event_id", Integer, nullable=False),
    Column("party_limit", Day),  # while somebody is consulted, see db.law.waiting
    Column(
        "applicant_key", String, nullable=False, server_default=""
    ),  # see db.words.pinyin.sort_key
    Column("subject_key", String, nullable=False, server_default=""),
    Column("agent", String),
    Column("postcode", String),
    Column("receipt_since", Day),  # while its signed receipt is waited for, see db.law.delivery
    CheckConstraint("(concluded_on IS NULL) = (outcome IS NULL)", name="concluded_with_outcome"),
    Index("cases_by_serial", *map(text, (NUMBERED_BEFORE, f"length({SERIAL})", SERIAL))),
    sqlite_autoincrement=True,
)

calendar_notices = Table(
    "calendar_notices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("year", Integer),  # None: the package's own data changed
    Column("source", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("days", Text, nullable=False),  # JSON: [day, working, festival]
    Column("moved", Text, nullable=False),  # JSON: [number, old due date, new due date]
    *_signed(),
    sqlite_autoincrement=True,
)

filings = Table(
    "filings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("organ_id", Integer, ForeignKey("organs.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("form", String, nullable=False),
    Column("figures", Text, nullable=False),  # JSON, see db.year_end.filing
    Column("digest", String, nullable=False),
    Column("through_event", Integer, nullable=False),
    Column("through_dispute_event", Integer, nullable=False),
    *_signed(),
    UniqueConstraint("organ_id", "year"),
    sqlite_autoincrement=True,
)

disputes = Table(
    "disputes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("organ_id", Integer, ForeignKey("organs.id"), nullable=False),
    Column("case_id", Integer, ForeignKey("cases.id")),  # None: older than the register
    Index("disputes_by_case", "case_id"),
    sqlite_autoincrement=True,
)

dispute_events = Table(
    "dispute_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("dispute_id", Integer, ForeignKey("disputes.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("occurred_on", Day, nullable=False),
    Column("recorded_at", String, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("facts", Text, nullable=False),
    Column("personal", Text, nullable=False),
    Column("salt", String, nullable=False, server_default="", default=new_salt),
    Column("recorded_from", String),
    Index("dispute_events_by_dispute", "dispute_id"),
    sqlite_autoincrement=True,
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    Column("through_event", Integer, nullable=False),  # up to this one of the case they are erased
    Column("through_dispute_event", Integer, nullable=False),
    Column("kept", Text, nullable=False),  # JSON, see db.privacy.erasing
    *_signed(),
    Index("erasures_by_case", "case_id"),
    sqlite_autoincrement=True,
)

report_figures = Table(  # see db.year_end.proactive; of a name the newest counts
    "report_figures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("organ_id", Integer, ForeignKey("organs.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("form", Text, nullable=False),
    Column("name", Text, nullable=False),  # rules.made
    Column("value", Text, nullable=False),  # a decimal number; empty: none any more
    *_signed(),
    Index("report_figures_by_year", "organ_id", "year"),
    sqlite_autoincrement=True,
)

report_texts = Table(  # see db.year_end.narrative; of a part the newest counts
    "report_texts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("organ_id", Integer, ForeignKey("organs.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("part", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column(
        "drafted", Text, nullable=False
    ),  # JSON: the sentences that were drafted, by their names
    *_signed(),
    Index("report_texts_by_year", "organ_id", "year"),
    sqlite_autoincrement=True,
)

explanations = Table(  # see db.year_end.explaining
    "explanations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("organ_id", Integer, ForeignKey("organs.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("sides", Text, nullable=False),  # both sides, as they were
    Column("reason", Text, nullable=False),  # empty: explained no more
    *_signed(),
    Index("explanations_by_year", "organ_id", "year"),
    sqlite_autoincrement=True,
)

settings = Table(  # of a name the newest counts
    "settings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String, nullable=False),
    Column("value", Text, nullable=False),
    *_signed(),
    sqlite_autoincrement=True,
)

chain = Table(  # see db.storage.chain
    "chain",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String, nullable=False),  # the name of a table
    Column("record", Integer, nullable=False),  # an id of it
    Column("digest", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

# The year table counts along these (`db.year_end.request_counts`): what was received, what was concluded, by
# kind and in all, and the few cases that cross a year's end. Each ends with the state that its
# condition names, or SQLite would not call it covering. Cancelled cases leave every figure.
_COUNTED = text("state <> 'cancelled'")
NOT_CANCELLED = cases.c.state != literal_column("'cancelled'")
"""Written out, not bound: for the very words they were made with SQLite reads these indexes alone."""
RUNNING = and_(cases.c.state != literal_column("'concluded'"), NOT_CANCELLED)

_YEARS_DIFFER = "(concluded_year IS NULL OR concluded_year <> received_year)"
CROSSING = or_(cases.c.concluded_year.is_(None), cases.c.concluded_year != cases.c.received_year)
_DAYS_DIFFER = "(concluded_on IS NULL OR substr(concluded_on, 1, 4) <> substr(received_on, 1, 4))"
CROSSING_BY_DAYS = text(_DAYS_DIFFER)
"""The same read from the dates themselves, for the check that does not trust the years."""

Index(
    "cases_received",
    *(cases.c[name] for name in ("organ_id", "received_year", "kind", "state")),
    sqlite_where=_COUNTED,
)
Index(
    "cases_concluded",
    *(cases.c[name] for name in ("organ_id", "concluded_year", "outcome", "kind", "state")),
    sqlite_where=_COUNTED,
)
Index(
    "cases_crossing",
    *(cases.c[name] for name in ("organ_id", "kind", "received_year", "concluded_year", "state")),
    sqlite_where=text(f"state <> 'cancelled' AND {_YEARS_DIFFER}"),
)
Index(
    "cases_crossing_by_year",
    *(cases.c[name] for name in ("organ_id", "received_year", "concluded_year", "state")),
    sqlite_where=text(f"state <> 'cancelled' AND {_YEARS_DIFFER}"),
)
Index(
    "cases_crossing_by_day",
    *(cases.c[name] for name in ("organ_id", "received_on", "concluded_on", "state")),
    sqlite_where=text(f"state <> 'cancelled' AND {_DAYS_DIFFER}"),
)
Index("cases_by_receipt", cases.c.received_on, cases.c.id)
Index(
    "cases_due",
    cases.c.due_on,
    cases.c.state,
    sqlite_where=text("state <> 'concluded' AND state <> 'cancelled'"),
)

# Lists are ordered along these (`db.lookup.orders`); filters by state, kind and outcome use them too.
# What has no due date comes after what has one, what has ended after what runs.
UNIT_KEY = "coalesce(unit, '')"
DUE_KEY = "coalesce(due_on, '9999-12-31')"
LEFT_KEY = (
    "CASE WHEN state IN ('concluded', 'cancelled') THEN '9999-12-31' "
    "ELSE coalesce(due_on, '9999-12-30') END"
)
Index("cases_by_applicant", cases.c.applicant_key, cases.c.received_on)
Index("cases_by_kind", cases.c.kind, cases.c.received_on)
Index("cases_by_subject", cases.c.subject_key, cases.c.received_on)
Index("cases_by_unit", text(UNIT_KEY), cases.c.received_on)
Index("cases_by_state", cases.c.state, cases.c.received_on)
Index("cases_by_due", text(DUE_KEY), cases.c.received_on)
Index("cases_by_left", text(LEFT_KEY), cases.c.received_on)
Index("cases_by_party", cases.c.party_limit, sqlite_where=text("party_limit IS NOT NULL"))
Index(
    "cases_awaiting_receipt", cases.c.receipt_since, sqlite_where=text("receipt_since IS NOT NULL")
)
Index("cases_by_channel", cases.c.channel, cases.c.received_on)
Index("cases_by_organ", cases.c.organ_id, cases.c.received_on)
Index(
    "cases_late",
    cases.c.received_on,
    sqlite_where=text("due_on < concluded_on AND state <> 'cancelled'"),
)
Index("cases_by_id_no", cases.c.id_no, sqlite_where=text("id_no IS NOT NULL"))
Index(
    "cases_by_outcome",
    cases.c.outcome,
    cases.c.received_on,
    sqlite_where=text("outcome IS NOT NULL"),
)
