"""`attach`, `attachments`: papers by command line, and what is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import NEW, Taizhang


def test_a_paper_goes_in_and_comes_out(taizhang: Taizhang, tmp_path: Path) -> None:
    taizhang(*NEW)
    scan = tmp_path / "申请.pdf"
    scan.write_bytes(b"scan")
    told = taizhang("attach", "2026-0001", scan, "--as", "申请书", "--event", "第1条")
    assert told.out == "2026-0001 第2条附卷：申请书（申请.pdf，1 KB）\n"
    (one,) = taizhang("attachments", "2026-0001", "--json").document["attachments"]
    assert (one["name"], one["as"], one["size"], one["of_record"]) == ("申请.pdf", "申请书", 4, 1)
    out = taizhang("attachments", "2026-0001", "--to", tmp_path / "out")
    assert out.out.endswith(f"已取出 {tmp_path / 'out' / '申请.pdf'}\n")
    assert (tmp_path / "out" / "申请.pdf").read_bytes() == b"scan"
    (tmp_path / "register.db.papers" / one["digest"]).write_bytes(b"scam")
    verified = taizhang("verify")
    assert verified.status == 1
    assert "2026-0001 第2条附卷的材料“申请.pdf”被改动过" in verified.out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("attach", "2026-0001", "nothing.pdf"), 1, "没有找到文件"),
        (("attach", "2026-0001", "."), 1, "无法读取"),
        (("attach", "2026-0009", __file__), 1, "2026-0009"),
        (("attach", "2026-0001", __file__, "--event", "第9条"), 1, "只有1条"),
        (("attachments", "2026-0001", "--to", "x", "--masked"), 2, "不能同时使用"),
        (("log", "2026-0001", "attached", "--on", "2026-03-03"), 2, "没有办理记录"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    taizhang: Taizhang, arguments: tuple[str, ...], status: int, said: str
) -> None:
    taizhang(*NEW)
    told = taizhang(*arguments)
    assert (told.status, told.out) == (status, "")
    assert said in told.err
    assert told.err.count("\n") == 1
    assert "没有附卷" in taizhang("attachments", "2026-0001").out
