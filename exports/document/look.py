"""How the document looks: fonts, styles, the page (GB/T 9704: 党政机关公文格式)."""

from __future__ import annotations

from html import escape
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.part import Part as Piece
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, HEI, KAI, FANG, SONG = "方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"
LATIN = "Times New Roman"
_OTHERWISE = {
    TITLE: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,黑体,SimHei",
    HEI: "SimHei,方正黑体_GBK",
    KAI: "楷体_GB2312,KaiTi,STKaiti",
    FANG: "仿宋_GB2312,FangSong,STFangsong",
    SONG: "SimSun,STSong",
}
"""What stands in for a font that a machine has not, in the program's own order."""

BODY = 16.0
"""三号, in points."""
SIGNS = 28
"""Characters of a line of the body."""
_LINE = 28.95  # 22 lines on a page
_TITLE_SIZE, _TITLE_LINE = 22.0, 33.0
_PAGE_NUMBER = 14.0
_BLACK = RGBColor(0, 0, 0)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_LONG, _SHORT = Mm(297), Mm(210)
TEXT_WIDTH = 156
"""Millimetres between the margins of an upright page."""


def set_up(document: Document) -> None:
    """Styles and fonts of a new document, and its first section."""
    styles: Any = document.styles
    _style(styles["Normal"], FANG, BODY)
    title = _style(styles["Title"], TITLE, _TITLE_SIZE, line=_TITLE_LINE)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(_LINE)
    for level, font in ((1, HEI), (2, KAI)):
        heading = _style(styles[f"Heading {level}"], font, BODY)
        heading.paragraph_format.first_line_indent = Pt(2 * BODY)
        heading.paragraph_format.keep_with_next = True
    _language(styles.element)
    _fonts(document)
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    lay_section(document.sections[0], landscape=False)
    first = document.sections[0]
    _number(first.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(first.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def lay_section(section: Section, *, landscape: bool) -> None:
    """A4 with the margins of the standard, upright or lying."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    if landscape:
        section.top_margin, section.bottom_margin = _LEFT, _RIGHT
        section.left_margin, section.right_margin = Mm(30), Mm(30)
    section.footer_distance = Mm(25)


def write_run(paragraph: Paragraph, text: str, font: str | None = None) -> Run:
    """A run whose quotes and dots are Chinese ones; of its paragraph's font unless one is given."""
    run = paragraph.add_run(text)
    fonts = _run_fonts(run.element.get_or_add_rPr())
    fonts.set(qn("w:hint"), "eastAsia")
    if font is not None:
        fonts.set(qn("w:eastAsia"), font)
    return run


def _style(style: ParagraphStyle, font: str, size: float, line: float = _LINE) -> ParagraphStyle:
    properties: Any = style.element.get_or_add_rPr()
    fonts = _run_fonts(properties)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), LATIN)
    fonts.set(qn("w:eastAsia"), font)
    style.font.size = Pt(size)
    style.font.bold = False
    style.font.color.rgb = _BLACK
    for name in ("w:spacing", "w:kern"):  # of signs, which the library's own title has
        for told in properties.findall(qn(name)):
            properties.remove(told)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        borders.getparent().remove(borders)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(line)
    return style


def _run_fonts(properties: Any) -> Any:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert_element_before(fonts, *_AFTER_FONTS)
    return fonts


_AFTER_FONTS = tuple(
    f"w:{name}"
    for name in [
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "strike",
        "dstrike",
        "outline",
        "shadow",
        "emboss",
        "imprint",
        "noProof",
        "snapToGrid",
        "vanish",
        "webHidden",
        "color",
        "spacing",
        "w",
        "kern",
        "position",
        "sz",
        "szCs",
        "highlight",
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
        "specVanish",
        "oMath",
    ]
)


def _language(styles: Any) -> None:
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _fonts(document: Document) -> None:
    """The table of fonts, each with those that stand in for it."""
    told = "".join(
        f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(others)}"/>'
        f'<w:charset w:val="86"/></w:font>'
        for name, others in _OTHERWISE.items()
    )
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{told}</w:fonts>'
    parts = document.part.package.iter_parts()
    fonts: Piece = next(part for part in parts if part.partname == "/word/fontTable.xml")
    fonts._blob = table.encode("utf-8")


def _number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, a character away from the outer edge."""
    paragraph.alignment = side
    layout = paragraph.paragraph_format
    layout.right_indent = layout.left_indent = Pt(_PAGE_NUMBER)
    for said in ("— ", None, " —"):
        run = write_run(paragraph, said or "", SONG)
        run.font.size = Pt(_PAGE_NUMBER)
        if said is None:
            field = (
                f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:rPr>'
                f'<w:sz w:val="{_PAGE_NUMBER * 2:.0f}"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
            )
            run.element.addnext(parse_xml(field))
