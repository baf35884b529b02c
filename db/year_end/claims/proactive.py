"""What a number of rules, documents and decisions claims of table 2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.year_end.claims.cells import Cell
from db.year_end.claims.context import Context, Reading, Segment
from db.year_end.claims.words import Word

_DECIDED = re.compile("决定|数量|作出|做出|实施")
_DECISIONS = re.compile("行政(?:许可|处罚|强制)")
_CASES = re.compile("案件|立案|查处|公开|公示|信息|事项")
_EACH = re.compile("均|都|各")
_COUNTED = frozenset({"件", "宗", "起", "份", "次", "例", ""})
_JOINING = ("", "和", "及", "以及", "与")
PAPERS = frozenset({"rules", "documents"})


def read_proactive(segment: Segment, context: Context) -> Iterator[Reading]:
    """One reading; of several things told together (行政处罚、行政强制均为0) one for each."""
    nouns = [word for word in segment.before if word.kind == "table2"]
    behind = segment.noun
    if behind is not None and behind.kind == "table2" and behind not in nouns:
        nouns.append(behind)
    if not segment.close:
        return
    if len({word.value for word in nouns}) > 1:
        between = segment.plain[nouns[-1].end : segment.number.start]
        if _EACH.search(between) and not segment.number.value:
            for noun in nouns:
                if noun.value not in PAPERS:
                    yield from _one(segment, context, [noun])
        return
    yield from _one(segment, context, nouns)


def _one(segment: Segment, context: Context, nouns: list[Word]) -> Iterator[Reading]:
    reading = _reading(segment, context, nouns)
    if reading is not None:
        yield reading
        if not reading.sure and reading.cell.column == "made":  # 公开规范性文件31件: may be all
            yield Reading(Cell(key=reading.cell.key, column="in_force"), sure=False)


def _reading(segment: Segment, context: Context, nouns: list[Word]) -> Reading | None:
    if nouns:
        key = nouns[-1].value
    elif context.topic.startswith("table2:") and segment.has("verb2"):
        key = context.topic.removeprefix("table2:")
    else:
        return None
    if key in PAPERS:
        return _paper(segment, context, key)
    return _decision(segment, key, nouns[-1]) if nouns else None


def _paper(segment: Segment, context: Context, key: str) -> Reading | None:
    verbs = segment.values("verb2")
    if segment.has("foreign", "part", "receive", "conclude", "growth"):
        return None
    told = [verb for verb in verbs if verb != "released"] or verbs
    noun = segment.noun
    lead = segment.plain[segment.start : noun.start] if noun is not None else ""
    verb = told[-1] if told else context.verb if lead in _JOINING else ""
    context.verb = verb
    columns = context.figures.proactive.get(key, {})
    if verb == "released":
        column = "published" if "published" in columns else "made"
        return Reading(Cell(key=key, column=column), sure=False)
    return Reading(Cell(key=key, column=verb)) if verb else None


def _decision(segment: Segment, key: str, noun: Word) -> Reading | None:
    if segment.number.unit not in _COUNTED:
        return None
    if segment.has("foreign", "part", "receive", "verb2", "channel", "growth", "kind"):
        return None
    text = segment.plain[segment.start : max(noun.end, segment.number.start)]
    together = len(set(_DECISIONS.findall(segment.plain))) > 1  # 行政许可3件，行政处罚0件
    formal = _DECIDED.search(text) or (together and not _CASES.search(segment.plain))
    sure = bool(formal) and not segment.has("conclude")
    return Reading(Cell(key=key, column="decisions"), sure)
