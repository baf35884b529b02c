"""The holiday notice: every published wording, every refusal, and every way of pasting it.

The wordings in data/notices are those published; ``b`` marks a notice that changes the year's
first one. The years are compared, day by day, with the calendar package's own reading.
"""

from __future__ import annotations

import contextlib
import random
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.calendar.holiday_notice import Notice, NoticeError, parse_notice
from tests.support.examples import examples, often
from tests.support.paths import DATA

WORDINGS = DATA / "notices"
NAMES = sorted(path.stem for path in WORDINGS.glob("*.txt"))
YEARS = range(2008, 2027)
UNTITLED_YEAR = {"2015b": 2015}  # its title names the anniversary, not the year
FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
# Days on which the package and the published notices differ, each with its reason: none so far.
KNOWN_DIFFERENCES: dict[date, str] = {}


def wording(name: str) -> str:
    return (WORDINGS / f"{name}.txt").read_text(encoding="utf-8")


@cache
def published(name: str) -> Notice:
    return parse_notice(wording(name), UNTITLED_YEAR.get(name))


@cache
def all_days() -> dict[date, bool]:
    """Every day any notice names, True when worked; a later notice overrides an earlier one."""
    days: dict[date, bool] = {}
    for name in NAMES:
        days |= dict.fromkeys(published(name).rest, False)
        days |= dict.fromkeys(published(name).work, True)
    return days


def days_of(text: str, year: int | None = 2026) -> tuple[list[str], list[str]]:
    notice = parse_notice(text, year)
    return [f"{d:%m-%d}" for d in notice.rest], [f"{d:%m-%d}" for d in notice.work]


def refusal(text: str, year: int | None = 2026) -> str:
    with pytest.raises(NoticeError) as caught:
        parse_notice(text, year)
    message = str(caught.value)
    assert message.endswith("。")
    assert message.count("。") == 1
    assert not any("a" <= c.lower() <= "z" for c in message)
    return message


def test_every_year_has_its_wording() -> None:
    assert [name for name in NAMES if name.isdigit()] == [str(year) for year in YEARS]


@pytest.mark.parametrize("year", YEARS)
def test_a_year_is_as_the_calendar_has_it(year: int) -> None:
    differing = []
    day = date(year, 1, 1)
    while day.year == year:
        ours = all_days().get(day, day.weekday() < 5)
        if ours != chinese_calendar.is_workday(day) and day not in KNOWN_DIFFERENCES:
            differing.append(f"{day} {'worked' if ours else 'off'} by the notices")
        day += timedelta(days=1)
    assert differing == []


@pytest.mark.parametrize("name", NAMES)
def test_a_notice_is_well_formed(name: str) -> None:
    notice = published(name)
    assert notice.year == int(name[:4])
    assert list(notice.rest) == sorted(set(notice.rest))
    assert list(notice.work) == sorted(set(notice.work))
    assert not set(notice.rest) & set(notice.work)
    assert set(notice.rest) == {d for clause in notice.clauses for d in clause.rest}
    assert set(notice.work) == {d for clause in notice.clauses for d in clause.work}
    assert all(clause.festival and "日" in clause.text for clause in notice.clauses)
    assert all(clause.text in wording(name) for clause in notice.clauses)
    if name.isdigit():
        festivals = {f for clause in notice.clauses for f in clause.festival.split("、")}
        assert sorted(festivals) == sorted(FESTIVALS)


def test_the_example_of_the_domain() -> None:
    text = "元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"
    notice = parse_notice(text, 2026)
    assert notice.rest == (date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3))
    assert notice.work == (date(2026, 1, 4),)
    assert [(c.festival, c.text) for c in notice.clauses] == [("元旦", text)]


def test_dates_of_the_neighbouring_years() -> None:
    assert published("2012").work[0] == date(2011, 12, 31)
    assert published("2008").rest[:3] == (date(2007, 12, 30), date(2007, 12, 31), date(2008, 1, 1))
    assert published("2008").work[0] == date(2007, 12, 29)
    assert days_of("元旦：12月31日至1月2日放假，共3天。") == (["12-31", "01-01", "01-02"], [])
    over = parse_notice("元旦：2026年12月31日至2027年1月2日放假，共3天。", 2026)
    assert over.rest[-1] == date(2027, 1, 2)


def test_a_weekend_moved_away_is_worked_though_no_one_says_so() -> None:
    national = published("2008").clauses[-1]
    assert "上班" not in national.text
    assert national.work == (date(2008, 9, 27), date(2008, 9, 28))


def test_advice_gives_no_day_off() -> None:
    assert date(2024, 2, 9) not in published("2024").rest
    assert "鼓励" in published("2024").clauses[1].text


