"""Whether, and where, the texts of a case hold what is looked for: what the index cannot tell."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from db.lookup.query import BREAK, Term, terms_of
from db.storage.lookup_index import FIELDS, NAMES, SPOKEN
from db.words.pinyin import initials, readings
from db.words.tokens import ends_of_piece, folded, short_number, spellings

Span = tuple[int, int]
_NUMBER = FIELDS.index("number")


def holds(texts: Sequence[str | None], terms: Sequence[Term]) -> bool:
    """Whether a case's texts, in the order of `FIELDS`, hold every term."""
    raw = BREAK.join([text or "" for text in texts])
    plain = unicodedata.is_normalized("NFKC", raw)
    said: list[str] = []
    for term in terms:
        if plain and term.pattern.search(raw):
            continue  # mostly so; folding every text takes ten times as long
        if term.short is not None and term.short == short_number(texts[_NUMBER] or ""):
            continue
        if plain and term.caseless:
            return False  # nothing that folding does could bring it about
        said = said or [folded(text) for text in texts]
        if not _holds(dict(zip(FIELDS, said, strict=True)), term):
            return False
    return True


def _holds(said: dict[str, str], term: Term) -> bool:
    if any(term.text in text for text in said.values()):
        return True
    if not term.spoken:
        return False
    for field in NAMES:
        if any(spelt.startswith(term.text) for spelt in spellings(said[field])):
            return True
        if _mixed_at(said[field], term.text):
            return True
    return any(_spoken_at(said[field], term.text) for field in SPOKEN)


def _spoken_at(text: str, letters: str) -> Span | None:
    """Which stretch of a text has these initials, or reads so of at least three characters."""
    for start in range(len(text) - len(letters) + 1):
        if letters[0] in initials(text[start]) and all(
            letter in initials(text[start + n]) for n, letter in enumerate(letters)
        ):
            return start, start + len(letters)
    return _mixed_at(text, letters, 3)


def _mixed_at(text: str, letters: str, least: int = 1) -> Span | None:
    """Which stretch of a text reads `letters`, each character by its syllable or its initial as
    `ends_of_piece` has it; at least so many characters. Or None.
    """
    for start in range(len(text) - least + 1):
        if letters[0] not in initials(text[start]):
            continue
        ways = {0}  # how many letters may have been read
        for place in range(start, len(text)):
            said = readings(text[place]) or (text[place],)
            ways = {
                end
                for read in ways
                for end in ends_of_piece(letters, read)
                if _says(said, letters[read:end], end == len(letters))
            }
            if len(letters) in ways and place - start + 1 >= least:
                return start, place + 1
            ways.discard(len(letters))
            if not ways:
                break
    return None


def _spelt_at(text: str, letters: str) -> Span | None:
    """Which stretch of a text begins with `letters` when spelt out, or None."""
    for start in range(len(text)):
        ways = {letters}
        for place in range(start, len(text)):
            said = readings(text[place]) or (text[place],)
            if any(reading.startswith(way) for way in ways for reading in said):
                return start, place + 1
            ways = {way[len(r) :] for way in ways for r in said if way.startswith(r)}
            if not ways:
                break
    return None


def _says(said: Sequence[str], piece: str, last: bool) -> bool:
    """Whether a character of these readings is meant by some letters."""
    if last or len(piece) == 1:
        return any(reading.startswith(piece) for reading in said)
    return piece in said


def warm_up(line: str) -> None:
    """Load the table of readings when a line may be pinyin: it takes a tenth of a second."""
    if any(term.spoken for term in terms_of(line)):
        readings("一")


def matched_spans(text: str, terms: Sequence[Term], field: str = "") -> list[Span]:
    """Which stretches of a shown text the terms match, as (start, end) of its characters.

    `field` is the column of `cases` shown: full pinyin is looked for in names alone, short ways of
    writing a number in the number.
    """
    kept = [(place, c) for place, raw in enumerate(text) for c in _folded_alone(raw)]
    plain = "".join(c for _, c in kept)
    spans: list[Span] = []
    for term in terms:
        found = _span(plain, term, field)
        if found is None and term.short is not None and term.short == short_number(text):
            found = (0, len(plain))
        if found is not None:
            spans.append((kept[found[0]][0], kept[found[1] - 1][0] + 1))
    return sorted(spans)


_folded_alone = lru_cache(maxsize=8192)(folded)  # a screen of rows holds the same few characters


def _span(plain: str, term: Term, field: str) -> Span | None:
    start: int | None = plain.find(term.text)
    if start is not None and start >= 0:
        return start, start + len(term.text)
    if not term.spoken:
        return None
    if field in ("", *SPOKEN):
        span = _spoken_at(plain, term.text)
        if span is not None:
            return span
    if field in ("", *NAMES):
        return _spelt_at(plain, term.text) or _mixed_at(plain, term.text)
    return None
