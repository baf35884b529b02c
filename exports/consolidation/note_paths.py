"""Where the notes go that send reports back: a file for each organ, named after it."""

from __future__ import annotations

import re
from pathlib import Path

from db.words.text import one_line
from db.year_end.diagnosing import Diagnosed
from exports.consolidation.consolidating import Consolidated

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def note_paths(done: Consolidated, folder: Path) -> list[tuple[Diagnosed, Path]]:
    """Each report that has problems, and where in a folder its note goes."""
    told: list[tuple[Diagnosed, Path]] = []
    taken: set[Path] = set()
    for one in done.files:
        if not one.problems:
            continue
        named = one.part.organ or Path(one.part.file).stem
        stem = _FORBIDDEN.sub("", one_line(named))[:60].strip(". ") or "年报"
        path = folder / f"{stem}-退回说明.docx"
        number = 2
        while path in taken:
            path = folder / f"{stem}-退回说明-{number}.docx"
            number += 1
        taken.add(path)
        told.append((one, path))
    return told
