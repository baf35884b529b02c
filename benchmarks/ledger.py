"""The ledger: written, read, and the year table of one beside what offices count it with today."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks import registers
from benchmarks.floors import rows_of
from benchmarks.processes import HOME, Ran, both, floor, ran, taizhang
from benchmarks.table import ROUNDS, ROUNDS_QUICK, Line, growth, memory, paired
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind

YEAR = 2025
OPENPYXL, CALAMINE = "openpyxl", "calamine, one insert"
TWENTY_TIMES = 0.05
"""Twenty times faster, as a ratio of ours to the peer's."""


def measure(quick: bool) -> Iterator[Line]:
    rounds = ROUNDS_QUICK if quick else ROUNDS
    yield from written((1_000,) if quick else (20_000, 100_000), rounds)
    yield from read((1_000,) if quick else (2_000, 20_000), rounds)
    if not quick:
        yield from counted(10_000)


def ledger_of(cases: int) -> Path:
    """The ledger of so many invented cases, and its cells beside it."""
    path = registers.FOLDER / f"ledger-{cases}.xlsx"
    if not path.exists():
        ran(taizhang("--db", registers.invented(cases), "export", path))
    if not path.with_suffix(".cells").exists():
        ran(floor("keep", path, path.with_suffix(".cells")))
    return path


def written(sizes: tuple[int, ...], rounds: int) -> Iterator[Line]:
    taken: list[Ran] = []
    out = registers.FOLDER / "written.xlsx"
    for cases in sizes:
        line, ours = both(
            f"ledger export, {cases:,} rows",
            taizhang("--db", registers.invented(cases), "export", out),
            OPENPYXL,
            floor("export", ledger_of(cases).with_suffix(".cells"), out),
            1.2,
            out,
            rounds=rounds,
        )
        taken.append(ours)
        yield line
    if len(taken) > 1:
        few, many = taken
        yield growth("ledger export", few.ms, many.ms, times="five times", most=6)
        yield memory(f"ledger export, {sizes[1]:,} rows", many.peak_mb, few.peak_mb, sizes[0])


def read(sizes: tuple[int, ...], rounds: int) -> Iterator[Line]:
    out = registers.FOLDER / "read.db"
    taken = []
    for cases in sizes:
        ledger = ledger_of(cases)
        line, ours = both(
            f"ledger import, {cases:,} rows",
            taizhang("--db", out, "import", ledger),
            CALAMINE,
            floor("import", ledger, out),
            3,
            out,
            rounds=rounds,
        )
        taken.append(ours.ms)
        yield line
    if len(taken) > 1:
        yield growth("ledger import", taken[0], taken[1])


def counted(cases: int) -> Iterator[Line]:
    """The year's figures, process start to figures: of a ledger that the register holds, and of one
    that must be read into a new register first, which an office does once."""
    kept, out = registers.invented(cases), registers.FOLDER / "read.db"
    ledger = ledger_of(cases)

    def held() -> float:
        return ran(taizhang("--db", kept, "report", YEAR, "--json")).ms

    def opened() -> float:
        took = ran(taizhang("--db", out, "import", ledger), out).ms
        return took + ran(taizhang("--db", out, "report", YEAR, "--json")).ms

    peers: dict[str, list[str]] = {}
    if office := shutil.which("soffice"):
        profile = f"-env:UserInstallation=file://{HOME.absolute()}/office"
        convert = ("--headless", "--convert-to", "csv", "--outdir", str(HOME))
        peers["LibreOffice"] = [office, profile, *convert, str(with_formulas(cases))]
    if find_spec("pandas"):
        peers["pandas"] = floor("crosstab", ledger, YEAR)
    what = {
        f"year table, {cases:,} rows in the register": held,
        f"year table, {cases:,} rows read from .xlsx first": opened,
    }
    if not peers:
        for told, work in what.items():
            taken = median(work() for _ in range(ROUNDS))
            yield Line(told, taken, note="beside nothing: neither LibreOffice nor pandas is here")
    for beside, command in peers.items():
        held(), ran(command)
        rounds = [(held(), opened(), ran(command).ms) for _ in range(ROUNDS)]
        *ours, theirs = zip(*rounds, strict=True)
        for told, mine in zip(what, ours, strict=True):
            yield paired(told, mine, beside, theirs, TWENTY_TIMES)


def with_formulas(cases: int) -> Path:
    """The ledger as an office counts it: 150 COUNTIFS over its rows, on the sheet that is opened."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    path = registers.FOLDER / f"ledger-{cases}-countifs.xlsx"
    if path.exists():
        return path
    heading, *rows = rows_of(str(ledger_of(cases)))
    place = {
        name: get_column_letter(heading.index(name) + 1)
        for name in ("申请人类型", "收到日期", "办结日期", "办理结果")
    }
    book = Workbook(write_only=True)
    table, ledger = book.create_sheet("表"), book.create_sheet("台账")
    span = {name: f"台账!${at}$2:${at}${len(rows) + 1}" for name, at in place.items()}
    first, last = (f"DATE({YEAR},{day})" for day in ("1,1", "12,31"))
    for named in (None, *(one.name for one in OUTCOMES)):
        day = span["收到日期" if named is None else "办结日期"]
        within = f'{day},">="&{first},{day},"<="&{last}'
        outcome = f',{span["办理结果"]},"{named}"' if named else ""
        table.append(
            [
                f'=COUNTIFS({span["申请人类型"]},"{kind.label}",{within}{outcome})'
                for kind in ApplicantKind
            ]
        )
    ledger.append(heading)
    for row in rows:
        ledger.append([cell if isinstance(cell, date) or cell else None for cell in row])
    book.save(path)
    return path
