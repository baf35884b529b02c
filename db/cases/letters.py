"""A letter of a case: what it is of, what it lacks, and what of it is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from db.calendar.workdays import WorkCalendar
from db.cases.case_file import CaseFile, read_case
from db.cases.correcting import correct_event
from db.cases.document_numbers import DocumentNumbers, clean_document_number
from db.cases.organs import UNNAMED_ORGAN, Organ, OrganFact, which_organ
from db.cases.papers import attach
from db.errors import Impossible
from db.law.event import Event
from db.law.fees import fee_by_item, fee_by_page, item_rate
from db.law.history import place_of
from db.law.letters import (
    Asked,
    Writable,
    asked_for,
    bears_own_number,
    withheld_for,
    writable,
)
from db.law.remedies import remedies
from db.law.waiting import waiting_after
from db.storage.paper_store import digest_of
from db.storage.transaction import Transaction
from db.words.letters import LetterKind
from db.words.money import yuan
from db.words.vocabulary import EventKind, FeeBasis

_LISTED = 8


class Place(Enum):
    """Where a missing fact is filled in."""

    ORGAN = "organ"
    CASE = "case"
    EVENT = "event"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that a letter cannot do without: what it is called, and where it belongs."""

    fact: str
    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it would be written now.

    `event` carries what has been typed for it; `stored` is the same as recorded. `doc_no` is empty
    for a paper that bears none. `organ` is whose letter it is.
    """

    kind: LetterKind
    case: CaseFile
    stored: Event
    event: Event
    organ: Organ
    doc_no: str
    nth: int
    of: int
    calendar: WorkCalendar

    @property
    def day(self) -> date:
        """The day it bears."""
        return self.event.on

    @property
    def name(self) -> str:
        """What it is called among the letters of its case: 征求第三方意见书2."""
        return f"{self.kind.label}{self.nth if self.nth > 1 else ''}"

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What the office writes for it."""
        return asked_for(self.kind, self.event)

    @property
    def history(self) -> tuple[Event, ...]:
        """The history with what has been typed."""
        return tuple(
            self.event if event.id == self.event.id else event for event in self.case.history
        )


class Numbering:
    """The numbers of each organ and year, read once for all letters of a transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[tuple[int, int], DocumentNumbers] = {}

    def of(self, organ: Organ, year: int) -> DocumentNumbers:
        key = organ.id, year
        if key not in self._known:
            self._known[key] = DocumentNumbers(self._tx, *key)
        return self._known[key]

    def take(self, letter: Letter) -> None:
        """Let the letter's number be taken.

        Raises:
            BadValue: another letter bears it.
        """
        numbers = self.of(letter.organ, letter.day.year)
        numbers.take(letter.doc_no, letter.kind, letter.case.number, letter.stored)


def read_letter(
    tx: Transaction,
    number: str,
    kind: LetterKind,
    event_id: int | None = None,
    told: Mapping[str, Any] | None = None,
    *,
    doc_no: str | None = None,
    numbering: Numbering | None = None,
) -> Letter:
    """A letter of a case, of an event of it or the newest that has such a letter.

    `told` are facts that are typed for it, `doc_no` its number; without one, the one it has, else the
    next. `numbering` knows the numbers that are taken, also by letters just made.

    Raises:
        NotFound: there is no such case.
        Impossible: there is no such letter to be written on it.
    """
    case = read_case(tx, number)
    found = _which(case, kind, event_id)
    organ = which_organ(tx.connection, case.received.organ)
    event = replace(found.event, **(told or {}))
    if not kind.numbered:
        doc_no = ""
    elif doc_no is None:
        doc_no = number_of(case.history, found)
        if doc_no is None:
            doc_no = (numbering or Numbering(tx)).of(organ, event.on.year).next(kind)
    return Letter(
        kind,
        case,
        found.event,
        event,
        organ,
        clean_document_number(doc_no),
        found.nth,
        found.of,
        tx.calendar,
    )


def _which(case: CaseFile, kind: LetterKind, event_id: int | None) -> Writable:
    letters = writable(case.history)
    of_kind = [one for one in letters if one.kind is kind]
    found = next((one for one in of_kind if event_id in (None, one.event.id)), None)
    if found is not None:
        return found
    if of_kind:
        recorded = [entry.event for entry in case.entries]
        places = "、".join(f"第{place_of(recorded, one.event.id)}条" for one in of_kind[:_LISTED])
        raise Impossible(f"{case.number} 的{kind.label}只能就{places}记录制作；请核对。")
    labels = "、".join(dict.fromkeys(one.kind.label for one in letters))
    raise Impossible(
        f"{case.number} 现在没有可以制作的{kind.label}；请先登记有关的办理情况。可以制作：{labels}。"
    )


def number_of(history: Sequence[Event], letter: Writable) -> str | None:
    """The 文号 recorded for a letter: its event's, or that of the letter as it was written last."""
    if bears_own_number(letter.kind, letter.event):
        return letter.event.doc_no
    written = (e.doc_no for e in reversed(history) if e.doc_no and is_written(e, letter))
    return next(written, None)


