"""Rule E: what a report's text claims, held against its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.disputes.dispute import Block
from db.year_end.claims.reading import Claim, Figures, read_claims
from db.year_end.form import COLUMNS, row_labels
from tests.support.claims import (
    BEFORE,
    BUSY,
    QUIET,
    SENTENCES,
    Labelled,
    labelled,
    told,
    whole_report,
    whole_reports,
)
from tests.support.examples import examples
from tests.support.workbooks import published

SETS = ("sentences", "second", "third", "fourth", "fifth", "charges")
KNOWN = [row for name in SETS for row in labelled(f"{name}.txt")]
SECOND = "五、存在的主要问题及改进情况"


@pytest.mark.parametrize("name", SETS)
def test_a_sentence_claims_what_a_person_reads_in_it(name: str) -> None:
    for row in labelled(f"{name}.txt"):
        assert sorted(map(told, row.found())) == sorted(row.expected), row.text


def test_there_are_enough_sentences_and_enough_traps() -> None:
    assert len(KNOWN) >= 370
    assert sum(not row.expected for row in KNOWN) >= 60


def test_every_claim_shows_its_number_at_its_place() -> None:
    for row, claim in [(each, claim) for each in KNOWN for claim in each.found()]:
        word = row.text[claim.start : claim.end]
        assert word
        assert word in row.text
        assert claim.quote in row.text
        assert claim.ok == (claim.written == claim.figure)
        if claim.cell.endswith("charges.amount"):
            continue
        if word.isascii() and word.isdigit():
            assert int(word) == claim.written


def published_figures(name: str) -> Figures:
    rows = dict(zip((row.code for row in row_labels("2019")), published(name), strict=True))
    return Figures(2020, rows, dict.fromkeys(Block, (0,) * 5), {})


def parts_of(name: str) -> Mapping[str, str]:
    first, _, second = (SENTENCES / name).read_text(encoding="utf-8").partition(SECOND)
    assert second
    return {"1": first, "5": SECOND + second}


def test_the_report_of_an_office_without_requests_claims_nothing() -> None:
    """Its six 网络舆情交办件, 2523户, 270余条 and 《10条措施》 are nobody's requests."""
    name = "zhuzhou-2020.txt"
    assert read_claims(parts_of(name), published_figures(name)) == ()


def test_the_report_of_an_office_with_five_requests_claims_them_and_no_dispute() -> None:
    name = "guangxi-2020.txt"
    claims = read_claims(parts_of(name), published_figures(name))
    assert [told(claim) for claim in claims] == [
        "1.total=5",
        "review.total=0",
        "direct_suit+suit_after_review.total=0",
    ]
    assert claims[0].quote.startswith("2020年，本办共受理政府信息公开申请5件")
    wrong = Figures(
        2020,
        {row.code: (6,) * len(COLUMNS) for row in row_labels("2019")},
        dict.fromkeys(Block, (1, 0, 0, 0, 1)),
        {},
    )
    assert [claim.ok for claim in read_claims(parts_of(name), wrong)] == [False, False, False]


def only(text: str, *, organ: str = "", figures: Figures = BUSY) -> Claim:
    (claim,) = read_claims({"1": text}, figures, BEFORE, organ=organ)
    return claim


UNREAD = {"documents.in_force=6", "before.1.total=1241", "1.total=1306", "3.5.2.total=68"}
"""What a person reads and the program does not: 对2017年以来的…继续有效6件; 2022年至2024年分别…."""


@pytest.mark.parametrize("path", whole_reports(), ids=lambda path: path.stem)
def test_a_whole_report_claims_what_a_person_reads_in_it(path: Path) -> None:
    report = whole_report(path)
    found, expected = report.found(), report.expected
    for place in found.keys() | expected.keys():
        claims, told_there = Counter(found.get(place, ())), Counter(expected.get(place, ()))
        assert not claims - told_there, "no false alarm"
        assert set(told_there - claims) <= UNREAD


def test_a_finding_names_its_sentence() -> None:
    text = "一、总体情况\n一年来成效明显。我局  收到政府信息公开申请 １２５ 件，已成惯例。\n无。"
    claim = only(text)
    assert (claim.part, claim.sentence) == ("1", 3)
    assert claim.quote == "我局  收到政府信息公开申请 １２５ 件，已成惯例。"
    assert text[claim.start : claim.end] == "１２５"
    assert (claim.written, claim.figure, claim.cell, claim.ok) == (125, 120, "1.total", False)


def test_new_and_carried_in_together_are_named() -> None:
    said = only("收到政府信息公开申请123件。")
    assert not said.ok
    assert "新收与上年结转之和" in said.about
    plain, _ = read_claims({"1": "收到政府信息公开申请123件（含上年结转3件）。"}, BUSY)
    assert plain.ok
    assert "含上年结转" in plain.about


