"""What the papers say in words: the title, the parts in their order, and the lines of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.year_end.form import FORM_DOCUMENTS, form_of
from db.year_end.narrative import Part, PartText
from db.year_end.report import YearReport
from exports.document.texts import xml_text

SUBJECT = "政府信息公开工作年度报告"

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LEVELS = (
    (2, re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[）)]")),
    (3, re.compile(r"\s*[0-9０-９]{1,2}[.．、](?![0-9０-９])")),
)
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: what of it is a heading (all, its first sentence, or nothing), of which level."""

    heading: str
    rest: str
    level: int = 0

    @property
    def text(self) -> str:
        return self.heading + self.rest


def title_of(report: YearReport) -> tuple[str, str]:
    """Both halves of the title: whose and of which year; what it is."""
    return f"{report.table.organ}{report.table.year}年", SUBJECT


def lines_of_part(told: PartText) -> list[Line]:
    """A part's text, paragraph by paragraph, each as it was typed.

    A title of the part that the clerk has put before it is left out: the papers print it.
    """
    lines = xml_text(told.text).split("\n")
    if _squeezed(lines[0]) == _squeezed(told.part.label):
        del lines[0]
    while lines and not lines[0].strip():
        del lines[0]
    return [_line(line) for line in lines]


def _line(text: str) -> Line:
    for level, numbered in _LEVELS:
        found = numbered.match(text)
        if found is None:
            continue
        stop = text.find("。", found.end())
        end = len(text) if stop < 0 else stop + 1
        if end - found.end() <= _LONGEST_HEADING:
            return Line(text[:end], text[end:], level)
    return Line("", text)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def parts_of(report: YearReport) -> dict[Part, list[Line]]:
    """The texts of parts 一, 五 and 六."""
    return {part: lines_of_part(report.own.narrative[part]) for part in Part}


def notes_of(report: YearReport) -> tuple[str, ...]:
    """What stands under the title of a report that is not one of its year's own figures and form,
    or of the whole year.

    Of a filed and of a live one there is nothing to say.
    """
    table = report.table
    told: list[str] = [report.part_of_year] if report.founded else []
    if table.form != form_of(table.year):
        told.append(f"按{FORM_DOCUMENTS[table.form]}格式")
    if report.figures == "past":
        told.append(f"{report.then.at:%Y-%m-%d %H:%M}的历史时点数据")
    return tuple(told)
