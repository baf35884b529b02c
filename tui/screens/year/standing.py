"""How each of the six parts of a report stands: 未填, 已填, 有出入 or 已封账."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.disputes.dispute import Block
from db.year_end.form import CARRIED_IN, CARRIED_OUT, COLUMN_LABELS, CONCLUDED
from db.year_end.narrative import Part
from tui.forms.own_parts import length_said
from tui.screens.year.year_text import failed_words

if TYPE_CHECKING:
    from db.year_end.finding import Finding
    from db.year_end.report import YearReport

TITLES = {
    "1": Part.OVERVIEW.label,
    "2": "二、主动公开政府信息情况",
    "3": "三、收到和处理政府信息公开申请情况",
    "4": "四、政府信息公开行政复议、行政诉讼情况",
    "5": Part.PROBLEMS.label,
    "6": Part.OTHERS.label,
}
"""The parts by their numbers, in the order of the form."""
TABLES = REQUESTS, DISPUTES = "3", "4"
"""Those that are counted from the register."""
_RULES = {"2": "MNP", "3": "ABCLPQ", "4": "D"}
PROACTIVE = "主动公开"
"""Where rule P speaks of table 2 (`db.year_end.proactive_checks`)."""


@dataclass(frozen=True)
class Standing:
    """How a part stands, and a word about it; `wrong`: it asks to be looked at."""

    state: str
    about: str = ""
    wrong: bool = False


def standing(number: str, report: YearReport) -> Standing:
    """How the part of a number stands. What the clerk has explained does not count against it."""
    wrong = [one for one in report.wrong if part_of_finding(one) == number]
    entered = _entered(number, report)
    unfilled = entered.state.startswith("未填")
    found = [one for one in wrong if not (one.rule == "P" and unfilled)]
    if report.filing is not None:
        return _filed(number, report, entered, found)
    if found:
        more = f" 等 {len(found)} 处" if len(found) > 1 else ""
        return Standing("有出入", f"{_words(found[0])}{more}", wrong=True)
    return entered


def _filed(number: str, report: YearReport, entered: Standing, found: list[Finding]) -> Standing:
    """Of a filed year first what has moved since, then what was filed though it did not hold."""
    moved = _moved(number, report)
    if moved:
        return Standing("已封账", f"其后变动 {moved} 处", wrong=True)
    if found:
        return Standing("已封账", f"{len(found)} 处不符，没有说明", wrong=True)
    return Standing("已封账", entered.state if entered.wrong else entered.about)


def _words(finding: Finding) -> str:
    """What does not hold; of a text the sentence, as its part is known."""
    if finding.part:
        where = finding.where.removeprefix(TITLES[finding.part]).strip()
        return f"{where}：{finding.left} 与 {finding.right}"
    return failed_words(finding)


def _moved(number: str, report: YearReport) -> int:
    if number in TABLES:
        blocks = set(Block)
        return sum(
            any(cell.code in blocks for cell in (*one.old, *one.new)) == (number == "4")
            for one in report.restatements
        )
    said = PROACTIVE if number == "2" else TITLES[number]
    return sum(one.what.startswith(said) for one in report.own_changes)


def _entered(number: str, report: YearReport) -> Standing:
    if number in TABLES:
        return Standing("已填", "由登记统计")
    own = report.own
    if number == "2":
        missing = len(own.proactive.missing)
        about = f"还有 {missing} 格" if own.proactive.values and missing else ""
        return Standing(own.proactive.state, about, wrong=bool(missing))
    text = own.narrative[Part(number)]
    if not text.text:
        return Standing("未填", wrong=True)
    return Standing("已填", length_said(text.part, text.text))


def unfilled(report: YearReport) -> list[str]:
    """The parts that the clerk has not filled in, or not whole."""
    return [title for number, title in TITLES.items() if _entered(number, report).wrong]


def part_of_finding(finding: Finding) -> str:
    """The number of the part that a finding is about."""
    if finding.part:
        return finding.part
    if finding.rule == "P":
        return "2" if finding.where == PROACTIVE else "3"
    return next(number for number, rules in _RULES.items() if finding.rule in rules)


_ROWS = {"A": CONCLUDED, "B": CONCLUDED, "L": CARRIED_IN, "Q": CARRIED_OUT}


def figure_of_finding(finding: Finding) -> tuple[str, str]:
    """The row and the column's label of the figure that a finding of a table is about."""
    row = _ROWS.get(finding.rule)
    return (row, finding.where) if row else (finding.where, COLUMN_LABELS[-1])