@pytest.mark.parametrize(
    ("organ", "read"),
    [
        ("某某市某某区人民政府", True),
        ("某某区人民政府办公室", True),
        ("某某区", True),
        ("本机关", True),
        ("某某区教育局", False),
        ("某某市人民政府", False),
        ("", True),
    ],
)
def test_the_government_of_a_district_is_the_organ_or_another(organ: str, read: bool) -> None:
    text = "2025年，区政府共收到政府信息公开申请125件，办结117件。"
    claims = read_claims({"1": text}, BUSY, organ=organ)
    assert [told(claim) for claim in claims] == (["1.total=125!", "3.total=117"] if read else [])


def test_an_office_that_says_our_bureau_is_no_government() -> None:
    text = "区政府共收到政府信息公开申请125件。我局收到120件。"
    assert [told(claim) for claim in read_claims({"1": text}, BUSY)] == ["1.total=120"]


def test_a_district_speaks_of_itself() -> None:
    text = "我区高度重视。2025年，全区共收到政府信息公开申请125件。"
    for organ in ("", "某某区", "某某区人民政府"):
        assert [told(claim) for claim in read_claims({"1": text}, BUSY, organ=organ)] == [
            "1.total=125!"
        ]
    assert read_claims({"1": text}, BUSY, organ="某某区教育局") == ()


def test_where_table_2_is_not_filled_nothing_of_it_is_held() -> None:
    empty = Figures(2025, BUSY.requests, BUSY.disputes, {})
    text = "制发行政规范性文件4件，作出行政处罚决定18件。"
    assert read_claims({"1": text}, empty) == ()


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("113.5631万元", True),
        ("113.56万元", True),
        ("113.6万元", True),
        ("1135631元", True),
        ("113.57万元", False),
        ("114万元", False),
    ],
)
def test_money_is_held_as_finely_as_it_was_told(text: str, ok: bool) -> None:
    figures = Figures(2025, {}, {}, {"charges": {"amount": Decimal("113.563100")}})
    claim = only(f"行政事业性收费{text}。", figures=figures)
    assert (claim.ok, str(claim.figure)) == (ok, "113.5631")


def test_group_rows_may_be_given_or_summed() -> None:
    given_group = Figures(2025, {**BUSY.requests, "3.6": (0,) * 7}, BUSY.disputes, {})
    text = "政府信息公开申请其他处理9件。"
    assert only(text).ok
    assert only(text, figures=given_group).figure == 0


def test_a_table_that_lacks_a_row_is_not_held() -> None:
    nothing = Figures(2025, {}, {}, {})
    for row in KNOWN:
        assert read_claims({"1": row.text}, nothing, nothing) == ()


PIECES = st.sampled_from(
    [
        *(
            "收到",
            "受理",
            "政府信息公开申请",
            "依申请公开",
            "办结",
            "不予公开",
            "结转",
            "上年",
            "其中",
        ),
        *(
            "件",
            "份",
            "5件，",
            "12",
            "一百",
            "零",
            "1,200",
            "20%",
            "第",
            "余",
            "共",
            "含",
            "同比",
            "增长",
        ),
        *(
            "未",
            "没有",
            "无",
            "均",
            "维持",
            "行政复议",
            "行政诉讼",
            "自然人",
            "网络",
            "我局",
            "市政府",
        ),
        *(
            "2025年",
            "2024年",
            "〔2025〕",
            "规范性文件",
            "制发",
            "，",
            "。",
            "、",
            "（",
            "）",
            "：",
            "《",
            "》",
        ),
        *(" ", "\n", "\u200b", "１２"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join))
@examples(100)
def test_no_text_is_refused(text: str) -> None:
    for figures in (BUSY, QUIET):
        for claim in read_claims({"1": text, "6": text}, figures, BEFORE):
            assert 0 <= claim.start < claim.end <= len(text)
            assert claim.ok == (claim.written == claim.figure)


@given(st.sampled_from(KNOWN), st.sampled_from(KNOWN))
@examples(100)
def test_a_paragraph_does_not_change_the_next(first: Labelled, second: Labelled) -> None:
    if first.figures != second.figures or "）" in first.text[:4]:
        return
    if any(word in first.text + second.text for word in ("我局", "本局", "我镇")):
        return
    text = f"{first.text}\n（三）其他\n{second.text}"
    apart = [told(claim) for row in (first, second) for claim in row.found()]
    figures, before = first.known
    assert [told(claim) for claim in read_claims({"1": text}, figures, before)] == apart
