"""备注 of the sheet 复议诉讼: how a dispute is conducted has no column, and stands there in one line.

`【办理】案号=青政复〔2026〕3号；开庭日期=2026-03-20` is written by an export and read back by an
import; any other line is free text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.disputes.proceedings import LABELS, Proceedings
from db.errors import BadValue
from db.words.text import clean
from exports.ledger.remarks import SEPARATOR, escape, unescape

_BEGINS = "【办理】"
_NAMES = {label: name for name, label in LABELS.items()}


def dispute_remarks(note: str | None, known: Proceedings) -> str | None:
    """The free text, and the line of what is known."""
    free = "\n".join(
        f"\\{line}" if _facts(line.lstrip("\\")) else line for line in (note or "").split("\n")
    )
    told = SEPARATOR.join(
        f"{label}={escape(str(value))}"
        for name, label in LABELS.items()
        if (value := getattr(known, name)) is not None
    )
    return "\n".join(filter(None, (free, f"{_BEGINS}{told}" if told else ""))) or None


def split_dispute_remarks(text: str) -> tuple[str | None, Mapping[str, Any]]:
    """The free text, and what the lines of facts say."""
    free: list[str] = []
    known: dict[str, Any] = {}
    for line in text.split("\n"):
        facts = _facts(line)
        if facts:
            known |= facts
        else:
            free.append(line[1:] if line[:1] == "\\" and _facts(line.lstrip("\\")) else line)
    return "\n".join(free).strip() or None, known


def _facts(line: str) -> dict[str, Any]:
    """What a line of facts says; nothing if it is none."""
    if not line.startswith(_BEGINS):
        return {}
    known: dict[str, Any] = {}
    for part in line.removeprefix(_BEGINS).split(SEPARATOR):
        label, _, value = part.partition("=")
        name = _NAMES.get(label)
        if name is None or not value.strip():
            return {}
        try:
            told = clean(unescape(value), label)
            known[name] = date.fromisoformat(told) if name.endswith(("_by", "_on")) else told
        except (ValueError, BadValue):
            return {}
    return known