def test_the_notices_that_change_a_year() -> None:
    assert [f"{d:%m-%d}" for d in published("2015b").rest] == ["09-03", "09-04", "09-05"]
    assert published("2015b").work == (date(2015, 9, 6),)
    assert "胜利70周年纪念日" in published("2015b").clauses[0].festival
    assert [c.festival for c in published("2019b").clauses] == ["劳动节"]
    assert published("2019b").work == (date(2019, 4, 28), date(2019, 5, 5))
    extended = published("2020b")  # 正月初九 is 2 February, so 正月初一 is 25 January
    assert (extended.rest[0], extended.rest[-1]) == (date(2020, 1, 25), date(2020, 2, 2))
    assert extended.work == ()


@pytest.mark.parametrize(
    ("text", "rest", "work"),
    [
        ("清明节：4月4日放假1天", ["04-04"], []),
        ("端午节：6月19日放假，与周末连休，共3天。", ["06-19", "06-20", "06-21"], []),
        ("国庆节10月1至3日放假，共三天", ["10-01", "10-02", "10-03"], []),
        ("国庆节：10月1号到3号放假", ["10-01", "10-02", "10-03"], []),
        ("“十一”：10月1日～3日放假；10月10日周六上班", ["10-01", "10-02", "10-03"], ["10-10"]),
        (
            "国庆：10月1日——2日放假，9月20日、10月10日（周日、周六）调休上班",
            ["10-01", "10-02"],
            ["09-20", "10-10"],
        ),
        ("端午节：6月19日放假，6月22日（星期一）补休。", ["06-19", "06-22"], []),
        ("元旦：1月1日放假，1月5日（周一）起正常上班。", ["01-01"], []),
        ("元旦：1月1日、2日放假，1月4日（星期天）照常上班。", ["01-01", "01-02"], ["01-04"]),
        ("①元旦1月1日放假\n②清明4月6日放假", ["01-01", "04-06"], []),
        ("2、春节：2月17日放假。\n七、火把节：8月5日放假。", ["02-17", "08-05"], []),
        ("一、元旦 1月1日放假。 九、彝族年 11月20日放假。", ["01-01", "11-20"], []),
        (
            "<p>一、元旦：1月<b>1</b>日&nbsp;放假。</p><p>二、春节：2月17日放假",
            ["01-01", "02-17"],
            [],
        ),
        ("元旦：1月1日放假\n国务院办公厅\n2025年11月4日", ["01-01"], []),
        ("国庆节：国庆节假期延长至10月3日。", ["10-01", "10-02", "10-03"], []),
        ("5月1日至2日放假。", ["05-01", "05-02"], []),
    ],
)
def test_other_wordings(text: str, rest: list[str], work: list[str]) -> None:
    assert days_of(text) == (rest, work)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("元旦：1月1日（周五）至3日放假。", "“元旦”一条里“1月1日（周五）”星期不对"),
        ("元旦：1月1日（周四至3日放假。", "“元旦”一条"),
        ("国庆节：10月1日至7日（周四至周二）放假。", "“国庆节”一条"),
        ("春节：2月15日至23日放假调休，共8天。", "“春节”一条写“8天”，读到的日期却是9天"),
        ("清明节：4月31日放假。", "“清明节”一条里的“4月31日”在日历上不存在"),
        ("春节：2月29日放假。", "不存在"),
        ("端午节：另行通知。", "“端午节”一条没有读到放假的日期"),
        ("一、元旦放假三天。\n二、春节：2月17日放假。", "“元旦”一条"),
        ("元旦：一月一日放假。", "“元旦”一条没有读到放假的日期"),
        ("元旦：3日放假。", "没有写月份"),
        ("元旦：1月1日至3日放假。1月2日上班。", "既写成放假又写成上班"),
        (
            "元旦：1月1日至3日放假。\n二、春节：2月17日放假，1月3日上班。",
            "“春节”一条写2026年1月3日",
        ),
        ("元旦：1月1日放假。1月5日（周一）上班。", "本来就是工作日"),
        ("元旦：1月1日至3日。", "没有写明是放假还是上班"),
        ("元旦：1月1日放假。2月14日值班。", "没有写明是放假还是上班"),
        ("国庆节：10月1日至7放假。", "无法识别"),
        ("元旦：1月1日起放假。", "无法识别"),
        ("国庆节：10月1日不放假。", "无法识别"),
        ("元旦：1月1日值班，1月2日放假。", "无法识别"),
        ("3月22日通知，5月1日至4日放假。", "无法识别"),
        ("国庆节：取消10月10日（周六）上班。", "无法识别"),
        ("元旦：1月1日放假。鼓励错峰，1月4日上班。", "无法识别"),
        ("元旦：1月3日至1日放假。", "不像一段假期"),
        ("元旦：1月1日至5月3日放假。", "不像一段假期"),
        ("元旦：2024年1月1日放假。", "不在2026年前后"),
        ("端午节：6月18日放假，与周末连休。", "不挨着周末"),
        ("端午节：与周末连休。", "没有写是哪天"),
        ("元旦：1月1日放假，1月2日照常公休。", "不是周末"),
        ("元旦：1月1日放假，1月4日、10日两个公休日调至1月2日。", "天数对不上"),
        ("春节：春节假期延长至2月25日。", "读不出自何日起"),
        ("元旦：1月1日放假。\n元旦：1月2日放假。", "出现了两次"),
        ("元旦：1月1日放假。节假日期间值班。春节2月17日放假。", "只粘贴一份通知的正文"),
        ("", "没有读到任何放假安排"),
        ("各省、自治区：请做好值班。", "没有读到任何放假安排"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    assert said in refusal(text)


def test_the_year_comes_from_the_title_then_from_the_caller() -> None:
    assert parse_notice(wording("2024"), 1999).year == 2024
    assert parse_notice("元旦：1月1日放假。", 2031).year == 2031
    assert "哪一年" in refusal("元旦：1月1日放假。", None)
    assert "哪一年" in refusal(wording("2015b"), None)
    assert "年份“26”不对" in refusal("元旦：1月1日放假。", 26)


def test_a_wrong_year_in_the_title_is_caught_by_the_weekdays() -> None:
    assert "星期不对" in refusal(wording("2026").replace("2026年", "2027年"))


def test_two_notices_at_once_are_refused() -> None:
    refusal(wording("2025") + wording("2026"))


@pytest.mark.parametrize("name", NAMES)
def test_any_one_wrong_weekday_or_count_is_refused(name: str) -> None:
    text = wording(name)
    wrong = [("（星期六）", "（星期五）"), ("(星期六)", "(星期五)"), ("（周六）", "（周五）")]
    wrong += [("共3天", "共4天"), ("共7天", "共6天"), ("共8天", "共9天")]
    for old, new in wrong:
        parts = text.split(old)
        for i in range(1, len(parts)):
            damaged = old.join(parts[:i]) + new + old.join(parts[i:])
            refusal(damaged, UNTITLED_YEAR.get(name))


@given(st.sampled_from(NAMES), st.integers(0, 2**32))
@examples(150)
def test_a_pasted_notice_reads_the_same(name: str, seed: int) -> None:
    """Spaces, line breaks, full-width digits, other dashes and tags move no day."""
    rng = random.Random(seed)
    text = wording(name)
    if rng.random() < 0.5:
        text = text.replace("（", "(").replace("）", ")").replace("，", ",").replace("：", ":")
    if rng.random() < 0.5:
        text = text.replace("星期", "周")
    if rng.random() < 0.5:
        text = text.replace("日至", "日" + rng.choice(["—", "-", "~", "～", "到", "－", "––"]))
    if rng.random() < 0.5:
        text = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() and c < "〇" else c for c in text)
    stray = ["", " ", "\u3000", "\u00a0", "\n", "\r\n", "\t", "\u200b", "<br/>", "&nbsp;", "**"]
    rate = rng.choice([0.0, 0.05, 0.3])
    text = "".join(c + (rng.choice(stray) if rng.random() < rate else "") for c in text)
    before = rng.choice(["", "首页 > 政务公开 > 通知\n索引号：000014349/2025-00200\n", "<div>\n"])
    after = rng.choice(["", "\n扫一扫在手机打开当前页", "\n责任编辑：某某 2025-11-05 08:00</div>"])
    notice = parse_notice(before + text + after, UNTITLED_YEAR.get(name))
    assert (notice.rest, notice.work) == (published(name).rest, published(name).work)
    ours = [(c.festival, c.rest, c.work) for c in notice.clauses]
    assert ours == [(c.festival, c.rest, c.work) for c in published(name).clauses]


