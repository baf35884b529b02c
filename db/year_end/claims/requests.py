"""What a number of requests claims: which row of table 3, and which column."""

from __future__ import annotations

import re

from db.year_end.claims.cells import Cell
from db.year_end.claims.context import Context, Reading, Segment
from db.year_end.claims.words import FILL, Word
from db.year_end.form import CARRIED_IN, CARRIED_OUT, CONCLUDED, NEW, TOTAL

_MANY_WAYS = re.compile("等|各种|各类|多种|多渠道")
_TOGETHER = re.compile("共|总|合计|累计|政府信息公开申请")
_TAKEN_UP = tuple("中已均全都未仍尚因按在于为属被由经依、和及与以或")
_OWN = re.compile(
    rf"(?:{FILL.pattern})(?:[\u4e00-\u9fff]{{0,10}}(?:局|委|办|厅|政府|街道|镇|乡|机关|单位|中心|部门)|[我本全][市县区镇乡街道]+)?(?:{FILL.pattern})"
)
_BOTH = (NEW, CARRIED_IN)


def read_request(segment: Segment, context: Context) -> Reading | None:
    """The reading of a number whose noun is a request, or whose topic is requests."""
    noun = segment.noun
    strong = noun is not None and noun.kind == "request" and noun.value == "strong"
    received = segment.has("receive", "conclude")
    listed = context.told and segment.has("outcome", "carry_in", "carry_out", "carry", "carry_to")
    if segment.number.unit == "条" and not (listed or (received and noun is not None)):
        return None
    unit = segment.number.unit
    if unit in ("项", "次", "个", "部") and noun is None and not _counted_on(segment, context):
        return None
    if not segment.close:
        return None
    if segment.has("part") and not _only_of_disclosure(segment):
        context.parts = True
        return None
    if segment.has("channel") and not _all_channels(segment):
        context.parts = True
        return None
    kinds = segment.values("kind")
    if len(kinds) > 1 or _of_another(segment):
        return None
    column = kinds[0] if kinds else TOTAL
    reading = _row(segment, context)
    named = strong and noun in segment.before
    if reading is None and not named:
        reading = _behind(segment, context)
    if reading is None:
        reading = _noun(segment, context, strong=strong)
    if reading is None and kinds:
        base = context.base if context.base and context.base.rows else Cell((NEW,))
        reading = Reading(base)
    if reading is None:
        return None
    if noun is not None:
        context.unit = unit
    cell = Cell(reading.cell.rows, column)
    return Reading(cell, reading.sure, reading.weak)


def _counted_on(segment: Segment, context: Context) -> bool:
    """收到申请120项，办结117项: nothing else is named since, and it is counted in the same."""
    told = segment.telling
    return (
        segment.number.unit == context.unit
        and bool(told)
        and FILL.fullmatch(segment.plain, segment.start, told[0].start) is not None
    )


def _of_another(segment: Segment) -> bool:
    """Whether other words stand where the counted thing should: 答复书30件, 3封感谢信, 企业登记5件."""
    before, number = segment.before, segment.number
    if before and before[-1].kind == "skip":
        return True
    asked = False
    for word in before:
        asked = asked or word.kind == "kind"
        if asked and word.kind in ("foreign", "topic"):
            return True
    if segment.noun is not None:
        return False
    end = segment.after[0].start if segment.after else segment.end
    tail = segment.plain[number.after : end]
    return tail[:1] not in _TAKEN_UP and FILL.fullmatch(tail) is None


def _only_of_disclosure(segment: Segment) -> bool:
    """涉及政府信息公开的申请: the matter is disclosure itself, no part of the requests."""
    words = segment.before
    return all(
        word.kind != "part"
        or (
            segment.plain[word.start : word.end] in ("涉及", "有关")
            and place + 1 < len(words)
            and words[place + 1].kind in ("topic", "request")
            and words[place + 1].value != "weak"
            and words[place + 1].start == word.end
        )
        for place, word in enumerate(words)
    )


def _all_channels(segment: Segment) -> bool:
    channels = segment.values("channel")
    text = segment.plain[segment.start : segment.number.start]
    if _MANY_WAYS.search(text):
        return not segment.has("among")
    return len(channels) > 2 and _TOGETHER.search(text) is not None


