"""What came in for a year's sum, from one day to the next: what is replaced, lapses, and is missing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.errors import Unreadable
from db.year_end.cells_of_problem import cells_of
from db.year_end.form import row_labels
from db.year_end.received import Problem
from exports.consolidation.collection import (
    Collection,
    Kept,
    Reading,
    begun,
    learnt,
    listed,
    packed,
    put_away,
    read_anew,
    unpacked,
    with_sources,
    without_source,
)
from exports.consolidation.consolidating import absent_of
from exports.consolidation.papers import notes_of
from exports.consolidation.standing import Judged, judge
from tests.support.received import report
from tui.desk.collected import CollectionFile

RESULTS = [row.code for row in row_labels("2021") if row.code.startswith("3.")]
AT = datetime(2025, 1, 6, tzinfo=UTC)


class Office:
    """Someone who looks into a folder every day."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(2024, (str(folder),))
        self.readings: dict[str, Reading] = {}

    def look(self, day: int) -> Judged:
        known = self.readings
        self.readings = {
            str(path): read_anew(path, 2024, known.get(str(path)))
            for path in listed(self.collection)
        }
        self.collection = learnt(self.collection, self.readings, f"2025-01-{day:02}T09:00")
        return judge(self.collection, self.readings, (), AT)

    def decide(self, path: Path, kept: Kept) -> None:
        old = self.collection.of(str(path))
        kept = Kept(old.digest, old.organ, old.since, kept.named, kept.mends, kept.reason, kept.out)
        self.collection = self.collection.deciding(str(path), kept)


def states(judged: Judged) -> dict[str, str]:
    return {one.name: one.state for one in judged.bureaus}


