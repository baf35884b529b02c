"""The words of 复议诉讼 as clerks write them: 类别, 结果, 是."""

from __future__ import annotations

from collections.abc import Mapping

from db.disputes.dispute import Block, Result
from db.words.text import bare

_BLOCKS: Mapping[str, Block] = {
    **{block.label: block for block in Block},
    "复议": Block.REVIEW,
    "未经复议": Block.DIRECT_SUIT,
    "直接起诉": Block.DIRECT_SUIT,
    "未经复议起诉": Block.DIRECT_SUIT,
    "经复议后起诉": Block.SUIT_AFTER_REVIEW,
    "复议后诉讼": Block.SUIT_AFTER_REVIEW,
}
_RESULTS: Mapping[str, Result] = {
    **{result.label: result for result in Result},
    "维持": Result.UPHELD,
    "纠正": Result.CORRECTED,
    "其他": Result.OTHER,
    "未审结": Result.PENDING,
    "审理中": Result.PENDING,
}
_YES, _NO = ("是", "yes", "y", "√", "1", "true"), ("否", "no", "n", "0", "false")


def parse_block(said: str) -> Block | None:
    """One of the three blocks of table 4."""
    return _BLOCKS.get(bare(said))


def parse_result(said: str) -> Result | None:
    """How a dispute ended; 尚未审结 that it has not."""
    return _RESULTS.get(bare(said))


def parse_yes(said: str) -> bool | None:
    """Yes or no."""
    word = bare(said)
    return True if word in _YES else False if word in _NO else None
