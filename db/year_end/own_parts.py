"""What of a year's report the clerk enters: table 2, and the texts of parts 一, 五 and 六."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from db.storage.schema import report_figures, report_texts
from db.year_end.form import Form
from db.year_end.narrative import Narrative, Part, PartText, read_narrative, text_versions
from db.year_end.proactive import Proactive, figure_records, plain, read_proactive
from db.year_end.proactive_form import label_of


@dataclass(frozen=True, slots=True)
class OwnParts:
    """As they are at a moment. The numbers are the last entries they know of the whole register."""

    proactive: Proactive
    narrative: Narrative = field(
        default_factory=lambda: {part: PartText(part, "") for part in Part}
    )
    through_figure: int = 0
    through_text: int = 0


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A figure or a text that was changed after the year was filed, as old and new."""

    what: str
    old: str
    new: str
    recorded_at: datetime
    recorded_by: str


def read_own_parts(
    connection: Connection,
    organ_id: int,
    year: int,
    form: Form,
    *,
    by: datetime | None = None,
    through: tuple[int, int] | None = None,
) -> OwnParts:
    """As they are now, as they were at a moment, or through the last entries of each kind."""
    figure, text = through or (_last(connection, report_figures), _last(connection, report_texts))
    return OwnParts(
        read_proactive(connection, organ_id, year, form, by=by, through=figure),
        read_narrative(connection, organ_id, year, by=by, through=text),
        figure,
        text,
    )


def _last(connection: Connection, table: Any) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())


def packed(own: OwnParts) -> dict[str, Any]:
    """As a filing keeps them."""
    return {
        "proactive": {key: plain(value) for key, value in own.proactive.values.items()},
        "narrative": {part.value: own.narrative[part].text for part in Part},
        "through_figure": own.through_figure,
        "through_text": own.through_text,
    }


def unpacked(told: Mapping[str, Any] | None, form: Form) -> OwnParts:
    """From a filing; one of before there was such a thing has none."""
    if told is None:
        return OwnParts(Proactive(form))
    return OwnParts(
        Proactive(form, {key: Decimal(value) for key, value in told["proactive"].items()}),
        {part: PartText(part, told["narrative"][part.value]) for part in Part},
        told["through_figure"],
        told["through_text"],
    )


def changes_since(
    connection: Connection, organ_id: int, year: int, form: Form, then: OwnParts
) -> Iterator[OwnChange]:
    """What was entered after a filing, entry by entry."""
    values = {key: plain(value) for key, value in then.proactive.values.items()}
    for record in figure_records(connection, organ_id, year, form):
        if record.id > then.through_figure:
            new = "" if record.value is None else plain(record.value)
            yield OwnChange(
                f"主动公开 {label_of(form, record.key)}",
                values.get(record.key, ""),
                new,
                record.recorded_at,
                record.recorded_by,
            )
            values[record.key] = new
    texts = {part: then.narrative[part].text for part in Part}
    for version in text_versions(connection, organ_id, year):
        if version.version > then.through_text and version.recorded_at is not None:
            yield OwnChange(
                version.part.label,
                texts[version.part],
                version.text,
                version.recorded_at,
                version.recorded_by,
            )
            texts[version.part] = version.text
