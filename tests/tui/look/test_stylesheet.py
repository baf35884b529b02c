"""The rules that are remembered are those the framework would find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.css.stylesheet import Stylesheet

from tests.support.seat import Seat, SeatMaker
from tests.support.walk import follow


def given(seat: Seat) -> dict[Any, Any]:
    """The rules of every widget in sight, and of its parts."""
    return {
        node: (
            node.styles.base.get_rules(),
            {name: styles.get_rules() for name, styles in node._component_styles.items()},
        )
        for node in seat.app.screen.walk_children(with_self=True)
    }


async def test_remembered_rules_are_those_of_the_framework(
    take_seat: SeatMaker, filled: Path, monkeypatch: Any
) -> None:
    async with take_seat(filled) as seat:
        for keys in (
            (),
            ("n", "down"),
            ("=张三", "enter"),
            ("f10",),
            ("ctrl+p",),
            ("escape", "f9"),
        ):
            await follow(seat, *keys)
            for node in given(seat):
                seat.app.stylesheet.apply(node)
            remembered = given(seat)
            assert seat.app.stylesheet._found  # type: ignore[attr-defined]
            with monkeypatch.context() as plain:
                plain.setattr(type(seat.app.stylesheet), "apply", Stylesheet.apply)
                for node in remembered:
                    seat.app.stylesheet.apply(node)
            assert given(seat) == remembered, keys
