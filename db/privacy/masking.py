"""Hiding who somebody is in papers that leave the office. The one place that knows how.

Hidden are the facts that say who it is, and whatever else repeats them or looks like them: a name,
a number or an address in the subject or the ground. Notes and reasons are left out: they are free
talk about people. The names of organizations that apply stay, as do those of the office's own staff.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from db.cases.case_file import CaseFile
from db.cases.case_row import CaseRow
from db.cases.event_log import read_events
from db.law.event import WRITTEN, Event
from db.storage.transaction import Transaction
from db.words.vocabulary import ApplicantKind

FREE_TEXTS = (
    "subject",
    "ground",
    "delivery",
    "doc_no",
    "purpose",
    "form_wanted",
    "answered_by",
    "name",
    "called",
)
LEFT_OUT = ("note", "reason", *WRITTEN)

_STAR = "*"
_PERSON = re.compile(r"[^、，,；;/／（）()：:]+")
_WORD = re.compile(r"[^、，,；;/／（）()：:\s]+")
_AND_OTHERS = re.compile(r"等\s*[\d一二三四五六七八九十百]*\s*(人|户|名|位)?\s*$")
_ROLE = re.compile(
    r"(?:委托|法定|诉讼)?(?:代理人|代表人|监护人|联系人|经办人|负责人|申请人)[\s:：]*"
)
_DOTS = "·•‧∙・．."
_BETWEEN = f" \u3000\t\n-－—{_DOTS}"
_SEPARATED = r"[\s\-－—]*"

# What looks like a person's number or address, whoever's it is. `\d` is any digit, full-width too.
_NUMBERS = re.compile(
    r"(?<![\dA-Za-z])(?:"
    r"\d{14,18}[\dXxＸｘ]"  # identity and bank cards, whole and in groups
    r"|\d{6}[\s\-－—]?\d{8}[\s\-－—]?\d{3}[\dXxＸｘ]|\d{4}(?:\s\d{4}){3}(?:\s\d{1,3})?"
    rf"|(?:[+＋]?86{_SEPARATED})?[1１]\d{{2}}{_SEPARATED}\d{{4}}{_SEPARATED}\d{{4}}"  # mobile phones
    r"|[0０]\d{2,3}[\s\-－—]\d{7,8}"  # telephones
    r"|[EGPHMKegphmk]\d{8,10}"  # passports and permits
    r")(?![\dA-Za-z])"
)
_ACCOUNT = re.compile(r"(?i)((?:QQ|微信|wechat)(?:号码|号)?[\s:：]*)([A-Za-z][-\w]{5,19}|\d{5,11})")
_LATIN = re.compile(r"[A-Za-z]{2}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+[@＠][A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")


def mask_name(name: str | None) -> str | None:
    """The first character of each name and stars: 张**; 张*、李*; 张*等12人."""
    return _PERSON.sub(lambda found: _starred(found[0]), name) if name else name


def _starred(name: str) -> str:
    others = _AND_OTHERS.search(name)
    alone = name[: others.start()] if others else name
    if not alone.strip():
        return name
    tail = others[0] if others else ""
    return alone[:1] + _STAR * max(len(alone) - 1, 1) + tail


def _keep_ends(text: str, head: int, tail: int) -> str:
    """The text with only its ends shown, never more than half of it."""
    most = len(text) // 2
    tail = min(tail, most // 2)
    head = min(head, most - tail)
    return text[:head] + _STAR * (len(text) - head - tail) + (text[-tail:] if tail else "")


def _mask_number(text: str) -> str:
    return _keep_ends(text, 3, 2)


def _mask_address(text: str) -> str:
    return _keep_ends(text, min(6, len(text) // 3), 0)


def _mask_email(text: str) -> str:
    return _keep_ends(text, 1, 0)


def mask_text(text: str) -> str:
    """A text without what looks like a person's number, account or mail address."""
    text = _EMAIL.sub(lambda found: _mask_email(found[0]), text)
    text = _ACCOUNT.sub(lambda found: found[1] + _mask_email(found[2]), text)
    return _NUMBERS.sub(lambda found: _mask_number(found[0]), text)


# -- one case -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mask:
    """What is hidden of one case: `known` are its personal texts and what stands in their place."""

    natural: bool
    known: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]

    def name(self, applicant: str | None) -> str | None:
        """The applicant, if it is a person."""
        return mask_name(applicant) if self.natural else applicant

    def text(self, text: str | None) -> str | None:
        """A free text without what the case knows of its persons, and what looks like it."""
        if type(text) is not str:  # a word of a vocabulary
            return text
        for personal, instead in self.known:
            text = _hide(text, personal, instead)
        for address in self.addresses:
            text = _hide_address(text, address)
        return mask_text(text)

    def fact(self, name: str, value: Any) -> Any:
        """One fact of an event, as others may read it."""
        if not value or not isinstance(value, str):
            return value
        if name in LEFT_OUT:
            return None
        if name in FREE_TEXTS:
            return self.text(value)
        if name == "applicant":
            return self.name(value)
        return _FACTS[name](value) if name in _FACTS else value

    def event(self, event: Event) -> Event:
        names = (*_FACTS, "applicant", *FREE_TEXTS, *LEFT_OUT)
        told = {name: self.fact(name, getattr(event, name)) for name in names}
        if event.changes is not None:
            told["changes"] = {name: self.fact(name, new) for name, new in event.changes.items()}
        return replace(event, **told)


