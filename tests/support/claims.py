"""Figures that sentences are held against, and the sentences labelled by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from db.disputes.dispute import Block
from db.year_end.claims.reading import Claim, Figures, read_claims
from db.year_end.claims.sentences import sentences
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


@dataclass(frozen=True)
class WholeReport:
    """A report's texts and tables, and what a person read in each of its sentences."""

    organ: str
    parts: dict[str, str]
    expected: dict[tuple[str, int], list[str]]
    figures: Figures
    before: Figures | None

    def found(self) -> dict[tuple[str, int], list[str]]:
        told_of: dict[tuple[str, int], list[str]] = {}
        for claim in read_claims(self.parts, self.figures, self.before, organ=self.organ):
            told_of.setdefault((claim.part, claim.sentence), []).append(told(claim))
        return {place: sorted(claims) for place, claims in told_of.items()}


_PARTS = {"一、": "1", "五、": "5", "六、": "6"}
_LABEL = re.compile(r"\[([^\]]*)\]")
_SUMS = ("made", "repealed", "in_force")


def whole_report(path: Path) -> WholeReport:
    """Read a file of `tests/data/claims/reports`: its tables, then its text with labels in brackets.

    A label stands behind the sentence, or the piece of it, that claims so.
    """
    head, text = path.read_text(encoding="utf-8").split("===\n")
    title, *lines = head.splitlines()
    organ, year = title.split()
    rows, before = dict[str, tuple[int, ...]](), dict[str, tuple[int, ...]]()
    disputes = dict[Block, tuple[int, ...]]()
    proactive = dict[str, dict[str, Decimal | None]]()
    for line in lines:
        key, *values = line.split()
        if key in set(Block):
            disputes[Block(key)] = tuple(map(int, values))
        elif key == "before":
            for code, total in zip(values[::2], values[1::2], strict=True):
                before["3.7" if code == "3" else code] = (int(total), 0, 0, 0, 0, 0, int(total))
        elif key in ("rules", "documents"):
            proactive[key] = dict(zip(_SUMS, map(Decimal, values), strict=True))
        elif key in ("licences", "penalties", "coercive", "charges"):
            name = "amount" if key == "charges" else "decisions"
            proactive[key] = {name: Decimal(values[0])}
        else:
            rows[key] = tuple(map(int, values))
            assert sum(rows[key][:-1]) == rows[key][-1]
    proactive.setdefault("rules", dict.fromkeys(_SUMS, Decimal(0)))
    parts, expected = _labelled_parts(text)
    then = Figures(int(year) - 1, _rows(before), dict.fromkeys(Block, (0,) * 5), {})
    now = Figures(int(year), _rows(rows), disputes, proactive)
    return WholeReport(organ, parts, expected, now, then if before else None)


def _labelled_parts(text: str) -> tuple[dict[str, str], dict[tuple[str, int], list[str]]]:
    parts: dict[str, str] = {}
    expected: dict[tuple[str, int], list[str]] = {}
    for piece in re.split("^(?=[一五六]、)", text, flags=re.MULTILINE)[1:]:
        part = _PARTS[piece[:2]]
        plain, labels, place = "", list[tuple[int, list[str]]](), 0
        for found in _LABEL.finditer(piece):
            plain += piece[place : found.start()]
            labels.append((len(plain) - 1, found[1].split()))
            place = found.end()
        parts[part] = plain + piece[place:]
        told_at = [(one.places[-1], one.number) for one in sentences(parts[part])]
        for at, claims in labels:
            number = next(number for end, number in told_at if at <= end)
            expected.setdefault((part, number), []).extend(claims)
    return parts, {place: sorted(claims) for place, claims in expected.items()}


def whole_reports() -> list[Path]:
    return sorted((SENTENCES / "reports").glob("*.txt"))
