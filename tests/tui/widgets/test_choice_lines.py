"""The choices of a field, as its sheet draws them."""

from __future__ import annotations

from tui.widgets.choice_lines import ChoiceLines

LONG = "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"


def test_what_is_highlighted_is_in_sight_and_can_be_clicked() -> None:
    choices = ChoiceLines()
    choices.lay(30, 8)
    choices.offer([(str(n), (f"{n}  {LONG if n % 3 else ''}",)) for n in range(20)], hang=4)
    assert choices.highlighted is None
    for chosen in (0, 1, 7, 19, 18, 3, 0):
        choices.point(chosen)
        drawn = [line.plain for line in choices.draw("reverse")]
        assert len(drawn) == choices.height == 8
        its = [y for y in range(8) if choices.at(y) == chosen]
        assert drawn[its[0]].startswith(f"{chosen}  ")
        assert len(its) == (3 if chosen % 3 else 1)
        assert {line.cell_length for line in choices.draw("reverse")} == {30}
    choices.scroll(3)
    assert choices.at(0) == 1
    choices.scroll(-9)
    assert (choices.at(0), choices.at(8)) == (0, None)


def test_a_list_that_has_room_shows_all_and_no_bar() -> None:
    choices = ChoiceLines()
    choices.offer([("1", ("1  当面",)), ("2", ("2  邮寄",))], hang=3)
    choices.lay(30, 8)
    assert [line.plain for line in choices.draw("reverse")] == ["1  当面", "2  邮寄"]
    assert (choices.at(1), choices.at(2)) == (1, None)
