"""The report as one page for a government site: nothing outside it is needed, and no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from db.year_end.narrative import Part
from db.year_end.report import YearReport
from exports.document.texts import day_of, xml_text
from exports.report.form_tables import (
    REQUESTS,
    FormTable,
    Slot,
    dispute_table,
    laid,
    proactive_table,
    request_table,
)
from exports.report.plots import Plot
from exports.report.web_plot import draw
from exports.report.web_style import STYLE
from exports.report.wording import Line, notes_of, parts_of, title_of

_CAPTIONS = (
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况（单位：件）",
    "政府信息公开行政复议、行政诉讼情况（单位：件）",
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_page(report: YearReport, shown: Sequence[Plot], path: Path) -> None:
    """Write the page of a report, with charts below table 3."""
    path.write_text("\n".join(_page(report, shown)) + "\n", encoding="utf-8", newline="\n")


def _page(report: YearReport, shown: Sequence[Plot]) -> Iterator[str]:
    whose, what = (_text(half) for half in title_of(report))
    year, texts = report.table.year, parts_of(report)
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{whose}{what}</title>"
    yield f"<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1><span>{whose}</span><span>{what}</span></h1>"
    yield from (f'<p class="note">（{_text(note)}）</p>' for note in notes_of(report))
    yield from _words(Part.OVERVIEW, texts[Part.OVERVIEW])
    tables = (
        proactive_table(report.own.proactive),
        request_table(report.table, nothing_carried_in=report.nothing_carried_in),
        dispute_table(report.disputes),
    )
    for number, (table, caption) in enumerate(zip(tables, _CAPTIONS, strict=True), 2):
        yield f'<section aria-labelledby="h{number}">'
        yield f'<h2 id="h{number}">{_text(table.title)}</h2>'
        yield from _table(table, f"t{number}", f"{year}年{caption}")
        if table.title == REQUESTS:
            for place, plot in enumerate(shown, 1):
                yield from draw(plot, f"p{place}")
        yield "</section>"
    yield from _words(Part.PROBLEMS, texts[Part.PROBLEMS])
    yield from _words(Part.OTHERS, texts[Part.OTHERS])
    day = report.table.as_of.date()
    yield f"<footer><p>{_text(report.table.organ)}</p>"
    yield f'<p><time datetime="{day.isoformat()}">{day_of(day)}</time></p></footer>'
    yield "</main>\n</body>\n</html>"


def _text(text: str) -> str:
    return escape(xml_text(text))


def _words(part: Part, lines: Sequence[Line]) -> Iterator[str]:
    named = f"h{part.value}"
    yield f'<section aria-labelledby="{named}">\n<h2 id="{named}">{_text(part.label)}</h2>'
    for line in lines:
        if line.level == 2 and not line.rest.strip():
            yield f"<h3>{_text(line.text)}</h3>"
            continue
        kind = ' class="own"' if line.text[:1].isspace() else ""
        if not line.text.strip():
            kind = ' class="blank"'
        lead = f"<strong>{_text(line.heading)}</strong>" if line.heading else ""
        yield f"<p{kind}>{lead}{_text(line.rest)}</p>"
    yield "</section>"


def _table(table: FormTable, named: str, caption: str) -> Iterator[str]:
    """A table in a frame that a keyboard can move it in, where the window is narrow."""
    yield f'<div class="wide" role="region" tabindex="0" aria-labelledby="{named}-c">'
    yield f'<table id="{named}">\n<caption id="{named}-c"><span>{_text(caption)}</span></caption>'
    rows = list(laid(table))
    blocks = _blocks(table)
    for start, end in zip(blocks, [*blocks[1:], len(rows)], strict=True):
        body = "thead" if start < table.heads else "tbody"
        yield f"<{body}>"
        for told in rows[start:end]:
            cells = [
                _cell(slot, column, last=column + slot.across == table.columns)
                for column, slot, begins in told
                if begins
            ]
            yield f"<tr>{''.join(cells)}</tr>"
        yield f"</{body}>"
    yield "</table>\n</div>"


def _blocks(table: FormTable) -> list[int]:
    """Where each group of rows begins: the head and the body, or what each title spans."""
    if table.heads:
        return [0, table.heads]
    return [
        number for number, row in enumerate(table.rows) if len(row) == 1 and row[0].role == "head"
    ]


def _cell(slot: Slot, column: int, *, last: bool) -> str:
    over = f' colspan="{slot.across}"' if slot.across > 1 else ""
    over += f' rowspan="{slot.down}"' if slot.down > 1 else ""
    classes = []
    if slot.role in ("label", "corner"):
        classes.append(f"c{column}")
    if slot.role in ("corner", "figure"):
        classes.append(slot.role)
    if last:
        classes.append("last")
    kind = f' class="{" ".join(classes)}"' if classes else ""
    text = _text(slot.text)
    if slot.role == "head":
        scope = "colgroup" if slot.across > 1 else "col"
        return f'<th scope="{scope}"{kind}{over}>{text}</th>'
    if slot.role == "label":
        scope = "rowgroup" if slot.down > 1 else "row"
        return f'<th scope="{scope}"{kind}{over}>{text}</th>'
    return f"<td{kind}{over}>{text}</td>"
