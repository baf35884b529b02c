"""Which files have been imported: by their content, not by their names."""

from __future__ import annotations

import json
from datetime import datetime

from db.moment import stamp
from db.storage.settings import keep_setting, read_setting
from db.storage.transaction import Transaction
from exports.ledger.understanding import Understood


def _of_file(ledger: Understood) -> str:
    return f"import.file.{ledger.digest}"


def note_file(tx: Transaction, ledger: Understood) -> None:
    """Note that a file has been imported."""
    disputes = len(ledger.disputes.told) if ledger.disputes else 0
    if ledger.digest and (ledger.told or disputes):
        told = [stamp(tx.now), tx.clerk, len(ledger.told) or disputes]
        keep_setting(tx, _of_file(ledger), json.dumps(told, ensure_ascii=False))


def imported_before(tx: Transaction, ledger: Understood) -> str:
    """When and by whom a file was imported; empty if it never was."""
    noted = read_setting(tx, _of_file(ledger)) if ledger.digest else None
    if noted is None:
        return ""
    try:
        at, by, count = json.loads(noted)
        day = datetime.fromisoformat(at).astimezone().date()
    except (ValueError, TypeError):
        return ""
    return f"{day}由 {by} 导入过（{count}件）"
