"""An event holds what it carries; it is compared, copied and sent as if it held every field."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.law.event import Event, replaced
from db.words.vocabulary import EventKind, Opinion

FACTS = st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(0, 2),
        "recorded_by": st.sampled_from(("", "沈秋")),
        "party": st.sampled_from((None, "", "某公司")),
        "opinion": st.sampled_from((None, *Opinion)),
        "days": st.sampled_from((None, 0, 1)),
    },
)


def every_field(event: Event) -> tuple[Any, ...]:
    return tuple(getattr(event, field.name) for field in fields(Event))


@given(FACTS, FACTS)
def test_it_is_as_if_every_field_were_held(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = (Event(EventKind.NOTE, date(2025, 3, 5), **told) for told in (one, other))
    assert (first == second) == (every_field(first) == every_field(second))
    assert first != second or hash(first) == hash(second)
    changed = replaced(first, **other)
    assert every_field(changed) == every_field(replace(first, **other))
    assert changed == pickle.loads(pickle.dumps(changed))


def test_it_takes_no_other_facts_and_none_after_it_is_made() -> None:
    told: dict[str, Any] = {"colour": "red"}
    with pytest.raises(TypeError, match="colour"):
        Event(EventKind.NOTE, date(2025, 3, 5), **told)
    with pytest.raises(FrozenInstanceError):
        Event(EventKind.NOTE, date(2025, 3, 5)).note = "x"  # type: ignore[misc]
