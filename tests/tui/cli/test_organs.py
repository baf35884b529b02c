"""`organ` and `clerk`: named, renamed on a day, told where it is; and an office nobody named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import NEW, Taizhang, refused

OLD, NEWER = "云溪县农业局", "云溪县农业农村局"


@pytest.fixture
def named(taizhang: Taizhang) -> Taizhang:
    assert taizhang("organ", "add", OLD).status == 0
    taizhang(*NEW, "--received", "2024-12-02")
    taizhang("organ", "rename", OLD, NEWER, "--on", "2025-03-01")
    taizhang(*NEW)
    return taizhang


def test_papers_of_earlier_years_keep_the_name(named: Taizhang, tmp_path: Path) -> None:
    for year, name in ((2024, OLD), (2025, NEWER), (2026, NEWER)):
        assert named("report", str(year), "--json").document["organ"] == name
        assert named("report", str(year)).out.startswith(name)
    assert [named("show", no, "--json").document["organ"] for no in ("2024-0001", "2026-0001")] == [
        OLD,
        NEWER,
    ]
    cases = named("find", "--json").document["cases"]
    assert [case["organ"] for case in cases] == [NEWER, OLD]
    for options, names in (((), {NEWER}), (("--year", "2024"), {OLD})):
        ledger = tmp_path / f"{len(options)}.csv"
        named("export", str(ledger), *options)
        rows = ledger.read_text("utf-8-sig").splitlines()[1:]
        assert {row.split(",")[1] for row in rows} == names
    again = ("--db", str(tmp_path / "other.db"))
    assert named(*again, "import", str(tmp_path / "0.csv")).status == 0
    assert (
        named(*again, "report", "2024", "--json").document["requests"]
        == (named("report", "2024", "--organ", OLD, "--json").document["requests"])
    )
    assert named("verify").status == 0


def test_what_is_set_is_listed(named: Taizhang) -> None:
    answer = named(
        "organ", "set", OLD, "level=县级", "电话=0599-1", "court=云溪县人民法院", "--json"
    ).document
    assert (answer["name"], answer["level"], answer["phone"]) == (NEWER, "county", "0599-1")
    assert answer["names"] == [
        {"name": OLD, "from": None},
        {"name": NEWER, "from": "2025-03-01"},
    ]
    assert named("organ", "list", "--json").document["organs"] == [answer]
    assert answer["records"][-1]["by"] == "测试员"
    told = named("organ", "list").out
    assert "管辖法院：云溪县人民法院" in told
    assert "2025-03-01起改名" in told


@pytest.mark.parametrize(
    ("told", "status", "why"),
    [
        (("add", OLD), 1, "用过的名称"),
        (("add", " "), 1, "是空的"),
        (("rename", OLD, "新局"), 2, "--on"),
        (("rename", OLD, "新局", "--on", "2026-12-01"), 1, "还没有到"),
        (("rename", "没有的局", "新局", "--on", "2026-01-01"), 1, NEWER),
        (("set", OLD, "fax=1"), 2, "reviewing_body"),
        (("set", OLD, "level=乡"), 1, "province（省）"),
        (("set", OLD, "phone=1", "phone=2"), 2, "不止一次"),
        ((), 2, "ACTION"),
    ],
)
def test_what_is_refused(named: Taizhang, told: tuple[str, ...], status: int, why: str) -> None:
    assert why in refused(named("organ", *told), status)
    assert len(named("organ", "list", "--json").document["organs"][0]["records"]) == 1


def test_an_office_nobody_named_is_told(taizhang: Taizhang, tmp_path: Path) -> None:
    first = taizhang(*NEW)
    assert "抬头会写“本机关”" in first.err
    assert first.status == 0
    assert taizhang(*NEW).err == ""  # said once
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("收到日期,申请人,申请人类型,申请内容\n2026-03-02,张三,自然人,甲\n", "utf-8")
    other = ("--db", str(tmp_path / "other.db"))
    (warning,) = taizhang(*other, "import", str(ledger), "--json").document["warnings"]
    assert "organ set 本机关 name=" in warning
    taizhang(*other, "organ", "set", "本机关", f"name={OLD}")
    assert taizhang(*other, "report", "2026", "--json").document["organ"] == OLD
    third = ("--db", str(tmp_path / "third.db"), "import", str(ledger), "--organ", OLD, "--json")
    assert taizhang(*third).document["warnings"] == []
    assert taizhang(*third[:2], "report", "2026", "--json").document["organ"] == OLD


def test_the_clerk_is_named(taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch) -> None:
    assert taizhang("clerk", "王五", "--json").document == {
        "clerk": "测试员",
        "source": "environment",
    }
    monkeypatch.delenv("TAIZHANG_CLERK")
    assert "王五（本机所设）" in taizhang("clerk").out
    taizhang(*NEW)
    assert taizhang("show", "2026-0001", "--json").document["events"][0]["by"] == "王五"
    assert taizhang("clerk", "", "--json").document["source"] == "system"
    assert "不超过40个字" in refused(taizhang("clerk", "长" * 41), 1)