def _row(segment: Segment, context: Context) -> Reading | None:
    """By what was done, before the number."""
    outcomes = segment.values("outcome")
    if outcomes:
        return _outcome(outcomes)
    for word in reversed(segment.before):
        row = carried(word, segment.plain, context)
        if row is not None:
            return Reading(Cell((row,))) if row else None
    if segment.has("receive"):
        received = [w for w in segment.before if w.kind == "receive"][-1]
        new = segment.plain[received.start] in "新本"
        return Reading(Cell(_BOTH if context.carried and not new else (NEW,)))
    concludes = segment.values("conclude")
    if concludes:
        if "strong" in concludes:
            return Reading(Cell((CONCLUDED,)))
        return Reading(Cell(_BOTH if context.carried else (CONCLUDED,)), weak=True)
    if segment.has("whole") and segment.noun is None:
        return _sum(context)
    return None


def _noun(segment: Segment, context: Context, *, strong: bool) -> Reading | None:
    """By the noun alone: 政府信息公开申请120件; unsure if other words or none stand before it."""
    noun = segment.noun
    if noun is None or noun.kind != "request" or segment.has("kind"):
        return None
    if noun not in segment.before:
        told = segment.has("whole") and not segment.has("among")
        return Reading(Cell((NEW,)), sure=strong and told)
    lead = segment.start
    for word in segment.before:
        if word is noun or not _OWN.fullmatch(segment.plain, lead, word.start):
            break
        lead = word.end
    plain = _OWN.fullmatch(segment.plain, lead, noun.start) is not None
    if strong:
        rows = _BOTH if context.carried else (NEW,)
        return Reading(Cell(rows), sure=plain and not segment.has("among"))
    sure = plain and noun.value == "bare" and not context.proactive and not segment.has("among")
    return Reading(Cell((NEW,)), sure=sure)


def _outcome(codes: list[str]) -> Reading:
    leaves = [
        code for code in codes if not any(o != code and o.startswith(f"{code}.") for o in codes)
    ]
    unique = tuple(dict.fromkeys(leaves))
    return Reading(Cell(unique), sure=len(unique) == 1 or len(leaves) == len(codes))


def carried(word: Word, plain: str, context: Context) -> str | None:
    """The row a word of carrying means; empty if it is of another year; None if it is no such word."""
    year = context.figures.year
    if word.kind == "carry_in":
        return CARRIED_IN
    if word.kind == "carry_out":
        return CARRIED_OUT
    years = [int(y) for y in re.findall("[0-9]{4}", plain[word.start : word.end])]
    if word.kind == "carry":
        return {year - 1: CARRIED_IN, year: CARRIED_OUT}.get(years[0], "")
    if word.kind == "carry_to":
        return {year + 1: CARRIED_OUT, year: CARRIED_IN}.get(years[0], "")
    return None


def _sum(context: Context) -> Reading | None:
    """共N件, 合计N件: the sum of what the sentence told before."""
    rows = [cell.rows for cell in context.named if cell.rows and cell.column == TOTAL]
    if (NEW,) in rows and (CARRIED_IN,) in rows:
        return Reading(Cell(_BOTH))
    if not rows:
        return Reading(Cell((NEW,)), sure=context.parts or context.ahead)
    if all(row[0].startswith("3.") for row in rows):
        return Reading(Cell((CONCLUDED,)), sure=False)
    return None


def _behind(segment: Segment, context: Context) -> Reading | None:
    """By the words behind the number: 28件已办结, 3件不予公开, 2件结转下年度."""
    if segment.telling and not segment.has("among", "request", "kind"):
        return None
    between = segment.number.after
    outcomes: list[str] = []
    for word in segment.after:
        plain = FILL.fullmatch(segment.plain, between, word.start) is not None
        if word.kind == "outcome":
            outcomes.append(word.value)
            continue
        if outcomes:
            break
        row = carried(word, segment.plain, context)
        if row:
            return Reading(Cell((row,)))
        if word.kind == "conclude" and word.value == "strong":
            text = segment.plain[between : word.start]
            ok = plain or re.fullmatch(
                r"[^0-9]{0,3}(?:在|于|按)?[^0-9]{0,12}(?:内|期限|规定)[^0-9]{0,4}", text
            )
            return Reading(Cell((CONCLUDED,))) if ok else None
        if word.kind in ("channel", "foreign", "growth", "result", "review", "suit"):
            context.parts = context.parts or word.kind == "channel"
            return None
        if word.kind == "part" and not _later_outcome(segment, word):
            context.parts = True
            return None
    if outcomes:
        unique = tuple(dict.fromkeys(outcomes))
        deepest = max(unique, key=len)
        return Reading(Cell((deepest,)), sure=len(unique) == 1)
    return None


def _later_outcome(segment: Segment, word: Word) -> bool:
    return any(
        other.kind in ("outcome", "carry_out", "carry", "carry_to") and other.start > word.start
        for other in segment.after
    )
