"""From a paper to a report: its tables found, its figures read, what is not certain said."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from db.disputes.dispute import Block
from db.errors import Unreadable, plain_fault
from db.year_end.form import COLUMN_LABELS, COLUMNS, FORMS, Form, form_of, row_labels
from db.year_end.narrative import Part
from db.year_end.proactive_form import fields_of, label_of
from db.year_end.received import Problem, Received
from exports.consolidation.disputes import PLACES, FoundDisputes, find_disputes
from exports.consolidation.found import TWICE, Found
from exports.consolidation.office import Made
from exports.consolidation.opening import read_paper
from exports.consolidation.paper import Paper
from exports.consolidation.proactive import FoundProactive, find_proactive
from exports.consolidation.requests import FoundRequests, find_requests
from exports.consolidation.values import Said
from exports.consolidation.whose import whose_report
from exports.report.form_tables import RESULT_LABELS

K = TypeVar("K")
_LARGEST_JSON = 16 << 20
_MANY_TWICE = 6
"""Figures that differ in two copies of the tables; fewer are slips in one of them."""


def read_report(path: Path, year: int, made: Made | None = None) -> Received:
    """The report in a file; `year` is which one is asked for, where it does not say its own; `made`
    is what was made of old formats.

    Raises:
        NotFound, Unreadable: as `read_paper`; or none of the tables is in it.
    """
    if path.suffix.lower() == ".json":
        return _of_json(path)
    return understand(read_paper(path, made), year)


def understand(paper: Paper, year: int) -> Received:
    """The same of a paper that was opened."""
    grids = paper.grids
    requests, disputes = find_requests(grids), find_disputes(grids)
    proactive = find_proactive(grids)
    if requests is None and disputes is None and proactive is None:
        raise Unreadable(
            f"{paper.name} 里没有找到年报的表格；请核对是不是这个文件，表格不能是图片。"
        )
    whose = whose_report(paper.name, list(paper.lines()), list(paper.over_tables()), year)
    form = _form(requests, proactive, whose.year or year)
    problems: list[Problem] = []
    remarks: list[Problem] = []
    if paper.hidden:
        text = f"{'、'.join(paper.hidden[:5])}是隐藏的，没有读；如果要算，请取消隐藏后重新报送。"
        remarks.append(Problem("hidden", "隐藏", text))
    for found in (requests, disputes, proactive):
        if found is not None:
            remarks += [
                Problem("near", said, f"“{said}”按“{label}”读入；请核对。")
                for said, label in found.near.items()
            ]
    if proactive is not None and proactive.form != form:
        problems.append(
            Problem(
                "form",
                "主动公开",
                f"主动公开表用的是{proactive.form}年格式，申请办理表是{form}年格式；请统一。",
            )
        )
    return Received(
        file=paper.name,
        organ=whose.organ,
        signed=whose.signed,
        named=whose.named,
        year=whose.year,
        form=form,
        requests=_requests(requests, form, problems, remarks),
        disputes=_disputes(disputes, problems),
        proactive=_proactive(proactive, form, problems),
        texts=whose.texts,
        problems=_told_together(problems),
        remarks=tuple(remarks),
    )


def _told_together(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Of two reports in one file one sentence, not one for every figure that differs."""
    twice = [problem for problem in problems if problem.text.endswith(f"{TWICE}；请改正。")]
    if len(twice) < _MANY_TWICE:
        return tuple(problems)
    likely = "文件里可能有两份年报（例如还有另一年的），数字不同，看不出要哪一份；请只留一份"
    return tuple(replace(p, likely=likely) if p in twice else p for p in problems)


def _form(requests: FoundRequests | None, proactive: FoundProactive | None, year: int) -> Form:
    if requests is not None and requests.form is not None:
        return requests.form
    if proactive is not None and proactive.form is not None:
        return proactive.form
    return form_of(year)


def _requests(
    found: FoundRequests | None, form: Form, problems: list[Problem], remarks: list[Problem]
) -> dict[str, tuple[int | None, ...]] | None:
    if found is None:
        problems.append(_missing("申请办理"))
        return None
    told: dict[str, tuple[int | None, ...]] = {}
    for row in row_labels(form):
        name = row.group + row.label
        if not any((row.code, kind) in found.cells for kind in COLUMNS):
            text = f"申请办理表里没有找到“{name}”这一行；请按{form}年格式补上。"
            problems.append(Problem("missing", name, text))
            told[row.code] = (None,) * len(COLUMNS)
            continue
        told[row.code] = tuple(
            _figure(found, (row.code, kind), f"{name} {label}", problems)
            for kind, label in zip(COLUMNS, COLUMN_LABELS, strict=True)
        )
    for said, reason in found.strange.items():
        remarks.append(Problem("strange", said, f"“{said}”一行有数字，{reason}；没有读入。"))
    known = {row.code for row in row_labels(form)}
    for code in sorted({code for code, _ in found.cells} - known):
        problems.append(
            Problem(
                "form", code, f"申请办理表里有不是{form}年格式的一行（{code}）；请按一种格式填写。"
            )
        )
    return told


