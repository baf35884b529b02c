"""The readers, each with what it is given for a seed; whatever it raises but a refusal is a fault."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from db.calendar.dates import from_cell, parse_date, parse_full_date
from db.calendar.workdays import work_calendar
from db.cases.holidays import read_notice
from db.errors import RegisterError
from db.lookup.find import count_found
from db.maintenance.verify import verify
from exports.ledger.importing import LedgerRefused, import_ledger
from exports.ledger.write_file import write_ledger
from exports.letters.built_in import TEMPLATES
from exports.letters.fields import FIELDS
from exports.letters.laying import lay
from exports.letters.rendering import About, BadTemplate, render
from tests.fuzz import reports
from tests.fuzz.mutations import HOSTILE, NUMBERS, encoded, mutated_bytes, mutated_text
from tests.support.at_once import open_register
from tests.support.ledgers import HEADING, Parts, ledger, with_disputes, written
from tests.support.paths import DATA
from tui.actions.keymap import read_keymap
from tui.cli.calendar import notice_text
from tui.desk.drafts import DraftFile
from tui.desk.state import read_whole

TODAY = date(2026, 3, 10)


@dataclass(frozen=True)
class Ground:
    """Where an input is put, and the empty register that is copied for it."""

    folder: Path
    empty: Path


Reading = Callable[[Ground, Random], None]

_ROWS: tuple[Mapping[str, object], ...] = (
    {"编号": "2025-0001", "受理机关": "甲局", "申请方式": "网上", "联系电话": 13800000000},
    {
        "编号": "2025-0002",
        "补正告知日期": "2025-03-10",
        "补正限期": "2025-03-31",
        "收到补正日期": date(2025, 3, 20),
        "延期告知日期": "2025-04-01；2025-04-02",
        "延期工作日": "5；10",
        "办理结果": "3.2",
        "办结日期": "2025-05-06",
        "送达方式": "邮寄",
        "备注": "要件齐全\n【缴费 2025-04-02】金额（元）=100.00\n【备注 2025-05-07】备注=已寄出",
    },
    {
        "申请人": "李四",
        "收到日期": date(2025, 3, 6),
        "办理结果": "撤回",
        "办结日期": "2025年4月1日",
    },
)
_DISPUTES: tuple[Mapping[str, object], ...] = (
    {"序号": 1, "申请编号": "2025-0001", "审结日期": date(2025, 5, 6), "结果": "维持"},
    {
        "申请编号": "2025-0001",
        "类别": "复议后起诉",
        "提起日期": "2025年5月20日",
        "前置复议": "1",
        "仅为共同被告": "是",
        "备注": "已应诉\n【办理】案号=行初3号；开庭日期=2025-06-01",
    },
    {"受理机关": "甲局", "类别": "未经复议直接起诉"},
)


@cache
def _honest(empty: Path) -> dict[str, bytes]:
    """Files as people make them: a ledger of theirs, and ours as it is exported."""
    home = empty.with_name("honest")
    home.mkdir()
    shutil.copy(empty, home / "r.db")
    theirs = with_disputes(ledger(home / "theirs.xlsx", *_ROWS), *_DISPUTES)
    with open_register(str(home / "r.db")) as register:
        import_ledger(register, theirs)
        for name in ("ours.xlsx", "ours.csv"):
            write_ledger(register, home / name)
    return {path.name: path.read_bytes() for path in sorted(home.iterdir()) if path.suffix}


def _brought(ground: Ground, path: Path) -> None:
    """The ledger is imported whole or not at all."""
    place = ground.folder / "register.db"
    shutil.copy(ground.empty, place)
    with open_register(str(place)) as register:
        stored, said = 0, ["。"]
        try:
            stored = import_ledger(register, path).cases
        except LedgerRefused as refusal:
            said = [fault.reason for fault in refusal.faults]
        except RegisterError as refusal:
            said = [str(refusal)]
        assert said
        assert all(sentence.endswith("。") for sentence in said)
        with register.reading() as tx:
            assert count_found(tx, "") == stored


def xlsx_of_other_parts(ground: Ground, random: Random) -> None:
    """A part of a workbook, its XML changed, packed as before."""
    source = ground.folder / "source.xlsx"
    source.write_bytes(_honest(ground.empty)[random.choice(("theirs.xlsx", "ours.xlsx"))])
    path = ground.folder / "台账.xlsx"
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(path, "w") as archive:
        names = given.namelist()
        sheets = [name for name in names if "sheet" in name or "Strings" in name]
        changed = random.choice((random.choice(sheets), random.choice(names)))
        for name in names:
            content = given.read(name)
            if name == changed:
                content = mutated_text(content.decode(), random).encode(errors="ignore")
            archive.writestr(name, content)
    _brought(ground, path)


def xlsx_of_other_bytes(ground: Ground, random: Random) -> None:
    path = ground.folder / "台账.xlsx"
    honest = _honest(ground.empty)[random.choice(("theirs.xlsx", "ours.xlsx"))]
    path.write_bytes(mutated_bytes(honest, random))
    _brought(ground, path)


def xlsx_of_strange_cells(ground: Ground, random: Random) -> None:
    """A row in which a cell or two hold what their kind does not."""
    honest = [("str", text) for text in ("2025-03-05", "张三", "自然人", "征地批复")]
    for _ in range(random.choice((1, 1, 2))):
        kind = random.choice(("n", "n", "n", "s", "str", "b", "e", "d", "inlineStr"))
        said = random.choice(NUMBERS if random.randrange(2) else HOSTILE)
        honest[random.randrange(4)] = kind, said
    cells = "".join(
        f'<c t="{kind}" s="{random.choice((0, 0, 0, 1, 2, 3))}">{random.choice(("", "", "<f>A1</f>"))}'
        f"<v>{_escaped(text)}</v></c>"
        for kind, text in honest
    )
    styles = (
        '<styleSheet><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>'
    )
    strings = "<sst><si><t>张三</t></si></sst>"
    parts = Parts(sheet=f"{HEADING}<row>{cells}</row>", strings=strings, styles=styles)
    _brought(ground, written(ground.folder / "台账.xlsx", parts))


def _escaped(text: str) -> str:
    kept = "".join(c for c in text if c in "\t\n\r" or " " <= c < "\ufffe" or c > "\uffff")
    return kept.replace("&", "&amp;").replace("<", "&lt;")


def csv_file(ground: Ground, random: Random) -> None:
    text = _honest(ground.empty)["ours.csv"].decode("utf-8-sig")
    content = encoded(mutated_text(text, random), random)
    path = ground.folder / "台账.csv"
    path.write_bytes(mutated_bytes(content, random) if random.randrange(3) == 0 else content)
    _brought(ground, path)


def notice(ground: Ground, random: Random) -> None:
    path = ground.folder / "通知.txt"
    text = random.choice(_notices())
    path.write_bytes(encoded(mutated_text(text, random), random))
    with suppress(RegisterError):
        read_notice(notice_text(path), random.choice((None, 2026)))


@cache
def _notices() -> list[str]:
    folder = DATA / "notices"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]


def day(_: Ground, random: Random) -> None:
    honest = ("2024-03-05", "2024年3月5日", "20240305", "3-5", "+20", "昨天", "2024-03-05 00:00:00")
    text = mutated_text(random.choice(honest), random)
    for read in (
        lambda: parse_full_date(text),
        lambda: parse_date(text, TODAY, work_calendar()),
        lambda: from_cell(random.choice((text, 1e300, float("inf"), 20240305.0, True, None, ()))),
    ):
        with suppress(RegisterError):
            read()


def config(ground: Ground, random: Random) -> None:
    honest = '[keys]\ncase.trace = "e,f4"\n"register.sort" = "s"\napp.quit = "ctrl+q"\n'
    path = ground.folder / "config.toml"
    content = encoded(mutated_text(honest, random), random)
    path.write_bytes(mutated_bytes(content, random) if random.randrange(3) == 0 else content)
    assert all(isinstance(problem, str) for problem in read_keymap(path).problems)


def draft(_: Ground, random: Random) -> None:
    kept = DraftFile("register.db", f"step {random.random()}")
    kept.path.parent.mkdir(parents=True, exist_ok=True)
    honest = (
        '{"at": "2026-03-10T09:00:00+08:00", "texts": {"applicant": "张三", "subject": "某事"}}'
    )
    content = encoded(mutated_text(honest, random), random)
    kept.path.write_bytes(mutated_bytes(content, random) if random.randrange(3) == 0 else content)
    form = kept.read()
    assert form is None or all(isinstance(text, str) for text in form.texts.values())
    assert isinstance(read_whole(kept.path), dict)
    kept.forget()


def register_file(ground: Ground, random: Random) -> None:
    path = ground.folder / "register.db"
    path.write_bytes(mutated_bytes(_honest(ground.empty)["r.db"], random))
    with (
        suppress(RegisterError),
        open_register(str(path)) as register,
        register.reading() as tx,
    ):
        count_found(tx, "")
        verify(tx)


def report_text(ground: Ground, random: Random) -> None:
    reports.report_text(ground.folder, random)


def report_packed(ground: Ground, random: Random) -> None:
    reports.report_packed(ground.folder, random)


def report_in_a_manner(ground: Ground, random: Random) -> None:
    reports.report_in_a_manner(ground.folder, random)


def letter_template(_: Ground, random: Random) -> None:
    """A template that was cut, changed or edited: it makes a document, or is refused in a sentence."""
    template = random.choice(TEMPLATES)
    content = lay(template)
    if random.randrange(3) == 0:
        content = mutated_bytes(content, random)
    else:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            told = {name: parts.read(name) for name in parts.namelist()}
        name = random.choice(("word/document.xml", *told))
        if random.randrange(2):
            told[name] = mutated_bytes(told[name], random)
        else:
            text = mutated_text(told[name].decode("utf-8", "replace"), random)
            told[name] = text.encode("utf-8", "surrogatepass")
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as parts:
            for part, whole in told.items():
                parts.writestr(part, whole)
        content = packed.getvalue()
    fields: dict[str, object] = dict.fromkeys(FIELDS, random.choice(HOSTILE))
    fields["卷内文件"] = [dict.fromkeys(("序号", "名称", "文号", "日期"), "某")]
    with suppress(BadTemplate):
        assert render(content, template.name, fields, About("某", "某", TODAY))


READERS: tuple[Reading, ...] = (
    report_text,
    report_packed,
    report_in_a_manner,
    xlsx_of_other_parts,
    xlsx_of_other_bytes,
    xlsx_of_strange_cells,
    csv_file,
    notice,
    day,
    config,
    draft,
    register_file,
    letter_template,
)


def read_input(ground: Ground, place: int) -> str:
    """Give the input of a place to its reader; answers the reader's name."""
    reader = READERS[place % len(READERS)]
    for left in ground.folder.iterdir():
        if left.is_file():
            left.unlink()
    reader(ground, Random(f"{reader.__name__} {place}"))
    return reader.__name__