def new(judged: Judged) -> int:
    assert judged.done.report is not None
    return judged.done.report.table.row("1").cells[-1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "报送"
    made.mkdir()
    report(made / "1.json", "青石区水务局", 3)
    report(made / "2.json", "青石区林业局", 5, concluded=4)
    return made


def test_tomorrows_report_of_an_organ_takes_the_place_of_todays(folder: Path) -> None:
    office = Office(folder)
    today = office.look(6)
    assert states(today) == {"青石区林业局": "有不符", "青石区水务局": "相符"}
    assert new(today) == 3
    (folder / "更正").mkdir()
    report(folder / "更正" / "林业.json", "青石区 林业局", 5)
    tomorrow = office.look(7)
    assert [(one.name, one.state) for one in tomorrow.bureaus] == [
        ("青石区 林业局", "相符"),
        ("青石区水务局", "相符"),
        ("青石区林业局", "已替换"),
    ]
    assert "代替了先前收到的“2.json”" in tomorrow.bureaus[0].word
    assert new(tomorrow) == 8
    (folder / "更正" / "林业.json").write_text("{", encoding="utf-8")  # it takes nobody's place
    assert states(office.look(8))["青石区林业局"] == "有不符"


def test_two_that_came_together_are_told_to_be_the_same(folder: Path) -> None:
    report(folder / "3.json", "青石区水务局", 9)
    judged = Office(folder).look(6)
    for name in ("1.json", "3.json"):  # nobody knows which is meant
        one = judged.of(str(folder / name))
        assert one is not None
        assert one.state == "有不符"
        assert "同一机关" in one.found[0]
    assert judged.done.report is None


def test_what_is_accepted_holds_for_what_stood_there(folder: Path) -> None:
    office, path = Office(folder), folder / "2.json"
    office.look(6)
    office.decide(path, Kept(reason="上年误报，已核实"))
    judged = office.look(6)
    assert states(judged)["青石区林业局"] == "已采纳"
    assert new(judged) == 8
    assert ("青石区林业局", "2.json", "有不符之处，经决定采纳", "理由：上年误报，已核实") in list(
        notes_of(judged.done)
    )
    path.touch()  # the same content
    assert states(office.look(7))["青石区林业局"] == "已采纳"
    path.rename(folder / "林业.json")
    renamed = office.look(8)
    assert states(renamed) == {"青石区林业局": "已采纳", "青石区水务局": "相符"}
    report(folder / "林业.json", "青石区林业局", 6, concluded=4)
    lapsed = office.look(9).of(str(folder / "林业.json"))
    assert lapsed is not None
    assert lapsed.state == "有不符"
    assert "采纳（理由“上年误报，已核实”）不再算数" in lapsed.word


def test_a_file_that_has_gone_is_missed_until_it_is_put_away(folder: Path) -> None:
    office = Office(folder)
    office.look(6)
    (folder / "1.json").unlink()
    judged = office.look(7)
    assert states(judged)["青石区水务局"] == "读不懂"
    gone = judged.of(str(folder / "1.json"))
    assert gone is not None
    assert "不在了" in gone.found[0]
    office.decide(folder / "1.json", Kept(out=True))
    assert states(office.look(8))["青石区水务局"] == "已去掉"


def test_a_folder_is_let_go_of_with_what_was_decided(folder: Path, tmp_path: Path) -> None:
    other = report(tmp_path / "9.json", "青石区司法局")
    office = Office(folder)
    office.collection = with_sources(office.collection, [other, folder / "1.json"])
    assert office.collection.sources == (str(folder), str(other))  # what is in it is there already
    office.look(6)
    office.decide(folder / "2.json", Kept(reason="已核实"))
    office.collection = without_source(office.collection, str(folder))
    assert states(office.look(7)) == {"青石区司法局": "相符"}
    office.collection = put_away(with_sources(office.collection, [folder]), str(other))
    assert states(office.look(8)) == {"青石区水务局": "相符", "青石区林业局": "有不符"}
    office.collection = put_away(office.collection, str(folder / "1.json"))
    assert states(office.look(9))["青石区水务局"] == "已去掉"
    office.collection = put_away(office.collection, str(folder / "1.json"))
    assert states(office.look(9))["青石区水务局"] == "相符"


def test_a_mend_and_a_name_are_decided_file_by_file(folder: Path) -> None:
    report(folder / "2.json", "", 5, concluded=0)
    office, path = Office(folder), folder / "2.json"
    one = office.look(6).of(str(path))
    assert one is not None
    assert one.one is not None
    assert (one.state, [mend.name for mend in one.one.mends]) == ("有不符", ["concluded"])
    office.decide(path, Kept(named="青石区林业局", mends=("concluded",)))
    assert states(office.look(6))["青石区林业局"] == "已更正"


def test_who_is_expected_and_sends_nothing_is_named(folder: Path) -> None:
    office = Office(folder)
    office.look(6)
    following = begun(2025, office.collection)
    assert set(following.expected) == {"青石区水务局", "青石区林业局"}
    assert following.before == (str(folder),)
    # Each name here stands for one of them.
    offices = ["区人民政府办公室", "区人民政府政务服务办公室"]
    assert absent_of(offices, ["区人民政府政务服务办公室"]) == ("区人民政府办公室",)
    assert absent_of(["青石区水务局"], ["水务局"]) == ()


def test_what_is_kept_is_safe(folder: Path, hermetic: None) -> None:
    office = Office(folder)
    office.look(6)
    office.decide(folder / "2.json", Kept(reason="坏名字 \udcff"))
    assert unpacked(json.loads(json.dumps(packed(office.collection)))) == office.collection
    kept = CollectionFile("/somewhere/register.db", 2024)
    kept.change(lambda _: office.collection)
    assert kept.read() == office.collection
    assert kept.path.stat().st_mode & 0o077 == 0
    assert CollectionFile("/elsewhere/register.db", 2024).read() == Collection(2024)
    assert CollectionFile("/somewhere/register.db", 2025).read().before == (str(folder),)
    kept.path.write_text("{}", encoding="ascii")
    with pytest.raises(Unreadable, match="已经损坏"):
        kept.read()
    assert kept.path.with_suffix(".damaged").exists()


@pytest.mark.parametrize(
    ("rule", "where", "cells"),
    [
        ("B", "总计", [("1", 6), ("2", 6), ("3.7", 6), ("4", 6)]),
        ("A", "自然人", []),
        ("L", "商业企业", [("2", 1)]),
        ("D", "行政复议", [("review", place) for place in range(5)]),
        ("unread", "二、上年结转政府信息公开申请数量 自然人", [("2", 0)]),
        ("P", "复议后起诉 总计", [("suit_after_review", 4)]),
        ("M", "规章", [("rules.made", 0), ("rules.repealed", 0), ("rules.in_force", 0)]),
        ("P", "主动公开 行政许可 本年处理决定数量", [("licences.decisions", 0)]),
        ("form", "格式", []),
    ],
)
def test_the_cells_a_problem_is_about(rule: str, where: str, cells: list[tuple[str, int]]) -> None:
    found = list(cells_of(Problem(rule, where, ""), "2021"))
    assert found == (cells if rule != "A" else [(code, 0) for code in RESULTS])
