"""一、五、六: the texts of a year's report, each version of them kept.

With a text stands what of it was drafted from the figures, sentence by sentence, so that it is seen
when a figure has moved since (`db.year_end.drafting`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from db import moment
from db.cases.filed_years import refuse_filed_year
from db.cases.organs import which_organ
from db.errors import BadValue, understood
from db.storage.chain import add_record
from db.storage.schema import report_texts
from db.storage.transaction import Transaction
from db.words.text import clean
from db.words.vocabulary import Labelled
from db.year_end.tied import stands

LONGEST = 100_000
"""Characters of a text."""
ADVISED = 1_000
"""Characters that part 一 should not exceed (Form 2021)."""


class Part(Labelled):
    """The parts of the report that are text."""

    OVERVIEW = "1", "一、总体情况"
    PROBLEMS = "5", "五、存在的主要问题及改进情况"
    OTHERS = "6", "六、其他需要报告的事项"


@dataclass(frozen=True, slots=True)
class PartText:
    """A version of a part's text: what it says, what of it was drafted, who saved it and when."""

    part: Part
    text: str
    drafted: Mapping[str, str] = field(default_factory=dict)
    recorded_at: datetime | None = None
    recorded_by: str = ""
    version: int = 0

    @property
    def length(self) -> int:
        """Its characters, as an office counts them: without the spaces."""
        return sum(not sign.isspace() for sign in self.text)


Narrative = Mapping[Part, PartText]


def set_text(
    tx: Transaction,
    year: int,
    part: Part,
    text: str,
    organ: str | None = None,
    *,
    drafted: Mapping[str, str] | None = None,
) -> PartText:
    """Save a part's text; `drafted` are the sentences in it that were drafted, by their names, with
    other words around their figures or as they were.

    Without `drafted` those of the version before are kept as far as they still stand in the text.

    Raises:
        NotFound: no such organ.
        BadValue: it cannot be stored.
        NotAllowed: the year is filed, and the clerk is no 负责人.
    """
    whose = which_organ(tx.connection, organ)
    text = clean(text, part.label, longest=LONGEST)
    before = read_narrative(tx.connection, whose.id, year)[part]
    told = before.drafted if drafted is None else drafted
    kept = {name: sentence for name, sentence in told.items() if stands(sentence, text)}
    if (text, kept) == (before.text, before.drafted):
        return before
    refuse_filed_year(tx, whose.id, year)
    add_record(
        tx.connection,
        report_texts,
        organ_id=whose.id,
        year=year,
        part=part.value,
        text=text,
        drafted=json.dumps(kept, ensure_ascii=False, sort_keys=True),
        **tx.signed,
    )
    return read_narrative(tx.connection, whose.id, year)[part]


def read_narrative(
    connection: Connection,
    organ_id: int,
    year: int,
    *,
    by: datetime | None = None,
    through: int | None = None,
) -> Narrative:
    """Every part as it is; as it was at a moment, or through a version, if one is named."""
    told = {part: PartText(part, "") for part in Part}
    for version in text_versions(connection, organ_id, year, by=by, through=through):
        told[version.part] = version
    return told


def text_versions(
    connection: Connection,
    organ_id: int,
    year: int,
    *,
    by: datetime | None = None,
    through: int | None = None,
) -> list[PartText]:
    """Every version of every part, oldest first."""
    t = report_texts.c
    query = select(report_texts).where(t.organ_id == organ_id, t.year == year)
    if by is not None:
        query = query.where(t.recorded_at <= moment.stamp(by))
    if through is not None:
        query = query.where(t.id <= through)
    with understood(f"{year}年年报的文字"):
        return [
            PartText(
                Part(record.part),
                record.text,
                json.loads(record.drafted),
                moment.local(record.recorded_at),
                record.recorded_by,
                record.id,
            )
            for record in connection.execute(query.order_by(t.id))
        ]


def part_of(word: str) -> Part:
    """A part by its number: `1`, `五`, or its title.

    Raises:
        BadValue: there is none.
    """
    wanted = word.strip()
    for part in Part:
        if wanted in (part.value, part.label, part.label[0], part.label[2:]):
            return part
    listed = "、".join(f"{part.value}（{part.label}）" for part in Part)
    raise BadValue(f"年报没有“{word[:20]}”这一部分文字；可用：{listed}。")