_FACTS = {
    "id_no": _mask_number,
    "phone": _mask_number,
    "address": _mask_address,
    "email": _mask_email,
    "postcode": _mask_number,
    "postal_no": _mask_number,
    "agent": mask_name,
    "party": mask_name,
}


def mask_of(recorded: Iterable[Event], kind: ApplicantKind | None) -> Mask:
    """What is hidden of a case, from all that was ever recorded of it, corrected or not."""
    natural = kind is ApplicantKind.NATURAL_PERSON
    known: dict[str, str] = {}
    addresses: set[str] = set()
    for event in recorded:
        changes = event.changes or {}
        for name in ("applicant", *_FACTS):
            for value in (getattr(event, name), changes.get(name)):
                if not isinstance(value, str):
                    continue
                if name == "address":
                    addresses.add(value)
                elif name == "postcode":  # a number like any other in a text
                    continue
                elif name != "applicant" or natural:
                    known.update(_told(name, value))
    longest = sorted(known.items(), key=lambda pair: -len(pair[0]))
    return Mask(natural, tuple(longest), tuple(sorted(addresses, key=lambda a: -len(a))))


_SHORTEST_NUMBER = 5
"""Shorter ones would be found in every date and document number."""
_LOCAL_PHONE = 7


def _told(name: str, value: str) -> Iterator[tuple[str, str]]:
    """What a personal fact may be repeated as: whole, each name of several, each part of a name."""
    if name not in ("applicant", "agent", "party"):
        if len(value) < _SHORTEST_NUMBER:
            return
        yield value, _FACTS[name](value) or ""
        if name == "phone":  # several of them, and a local one without its area
            local = (part for part in re.split(r"[^\d]+", value) if len(part) >= _LOCAL_PHONE)
            yield from ((part, _mask_number(part)) for part in local)
        return
    for person in _PERSON.findall(value):
        alone = _ROLE.sub("", _AND_OTHERS.sub("", person).strip(), count=1)
        parts = re.split(rf"[{_DOTS}]", alone)
        for told in (alone, *_WORD.findall(alone), *(parts if len(parts) > 1 else ())):
            if len(told) > 1:
                yield told, _starred(told)


def _hide(text: str, personal: str, instead: str) -> str:
    """Also where blanks, dashes or another dot stand between the characters: 张 三."""
    signs = [sign for sign in personal if sign not in _BETWEEN]
    if len(signs) < 2 or not all(sign in text for sign in signs):
        return text
    found = f"[{re.escape(_BETWEEN)}]*".join(map(re.escape, signs))
    if _LATIN.fullmatch(signs[0] + signs[-1]):  # a word of its own: Li, not Limited
        found = rf"(?<![A-Za-z]){found}(?![A-Za-z])"
    return re.sub(found, lambda _: instead, text)


_SHORTEST_ADDRESS = 6


def _hide_address(text: str, address: str) -> str:
    """Also where the beginning, the county and the town, is left out."""
    for start in range(max(len(address) - _SHORTEST_ADDRESS, 0) + 1):
        part = address[start:]
        if part in text and (start == 0 or any(sign.isdigit() for sign in part)):
            return text.replace(part, _mask_address(part))
    return text


def mask_of_case(case: CaseFile) -> Mask:
    return mask_of((entry.event for entry in case.entries), case.received.applicant_kind)


def mask_case(case: CaseFile) -> CaseFile:
    """The case as others may read it. Explain its clock before: here parties may be alike."""
    mask = mask_of_case(case)
    return replace(
        case,
        received=mask.event(case.received),
        history=tuple(mask.event(event) for event in case.history),
        entries=tuple(replace(entry, event=mask.event(entry.event)) for entry in case.entries),
        flags=tuple(replace(flag, text=mask.text(flag.text) or "") for flag in case.flags),
    )


def mask_rows(tx: Transaction, rows: Iterable[CaseRow]) -> list[CaseRow]:
    """Cases of a list; what a subject repeats is known from the case's whole history."""
    masked = []
    for row in rows:
        mask = mask_of(read_events(tx.connection, row.id), row.kind)
        masked.append(
            replace(
                row, applicant=mask.name(row.applicant) or "", subject=mask.text(row.subject) or ""
            )
        )
    return masked
