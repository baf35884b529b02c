"""Handling a case: register it, and add what happens to it. One transaction a use case.

What cannot have happened is refused (`db.law.impossible`); the event and the case's projected row
are written together.
"""

from __future__ import annotations

from datetime import date

from db.cases.at_hand import CaseAtHand, case_at_hand
from db.cases.case_file import CaseFile, case_file, make_case_file
from db.cases.event_log import append_event
from db.cases.filed_years import refuse_filed
from db.cases.meanwhile import as_seen
from db.cases.numbers import find_id, next_number, refuse_taken_number
from db.cases.organs import find_or_add_organ, read_organs
from db.cases.projection import change_row, projected
from db.errors import BadValue
from db.law.event import FACT_LABELS, Event, clean_event, replaced
from db.law.history import effective
from db.law.impossible import refuse_impossible
from db.law.waiting import with_party
from db.storage.lookup_index import add_to_index, change_in_index
from db.storage.port import port_of
from db.storage.schema import cases
from db.storage.transaction import Transaction
from db.words.vocabulary import NOT_LOGGED, EventKind

SIBLING_NOTE = "一事一申请：与 {} 出自同一份申请书。"


def check_receipt(received: Event, today: date) -> Event:
    """The receipt of a new case as it will be stored, asked of no register.

    Raises:
        Impossible, BadValue: it is refused.
    """
    received = _clean_receipt(received)
    refuse_impossible([received], today)
    return received


def new_case(tx: Transaction, received: Event) -> CaseFile:
    """Register a case from its receipt; the next number of the year unless it names its own.

    Raises:
        Impossible, BadValue: the receipt is refused, nothing is stored.
    """
    received = _clean_receipt(received)
    return case_file(tx, _register_case(tx, received)[0])


def new_case_decided(tx: Transaction, received: Event, decided: Event) -> CaseFile:
    """Register a case that was answered on the spot: receipt and answer, or neither.

    Raises:
        Impossible, BadValue: one of the two is refused, nothing is stored.
    """
    received, decided = _clean_receipt(received), _clean_answer(decided)
    _, received = _register_case(tx, received)
    return _answer(tx, received, decided)


def new_sibling(
    tx: Transaction, received: Event, first: str, decided: Event | None = None
) -> CaseFile:
    """Register a further case of one letter (一事一申请); a note on both names the other.

    `first` is the number of the letter's first case; `decided` is its answer, if given on the spot.

    Raises:
        NotFound: there is no such first case.
        Impossible, BadValue: the receipt or the answer is refused, nothing is stored.
    """
    received = _clean_receipt(received)
    decided = _clean_answer(decided) if decided is not None else None
    today = tx.today
    find_id(tx.connection, first)
    _, received = _register_case(tx, received)
    number = received.number or ""
    if decided is not None:
        _answer(tx, received, decided)
    for noted, other in ((first, number), (number, first)):
        note = Event(EventKind.NOTE, today, note=SIBLING_NOTE.format(other))
        case = case_at_hand(tx, noted)
        refuse_impossible(effective([*case.recorded, note]), today)
        made = append_and_project(tx, case, note)
    return made


def _clean_receipt(received: Event) -> Event:
    received = clean_event(received)
    if received.kind is not EventKind.RECEIVED:
        raise BadValue("新登记的申请要从“收到”开始。")
    for name in ("applicant", "applicant_kind", "subject"):
        if not getattr(received, name):
            raise BadValue(f"缺少{FACT_LABELS[name]}；请填写后再登记。")
    return received


def _clean_answer(decided: Event) -> Event:
    decided = clean_event(decided)
    if decided.kind is not EventKind.DECIDED:
        raise BadValue("当场办结的申请要带答复。")
    return decided


def _answer(tx: Transaction, received: Event, decided: Event) -> CaseFile:
    case = case_at_hand(tx, received.number or "")
    refuse_impossible(effective([*case.recorded, decided]), tx.today)
    return append_and_project(tx, case, decided)


def _register_case(tx: Transaction, received: Event) -> tuple[int, Event]:
    """Store a clean receipt as a new case; answers its id, and the receipt with its number."""
    organ_id, organ = find_or_add_organ(tx, received.organ)
    number = received.number or next_number(tx.connection, received.on.year)
    refuse_taken_number(tx.connection, number)
    received = replaced(received, number=number, organ=organ)
    refuse_impossible([received], tx.today)
    row = projected([received], organ_id, 0, tx.calendar)
    refuse_filed(tx, [(None, row)])
    port = port_of(tx.connection)
    (((case_id,),),) = port.keep_row(tx.connection, cases.name, row, ("id",))
    add_to_index(tx.connection, [row | {"id": case_id}])
    stored = append_event(tx, case_id, received)
    change_row(tx.connection, case_id, row, row | {"last_event_id": stored.id})
    return case_id, received


def log_event(tx: Transaction, number: str, event: Event, *, seen: int | None = None) -> CaseFile:
    """Add one event to a case; `seen` is the version of the case that the clerk had in sight.

    Raises:
        NotFound: there is no such case.
        Impossible, BadValue: the event is refused, nothing is stored.
        NotAllowed: it changes a filed year, and the clerk is no 负责人.
        CaseChanged: others have recorded on the case since; nothing is stored.
    """
    event = clean_event(event)
    if event.kind in NOT_LOGGED:
        raise BadValue(
            f"“{event.kind.label}”不能这样登记；新申请请另行登记，记错的请更正，材料请用附卷。"
        )
    case = case_at_hand(tx, number)
    with as_seen(tx, case, seen):
        event = with_party(effective(case.recorded), event)
        refuse_impossible(effective([*case.recorded, event]), tx.today)
    return append_and_project(tx, case, event)


def append_and_project(tx: Transaction, case: CaseAtHand, event: Event) -> CaseFile:
    """Store an event of a case, and its row as it then is; answers the case."""
    stored = append_event(tx, case.id, event)
    recorded = [*case.recorded, stored]
    key = effective(recorded)[0].organ or ""
    organs = case.organs(key)
    organ_id = case.row["organ_id"] if organs else find_or_add_organ(tx, key)[0]
    made = make_case_file(
        case.id, recorded, tx.calendar, tx.today, organs or read_organs(tx.connection)
    )
    row = projected(made.history, organ_id, stored.id, tx.calendar, made.standing, case.row)
    refuse_filed(tx, [(case.row, row)])
    change_in_index(tx.connection, case.id, case.row, row)
    change_row(tx.connection, case.id, case.row, row)
    return made
