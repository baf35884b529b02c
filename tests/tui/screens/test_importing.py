"""By keyboard: a messy ledger chosen, its words taught, its faults marked, stored and shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.ledger import importing, understanding
from exports.ledger.taught import LEFT_OUT, meanings
from tests.support.at_once import find_cases
from tests.support.ledgers import ledger
from tests.support.messy import messy_ledger
from tests.support.seat import NARROW, WIDE, Holder, Seat, SeatMaker, stack_of
from tui.screens.importing.likely import likeliest_first
from tui.screens.importing.taught_words import in_words


@pytest.fixture
def folder(tmp_path: Path, empty_register_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty register, in which the desk begins."""
    shutil.copy(empty_register_file, tmp_path / "register.db")
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def choose(seat: Seat, name: str, *keys: str) -> None:
    await seat.press(*(keys or ("I",)))
    await seat.write(name)
    await seat.press("enter")


async def teach(seat: Seat, meaning: str) -> None:
    await seat.press("J")
    await seat.write(meaning)
    await seat.press("enter")


@pytest.mark.parametrize(
    ("column", "word", "first"),
    [
        ("申请人类型", "企业", "商业企业"),
        ("申请人类型", "律师事务所（法律服务）", "法律服务机构"),
        ("申请人类型", "公司", "商业企业"),
        ("申请人类型", "律所", "法律服务机构"),
        ("申请人类型", "村委会", "其他"),
        ("申请人类型", "其它组织", "其他"),
        ("申请方式", "门户网站", "互联网"),
        ("申请方式", "电子邮箱", "电子邮件"),
        ("办理结果", "信息不存在", "3.4.1"),
        ("办理结果", "不予公开（第三方）", "3.3.4"),
        ("办理结果", "需另行制作", "3.4.2"),
        ("办理结果", "国家秘密", "3.3.1"),
        ("办理结果", "信访类", "3.5.1"),
        ("办理结果", "已主动公开", "3.1"),
        ("列名", "领导批示", LEFT_OUT),
    ],
)
def test_the_likeliest_meaning_is_offered_first(column: str, word: str, first: str) -> None:
    assert likeliest_first(word, meanings(column))[0][0] == first


def test_the_likeliest_column_is_offered_first() -> None:
    columns = [(said, "") for said in ("序号", "收件日期", "申请人性质", "答复时间")]
    assert likeliest_first("收到日期", columns)[0] == ("收件日期", "")
    assert likeliest_first("甲", columns) == columns


async def test_a_messy_ledger_from_the_desk(take_seat: SeatMaker, folder: Path) -> None:
    path = messy_ledger(folder / "台账.xlsx", 60)
    (folder / "别的.csv").write_text("x")
    async with take_seat(folder / "register.db") as seat:
        assert "按 I 导入原来的台账" in seat.text
        await choose(seat, "台账")
        await seat.golden_at("importing-faults", NARROW, WIDE)
        await seat.press("enter")  # 收到日期 is missing: nothing to list but itself
        assert '第3行 "收到日期"列 缺少这一列' in seat.text.replace("\n", "")
        await seat.press("escape")
        await teach(seat, "收文")
        await teach(seat, "互联网")
        await teach(seat, "互联网")
        assert "已记住：微信公众号 = 互联网" in seat.text
        await seat.press("enter")
        assert '"企业"：不认识' in seat.text
        await seat.press("escape")
        await teach(seat, "商业")
        await teach(seat, "法律")
        await teach(seat, "3.4.1")
        await teach(seat, "3.4.1")
        assert "有 1 处无法识别" in seat.text
        await seat.press("J")
        assert "须在表格里修改" in seat.text
        await seat.press("f10")
        assert "还有无法识别的" in seat.text

        await seat.press("E")
        assert "导出到" in seat.text
        await seat.press("f10")
        assert "已标注" in seat.text
        await seat.press("escape")
        assert load_workbook(folder / "台账-标注.xlsx").active["B44"].comment is not None

        book = load_workbook(path)
        book.active["B44"] = "2024-02-29"
        book.save(path)
        await seat.press("f5", "down")
        await teach(seat, "不导入")
        await seat.golden_at("importing-ready", WIDE, NARROW)
        await seat.press("f10")
        assert "刚导入的  共 60 件" in seat.text
        assert "已导入 60 件" in seat.text
        await seat.press("escape")
        assert "共 60 件" in seat.text


