"""A published report's tables as a case ledger of both sheets that must lead to them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from db.disputes.dispute import RESULTS, Block
from db.words.vocabulary import ApplicantKind
from tests.support.ledgers import ledger, with_disputes

Rows = Mapping[str, Sequence[int]]


def ledger_of(
    path: Path, organ: str, year: int, rows: Rows, disputes: Mapping[Block, Sequence[int]]
) -> Path:
    """A case of each kind for every one that the rows count, and a dispute for every one of table 4."""
    ledger(path, *_cases(organ, year, rows))
    return with_disputes(path, *_disputes(organ, year, disputes))


def _cases(organ: str, year: int, rows: Rows) -> Iterator[dict[str, Any]]:
    for place, kind in enumerate(ApplicantKind):
        ends: list[str | None] = [
            "3.6.3" if code == "3.6" else code
            for code, cells in rows.items()
            if code.startswith("3.") and code != "3.7"
            for _ in range(cells[place])
        ]
        ends += [None] * rows["4"][place]
        carried = rows["2"][place]
        for number, outcome in enumerate(ends):
            received = date(year, 1, 4) + timedelta(days=number % 300)
            concluded = received + timedelta(days=9)
            if number < carried:
                received, concluded = date(year - 1, 12, 15), date(year, 1, 5)
            told = {"受理机关": organ, "收到日期": str(received), "申请人类型": kind.label}
            yield told | (
                {"办理结果": outcome, "办结日期": str(concluded)} if outcome else {"办理结果": None}
            )


def _disputes(
    organ: str, year: int, disputes: Mapping[Block, Sequence[int]]
) -> Iterator[dict[str, Any]]:
    for block, cells in disputes.items():
        for result, number in zip(RESULTS, cells, strict=False):
            told = {"受理机关": organ, "类别": block.label, "提起日期": f"{year}-04-01"}
            if result is not RESULTS[-1]:
                told |= {"审结日期": f"{year}-07-01", "结果": result.label}
            yield from [told] * number
