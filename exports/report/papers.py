"""The papers of a year's report: a workbook, a document, a page; all of one `YearReport`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from db.errors import BadValue
from db.storage.register import Register
from db.storage.transaction import Transaction
from db.year_end.report import YearReport
from exports.paper_file import replacing

ENDINGS = (".xlsx", ".docx", ".html")


def write_papers(
    register: Register,
    report: YearReport,
    paths: Sequence[Path],
    progress: Callable[[int], None] = lambda rows: None,
    last: Callable[[], None] = lambda: None,
    *,
    masked: bool = False,
) -> None:
    """Write papers of a report, each of the kind its name ends in; all of them or none.

    What is written is what the report shows, be it live, filed or of a past moment. An older file
    gives way only to a whole new one. `progress` hears now and then how many cases are written,
    `last` before the papers take their places; what they raise ends the work, and older files stay.
    `masked` hides whom the cases and disputes concern.

    Raises:
        BadValue: a name ends otherwise.
        NotFound: the register has no such organ any more.
        RegisterError: a file cannot be written there.
    """
    for path in paths:
        if path.suffix.lower() not in ENDINGS:
            raise BadValue(f"{path} 应以 .xlsx、.docx 或 .html 结尾；年报只写成这几种。")
    with register.reading() as tx, ExitStack() as places:
        for path in paths:
            hear = last if path is paths[-1] else lambda: None  # which takes its place first
            draft = places.enter_context(replacing(path, register.store.file, hear))
            _write(tx, report, draft, progress, masked)


def _write(
    tx: Transaction,
    report: YearReport,
    draft: Path,
    progress: Callable[[int], None],
    masked: bool,
) -> None:
    """Write one paper; what a kind needs is loaded for it alone."""
    kind = draft.suffix.lower()
    if kind == ".docx":
        from exports.report.document import write_document

        write_document(report, draft)
    elif kind == ".html":
        from exports.report.plots import plots
        from exports.report.web_page import write_page

        write_page(report, plots(tx, report), draft)
    else:
        from exports.report.workbook import write_workbook

        write_workbook(tx, report, draft, progress, masked=masked)
