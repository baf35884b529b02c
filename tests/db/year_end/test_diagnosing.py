"""What is wrong with a report, and which mistake is probably behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from db.disputes.dispute import Block
from db.year_end.diagnosing import Diagnosed, diagnose, same_organ, twice, with_mends
from db.year_end.narrative import Part
from db.year_end.received import Received, gathered
from tests.support.office_pages import sample

AT = datetime(2025, 2, 1, tzinfo=UTC)
TRUE = sample()
GOOD = Received(
    file="水务局.docx",
    organ="青石区水务局",
    year=2024,
    form="2021",
    requests=TRUE.requests,
    disputes=TRUE.disputes,
    proactive=TRUE.proactive,
)


def of(part: Received, before: Received | None = None) -> Diagnosed:
    return diagnose(part, 2024, "2021", AT, before)


def rows(**changed: tuple[int, ...]) -> Received:
    told = {code.replace("r", "").replace("_", "."): cells for code, cells in changed.items()}
    return replace(GOOD, requests={**TRUE.requests, **told})


def said(one: Diagnosed) -> str:
    return "\n".join(problem.text for problem in one.problems)


def test_a_report_that_reconciles_has_no_problem() -> None:
    assert of(GOOD).problems == ()
    assert of(GOOD).mistakes == ()


def test_a_total_column_left_at_0_is_named_and_can_be_mended() -> None:
    empty = {code: (*cells[:6], 0) for code, cells in TRUE.requests.items()}
    one = of(replace(GOOD, requests=empty))
    assert {problem.rule for problem in one.problems} == {"C"}
    assert "总计列没有填（全是0）" in said(one)
    mended = with_mends(one, ["total"], 2024, "2021", AT)
    assert mended.problems == ()
    assert mended.part.requests == TRUE.requests


def test_items_that_come_to_what_was_left_out_mend_row_3_7() -> None:
    one = of(rows(r3_7=(0,) * 7))
    assert {problem.rule for problem in one.problems} == {"A", "B"}
    assert "各项之和是36，正好等于第一项加第二项减第四项" in said(one)
    assert with_mends(one, ["concluded"], 2024, "2021", AT).part.requests == TRUE.requests


def test_mistakes_that_came_together_are_mended_together() -> None:
    empty = {c: (*n[:6], 0) if c != "3.7" else (0,) * 7 for c, n in TRUE.requests.items()}
    one = of(replace(GOOD, requests=empty))
    assert with_mends(one, ["total", "concluded"], 2024, "2021", AT).part.requests == TRUE.requests


def test_items_that_do_not_come_to_it_mend_nothing() -> None:
    one = of(rows(r3_7=(0,) * 7, r3_1=(1, 2, 0, 0, 1, 1, 5)))
    assert "（七）总计没有填" in said(one)
    assert one.mends == ()


def test_a_missing_total_of_a_block_is_named() -> None:
    one = of(replace(GOOD, disputes={**TRUE.disputes, Block.REVIEW: (2, 1, 0, 1, 0)}))
    assert [problem.rule for problem in one.problems] == ["D"]
    assert "“行政复议”的总计没有填；各项结果之和是4" in said(one)
    assert with_mends(one, ["review_total"], 2024, "2021", AT).part.disputes == TRUE.disputes


def shifted(cells: tuple[int, ...], by: int) -> tuple[int, ...]:
    return (*cells[1:], 0) if by < 0 else (0, *cells[:-1])


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ((6, 3, 0, 0, 1, 10, 0), "从“科研机构”起左移了一列"),
        ((3, 0, 0, 0, 1, 10, 0), "整行左移了一列"),
        ((0, 6, 3, 0, 0, 0, 1), "整行右移了一列"),
    ],
)
def test_a_row_one_column_off_is_named_and_can_be_put_back(
    cells: tuple[int, ...], told: str
) -> None:
    one = of(rows(r3_4_1=cells))
    assert told in said(one)
    assert "自然人6、商业企业3、其他1、总计10" in said(one)
    assert [mistake.name for mistake in one.mends] == ["shifted_3.4.1"]
    assert with_mends(one, ["shifted_3.4.1"], 2024, "2021", AT).part.requests == TRUE.requests


@pytest.mark.parametrize(("code", "kinds"), [("3.1", "right"), ("3.7", "right"), ("3.1", "left")])
def test_a_row_whose_kinds_alone_are_one_column_off_is_put_back(code: str, kinds: str) -> None:
    true = {code: (0, *cells[1:5], 0, sum(cells[1:5])) for code, cells in TRUE.requests.items()}
    *six, total = true[code]
    off = (0, *six[:5]) if kinds == "right" else (*six[1:], 0)
    one = of(replace(GOOD, requests={**true, code: (*off, total)}))
    assert "移了一列" in said(one)
    assert "请核对第三项各行" not in said(one)
    assert with_mends(one, [f"shifted_{code}"], 2024, "2021", AT).part.requests == true


def test_rows_that_may_each_be_off_are_not_put_back() -> None:
    nothing = dict.fromkeys(TRUE.requests, (0,) * 7)
    second = (0, 2, 0, 0, 0, 0, 2)
    whole = dict.fromkeys(("1", "3.7"), (2, 2, 0, 0, 0, 0, 4))
    one = of(replace(GOOD, requests={**nothing, **whole, "3.1": second, "3.2": second}))
    assert {problem.rule for problem in one.problems} == {"A"}
    assert one.mends == ()


@pytest.mark.parametrize("by", [-1, 1])
def test_a_table_one_column_off_is_named_and_never_mended(by: int) -> None:
    one = of(replace(GOOD, requests={c: shifted(n, by) for c, n in TRUE.requests.items()}))
    assert "整张表可能" in said(one)
    assert one.mends == ()


def test_totals_that_are_wrong_or_alone_are_named_with_what_they_should_be() -> None:
    one = of(rows(r3_1=(9, 2, 0, 0, 1, 1, 15)))
    assert gathered(one.problems)[0].startswith(
        "“（一）予以公开”的总计写的是15，六类申请人之和是13；请核对，改为13。"
    )
    assert with_mends(one, ["total_3.1"], 2024, "2021", AT).part.requests == TRUE.requests
    alone = of(replace(GOOD, requests={c: (*[0] * 6, n[6]) for c, n in TRUE.requests.items()}))
    assert {problem.likely for problem in alone.problems} == {
        "只填了总计列，六类申请人都是0；请按申请人类型填写。"
    }
    some = {c: (*n[:6], 0 if c in ("3.1", "3.5.2") else n[6]) for c, n in TRUE.requests.items()}
    assert [mistake.name for mistake in of(replace(GOOD, requests=some)).mistakes] == ["total"]


def test_row_3_7_that_alone_is_wrong_is_told_what_it_should_be() -> None:
    one = of(rows(r3_7=(27, 8, 1, 0, 2, 3, 41)))
    assert "“自然人”写的是27，应是23" in said(one)
    assert "可能没有减去第四项" in said(one)
    assert with_mends(one, ["concluded"], 2024, "2021", AT).part.requests == TRUE.requests


def test_a_row_that_row_3_7_does_not_count_is_named() -> None:
    whole, partial = TRUE.requests["3.7"], TRUE.requests["3.2"]
    one = of(rows(r3_7=tuple(n - m for n, m in zip(whole, partial, strict=True))))
    assert "可能没有计入“（二）部分公开" in said(one)
    assert [mistake.name for mistake in one.mends] == ["concluded"]


def test_an_item_counted_twice_or_left_out_is_named() -> None:
    twice_told = of(rows(r3_3_4=(5, 1, 1, 0, 1, 0, 8)))
    assert "正好是“（二）部分公开（区分处理的，只计这一情形，不计其他情形）”一行的数" in said(
        twice_told
    )
    left_out = of(rows(r3_6_3=(0,) * 7))
    assert "各项之和比（七）总计少3件（自然人2、商业企业1）" in said(left_out)


def test_what_was_carried_in_and_left_out_is_named() -> None:
    told = said(of(rows(r2=(0,) * 7)))
    assert "第二项（上年结转）是0，可是（七）总计加第四项比第一项加第二项多5件" in told


def test_received_in_one_column_and_answered_in_the_next() -> None:
    one = of(rows(r1=(22, 8, 1, 0, 2, 3, 36)))
    assert [(problem.rule, problem.where) for problem in one.problems] == [
        ("B", "自然人"),
        ("B", "商业企业"),
    ]
    assert "有1件收到时算在“商业企业”，办理结果里算在“自然人”，正好错了一列" in said(one)


def test_what_was_carried_in_is_counted_twice() -> None:
    one = of(rows(r1=(27, 8, 1, 0, 2, 3, 41)))
    assert "第一项可能已经含上年结转的5件" in said(one)


def test_open_cases_that_row_4_does_not_tell() -> None:
    one = of(rows(r4=(0,) * 7))
    assert "第四项（结转下年度继续办理）是0，可是第一项加第二项比（七）总计多5件" in said(one)


def test_the_form_and_the_year_are_held_against_what_is_asked() -> None:
    old = sample("2019")
    part = replace(GOOD, form="2019", year=2023, requests=old.requests, proactive=None)
    one = of(part)
    assert [(problem.rule, problem.where) for problem in one.problems] == [
        ("form", "年度"),
        ("form", "格式"),
    ]
    assert "请按2021年格式重填，“其他处理”分三行。" in said(one)


def test_what_could_not_be_read_is_not_compared() -> None:
    broken = {**TRUE.requests, "3.1": (None, 2, 0, 0, 1, 1, 99)}
    one = of(replace(GOOD, requests=broken))
    wheres = {(problem.rule, problem.where) for problem in one.problems}
    assert ("C", "（一）予以公开") not in wheres
    assert ("A", "自然人") not in wheres
    assert ("A", "总计") in wheres


def test_last_years_report_is_held_against_rows_and_table_2() -> None:
    before = replace(
        GOOD,
        year=2023,
        requests={**TRUE.requests, "4": (3, 1, 0, 0, 0, 0, 4)},
        proactive={**(GOOD.proactive or {}), "documents.in_force": Decimal(9)},
    )
    one = of(GOOD, before)
    told = [(remark.rule, remark.where) for remark in one.remarks if remark.rule != "E"]
    assert told == [("L", "自然人"), ("L", "总计"), ("M", "规章"), ("N", "行政规范性文件")]
    assert one.ok


def test_what_is_mended_is_held_against_last_year_as_it_is_then() -> None:
    carried_out = {"4": TRUE.requests["2"], "2": TRUE.requests["4"]}
    before = replace(GOOD, year=2023, requests={**TRUE.requests, **carried_out})
    one = of(rows(r2=(*TRUE.requests["2"][:6], 0)), before)
    assert "L" in {remark.rule for remark in one.remarks}
    mended = with_mends(one, ["total"], 2024, "2021", AT, before)
    assert mended.part.requests == TRUE.requests
    assert "L" not in {remark.rule for remark in mended.remarks}


def test_a_text_that_says_otherwise_is_a_remark() -> None:
    part = replace(GOOD, texts={Part.OVERVIEW: "2024年，我局收到政府信息公开申请46件。"})
    one = of(part)
    assert [(remark.rule, remark.left, remark.right) for remark in one.remarks] == [("E", 46, 36)]


def test_a_title_and_a_signature_of_two_organs() -> None:
    one = of(replace(GOOD, signed="青石区林业局"))
    assert [remark.rule for remark in one.remarks] == ["organ"]
    assert same_organ("株洲市扶贫办", "株洲市扶贫开发办公室")
    assert of(replace(GOOD, signed="青石区水务局")).remarks == ()


def test_a_second_report_of_an_organ_is_told_so() -> None:
    first, second = twice([of(GOOD), of(replace(GOOD, file="水务局(1).docx"))])
    assert first.ok
    assert [problem.rule for problem in second.problems] == ["twice"]
    other = twice([of(GOOD), of(replace(GOOD, organ="青石区林业局"))])[1]
    assert other.ok
    assert [remark.rule for remark in other.remarks] == ["twice"]