@given(st.data())
@examples(150)
def test_no_text_brings_anything_but_a_notice_or_a_refusal(data: st.DataObject) -> None:
    words = "元旦 春节 “五一” 、 ： 。 ， （ ） 一、 至 — 1月 12月 31日 3日 2026年 放假 上班 调休"
    words += (
        " 公休日调至 与周末连休 共3天 延长 起 不 \n （周六） 正月初九 补休 鼓励 <b> &amp; 号 99"
    )
    text = "".join(data.draw(st.lists(st.sampled_from(words.split(" ")), max_size=60)))
    try:
        notice = parse_notice(text, 2026)
    except NoticeError:
        return
    assert notice.rest or notice.work
    assert all(day.weekday() >= 5 for day in notice.work)
    assert not set(notice.rest) & set(notice.work)


HOSTILE = (
    "元旦：|一、|<a|(|1|1月|1日、|元旦：1月1日放假。|关于|2026年放假|&amp;|\n|延长|公休日|元旦:1月1日("
    "|——|元旦、春节|“五一”国际|节假日期间|元旦：1月1日至|一、某节:放假\n|与周末连休|\ufdfa"
)


@pytest.mark.parametrize("piece", HOSTILE.split("|"))
@pytest.mark.parametrize("opening", often(["元旦：1月1日放假", ""], 1))
def test_hostile_text_is_read_to_its_end(opening: str, piece: str) -> None:
    text = (opening + piece * 20_000)[:20_000]
    with contextlib.suppress(NoticeError):
        parse_notice(text, 2026)


def test_too_long_a_text_is_refused() -> None:
    assert "太长" in refusal("元旦：1月1日放假。" + " " * 100_000)
