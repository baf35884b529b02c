"""Letters made of invented histories, without a register, and read back as a stranger would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db.calendar.workdays import work_calendar
from db.cases.case_file import make_case_file
from db.cases.letters import Letter
from db.cases.organs import Organ, OrganFact, OrganRecord, Organs
from db.law.event import Event
from db.law.letters import writable
from db.moment import local
from db.words.letters import LetterKind
from db.words.vocabulary import ApplicantKind, Channel, EventKind, FeeBasis, PartyKind
from exports.letters.rendering import text_of
from exports.letters.writing import make

TODAY = date(2026, 3, 10)
ORGAN_FACTS = {
    OrganFact.ADDRESS: "青川县人民路1号",
    OrganFact.POSTCODE: "628100",
    OrganFact.PHONE: "0839-7200000",
    OrganFact.REVIEWING_BODY: "青川县人民政府",
    OrganFact.COURT: "青川县人民法院",
}


def organ(**without: str) -> Organ:
    """The organ with every setting, but for those told otherwise by their identifiers."""
    at = local("2020-01-01T00:00:00+00:00")
    told = {fact: without.get(fact.value, value) for fact, value in ORGAN_FACTS.items()}
    records = tuple(
        OrganRecord(n, fact, value, None, at, "吴敏")
        for n, (fact, value) in enumerate(told.items())
    )
    return Organ(1, "青川县财政局", records)


def received(on: date, **facts: object) -> Event:
    told = {
        "number": "2026-0001",
        "organ": "青川县财政局",
        "applicant": "陈静",
        "applicant_kind": ApplicantKind.NATURAL_PERSON,
        "channel": Channel.REGISTERED_MAIL,
        "subject": "旧城改造项目施工合同。",
    } | facts
    return Event(EventKind.RECEIVED, on, id=1, **told)  # type: ignore[arg-type]


def letter_of(kind: LetterKind, *events: Event, of: Organ | None = None) -> Letter:
    """A letter of the newest event of a history that has such a letter, as it would be written."""
    history = [replace(event, id=number) for number, event in enumerate(events, 1)]
    of = of or organ()
    case = make_case_file(1, history, work_calendar(), TODAY, Organs((of,)))
    found = next(one for one in writable(case.history) if one.kind is kind)
    doc_no = "青财公开〔2026〕7号" if kind.numbered else ""
    event = found.event
    return Letter(kind, case, event, event, of, doc_no, found.nth, found.of, work_calendar())


def written(letter: Letter) -> str:
    """What the letter says, paragraph by paragraph; what the office writes itself is made up."""
    for asked in letter.asked:
        if getattr(letter.event, asked.fact) is None:
            made_up = 12 if asked.fact == "quantity" else f"〈{asked.label}〉。"
            letter = replace(letter, event=replace(letter.event, **{asked.fact: made_up}))
    return "\n".join(text_of(make(letter, None)))


def answered(outcome: str, on: date, **facts: object) -> Letter:
    """The answer to a request that was asked to be clarified, and billed."""
    start = date(on.year, on.month, 1)
    kinds = EventKind
    if outcome == "3.2":
        facts = {"withheld": "3.3.4、3.3.6"} | facts
    return letter_of(
        LetterKind.ANSWER,
        received(start, submitted_on=start),
        Event(kinds.CLARIFICATION_REQUESTED, start, reply_by=on),
        *([Event(kinds.CLARIFICATION_RECEIVED, start)] if outcome == "3.4.3" else []),
        Event(kinds.FEE_NOTIFIED, start, amount=10_000, basis=FeeBasis.BY_PAGE, pay_by=on),
        Event(kinds.DECIDED, on, outcome=outcome, **facts),  # type: ignore[arg-type]
    )


def consulted(kind: LetterKind, whom: PartyKind) -> Letter:
    return letter_of(
        kind,
        received(date(2026, 3, 2)),
        Event(EventKind.CONSULTATION_STARTED, date(2026, 3, 4), party="丙公司", party_kind=whom),
    )
