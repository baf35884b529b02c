"""`consolidate` as scripts call it: its JSON, its exit statuses, its papers, read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest

from db.disputes.dispute import Block
from exports.consolidation.understanding import read_report
from tests.support.commands import Taizhang
from tests.support.messy_reports import Truth
from tests.support.office_pages import ORGAN, sample, write
from tests.support.paths import DATA
from tests.support.spreadsheets import load_workbook

PUBLISHED = sorted((DATA / "reports").iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "报送"
    made.mkdir()
    return made


def page(folder: Path, name: str, true: Truth, organ: str) -> Path:
    path = write("content system", true, folder)
    text = path.read_text(encoding="utf-8").replace(ORGAN, organ)
    path.unlink()
    named = folder / name
    named.write_text(text, encoding="utf-8")
    return named


def cells(tables: Mapping[str, object], code: str) -> list[int]:
    rows = tables["requests"]["rows"]  # type: ignore[index]
    return next(row["cells"] for row in rows if row["code"] == code)


def broken() -> Truth:
    true = sample()
    true.requests["3.7"] = (0,) * 7
    return true


def test_reports_that_reconcile_are_added_up(taizhang: Taizhang, folder: Path) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    page(folder, "2.html", sample(), "青石区林业局")
    answer = taizhang("consolidate", folder, "--year", 2024, "--json")
    told = json.loads(answer.out)
    assert answer.status == 0
    assert (told["year"], told["form"], told["organ"]) == (2024, "2021", "青石区")
    assert [file["organ"] for file in told["files"]] == ["青石区水务局", "青石区林业局"]
    assert all(file["ok"] and file["problems"] == [] for file in told["files"])
    assert cells(told["sum"], "1") == [46, 14, 2, 0, 4, 6, 72]
    assert told["sum"]["disputes"]["suit_after_review"] == [2, 0, 0, 10, 12]
    assert all(check["ok"] for check in told["checks"])


def test_nothing_is_summed_while_one_does_not_reconcile(taizhang: Taizhang, folder: Path) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    page(folder, "2.html", broken(), "青石区林业局")
    answer = taizhang("consolidate", folder, "--year", 2024, "--json")
    told = json.loads(answer.out)
    assert answer.status == 1
    assert told["sum"] is None
    assert [file["ok"] for file in told["files"]] == [True, False]
    assert {problem["rule"] for problem in told["files"][1]["problems"]} == {"A", "B"}
    assert told["files"][1]["mends"][0]["name"] == "concluded"

    accepted = taizhang("consolidate", folder, "--year", 2024, "--json", "--accept-faulty")
    assert accepted.status == 1
    assert cells(json.loads(accepted.out)["sum"], "3.7") == [23, 7, 1, 0, 2, 3, 36]

    mended = taizhang("consolidate", folder, "--year", 2024, "--json", "--mend", "2.html=concluded")
    assert mended.status == 0
    assert cells(json.loads(mended.out)["sum"], "3.7") == [46, 14, 2, 0, 4, 6, 72]


def test_what_cannot_be_read_is_never_summed(taizhang: Taizhang, folder: Path) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    unread = page(folder, "2.html", sample(), "青石区林业局")
    text = unread.read_text(encoding="utf-8")
    unread.write_text(text.replace(">23</span>", ">待核</span>", 1), encoding="utf-8")
    (folder / "3.docx").write_bytes(b"PK\x03\x04nothing")
    answer = taizhang("consolidate", folder, "--year", 2024, "--json", "--accept-faulty")
    told = json.loads(answer.out)
    assert answer.status == 1
    assert [file["summed"] for file in told["files"]] == [True, False, False]
    assert cells(told["files"][1], "1")[0] is None
    assert told["files"][1]["problems"][0]["rule"] == "unread"
    assert told["files"][2]["requests"] is None
    assert told["files"][2]["problems"][0]["rule"] == "unread"
    assert cells(told["sum"], "1") == [23, 7, 1, 0, 2, 3, 36]


def test_the_papers_of_a_sum_are_read_back_equal(
    taizhang: Taizhang, folder: Path, tmp_path: Path
) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    page(folder, "2.html", broken(), "青石区林业局")
    papers = [tmp_path / f"汇总{ending}" for ending in (".xlsx", ".docx", ".html")]
    options = [part for path in papers for part in (f"--{path.suffix[1:]}", path)]
    notes = tmp_path / "退回"
    answer = taizhang(
        "consolidate", folder, "--year", 2024, "--accept-faulty", *options, "--notes", notes
    )
    assert answer.status == 1
    for path in papers:
        read = read_report(path, 2024)
        assert read.requests is not None
        assert read.disputes is not None
        assert read.requests["1"] == (46, 14, 2, 0, 4, 6, 72)
        assert read.disputes[Block.REVIEW] == (4, 2, 0, 2, 8)
        assert read.year == 2024
    book = load_workbook(papers[0])
    shares = [[cell.value for cell in row] for row in book["各单位数据"].iter_rows(min_row=2)]
    assert shares[0][-2:] == ["青石区水务局", "青石区林业局"]
    assert [row[-2:] for row in shares if row[0] == "3.7" and row[2] == "总计"] == [[36, 0]]
    accepted = [[cell.value for cell in row] for row in book["采纳与更正"].iter_rows(min_row=4)]
    assert accepted[0][0] == "青石区林业局"
    assert "各项之和是36" in accepted[0][3]
    note = docx.Document(str(notes / "青石区林业局-退回说明.docx"))
    text = "\n".join(paragraph.text for paragraph in note.paragraphs)
    assert "（七）总计没有填；各项之和是36" in text
    assert [path.name for path in notes.iterdir()] == ["青石区林业局-退回说明.docx"]


def test_the_published_reports_are_read(taizhang: Taizhang) -> None:
    answer = taizhang("consolidate", *PUBLISHED, "--year", 2020, "--json")
    told = json.loads(answer.out)
    assert answer.status == 0
    assert cells(told["sum"], "1") == [5, 0, 0, 0, 0, 0, 5]
    assert {file["organ"] for file in told["files"]} == {
        "株洲市扶贫办",
        "广西壮族自治区扶贫开发办公室",
    }


def test_the_offices_own_report_is_a_part(taizhang: Taizhang, folder: Path) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    taizhang("organ", "add", "青石区人民政府办公室")
    answer = taizhang("consolidate", folder, "--year", 2024, "--own", "--json")
    told = json.loads(answer.out)
    assert [file["file"] for file in told["files"]][:1] == ["登记簿"]
    assert cells(told["sum"], "1") == [23, 7, 1, 0, 2, 3, 36]


def test_who_did_not_report_is_named(taizhang: Taizhang, folder: Path, tmp_path: Path) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    before = tmp_path / "上年"
    before.mkdir()
    page(before, "1.html", sample(), "青石区林业局")
    told = json.loads(
        taizhang("consolidate", folder, "--year", 2024, "--before", before, "--json").out
    )
    assert told["absent"] == ["青石区林业局"]


def test_one_file_is_accepted_with_its_reason_printed(
    taizhang: Taizhang, folder: Path, tmp_path: Path
) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    inner = folder / "街道"
    inner.mkdir()
    page(inner, "2.html", broken(), "青石区林业局")
    paper = tmp_path / "汇总.xlsx"
    command = ("consolidate", folder, "--year", 2024, "--xlsx", paper)
    answer = taizhang(*command, "--json", "--accept", "2.html=上年误报=已核实")
    told = json.loads(answer.out)
    assert answer.status == 1  # it still does not reconcile
    assert [file["accepted"] for file in told["files"]] == [None, "上年误报=已核实"]
    assert cells(told["sum"], "1") == [46, 14, 2, 0, 4, 6, 72]
    rows = [[cell.value for cell in row] for row in load_workbook(paper)["采纳与更正"]]
    assert ["青石区林业局", "2.html", "有不符之处，经决定采纳", "理由：上年误报=已核实"] in rows
    assert taizhang(*command, "--accept", "3.html=不在").status == 2


def test_what_is_said_of_a_file_is_said_of_one_and_of_what_it_offers(
    taizhang: Taizhang, folder: Path
) -> None:
    for name, organ in (("甲", "青石区水务局"), ("乙", "青石区林业局")):
        (folder / name).mkdir()
        page(folder / name, "年报.html", broken(), organ)
    command = ("consolidate", folder, "--year", 2024)
    answer = taizhang(*command, "--accept", "年报.html=已核实")
    assert answer.status == 2
    assert "有2个文件叫“年报.html”" in answer.err
    first = folder / "甲" / "年报.html"
    told = json.loads(taizhang(*command, "--accept", f"{first}=已核实", "--json").out)
    accepted = {file["organ"]: file["accepted"] for file in told["files"]}
    assert accepted == {"青石区水务局": "已核实", "青石区林业局": None}

    answer = taizhang(*command, "--mend", f"{first}=total")
    assert answer.status == 2
    assert "还可更正的：concluded" in answer.err
    assert "已更正：（七）总计没有填" in taizhang(*command, "--mend", f"{first}=concluded").out


def test_a_sum_that_lies_among_its_parts_is_no_part(taizhang: Taizhang, folder: Path) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    page(folder, "2.html", sample(), "青石区林业局")
    command = ("consolidate", folder, "--year", 2024, "--json", "--html")
    for _ in range(2):
        told = json.loads(taizhang(*command, folder / "汇总.html").out)
        assert cells(told["sum"], "1") == [46, 14, 2, 0, 4, 6, 72]
    again = taizhang("consolidate", folder, "--year", 2024, "--json")
    assert again.status == 1
    told = json.loads(again.out)
    assert [file["ok"] for file in told["files"]] == [True, True, False]
    assert "像是各单位的汇总" in told["files"][2]["problems"][0]["text"]


def test_a_places_own_report_is_no_sum(taizhang: Taizhang, folder: Path) -> None:
    """One that is not as large as every other in every cell."""
    page(folder, "1.html", sample(), "青石区水务局")
    page(folder, "2.html", sample(), "青石区林业局")
    own = sample()
    own.requests = dict.fromkeys(own.requests, (0,) * 7)
    for code in ("1", "3.1", "3.7"):
        own.requests[code] = (40, 0, 0, 0, 0, 0, 40)
    page(folder, "3.html", own, "青石区")
    told = json.loads(taizhang("consolidate", folder, "--year", 2024, "--json").out)
    assert [file["ok"] for file in told["files"]] == [True, True, True]


def test_a_sum_is_also_known_by_its_figures(taizhang: Taizhang, folder: Path) -> None:
    page(folder, "1.html", sample(), "青石区水务局")
    page(folder, "2.html", sample(), "青石区林业局")
    taizhang(
        *("consolidate", folder, "--year", 2024, "--organ", "青石区人民政府办公室"),
        *("--html", folder / "汇总.html"),
    )
    told = json.loads(taizhang("consolidate", folder, "--year", 2024, "--json").out)
    assert [file["ok"] for file in told["files"]] == [True, True, False]


def test_the_name_of_a_file_makes_no_line_of_its_own(taizhang: Taizhang, folder: Path) -> None:
    page(folder, "1\n青石区林业局  2.html：相符\n.html", sample(), "青石区水务局")
    told = taizhang("consolidate", folder, "--year", 2024).out.splitlines()
    assert not any(line.startswith("青石区林业局") for line in told)
