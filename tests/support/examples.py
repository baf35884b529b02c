"""How many examples a property is tried on: a few at every change, many with TAIZHANG_THOROUGH=1."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

TIMES = 20 if os.environ.get("TAIZHANG_THOROUGH") == "1" else 1


def examples(usual: int, **more: Any) -> settings:
    """The settings of a property that is usually tried on so many examples."""
    return settings(max_examples=usual * TIMES, **more)


PROFILE = "taizhang"
settings.register_profile(PROFILE, max_examples=100 * TIMES, deadline=None)
