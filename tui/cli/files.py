"""`import`, `export`, `demo`, `verify`: whole registers and ledgers."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.cli import environment
from tui.cli.output import complain, stored
from tui.cli.values import (
    Progress,
    UsageFault,
    Value,
    answer_json,
    given_register,
    opened,
    register_for,
    register_if_any,
    run_by,
    say,
    unnamed_office,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.maintenance.verify import Verified
    from db.storage.transaction import Transaction
    from exports.ledger.importing import Imported
    from exports.ledger.understanding import Understood
    from exports.ledger.understanding_disputes import UnderstoodDisputes
    from exports.ledger.write_file import Written


def add_commands(commands: Any) -> None:
    imports = commands.add_parser("import", help="导入台账（.xlsx 或 .csv）：全部导入，或一行不动")
    imports.add_argument("file", type=Path, metavar="FILE")
    imports.add_argument(
        "--disputes",
        type=Path,
        metavar="F",
        help="另有复议诉讼的文件（.xlsx 台账写在第二张工作表里）",
    )
    imports.add_argument("--dry-run", action="store_true", help="只核对，不导入")
    imports.add_argument("--organ", metavar="NAME", help="没有写明受理机关的行归入的机关")
    imports.add_argument("--again", action="store_true", help="已经登记过的行，也再次登记")
    run_by(imports, run_import)

    export = commands.add_parser("export", help="导出台账（.xlsx 或 .csv）")
    export.add_argument("file", type=Path, nargs="?", metavar="FILE")
    export.add_argument(
        "--all", type=Path, metavar="DIR", help="全部内容写成不需要程序就能读的文件，放进新文件夹"
    )
    export.add_argument("--year", type=Value.year, metavar="Y", help="只导出该年办理的申请")
    export.add_argument(
        "--find",
        nargs="+",
        metavar="WORDS",
        help="只导出找到的申请，写法同 find；新的在前，写在文件名之后",
    )
    export.add_argument(
        "--disputes",
        type=Path,
        metavar="F",
        help="复议诉讼另写的文件（.csv；.xlsx 写在第二张工作表里）",
    )
    export.add_argument("--print", action="store_true", help="写成供打印的清单（.xlsx，A4 横排）")
    export.add_argument("--masked", action="store_true", help="隐去姓名、证件、电话、地址")
    run_by(export, run_export)

    demo = commands.add_parser("demo", help="生成演示登记簿，内容全为虚构")
    demo.add_argument(
        "file", nargs="?", metavar="FILE", help="文件（默认：数据文件夹里的 demo.db）"
    )
    demo.add_argument("--cases", type=Value.count, default=300, metavar="N", help="件数")
    demo.add_argument(
        "--seed", type=Value.count, default=1, metavar="N", help="另一批虚构内容的种子"
    )
    run_by(demo, run_demo)

    verify = commands.add_parser("verify", help="证明数据库、办理记录和显示的状态一致")
    run_by(verify, run_verify)


def run_import(given: argparse.Namespace) -> int:
    from exports.ledger.importing import store_ledger, taught_in, try_ledger
    from exports.ledger.understanding import for_organ, understand_ledger
    from tui.desk.clock_back import clock_set_back

    progress, behind, unnamed = Progress(), "", ""
    try:
        with register_if_any(given) as register:
            taught = taught_in(register)
            today = environment.clock().today()
            ledger = understand_ledger(given.file, today, progress, taught, apart=given.disputes)
            ledger = for_organ(ledger, given.organ)
            done = try_ledger(register, ledger, again=given.again)
        if not given.dry_run:
            with register_for(given) as register:
                with register.reading() as tx:
                    behind = clock_set_back(tx)
                done = store_ledger(register, ledger, progress, again=given.again)
                with register.reading() as tx:
                    unnamed = unnamed_office(tx)
    finally:
        progress.end()
    complain(behind)
    if not given.json:
        complain(unnamed)
    unread = [f"“{title}”工作表没有导入；只读第一张和“复议诉讼”。" for title in ledger.unread]
    for said in unread:
        complain(said)
    warnings = [said for said in (behind, unnamed, *unread) if said]
    _tell_left_out(ledger, "申请")
    if ledger.disputes is not None:
        _tell_left_out(ledger.disputes, "复议诉讼")
    if given.dry_run:
        _answer_import(done, given, warnings)
    else:
        numbers = f"，编号 {done.first} 至 {done.last}" if done.cases else ""
        with stored(f"已导入 {done.cases} 件{numbers}{_and_disputes(done)}"):
            _answer_import(done, given, warnings)
    return 0


def _tell_left_out(read: Understood | UnderstoodDisputes, what: str) -> None:
    """Columns and rows of a sheet that are not imported."""
    for column in read.heading.columns:
        if column.means is None:
            complain(f"“{column.said}”列按词语对照没有导入。")
    for row in read.passed:
        complain(f"{read.sheet} 第{row.row}行是“{row.begins}”，不是{what}，没有导入。")


def _answer_import(done: Imported, given: argparse.Namespace, warnings: list[str]) -> None:
    if given.json:
        answer_json(
            {
                "cases": done.cases,
                "events": done.events,
                "disputes": done.disputes,
                "dry_run": given.dry_run,
                "faults": [],
                "warnings": warnings,
            }
        )
    elif given.dry_run:
        say(f"核对无误：{done.cases} 件{_and_disputes(done)}可以导入；这次没有写入。")
    else:
        say(f"已导入 {done.cases} 件，{done.events} 条办理记录{_and_disputes(done)}。")


def _and_disputes(done: Imported | Written) -> str:
    return f"，复议诉讼 {done.disputes} 件" if done.disputes else ""


def run_export(given: argparse.Namespace) -> int:
    if given.disputes is not None and given.file is not None:
        _refuse_second_file(given)
    if given.all is not None:
        return _export_all(given)
    return _export_ledger(given)


def _export_ledger(given: argparse.Namespace) -> int:
    from db.lookup.find import count_found, ids_found
    from db.lookup.query import faults_of
    from exports.ledger.write_file import write_ledger

    if given.file is None and (given.find or [""])[-1].endswith((".xlsx", ".csv")):
        raise UsageFault(f"文件名请写在 --find 之前：taizhang export {given.find[-1]} --find …。")
    if given.file is None:
        raise UsageFault("请写明导出到哪个文件（.xlsx 或 .csv），或用 --all 写明文件夹。")
    progress = Progress()
    words = " ".join(given.find or ())

    def found(tx: Transaction) -> Sequence[int]:
        return ids_found(tx, words) or ()

    with given_register(given) as register:
        with register.reading() as tx:
            for fault in faults_of(words, tx.today):
                raise UsageFault(fault)
            total = count_found(tx, words)
        written = write_ledger(
            register,
            given.file,
            given.year,
            disputes=given.disputes,
            chosen=found if words else None,
            masked=given.masked,
            printed=given.print,
            progress=lambda done: progress("写出台账", done, max(done, total or 0)),
        )
    progress.end()
    left_out = ""
    if written.left_out:
        left_out = (
            f"有 {written.left_out} 件复议诉讼没有写出；加上 --disputes 文件名.csv 另写一个文件。"
        )
        complain(left_out)
    with stored(f"已导出 {written.cases} 件{_and_disputes(written)}到 {given.file}"):
        if given.json:
            answer_json(
                {
                    "file": str(given.file),
                    "cases": written.cases,
                    "disputes": written.disputes,
                    "warnings": [left_out] if left_out else [],
                }
            )
        elif words and not total:
            say(f"没有找到“{words}”；{given.file} 里只有表头，没有申请。")
        else:
            second = f" 和 {given.disputes}" if given.disputes else ""
            say(f"已导出 {written.cases} 件{_and_disputes(written)}到 {given.file}{second}。")
    return 0


def _refuse_second_file(given: argparse.Namespace) -> None:
    """
    Raises:
        UsageFault: the disputes have no use for a file of their own.
    """
    if given.print:
        raise UsageFault("清单（--print）里没有复议诉讼，不能与 --disputes 同用。")
    if given.file.suffix.lower() == ".xlsx":
        raise UsageFault(".xlsx 台账的复议诉讼写在第二张工作表里，不用 --disputes。")


def _export_all(given: argparse.Namespace) -> int:
    from exports.archive.write import write_archive

    others = (given.file, given.year is not None, given.find, given.masked, given.print)
    if any(others) or given.disputes is not None:
        raise UsageFault(
            "--all 写出全部内容，不能与文件名、--year、--find、--print、--disputes 或 --masked 同用。"
        )
    with given_register(given) as register:
        rows = write_archive(register, given.all)
    with stored(f"已写出 {rows} 行到 {given.all}"):
        if given.json:
            answer_json({"folder": str(given.all), "rows": rows})
        else:
            say(f"已写出 {rows} 行到 {given.all}；里面的 check.py 可以独立核对。")
    return 0


def run_demo(given: argparse.Namespace) -> int:
    from db.demo.cases import make_demo
    from db.errors import RegisterError
    from db.storage.location import exists, sqlite_path
    from db.storage.server_address import is_server

    location = given.file or given.db or environment.beside_the_usual("demo.db")
    if exists(location):
        raise RegisterError(f"{location} 已经存在；演示内容不会写进已有的登记簿，请换一个文件名。")
    fresh = not is_server(location) and not sqlite_path(location).exists()
    progress = Progress()
    try:
        with opened(location, create=True) as register, register.writing() as tx:
            made, place = make_demo(tx, given.cases, given.seed, progress), register.place
    except BaseException:
        if fresh:
            _take_back(location)
        raise
    finally:
        progress.end()
    named = place if is_server(location) else location  # without a password
    with stored(f"已生成 {made} 件虚构申请，在 {named}"):
        if given.json:
            answer_json({"file": named, "cases": made})
        else:
            say(f"已生成 {made} 件虚构申请；用 taizhang --db {named} 打开。")
    return 0


def _take_back(location: str) -> None:
    """Remove the register that a demo has begun and not filled, unless others have begun to use it."""
    from db.cases.organs import organ_names
    from db.errors import RegisterError
    from db.lookup.find import count_found
    from db.opening import open_as_it_is
    from db.storage.location import exists, sqlite_path

    with contextlib.suppress(OSError, RegisterError):
        if exists(location):
            begun = open_as_it_is(location, clerk="", clock=environment.clock())
            if begun is None:
                return
            with begun, begun.reading() as tx:
                if organ_names(tx) or count_found(tx, ""):
                    return
        sqlite_path(location).unlink(missing_ok=True)


def run_verify(given: argparse.Namespace) -> int:
    from db.maintenance.verify import ADVICE

    verified = _verified(given)
    if given.json:
        answer_json(
            {
                "ok": verified.ok,
                "cases": verified.cases,
                "events": verified.events,
                "digest": verified.head.digest,
                "problems": list(verified.problems),
            }
        )
        if not verified.ok:
            complain(f"登记簿有 {len(verified.problems)} 处不一致；{ADVICE}")
    else:
        for problem in verified.problems:
            say(problem)
        result = "一致" if verified.ok else f"有 {len(verified.problems)} 处不一致"
        say(
            f"{verified.cases} 件申请，{verified.events} 条办理记录：{result}。"
            f"记录链 {verified.head.label}。"
        )
        if not verified.ok:
            say(ADVICE)
    return 0 if verified.ok else 1


def _verified(given: argparse.Namespace) -> Verified:
    """What `verify` finds; a register that cannot even be opened is a finding as well.

    Not one that only cannot be reached: it may be whole.
    """
    from functools import partial

    from db.errors import OutOfReach, Unreadable
    from db.maintenance.copy_check import reading_file
    from db.maintenance.proving_beside import File
    from db.maintenance.verify import Verified, verify
    from db.opening import open_as_it_is
    from db.storage.head import Head
    from db.storage.location import exists
    from tui.desk.heads import noted_of

    location = environment.location(given.db)
    try:
        unchanged = open_as_it_is(location, clerk=environment.clerk(), clock=environment.clock())
        with unchanged or given_register(given) as register, register.reading() as tx:
            file = register.store.file
            at = File(file, partial(reading_file, live=True)) if file else None
            return verify(tx, noted_of(register.place), file=at)
    except OutOfReach:
        raise
    except Unreadable as fault:
        if not exists(location):
            raise
        return Verified(0, 0, Head(0, ""), (str(fault),))
