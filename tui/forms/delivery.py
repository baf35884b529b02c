"""送达: the fields of an answer that say how and when it was delivered, holding what is known."""

from __future__ import annotations

from dataclasses import replace

from db.law.event import Event
from tui.forms.correction import holding
from tui.forms.events import FIELDS
from tui.forms.fields import FieldSpec

_NAMES = ("delivery", "on", "postal_no", "signed_on")


def delivery_fields(answer: Event) -> tuple[FieldSpec, ...]:
    """The way, the day that is its 办结日期, the postal number, and the day it was signed for."""
    specs = {spec.name: spec for spec in FIELDS[answer.kind] if spec.name in _NAMES}
    day = replace(
        specs["on"],
        label="送达日期",
        help="邮寄的填交邮之日，当面和委托送达的填签收之日，电子的填发出之日；这一天就是办结日期。\n"
        + specs["on"].help.rpartition("\n")[2],
    )
    return tuple(
        holding(day if name == "on" else specs[name], getattr(answer, name)) for name in _NAMES
    )
