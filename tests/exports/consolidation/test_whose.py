"""Whose report a paper is, and of which year."""

from __future__ import annotations

import pytest

from db.year_end.narrative import Part
from exports.consolidation.whose import whose_report


@pytest.mark.parametrize(
    ("lines", "organ", "year"),
    [
        (["青石区水务局2024年政府信息公开工作年度报告"], "青石区水务局", 2024),
        (["2024年青石区水务局政府信息公开工作年度报告"], "青石区水务局", 2024),
        (["株洲市扶贫办2020年政府信息公开工作", "年度报告"], "株洲市扶贫办", 2020),
        (["青石区水务局", "2024年度政府信息公开工作年度报告"], "青石区水务局", 2024),
        (["关岭县民政局关于2023年度政府信息公开工作情况的报告"], "关岭县民政局", 2023),
        (["青石区水务局政府信息公开工作年度报告（2024年）"], "青石区水务局", 2024),
        (["青石区水务局", "二〇二四年政府信息公开年度报告"], "青石区水务局", 2024),
        (
            ["首页 > 年报 > 街道年度报告", "2024年迎宾路街道政府信息公开工作年度报告"],
            "迎宾路街道",
            2024,
        ),
        (["青石区水务局政府信息公开2024年度报告"], "青石区水务局", 2024),
        (["青石区水务局", "政府信息公开工作2024年度报告"], "青石区水务局", 2024),
        (["青石区水务局2024年政务公开工作年度报告"], "青石区水务局", 2024),
        (["驼峰路街道办事处政府信息公开工作年度报告"], "驼峰路街道办事处", None),
        (["现公布我局2024年政府信息公开工作年度报告"], "", None),
        (["正文", "统计期限自2024年1月1日起至2024年12月31日止。"], "", 2024),
    ],
)
def test_titles_as_offices_write_them(lines: list[str], organ: str, year: int) -> None:
    told = whose_report("年报.docx", lines)
    assert (told.organ, told.year) == (organ, year)


def test_the_year_that_is_asked_for_is_taken_where_a_site_lists_others() -> None:
    lines = [f"青石区水务局{year}年政府信息公开工作年度报告" for year in (2022, 2023, 2024)]
    assert whose_report("a.html", lines, (), 2023).year == 2023
    assert whose_report("a.html", lines, (), 2019).year == 2022


def test_the_organ_that_signs_is_taken_where_a_site_lists_others() -> None:
    lines = [f"青石区{each}局2024年政府信息公开工作年度报告" for each in ("教育", "水务", "林业")]
    signed = [*lines, "正文", "青石区水务局", "2025年1月15日"]
    assert whose_report("a.html", signed, (), 2024).organ == "青石区水务局"
    assert whose_report("林业局2024年年报.html", lines, (), 2024).organ == "青石区教育局"
    assert whose_report("青石区林业局2024年年报.html", lines, (), 2024).organ == "青石区林业局"
    assert whose_report("a.html", [*lines, lines[2]], (), 2024).organ == "青石区林业局"


def test_the_signature_and_the_name_of_the_file_tell_it_too() -> None:
    signed = whose_report("年报.docx", ["正文", "青石区水务局", "2025年1月15日"])
    assert (signed.organ, signed.signed) == ("青石区水务局", "青石区水务局")
    named = whose_report("03.青石区林业局2024年度报告（终稿）.docx", [])
    assert (named.organ, named.year) == ("青石区林业局", 2024)
    whole = whose_report("00.青石区林业局2024年政府信息公开工作年度报告.docx", [])
    assert (whole.organ, whole.year) == ("青石区林业局", 2024)
    assert whose_report("年报.xlsx", [], ["填报单位：青石区水务局"]).organ == "青石区水务局"
    assert whose_report("扫描件.docx", []).organ == ""


def test_texts_stand_under_their_headings() -> None:
    lines = [
        "目录",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "一、 总体情况",
        "收到申请5件。",
        "（一）主动公开。",
        "三、收到和处理政府信息公开申请情况",
        "说明",
        "五、存在的主要问题及改进情况",
        "一是不够。",
        "六、其他需要报告的事项",
        "无。",
    ]
    assert whose_report("a", lines).texts == {
        Part.OVERVIEW: "收到申请5件。\n（一）主动公开。",
        Part.PROBLEMS: "一是不够。",
        Part.OTHERS: "无。",
    }
