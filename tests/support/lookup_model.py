"""What a lookup should find, slow and obvious: fold, look into every field, read names aloud."""

from __future__ import annotations

import unicodedata
from itertools import product
from math import prod

from db.cases.case_file import CaseFile
from db.words.pinyin import readings, syllables
from db.words.vocabulary import EventKind as K


def fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def aloud(text: str) -> set[str]:
    """Every way to read a text aloud, letter for letter where it is no Chinese."""
    return {"".join(way) for way in product(*(readings(c) or (c,) for c in text))}


def spelt(letters: str) -> list[str]:
    """The syllables of two letters and more that letters begin with, the longest first."""
    return [
        letters[:n] for n in range(6, 1, -1) if letters[:n] in syllables() and n <= len(letters)
    ]


def reads(text: str, letters: str, least: int) -> bool:
    """Whether a text begins with letters when at least so many of its characters are read aloud:
    each in full (not cut short for what is no syllable), or by its initial where no syllable
    begins; the last as far as the letters go."""
    said = readings(text[0]) or (text[0],) if text else ()
    if least < 2 and any(reading.startswith(letters) for reading in said):
        return True
    whole = spelt(letters)
    cut = [piece for piece in whole[1:] if spelt(letters[len(piece) :])]
    pieces = {*whole[:1], *cut} & set(said) if whole else {reading[0] for reading in said}
    return any(
        reads(text[1:], letters[len(piece) :], least - 1)
        for piece in pieces
        if letters.startswith(piece) and piece != letters
    )


def fields(case: CaseFile) -> dict[str, str]:
    facts = case.received
    answers = [e.doc_no for e in case.history if e.kind is K.DECIDED]
    return {
        "number": case.number,
        "applicant": facts.applicant or "",
        "subject": facts.subject or "",
        "doc_no": (answers or [None])[0] or "",
        "unit": case.unit,
        "officer": case.officer,
        "phone": facts.phone or "",
        "id_no": facts.id_no or "",
        "agent": facts.agent or "",
    }


def holds(case: CaseFile, word: str) -> bool:
    wanted, said = fold(word), {name: fold(text) for name, text in fields(case).items()}
    if any(wanted in text for text in said.values()):
        return True
    year, _, serial = word.partition("-")
    named = year in (case.number[:4], case.number[2:4]) and serial.isdigit()
    if named and int(serial) == int(case.number[5:]):
        return True
    if not (wanted.isascii() and wanted.isalpha()):
        return False
    for name in ("applicant", "officer", "subject", "unit", "agent"):
        heads = [{r[0] for r in readings(c)} or {c} for c in said[name]]
        for start in range(len(heads) - len(wanted) + 1):
            if all(wanted[n] in heads[start + n] for n in range(len(wanted))):
                return True
    return any(
        way.startswith(wanted)
        for name in ("applicant", "officer", "agent")
        for start in range(len(said[name]))
        for way in aloud(said[name][start:])
    ) or any(
        reads(said[name][start:], wanted, least)
        for name, least in (
            ("applicant", 1),
            ("officer", 1),
            ("agent", 1),
            ("subject", 3),
            ("unit", 3),
        )
        for start in range(len(said[name]))
    )


def crowded(case: CaseFile) -> bool:
    """Whether some of its characters can be read in more ways than the eight a run that are kept."""
    texts = [
        fold(fields(case)[name]) for name in ("applicant", "officer", "subject", "unit", "agent")
    ]
    runs = (text[start : start + 4] for text in texts for start in range(len(text)))
    return any(prod(len({r[0] for r in readings(c)} or {c}) for c in run) > 8 for run in runs)
