"""What was typed before: the most used first; of notes only what was written more than once."""

from __future__ import annotations

from db.disputes.dispute import Block
from db.disputes.recording import new_dispute
from db.lookup.typed_before import typed_before
from db.storage.register import Register
from db.words.vocabulary import EventKind
from tests.support.steps import log, receive

ENGINES = ("sqlite", "postgresql")


def test_what_was_typed_is_ranked(register: Register) -> None:
    for unit, officer in (("财政局", "周敏"), ("信息科", "周敏"), ("信息科", "吴\n刚")):
        case = receive(register, "2026-03-02", unit=unit, officer=officer, note="材料齐全")
        log(register, case, EventKind.EXTENDED, "2026-03-03", days=1, approver="张主任")
    log(register, case, EventKind.NOTE, "2026-03-03", note="只写过一次")
    with register.writing() as tx:
        new_dispute(tx, Block.REVIEW, "市政府", case.received.on, case=case.number)
        told = typed_before(tx, ("unit", "officer", "approver", "note", "body"))
    assert told == {
        "unit": ("信息科", "财政局"),
        "officer": ("周敏",),
        "approver": ("张主任",),
        "note": ("材料齐全",),
        "body": ("市政府",),
    }
