"""Words of an office's own that it has taught once: they are read like the ledger's from then on.

企业 is 商业企业, 门户网站 is 互联网, 信息不存在 is 3.4.1; under 列名 a heading that means a column,
or is not imported. What the vocabulary knows is never taught over. Kept with the register.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from db.disputes.dispute import Block, Result
from db.errors import BadValue
from db.storage.settings import keep_setting, read_setting
from db.storage.transaction import Transaction
from db.words.outcomes import OUTCOMES, parse_outcome
from db.words.text import bare, clean, one_line
from db.words.vocabulary import (
    ApplicantKind,
    Channel,
    EventKind,
    parse_applicant_kind,
    parse_channel,
)
from exports.ledger.columns import CASES, HEADING
from exports.ledger.dispute_columns import BLOCK, DISPUTES, RESULT
from exports.ledger.dispute_words import parse_block, parse_result

LEFT_OUT = "不导入"
"""What a heading means whose column is not imported."""
_SETTING = "import.words"
_MOST, _LONGEST = 500, 60


@dataclass(frozen=True, slots=True)
class TaughtWord:
    """In a column, what a word means: a word that the ledger knows."""

    column: str
    word: str
    meaning: str


@dataclass(frozen=True)
class Taught:
    """All that an office has taught."""

    words: tuple[TaughtWord, ...] = ()

    @cached_property
    def _meanings(self) -> dict[tuple[str, str], str]:
        return {(one.column, bare(one.word)): one.meaning for one in self.words}

    def meaning(self, column: str, said: str) -> str | None:
        """What a word means in a column, if that was taught."""
        return self._meanings.get((column, bare(said))) if self.words else None


NOTHING = Taught()


def read_taught(tx: Transaction) -> Taught:
    """What the register's office has taught; what is no such list is none."""
    stored = read_setting(tx, _SETTING)
    if stored is None:
        return NOTHING
    try:
        return Taught(tuple(TaughtWord(*map(str, told)) for told in json.loads(stored)))
    except (ValueError, TypeError):
        return NOTHING


def teach(tx: Transaction, column: str, word: str, meaning: str) -> Taught:
    """Let a word of a column mean what another does.

    Raises:
        BadValue: no words of the column can be taught, the word is known anyhow, or too long.
    """
    word = one_line(clean(word, "要教的词")).strip()
    offered = dict(meanings(column))
    if meaning not in offered:
        raise BadValue(f"“{column}”里没有“{meaning}”这一项；请从所列的选一项。")
    if not bare(word) or len(word) > _LONGEST:
        raise BadValue(f"要教的词应是{_LONGEST}个字以内的文字。")
    if _KNOWN[column](word) is not None:
        raise BadValue(f"“{word}”本来就认识，不用教。")
    kept = [one for one in read_taught(tx).words if not _same(one, column, word)]
    if len(kept) >= _MOST:
        raise BadValue(f"已经教了{_MOST}个词；请先去掉不用的。")
    return _keep(tx, [*kept, TaughtWord(column, word, meaning)])


def forget(tx: Transaction, column: str, word: str) -> Taught:
    """Unlearn a word."""
    return _keep(tx, [one for one in read_taught(tx).words if not _same(one, column, word)])


def _same(one: TaughtWord, column: str, word: str) -> bool:
    return (one.column, bare(one.word)) == (column, bare(word))


def _keep(tx: Transaction, words: list[TaughtWord]) -> Taught:
    told = [[one.column, one.word, one.meaning] for one in words]
    keep_setting(tx, _SETTING, json.dumps(told, ensure_ascii=False))
    return Taught(tuple(words))


_ENDINGS = (("撤回", EventKind.WITHDRAWN.label), ("作废", EventKind.CANCELLED.label))


def meanings(column: str) -> tuple[tuple[str, str], ...]:
    """What a word of a column can mean: the word, and what it says of itself; none if none can."""
    match column:
        case "申请人类型":
            return tuple((kind.label, "") for kind in ApplicantKind)
        case "申请方式":
            return tuple((channel.label, "") for channel in Channel)
        case "办理结果":
            return (*((outcome.code, outcome.name) for outcome in OUTCOMES), *_ENDINGS)
        case "类别":
            return tuple((block.label, "") for block in Block)
        case "结果":
            return tuple((result.label, "") for result in Result)
    for layout in (CASES, DISPUTES):
        if column == layout.heading:
            return ((LEFT_OUT, "这一列的内容不要"), *((name, "") for name in layout.columns))
    return ()


_KNOWN: dict[str, Callable[[str], Any]] = {
    "申请人类型": parse_applicant_kind,
    "申请方式": parse_channel,
    "办理结果": parse_outcome,
    BLOCK: parse_block,
    RESULT: parse_result,
    HEADING: CASES.named,
    DISPUTES.heading: DISPUTES.named,
}
