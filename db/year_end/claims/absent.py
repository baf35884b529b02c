"""Claims without a number: 未收到, 没有, 无; 均获维持, 均已办结, 均为自然人; 与上年持平."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.disputes.dispute import Block
from db.year_end.claims.cells import REVIEW, SUITS, Cell
from db.year_end.claims.context import NOUNS, Context
from db.year_end.claims.disputes import blocks_of, topic_blocks
from db.year_end.claims.proactive import PAPERS
from db.year_end.claims.requests import carried
from db.year_end.claims.words import FILL, Word
from db.year_end.form import CARRIED_OUT, NEW, TOTAL

_VERBS = "收到|接到|接收到?|受理|发生|产生|出现|引发|引起|涉及|有|因|被(?:申请|提起)?|新收|新增|结转|作出|做出|实施|制定|制发|出台|印发|废止"
_ABSENT = re.compile(
    rf"(?:(?:尚|从|并|均|也|亦|皆)?未(?:曾|再)?(?P<a>{_VERBS})"
    rf"|没有?(?:再)?(?P<b>{_VERBS})"
    rf"|(?:没有|不存在|无一(?:件|起|例|宗)?(?:被)?)"
    rf"|无(?!法|障碍|正当|效|偿|条件|需|线|人|异议|故|论|疑|缝|偏差|纸|忧|形|关|一)(?P<c>{_VERBS})?"
    r"|零(?=政府信息|依申请|信息公开|申请|行政复议|行政诉讼|复议|诉讼))"
)
_AT_END = re.compile(r"(?:均|皆|都)?(?:为)?(?:无|没有)$")
_MADE = {"制定": "made", "制发": "made", "出台": "made", "印发": "made", "废止": "repealed"}
_TAIL = re.compile(
    rf"(?:{FILL.pattern}|的|情形|现象|问题|政府信息|信息|数据|记录|之|一|或|及|、|等)*"
)
_JOINED = re.compile("、|和|及|以及|或|与")
_MODIFIES = re.compile("因|由|对|就|涉及|关于|针对|有关")
_ALL = re.compile("均|全部|都|皆")
_DONE = re.compile(
    r"(?:均已?|全部已?|已全部|都已)(?:依法|依规|按规定)*(?:办结|办理完毕|答复完毕|处理完毕)"
)
_KIND = re.compile(r"(?:均|全部|都)(?:为|是|系|由|来自)")
_APPLICANTS = re.compile("申请人(?:均|全部|都)(?:为|是|系)")
_SAME = re.compile(r"(?:与|和|同)(?:上一?年度?|去年)(?:同期)?(?:基本)?(?P<same>持平|相同|一致)")


@dataclass(frozen=True, slots=True)
class Told:
    """A claim told by words: the cells whose sum it is held against, and the place of the word."""

    cell: Cell
    written: int | None  # None: as many as the cell `whole` has
    start: int
    end: int
    sure: bool = True
    whole: Cell | None = None
    about: str = ""
    same: bool = False  # as in the year before


def read_absent(
    plain: str, start: int, end: int, words: Sequence[Word], context: Context, *, disclosure: bool
) -> Iterator[Told]:
    """What a clause says there was none of."""
    found = _ABSENT.search(plain, start, end)
    if found is not None and found.end() < end:
        verb = found["a"] or found["b"] or found["c"] or ""
        place, stop = found.end(), end
        phrase = [word for word in words if word.start >= place - len(verb)]
        at = found.span()
    else:
        last = _AT_END.search(plain[start:end])
        if last is None:
            return
        verb, place, stop = "", start, start + last.start()
        phrase = [word for word in words if word.end <= stop]
        at = (stop, end)
    about = [blocks_of(word) for word in words if word.kind in ("review", "suit")]
    for cell, sure in _none_of(
        plain, place, stop, verb, phrase, context, about, disclosure=disclosure
    ):
        yield Told(cell, 0, *at, sure)


def _none_of(
    plain: str,
    place: int,
    stop: int,
    verb: str,
    words: list[Word],
    context: Context,
    about: list[tuple[Block, ...]],
    *,
    disclosure: bool,
) -> Iterator[tuple[Cell, bool]]:
    disputes = [word for word in words if word.kind in ("review", "suit")]
    results = [word.value for word in words if word.kind == "result"]
    requests = [word for word in words if word.kind == "request"]
    heads = [word for word in words if word.kind in NOUNS or word.kind == "outcome"]
    if disputes:
        column = results[0] if results else TOTAL
        if any(word.value == "ended" and word.start > disputes[-1].end for word in words):
            return
        for word in disputes:
            yield Cell(blocks=blocks_of(word), column=column), disclosure
        yield from _asked_too(plain, place, requests)
        return
    if results:
        named = about or [cell.blocks for cell in context.lately if cell.blocks]
        named = named or [blocks for blocks in (topic_blocks(context.topic),) if blocks]
        lost = next(word for word in words if word.kind == "result").start
        if plain.startswith("败诉", lost):
            named = [SUITS]
        for blocks in dict.fromkeys(named or [REVIEW, SUITS]):
            yield Cell(blocks=blocks, column=results[0]), bool(named) or context.spoken
        return
    for word in words:
        row = carried(word, plain, context)
        if row and _TAIL.fullmatch(_rest(plain, word.end, stop, words)):
            sure = context.topic == "requests" or context.section == "requests" or bool(requests)
            yield Cell((row,)), sure
            return
    if not heads or not _TAIL.fullmatch(plain, heads[-1].end, stop):
        return
    head = heads[-1]
    if head.kind == "outcome":
        if context.topic == "requests" or context.section == "requests":
            yield Cell((head.value,)), True
    elif head.kind == "request":
        for word in words:
            if word.kind == "outcome":
                yield Cell((word.value,)), head.value == "strong"
                return
        yield from _no_request(head, words, context)
    elif head.kind == "table2":
        yield from _no_paper(plain[place:stop], verb, words)


def _rest(plain: str, place: int, stop: int, words: list[Word]) -> str:
    """What stands behind a word, without the words for requests."""
    for word in words:
        if word.kind == "request" and word.start >= place:
            place = word.end if word.start == place else place
    return plain[place:stop]


def _asked_too(plain: str, place: int, requests: list[Word]) -> Iterator[tuple[Cell, bool]]:
    """未收到政府信息公开申请和行政复议: the request is named beside the disputes, not as their cause."""
    for word in requests:
        if _JOINED.match(plain, word.end) and not _MODIFIES.search(plain, place - 2, word.start):
            yield Cell((NEW,)), True
            return


def _no_request(head: Word, words: list[Word], context: Context) -> Iterator[tuple[Cell, bool]]:
    if any(word.kind in ("channel", "part", "growth", "conclude") for word in words):
        return
    if head.value == "weak" and "requests" not in (context.section, context.topic):
        return
    kinds = [word.value for word in words if word.kind == "kind"]
    yield Cell((NEW,), kinds[0] if len(kinds) == 1 else TOTAL), True


def _no_paper(text: str, verb: str, words: list[Word]) -> Iterator[tuple[Cell, bool]]:
    verbs = [word.value for word in words if word.kind == "verb2"]
    column = verbs[-1] if verbs else _MADE.get(verb, "")
    for key in dict.fromkeys(word.value for word in words if word.kind == "table2"):
        if key in PAPERS:
            if column in ("made", "repealed", "in_force"):
                yield Cell(key=key, column=column), True
        elif verb in ("作出", "做出", "实施", "") and not verbs:
            yield Cell(key=key, column="decisions"), verb != "" and "决定" in text


def read_all(
    plain: str,
    start: int,
    end: int,
    words: Sequence[Word],
    context: Context,
    *,
    numbers: bool,
    disclosure: bool,
) -> Iterator[Told]:
    """What a clause says of all of them."""
    same = _SAME.search(plain, start, end)
    if same is not None and context.base is not None:
        yield Told(context.base, None, *same.span("same"), same=True)
    for word in words:
        if word.kind == "result":
            yield from _all_results(
                plain, start, word, words, context, numbers=numbers, disclosure=disclosure
            )
    asked = (context.told or "requests" in (context.section, context.topic)) or any(
        cell.rows for cell in context.named
    )
    if not asked or any(word.kind in ("review", "suit", "foreign") for word in words):
        return
    kinds = [word for word in words if word.kind == "kind"]
    if len(kinds) == 1 and not numbers and _KIND.search(plain, start, kinds[0].start):
        base = context.base if context.base is not None and context.base.rows else None
        if base is None and context.told and _APPLICANTS.match(plain, start):
            whole, at = Cell((NEW,)), (kinds[0].start, kinds[0].end)
            yield Told(Cell((NEW,), kinds[0].value), None, *at, whole=whole)
        if base is not None and not any(word.kind == "channel" for word in words):
            cell = Cell(base.rows, kinds[0].value)
            yield Told(cell, context.base_written, kinds[0].start, kinds[0].end)
    done = _DONE.search(plain, start, end)
    if done is not None and not numbers and not context.carries:
        about = f"{done[0]}：按没有结转下年度的申请理解。"
        yield Told(Cell((CARRIED_OUT,)), 0, *done.span(), about=about)


def _all_results(
    plain: str,
    start: int,
    word: Word,
    words: Sequence[Word],
    context: Context,
    *,
    numbers: bool,
    disclosure: bool,
) -> Iterator[Told]:
    if numbers:
        return
    if _ABSENT.search(plain, start, word.start):
        return
    every = _ALL.search(plain, max(start, word.start - 10), word.start) is not None
    inside = [blocks_of(w) for w in words if w.kind in ("review", "suit") and w.end <= word.start]
    named = inside or [
        cell.blocks for cell in context.lately if cell.blocks and cell.column == TOTAL
    ]
    sure = disclosure or bool(named)
    if not named and every:
        named = [blocks for blocks in (topic_blocks(context.topic),) if blocks]
    parts = {blocks for blocks in named if any(set(blocks) < set(other) for other in named)}
    for blocks in dict.fromkeys(blocks for blocks in named if blocks not in parts):
        whole = Cell(blocks=blocks)
        written = context.written.get(blocks)
        if not every and (written != 1 or len(set(named)) > 1):
            continue
        cell = Cell(blocks=blocks, column=word.value)
        yield Told(cell, written, word.start, word.end, sure, whole)
