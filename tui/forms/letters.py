"""The form of a letter: what the office writes for it, its number, and where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from db.cases.document_numbers import clean_document_number
from db.cases.letters import Letter, missing_of
from db.errors import BadValue
from db.law.letters import Asked
from db.words.text import fold
from tui.forms.fields import FieldSpec, Surroundings, text_field
from tui.forms.papers import path_field

_WHERE = "Word 文档（.docx）的位置；只写文件名就放在文书文件夹（见设置）。"


def letter_fields(letter: Letter, proposal: Path) -> tuple[FieldSpec, ...]:
    """The fields of a letter, each holding what is known of it."""
    fields = [_asked(asked, getattr(letter.event, asked.fact)) for asked in letter.asked]
    if letter.kind.numbered:
        fields.append(_doc_no(letter))
    where = path_field(proposal, _WHERE, (".docx",))
    return (*fields, replace(where, label="写到"))


def _asked(asked: Asked, value: Any) -> FieldSpec:
    if asked.fact == "quantity":
        return FieldSpec(
            asked.fact,
            asked.label,
            asked.help,
            _read_quantity,
            required=asked.required,
            initial="" if value is None else str(value),
            brief=True,
        )
    return text_field(
        asked.fact,
        asked.label,
        asked.help,
        required=asked.required,
        initial=value or "",
        lines=asked.fact != "withheld",
    )


def _read_quantity(text: str, _: Surroundings) -> int:
    digits = fold(text)
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:7]) <= 999_999):
        raise BadValue("请写1以上的整数，例如 46。")
    return int(digits)


def _doc_no(letter: Letter) -> FieldSpec:
    def read(text: str, _: Surroundings) -> str:
        return clean_document_number(text)

    return FieldSpec(
        "doc_no",
        "文号",
        "按机关、年份和文书接着编的下一号，可以改写；同一机关不能重号。没有文号的留空。",
        read,
        initial=letter.doc_no,
        apart=True,
    )


def facts_told(letter: Letter, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft tells of the facts that are asked; one left empty is none."""
    return {asked.fact: values.get(asked.fact) for asked in letter.asked}


def lacking(letter: Letter, values: Mapping[str, Any]) -> str:
    """What the letter lacks even with what is typed, in a sentence; empty when nothing."""
    event = replace(letter.event, **facts_told(letter, values))
    missing = missing_of(replace(letter, event=event))
    return f"还缺：{'、'.join(one.label for one in missing)}。" if missing else ""
