"""The form of a correction: the event's own fields as they stand, and why they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db.law.event import Event
from db.words.money import yuan
from db.words.text import one_line
from db.words.vocabulary import EventKind, Labelled
from tui.forms.events import FIELDS
from tui.forms.fields import Choice, FieldSpec, Surroundings, choice_field, text_field
from tui.forms.intake import intake_fields
from tui.forms.papers_of_case import PAPER_FIELDS

REASON = text_field("reason", "更正理由", "为什么更正；必须写明，与更正一起留存。", required=True)
VOID_REASON = text_field(
    "reason", "作废理由", "作废的理由；必须写明，记录仍然留存。", required=True
)


def correction_fields(current: Event, organs: Sequence[str]) -> tuple[FieldSpec, ...]:
    """The fields of the event as it stands now, each holding its present value, and the reason."""
    if current.kind is EventKind.RECEIVED:
        specs = tuple(s for s in intake_fields("", organs) if s.name != "number")
    else:
        specs = FIELDS.get(current.kind, PAPER_FIELDS)
    return (*(holding(spec, getattr(current, spec.name)) for spec in specs), REASON)


_LATER = (
    "phone",
    "address",
    "postcode",
    "email",
    "id_no",
    "agent",
    "unit",
    "officer",
    "channel",
    "submitted_on",
    "purpose",
    "form_wanted",
)
"""What may come to be known after the registration, the usual first."""


def lacking_fields(received: Event, unit: str, officer: str) -> tuple[FieldSpec, ...]:
    """The case's own facts that nobody has given yet; who handles it may have been assigned."""
    own = {spec.name: spec for spec in intake_fields("", ())}
    known = {"unit": unit, "officer": officer}
    return tuple(
        replace(own[name], initial="", apart=False)
        for name in _LATER
        if not known.get(name) and getattr(received, name) is None
    )


def holding(spec: FieldSpec, value: Any) -> FieldSpec:
    """The field with a value in it; a fact that was never given is not asked for now."""
    if value is None:
        return replace(spec, initial="", required=False)
    if spec.choices:
        chosen = next((c for c in spec.choices if c.value == value), None)
        if chosen is None:
            spec, chosen = _with_old_value(spec, value)
        words = f"{chosen.key} {chosen.text}" if "." in chosen.key else chosen.text
        return replace(spec, initial=words)
    return replace(spec, initial=written(spec.name, value))


def _with_old_value(spec: FieldSpec, value: Any) -> tuple[FieldSpec, Choice]:
    """A choice that also offers what was stored before and is none of its own."""
    old = Choice("0", one_line(str(value)), value)

    def echo(chosen: Any, around: Surroundings) -> str:
        return spec.echo(chosen, around) if isinstance(chosen, Labelled) else ""

    made = choice_field(
        spec.name,
        spec.label,
        spec.help,
        (*spec.choices, old),
        match=spec.match,
        echo=echo,
        required=spec.required,
        placeholder=spec.placeholder,
    )
    return made, old


def written(name: str, value: Any) -> str:
    """A value as it is typed into its field: dates in full, money in yuan."""
    if isinstance(value, date):
        return value.isoformat()
    if name == "amount":
        return yuan(value)
    return str(value)
