"""Hiding who somebody is in papers that leave the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from db.cases.case_file import CaseFile
from db.law.event import Event
from db.words.vocabulary import ApplicantKind

HIDDEN = ("applicant", "id_no", "phone", "address", "email", "party")


def mask_case(case: CaseFile) -> CaseFile:
    """The case with names, certificate numbers, phones and addresses hidden.

    Also where another text repeats one of them: 关于张三的…, 邮寄给张三.
    """
    known = _known(case)
    return replace(
        case,
        received=_mask(case.received, case, known),
        history=tuple(_mask(event, case, known) for event in case.history),
    )


def _known(case: CaseFile) -> dict[str, str]:
    """Each personal text of the case, at least two characters, with what stands in its place."""
    known: dict[str, str] = {}
    for event in (case.received, *case.history):
        masked = _mask(event, case, {})
        for name in HIDDEN:
            text, instead = getattr(event, name), getattr(masked, name)
            if text and len(text) > 1 and instead != text:
                known[text] = instead or ""
    return dict(sorted(known.items(), key=lambda pair: -len(pair[0])))


def _mask(event: Event, case: CaseFile, known: Mapping[str, str]) -> Event:
    def hidden(text: str | None) -> str | None:
        for personal, instead in known.items():
            text = text and text.replace(personal, instead)
        return text

    natural = case.received.applicant_kind is ApplicantKind.NATURAL_PERSON
    return replace(
        event,
        applicant=mask_name(event.applicant) if natural else event.applicant,
        id_no=_keep_ends(event.id_no, 3, 2),
        phone=_keep_ends(event.phone, 3, 2),
        address=_keep_ends(event.address, 6, 0),
        email=_keep_ends(event.email, 1, 0),
        party=mask_name(event.party),
        note=None,
        subject=hidden(event.subject),
        ground=hidden(event.ground),
        delivery=hidden(event.delivery),
    )


def mask_name(name: str | None) -> str | None:
    """The first character and stars: 张**."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else name


def _keep_ends(text: str | None, head: int, tail: int) -> str | None:
    if not text:
        return text
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + (text[-tail:] if tail else "")
