"""Hiding who somebody is in papers that leave the office."""

from __future__ import annotations

from dataclasses import replace

from db.cases import CaseFile
from db.history import Event
from db.vocabulary import ApplicantKind


def mask_case(case: CaseFile) -> CaseFile:
    """The case with names, certificate numbers, phones and addresses hidden."""
    return replace(
        case,
        received=_mask(case.received, case),
        history=tuple(_mask(event, case) for event in case.history),
    )


def _mask(event: Event, case: CaseFile) -> Event:
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