def is_numbered(letter: Letter) -> bool:
    """Whether it bears the number that is recorded for it; an old one may be another's too."""
    return letter.doc_no == number_of(letter.case.history, _which_one(letter))


def _which_one(letter: Letter) -> Writable:
    return Writable(letter.kind, letter.stored, letter.nth, letter.of)


def is_written(paper: Event, letter: Writable) -> bool:
    """Whether an attached paper is that letter as it was written."""
    return (
        paper.kind is EventKind.ATTACHED
        and paper.of_event == letter.event.id
        and paper.called == letter.kind.label
    )


# -- what is missing ------------------------------------------------------------------------------

TO_PUBLISH = "3.1"
"""Against what a third party is told, one goes as against an answer that publishes."""
_ANSWERED_TO = frozenset(
    (
        LetterKind.CLARIFICATION,
        LetterKind.THIRD_PARTY,
        LetterKind.COOPERATION,
        LetterKind.REASONS,
        LetterKind.FEE,
    )
)
"""Letters that ask for something to be sent in."""
_NEEDED: Mapping[LetterKind, tuple[tuple[str, str], ...]] = {
    LetterKind.CLARIFICATION: (("reply_by", "补正期限"),),
    LetterKind.REASONS: (("reply_by", "说明期限"),),
    LetterKind.THIRD_PARTY: (("party", "对象名称"),),
    LetterKind.COOPERATION: (("party", "对象名称"),),
    LetterKind.PARTY_TOLD: (("party", "对象名称"),),
    LetterKind.FEE: (("amount", "金额"), ("basis", "计费方式")),
}


def missing_of(letter: Letter) -> tuple[Missing, ...]:
    """Everything that the letter cannot do without and has not."""
    return tuple(_missing(letter))


def _missing(letter: Letter) -> Iterator[Missing]:
    organ, day, event = letter.organ, letter.day, letter.event
    if organ.name_on(day) == UNNAMED_ORGAN:
        yield Missing("name", "本机关名称", Place.ORGAN)
    if letter.kind in (LetterKind.ANSWER, LetterKind.PARTY_TOLD):
        told = remedies(event.outcome or TO_PUBLISH, day)
        facts = [OrganFact.REVIEWING_BODY, *([OrganFact.COURT] if told.names_court else [])]
        for fact in facts:
            if not organ.fact(fact, day):
                yield Missing(fact.value, fact.label, Place.ORGAN)
    if letter.kind in _ANSWERED_TO and not (
        organ.fact(OrganFact.ADDRESS, day) or organ.fact(OrganFact.PHONE, day)
    ):
        yield Missing("address", "本机关地址或电话", Place.ORGAN)
    for fact_name, label in _NEEDED.get(letter.kind, ()):
        if getattr(event, fact_name) is None:
            yield Missing(fact_name, label, Place.EVENT)
    for asked in letter.asked:
        if asked.required and getattr(event, asked.fact) in (None, ""):
            yield Missing(asked.fact, asked.label, Place.LETTER)
    yield from _wrong_fee(letter)
    if letter.kind is LetterKind.ANSWER:
        if event.outcome == "3.2" and event.withheld and not withheld_for(event):
            yield Missing("withheld", "不公开部分的理由（要写编号，例如 3.3.4）", Place.LETTER)
        yield from _untold_steps(letter)


