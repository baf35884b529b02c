"""Rows of a sheet that are written as nearly every program writes them: read by their bytes.

An XML parser tells of every element one by one, thirty times a row. A row whose every cell is a
number, a day or a text between the usual marks says the same at sight. What is around such rows,
and every row that is written otherwise, is left to the parser, and so is the whole rest of a part
in which anything could make the bytes mean something else: a comment, a section or an instruction,
another namespace, another encoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol
from xml.parsers import expat

_BEGIN, _END = b"<sheetData>", b"</row>"
_CELL = (
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?'
    rb'(?: t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]+)</t></is></c>'
    rb'|(?: t="([ns])")?(?:><v>([0-9A-Za-z.+-]{1,40})</v></c>| ?/>))'
)
_CELLS = re.compile(_CELL)
_ROW = re.compile(
    rb'<row r="([0-9]{1,7})"([^<>]{0,400})>((?:%b)*+)</row>' % re.sub(rb"\((?!\?)", b"(?:", _CELL)
)
_TOLD_OF_ROW = re.compile(rb' ([A-Za-z]{1,20}|x14ac:dyDescent)="[0-9A-Za-z.: -]{0,40}"')
_EXCEL_S_OWN = re.compile(
    rb'(?:<\?xml[^<>?]*\?>)?\s*<worksheet(?:\s+[\w:.-]+="[^<>"]*")*?\s+xmlns:x14ac="'
)
_OTHERWISE = re.compile(rb"<[!?]|xmlns")
_UTF_8 = re.compile(rb'\s*(?:<\?xml[^<>?]*encoding=["\'](?i:utf-8)["\'][^<>?]*\?>|(?!<\?xml))')
_BETWEEN = "\ue000"
"""Divides texts that are read together; no text that holds it is read so."""
_LONGEST = 4 << 20
"""Bytes without the end of a row, after which the rest is left to the parser."""

Cell = tuple[bytes, bytes, bytes, bytes, bytes]
"""Letters of the column, style, text, kind (`s` of a shared text), number; empty what it has not."""


class Rows(Protocol):
    """Who is told of the rows."""

    in_data: bool
    """Whether the parser is among the rows of the sheet."""
    longest: int
    """The most signs that a text may have."""

    def take(self, number: bytes, cells: Sequence[Cell], texts: Iterator[str]) -> None:
        """A row, and what its cells with texts of their own say."""


class AtSight:
    """Takes what it can from a part that comes piece by piece."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._held = b""
        self._begun = self._ended = False
        self._excel_s = False
        """Whether the namespace of what Excel adds to rows is declared."""

    def rest(self, piece: bytes) -> Iterator[bytes]:
        """What of a piece the parser is to read; after each, it must have. An empty one is the end."""
        held, self._held = self._held + piece, b""
        if not self._begun:
            self._begun = True
            at = held.find(_BEGIN) + len(_BEGIN)
            head, held = held[:at], held[at:]
            yield head
            head = head.removeprefix(b"\xef\xbb\xbf")
            usual = head.count(b"sheetData") == 1 and _UTF_8.match(head)
            self._ended = not (usual and self._rows.in_data)
            self._excel_s = _EXCEL_S_OWN.match(head) is not None
        end = held.rfind(_END) + len(_END)
        lasts = not piece or len(held) > _LONGEST or _OTHERWISE.search(held)
        self._ended = self._ended or bool(lasts)
        if self._ended:
            yield held
        elif end < len(_END):
            self._held = held
        else:
            self._held = held[end:]
            yield from self._rest_of(held[:end])

    def _rest_of(self, rows: bytes) -> Iterator[bytes]:
        """What is left of rows, from the end of one to the end of another."""
        begin = at = 0
        run: list[tuple[bytes, list[Cell]]] = []
        while at < len(rows):
            found = _ROW.match(rows, at)
            if found is not None and _is_usual(found[2], self._excel_s):
                run.append((found[1], _CELLS.findall(found[3])))
                at = found.end()
                continue
            if not self._take(run):
                yield rows[begin:at]
            run.clear()
            begin, at = at, rows.index(_END, at) + len(_END)
            yield rows[begin:at]
            begin = at
        if not self._take(run):
            yield rows[begin:]

    def _take(self, run: Sequence[tuple[bytes, list[Cell]]]) -> bool:
        """Tell of rows; whether their texts could be read."""
        raw = [cell[2] for _, cells in run for cell in cells if cell[2]]
        texts = _read(raw)
        if texts is None or max(map(len, texts), default=0) > self._rows.longest:
            return False
        told = iter(texts)
        for number, cells in run:
            self._rows.take(number, cells, told)
        return True


@lru_cache(maxsize=1024)
def _is_usual(told: bytes, excel_s: bool) -> bool:
    """Whether what a row says of itself besides its number is XML, and not that nobody sees it."""
    names = [b"r", *_TOLD_OF_ROW.findall(told)]
    if _TOLD_OF_ROW.sub(b"", told).strip(b" ") or len(set(names)) < len(names):
        return False
    return b"hidden" not in names and (excel_s or b"x14ac:dyDescent" not in names)


def _read(raw: Sequence[bytes]) -> list[str] | None:
    """What texts say, as the parser understands them; None if it does not, or one from the other."""
    if not raw:
        return []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    said: list[str] = []
    parser.CharacterDataHandler = said.append
    try:
        parser.Parse(b"<t>" + _BETWEEN.encode().join(raw) + b"</t>", True)
    except expat.ExpatError:
        return None
    texts = "".join(said).split(_BETWEEN)
    return texts if len(texts) == len(raw) else None
