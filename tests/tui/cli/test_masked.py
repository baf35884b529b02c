"""`--masked`: what is answered for others names nobody."""

from __future__ import annotations

import pytest

from tests.support.commands import NEW, Taizhang

PERSONAL = ("张三丰", "13812345678", "幸福路12号3栋", "李四光", "悄悄话")

ENDED = ("log", "2026-0001", "consultation_ended", "--on", "3-5", "--party")


@pytest.fixture
def told(taizhang: Taizhang) -> Taizhang:
    """A case that says of whom it is wherever it can; two parties who look alike when hidden."""
    new = (*NEW, "--applicant", "张三丰", "--phone", "13812345678", "--note", "悄悄话")
    subject = ("--subject", "本人张三丰幸福路12号3栋的批复，电话138-1234-5678")
    taizhang(*new, *subject, "--address", "幸福路12号3栋")
    for party in ("李四光", "李时珍"):
        sent = ("log", "2026-0001", "consultation_started", "--on", "3-4", "--party", party)
        assert taizhang(*sent, "--party-kind", "third_party").status == 0
    assert taizhang(*ENDED, "李时珍", "--opinion", "consents").status == 0
    correct = ("correct", "2026-0001", "1", "--reason", "悄悄话", "--phone", "13912345678")
    assert taizhang(*correct).status == 0
    return taizhang


@pytest.mark.parametrize("json", [(), ("--json",)])
@pytest.mark.parametrize(
    "asked", [("show", "2026-0001", "--trace"), ("find", "张三丰"), ("due", "--days", "90")]
)
def test_nobody_is_named(told: Taizhang, asked: tuple[str, ...], json: tuple[str, ...]) -> None:
    if asked[0] == "due":  # nothing is due while a party is waited for
        told(*ENDED, "李四光", "--opinion", "objects")
    plain = told(*asked, *json)
    assert "张三丰" in plain.out
    masked = told(*asked, *json, "--masked")
    assert (masked.status, masked.err) == (0, "")
    assert "张**" in masked.out
    assert not [name for name in PERSONAL if name in masked.out]
    assert len(masked.out.splitlines()) <= len(plain.out.splitlines())


def test_only_names_are_hidden(told: Taizhang) -> None:
    """The clock is read before: parties who look alike then are told apart."""
    plain = told("show", "2026-0001", "--json").document
    masked = told("show", "2026-0001", "--json", "--masked").document
    for same in ("number", "state", "due_on", "days_used", "days_left"):
        assert masked[same] == plain[same]
    assert [(d["date"], d["counts"]) for d in masked["trace"]] == [
        (d["date"], d["counts"]) for d in plain["trace"]
    ]
    assert "意见未返回：李**" in told("show", "2026-0001", "--masked").out
    assert told("find", "张三丰", "--json", "--masked").document["query"] is None
