#!/usr/bin/env python3
"""核对这个文件夹：重算记录链、附卷材料和各年度的申请表。只用 Python 3.9 以上的标准库。

python3 check.py [文件夹]

记录链：每条记录的校验码是 SHA-256（前一条的校验码 + 本条内容的 JSON）；内容是表名和不为空的各列，
按列名排序，没有空格；“personal”一列换成 SHA-256（salt + personal）的十六进制，salt 不计入。
附卷材料：papers 里的文件以 SHA-256 为名，登记为附卷（attached）而没有清除的都在，内容与校验码一致。
申请表：由办理记录（收到、更正、答复、撤回、作废）重新计数，与 year_tables.json 比较。
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ERASED = '{"erased":"'
KINDS = (
    "natural_person",
    "business",
    "research",
    "public_benefit",
    "legal_service",
    "other_org",
    "total",
)
WITHDRAWN = "3.6.3"


def rows(folder: Path, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table in order; each stands on a line of its own."""
    with (folder / f"{table}.json").open(encoding="utf-8") as file:
        for line in file:
            text = line.strip().rstrip(",")
            if text.startswith("{"):
                yield json.loads(text)


def apart(personal: str, salt: str) -> str:
    if personal.startswith(ERASED):
        return personal[len(ERASED) : len(ERASED) + 64]
    return hashlib.sha256((salt + personal).encode()).hexdigest()


def broken_links(folder: Path) -> list[str]:
    """Every place at which the chain does not hold."""
    problems: list[str] = []
    tables: dict[str, Iterator[dict[str, Any]]] = {}
    before = bytes(32)
    for place, link in enumerate(rows(folder, "chain"), start=1):
        source = link["source"]
        tables.setdefault(source, rows(folder, source))
        record = next(tables[source], None)
        named = f"记录链第{place}条（{source} 第{link['record']}号）"
        if link["id"] != place or record is None or record["id"] != link["record"]:
            problems.append(f"{named}缺少或次序不对")
            continue
        told = {name: value for name, value in record.items() if value is not None}
        salt = told.pop("salt", None)
        if salt is not None:
            told["personal"] = apart(told["personal"], salt)
        content = json.dumps(
            [source, told], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        if hashlib.sha256(before + content.encode()).hexdigest() != link["digest"]:
            problems.append(f"{named}的内容与校验码不符")
        before = bytes.fromhex(link["digest"])
    problems += [f"{name} 里有不在记录链里的记录" for name, rest in tables.items() if any(rest)]
    return problems


def histories(folder: Path) -> Iterator[list[dict[str, Any]]]:
    """Case by case what counts of its events, corrections applied, in the order it happened."""
    cases: dict[int, list[dict[str, Any]]] = {}
    for event in rows(folder, "events"):
        facts = json.loads(event["facts"])
        personal = json.loads(event["personal"])
        changes = {**facts.pop("changes", {}), **personal.pop("changes", {})}
        told = {"id": event["id"], "kind": event["kind"], "on": event["occurred_on"], **facts}
        cases.setdefault(event["case_id"], []).append({**told, "changes": changes})
    for events in cases.values():
        yield effective(events)


def effective(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    voided: set[int] = set()
    live: list[dict[str, Any]] = []
    for event in reversed(events):
        if event["kind"] == "corrected" and event["id"] not in voided:
            live.append(event)
            if event.get("void"):
                voided.add(event["target"])
    kept = {e["id"]: e for e in events if e["kind"] != "corrected" and e["id"] not in voided}
    for correction in reversed(live):
        if correction["target"] in kept:
            kept[correction["target"]] = {**kept[correction["target"]], **correction["changes"]}
    rank = {"received": 0, "decided": 2, "withdrawn": 2, "redecided": 3, "cancelled": 4}
    return sorted(kept.values(), key=lambda e: (e["on"], rank.get(e["kind"], 1), e["id"]))


def counted(folder: Path) -> dict[tuple[str, str, str, str], int]:
    """organ, year, row, column → how many."""
    figures: dict[tuple[str, str, str, str], int] = {}
    years = {
        (organ, year)
        for organ, tables in json.loads((folder / "year_tables.json").read_text("utf-8")).items()
        for year in tables
    }
    for history in histories(folder):
        if any(event["kind"] == "cancelled" for event in history):
            continue
        received = history[0]
        ended = next((e for e in history if e["kind"] in ("decided", "withdrawn")), None)
        for organ, year in years:
            if organ != received["organ"]:
                continue
            first, last = f"{year}-01-01", f"{year}-12-31"
            codes = []
            if first <= received["on"] <= last:
                codes.append("1")
            elif received["on"] < first and (ended is None or ended["on"] >= first):
                codes.append("2")
            if ended is not None and first <= ended["on"] <= last:
                codes += [ended.get("outcome") or WITHDRAWN, "3.7"]
            if received["on"] <= last and (ended is None or ended["on"] > last):
                codes.append("4")
            for code in codes:
                for column in (received["applicant_kind"], "total"):
                    place = (organ, year, code, column)
                    figures[place] = figures.get(place, 0) + 1
    return figures


def wrong_figures(folder: Path) -> list[str]:
    figures = counted(folder)
    told = json.loads((folder / "year_tables.json").read_text("utf-8"))
    return [
        f"{organ} {year}年 {code} {kind}：写的是 {cell}，重算是 {figures.get((organ, year, code, kind), 0)}"
        for organ, tables in told.items()
        for year, table in tables.items()
        for code, cells in table.items()
        for kind, cell in zip(KINDS, cells)  # noqa: B905 Python 3.9 knows no strict
        if figures.get((organ, year, code, kind), 0) != cell
    ]


def wrong_papers(folder: Path) -> list[str]:
    """Every paper that was attached and is missing or has been changed."""
    through: dict[int, int] = {}
    for erasure in rows(folder, "erasures"):
        case = erasure["case_id"]
        through[case] = max(through.get(case, 0), erasure["through_event"])
    problems: list[str] = []
    for event in rows(folder, "events"):
        if event["kind"] != "attached" or event["id"] <= through.get(event["case_id"], 0):
            continue
        digest = json.loads(event["facts"])["digest"]
        paper = folder / "papers" / digest
        named = f"第{event['id']}号附卷的材料 papers/{digest}"
        if not paper.is_file():
            problems.append(f"{named} 缺少")
        elif hashlib.sha256(paper.read_bytes()).hexdigest() != digest:
            problems.append(f"{named} 与校验码不符")
    return problems


def main(folder: Path) -> int:
    problems = broken_links(folder) + wrong_papers(folder) + wrong_figures(folder)
    for problem in problems:
        print(problem)  # noqa: T201
    print(  # noqa: T201
        f"有 {len(problems)} 处不符。"
        if problems
        else "记录链完整，附卷材料齐全，各年度申请表与办理记录一致。"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))
