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
from benchmarks.processes import HOME, both, floor, ran, taizhang
from benchmarks.table import ROUNDS, Line, growth, memory, paired
from db.words.outcomes import OUTCOMES
from db.words.vocabulary import ApplicantKind

YEAR = 2025
OPENPYXL, CALAMINE = "openpyxl write-only", "calamine and one insert"


def measure(quick: bool) -> Iterator[Line]:
    yield from read(*((1_000,) if quick else (2_000, 20_000)))
    yield from written((1_000,) if quick else (20_000, 100_000))
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


def written(sizes: tuple[int, ...]) -> Iterator[Line]:
    peaks = []
    out = registers.FOLDER / "written.xlsx"
    for cases in sizes:
        line, ours = both(
            f"ledger export, {cases:,} rows",
            taizhang("--db", registers.invented(cases), "export", out),
            OPENPYXL,
            floor("export", ledger_of(cases).with_suffix(".cells"), out),
            1.2,
            out,
        )
        peaks.append(ours.peak_mb)
        yield line
    for cases, peak in zip(sizes[1:], peaks[1:], strict=True):
        yield memory(f"ledger export, {cases:,} rows against {sizes[0]:,}", peak, peaks[0])


def read(*sizes: int) -> Iterator[Line]:
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
        )
        taken.append(ours.ms)
        yield line
    if len(taken) > 1:
        yield growth("ledger import", taken[0], taken[1])


def counted(cases: int) -> Iterator[Line]:
    """The year's figures of a ledger that is in the register, process start to figures."""
    ours = taizhang("--db", registers.invented(cases), "report", YEAR, "--json")
    what = f"year table of a ledger of {cases:,} rows"
    office = shutil.which("soffice")
    if office is None:
        taken = median(ran(ours).ms for _ in range(ROUNDS))
        yield Line(what, taken, note="not measured against LibreOffice: it is absent")
    else:
        book = with_formulas(cases)
        profile = f"-env:UserInstallation=file://{HOME.absolute()}/office"
        command = [office, profile, "--headless", "--convert-to", "csv", "--outdir", str(HOME)]
        yield at_least(what, ours, "LibreOffice, COUNTIFS", [*command, str(book)])
    if find_spec("pandas"):
        yield at_least(what, ours, "pandas crosstab", floor("crosstab", ledger_of(cases), YEAR))


def at_least(what: str, ours: list[str], beside: str, theirs: list[str]) -> Line:
    """Twenty times faster is a ratio of at most 0.05."""
    ran(ours), ran(theirs)
    pairs = [(ran(ours).ms, ran(theirs).ms) for _ in range(ROUNDS)]
    mine, others = zip(*pairs, strict=True)
    return paired(what, mine, beside, others, 0.05)


def with_formulas(cases: int) -> Path:
    """The ledger as an office counts it: 150 COUNTIFS over its rows, on the sheet that is opened."""
    from openpyxl import Workbook

    path = registers.FOLDER / f"countifs-{cases}.xlsx"
    if path.exists():
        return path
    heading, *rows = rows_of(str(ledger_of(cases)))
    place = {
        name: chr(ord("A") + n)
        for n, name in enumerate(("申请人类型", "收到日期", "办结日期", "办理结果"))
    }
    columns = [heading.index(name) for name in place]
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
    ledger.append(list(place))
    for row in rows:
        cells = [row[at] for at in columns]
        ledger.append([cell if isinstance(cell, date) or cell else None for cell in cells])
    book.save(path)
    return path
