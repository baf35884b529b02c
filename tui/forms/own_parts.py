"""What of a year's report is entered: the fields of table 2, and the one of a part's text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from db.words.text import clean
from db.year_end.form import Form
from db.year_end.narrative import ADVISED, LONGEST, Part, PartText
from db.year_end.proactive import figure, plain
from db.year_end.proactive_form import Field, fields_of, label_of
from tui.forms.fields import FieldSpec, Surroundings

_MEASURES = {
    "count": "不小于0的整数；没有的写 0。",
    "change": "减少的写负数，例如 -2；不变写 0。",
    "amount": "整数至多九位、小数至多六位；没有的写 0。",
}


def proactive_fields(form: Form, now: Mapping[str, Decimal]) -> tuple[FieldSpec, ...]:
    """One field for each figure, in the form's order."""
    return tuple(_field(form, key, field, now) for key, field in fields_of(form).items())


def _field(form: Form, key: str, field: Field, now: Mapping[str, Decimal]) -> FieldSpec:
    def read(text: str, _: Surroundings) -> Decimal | None:
        return figure(form, key, text)

    label = label_of(form, key)
    initial = plain(now[key]) if key in now else ""
    return FieldSpec(key, label, f"{label}：{_MEASURES[field.measure]}", read, initial=initial)


def proactive_told(form: Form, texts: Mapping[str, str]) -> dict[str, str]:
    """What is entered, all figures of the form, as `set_figures` takes it."""
    return {key: texts.get(key, "") for key in fields_of(form)}


def text_field_of(part: Part, text: str) -> FieldSpec:
    """The field of a part's text."""

    def read(typed: str, _: Surroundings) -> str:
        return clean(typed, part.label, longest=LONGEST)

    return FieldSpec(
        "text",
        "正文",
        f"{part.label}。段落之间空一行；标题单独一行。从别处复制来的可以整篇粘贴。",
        read,
        initial=text,
        prose=True,
    )


def length_said(part: Part, text: str) -> str:
    """How long a text is; of part 一 also whether it is longer than it should be."""
    length = PartText(part, text).length
    if part is Part.OVERVIEW and length > ADVISED:
        return f"{length:,} 字；总体情况原则上不超过 {ADVISED:,} 字"
    return f"{length:,} 字"
