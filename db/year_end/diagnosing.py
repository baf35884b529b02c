"""What is wrong with a report that came in, each thing in a sentence its organ can be sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import PurePath

from db.words.text import nfkc
from db.year_end.checks import check_sums
from db.year_end.finding import RULES, Finding
from db.year_end.form import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMN_LABELS,
    COLUMNS,
    CONCLUDED,
    FORM_DOCUMENTS,
    NEW,
    Form,
    form_of,
    row_labels,
)
from db.year_end.mistakes import Mistake, likely_mistakes, mended
from db.year_end.narrative import Part, PartText
from db.year_end.proactive_checks import check_proactive
from db.year_end.received import Problem, Received
from db.year_end.text_checks import check_texts, figures_of

_REMEDIES = {
    "A": "请核对第三项各行与（七）总计。",
    "B": "请核对第一、二、四项与（七）总计。",
    "C": "请核对这一行六类申请人与总计。",
    "D": "请核对各项结果与总计。",
}
_DOCUMENTS: dict[Form, str] = {
    "2019": "国办公开办函〔2019〕60号",
    "2021": "国办公开办函〔2021〕30号",
}


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """A report with everything that is wrong with it; `problems` other than P keep it from the sum.

    `remarks` are worth a look. `mistakes` are the likely ones; those with a `mend` can be mended.
    """

    part: Received
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    mistakes: tuple[Mistake, ...] = ()
    accepted: str = ""
    """Why it is summed although it does not reconcile."""

    @property
    def ok(self) -> bool:
        return all(problem.rule == "P" for problem in self.problems)

    @property
    def mends(self) -> tuple[Mistake, ...]:
        return tuple(mistake for mistake in self.mistakes if mistake.mend)


def diagnose(
    part: Received, year: int, form: Form, at: datetime, before: Received | None = None
) -> Diagnosed:
    """Everything that is wrong with a report for a year's sum on a form; `before` is the same
    organ's of the year before."""
    table, disputes = part.table(at, year), part.table4()
    mistakes = likely_mistakes(table, disputes)
    problems = [*_wrong_paper(part, year, form), *part.problems]
    for finding in check_sums(table, disputes):
        if not finding.ok and finding.rule in _REMEDIES and _is_known(part, finding):
            problems.append(_problem(finding, mistakes))
    remarks = [*part.remarks, *_whose(part)]
    if part.whole:
        remarks += _claims(part, year, at, before)
        if before is not None:
            remarks += _carried(part, before)
    return Diagnosed(part, tuple(problems), tuple(remarks), mistakes)


def _wrong_paper(part: Received, year: int, form: Form) -> Iterator[Problem]:
    if part.year is not None and part.year != year:
        text = f"报告写的是{part.year}年，要的是{year}年；请核对是不是报错了文件。"
        yield Problem("form", "年度", text, part.year, year)
    if part.form != form:
        text = f"用的是{part.form}年格式（{FORM_DOCUMENTS[part.form]}），"
        own = form_of(year)
        text += (
            f"{year}年的年报应按{own}年格式（{FORM_DOCUMENTS[own]}）"
            if form == own
            else "与汇总的格式不同"
        )
        others = "，“其他处理”分三行" if form == "2021" else ""
        text += f"；请按{form}年格式重填{others}。"
        yield Problem("form", "格式", text, int(part.form), int(form))


def _is_known(part: Received, finding: Finding) -> bool:
    """Whether all that a comparison looks at was read."""
    requests, disputes = part.requests or {}, part.disputes or {}
    if finding.rule == "D":
        cells = next((c for block, c in disputes.items() if block.label == finding.where), (None,))
        return None not in cells
    if not requests:
        return False
    if finding.rule == "C":
        code = next(r.code for r in row_labels(part.form) if r.group + r.label == finding.where)
        return None not in requests[code]
    place = COLUMN_LABELS.index(finding.where)
    codes = {NEW, CARRIED_IN, CONCLUDED, CARRIED_OUT}
    if finding.rule == "A":
        codes = {code for code in requests if code.startswith("3.")}
    return all(requests[code][place] is not None for code in codes)


def _problem(finding: Finding, mistakes: Sequence[Mistake]) -> Problem:
    """A comparison that does not hold, with the mistake that is probably behind it."""
    said = (
        f"{RULES[finding.rule]}：“{finding.where}”左边{finding.left}，右边{finding.right}，"
        f"相差{finding.difference}。"
    )
    likely = [one.text for one in mistakes if (finding.rule, finding.where) in one.explains]
    why = likely[0] if likely else ""
    text = said + (why or _REMEDIES[finding.rule])
    return Problem(finding.rule, finding.where, text, finding.left, finding.right, why)


