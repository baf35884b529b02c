"""How many examples a property is tried on: a few at every change, many with TAIZHANG_THOROUGH=1."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import settings

TIMES = 20 if os.environ.get("TAIZHANG_THOROUGH") == "1" else 1
T = TypeVar("T")


def often(every: Sequence[T], few: int) -> Sequence[T]:
    """Of things that are much alike the first few at every change, all when thorough."""
    return every if TIMES > 1 else every[:few]


def examples(usual: int, **more: Any) -> settings:
    """The settings of a property that is usually tried on so many examples."""
    return settings(max_examples=usual * TIMES, **more)


PROFILE = "taizhang"
settings.register_profile(PROFILE, max_examples=40 * TIMES, deadline=None)
