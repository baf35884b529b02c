"""Filling a template: what an office has edited is tried before anything is written, its faults named.

What stands in a field comes out as it is written, whatever signs it is made of: it is escaped, and
never read as a template itself.
"""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from db.errors import BadValue
from db.words.text import one_line
from exports.document.texts import xml_text
from exports.letters.fields import FIELDS

_KEPT_APART = "\ufdd0"
"""Stands in values where the library would take signs for its own escapes of braces."""
_UNSAFE = re.compile("[\x07\x0b\x0c\ufdd0]")
_QUOTED = 60


class BadTemplate(BadValue):
    """A template that cannot be filled; the sentence says which, and where."""


class _Template(DocxTemplate):  # type: ignore[misc]
    """The library's template, whose values come out as they are written."""

    def render_xml_part(self, *given: Any, **more: Any) -> str:
        return str(super().render_xml_part(*given, **more)).replace(_KEPT_APART, "")


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself."""

    title: str
    author: str
    day: date


def render(content: bytes, name: str, fields: Mapping[str, Any], about: About) -> bytes:
    """The document that a template makes of the fields; `name` is what the template is called.

    The same fields make the same bytes.

    Raises:
        BadTemplate: it is no document, names a field that there is none of, or is no template.
    """
    values = {field: _value(told) for field, told in fields.items()}
    with _read_by_libraries(name):
        template = _opened(content, name)
        _refuse_faults(template, name)
        try:
            template.render(values, _environment())
        except TemplateError as fault:
            raise BadTemplate(_sentence(fault, template, name)) from None
        _tell_about(template.docx, about)
        whole = BytesIO()
        template.save(whole)
        return _undated(whole)


@contextlib.contextmanager
def _read_by_libraries(name: str) -> Iterator[None]:
    """A block in which libraries read a file that anybody may have made: of a broken one they raise
    whatever comes up.

    Raises:
        BadTemplate: that, in a sentence.
    """
    try:
        yield
    except (BadTemplate, MemoryError):
        raise
    except Exception as fault:
        said = one_line(str(fault))[:_QUOTED]
        raise BadTemplate(
            f"文书模板“{name}”无法填写（{said}）；请核对花括号里的写法，或从内置的模板重新改起。"
        ) from None


def _tell_about(document: Any, about: About) -> None:
    told = document.core_properties
    told.title, told.author = xml_text(about.title)[:255], xml_text(about.author)[:255]
    told.last_modified_by = told.author
    told.created = told.modified = datetime.combine(about.day, time())


def _undated(document: BytesIO) -> bytes:
    """The same parts, none with the moment at which it was packed."""
    packed = BytesIO()
    with zipfile.ZipFile(document) as parts, zipfile.ZipFile(packed, "w") as told:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename)
            entry.compress_type = zipfile.ZIP_DEFLATED
            told.writestr(entry, parts.read(part))
    return packed.getvalue()


def _refuse_faults(template: Any, name: str) -> None:
    """Look through a template without filling it.

    Raises:
        BadTemplate: it names a field that there is none of, or is no template.
    """
    _refuse_odd_braces([*_paragraphs(template.docx)], name)
    environment = _environment()
    for source in _sources(template):
        try:
            unknown = meta.find_undeclared_variables(environment.parse(source)) - {*FIELDS}
        except TemplateSyntaxError as fault:
            raise BadTemplate(_syntax(fault, source, template, name)) from None
        if unknown:
            raise BadTemplate(_unknown(sorted(unknown), template, name))


def text_of(content: bytes) -> list[str]:
    """The paragraphs of a document, those of its tables too, in their order; not its page numbers."""
    import docx

    body = docx.Document(BytesIO(content)).element.body
    return [text for text in map(_text, body.iter("{*}p")) if text.strip()]


def _opened(content: bytes, name: str) -> Any:
    template = _Template(BytesIO(content))
    try:
        template.init_docx()
    except Exception:
        raise BadTemplate(
            f"文书模板“{name}”不是 Word 文档（.docx），或已经损坏；请另存为 .docx。"
        ) from None
    return template


def _value(told: Any) -> Any:
    """A value as the library may have it; a new line begins a paragraph."""
    if isinstance(told, str):
        safe = xml_text(_UNSAFE.sub("", told)).replace("\r", "")
        return safe.replace("_", f"{_KEPT_APART}_{_KEPT_APART}").replace("\n", "\a")
    if isinstance(told, Mapping):
        return {key: _value(value) for key, value in told.items()}
    if isinstance(told, (list, tuple)):
        return [_value(value) for value in told]
    return told


# -- where a fault is -----------------------------------------------------------------------------


_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_WORD = re.compile(r"\{%-?(?:p|tr|tc|r)?\s+(\w+)|\{%-?\s*(\w+)")
_PAIRS = {"endif": "if", "endfor": "for"}


def _refuse_odd_braces(paragraphs: list[str], name: str) -> None:
    """Braces that do not close in their paragraph, and an if or for without its end."""
    opened: list[tuple[str, int]] = []
    for number, text in enumerate(paragraphs):
        if re.search(r"\{\{|\}\}|\{%|%\}", _TAGS.sub("", text)):
            raise BadTemplate(_odd(paragraphs, number, name, "花括号没有成对"))
        for tag in _TAGS.findall(text):
            found = _WORD.match(tag)
            word = (found[1] or found[2]) if found else ""
            if word in _PAIRS.values():
                opened.append((word, number))
            elif word in _PAIRS:
                if not opened or opened[-1][0] != _PAIRS[word]:
                    why = f"{word} 之前没有和它成对的 {_PAIRS[word]}"
                    raise BadTemplate(_odd(paragraphs, number, name, why))
                opened.pop()
    if opened:
        word, number = opened[-1]
        raise BadTemplate(_odd(paragraphs, number, name, f"{word} 之后没有 end{word}"))


def _odd(paragraphs: list[str], number: int, name: str, why: str) -> str:
    where = _quoted(number + 1, paragraphs[number])
    return f"文书模板“{name}”写法有误，在{where}：{why}；请在 Word 里改正后再试。"


def _quoted(number: int, text: str) -> str:
    quoted = one_line(text).strip()
    return f"第{number}段“{quoted[:_QUOTED]}{'……' if len(quoted) > _QUOTED else ''}”"


def _sources(template: Any) -> Iterator[str]:
    """The template's parts as they are read: one paragraph a line."""
    yield _lined(template, template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield _lined(template, template.get_part_xml(part))


def _lined(template: Any, xml: str) -> str:
    flat = xml.replace("\n", " ")
    return str(template.patch_xml(flat.replace("</w:p>", "</w:p>\n")))


def _paragraphs(document: Any) -> Iterator[str]:
    """All paragraphs, those of tables, headers and footers too."""
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    for root in roots:
        yield from map(_text, root.iter("{*}p"))


def _text(paragraph: Any) -> str:
    """The text of a paragraph; a break of a line is a blank."""
    told = paragraph.iter("{*}t", "{*}br", "{*}tab")
    return "".join((node.text or "") if node.tag.endswith("}t") else " " for node in told)


def _unknown(names: list[str], template: Any, name: str) -> str:
    from difflib import get_close_matches

    said = []
    for unknown in names:
        near = get_close_matches(unknown, [*FIELDS], 1, 0.4)
        hint = f"，是不是“{near[0]}”" if near else ""
        said.append(f"{_where(unknown, template)}的“{unknown}”{hint}")
    return (
        f"文书模板“{name}”里有不认识的项：{'；'.join(said)}。"
        "可用的项见 taizhang letters --list；请在 Word 里改正后再试。"
    )


def _where(name: str, template: Any) -> str:
    braces = re.compile(r"\{[{%][^{}]*\b" + re.escape(name) + r"\b")
    for number, text in enumerate(_paragraphs(template.docx), 1):
        if braces.search(text):
            return _quoted(number, text)
    return ""


def _syntax(fault: TemplateSyntaxError, source: str, template: Any, name: str) -> str:
    lines = source.splitlines()
    line = lines[min(fault.lineno, len(lines)) - 1] if lines else ""
    plain = re.sub("<[^>]*>", "", line)
    tags = re.findall(r"\{[{%#].*?(?:[%}#]\}|$)", plain) or [plain]
    place = next((found for tag in tags if (found := _tagged(template, tag))), "")
    where = place or f"“{one_line(plain).strip()[:_QUOTED]}”"
    return (
        f"文书模板“{name}”写法有误，在{where}："
        "花括号、if 和 endif、for 和 endfor 要成对；请在 Word 里改正后再试。"
    )


def _tagged(template: Any, tag: str) -> str:
    """Where a tag stands; the library has taken the p or tr out of it."""
    inside = "".join(tag.strip("{}%# ").split())
    for number, text in enumerate(_paragraphs(template.docx), 1):
        if inside and "{" in text and inside in "".join(text.split()):
            return _quoted(number, text)
    return ""


def _sentence(fault: TemplateError, template: Any, name: str) -> str:
    if isinstance(fault, UndefinedError):
        missing = re.findall(r"'([^']*)'", str(fault))
        where = next((_where(one, template) for one in reversed(missing) if one in FIELDS), "")
        where = where or next((_where(one, template) for one in reversed(missing)), "")
        return f"文书模板“{name}”里有不认识的项：{where}的“{missing[-1] if missing else ''}”；请在 Word 里改正后再试。"
    if isinstance(fault, SecurityError):
        return f"文书模板“{name}”里有不允许的写法；请只用 taizhang letters --list 列出的项。"
    return f"文书模板“{name}”无法填写；请核对花括号里的写法。"
