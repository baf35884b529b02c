"""The readers of other offices' reports: each reads what it is given, or refuses it in a sentence."""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path
from random import Random

from db.errors import RegisterError
from exports.consolidation.understanding import read_report
from tests.fuzz.mutations import HOSTILE, encoded, mutated_bytes, mutated_text
from tests.support.messy_reports import Mess, draft, truth
from tests.support.office_pages import MANNERS, sample, write
from tests.support.report_writers import WRITERS

_TEXTS = ("html", "csv", "cells", "rows", "strokes", "lines")
_PACKED = ("docx", "xlsx")


def _read(path: Path) -> None:
    said: list[str] = []
    try:
        read = read_report(path, 2024)
        said = [problem.text for problem in (*read.problems, *read.remarks)]
    except RegisterError as refusal:
        said = [str(refusal)]
    assert all(sentence.endswith("。") for sentence in said)


def report_text(folder: Path, random: Random) -> None:
    """A page, a table or a text that somebody has been at."""
    name = random.choice(_TEXTS)
    path = WRITERS[name](draft(truth(random), Mess.drawn(random)), folder)
    text = path.read_bytes().decode("utf-8", "ignore")
    for _ in range(random.choice((1, 1, 4))):
        text = mutated_text(text, random)
    content = encoded(text, random)
    path.write_bytes(mutated_bytes(content, random) if random.randrange(3) == 0 else content)
    _read(path)


def report_packed(folder: Path, random: Random) -> None:
    """A document or a workbook, the XML of a part changed, or its bytes."""
    name = random.choice(_PACKED)
    path = folder / f"source.{name}"
    path.write_bytes(_honest(name, folder))
    changed = folder / f"年报.{name}"
    if random.randrange(3) == 0:
        changed.write_bytes(mutated_bytes(path.read_bytes(), random))
    else:
        with zipfile.ZipFile(path) as given, zipfile.ZipFile(changed, "w") as archive:
            names = [each for each in given.namelist() if each.endswith((".xml", ".rels"))]
            chosen = random.choice(names)
            for each in given.namelist():
                content = given.read(each)
                if each == chosen:
                    content = mutated_text(content.decode(), random).encode(errors="ignore")
                archive.writestr(each, content)
    _read(changed)


@cache
def _packed(name: str) -> list[bytes]:
    return []


def _honest(name: str, folder: Path) -> bytes:
    made = _packed(name)
    if not made:
        some = Random(name)
        made.append(WRITERS[name](draft(truth(some), Mess.drawn(some)), folder).read_bytes())
    return made[0]


def report_in_a_manner(folder: Path, random: Random) -> None:
    """A page as offices' programs make it, named as anything."""
    path = write(random.choice(list(MANNERS)), sample(), folder)
    content = mutated_bytes(path.read_bytes(), random)
    ending = random.choice((path.suffix, ".html", ".mht", ".csv", ".txt", ".xlsx", ".json", ".ods"))
    other = folder / f"年报{ending}"
    if random.randrange(8) == 0:
        content = random.choice(HOSTILE).encode(errors="ignore")
    other.write_bytes(content)
    _read(other)
