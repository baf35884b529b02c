"""`attach`, `attachments`: the papers of a case."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli.output import stored
from tui.cli.values import (
    UsageFault,
    Value,
    add_masked,
    answer_json,
    given_register,
    recording,
    run_by,
    say,
)

if TYPE_CHECKING:
    from db.cases.papers import Paper


def add_commands(commands: Any) -> None:
    attach = commands.add_parser("attach", help="附卷：把一份材料存进一件申请的卷里")
    attach.add_argument("no", metavar="NO", help="编号")
    attach.add_argument("file", type=Path, metavar="FILE", help="材料的文件，例如扫描的申请书")
    attach.add_argument("--as", dest="called", metavar="TEXT", help="材料名称，例如 送达回证")
    attach.add_argument(
        "--event",
        type=Value.record,
        metavar="EVENT_ID",
        help="是哪一条办理记录的材料：第3条（见 show），或记录号",
    )
    attach.add_argument("--on", type=Value.date, metavar="DATE", help="附卷日期，默认今天")
    attach.add_argument("--note", metavar="TEXT", help="备注")
    run_by(attach, run_attach)

    papers = commands.add_parser("attachments", help="列出一件申请附卷的材料，或取出来")
    papers.add_argument("no", metavar="NO", help="编号")
    papers.add_argument("--to", type=Path, metavar="DIR", help="取出到这个文件夹，用原来的文件名")
    add_masked(papers)
    run_by(papers, run_attachments)


def run_attach(given: argparse.Namespace) -> int:
    from db.cases.papers import attach, papers_of, read_paper
    from tui.cli.cases import record_id
    from tui.text.records import paper_words

    content = read_paper(given.file)
    with recording(given) as tx:
        of_event = None if given.event is None else record_id(tx, given.no, given.event)
        case = attach(
            tx,
            given.no,
            content,
            given.file.name,
            called=given.called,
            of_event=of_event,
            on=given.on,
            note=given.note,
        )
    paper = max(papers_of(case), key=lambda one: one.event_id)
    with stored(f"{case.number} 第 {paper.place} 条附卷的材料已存入"):
        if given.json:
            answer_json(_document(paper))
        else:
            event = next(e.event for e in case.entries if e.event.id == paper.event_id)
            say(f"{case.number} 第{paper.place}条附卷：{paper_words(event)}")
    return 0


def run_attachments(given: argparse.Namespace) -> int:
    from db.cases.case_file import read_case
    from db.cases.papers import papers_of
    from db.privacy.masking import mask_case
    from exports.papers.take_out import take_out
    from tui.text.records import paper_line

    if given.masked and given.to is not None:
        raise UsageFault("取出的材料照原样，不能隐去个人信息；--to 和 --masked 不能同时使用。")
    with given_register(given) as register, register.reading() as tx:
        case = read_case(tx, given.no)
        papers = papers_of(mask_case(case) if given.masked else case)
        written = take_out(tx, papers, given.to) if given.to is not None else ()
    if given.json:
        listed = [_document(paper) for paper in papers]
        for document, path in zip(listed, written, strict=False):
            document["path"] = str(path)
        answer_json({"number": case.number, "attachments": listed})
        return 0
    for paper in papers:
        say(paper_line(paper))
    for path in written:
        say(f"已取出 {path}")
    if not papers:
        say(f"{case.number} 没有附卷的材料。")
    return 0


def _document(paper: Paper) -> dict[str, Any]:
    return {
        "number": paper.number,
        "event": paper.event_id,
        "on": paper.on.isoformat(),
        "name": paper.name,
        "as": paper.called,
        "size": paper.size,
        "digest": paper.digest,
        "of_record": paper.of_place or None,
        "by": paper.recorded_by,
    }
