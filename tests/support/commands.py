"""The command line called in this process, over a register of the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

NEW = (
    "new",
    "--applicant",
    "张三",
    "--kind",
    "自然人",
    "--channel",
    "网上",
    "--received",
    "2026-03-02",
    "--subject",
    "征地批复",
)


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output; nothing on standard error."""
        assert self.err == ""
        return json.loads(self.out)


Taizhang = Callable[..., Answer]


def refused(answer: Answer, status: int) -> str:
    """One sentence on standard error, never a traceback; on standard output the same, or nothing.

    The same is there as JSON if that was asked for.
    """
    assert answer.status == status
    if answer.out:
        assert json.loads(answer.out) == {"error": answer.err.strip(), "faults": []}
    (sentence,) = answer.err.splitlines()
    assert sentence.endswith("。")
    assert "Traceback" not in sentence
    return sentence