def _untold_steps(letter: Letter) -> Iterator[Missing]:
    """The steps that an answer says were taken, and that are not recorded before it."""
    before = letter.history[: [one.id for one in letter.history].index(letter.event.id)]
    waiting, kinds = waiting_after(before), {one.kind for one in before}
    match letter.event.outcome:
        case "3.4.3" if EventKind.CLARIFICATION_RECEIVED not in kinds:
            yield Missing("clarification_received", "收到补正的记录", Place.CASE)
        case "3.6.1" if waiting.asked is None:
            since = "收到补正以后又" if EventKind.CLARIFICATION_REQUESTED in kinds else ""
            yield Missing("clarification_requested", f"{since}告知补正的记录", Place.CASE)
        case "3.6.2" if waiting.billed is None:
            since = "缴费以后又" if EventKind.FEE_NOTIFIED in kinds else ""
            yield Missing("fee_notified", f"{since}收费通知的记录", Place.CASE)
        case _:
            pass


def _wrong_fee(letter: Letter) -> Iterator[Missing]:
    """A calculation that does not come to the amount that is asked for."""
    event = letter.event
    if letter.kind is not LetterKind.FEE or None in (event.amount, event.basis, event.quantity):
        return
    due = fees_of(event)
    if event.amount not in due:
        listed = " 或 ".join(f"{yuan(fen)} 元" for fen in due)
        yield Missing(
            "quantity",
            f"件数或页数：登记的金额是 {yuan(event.amount or 0)} 元，按填的数应收 {listed}",
            Place.LETTER,
        )


def fees_of(event: Event) -> tuple[int, ...]:
    """What a fee notice may ask for its items or pages: by item, of all of the month or the last."""
    quantity = event.quantity or 0
    if event.basis is FeeBasis.BY_PAGE:
        return (fee_by_page(quantity),)
    return tuple(dict.fromkeys((fee_by_item(quantity), item_rate(quantity))))


# -- what is recorded -----------------------------------------------------------------------------


def keep_letter(
    tx: Transaction,
    letter: Letter,
    content: bytes,
    file_name: str,
    numbering: Numbering | None = None,
    seen: int | None = None,
) -> CaseFile:
    """Record a letter that is written: its number, what was written for it, and the paper itself.

    `seen` is the version of the case that the clerk had in sight. A letter written again, to the
    same signs, is no paper of its own.

    Raises:
        CaseChanged: others have recorded on it since; nothing is stored.
        BadValue: another letter bears the number.
    """
    case, event, doc_no = letter.case, letter.stored, letter.doc_no
    changes: dict[str, Any] = {
        asked.fact: getattr(letter.event, asked.fact)
        for asked in letter.asked
        if getattr(letter.event, asked.fact) != getattr(event, asked.fact)
    }
    own = bears_own_number(letter.kind, event)
    if doc_no and not is_numbered(letter):
        (numbering or Numbering(tx)).take(letter)
        if own:
            changes["doc_no"] = doc_no
    if changes:
        new = all(getattr(event, name) is None for name in changes)
        reason = None if new else f"制作{letter.kind.label}时改写"
        case = correct_event(tx, case.number, event.id, reason, changes=changes, seen=seen)
        seen = None
    digest = digest_of(content)
    which = _which_one(letter)
    if any(is_written(paper, which) and paper.digest == digest for paper in case.history):
        return case
    return attach(
        tx,
        case.number,
        content,
        file_name,
        called=letter.kind.label,
        of_event=event.id,
        doc_no=None if own else doc_no or None,
        seen=seen,
    )