def _disputes(
    found: FoundDisputes | None, problems: list[Problem]
) -> dict[Block, tuple[int | None, ...]] | None:
    if found is None:
        problems.append(_missing("复议诉讼"))
        return None
    return {
        block: tuple(
            _figure(found, (block, place), f"{block.label} {label}", problems)
            for place, label in zip(PLACES, RESULT_LABELS, strict=True)
        )
        for block in Block
    }


def _proactive(
    found: FoundProactive | None, form: Form, problems: list[Problem]
) -> dict[str, Decimal | None] | None:
    if found is None:
        problems.append(_missing("主动公开"))
        return None
    if found.form != form:
        return None
    return {
        key: _told(found, key, f"主动公开 {label_of(form, key)}", problems)
        for key in fields_of(form)
    }


def _missing(table: str) -> Problem:
    return Problem("missing", table, f"没有找到{table}表；请补上，表格不能是图片。")


def _figure(found: Found[Any], place: Any, where: str, problems: list[Problem]) -> int | None:
    value = _told(found, place, where, problems)
    return None if value is None else int(value)


def _told(found: Found[Any], place: Any, where: str, problems: list[Problem]) -> Decimal | None:
    """A figure; what is blank counts as 0 and is said, what cannot be read is None and is said."""
    said: Said | None = found.cells.get(place)
    if said is None:
        problems.append(Problem("missing", where, f"没有找到“{where}”这一格；请补上。"))
        return None
    if said.value is None:
        problems.append(
            Problem("unread", where, f"“{where}”写的是“{said.text}”，{said.reason}；请改正。")
        )
        return None
    if said.blank:
        shown = f"写的是“{said.text}”" if said.text else "是空白"
        problems.append(Problem("P", where, f"“{where}”{shown}，按0计；请填0。", None, 0))
    return said.value


def _of_json(path: Path) -> Received:
    """What `report --json` wrote, or `consolidate --json` of one file."""
    try:
        if path.stat().st_size > _LARGEST_JSON:
            raise Unreadable(f"{path} 过大，不像一份年报；没有读取。")
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
    except (ValueError, RecursionError):
        raise Unreadable(f"{path} 不是完好的 JSON；请重新导出。") from None
    try:
        return _read_json(path.name, told)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
        raise Unreadable(f"{path} 不是 report --json 写出的年报；请重新导出。") from None


def _read_json(name: str, told: Mapping[str, Any]) -> Received:
    form = _known(told["form"], FORMS)
    rows = {row["code"]: _numbers(row["cells"], len(COLUMNS)) for row in told["requests"]["rows"]}
    if set(rows) != {row.code for row in row_labels(form)}:
        raise ValueError("other rows than the form's")
    proactive = told.get("proactive")
    entered: dict[str, Decimal | None] = {}
    if proactive is not None:
        for line in proactive["rows"]:
            for field, value in line["cells"].items():
                if value is not None:
                    entered[f"{line['key']}.{field}"] = Decimal(value)
    if set(entered) - set(fields_of(form)) or any(not n.is_finite() for n in entered.values() if n):
        raise ValueError("no figure of the form")
    narrative = told.get("narrative") or {}
    return Received(
        file=name,
        organ=str(told.get("organ") or ""),
        year=int(told["year"]),
        form=form,
        requests=rows,
        disputes={block: _numbers(told["disputes"][block.value], len(PLACES)) for block in Block},
        proactive=entered or None,
        texts={part: str(narrative[part.value]) for part in Part if narrative.get(part.value)},
    )


def _known(value: Any, choices: Sequence[Form]) -> Form:
    return choices[choices.index(value)]


def _numbers(cells: Sequence[Any], many: int) -> tuple[int, ...]:
    if len(cells) != many or any(type(n) is not int or n < 0 for n in cells):
        raise ValueError("no figures")
    return tuple(cells)


Reader = Callable[[Path, int], Received]
