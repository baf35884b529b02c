"""Figures that sentences are held against, and the sentences labelled by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from db.disputes.dispute import Block
from db.year_end.claims.reading import Claim, Figures, read_claims
from db.year_end.form import COLUMNS, row_labels
from tests.support.paths import DATA

SENTENCES = DATA / "claims"

_BUSY: dict[str, tuple[int, ...]] = {
    "1": (72, 40, 1, 2, 5, 0, 120),
    "2": (2, 1, 0, 0, 0, 0, 3),
    "3.1": (20, 15, 0, 1, 2, 0, 38),
    "3.2": (8, 4, 0, 0, 0, 0, 12),
    "3.3.4": (2, 1, 0, 0, 0, 0, 3),
    "3.3.5": (1, 0, 0, 0, 0, 0, 1),
    "3.3.6": (3, 1, 0, 0, 0, 0, 4),
    "3.3.8": (1, 1, 0, 0, 0, 0, 2),
    "3.4.1": (18, 10, 1, 0, 1, 0, 30),
    "3.4.2": (3, 1, 0, 1, 0, 0, 5),
    "3.5.1": (7, 2, 0, 0, 0, 0, 9),
    "3.5.2": (3, 1, 0, 0, 0, 0, 4),
    "3.6.1": (1, 1, 0, 0, 0, 0, 2),
    "3.6.3": (3, 2, 0, 0, 2, 0, 7),
    "3.7": (70, 39, 1, 2, 5, 0, 117),
    "4": (4, 2, 0, 0, 0, 0, 6),
}


def _rows(some: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    nothing = (0,) * len(COLUMNS)
    return {row.code: some.get(row.code, nothing) for row in row_labels("2021")}


def _table2(*numbers: int, charges: str) -> dict[str, dict[str, Decimal | None]]:
    given = iter(map(Decimal, numbers))
    made: dict[str, dict[str, Decimal | None]] = {}
    for key in ("rules", "documents"):
        made[key] = {column: next(given) for column in ("made", "repealed", "in_force")}
    for key in ("licences", "penalties", "coercive"):
        made[key] = {"decisions": next(given)}
    return made | {"charges": {"amount": Decimal(charges)}}


BUSY = Figures(
    2025,
    _rows(_BUSY),
    {
        Block.REVIEW: (3, 1, 0, 1, 5),
        Block.DIRECT_SUIT: (1, 0, 0, 1, 2),
        Block.SUIT_AFTER_REVIEW: (1, 0, 0, 0, 1),
    },
    _table2(0, 0, 3, 4, 2, 25, 356, 18, 0, charges="1.5"),
)
BEFORE = Figures(
    2024,
    _rows(
        {
            "1": (70, 48, 0, 0, 0, 0, 118),
            "2": (5, 0, 0, 0, 0, 0, 5),
            "3.1": (73, 47, 0, 0, 0, 0, 120),
            "3.7": (73, 47, 0, 0, 0, 0, 120),
            "4": (2, 1, 0, 0, 0, 0, 3),
        }
    ),
    {
        Block.REVIEW: (4, 0, 0, 0, 4),
        Block.DIRECT_SUIT: (2, 0, 0, 0, 2),
        Block.SUIT_AFTER_REVIEW: (0,) * 5,
    },
    {},
)
QUIET = Figures(
    2025, _rows({}), dict.fromkeys(Block, (0,) * 5), _table2(0, 0, 0, 0, 0, 0, 0, 0, 0, charges="0")
)
_KNOWN: dict[str, tuple[Figures, Figures | None]] = {
    "A": (BUSY, BEFORE),
    "A-": (BUSY, None),
    "Z": (QUIET, None),
}


@dataclass(frozen=True)
class Labelled:
    """A text, its figures, and the claims a person read in it: `cell=written`, with ! if wrong."""

    figures: str
    text: str
    expected: tuple[str, ...]

    @property
    def known(self) -> tuple[Figures, Figures | None]:
        return _KNOWN[self.figures]

    def found(self) -> tuple[Claim, ...]:
        figures, before = self.known
        return read_claims({"1": self.text}, figures, before)


def told(claim: Claim) -> str:
    return f"{claim.cell}={claim.written}{'' if claim.ok else '!'}"


def labelled(name: str) -> Iterator[Labelled]:
    for line in Path(SENTENCES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            figures, text, expected = (piece.strip() for piece in line.split("|"))
            yield Labelled(figures, text.replace("⏎", "\n"), tuple(expected.split()))
