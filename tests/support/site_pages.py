"""Reports as sites show them, and as programs take their text: tables askew, broken, filled up."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from db.disputes.dispute import Block
from exports.report.form_tables import FormTable, Slot
from tests.support.messy_reports import Truth
from tests.support.office_pages import ORGAN, TITLES

_EXPLAINED = {
    "规章": "规章（设区的市、自治州人民政府应提供相关数据）",
    "现行有效件数": "现行有效件数 (历史累计)",
    "上一年项目数量": "上一年项目数量（指2023年事项数）",
    "本年增/减": "本年增/减（指2024年增加或减少的事项数，减用负值表示，如-8）",
    "自然人": "自然人（个人）",
}
_NEAR = {
    "现行有效件数": "先行有效件数",
    "本年废止件数": "本年废止件",
    "5.属于三类内部事务信息": "5.属于三类内容事务信息",
    "行政复议": "行政法复议",
    "尚未审结": "尚未审理",
    "四、结转下年度继续办理": "四、结转下年继续办理",
}
_BROKEN = {
    "商业企业": "商业\n企业",
    "社会公益组织": "社会公益\n组织",
    "本年新制作数量": "本年新\n制作数量",
    "总计": "总 计",
}
_TITLE = f"{ORGAN}2024年政府信息公开工作年度报告"


def _page(tables: list[str]) -> str:
    told = "".join(f"<p>{title}</p>{table}" for title, table in zip(TITLES, tables, strict=True))
    return f"<html><body><h1>{_TITLE}</h1>{told}</body></html>"


def _table(
    table: FormTable,
    said: Callable[[Slot], str] = lambda slot: slot.text,
    spans: Callable[[Slot, int], str] | None = None,
) -> str:
    def covers(slot: Slot, row: int) -> str:
        return f" colspan={slot.across} rowspan={slot.down}" if spans is None else spans(slot, row)

    rows = (
        "".join(f"<td{covers(slot, n)}>{escape(said(slot))}</td>" for slot in row)
        for n, row in enumerate(table.rows)
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def askew(true: Truth) -> str:
    """Fields and figures of table 2 cover other columns; in table 3 only the groups cover rows."""

    def uneven(table: FormTable) -> str:
        rows = []
        for row in table.rows:
            wide = {1: [5], 2: [1, 4], 3: [1, 2, 2], 4: [1, 1, 2, 1]}[len(row)]
            if row[-1].role == "figure":
                wide = {2: [1, 4], 3: [1, 1, 3], 4: [1, 2, 1, 1]}[len(row)]
            cells = zip(wide, row, strict=True)
            rows.append("".join(f"<td colspan={n}>{escape(slot.text)}</td>" for n, slot in cells))
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    proactive, requests, disputes = true.tables
    lost = requests.heads

    def groups(slot: Slot, row: int) -> str:
        return f" colspan={slot.across}" + (f" rowspan={slot.down}" if row >= lost else "")

    return _page([uneven(proactive), _table(requests, spans=groups), _table(disputes)])


def below_each_other(true: Truth) -> str:
    """Table 4 block by block."""
    results = "".join(
        f"<td>{name}</td>" for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    )
    rows = []
    for block in Block:
        if block is Block.DIRECT_SUIT:
            rows.append("<td colspan=5>行政诉讼</td>")
        figures = "".join(f"<td>{n}</td>" for n in true.disputes[block])
        rows += [f"<td colspan=5>{block.label}</td>", results, figures]
    blocks = f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    return _page([*map(_table, true.tables[:2]), blocks])


def words(known: dict[str, str]) -> Callable[[Truth], str]:
    return lambda true: _page(
        [_table(table, lambda slot: known.get(slot.text, slot.text)) for table in true.tables]
    )


def _text(true: Truth, table_text: Callable[[FormTable], str]) -> str:
    pieces = [
        f"{title}\n{table_text(table)}" for title, table in zip(TITLES, true.tables, strict=True)
    ]
    return "\n".join([_TITLE, *pieces])


def lines(true: Truth) -> str:
    """The text nodes of a page: labels broken over lines, near ones, a page's number in a table."""

    def told(table: FormTable) -> str:
        known = _BROKEN | _NEAR
        cells = (known.get(slot.text, slot.text) for row in table.rows for slot in row)
        return re.sub("(?=（五）不予处理)", "- 3 -\n", "\n".join(cells))

    return _text(true, told)


def strokes(*, apart: bool, begun: bool, zeros: bool = True) -> Callable[[Truth], str]:
    """Each cell ends with a stroke, rows are filled up; without `zeros` a 0 is a blank."""

    def told(table: FormTable) -> str:
        written: list[str] = []
        for row in table.rows:
            texts = [_BROKEN.get(slot.text, slot.text) for slot in row]
            texts = texts if apart else [text.replace("\n", " ") for text in texts]
            blank = [not zeros and slot.role == "figure" and slot.text == "0" for slot in row]
            cells = ["|" if none else f"{text} |" for text, none in zip(texts, blank, strict=True)]
            cells = [*(["|"] if begun else []), *cells]
            filling = "|" * (table.columns - len(row))
            if apart:
                written += [*cells, *([filling] if filling else [])]
            else:
                written.append(" ".join([*cells, filling]).strip())
        return "\n".join(written)

    return lambda true: _text(true, told)


def rows_of_cells(true: Truth) -> str:
    """As a browser copies it: cells parted by tabs, broken where their words are."""
    return _text(
        true,
        lambda table: "\n".join(
            "\t".join(_BROKEN.get(slot.text, slot.text) for slot in row) for row in table.rows
        ),
    )


SITES: dict[str, tuple[str, Callable[[Truth], str]]] = {
    "askew": (".html", askew),
    "below each other": (".html", below_each_other),
    "explained": (".html", words(_EXPLAINED)),
    "near": (".html", words(_NEAR)),
    "lines": (".txt", lines),
    "strokes": (".txt", strokes(apart=False, begun=False)),
    "strokes, a cell a line": (".txt", strokes(apart=True, begun=False, zeros=False)),
    "strokes, begun": (".txt", strokes(apart=True, begun=True, zeros=False)),
    "strokes, framed": (".txt", strokes(apart=False, begun=True)),
    "copied": (".txt", rows_of_cells),
}
