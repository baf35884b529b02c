"""A paste goes whole into the field it was pasted into, whatever is in it."""

from __future__ import annotations

from textual import events

from tui.desk.framework import take_pastes_whole

HOSTILE = "甲\x1b[31m乙\t丙\r\n丁\x1b\x1bO" + "戊" * 40 + "\x1b[20\x1b[21~\r\x1b"
SENT = "x\x1b[200~" + HOSTILE + "\x1b[201~y"


def told(*readings: str) -> list[str]:
    """What the framework makes of readings: keys, and pastes after a `=`."""
    from textual._xterm_parser import XTermParser

    take_pastes_whole()
    parser = XTermParser()
    return [
        f"={message.text}" if isinstance(message, events.Paste) else message.key
        for reading in readings
        for message in parser.feed(reading)
        if isinstance(message, (events.Key, events.Paste))
    ]


def test_a_paste_is_one_text_wherever_it_is_cut() -> None:
    for cut in range(1, len(SENT)):
        assert told(SENT[:cut], SENT[cut:]) == ["x", f"={HOSTILE}", "y"], cut


def test_a_paste_in_single_signs_is_one_text() -> None:
    assert told(*SENT) == ["x", f"={HOSTILE}", "y"]


def test_keys_around_pastes_stay_keys() -> None:
    sent = "\x1b[21~\x1b\x1b[200~甲\x1b[201~\x1b[200~\x1b[201~\r\x1b[200~乙\x1b[201~\x1b[A"
    assert told(sent) == ["f10", "escape", "=甲", "enter", "=乙", "up"]


def test_what_begins_like_a_paste_may_be_a_key() -> None:
    sent = "\x1b[20~"  # F9
    for cut in range(1, len(sent)):
        assert told(sent[:cut], sent[cut:]) == ["f9"]
