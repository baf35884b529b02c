"""What a lookup line means: words to find, and filters by word or key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, and_

from db.calendar.workdays import WorkCalendar
from db.lookup.filters import Filter, fault_of_word, filter_of
from db.lookup.meanings import Parts
from db.words.pinyin import characters_of, syllables
from db.words.text import nfkc
from db.words.tokens import (
    INITIALS,
    LONGEST_GRAM,
    NUMBERED,
    SPELT,
    folded,
    grams_of,
    short_number,
    ways_to_read,
)

LONGEST_TERM, MOST_TERMS = 64, 24
"""Characters of a word, and words of a line, that are looked for; the rest is left aside."""

_MOST_READ_SO = 150
"""Characters of a syllable that are sooner asked for than left aside."""

BREAK = "\x1f"
"""What divides two fields of a case in one text: no field holds it."""

_STEADY = re.compile(r"[0-9\u4e00-\u9fff]*")
_STEADY_SIGNS = re.compile(r"[ -~\u4e00-\u9fff]*")
_MARKS = rf"(?:_|[^\w{BREAK}])*"  # what folding drops


@dataclass(frozen=True, slots=True)
class Term:
    """A word to find: as typed, folded, as an FTS5 expression (`exact` when that says it all), as
    the short number it may be, and as a pattern for texts that are not folded.
    """

    typed: str
    text: str
    match: str
    exact: bool

    short: str | None
    pattern: re.Pattern[str]
    spoken: bool
    """Whether it could be pinyin."""
    caseless: bool
    """Whether upper and lower case are one: digits and Chinese."""
    steady: bool
    """Whether it stays what it is beside any other sign: digits and Chinese, but no kana, which a
    mark behind it makes another."""

    @property
    def written(self) -> tuple[str, ...]:
        """How a steady term stands in texts that certainly hold it: folded, or with its marks."""
        marked = self.typed != self.text and _STEADY_SIGNS.fullmatch(self.typed)
        return (self.text, self.typed) if marked else (self.text,)


@dataclass(frozen=True, slots=True)
class Query:
    """A lookup line, understood; `among` and `held` as those of its filters (`db.lookup.filters`)."""

    terms: tuple[Term, ...]
    conditions: tuple[ColumnElement[bool], ...]
    among: tuple[Parts, ...]
    held: tuple[str, ...]

    @property
    def match(self) -> str:
        """The FTS5 expression of all terms, and of what the filters hold, together."""
        return " AND ".join(f"({part})" for part in (*(t.match for t in self.terms), *self.held))

    @property
    def exact(self) -> bool:
        return all(term.exact for term in self.terms)

    @property
    def condition(self) -> ColumnElement[bool]:
        return and_(True, *self.conditions)


def parse_query(line: str, calendar: WorkCalendar, today: date) -> Query:
    """Read a lookup line. A filter that is not understood is looked for as a word."""
    terms: list[Term] = []
    chips: list[Filter] = []
    for word in nfkc(line).split():
        chip = filter_of(word)
        if chip is not None:
            chips.append(chip)
        elif (term := make_term(word)) is not None:
            terms.append(term)
    del terms[MOST_TERMS:], chips[MOST_TERMS:]
    held = (folded(chip.held)[:LONGEST_TERM] for chip in chips)
    return Query(
        tuple(terms),
        tuple(chip.made(calendar, today) for chip in chips),
        tuple(chip.among(calendar, today) for chip in chips if chip.among is not None),
        tuple(_literal(text) for text in held if text),
    )


def faults_of(line: str, today: date) -> tuple[str, ...]:
    """What is wrong with words that begin as a filter and are none: a sentence each."""
    told = (fault_of_word(word, today) for word in nfkc(line).split()[:MOST_TERMS])
    return tuple(dict.fromkeys(fault for fault in told if fault))


@lru_cache(maxsize=64)
def terms_of(line: str) -> tuple[Term, ...]:
    """The words a line looks for, without its filters."""
    words = nfkc(line).split()
    terms = (make_term(word) for word in words if filter_of(word) is None)
    return tuple(term for term in terms if term is not None)[:MOST_TERMS]


@lru_cache(maxsize=64)  # a word stays while the next one is typed, and is read for its marks too
def make_term(word: str) -> Term | None:
    """A word as a term; None when it holds nothing that is searched (punctuation only)."""
    text = folded(word[: 4 * LONGEST_TERM])[:LONGEST_TERM]
    if not text:
        return None
    ways = [f"({_literal(text)})"]
    exact = len(text) <= _gram_length(text)
    short = short_number(word)
    if short:
        ways.append(_quoted(NUMBERED + short.replace("-", "x")))
    spoken = text.isascii() and text.isalpha()
    if spoken:
        runs = grams_of(text, min(len(text), LONGEST_GRAM))
        ways.append("(" + " AND ".join(_quoted(INITIALS + run) for run in runs) + ")")
        if len(text) > 1:  # what is spelt with one letter begins with it
            ways.append(_quoted(SPELT + text) + "*")
        ways += _mixed(text)
    pattern = _MARKS.join(map(re.escape, text))
    return Term(
        word,
        text,
        " OR ".join(ways),
        exact,
        short,
        re.compile(pattern, re.IGNORECASE),
        spoken=spoken,
        caseless=text.upper() == text.lower(),
        steady=_STEADY.fullmatch(text) is not None,
    )


def _mixed(text: str) -> list[str]:
    """FTS5 expressions of syllables and initials mixed; of two characters the second is a name's.

    What is spelt in full has its own token (`SPELT`). Of longer ways a case also holds a character
    that is read as the rarest of their syllables.
    """
    ways: list[str] = []
    for pieces in sorted(ways_to_read(text)):
        way = _quoted(INITIALS + "".join(piece[0] for piece in pieces))
        spelt = [piece for piece in pieces if len(piece) > 1 and piece in syllables()]
        if len(pieces) == len(text) or (len(pieces) == 2 and pieces[0] in spelt):
            continue  # initials alone, or a name spelt in full, are looked for already
        if len(pieces) == 2:
            way += f" AND {_quoted(SPELT + pieces[1])}*"
        elif spelt:
            rarest = min(map(characters_of, spelt), key=len)
            if 0 < len(rarest) <= _MOST_READ_SO:
                way += f" AND ({' OR '.join(map(_quoted, rarest))})"
        ways.append(f"({way})")
    return ways


def _literal(text: str) -> str:
    """The FTS5 expression of a folded text itself: every run of its characters."""
    length = _gram_length(text)
    grams = grams_of(text, length) if len(text) >= length else [text]
    return " AND ".join(_quoted(gram) for gram in grams)


def _gram_length(text: str) -> int:
    return 3 if text.isascii() and text.isdigit() else 2


def _quoted(token: str) -> str:
    return '"' + token + '"'