def _whose(part: Received) -> Iterator[Problem]:
    if part.requests is None and part.disputes is None:
        return
    if not part.organ:
        text = "标题、落款和文件名都没有写明机关；请在标题里写全称。"
        yield Problem("organ", "机关", text)
    elif part.signed and not same_organ(part.organ, part.signed):
        text = f"标题写的是“{part.organ}”，落款是“{part.signed}”；请核对。"
        yield Problem("organ", "机关", text)
    if part.named and part.organ and not same_organ(part.organ, part.named):
        text = f"标题写的是“{part.organ}”，文件名写的是“{part.named}”；请核对是不是报错了文件。"
        yield Problem("organ", "文件名", text)
    if part.year is None:
        text = "标题和文件名都没有写明年度；请在标题里写明。"
        yield Problem("organ", "年度", text)


def _claims(part: Received, year: int, at: datetime, before: Received | None) -> Iterator[Problem]:
    """Rule E, as far as the texts are there."""
    narrative = {each: PartText(each, part.texts.get(each, "")) for each in Part}
    then = None
    if before is not None and before.whole:
        then = figures_of(before.table(at, year - 1), before.table4(), before.table2())
    now = figures_of(part.table(at, year), part.table4(), part.table2())
    for finding in check_texts(narrative, now, then, part.organ):
        if not finding.ok:
            text = (
                f"文字写的是{finding.left}，表里是{finding.right}：“{finding.quote}”；"
                "请核对，使文字与表格一致。"
            )
            yield Problem("E", finding.where, text, finding.left, finding.right)


def _carried(part: Received, before: Received) -> Iterator[Problem]:
    """Rules L, M and N against the report of the year before."""
    if before.requests is not None and part.requests is not None:
        carried_in, carried_out = part.requests[CARRIED_IN], before.requests[CARRIED_OUT]
        for place, label in enumerate(COLUMN_LABELS[: len(COLUMNS)]):
            now, then = carried_in[place], carried_out[place]
            if now is not None and then is not None and now != then:
                text = (
                    f"“{label}”第二项（上年结转）是{now}，上年报告的第四项（结转下年度）是{then}；"
                    "请按上年报告填写，确有更正的请说明。"
                )
                yield Problem("L", label, text, now, then)
    for finding in check_proactive(part.table2(), before.table2()):
        if finding.rule in ("M", "N") and not finding.ok:
            text = (
                f"“{finding.where}”写的是{finding.left}，按上年报告推算应是{finding.right}；"
                "请核对制发、废止与上年的数。"
            )
            yield Problem(finding.rule, finding.where, text, finding.left, finding.right)


def with_mends(
    one: Diagnosed,
    names: Sequence[str],
    year: int,
    form: Form,
    at: datetime,
    before: Received | None = None,
) -> Diagnosed:
    """The report with some mistakes mended that were named; `part` keeps what else it said."""
    chosen = [mistake for mistake in one.mends if mistake.name in names]
    if not chosen or one.part.requests is None or one.part.disputes is None:
        return one
    requests, disputes = mended(one.part.requests, one.part.disputes, chosen)
    part = replace(one.part, requests=requests, disputes=disputes)
    return diagnose(part, year, form, at, before)


def twice(all_of_them: Sequence[Diagnosed]) -> list[Diagnosed]:
    """The same, each that is a second report of an organ told so: it never adds to the sum again."""
    told: list[Diagnosed] = []
    for one in all_of_them:
        first = next((other for other in told if is_same(one.part, other.part)), None)
        if first is not None:
            one = told_twice(one, first)  # noqa: PLW2901
        else:
            other_one = next((other for other in told if _are_alike(one.part, other.part)), None)
            if other_one is not None:
                text = f"各格数字与“{PurePath(other_one.part.file).name}”完全相同；请核对是不是抄错了文件。"
                one = replace(  # noqa: PLW2901
                    one, remarks=(*one.remarks, Problem("twice", "文件", text))
                )
        told.append(one)
    return told


def told_twice(one: Diagnosed, other: Diagnosed) -> Diagnosed:
    """Told that the other is the same organ's."""
    name = PurePath(other.part.file).name
    text = f"与“{name}”是同一机关的报告；只能留一份，请核对哪一份是最后的。"
    return replace(one, problems=(Problem("twice", "文件", text), *one.problems))


def is_same(one: Received, other: Received) -> bool:
    """Whether both are one organ's report of one year."""
    return bool(one.organ) and alike(one.organ, other.organ) and one.year == other.year


def _are_alike(one: Received, other: Received) -> bool:
    """Whether all figures of two reports are equal, and not nearly all of them 0."""
    if one.requests is None or (one.requests, one.disputes) != (other.requests, other.disputes):
        return False
    return sum(bool(n) for cells in one.requests.values() for n in cells) >= 10


def same_organ(one: str, other: str) -> bool:
    """Whether two names can be one organ's: the shorter one's signs stand in the longer, in order."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    rest = iter(long)
    return all(sign in rest for sign in short)


def alike(one: str, other: str) -> bool:
    """Whether two names are written alike, but for blanks and brackets."""
    return _bare(one) == _bare(other)


@lru_cache(maxsize=4096)
def _bare(organ: str) -> str:
    return re.sub(r"[\s（）()·]", "", nfkc(organ))
