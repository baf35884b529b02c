"""The command line in a clerk's words: records by their place, what is filled in, headings, kinds."""

from __future__ import annotations

from tests.support.commands import NEW, Taizhang, refused


def test_a_record_is_named_by_its_place_in_its_case(taizhang: Taizhang) -> None:
    """The second case's records have other ids than places; what is shown is taken, ids too."""
    for number in ("甲", "乙"):
        taizhang(*NEW, "--no", number)
    taizhang("log", "乙", "note", "--on", "2026-03-05", "--note", "来电")
    assert "第2条 备注（2026-03-05）" in taizhang("show", "乙").out
    done = taizhang(
        "correct", "乙", "第2条", "--reason", "记错", "--note", "来信", "--json"
    ).document
    assert done["events"][-1]["target"] == done["events"][1]["id"] == 3
    assert taizhang("correct", "乙", "3", "--reason", "错", "--note", "来访").status == 0
    wrong = refused(taizhang("correct", "乙", "1", "--reason", "错", "--note", "来访"), 1)
    assert "要指本件的第几条，请写成“第3条”这样" in wrong
    assert "只有4条" in refused(taizhang("correct", "乙", "第9条", "--reason", "错", "--void"), 1)


def test_what_was_empty_is_filled_in_without_a_reason(taizhang: Taizhang) -> None:
    taizhang(*NEW)
    filled = taizhang(
        "correct", "2026-0001", "第1条", "--phone", "139", "--unit", "财政局", "--json"
    )
    assert filled.document["events"][-1]["changes"] == {"phone": "139", "unit": "财政局"}
    told = taizhang("show", "2026-0001").out
    assert "第1条 收到（2026-03-02）  已补充（第2条）" in told
    assert "第2条 补充（2026-03-10）  补充第1条收到：承办科室 财政局，联系电话 139" in told
    for change in (("--phone", "138"), ("--void",)):
        assert "--reason" in refused(taizhang("correct", "2026-0001", "第1条", *change), 2)
    assert taizhang("correct", "2026-0001", "1", "--reason", "换号", "--phone", "138").status == 0
    assert "更正第1条收到：联系电话 139 改为 138" in taizhang("show", "2026-0001").out


def test_the_kinds_are_listed_where_they_are_asked_for(taizhang: Taizhang) -> None:
    told = "".join(taizhang("log", "--help").out.split())
    assert "consultation_started征求意见、" in told


def test_the_headings_of_a_report_stand_apart(taizhang: Taizhang) -> None:
    taizhang(*NEW)
    heads = taizhang("report", "2026").out.splitlines()[1]
    assert heads.split() == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
