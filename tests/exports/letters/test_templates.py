"""Templates as an office edits them, and values that look like templates themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from db.errors import RegisterError
from db.words.letters import LetterKind
from exports.letters.built_in import TEMPLATES, Template
from exports.letters.fields import FIELDS
from exports.letters.laying import lay
from exports.letters.rendering import About, BadTemplate, render, text_of
from exports.letters.templates import choose, write_built_in
from tests.support.cases import HOSTILE
from tests.support.paths import ROOT

STRANGE = (
    *HOSTILE,
    "{{ 机关 }}",
    "{% for x in 机关 %}",
    "{# 机关 #}",
    "{_{机关}_}{_% x %_}",
    "{{ ''.__class__ }}",
    "</w:t></w:r><w:p/>&amp;&<>\"'",
    "\x00\x07\x0b\x0c\x1b\ufdd0\ufffe",
)
ABOUT = About("补正告知书", "某机关", date(2026, 3, 10))
CLARIFICATION = next(one for one in TEMPLATES if one.kind is LetterKind.CLARIFICATION)


def filled(template: Template = CLARIFICATION, **fields: Any) -> list[str]:
    told: dict[str, Any] = dict.fromkeys(FIELDS, "某")
    return text_of(render(lay(template), template.name, told | fields, ABOUT))


NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\ufdd0\ufffe]")


@pytest.mark.parametrize("strange", STRANGE)
def test_what_stands_in_a_field_comes_out_as_it_is_written(strange: str) -> None:
    """But for what no document can hold; a new line is a paragraph."""
    expected = NOT_SHOWN.sub("", strange).replace("\n", "").replace("\t", " ")
    assert "".join(filled(申请人=strange)[2:]).startswith(f"{expected}：")


def test_every_field_of_every_letter_takes_what_is_strange() -> None:
    """And no built-in template names a field that there is none of: that would be refused."""
    for place, template in enumerate(TEMPLATES):
        told: dict[str, Any] = {
            name: STRANGE[(place + n) % len(STRANGE)][:500] for n, name in enumerate(FIELDS)
        }
        told["卷内文件"] = [dict.fromkeys(("序号", "名称", "文号", "日期"), STRANGE[13])]
        assert filled(template, **told)


def edited(change: Callable[[Any], None]) -> list[str]:
    """The clarification notice with its template changed by hand."""
    document = docx.Document(BytesIO(lay(CLARIFICATION)))
    change(document)
    saved = BytesIO()
    document.save(saved)
    told: dict[str, Any] = dict.fromkeys(FIELDS, "某")
    return text_of(render(saved.getvalue(), "/模板/补正告知书.docx", told, ABOUT))


def typed(place: int, text: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        paragraph = document.paragraphs[place]
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = text

    return change


def test_a_field_may_be_moved_deleted_or_split_by_the_editor() -> None:
    assert edited(typed(2, "致{{ 编号 }}号的申请人{{ 申请人 }}"))[2] == "致某号的申请人某"
    assert edited(typed(2, "申请人："))[2] == "申请人："

    def split(document: Any) -> None:  # as a spelling check leaves it
        paragraph = document.paragraphs[2]
        paragraph.runs[0].text = "{{ 申"
        paragraph.add_run("请").bold = True
        paragraph.add_run("人 }}！")

    assert edited(split)[2] == "某！"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{{ 申请入 }}：", "第3段“{{ 申请入 }}：”的“申请入”，是不是“申请人”"),
        ("{{ 申请人 ：", "第3段“{{ 申请人 ：”：花括号没有成对"),
        ("{% if 文号 %}：", "第3段“{% if 文号 %}：”：if 之后没有 endif"),
        ("{%p endif %}", "第3段“{%p endif %}”：endif 之前没有和它成对的 if"),
        ("{{ 申请 人 }}", "第3段“{{ 申请 人 }}”"),
        ("{{ 申请人|大写 }}", "第3段“{{ 申请人|大写 }}”"),
        ("{{ 申请人.姓 }}", "第3段“{{ 申请人.姓 }}”的“姓”"),
        ("{{ ''.__class__ }}", "不允许的写法"),
        ("{{ 1 / 0 }}", "无法填写"),
    ],
)
def test_a_template_that_is_wrong_is_named_with_the_paragraph(wrong: str, said: str) -> None:
    with pytest.raises(BadTemplate) as refusal:
        edited(typed(2, wrong))
    assert "/模板/补正告知书.docx" in str(refusal.value)
    assert said in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"docx"])
def test_what_is_no_document_is_no_template(content: bytes) -> None:
    with pytest.raises(BadTemplate, match="不是 Word 文档"):
        render(content, "坏.docx", {}, ABOUT)


def test_the_office_s_own_template_stands_before_the_built_in_one(tmp_path: Path) -> None:
    folder = tmp_path / "模板"
    told = write_built_in(folder)
    assert len(told) == len(TEMPLATES)
    assert all(fresh for _, fresh in told)
    own = folder / "补正告知书.docx"
    own.write_bytes(b"mine")
    (folder / "登记回执.docx").unlink()
    assert [path.name for path, fresh in write_built_in(folder) if fresh] == ["登记回执.docx"]
    assert choose(CLARIFICATION, folder).content == b"mine"
    own.unlink()
    assert choose(CLARIFICATION, folder).own is None
    with pytest.raises(RegisterError, match="文件夹"):
        choose(CLARIFICATION, tmp_path / "没有")


def test_the_page_of_fields_is_made_of_the_registry() -> None:
    from tests.making.letter_page import PAGE, letters_page

    assert PAGE == ROOT / "docs" / "letters.zh-CN.md"
    assert PAGE.read_text(encoding="utf-8") == letters_page()
