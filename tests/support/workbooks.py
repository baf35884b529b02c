"""What the tests of the workbook share: cases to count, and LibreOffice to compute the formulas."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from db.law.event import Event
from db.storage.register import Register
from db.words.vocabulary import ApplicantKind, Channel, EventKind
from tests.support.at_once import log_event, new_case
from tests.support.paths import DATA
from tests.support.spreadsheets import load_workbook

SOFFICE = shutil.which("soffice")


def needs_office(test: Callable[..., None]) -> Callable[..., None]:
    """A test of `make test-papers`, which LibreOffice helps with."""
    there = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
    return pytest.mark.papers(there(test))


def add(
    register: Register,
    on: date,
    kind: ApplicantKind = ApplicantKind.NATURAL_PERSON,
    *,
    decided: date | None = None,
    outcome: str = "3.1",
    **facts: str,
) -> str:
    """Register a case, answered if `decided` is given; its number."""
    told = {
        "applicant": "王某",
        "subject": "某街道征收补偿方案",
        "organ": "某市人民政府",
        **facts,
    }
    channel = Channel.INTERNET
    received = Event(EventKind.RECEIVED, on, applicant_kind=kind, channel=channel, **told)
    number = new_case(register, received).number
    if decided:
        log_event(register, number, Event(EventKind.DECIDED, decided, outcome=outcome))
    return number


@cache
def _profile() -> str:
    """Where LibreOffice keeps what it makes at its first start, which takes longer than a book."""
    folder = tempfile.mkdtemp(prefix="tz-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder).as_uri()


def converted(folder: Path, kind: str, *paths: Path) -> list[Path]:
    """Each file as LibreOffice, which is slow to start, writes it as another kind."""
    assert SOFFICE is not None
    options = [f"-env:UserInstallation={_profile()}", "--headless", "--convert-to", kind]
    target = ["--outdir", str(folder / "converted"), *map(str, paths)]
    subprocess.run([SOFFICE, *options, *target], check=True, capture_output=True, timeout=120)
    return [folder / "converted" / f"{path.stem}.{kind}" for path in paths]


def recalculated(folder: Path, *paths: Path) -> list[dict[str, list[tuple[object, ...]]]]:
    """Every sheet's values of each book as LibreOffice computes them."""
    books = [load_workbook(path, data_only=True) for path in converted(folder, "xlsx", *paths)]
    return [
        {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book} for book in books
    ]


PUBLISHED = DATA / "published"  # two reports of 2020, on Form 2019


def published(name: str) -> list[list[int]]:
    lines = (PUBLISHED / name).read_text(encoding="utf-8").splitlines()
    return [[int(figure) for figure in line.split()] for line in lines]


FIRST_ROW = 6  # of the figures on 申请办理
