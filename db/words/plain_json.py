"""JSON as records are kept and sealed: keys in order, nothing between, every character as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from json import encoder
from typing import Any


def writer(default: Callable[[Any], Any] | None = None) -> Callable[[Any], str]:
    """What writes a value; `default` tells of what JSON does not know.

    `JSONEncoder.encode` makes the C encoder anew for each value, which takes longer than the value.
    """
    slow = json.JSONEncoder(
        ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=default
    )
    try:
        pieces = encoder.c_make_encoder(  # type: ignore[attr-defined]
            None, slow.default, encoder.encode_basestring, None, ":", ",", True, False, True
        )
    except (AttributeError, TypeError):  # another Python than CPython, or a later one
        return slow.encode
    return lambda value: "".join(pieces(value, 0))
