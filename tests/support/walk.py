"""Ways across the desk that many tests take."""

from __future__ import annotations

from tests.support.seat import Seat, stack_of


async def to_register(seat: Seat) -> None:
    """The list, whichever page the desk opened on."""
    if stack_of(seat.app)[-1] != "RegisterScreen":
        await seat.press("tab")
    assert stack_of(seat.app)[-1] == "RegisterScreen"


async def home(seat: Seat) -> None:
    """Back on the list, whatever is open over it; what was typed is thrown away."""
    for _ in range(12):
        match stack_of(seat.app)[-1]:
            case "RegisterScreen":
                return
            case "Confirm":
                await seat.press("y")
            case _:
                await seat.press("escape")
    raise AssertionError(stack_of(seat.app))


async def to_case(seat: Seat, number: str) -> None:
    """A case's page, through the palette."""
    await seat.press("ctrl+p")
    await seat.write(number)
    await seat.press("enter")
    assert stack_of(seat.app)[-1] == "CaseScreen"


async def follow(seat: Seat, *keys: str) -> None:
    """Press keys; `=text` is written, `LIST` goes to the list."""
    for key in keys:
        if key == "LIST":
            await to_register(seat)
        elif key.startswith("="):
            await seat.write(key[1:])
        else:
            await seat.press(key)
