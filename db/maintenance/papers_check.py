"""附卷材料 held against the digests that were recorded: none missing, none changed since."""

from __future__ import annotations

from collections.abc import Iterator

from db.cases.event_log import read_events
from db.cases.numbers import find_id
from db.cases.papers import Kept, kept_papers
from db.law.history import place_of
from db.storage.paper_store import digest_of
from db.storage.transaction import Transaction


def papers_problems(tx: Transaction) -> Iterator[str]:
    """Every paper that is missing or has been changed; none of a register opened without them."""
    if tx.papers is None:
        return
    found: dict[str, str] = {}
    for paper in kept_papers(tx.connection):
        if paper.digest not in found:
            content = tx.papers.read(tx.connection, paper.digest)
            fault = "不见了" if content is None else "被改动过，与附卷时不同"
            sound = content is not None and digest_of(content) == paper.digest
            found[paper.digest] = "" if sound else fault
        if found[paper.digest]:
            yield f"{_named(tx, paper)}{found[paper.digest]}"


def _named(tx: Transaction, paper: Kept) -> str:
    recorded = read_events(tx.connection, find_id(tx.connection, paper.number))
    place = place_of(recorded, paper.event.id)
    return f"{paper.number} 第{place}条附卷的材料“{paper.event.name or ''}”"
