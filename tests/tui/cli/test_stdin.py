"""`--stdin`: what the arguments would say, from a document that no process list shows."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable

import pytest

from tests.support.commands import NEW, Answer, Taizhang, refused
from tests.support.steps import dump

Told = Callable[..., Answer]
RECEIVED = {
    "applicant": "张三",
    "kind": "自然人",
    "channel": "网上",
    "received": "2026-03-02",
    "subject": "征地批复",
}


@pytest.fixture
def told(taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Runs a command with a document (or bytes, or a closed stream) on standard input."""

    def call(document: object, *arguments: object) -> Answer:
        raw = document if isinstance(document, bytes) else json.dumps(document).encode()
        given = None if document is None else io.TextIOWrapper(io.BytesIO(raw))
        monkeypatch.setattr("sys.stdin", given)
        return taizhang(*arguments)

    return call


def facts(answer: Answer) -> list[dict[str, object]]:
    """The events of a case, without what says when and as which they were recorded."""
    own = ("id", "recorded_at", "number", "event", "replaced_by", "target")
    return [
        {name: value for name, value in event.items() if name not in own}
        for event in answer.document["events"]
    ]


def test_a_document_says_what_arguments_say(taizhang: Taizhang, told: Told) -> None:
    secret = {"id-no": "110101199003070000", "phone": "13800000000", "note": "--x\n第二行"}
    options = [word for name, value in secret.items() for word in (f"--{name}={value}",)]
    one = taizhang(*NEW, *options, "--json")
    two = told(RECEIVED | secret | {"email": None}, "new", "--stdin", "--json")
    assert facts(one) == facts(two)
    fee = ("fee_notified", "--on", "3-5", "--json")
    one = taizhang("log", "2026-0001", *fee, "--amount", "12.50", "--pay-by", "3-9")
    two = told(b'{"amount": 12.50, "pay_by": "3-9"}', "log", "2026-0002", *fee, "--stdin")
    assert facts(one) == facts(two)
    one = taizhang("correct", "2026-0001", 1, "--reason", "x", "--id-no", "", "--json")
    (event,) = (e["id"] for e in taizhang("show", "2026-0002", "--json").document["events"][:1])
    two = told({"reason": "x", "id_no": ""}, "correct", "2026-0002", event, "--stdin", "--json")
    assert facts(one)[-1]["changes"]
    assert facts(one) == facts(two)


def test_a_switch_is_true_or_false(taizhang: Taizhang, told: Told) -> None:
    taizhang(*NEW)
    taizhang("log", "2026-0001", "note", "--on", "3-5", "--note", "x")
    correct = ("correct", "2026-0001", "2", "--stdin", "--json")
    assert "true 或 false" in refused(told({"reason": "x", "void": "yes"}, *correct), 2)
    answer = told({"reason": "x", "void": True}, *correct)
    assert answer.document["events"][1]["voided_by"] == 3


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (None, "已经关闭"),
        (b"", "JSON 对象"),
        (b"applicant: x", "JSON 对象"),
        (b'["applicant"]', "JSON 对象"),
        (b'{"applicant": NaN}', "JSON 对象"),
        ("张三".encode("gb18030"), "JSON 对象"),
        (b"[" * 100_000, "JSON 对象"),
        (b" " * 4_000_001, "太长"),
        (b'{"note": "x", "note": "y"}', "不止一次"),
        ({"no": "2026-0009", "number": "x"}, "“number”不是可用的项"),
        (RECEIVED | {"json": True}, "“json”不是可用的项"),
        (RECEIVED | {"note": ["x"]}, "“note”的值"),
        (RECEIVED | {"note": True}, "“note”的值"),
        (RECEIVED | {"id-no": "1", "id_no": "2"}, "“id-no”写了不止一次"),
        (RECEIVED | {"unit": "x"}, "“unit”写了不止一次"),
        (RECEIVED | {"officer": "x"}, "“--officer”写了不止一次"),
        ({"applicant": "张三"}, "缺少参数 --kind、--channel、--received、--subject"),
        (RECEIVED | {"kind": "外星人"}, "没有申请人类型“外星人”"),
    ],
)
def test_what_a_document_may_not_be(told: Told, document: object, said: str) -> None:
    before = dump(os.environ["TAIZHANG_DB"])
    arguments = ("new", "--unit", "甲", "--stdin", "--officer", "乙")
    assert said in refused(told(document, *arguments), 2)
    assert dump(os.environ["TAIZHANG_DB"]) == before


def test_what_cannot_be_stored_is_refused_all_the_same(told: Told) -> None:
    assert "还没有发生" in refused(told(RECEIVED | {"received": "2026-03-11"}, "new", "--stdin"), 1)
    assert "无法保存的字符" in refused(told(RECEIVED | {"note": "\udcff"}, "new", "--stdin"), 1)


def test_it_is_in_the_help(taizhang: Taizhang) -> None:
    for command in ("new", "log", "correct"):
        assert "标准输入" in taizhang(command, "--help").out
