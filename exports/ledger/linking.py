"""Where the disputes of a ledger belong: the cases they name, and those recorded already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from db.cases.organs import Organs, read_organs
from db.disputes.bulk import NamedCase, cases_named
from db.disputes.reading import read_disputes
from db.storage.transaction import Transaction
from exports.ledger.columns import ORGAN
from exports.ledger.dispute_columns import CASE_NUMBER, FILED_ON, OLDER_CASE
from exports.ledger.faults import Fault, FaultList, by_row
from exports.ledger.read_dispute_row import DisputeRow
from exports.ledger.understanding import Understood
from exports.ledger.understanding_disputes import UnderstoodDisputes


def linked(tx: Transaction | None, ledger: Understood) -> Understood:
    """The ledger with what is wrong with the cases that its disputes name.

    None is a register that is still to be made.
    """
    disputes = ledger.disputes
    if disputes is None or not any(one.told.case for one in disputes.told):
        return ledger
    faults = by_row(disputes.faults, _wrong(tx, ledger, disputes))
    return replace(ledger, disputes=replace(disputes, faults=faults))


def _wrong(
    tx: Transaction | None, ledger: Understood, disputes: UnderstoodDisputes
) -> Iterator[Fault]:
    """Disputes of no known case, of one received later, or of another organ's."""
    organs = read_organs(tx.connection) if tx is not None else Organs(())
    receipts = (one.history[0] for one in ledger.told if one.named)
    mine = {told.number: (told.on, organs.key_of(told.organ)) for told in receipts}
    others = (
        cases_named(tx, (one.told.case for one in disputes.told if one.told.case))
        if tx is not None
        else {}
    )
    for one in disputes.told:
        number = one.told.case
        if number is None or number in ledger.unread_numbers:
            continue
        found = _case(number, mine, others, organs)
        column = CASE_NUMBER
        if found is None:
            reason = f"登记簿和表里都没有这个编号的申请；请核对，更早的申请写在“{OLDER_CASE}”里。"
        elif one.told.filed_on < found[0]:
            column, reason = FILED_ON, f"早于 {number} 的收到日期{found[0]}，请核对。"
        elif one.told.organ is not None and organs.key_of(one.told.organ) != found[1]:
            column, reason = ORGAN, f"{number} 的受理机关是“{found[1]}”；请改成一致，或空着。"
        else:
            continue
        yield Fault(disputes.sheet, one.row, column, _said(one, column), reason)


def _case(
    number: str,
    mine: Mapping[str | None, tuple[date, str]],
    others: Mapping[str, NamedCase],
    organs: Organs,
) -> tuple[date, str] | None:
    """The day of receipt and the organ's key of the case that is named."""
    told = others.get(number)
    if told is None:
        return mine.get(number)
    keys = (organ.key for organ in organs.known if organ.id == told.organ_id)
    return told.received_on, next(keys, "")


def _said(one: DisputeRow, column: str) -> str:
    told = {CASE_NUMBER: one.told.case, ORGAN: one.told.organ, FILED_ON: str(one.told.filed_on)}
    return (told[column] or "")[:40]


def recorded_already(
    tx: Transaction, disputes: UnderstoodDisputes | None
) -> tuple[FaultList, dict[int, int]]:
    """The rows that are recorded, or stand in the file twice; and under which number, by row.

    The same is what names the same case, in a number or in words, block, body and day.
    """
    if disputes is None or not disputes.told:
        return FaultList(), {}
    known = {
        (one.case or one.older_case or "", one.block, one.body, one.filed_on): one.id
        for one in reversed(read_disputes(tx.connection))
        if not one.voided
    }
    recorded = {one.row: known[one.key] for one in disputes.told if one.key in known}
    faults = [
        Fault(
            disputes.sheet,
            row,
            "",
            "",
            f"已经登记为第{number}号（所涉申请、类别、机关、提起日期都相同）。",
        )
        for row, number in recorded.items()
    ]
    faults += [fault for fault in disputes.twice if fault.row not in recorded]
    return FaultList(sorted(faults, key=lambda fault: fault.row)), recorded


def without_known(
    disputes: UnderstoodDisputes | None, known: FaultList, recorded: Mapping[int, int]
) -> UnderstoodDisputes | None:
    """The disputes without the rows that are known; a suit follows a review that is recorded."""
    if disputes is None:
        return None
    rows = {fault.row for fault in known}
    kept = [one for one in disputes.told if one.row not in rows]
    places = {one.row: place for place, one in enumerate(kept)}

    def follows(one: DisputeRow) -> DisputeRow:
        if one.told.after is None:
            return one
        review = disputes.told[one.told.after].row
        told = replace(one.told, after=places.get(review), after_id=recorded.get(review))
        return replace(one, told=told)

    return replace(disputes, told=[follows(one) for one in kept], twice=[])
