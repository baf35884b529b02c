"""The facts of an event as they are kept: two JSON texts, one of them for what can name a person."""

from __future__ import annotations

import json
from typing import Any

from db.law.event import MADE, PERSONAL, Event, facts_of, plain, typed
from db.words.plain_json import writer


def pack(event: Event) -> tuple[str, str]:
    """The event's facts as two JSON texts: those that name nobody, and the personal ones."""
    plainly: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    for name, value in facts_of(event):
        if name == "changes":
            for field, new in value.items():
                side = personal if field in PERSONAL else plainly
                side.setdefault("changes", {})[field] = plain(new)
        else:
            (personal if name in PERSONAL else plainly)[name] = plain(value)
    return _json(plainly), _json(personal)


def unpack(facts: str, personal: str) -> dict[str, Any]:
    """The keyword arguments of `Event` that `pack` wrote."""
    told: dict[str, Any] = _read(facts)
    private: dict[str, Any] = _read(personal)
    private.pop("erased", None)  # the digest of what stood there, see db.privacy.erasing
    changes = {**told.pop("changes", {}), **private.pop("changes", {})}
    known = told | private
    for name in known.keys() & MADE:
        known[name] = typed(name, known[name])
    if changes:
        known["changes"] = {name: typed(name, value) for name, value in changes.items()}
    return known


_json = writer()
_decoded = json.JSONDecoder().raw_decode


def _read(text: str) -> Any:
    """What `json.loads` reads: its own looking around takes longer than these short texts."""
    try:
        told, end = _decoded(text)
        if end == len(text):
            return told
    except (ValueError, TypeError):
        pass
    return json.loads(text)
