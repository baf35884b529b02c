"""Reports in the manner of real offices: what their programs make of the same three tables."""

from __future__ import annotations

import quopri
from collections.abc import Callable
from decimal import Decimal
from html import escape
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from db.disputes.dispute import Block
from db.year_end.form import row_labels
from db.year_end.proactive_form import fields_of
from exports.report.form_tables import FormTable, Slot, laid
from tests.support.messy_reports import Truth

TITLES = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
ORGAN = "青石区水务局"


def sample(form: str = "2021") -> Truth:
    """Figures that reconcile, no two rows alike."""
    requests = {row.code: (0,) * 7 for row in row_labels(form)}  # type: ignore[arg-type]
    requests |= {
        "1": (23, 7, 1, 0, 2, 3, 36),
        "2": (4, 1, 0, 0, 0, 0, 5),
        "3.1": (9, 2, 0, 0, 1, 1, 13),
        "3.2": (3, 1, 1, 0, 0, 0, 5),
        "3.3.4": (2, 0, 0, 0, 1, 0, 3),
        "3.4.1": (6, 3, 0, 0, 0, 1, 10),
        "3.5.2": (1, 0, 0, 0, 0, 1, 2),
        ("3.6.3" if form == "2021" else "3.6"): (2, 1, 0, 0, 0, 0, 3),
        "3.7": (23, 7, 1, 0, 2, 3, 36),
        "4": (4, 1, 0, 0, 0, 0, 5),
    }
    disputes = {
        Block.REVIEW: (2, 1, 0, 1, 4),
        Block.DIRECT_SUIT: (0, 0, 3, 0, 3),
        Block.SUIT_AFTER_REVIEW: (1, 0, 0, 5, 6),
    }
    proactive = {}
    for number, (key, field) in enumerate(fields_of(form).items()):  # type: ignore[arg-type]
        proactive[key] = Decimal(number) if field.measure != "amount" else Decimal("113.5631")
    return Truth(form, requests, disputes, proactive)  # type: ignore[arg-type]


def _spans(slot: Slot) -> str:
    over = f' colspan="{slot.across}"' if slot.across > 1 else ""
    return over + (f' rowspan="{slot.down}"' if slot.down > 1 else "")


def _table(table: FormTable, cell: Callable[[Slot], str], attributes: str = "") -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td{_spans(slot)}>{cell(slot)}</td>" for slot in row) + "</tr>\n"
        for row in table.rows
    )
    return f"<table {attributes}><tbody>{rows}</tbody></table>"


