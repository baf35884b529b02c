"""What a number of reviews and suits claims: which blocks of table 4, and which result."""

from __future__ import annotations

import re

from db.disputes.dispute import Block
from db.year_end.claims.cells import REVIEW, SUITS, Cell
from db.year_end.claims.context import Context, Reading, Segment
from db.year_end.claims.words import Word
from db.year_end.form import TOTAL

_EACH = re.compile("均|各|分别|都")
_SO_ENDED = re.compile("(?:案件|案|申请|结果|均|都|全部|复议机关|法院|被|获得?|予以|得到|判决?)*")
_OF_DISCLOSURE = re.compile("[(（,，](?:其中)?[^，。；()（）0-9]{0,8}信息公开")
"""Behind a number: how many of them are of disclosure."""
_BLOCKS: dict[str, tuple[Block, ...]] = {
    "": SUITS,
    "direct": (Block.DIRECT_SUIT,),
    "after": (Block.SUIT_AFTER_REVIEW,),
}


def blocks_of(word: Word) -> tuple[Block, ...]:
    return REVIEW if word.kind == "review" else _BLOCKS[word.value]


def topic_blocks(topic: str) -> tuple[Block, ...]:
    """The blocks a topic stands for: `review`, `suit`, `suit:direct` …; none for others."""
    kind, _, value = topic.partition(":")
    if kind == "review":
        return REVIEW
    return _BLOCKS[value] if kind == "suit" else ()


def read_dispute(segment: Segment, context: Context, *, sure: bool) -> list[Reading]:
    """The readings of a number whose noun, or topic, is a review or a suit."""
    nouns = [word for word in segment.before if word.kind in ("review", "suit")]
    behind = segment.noun
    if behind is not None and behind.kind in ("review", "suit") and behind not in nouns:
        nouns.append(behind)
    blocks = [blocks_of(word) for word in nouns] or [topic_blocks(context.topic)]
    blocks = [one for one in dict.fromkeys(blocks) if not any(_within(b, one) for b in blocks)]
    if not segment.close or not all(blocks):
        return []
    last = segment.before[-1] if segment.before else None
    if last is not None and last.kind == "part":
        return []
    if _OF_DISCLOSURE.match(segment.plain, segment.number.after):  # so of more than disclosure
        sure = sure and "公开" in segment.plain[: segment.number.start]
    text = segment.plain[segment.start : segment.number.start]
    handled = segment.has("conclude") or "受理" in text
    sure = sure and (not handled or context.disclosure)
    if behind is not None and behind not in segment.before and nouns == [behind]:
        sure = sure and (segment.has("whole", "receive") or "有" in text)
    result = _result(segment, behind, named=bool(nouns))
    if result is None:
        return []
    between = segment.plain[nouns[0].start : segment.number.start] if nouns else ""
    if len(blocks) > 1 and segment.number.value and not _EACH.search(between):
        whole = tuple(block for each in blocks for block in each)
        return [Reading(Cell(blocks=whole, column=result), sure)]
    return [Reading(Cell(blocks=each, column=result), sure) for each in blocks]


def _within(part: tuple[Block, ...], whole: tuple[Block, ...]) -> bool:
    """未经复议直接起诉的行政诉讼: the second word says no more than the first."""
    return set(part) < set(whole)


def _result(segment: Segment, behind: Word | None, *, named: bool) -> str | None:
    """The result the words name, 总计 if they name the disputes alone; None if neither."""
    before = [word.value for word in segment.before if word.kind == "result"]
    if len(before) > 1:
        return None
    if before:
        return before[0]
    if behind is not None and behind not in segment.before:
        for word in segment.after:
            if word.kind == "result" and _SO_ENDED.fullmatch(segment.plain, behind.end, word.start):
                return word.value
    for word in segment.after:
        gap = segment.plain[segment.number.after : word.start]
        if word.kind == "result" and len(gap) <= 4 and not named:
            return word.value
        break
    return TOTAL if named else None
