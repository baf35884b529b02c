"""The whole path by keyboard: first start, a case through its life, the year, the workbook."""

from __future__ import annotations

from pathlib import Path

from tests.support.seat import SeatMaker, stack_of
from tests.support.spreadsheets import load_workbook


async def test_from_first_start_to_the_workbook(take_seat: SeatMaker, nowhere: Path) -> None:
    async with take_seat(nowhere) as seat:
        assert stack_of(seat.app)[-1] == "WelcomeScreen"
        await seat.write("青川县人民政府办公室")
        await seat.press("f10")
        assert "快速入门  1 / 5" in seat.text
        await seat.press("enter", "escape")
        assert "登记簿是空的" in seat.text

        await seat.press("n")
        await seat.fill("张三", "1", "征地补偿安置方案", "网上", "3-2")
        await seat.press("f10")
        assert "已登记 2026-0001" in seat.text
        assert "2026-0001 26-03-02 张三" in seat.text

        await seat.press("enter")
        assert "第 6 个工作日 / 20" in seat.text
        await seat.press("b")
        await seat.fill("+5", "3-3")
        await seat.press("ctrl+s")
        assert "待补正" in seat.text
        await seat.press("B")
        await seat.fill("3-6")
        await seat.press("f10")
        assert "办理中   第 2 个工作日 / 20   期限 2026-04-03" in seat.text
        await seat.press("y")
        await seat.fill("张主任", "10", "3-9")
        assert "答复期限 2026年4月20日 星期一，共 30 个工作日" in seat.text
        await seat.press("f10")
        assert "期限 2026-04-20 星期一" in seat.text
        await seat.press("d")
        await seat.fill("334", "邮寄", "今天", "青府公开〔2026〕1号")
        await seat.press("f10")
        assert "已办结" in seat.text
        assert "3.3.4 不予公开-保护第三方合法权益" in seat.text

        await seat.press("escape", "slash")
        await seat.write("补偿")
        assert "找到 1 / 共 1 件" in seat.text
        await seat.press("escape", "enter", "f8")
        assert "三、收到和处理政府信息公开申请情况" in seat.text
        assert "勾稽全部相符" in seat.text
        await seat.press("enter", "enter")
        assert "2026-0001" in seat.text
        await seat.press("escape", "o", "f10")
        assert "已导出" in seat.text
        await seat.press("escape")
        written = load_workbook("年报-2026.xlsx")
        assert written["申请办理"]["D6"].value == 1
        assert written["数据来源"]["A5"].value == "2026-0001"

        await seat.press("o", "f10")
        assert "已经有了" in seat.text
        await seat.press("n", "escape", "escape", "escape")
        assert stack_of(seat.app)[-1] == "RegisterScreen"
        await seat.press("q")
    assert seat.app.return_code == 0


async def test_the_invented_register_is_another_file(take_seat: SeatMaker, nowhere: Path) -> None:
    async with take_seat(nowhere) as seat:
        await seat.press("f2")
        assert "演示登记簿" in seat.text
        assert "共 300 件" in seat.text
    assert not nowhere.exists()
    assert nowhere.with_name("demo.db").exists()