def content_system(true: Truth) -> str:
    """A government site's content system: layout tables in layout tables, spans in paragraphs."""

    def cell(slot: Slot) -> str:
        return (
            '\n      <p style="text-align:center;"><strong><span style="font-size:14px;'
            f'font-family:宋体;">{escape(slot.text)}</span></strong>&nbsp;</p>\n    '
        )

    inner = "".join(
        f'<p style="text-indent:2em;"><strong>{title}</strong></p><div align="center">'
        + _table(table, cell, 'border="1" cellspacing="0"')
        + "</div>"
        for title, table in zip(TITLES, true.tables, strict=True)
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{ORGAN}2024年政府信息公开工作年度报告_年报_青石区人民政府</title>
<script>var n = 5;</script></head><body>
<table width="1200"><tr><td><table><tr><td>首页</td><td>政务公开</td><td>2023年年报</td></tr></table></td></tr>
<tr><td><table class="info"><tr><td>索 引 号：</td><td>0123-456/2025-00012</td><td>发布日期：</td><td>2025-01-20</td></tr></table></td></tr>
<tr><td><div id="zoom"><h1>{ORGAN}2024年政府信息公开工作年度报告</h1>
<p>一、总体情况</p><p>2024年新收政府信息公开申请36件，上年结转5件，办结36件，结转下年5件。</p>
{inner}<p>五、存在的主要问题及改进情况</p><p>一是渠道不多。</p>
<p>六、其他需要报告的事项</p><p>无。</p></div></td></tr></table>
<div style="display:none">本年新收政府信息公开申请数量 99</div></body></html>"""


def word_page(true: Truth) -> str:
    """What Word saves as a page: its own tags, a row of widths at the end, spaces as runs."""

    def cell(slot: Slot) -> str:
        told = escape(slot.text)
        if slot.role == "figure":
            told = f"<span lang=EN-US style='font-size:9.0pt'>{told}<o:p></o:p></span>"
        return f"<p class=MsoNormal align=center style='text-align:center'><span\n  style='mso-bidi'>{told}</span></p>"

    tables = []
    for title, table in zip(TITLES, true.tables, strict=True):
        told = _table(table, cell, "class=MsoNormalTable border=0")
        widths = "".join("<td width=60 style='border:none'></td>" for _ in range(table.columns))
        sized = f"<![if !supportMisalignedColumns]><tr height=0>{widths}</tr><![endif]></tbody>"
        tables.append(f"<h2><span>{title}<o:p></o:p></span></h2>{told.replace('</tbody>', sized)}")
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><style>p{{margin:0}}</style></head>
<body lang=ZH-CN><div class=Section1><p class=MsoNormal><b><span>{ORGAN}<span lang=EN-US>2024</span>年</span></b></p>
<p class=MsoNormal><b>政府信息公开工作年度报告</b></p>{"".join(tables)}
<p class=MsoNormal align=right>{ORGAN}</p><p class=MsoNormal align=right>2025年1月20日</p></div></body></html>"""


def page_in_one_file(true: Truth) -> bytes:
    """The same as Word's “single file web page”."""
    packed = quopri.encodestring(word_page(true).encode("gb2312", "ignore"))
    return (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="--=_Next"\n\n'
        b"----=_Next\nContent-Location: file:///C:/r.htm\nContent-Transfer-Encoding: quoted-printable\n"
        b'Content-Type: text/html; charset="gb2312"\n\n' + packed + b"\n----=_Next--\n"
    )


def broken_spans(true: Truth) -> str:
    """Spans copied from another table: labels cover one column, groups too many rows or none."""

    def row(table: FormTable, number: int) -> str:
        cells = []
        for slot in table.rows[number]:
            down = f' rowspan="{slot.down}"' if slot.down > 1 and slot.role != "label" else ""
            across = f' colspan="{slot.across}"' if slot.across > 1 and slot.role != "label" else ""
            cells.append(f"<td{across}{down}>{escape(slot.text)}</td>")
        return f"<tr>{''.join(cells)}</tr>"

    tables = "".join(
        f"<p>{title}</p><table>{''.join(row(table, n) for n in range(len(table.rows)))}</table>"
        for title, table in zip(TITLES, true.tables, strict=True)
    )
    return f"<html><body><p>{ORGAN}2024年政府信息公开工作年度报告</p>{tables}</body></html>"


def nested_rows(true: Truth) -> str:
    """Block three as a table within a cell, as an old editor nests what is pasted."""
    proactive, requests, disputes = true.tables
    heads, body = requests.rows[: requests.heads], requests.rows[requests.heads :]
    outer = [*heads, body[0], body[1]]
    block = [[slot for slot in row if not slot.text.startswith("三、")] for row in body[2:-1]]
    inner = "".join(
        "<tr>" + "".join(f"<td{_spans(s)}>{escape(s.text)}</td>" for s in row) + "</tr>"
        for row in block
    )
    rows = "".join(
        "<tr>" + "".join(f"<td{_spans(s)}>{escape(s.text)}</td>" for s in row) + "</tr>"
        for row in outer
    )
    last = "".join(f"<td{_spans(s)}>{escape(s.text)}</td>" for s in body[-1])
    nested = f"<tr><td>三、本年度办理结果</td><td colspan=9><table>{inner}</table></td></tr>"
    told = f"<table>{rows}{nested}<tr>{last}</tr></table>"
    plain = [_table(table, lambda slot: escape(slot.text)) for table in (proactive, disputes)]
    return (
        f"<html><body><p>{ORGAN}2024年政府信息公开工作年度报告</p>{plain[0]}{told}{plain[1]}"
        "</body></html>"
    )


def grid_text(true: Truth) -> str:
    """Frames of signs, labels wrapped in their cells, the figures in the first line."""
    lines = [f"{ORGAN}2024年政府信息公开工作年度报告", ""]
    for title, table in zip(TITLES, true.tables, strict=True):
        lines += [title, ""]
        for told in laid(table):
            cells = [slot.text if begins else "" for _, slot, begins in told for _ in [0]]
            wide = [slot.across for _, slot, _ in told]
            pieces = [[text[n : n + 9] for n in range(0, len(text), 9)] or [""] for text in cells]
            for line in range(max(map(len, pieces))):
                parts = []
                for piece, across in zip(pieces, wide, strict=True):
                    parts.append(f" {piece[line] if line < len(piece) else ''} ")
                    parts += [" "] * (across - 1)
                lines.append("|" + "|".join(parts) + "|")
            lines.append("+---" * table.columns + "+")
        lines.append("")
    return "\n".join(lines)


def marked_text(true: Truth) -> str:
    """A table of Markdown: what is merged is written once."""
    lines = [f"# {ORGAN}2024年政府信息公开工作年度报告", ""]
    for title, table in zip(TITLES, true.tables, strict=True):
        lines += [f"## {title}", ""]
        for number, told in enumerate(laid(table)):
            parts: list[str] = []
            for _, slot, begins in told:
                parts += [slot.text if begins else "", *[""] * (slot.across - 1)]
            lines.append("| " + " | ".join(parts) + " |")
            if not number:
                lines.append("|" + "---|" * table.columns)
        lines.append("")
    return "\n".join(lines)


def printed_text(true: Truth) -> str:
    """What a program takes out of a printed file: a row a line, one blank between."""
    lines = [f"{ORGAN}2024年政府信息公开工作年度报告", "— 1 —"]
    for title, table in zip(TITLES, true.tables, strict=True):
        lines.append(title)
        lines += [" ".join(slot.text for slot in row) for row in table.rows]
    return "\n".join(lines)


def changed_document(true: Truth, path: Path) -> None:
    """A document with tracked changes, content controls, hidden words, its title in a box."""
    parts = [
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>'
        f"{ORGAN}2024年政府信息公开工作年度报告</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    ]
    for title, table in zip(TITLES, true.tables, strict=True):
        rows = "".join(
            "<w:tr>" + "".join(_changed_cell(slot, begins) for _, slot, begins in told) + "</w:tr>"
            for told in laid(table)
        )
        parts.append(
            f"<w:p><w:r><w:t>{title}</w:t></w:r></w:p><w:sdt><w:sdtContent>"
            f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl></w:sdtContent></w:sdt><w:p/>"
        )
    made = docx.Document()
    body = parse_xml(f"<w:body {nsdecls('w')}>{''.join(parts)}</w:body>")
    for element in reversed(list(body)):
        made.element.body.insert(0, element)
    made.save(str(path))


def _changed_cell(slot: Slot, begins: bool) -> str:
    span = f'<w:gridSpan w:val="{slot.across}"/>' if slot.across > 1 else ""
    merged = ""
    if slot.down > 1:
        merged = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    told = f"<w:r><w:t>{escape(slot.text)}</w:t></w:r>" if begins else ""
    if slot.role == "figure":
        told = (
            '<w:del w:id="1" w:author="a"><w:r><w:delText>99</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="a">{told}</w:ins>'
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>8</w:t></w:r>"
        )
    return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr><w:p>{told}</w:p></w:tc>"


def write(name: str, true: Truth, folder: Path) -> Path:
    """One of `MANNERS`, in a file."""
    ending, encoding, make = MANNERS[name]
    path = folder / f"年报{ending}"
    if name == "changed document":
        changed_document(true, path)
    elif name == "page in one file":
        path.write_bytes(page_in_one_file(true))
    else:
        assert make is not None
        path.write_bytes(make(true).encode(encoding))
    return path


MANNERS: dict[str, tuple[str, str, Callable[[Truth], str] | None]] = {
    "content system": (".html", "utf-8", content_system),
    "content system, old": (
        ".htm",
        "gb18030",
        lambda true: content_system(true).replace('<meta charset="utf-8">', ""),
    ),
    "word page": (".htm", "gb18030", word_page),
    "word page named doc": (".doc", "gb18030", word_page),
    "word page named xls": (".xls", "gb18030", word_page),
    "page in one file": (".mht", "", None),
    "broken spans": (".html", "utf-8-sig", broken_spans),
    "nested rows": (".html", "utf-8", nested_rows),
    "grid text": (".txt", "utf-8", grid_text),
    "marked text": (".txt", "utf-16", marked_text),
    "printed text": (".txt", "gb18030", printed_text),
    "changed document": (".docx", "", None),
}
