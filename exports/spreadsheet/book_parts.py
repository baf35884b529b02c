"""What stands beside the sheets of a workbook: which there are, shared texts, what numbers mean."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from db.errors import Unreadable

MOST_KEPT = 160 << 20
"""Bytes of memory for the texts of a file."""


class Repeated:
    """Short texts that come again and again are held once."""

    MOST, LONGEST = 20_000, 40

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self.met = False
        """Whether the last one had been held already."""

    def one(self, text: str) -> str:
        """The text, as it was first held."""
        held = self._seen.get(text)
        self.met = held is not None
        if held is not None:
            return held
        if len(text) <= self.LONGEST and len(self._seen) < self.MOST:
            self._seen[text] = text
        return text


def names_of(text: str) -> dict[str, str]:
    spaces = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    return {f"{space} {name}": name for space in spaces for name in text.split()}


class PartReader:
    names: ClassVar[Mapping[str, str]] = {}

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """It ends."""

    def text(self, said: str) -> None:
        """A piece of what stands in it."""


class Related(PartReader):
    """The parts that a part names: by id, and by the last word of their kind."""

    names: ClassVar[Mapping[str, str]] = {
        "http://schemas.openxmlformats.org/package/2006/relationships Relationship": ""
    }

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.by_id: dict[str, str] = {}
        self._by_kind: dict[str, str] = {}

    def start(self, _: str, given: Mapping[str, str]) -> None:
        if given.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", self.folder, given.get("Target", "")))
        kind = given.get("Type", "").rpartition("/")[2]
        if kind == "worksheet":
            self.by_id[given.get("Id", "")] = target[1:]
        self._by_kind.setdefault(kind, target[1:])

    def one(self, kind: str) -> str | None:
        return self._by_kind.get(kind)


class Listed(PartReader):
    """The sheets of a workbook, in their order, and from which year its days count."""

    names: ClassVar[Mapping[str, str]] = names_of("sheet workbookPr")

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self.since_1904 = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.since_1904 = given.get("date1904") in ("1", "true")
        else:
            key = next((value for name, value in given.items() if name.endswith(" id")), "")
            self.sheets.append((given.get("name", ""), key))
            if given.get("state", "visible") != "visible":
                self.hidden.add(key)


class Styles(PartReader):
    """Which of the styles of cells show a number as a date (False) or a duration (True)."""

    names: ClassVar[Mapping[str, str]] = names_of("numFmt cellXfs xf")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._formats: dict[str, str] = {}
        self._used: list[str] = []
        self._of_cells = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._formats[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "cellXfs":
            self._of_cells = True
        elif self._of_cells:
            if len(self._used) >= _MOST_STYLES:
                raise Unreadable(f"{self._path} 的单元格格式过多，不像台账；没有导入。")
            self._used.append(given.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False

    def dates(self) -> dict[str, bool]:
        from openpyxl.styles.numbers import (
            builtin_format_code,
            is_date_format,
            is_timedelta_format,
        )

        found: dict[str, bool | None] = {}
        for key in set(self._used):
            code = self._formats.get(key) or builtin_format_code(int(key)) or ""
            dated = is_date_format(code) or int(key) in _CHINESE_DATES
            found[key] = is_timedelta_format(code) if dated else None
        styles = ((str(style), found[key]) for style, key in enumerate(self._used))
        return {style: duration for style, duration in styles if duration is not None}


_MOST_STYLES = 200_000  # spreadsheet programs have 65,490
_CHINESE_DATES = {*range(27, 37), *range(50, 59)}
"""Formats that a Chinese Excel has built in, such as 31: 2024年3月5日 (ECMA-376, 18.8.30)."""


class Numbers:
    """What the number of a cell is, in its style: a number, a day, a time."""

    def __init__(self, dates: Mapping[str, bool], since_1904: bool) -> None:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        self._dates, self._from_excel = dates, from_excel
        self._epoch: datetime = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900

    def value(self, text: str, style: str) -> Any:
        """
        Raises:
            ValueError, OverflowError: it is none.
        """
        number: int | float
        if len(text) > _LONGEST_NUMBER:
            raise OverflowError
        if "." in text or "e" in text or "E" in text:
            number = float(text)
            if number - number != 0:
                raise OverflowError  # 1e999
        else:
            number = int(text)
        if style not in self._dates:
            return number
        return self._from_excel(number, self._epoch, timedelta=self._dates[style])


_LONGEST_NUMBER = 40
"""Signs of a number; programs write 17 digits, and at most an exponent."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is put around a text that is set raised, and in the place of one that is struck through."""

    raised: str
    lowered: str
    struck: str


class Runs:
    """How the piece of a text is set that comes next."""

    def __init__(self, marks: Marks | None) -> None:
        self._marks = marks
        self._raised = self._struck = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "r":
            self._raised = self._struck = False
        elif name == "vertAlign":
            self._raised = given.get("val") == "superscript"
        else:
            self._struck = given.get("val", "1") not in ("0", "false")

    def marked(self, said: str) -> str:
        if self._marks is None or not said.strip():
            return said
        if self._struck:
            return self._marks.struck
        return f"{self._marks.raised}{said}{self._marks.lowered}" if self._raised else said


class Texts(PartReader):
    """The texts that cells of several sheets share."""

    names: ClassVar[Mapping[str, str]] = names_of("si t rPh r vertAlign strike")

    def __init__(self, path: Path, marks: Marks | None = None) -> None:
        self.path = path
        self.texts: list[str] = []
        self._said: list[str] = []
        self._piece: list[str] = []
        self._marks, self._runs = marks, Runs(marks)
        self._taking = False
        self._aside = False
        self._kept = 0

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "t":
            self._taking = not self._aside
        elif name == "rPh":  # how it is read aloud
            self._aside = True
        elif name == "si":
            self._said, self._runs = [], Runs(self._marks)
        else:
            self._runs.start(name, given)

    def end(self, name: str) -> None:
        if name == "t":
            self._taking = False
            self._said.append(self._runs.marked("".join(self._piece)))
            self._piece = []
        elif name == "rPh":
            self._aside = False
        elif name == "si":
            text = _unescaped("".join(self._said))
            self._kept += sys.getsizeof(text)
            if self._kept > MOST_KEPT:
                raise Unreadable(f"{self.path} 的文字过多；请分成几个文件导入。")
            self.texts.append(text)

    def text(self, said: str) -> None:
        if self._taking:
            self._piece.append(said)
            self._kept += len(said)  # however much stands in one


def _unescaped(text: str) -> str:
    return text.replace("x005F_", "") if "x005F_" in text else text