async def test_what_is_there_already_is_said_first(take_seat: SeatMaker, folder: Path) -> None:
    ledger(folder / "一.xlsx", {}, {"申请人": "李四"})
    ledger(folder / "二.xlsx", {}, {"申请人": "王五"})
    async with take_seat(folder / "register.db") as seat:
        await choose(seat, "一")
        await seat.press("f10", "escape")
        await choose(seat, "一", "ctrl+p")
        await seat.press("escape")
        await choose(seat, "一", "g", "i")
        assert "导入过（2件）" in seat.text
        assert "2  行已经登记过" in seat.text
        assert "2件  表中的申请" in seat.text  # what of them will be is not chosen yet
        assert "将导入" not in seat.text
        await seat.press("J")
        assert "光标所在的一行没有可指明含义的词" in seat.text
        await seat.press("f10")
        assert "先按 N 或 Y 选一种" in seat.text
        await seat.press("N", "f10")
        assert "没有可以导入的申请" in seat.text
        await choose(seat, "二", "U")
        await seat.press("N")
        assert "1件  将导入" in seat.text
        await seat.press("down", "enter")
        assert "已经登记为 2025-0001" in seat.text
        await seat.press("escape", "f10")
        assert "刚导入的  共 1 件" in seat.text
        await seat.press("escape")
        await choose(seat, "二")
        await seat.press("Y", "f10")
        assert find_cases(seat.app.register, "").total == 5


async def test_words_are_seen_and_unlearnt(take_seat: SeatMaker, folder: Path) -> None:
    ledger(folder / "一.xlsx", {"申请人类型": "企业"})
    async with take_seat(folder / "register.db") as seat:
        await choose(seat, "一")
        await seat.press("W")
        assert "还没有词语对照" in seat.text
        await seat.press("escape")
        await teach(seat, "商业")
        assert "全部可以识别" in seat.text
        await seat.press("W")
        await seat.golden_at("importing-words", NARROW)
        await seat.press("x")
        assert "还没有词语对照" in seat.text
        await seat.press("escape")
        assert "有 1 处无法识别" in seat.text


@pytest.mark.parametrize(("room", "name"), [(understanding, "read_row"), (importing, "store")])
async def test_reading_and_storing_are_stopped(
    take_seat: SeatMaker, folder: Path, hold: Holder, room: object, name: str
) -> None:
    ledger(folder / "一.xlsx", {}, {"申请人": "李四"})
    async with take_seat(folder / "register.db") as seat:
        if name == "store":
            await choose(seat, "一")
            held = hold(room, name)
            await seat.post("f10")
        else:
            held = hold(room, name)
            await seat.press("I")
            await seat.write("一")
            await seat.post("enter")
        await seat.post("escape")
        assert "正在取消" in seat.text
        held.let_go()
        await seat.settle()
        assert "已取消，没有保存任何内容" in seat.text
        assert find_cases(seat.app.register, "").total == 0
        await seat.press("escape")
        assert stack_of(seat.app)[-1] == "RegisterScreen"


async def test_files_are_chosen_by_what_a_folder_holds(take_seat: SeatMaker, folder: Path) -> None:
    (folder / "乙" / "丙").mkdir(parents=True)
    ledger(folder / "乙" / "深处.xlsx", {})
    (folder / "旧.xls").write_bytes(b"")
    async with take_seat(folder / "register.db") as seat:
        await seat.press("I")
        assert "乙/" in seat.text
        assert "旧.xls" not in seat.text
        await seat.write("乙")
        await seat.press("enter", "down", "tab")
        assert "乙/丙/" in seat.text
        assert "这里没有这样的文件夹" in seat.text
        await seat.press("ctrl+u")
        await seat.write("没有/这个.xlsx")
        assert "没有文件夹" in seat.text
        await seat.press("enter")
        assert "没有找到文件" in seat.text
        await seat.press("enter", "U", "ctrl+u")
        await seat.write("乙/深")
        await seat.press("enter")
        assert "1件  将导入" in seat.text
        await seat.press("U")
        assert f"{folder.name}/乙/" in seat.text
        await seat.press("escape", "escape")
        assert stack_of(seat.app)[-1] == "RegisterScreen"


def test_a_code_that_was_taught_is_told_with_its_name() -> None:
    assert in_words("3.3.4") == "3.3.4 不予公开-保护第三方合法权益"
    assert in_words("商业企业") == "商业企业"
