"""The command line as scripts see it: exit status 0 and one JSON document, or plain text."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from exports.ledger.taught import teach
from tests.support.at_once import open_register, organ_names
from tests.support.commands import NEW, Answer, Taizhang, refused
from tests.support.ledgers import ledger, write_sheet
from tests.support.paths import ROOT
from tests.support.steps import dump
from tui.cli.grammar import command_in, parser

CASE = {
    "number": str,
    "state": str,
    "applicant": str,
    "kind": str,
    "received_on": str,
    "due_on": (str, type(None)),
    "provisional": bool,
    "concluded_on": (str, type(None)),
    "outcome": (str, type(None)),
    "days_used": int,
    "days_left": (int, type(None)),
    "overdue": bool,
    "events": list,
    "flags": list,
    "trace": list,
}
"""The keys of `show NO --json` in CONTRACT."""


def has_keys(document: dict[str, Any], keys: dict[str, Any]) -> None:
    for key, kind in keys.items():
        assert isinstance(document[key], kind), key


def test_help_has_no_english_of_argparse(taizhang: Taizhang) -> None:
    for command in ((), ("show",), ("dispute",)):
        said = taizhang(*command, "--help").out
        assert said.startswith("用法：")
        assert not any(word in said for word in ("usage", "positional", "options", "exit"))


def test_new_show_log_find(taizhang: Taizhang) -> None:
    made = taizhang(*NEW, "--phone", "13900001234", "--json").document
    has_keys(made, CASE)
    assert made["number"] == "2026-0001"
    assert (made["state"], made["kind"], made["channel"]) == ("open", "natural_person", "internet")
    assert (made["received_on"], made["due_on"]) == ("2026-03-02", "2026-03-30")
    assert (made["days_used"], made["days_left"], made["overdue"]) == (6, 14, False)
    assert taizhang("show", "2026-0001", "--json").document == made
    assert taizhang("show", "2026-0001", "--trace", "--json").document == made

    (event,) = made["events"]
    assert {"id", "kind", "on", "recorded_at", "by", "voided_by"} <= set(event)
    assert (event["kind"], event["on"], event["by"]) == ("received", "2026-03-02", "测试员")
    assert datetime.fromisoformat(event["recorded_at"]).utcoffset() is not None
    first = made["trace"][0]
    assert set(first) == {"date", "counts", "day", "why"}
    assert sum(day["counts"] for day in made["trace"]) == 20

    answered = taizhang(
        "log", "2026-0001", "decided", "--on", "2026-03-09", "--outcome", "334",
        "--delivery", "EMS", "--doc-no", "答1号", "--ground", "商业秘密", "--json",
    ).document  # fmt: skip
    has_keys(answered, CASE)
    assert (answered["state"], answered["outcome"]) == ("concluded", "3.3.4")
    assert (answered["concluded_on"], answered["days_used"]) == ("2026-03-09", 5)
    assert answered["days_left"] is None
    last = answered["events"][-1]
    assert (last["outcome"], last["delivery"], last["ground"]) == ("3.3.4", "posted", "商业秘密")

    found = taizhang("find", "张", "征地", "--json").document
    assert set(found) == {"query", "total", "cases"}
    assert (found["query"], found["total"]) == ("张 征地", 1)
    row = found["cases"][0]
    shared = set(row) & set(answered)
    assert {key: row[key] for key in shared} == {key: answered[key] for key in shared}
    assert set(CASE) - {"events", "flags", "trace"} <= shared
    assert taizhang("find", "李", "--json").document == {"query": "李", "total": 0, "cases": []}
    line = ("收到：2026年第一季度", "办结:本月", "第三方")
    assert taizhang("find", *line, "--json").document["total"] == 1
    assert "“某日”不是日期或时段" in refused(taizhang("find", "收到:某日"), 2)


def test_whose_reply_is_missing_is_asked_and_shown(taizhang: Taizhang) -> None:
    taizhang(*NEW)
    for party in ("甲公司", "乙公司"):
        taizhang("log", "2026-0001", "consultation_started", "--on", "2026-03-04", "--party", party)
    refused = taizhang("log", "2026-0001", "consultation_ended", "--on", "2026-03-06")
    assert refused.status == 1
    assert "甲公司" in refused.err
    taizhang("log", "2026-0001", "意见返回", "--on", "2026-03-06", "--party", "乙公司")
    assert "意见未返回：甲公司（限 2026-03-25）" in taizhang("show", "2026-0001").out


def test_every_kind_can_be_logged(taizhang: Taizhang) -> None:
    steps = [
        ("assigned", "--unit", "财政局"),
        ("clarification_requested", "--reply-by", "2026-03-20"),
        ("收到补正",),
        ("extended", "--days", "20", "--approver", "周敏"),
        ("consultation_started", "--party", "某公司", "--party-kind", "third_party"),
        ("consultation_ended", "--opinion", "同意公开"),
        ("reasons_requested", "--reply-by", "2026-03-20"),
        ("delay_set", "--due", "2026-06-01"),
        ("fee_notified", "--amount", "100.5", "--basis", "by_item", "--pay-by", "2026-03-30"),
        ("fee_paid", "--amount", "100.50"),
        ("note", "--note", "来电"),
        ("decided", "--outcome", "3.1"),
        ("redecided", "--outcome", "3.2"),
        ("cancelled", "--note", "重复"),
    ]
    taizhang(*NEW)
    for kind, *facts in steps:
        assert taizhang("log", "2026-0001", kind, "--on", "2026-03-05", *facts).status == 0
    events = taizhang("show", "2026-0001", "--json").document["events"]
    assert len(events) == len(steps) + 1
    assert [event["amount"] for event in events if "amount" in event] == ["100.50", "100.50"]
    assert taizhang(*NEW, "--no", "乙").out == "乙\n"
    assert taizhang("log", "乙", "withdrawn", "--on", "2026-03-05").out == "乙\n"
    assert taizhang("show", "乙", "--json").document["outcome"] == "3.6.3"


def test_correct(taizhang: Taizhang) -> None:
    taizhang(*NEW)
    taizhang("log", "2026-0001", "fee_paid", "--on", "2026-03-05", "--amount", "1.00")
    fixed = taizhang(
        "correct", "2026-0001", "2", "--reason", "看错", "--amount", "0.05", "--json"
    ).document
    has_keys(fixed, CASE)
    assert fixed["events"][-1]["changes"] == {"amount": "0.05"}
    voided = taizhang("correct", "2026-0001", "2", "--reason", "没缴", "--void", "--json").document
    assert voided["events"][1]["voided_by"] == voided["events"][-1]["id"]
    told = taizhang("show", "2026-0001").out
    assert "第2条 缴费（2026-03-05）  已作废（第4条）  金额（元） 1.00" in told
    assert "第3条 更正（2026-03-10）  更正第2条缴费：金额（元） 1.00 改为 0.05；理由：看错" in told
    assert "第4条 更正（2026-03-10）  作废第2条缴费；理由：没缴" in told


def test_due(taizhang: Taizhang) -> None:
    for number, received in (("旧", "2026-01-05"), ("急", "2026-02-06"), ("新", "2026-03-10")):
        taizhang(*NEW, "--received", received, "--no", number)
    taizhang(*NEW, "--no", "等")
    taizhang(
        "log", "等", "clarification_requested", "--on", "2026-03-03", "--reply-by", "2026-03-09"
    )
    taizhang(*NEW, "--no", "寄")
    posted = ("--delivery", "邮寄", "--postal-no", "XA1", "--ground", "信息不存在")
    sent = taizhang("log", "寄", "decided", "--on", "2026-03-10", *posted, "--json").document
    assert sent["outcome"] == "3.4.1"
    todo = taizhang("due", "--json").document
    assert {key: [case["number"] for case in cases] for key, cases in todo.items()} == {
        "overdue": ["旧"],
        "due": ["急"],
        "waiting": ["等"],
        "receipts": ["寄"],
    }
    assert taizhang("due", "--days", "0", "--json").document["due"] == []


def test_report_and_check(taizhang: Taizhang) -> None:
    taizhang(*NEW)
    taizhang(*NEW, "--received", "2025-12-30")
    report = taizhang("report", "2026", "--json").document
    assert {
        "year", "form", "organ", "as_of", "filed", "requests", "disputes", "proactive",
        "narrative", "checks",
    } <= set(report)  # fmt: skip
    assert (report["year"], report["form"], report["organ"]) == (2026, "2021", "本机关")
    assert report["filed"] is None
    assert datetime.fromisoformat(report["as_of"]).date() == date(2026, 3, 10)
    assert report["requests"]["columns"] == [
        "natural_person", "business", "research", "public_benefit", "legal_service",
        "other_org", "total",
    ]  # fmt: skip
    rows = report["requests"]["rows"]
    assert all(set(row) == {"code", "label", "cells"} for row in rows)
    assert rows[0] == {
        "code": "1",
        "label": "一、本年新收政府信息公开申请数量",
        "cells": [1, 0, 0, 0, 0, 0, 1],
    }
    assert {row["code"]: row["cells"][-1] for row in rows if row["cells"][-1]} == {
        "1": 1,
        "2": 1,
        "4": 2,
    }
    assert len(rows) == 25
    assert set(report["disputes"]) == {"review", "direct_suit", "suit_after_review"}
    assert all(cells == [0] * 5 for cells in report["disputes"].values())
    assert set(report["narrative"]) == {"1", "5", "6"}
    assert all(set(check) == {"rule", "where", "left", "right", "ok"} for check in report["checks"])
    assert {check["rule"] for check in report["checks"]} >= set("ABCPQ")
    assert len(taizhang("report", "2020", "--json").document["requests"]["rows"]) == 23
    assert taizhang("report", "2026", "--form", "2019", "--json").document["form"] == "2019"

    checked = taizhang("check", "2026", "--json")
    assert (checked.status, checked.document["ok"]) == (0, True)
    with sqlite3.connect(os.environ["TAIZHANG_DB"]) as anyone:
        anyone.execute("UPDATE cases SET received_year = 2026")
    anyone.close()
    checked = taizhang("check", "2025", "--json")
    assert (checked.status, checked.document["ok"]) == (1, False)
    assert taizhang("check", "2025").status == 1
    verified = taizhang("verify", "--json")
    assert (verified.status, json.loads(verified.out)["ok"]) == (1, False)
    assert "taizhang restore" in verified.err  # what to do stands beside the document


def test_verify(taizhang: Taizhang) -> None:
    taizhang(*NEW)
    document = taizhang("verify", "--json").document
    assert len(document.pop("digest")) == 64
    assert document == {
        "ok": True,
        "cases": 1,
        "events": 1,
        "problems": [],
    }


def test_import_and_export(taizhang: Taizhang, tmp_path: Path) -> None:
    rows = [{"编号": f"甲{n:04d}", "申请人": f"申请人{n}"} for n in range(600)]
    path = ledger(tmp_path / "台账.xlsx", *rows)
    trial = taizhang("import", path, "--dry-run", "--json").document
    assert (trial["cases"], trial["dry_run"]) == (600, True)
    assert taizhang("find", "--json").document["total"] == 0
    done = taizhang("import", path, "--json").document
    assert (done["cases"], done["events"], done["dry_run"]) == (600, 600, False)
    assert taizhang("find", "--limit", "3", "--json").document["total"] == 600
    for name in ("出.csv", "出.xlsx"):
        out = tmp_path / name
        answer = taizhang("export", out, "--json").document
        assert answer == {"file": str(out), "cases": 600, "disputes": 0, "warnings": []}
        other = tmp_path / f"{name}.db"
        assert taizhang("--db", other, "import", out, "--json").document["cases"] == 600
        assert taizhang("--db", other, "verify", "--json").document["events"] == 600
    assert taizhang("export", tmp_path / "y.csv", "--year", "2024", "--json").document["cases"] == 0
    none = taizhang("export", tmp_path / "n.csv", "--find", "没有这样的").out
    assert none == f"没有找到“没有这样的”；{tmp_path / 'n.csv'} 里只有表头，没有申请。\n"
    found = tmp_path / "f.csv"
    answer = taizhang("export", found, "--json", "--find", "申请人12", "状态:办理中").document
    assert answer["cases"] == 11
    assert [line.split(",")[0] for line in found.read_text("utf-8-sig").splitlines()[1:3]] == [
        "甲0129",
        "甲0128",
    ]


def test_every_fault_of_a_ledger_is_listed(taizhang: Taizhang, tmp_path: Path) -> None:
    path = ledger(tmp_path / "台账.xlsx", {}, {"收到日期": "昨天"}, {"申请方式": "飞鸽"})
    before = dump(os.environ["TAIZHANG_DB"])
    answer = taizhang("import", path, "--json")
    assert answer.status == 1
    headline, first, second = answer.err.splitlines()
    document = json.loads(answer.out)
    assert document["error"] == headline
    assert [(f["sheet"], f["row"], f["column"], f["value"]) for f in document["faults"]] == [
        ("Sheet", 3, "收到日期", "昨天"),
        ("Sheet", 4, "申请方式", "飞鸽"),
    ]
    assert "台账.xlsx" in headline
    assert "2处" in headline
    for line, parts in (
        (first, ("第3行", "收到日期", "昨天")),
        (second, ("第4行", "申请方式", "飞鸽")),
    ):
        assert "Sheet" in line
        assert all(part in line for part in parts)
    assert dump(os.environ["TAIZHANG_DB"]) == before


def test_many_faults_are_told_by_their_kinds_as_well(taizhang: Taizhang, tmp_path: Path) -> None:
    path = ledger(tmp_path / "台账.xlsx", *[{"申请方式": "飞鸽"}] * 30, {"收到日期": "昨天"})
    _, *lines = taizhang("import", path).err.splitlines()
    assert len(lines) == 31 + 1 + 2
    assert lines[31] == "合起来是 2 种："
    assert lines[32].startswith("  30处  “申请方式”列 “飞鸽”：不认识")


def test_words_taught_at_the_desk_are_known_to_the_command(
    taizhang: Taizhang, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "台账.xlsx", {"申请方式": "飞鸽", "编号": "1"}, {"编号": "2"})
    with open_register(os.environ["TAIZHANG_DB"]) as register, register.writing() as tx:
        teach(tx, "申请方式", "飞鸽", "平常信函")
    answer = taizhang("import", path)
    assert (answer.status, "已导入 2 件" in answer.out) == (0, True)


def test_a_demo_that_is_stopped_leaves_no_register(
    taizhang: Taizhang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "begun" / "demo.db"
    with monkeypatch.context() as broken:
        broken.setattr("db.demo.cases.make_disputes", stop)
        refused = taizhang("demo", path, "--cases", "1")
    assert refused.status == 1
    assert list(path.parent.iterdir()) == []


def test_demo(taizhang: Taizhang, tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    answer = taizhang("demo", path, "--cases", "40", "--seed", "3", "--json")
    assert answer.document == {"file": str(path), "cases": 40}
    assert taizhang("--db", path, "find", "--json").document["total"] == 40
    before = dump(path)
    assert "已经存在" in refused(taizhang("demo", path), 1)
    assert dump(path) == before


def test_plain_answers(taizhang: Taizhang) -> None:
    assert taizhang(*NEW, "--organ", "甲局") == Answer(0, "2026-0001\n", "")
    for arguments in (
        ("show", "2026-0001", "--trace"),
        ("find",),
        ("due",),
        ("report", "2026"),
        ("check", "2026"),
        ("verify",),
        ("calendar", "2026"),
        ("--version",),
        ("--help",),
        ("log", "--help"),
    ):
        answer = taizhang(*arguments)
        assert (answer.status, answer.err) == (0, "")
        assert answer.out.endswith("\n")


def test_what_a_stranger_wrote_is_not_obeyed(taizhang: Taizhang) -> None:
    taizhang(*NEW, "--subject", "a\x1b[2Jb\u202ec\x9b[/red]", "--applicant", "=cmd()")
    for command in (("show", "2026-0001"), ("find",)):
        out = taizhang(*command).out
        assert "[/red]" in out
        assert not set(out) & set("\x1b\u202e\x9b")


def test_a_given_register_goes_before_the_environments(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang(*NEW)
    other = tmp_path / "other.db"
    taizhang("--db", f"sqlite:///{other}", *NEW, "--applicant", "李四")
    for given, name in (((), "张三"), (("--db", other), "李四")):
        (case,) = taizhang(*given, "find", "--json").document["cases"]
        assert case["applicant"] == name


def test_without_either_it_is_the_users_own(
    taizhang: Taizhang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TAIZHANG_DB")
    assert "没有找到登记簿" in refused(taizhang("find"), 1)
    assert taizhang(*NEW).status == 0
    (own,) = (tmp_path / "home").rglob("register.db")
    with open_register(str(own)) as register:
        assert organ_names(register) == ("本机关",)


def test_today_can_be_set(taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch) -> None:
    taizhang(*NEW)
    monkeypatch.setenv("TAIZHANG_TODAY", "2026-03-31")
    late = taizhang("show", "2026-0001", "--json").document
    assert (late["days_used"], late["days_left"], late["overdue"]) == (21, -1, True)
    assert [flag["rule"] for flag in late["flags"]] == ["unanswered"]
    assert set(late["flags"][0]) == {"rule", "article", "text"}
    taizhang(*NEW, "--received", "昨天")
    found = taizhang("find", "--json").document["cases"]
    assert found[0]["received_on"] == "2026-03-30"
    monkeypatch.setenv("TAIZHANG_TODAY", "明天")
    assert "TAIZHANG_TODAY" in refused(taizhang("due"), 1)
    assert "TAIZHANG_TODAY" in refused(taizhang(*NEW, "--received", "昨天"), 1)


def test_what_is_to_be_heard_of_the_file_is_said_beside_the_answer(
    taizhang: Taizhang, tmp_path: Path
) -> None:
    (tmp_path / "register.db").chmod(0o644)
    told = taizhang("find", "--json")
    assert json.loads(told.out)["total"] == 0
    assert told.err == (
        f"别人原来能读到 {tmp_path / 'register.db'}；现已改为只有本人可读（0600）。\n"
    )
    assert taizhang("find", "--json").err == ""


def test_as_a_program_of_its_own(empty_register_file: Path, tmp_path: Path) -> None:
    """UTF-8 whatever the terminal's encoding; sentences, not tracebacks, at the very edge too."""
    path = tmp_path / "register.db"
    shutil.copy(empty_register_file, path)

    def call(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "tui", "--db", str(path), *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
        )

    made = call(*NEW, "--json")
    assert (made.returncode, made.stderr) == (0, b"")
    assert json.loads(made.stdout.decode("utf-8"))["applicant"] == "张三"
    wrong = call("show", "无")
    assert (wrong.returncode, wrong.stdout) == (1, b"")
    assert "没有编号为“无”的申请" in wrong.stderr.decode("utf-8")
    assert call("frob").returncode == 2
    desk = call()
    assert (desk.returncode, desk.stdout) == (2, b"")
    assert "Traceback" not in desk.stderr.decode("utf-8")


def test_the_report_workbook(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang(*NEW)
    path = tmp_path / "年报.xlsx"
    answer = taizhang("report", "2026", "--xlsx", path)
    assert (answer.status, answer.err) == (0, "")
    assert path.read_bytes().startswith(b"PK")
    write_sheet(tmp_path / "busy.xlsx", [[1]])
    refused(taizhang("report", "2026", "--xlsx", tmp_path / "无" / "a.xlsx"), 1)


def _commands(whole: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (commands,) = (a for a in whole._actions if isinstance(a, argparse._SubParsersAction))
    return commands.choices


def test_a_command_is_the_same_alone_as_among_all() -> None:
    everything = _commands(parser())
    for name, among_all in everything.items():
        alone = _commands(parser(name))
        assert alone.keys() == {name}
        assert alone[name].format_help() == among_all.format_help()
    assert _commands(parser("nonsense")).keys() == everything.keys()


def test_which_command_is_asked_for() -> None:
    assert command_in(["--db", "show", "--json", "find", "new"]) == "find"
    assert command_in(["--help", "show"]) is None
    assert command_in(["--db"]) is None
