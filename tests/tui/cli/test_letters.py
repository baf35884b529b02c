"""`letters`, `letter`: the standard documents from the command line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import docx
import pytest

from tests.support.commands import NEW, Taizhang, refused

ASK = ("log", "2026-0001", "告知补正", "--on", "2026-03-04", "--reply-by", "2026-03-20")


@pytest.fixture
def asked(taizhang: Taizhang) -> Taizhang:
    taizhang(*NEW)
    taizhang("organ", "set", "本机关", "name=云溪县财政局", "phone=0599-1234567")
    taizhang(*ASK)
    return taizhang


def test_what_is_missing_is_named_with_what_to_type(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang(*NEW)
    taizhang("log", "2026-0001", "答复", "--on", "2026-03-06", "--outcome", "3.3.4")
    said = refused(taizhang("letter", "2026-0001", "告知书", "--docx", tmp_path / "a.docx"), 1)
    for part in (
        "还缺：本机关名称、复议机关、管辖法院、查明和理由。没有写出文件",
        "taizhang organ set 本机关 name=… reviewing_body=… court=…",
        "本命令加上 --content …",
    ):
        assert part in said
    assert not list(tmp_path.glob("*.docx"))


def test_a_letter_is_shown_and_written(asked: Taizhang, tmp_path: Path) -> None:
    shown = asked(
        "letter", "2026-0001", "clarification", "--content", "写明文号。", "--json"
    ).document
    assert shown["doc_no"] == "公开补〔2026〕1号"
    assert shown["file"] is None
    assert "写明文号。" in shown["text"]
    assert asked("show", "2026-0001", "--json").document["events"][-1].get("doc_no") is None
    told = ("letter", "2026-0001", "补正告知书", "--docx", tmp_path, "--content", "写明文号。")
    done = asked(*told)
    path = tmp_path / "2026-0001 补正告知书.docx"
    assert (done.status, done.out) == (0, f"{path}\n")
    assert "写明文号。" in [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    *_, filled, paper = asked("show", "2026-0001", "--json").document["events"]
    assert filled["changes"] == {"content": "写明文号。", "doc_no": "公开补〔2026〕1号"}
    assert (paper["kind"], paper["called"], paper["name"]) == ("attached", "补正告知书", path.name)
    assert paper["digest"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_office_s_templates_are_written_and_used_from_then_on(
    asked: Taizhang, tmp_path: Path
) -> None:
    folder = tmp_path / "模板"
    assert "写出 20 个模板" in asked("letters", "--templates", folder).out
    own = folder / "补正告知书.docx"
    document = docx.Document(str(own))
    document.paragraphs[2].runs[0].text = "尊敬的{{ 申请人 }}："
    document.save(str(own))
    letter = ("letter", "2026-0001", "补正告知书", "--content", "写明文号。")
    assert "尊敬的张三：" in asked(*letter).out
    assert "原有的 20 个没有动" in asked("letters", "--templates", folder).out
    assert "尊敬的张三：" in asked(*letter).out
    listed = asked("letters", "--list", "--json").document
    kinds = {one["kind"]: one["templates"] for one in listed["letters"]}
    assert kinds["clarification"] == [{"name": "补正告知书", "own": str(own)}]
    assert {"name": "申请人", "meaning": "申请人姓名或者名称"} in listed["fields"]
    document.paragraphs[2].runs[0].text = "尊敬的{{ 申请入 }}："
    document.save(str(own))
    assert f"{own}”里有不认识的项：第3段" in refused(asked(*letter), 1)


def test_wrong_words_are_refused(asked: Taizhang, tmp_path: Path) -> None:
    assert "没有文书“判决书”；可用：receipt（登记回执）" in refused(
        asked("letter", "2026-0001", "判决书"), 2
    )
    said = ("letter", "2026-0001", "回执", "--docx", tmp_path / "a.pdf")
    assert "没有文书" in refused(asked(*said), 2)
    said = ("letter", "2026-0001", "登记回执", "--docx", tmp_path / "a.pdf")
    assert "应以 .docx 结尾" in refused(asked(*said), 2)
    assert "没有可以制作的收费通知书" in refused(asked("letter", "2026-0001", "fee"), 1)
