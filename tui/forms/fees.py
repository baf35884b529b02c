"""The fee calculator's form (国办函〔2020〕109号)."""

from __future__ import annotations

from db.errors import BadValue
from db.law.fees import fee_by_item, fee_by_page
from db.words.text import fold
from db.words.vocabulary import FeeBasis
from tui.forms.draft import Draft
from tui.forms.fields import FieldSpec, Surroundings, choice_field, numbered

LARGEST = 100_000


def _count(text: str, _: Surroundings) -> int:
    digits = fold(text)
    if not (digits.isascii() and digits.isdigit()) or int(digits[:9]) > LARGEST:
        raise BadValue(f"请写数字，最多 {LARGEST}。")
    return int(digits)


def fee_fields() -> tuple[FieldSpec, ...]:
    """How it is charged, and how many."""
    return (
        choice_field(
            "basis",
            "计费方式",
            "同一件申请只能选一种。按件：同一申请人一个自然月内的全部申请；按量：一件申请提供的页数。",
            numbered(FeeBasis),
            required=True,
            initial=FeeBasis.BY_ITEM.label,
            echo=lambda value, _: _RULES[value],
        ),
        FieldSpec(
            "count",
            "件数或页数",
            "按件的，写本月（自然月）累计件数；按量的，写页数（一面为一页）。",
            _count,
            required=True,
        ),
    )


_RULES = {
    FeeBasis.BY_ITEM: "10件以内免费；11至30件每件100元；31件起每增10件一档，每档加100元",
    FeeBasis.BY_PAGE: "30页以内免费；31至100页每页10元；101至200页每页20元；201页起每页40元",
}


def fee_of(draft: Draft) -> int:
    """The fee in fen that a complete draft comes to."""
    charge = fee_by_item if draft.values["basis"] is FeeBasis.BY_ITEM else fee_by_page
    return charge(draft.values["count"])
