"""`dispute new|note|conclude|void|list`: reviews and suits."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from tui.cli.output import stored
from tui.cli.values import (
    UsageFault,
    Value,
    answer_json,
    given_register,
    recording,
    run_by,
    say,
)

if TYPE_CHECKING:
    from db.cases.organs import Organs
    from db.disputes.dispute import Dispute


def add_commands(commands: Any) -> None:
    from db.disputes.dispute import Block, Result

    dispute = commands.add_parser("dispute", help="行政复议、行政诉讼")
    actions = dispute.add_subparsers(
        dest="action", metavar="new|note|conclude|void|list", required=True
    )

    new = actions.add_parser("new", help="登记一件复议或诉讼，显示其号")
    new.add_argument("--case", "--no", dest="case", metavar="NO", help="所涉申请的编号")
    new.add_argument(
        "--older-case", metavar="TEXT", help="所涉申请早于本登记簿时，写明申请的名称或编号"
    )
    new.add_argument("--organ", metavar="NAME", help="受理机关（不属于某件申请时）")
    new.add_argument(
        "--block", required=True, type=Value.one_of(Block, "类别"), help="类别，如 review"
    )
    new.add_argument("--body", default="未写明", metavar="NAME", help="复议机关或法院")
    new.add_argument(
        "--filed",
        "--on",
        dest="filed",
        required=True,
        type=Value.date,
        metavar="DATE",
        help="提起日期",
    )
    new.add_argument("--concluded", type=Value.date, metavar="DATE", help="审结日期")
    new.add_argument("--result", type=Value.one_of(Result, "结果"), help="结果，如 upheld")
    new.add_argument("--co-defendant", action="store_true", help="仅作为复议机关共同被告")
    new.add_argument("--after", type=Value.count, metavar="ID", help="前置的行政复议")
    _add_proceedings(new)
    run_by(new, run_new)

    note = actions.add_parser("note", help="补充案号、主办人、答复应诉期限、开庭日期")
    note.add_argument("id", type=Value.count, metavar="ID")
    _add_proceedings(note)
    note.add_argument("--answered-on", type=Value.date, metavar="DATE", help="已答复日期")
    _add_order(note)
    run_by(note, run_note)

    conclude = actions.add_parser("conclude", help="登记审结")
    conclude.add_argument("id", type=Value.count, metavar="ID")
    conclude.add_argument(
        "--on",
        "--concluded",
        dest="on",
        required=True,
        type=Value.date,
        metavar="DATE",
        help="审结日期",
    )
    conclude.add_argument(
        "--result", required=True, type=Value.one_of(Result, "结果"), help="结果，如 upheld"
    )
    _add_order(conclude)
    run_by(conclude, run_conclude)

    void = actions.add_parser("void", help="作废登记，或只作废审结记录")
    void.add_argument("id", type=Value.count, metavar="ID")
    void.add_argument("--reason", required=True, metavar="TEXT", help="理由")
    void.add_argument("--conclusion", action="store_true", help="只作废审结记录")
    run_by(void, run_void)

    listed = actions.add_parser("list", help="全部复议诉讼")
    listed.add_argument("--case", "--no", dest="case", metavar="NO", help="只列一件申请的")
    run_by(listed, run_list)


def _add_proceedings(command: argparse.ArgumentParser) -> None:
    command.add_argument("--docket-no", metavar="TEXT", help="案号")
    command.add_argument("--handler", metavar="NAME", help="主办人")
    command.add_argument("--answer-by", type=Value.date, metavar="DATE", help="答复应诉期限")
    command.add_argument("--hearing-on", type=Value.date, metavar="DATE", help="开庭日期")


def _add_order(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--ordered-on", type=Value.date, metavar="DATE", help="重新答复令（结果纠正）生效日期"
    )


def _proceedings(given: argparse.Namespace) -> dict[str, Any]:
    from db.disputes.proceedings import LABELS

    named = {name: getattr(given, name, None) for name in LABELS}
    return {name: value for name, value in named.items() if value is not None}


def run_new(given: argparse.Namespace) -> int:
    from db.cases.organs import read_organs
    from db.disputes.recording import new_dispute

    if (given.concluded is None) != (given.result is None):
        raise UsageFault("--concluded 和 --result 要一起写。")
    with recording(given) as tx:
        dispute = new_dispute(
            tx,
            given.block,
            given.body,
            given.filed,
            case=given.case,
            older_case=given.older_case,
            organ=given.organ,
            co_defendant=given.co_defendant,
            after=given.after,
            concluded_on=given.concluded,
            result=given.result,
            proceedings=_proceedings(given),
        )
        organs = read_organs(tx.connection)
    with stored(f"已登记第 {dispute.id} 号复议诉讼"):
        _answer(dispute, organs, given)
    return 0


def run_note(given: argparse.Namespace) -> int:
    from db.cases.organs import read_organs
    from db.disputes.recording import note_proceedings

    with recording(given) as tx:
        dispute = note_proceedings(tx, given.id, _proceedings(given))
        organs = read_organs(tx.connection)
    with stored(f"第 {dispute.id} 号复议诉讼已补充"):
        _answer(dispute, organs, given)
    return 0


def run_conclude(given: argparse.Namespace) -> int:
    from db.cases.organs import read_organs
    from db.disputes.reading import awaiting_new_answer
    from db.disputes.recording import conclude_dispute

    with recording(given) as tx:
        dispute = conclude_dispute(
            tx, given.id, given.on, given.result, ordered_on=given.ordered_on
        )
        organs = read_organs(tx.connection)
        remind = any(waiting.id == dispute.id for waiting in awaiting_new_answer(tx))
    with stored(f"第 {dispute.id} 号复议诉讼的审结已登记"):
        _answer(dispute, organs, given)
        if remind and not given.json:
            say(f"结果纠正：{dispute.case} 重新答复后，请登记“重新答复”。")
    return 0


def run_void(given: argparse.Namespace) -> int:
    from db.cases.organs import read_organs
    from db.disputes.recording import void_dispute

    with recording(given) as tx:
        dispute = void_dispute(tx, given.id, given.reason, only_conclusion=given.conclusion)
        organs = read_organs(tx.connection)
    with stored(f"第 {dispute.id} 号复议诉讼的{'审结' if given.conclusion else '登记'}已作废"):
        _answer(dispute, organs, given)
    return 0


def run_list(given: argparse.Namespace) -> int:
    from db.cases.organs import read_organs
    from db.disputes.reading import list_disputes
    from tui.cli.answers import dispute_document

    with given_register(given) as register, register.reading() as tx:
        found, organs = list_disputes(tx, given.case), read_organs(tx.connection)
    if given.json:
        answer_json({"disputes": [dispute_document(dispute, organs) for dispute in found]})
        return 0
    for dispute in found:
        say(describe(dispute))
    say(f"共 {len(found)} 件")
    return 0


def _answer(dispute: Dispute, organs: Organs, given: argparse.Namespace) -> None:
    from tui.cli.answers import dispute_document

    if given.json:
        answer_json(dispute_document(dispute, organs))
    else:
        say(str(dispute.id) if given.action == "new" else describe(dispute))


def describe(dispute: Dispute) -> str:
    """A dispute in one line."""
    from db.disputes.proceedings import LABELS
    from db.words.text import one_line

    ended = f" 审结{dispute.concluded_on}" if dispute.concluded_on else ""
    marks = "（仅共同被告，不计）" if dispute.co_defendant else ""
    marks += "（已作废）" if dispute.voided else ""
    known = "".join(
        f" {label}{one_line(str(value))}"
        for name, label in LABELS.items()
        if (value := getattr(dispute.proceedings, name))
    )
    return (
        f"#{dispute.id} {dispute.block.label} {one_line(dispute.source)} {one_line(dispute.body)} "
        f"提起{dispute.filed_on}{ended} {dispute.result.label}{marks}{known}"
    )
