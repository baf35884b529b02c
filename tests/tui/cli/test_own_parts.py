"""`figures` and `narrative`: entered, printed, and part of `report`."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.year_end.narrative import Part, read_narrative
from tests.support.at_once import open_register
from tests.support.commands import NEW, Taizhang, refused


@pytest.fixture
def begun(taizhang: Taizhang) -> Taizhang:
    assert taizhang("organ", "add", "某局").status == 0
    assert taizhang(*NEW).status == 0
    return taizhang


def test_figures_are_set_and_printed(begun: Taizhang) -> None:
    answer = begun(
        "figures", "2025", "--set", "rules.in_force=3", "--set", "charges.amount=1.25", "--json"
    )
    assert answer.document["form"] == "2021"
    rows = {row["key"]: row["cells"] for row in answer.document["rows"]}
    assert rows["rules"] == {"made": None, "repealed": None, "in_force": "3"}
    assert rows["charges"] == {"amount": "1.25"}
    assert begun("report", "2025", "--json").document["proactive"] == answer.document
    assert "规章 现行有效件数：3" in begun("figures", "2025").out
    assert begun("figures", "2020", "--json").document["form"] == "2019"
    assert begun("figures", "2025", "--set", "rules.in_force=", "--json").document["rows"][0][
        "cells"
    ] == {"made": None, "repealed": None, "in_force": None}
    assert begun("verify").status == 0


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--set", "rules.in_force"), 2, "KEY=VALUE"),
        (("--set", "rules.made=1", "--set", "rules.made=2"), 2, "不止一次"),
        (("--set", "rule.made=1"), 1, "没有“rule.made”"),
        (("--set", "rules.made=1", "rules.in_force=一"), 1, "应是不小于0的整数"),
        (("--set", "rules.made=1", "--organ", "别处"), 1, "没有受理机关“别处”"),
    ],
)
def test_what_is_wrong_is_refused_whole(
    begun: Taizhang, words: tuple[str, ...], status: int, said: str
) -> None:
    assert said in refused(begun("figures", "2025", *words), status)
    assert begun("figures", "2025", "--json").document["rows"][0]["cells"]["made"] is None


def test_texts_are_saved_from_a_file(begun: Taizhang, tmp_path: Path) -> None:
    text = "2025年，本机关收到申请1件。\n\n第二段。"
    for name, encoding in (("a.txt", "utf-8-sig"), ("b.txt", "gb18030")):
        file = tmp_path / name
        file.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        answer = begun("narrative", "2025", "--part", "1", "--file", str(file), "--json")
        assert answer.document == {"year": 2025, "narrative": {"1": text}}
    assert begun("report", "2025", "--json").document["narrative"] == {"1": text, "5": "", "6": ""}
    assert "第二段" in begun("narrative", "2025").out
    assert "没有文件" in refused(begun("narrative", "2025", "--part", "5", "--file", "无.txt"), 1)
    (tmp_path / "c.txt").write_bytes(b"\x81\xff\xfe")
    assert "不是文字文件" in refused(
        begun("narrative", "2025", "--part", "5", "--file", str(tmp_path / "c.txt")), 1
    )
    assert "--part" in refused(begun("narrative", "2025", "--file", "x"), 2)
    assert "没有“3”这一部分" in refused(begun("narrative", "2025", "--part", "3"), 1)


def test_any_days_are_reported(begun: Taizhang) -> None:
    answer = begun(
        "report", "2026", "--from", "2026-01-01", "--to", "2026-03-31", "--json"
    ).document
    assert (answer["from"], answer["to"], answer["filed"]) == ("2026-01-01", "2026-03-31", None)
    rows = {row["code"]: row["cells"][-1] for row in answer["requests"]["rows"]}
    assert rows["1"] + rows["2"] == rows["3.7"] + rows["4"] == 1
    assert {check["rule"] for check in answer["checks"]} == set("ABCDP")
    assert (
        "2026-01-01至2026-03-31"
        in begun("report", "2026", "--from", "2026-01-01", "--to", "2026-03-31").out
    )
    for words in (
        ("--from", "2026-01-01"),
        ("--from", "2026-01-01", "--to", "2026-03-31", "--filed"),
        ("--from", "2025-01-01", "--to", "2025-03-31"),
    ):
        assert begun("report", "2026", *words).status == 2


def test_a_text_is_drafted_and_not_stored(begun: Taizhang) -> None:
    draft = begun("narrative", "2026", "--part", "1", "--draft", "--json").document
    assert draft["narrative"]["1"].startswith("2026年，本机关新收政府信息公开申请1件")
    assert begun("narrative", "2026", "--part", "1", "--json").document["narrative"]["1"] == ""
    assert "未收取信息处理费" in begun("narrative", "2026", "--draft").out
    assert begun("narrative", "2026", "--part", "1", "--draft", "--file", "x").status == 2


def test_what_was_drafted_stays_tied_to_its_figures(begun: Taizhang, tmp_path: Path) -> None:
    drafted = begun("narrative", "2026", "--part", "1", "--draft", "--json").document
    file = tmp_path / "draft.txt"
    file.write_text(f"引言。\n\n{drafted['narrative']['1']}", encoding="utf-8")
    for _ in range(2):  # saved again after its figures have moved, it is tied still
        assert begun("narrative", "2026", "--part", "1", "--file", str(file)).status == 0
        assert begun(*NEW[:2], "李四", *NEW[3:]).status == 0
        file.write_text(f"新的{file.read_text(encoding='utf-8')}", encoding="utf-8")
    with open_register(str(tmp_path / "register.db")) as register, register.reading() as tx:
        text = read_narrative(tx.connection, 1, 2026)[Part.OVERVIEW]
    assert text.text.startswith("新的引言")
    assert "新收政府信息公开申请1件" in text.drafted["received"]


def test_what_does_not_hold_is_explained(begun: Taizhang, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("2026年，本机关收到政府信息公开申请9件。", encoding="utf-8")
    assert begun("narrative", "2026", "--part", "1", "--file", str(file)).status == 0
    told = begun("check", "2026")
    assert told.status == 1
    assert "1. E " in told.out
    assert "收到政府信息公开申请9件。" in told.out
    assert refused(begun("check", "2026", "--explain", "2", "--reason", "x"), 1)
    assert begun("check", "2026", "--explain", "1").status == 2
    answer = begun("check", "2026", "--explain", "1", "--reason", "含上门咨询", "--json")
    (wrong,) = (one for one in answer.document["checks"] if not one["ok"])
    assert (wrong["number"], wrong["explained"]) == (1, "含上门咨询")
    told = begun("check", "2026")
    assert told.status == 0
    assert "已说明：含上门咨询" in told.out
    assert "全部相符" not in told.out
    assert begun("check", "2026", "--explain", "1", "--reason", "").status == 0
    assert begun("check", "2026").status == 1
