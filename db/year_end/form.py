"""The year-end form's request table: its rows and columns, for both forms.

Sources: 国办公开办函〔2019〕60号 (Form 2019, reports for 2019 and 2020) and 国办公开办函〔2021〕30号
(Form 2021, from the report for 2021 on).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from db.words.outcomes import OUTCOMES, PARTIAL_NOTE
from db.words.vocabulary import ApplicantKind

Form = Literal["2019", "2021"]
FORMS: tuple[Form, ...] = ("2019", "2021")
FORM_DOCUMENTS: dict[Form, str] = {
    "2019": "国办公开办函〔2019〕60号",
    "2021": "国办公开办函〔2021〕30号",
}

TOTAL = "total"
COLUMNS: tuple[str, ...] = (*(kind.value for kind in ApplicantKind), TOTAL)
COLUMN_LABELS: tuple[str, ...] = (*(kind.label for kind in ApplicantKind), "总计")

NEW, CARRIED_IN, CONCLUDED, CARRIED_OUT = "1", "2", "3.7", "4"
_GROUP_NUMERALS = "一二三四五六七"


@dataclass(frozen=True, slots=True)
class RowLabel:
    """One row: its code, the label of its block (groups of block three) and its own label.

    `outcomes` are the codes of the outcomes the row counts; empty for rows 1, 2, 3.7 and 4.
    """

    code: str
    group: str
    label: str
    outcomes: tuple[str, ...] = ()


BLOCK_THREE = "三、本年度办理结果"


def form_of(year: int) -> Form:
    """The form a year's report uses."""
    return "2019" if year <= 2020 else "2021"


@cache
def row_labels(form: Form) -> tuple[RowLabel, ...]:
    """The rows of the form in order: 23 on Form 2019, 25 on Form 2021."""
    rows = [
        RowLabel(NEW, "", "一、本年新收政府信息公开申请数量"),
        RowLabel(CARRIED_IN, "", "二、上年结转政府信息公开申请数量"),
    ]
    for outcome in OUTCOMES:
        _, group_number, *leaf = outcome.code.split(".")
        group = f"（{_GROUP_NUMERALS[int(group_number) - 1]}）{outcome.group}"
        if not leaf:
            note = PARTIAL_NOTE if outcome.code == "3.2" else ""
            rows.append(RowLabel(outcome.code, "", group + note, (outcome.code,)))
        elif form == "2021" or group_number != "6":
            label = f"{leaf[0]}.{outcome.label}"
            rows.append(RowLabel(outcome.code, group, label, (outcome.code,)))
    if form == "2019":
        others = tuple(outcome.code for outcome in OUTCOMES if outcome.code.startswith("3.6."))
        rows.append(RowLabel("3.6", "", "（六）其他处理", others))
    rows.append(RowLabel(CONCLUDED, "", "（七）总计"))
    rows.append(RowLabel(CARRIED_OUT, "", "四、结转下年度继续办理"))
    return tuple(rows)
