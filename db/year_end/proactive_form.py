"""二、主动公开政府信息情况: the grid of table 2, on both forms.

Sources: 国办公开办函〔2019〕60号 (Form 2019) and 国办公开办函〔2021〕30号 (Form 2021); the paragraphs
are those of 政府信息公开条例 第二十条.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from db.year_end.form import Form

Measure = Literal["count", "change", "amount"]
"""A whole number; one that may be negative (本年增/减); 万元 with up to six decimals."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in a key, its heading, and what kind of number stands in it."""

    name: str
    label: str
    measure: Measure = "count"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its name in a key, and its label."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the table: the paragraph of article 20, its columns and its rows."""

    title: str
    fields: tuple[Field, ...]
    lines: tuple[Line, ...]


_MADE_2021 = (
    Field("made", "本年制发件数"),
    Field("repealed", "本年废止件数"),
    Field("in_force", "现行有效件数"),
)
_MADE_2019 = (
    Field("made", "本年新制作数量"),
    Field("published", "本年新公开数量"),
    Field("total", "对外公开总数量"),
)
_DECISIONS = (Field("decisions", "本年处理决定数量"),)
_LAST_YEAR, _CHANGE = Field("last_year", "上一年项目数量"), Field("change", "本年增/减", "change")
_ITEMS_2019 = (_LAST_YEAR, _CHANGE, Field("decisions", "处理决定数量"))
_LICENCES, _PENALTIES = Line("licences", "行政许可"), Line("penalties", "行政处罚")
_COERCIVE, _CHARGES = Line("coercive", "行政强制"), Line("charges", "行政事业性收费")
_ONE, _FIVE, _SIX, _EIGHT, _NINE = (f"第二十条第（{n}）项" for n in "一五六八九")

PARAGRAPHS: dict[Form, tuple[Paragraph, ...]] = {
    "2021": (
        Paragraph(_ONE, _MADE_2021, (Line("rules", "规章"), Line("documents", "行政规范性文件"))),
        Paragraph(_FIVE, _DECISIONS, (_LICENCES,)),
        Paragraph(_SIX, _DECISIONS, (_PENALTIES, _COERCIVE)),
        Paragraph(_EIGHT, (Field("amount", "本年收费金额（单位：万元）", "amount"),), (_CHARGES,)),
    ),
    "2019": (
        Paragraph(_ONE, _MADE_2019, (Line("rules", "规章"), Line("documents", "规范性文件"))),
        Paragraph(_FIVE, _ITEMS_2019, (_LICENCES, Line("other_services", "其他对外管理服务事项"))),
        Paragraph(_SIX, _ITEMS_2019, (_PENALTIES, _COERCIVE)),
        Paragraph(_EIGHT, (_LAST_YEAR, _CHANGE), (_CHARGES,)),
        Paragraph(
            _NINE,
            (Field("projects", "采购项目数量"), Field("amount", "采购总金额", "amount")),
            (Line("procurement", "政府集中采购"),),
        ),
    ),
}


def fields_of(form: Form) -> dict[str, Field]:
    """Every figure of the table in the form's order, by its key: `rules.made`."""
    return {
        f"{line.name}.{field.name}": field
        for paragraph in PARAGRAPHS[form]
        for line in paragraph.lines
        for field in paragraph.fields
    }


def label_of(form: Form, key: str) -> str:
    """A figure as a sentence names it: `规章 本年制发件数`."""
    line_name, _, field_name = key.partition(".")
    return next(
        f"{line.label} {field.label}"
        for paragraph in PARAGRAPHS[form]
        for line in paragraph.lines
        for field in paragraph.fields
        if (line.name, field.name) == (line_name, field_name)
    )
