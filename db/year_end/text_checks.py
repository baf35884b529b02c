"""Rule E of a report: what its texts claim, held against its own tables and those of the year before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from db.year_end.claims.reading import Figures, read_claims
from db.year_end.dispute_table import Table4
from db.year_end.finding import Finding
from db.year_end.narrative import Narrative, Part
from db.year_end.proactive import Proactive
from db.year_end.request_table import YearTable


def figures_of(table: YearTable, disputes: Table4, proactive: Proactive) -> Figures:
    """The tables as a text is held against them."""
    entered: dict[str, dict[str, Decimal | None]] = {}
    for key, value in proactive.values.items():
        line, _, name = key.partition(".")
        entered.setdefault(line, {})[name] = value
    return Figures(
        year=table.year,
        requests={row.code: row.cells for row in table.rows},
        disputes=disputes,
        proactive=entered,
    )


def check_texts(
    narrative: Narrative, now: Figures, before: Figures | None, organ: str
) -> Iterator[Finding]:
    """Every number that the texts claim and that is understood, whether it agrees or not."""
    parts = {part.value: narrative[part].text for part in Part if narrative[part].text}
    for claim in read_claims(parts, now, before, organ=organ):
        yield Finding(
            "E",
            f"{Part(claim.part).label} 第{claim.sentence}句",
            claim.written,
            claim.figure,
            quote=claim.quote,
            cell=claim.cell,
            about=claim.about,
            holds=claim.ok,
            part=claim.part,
            place=(claim.start, claim.end),
        )
